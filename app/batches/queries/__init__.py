"""What a batch would hold, what was sent, and the sums that must come out."""
