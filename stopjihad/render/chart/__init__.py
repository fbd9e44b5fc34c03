"""Charts: what they say, where marks and labels stand, and how pages draw them."""
