"""A character of each class of UAX #9, and texts that mix them."""

from __future__ import annotations

from hypothesis import strategies as st

SAMPLE = {
    "L": "a", "R": "א", "AL": "ا", "EN": "1", "AN": "\u0661", "ES": "+", "ET": "$", "CS": ",",
    "NSM": "\u0300", "BN": "\u00ad", "B": "\u2029", "S": "\t", "WS": " ", "ON": "!",
    "LRE": "\u202a", "LRO": "\u202d", "RLE": "\u202b", "RLO": "\u202e", "PDF": "\u202c",
    "LRI": "\u2066", "RLI": "\u2067", "FSI": "\u2068", "PDI": "\u2069",
}  # fmt: skip
"""Name of a class in Unicode's files to a character of it."""

TRICKY = st.text(st.sampled_from("".join(SAMPLE.values()) + "([{}])〈〉\u2329\u232a\n\u061c\u200f"))
