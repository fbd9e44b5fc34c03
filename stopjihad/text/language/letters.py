"""Say what a word is made of: Python leaves out the vowel signs of many scripts."""

from __future__ import annotations

import re

MARKS = (
    "\u0300-\u036f"  # accents written apart
    "\u0591-\u05bd\u05bf\u05c1\u05c2"  # Hebrew points
    "\u0610-\u061a\u064b-\u065f\u0670\u06d6-\u06dc\u06df-\u06e8\u06ea-\u06ed"  # Arabic
    "\u0900-\u0903\u093a-\u094f\u0951-\u0957\u0962\u0963"  # Devanagari
    "\u0981-\u0983\u09bc-\u09cd\u09d7\u09e2\u09e3\u09fe"  # Bengali
    "\u0a01-\u0a03\u0a3c-\u0a51\u0a70\u0a71\u0a75"  # Gurmukhi
    "\u0a81-\u0a83\u0abc-\u0acd\u0ae2\u0ae3\u0afa-\u0aff"  # Gujarati
    "\u0b01-\u0b03\u0b3c-\u0b57\u0b62\u0b63\u0b82\u0bbe-\u0bcd\u0bd7"  # Oriya, Tamil
    "\u0c00-\u0c04\u0c3c-\u0c56\u0c62\u0c63\u0c81-\u0c83\u0cbc-\u0cd6\u0ce2\u0ce3"  # Telugu
    "\u0d00-\u0d03\u0d3b-\u0d4d\u0d57\u0d62\u0d63\u0dca-\u0ddf"  # Malayalam, Sinhala
    "\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0eb1\u0eb4-\u0ebc\u0ec8-\u0ece"  # Thai, Lao
    "\u0f71-\u0f84\u102b-\u103e\u1056-\u1059\u17b4-\u17d3"  # Tibetan, Burmese, Khmer
    "\u200c\u200d"  # joiners: they hold Persian and Indic words together
)
"""Marks that belong to a word, as a part of a regular expression's set. Source: general categories
Mn and Mc of the Unicode Character Database, for scripts that campaigns may be written in."""

WORD = re.compile(rf"[^\W_]+(?:[{MARKS}]+[^\W_]*)*")
"""A word: letters, digits and their marks; underscores are marks of emphasis."""
