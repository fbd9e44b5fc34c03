"""Serve the last good build on loopback, with live reload."""
