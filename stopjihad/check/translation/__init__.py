"""Checks of translations: each text beside its source, and files as a whole."""
