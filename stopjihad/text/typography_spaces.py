"""Spaces that no line may break at, as each language sets them."""

from __future__ import annotations

import re

from stopjihad.text.verbatim import PLACE

NO_BREAK = "\u00a0"
NARROW_NO_BREAK = "\u202f"

_SPACES = "[ \u00a0\u202f\u2009]*"
_WORD_END = rf"[\w%‰°)\]»”\"’…*€$£{PLACE}]"
_AFTER_MARK = r"(?=$|[\s»”\")\]*_’])"
_FRENCH_HIGH = re.compile(rf"(?<={_WORD_END}){_SPACES}(?=[;!?]+{_AFTER_MARK})", re.MULTILINE)
_FRENCH_COLON = re.compile(rf"(?<={_WORD_END}){_SPACES}(?=:(?:$|\s))", re.MULTILINE)
_FRENCH_OPEN = re.compile(rf"«{_SPACES}(?=[^\s»])")
_FRENCH_CLOSE = re.compile(rf"(?<=[^\s«]){_SPACES}»")
_FRENCH_HOUR = re.compile(r"(?<=\d) ?h ?(?=\d\d(?!\w))|(?<=\d) h(?!\w)")

_UNITS = (
    "%|‰|°[CF]?|[€$£¥₹₺₽₪₦৳]"
    "|(?:km/h|km²|km|cm|mm|m²|m³|m|kg|mg|g|t|ha|ml|l|h|min|s|kWh|kW|kB|MB|GB|TB|ko|Mo|Go|To"
    "|EUR|USD|GBP|CHF|px)(?![\\w'’])"
)
_UNIT = re.compile(rf"(?<=\d) (?={_UNITS})")
_SIGN = re.compile(
    r"(?<=[€$£¥₹§№]) (?=\d)|(?<=\b[nN][°º]) (?=\d)|(?<=\b(?:EUR|USD|GBP|CHF)) (?=\d)"
)
_INITIALS = re.compile(r"(?<=\b[^\W\d_]\.) (?=[^\W\d_]\.)")  # z. B., J. R. R. Tolkien
_DIGITS = re.compile(r"(?<![\w+(])[+(]*\d[\d ()+./-]*\d(?!\w)")
_BETWEEN_DIGITS = re.compile(r"(?<=\d) (?=\d)")
_BETWEEN_GROUPS = re.compile(r"(?<=[\d)]) (?=[\d(])")
_THOUSANDS = re.compile(r"\d{1,3}(?: \d{3})+")
_LONGEST_NUMBER = 15  # digits of an international phone number, ITU-T E.164

_ONE_LETTER_WORDS = {
    language: re.compile(rf"(?<![\w'’-])([{letters}{letters.upper()}]) (?=\w)")
    for language, letters in {
        "cs": "kosuvzai",
        "sk": "kosuvzai",
        "pl": "aiouwz",
        "ru": "вкосуиа",
        "uk": "взуіоай",
    }.items()
}
"""Words that must not end a line: ČSN 01 6910 for Czech, like customs in Slovak, Polish, Russian
and Ukrainian."""


def space(text: str, language: str, region: str) -> str:
    """Set the spaces of a language that keep a line together.

    Args:
        text: prose.
        language: the language subtag, lower case.
        region: the region subtag, upper case, or an empty string.

    Returns:
        The text with U+00A0 and U+202F where the language asks for them.
    """
    gap = NO_BREAK
    if language == "fr":
        gap = NO_BREAK if region == "CA" else NARROW_NO_BREAK
        text = _french(text, canadian=region == "CA")
    text = _DIGITS.sub(lambda match: _number(match[0], gap), text)
    text = _UNIT.sub(gap, text)
    text = _SIGN.sub(NO_BREAK, text)
    text = _INITIALS.sub(NO_BREAK, text)
    one_letter = _ONE_LETTER_WORDS.get(language)
    return one_letter.sub(rf"\1{NO_BREAK}", text) if one_letter else text


def _french(text: str, *, canadian: bool) -> str:
    """Set French punctuation: Lexique de l'Imprimerie nationale; in Canada as the OQLF says."""
    text = _FRENCH_OPEN.sub("«" + NO_BREAK, text)
    text = _FRENCH_CLOSE.sub(NO_BREAK + "»", text)
    text = _FRENCH_COLON.sub(NO_BREAK, text)
    if not canadian:
        text = _FRENCH_HIGH.sub(NARROW_NO_BREAK, text)
    return _FRENCH_HOUR.sub(lambda match: match[0].replace(" ", NO_BREAK), text)


def _number(text: str, gap: str) -> str:
    """Keep a phone number or a large number whole."""
    if " " not in text or sum(map(str.isdigit, text)) > _LONGEST_NUMBER:
        return text
    if _THOUSANDS.fullmatch(text) and not text.startswith("0"):
        return text.replace(" ", gap)
    dialled = text.startswith(("+", "0", "("))
    return (_BETWEEN_GROUPS if dialled else _BETWEEN_DIGITS).sub(NO_BREAK, text)
