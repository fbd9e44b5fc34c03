"""Words and sentences as each language writes them."""
