"""What the pages of administration read: frozen rows, nothing of any report."""
