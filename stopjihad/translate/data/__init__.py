"""Files of the review sheet."""
