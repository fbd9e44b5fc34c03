"""Write drafts for schedulers, calendars and managers: pure functions from entries to files."""
