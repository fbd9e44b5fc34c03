"""Read disk into records, collecting every problem."""
