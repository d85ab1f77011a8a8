"""Work-arounds for browsers that nobody uses any more."""
