"""Compose post drafts: from a talking point to a text that fits its platform."""
