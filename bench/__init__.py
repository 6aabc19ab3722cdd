"""What the documents claim about speed, measured: each figure beside its floor, taken in the same run."""
