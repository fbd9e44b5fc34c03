"""What a reader of one language gets: records with every text resolved to words in a language."""
