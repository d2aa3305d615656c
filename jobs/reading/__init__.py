"""Read texts: one by itself, many as lines, or as a workspace with its own places reads them."""
