"""Authored Markdown as text: blocks, marks, passages for translators, mistakes."""
