"""Count, break, order and fit text; pure functions on strings."""
