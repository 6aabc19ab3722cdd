"""What pages of messages show."""
