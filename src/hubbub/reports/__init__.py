"""Journal in, page out."""
