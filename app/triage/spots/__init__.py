"""Spot checks: cases drawn by chance and weight, to be looked at again by somebody of the team, and what was found."""
