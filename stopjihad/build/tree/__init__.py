"""The published tree: staged beside the old one, exchanged for it, and known file by file."""
