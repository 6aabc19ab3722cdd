"""What the public reads: frozen rows of allow-lists, a module for each page's kind."""
