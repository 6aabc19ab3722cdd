"""What administrators may write."""
