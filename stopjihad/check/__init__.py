"""Judge records; pure."""
