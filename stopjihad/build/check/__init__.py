"""Check a campaign, in several processes, and keep what was found."""
