"""Compile counter-discourse campaigns into sites, share images and post drafts."""

__version__ = "0.1.0"
