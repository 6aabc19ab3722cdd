"""What casework's pages read: frozen rows built from allow-lists, never a record minus some of its columns."""
