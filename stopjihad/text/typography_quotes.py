"""Quotation marks and apostrophes as each language sets them."""

from __future__ import annotations

import re
from itertools import pairwise

from stopjihad.text.verbatim import PLACE

QUOTES = {
    language: marks
    for marks, languages in {
        "“”": "en es pt da nl sq tr az so sw id ms vi hi bn pa ta te mr gu kn ml ne si ha yo ig"
        " zu xh af ga cy ca eu gl ps ckb ku",
        "«»": "fr it pt-PT ru uk be kk hy el no nb nn fa am",
        "„“": "de cs sk sl hr bg lt et is mk",
        "„”": "pl ro hu sr bs",
        "””": "sv fi",
    }.items()
    for language in languages.split()
}
"""Outer quotation marks by CLDR 48 (delimiters); there Dutch has single marks first, Spanish,
Italian and Danish prefer other marks in some regions. Languages that are missing here (Arabic,
Urdu, Hebrew, Chinese, Japanese) keep the marks of their author."""

_APOSTROPHE = frozenset("en fr it ca nl de es pt ga cy tr sq gl oc br lb".split())  # noqa: SIM905
"""Languages in which a straight mark between two letters can only be an apostrophe; elsewhere it
may stand for a letter (Uzbek oʻ, Hausa ’y, Ukrainian)."""

_PARAGRAPH = re.compile(r"\n[^\S\n]*\n")
_STRAIGHT = re.compile('"')
_BETWEEN_LETTERS = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
_MAY_OPEN = re.compile(r"(?:^|[\s(\[{«„“‘—–/*_-])\"(?=[^\s\"])", re.MULTILINE)
_MAY_CLOSE = re.compile(rf"(?<=[^\s\"])\"(?=$|[\s)\]}}»”’—–/.,;:!?…*_{PLACE}-])", re.MULTILINE)


def quote(text: str, language: str, tag: str) -> str:
    """Set straight quotation marks and apostrophes as a language does.

    Args:
        text: prose; a paragraph whose straight marks do not pair up stays as it is.
        language: the language subtag, lower case.
        tag: the language, with its region where that has its own marks (``pt-PT``).

    Returns:
        The text with typographic marks.
    """
    marks = QUOTES.get(tag) or QUOTES.get(language)
    if marks and '"' in text:
        ends = [0, *(match.end() for match in _PARAGRAPH.finditer(text)), len(text)]
        parts = [text[start:end] for start, end in pairwise(ends)]
        text = "".join([_pair(part, marks) for part in parts])
    if "'" in text and language in _APOSTROPHE:
        text = _BETWEEN_LETTERS.sub("’", text)
    return text


def _pair(paragraph: str, marks: str) -> str:
    """Replace straight marks that open and close in turn, or none."""
    places = [match.start() for match in _STRAIGHT.finditer(paragraph)]
    opening = {match.end() - 1 for match in _MAY_OPEN.finditer(paragraph)}
    closing = {match.start() for match in _MAY_CLOSE.finditer(paragraph)}
    if len(places) % 2 or not (set(places[::2]) <= opening and set(places[1::2]) <= closing):
        return paragraph
    letters = list(paragraph)
    for number, place in enumerate(places):
        letters[place] = marks[number % 2]
    return "".join(letters)
