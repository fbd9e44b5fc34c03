"""Set text as its language does: quotation marks, spaces that hold, digits.

For pages and cards. Post drafts keep what their author typed where each character is paid for:
one typographic quotation mark turns an SMS of 160 characters into one of 70.
"""

from __future__ import annotations

import re
import unicodedata

from stopjihad.text.typography_quotes import quote
from stopjihad.text.typography_spaces import space
from stopjihad.text.verbatim import VERBATIM, change_around

ZEROS = {
    "adlm": "𞥐", "arab": "٠", "arabext": "۰", "beng": "০", "cakm": "𑄶", "deva": "०", "gujr": "૦",
    "guru": "੦", "khmr": "០", "knda": "೦", "laoo": "໐", "latn": "0", "mlym": "൦", "mtei": "꯰",
    "mymr": "၀", "nkoo": "߀", "olck": "᱐", "orya": "୦", "rohg": "𐴰", "tamldec": "௦", "telu": "౦",
    "thai": "๐", "tibt": "༠", "vaii": "꘠",
}  # fmt: skip
"""The digit zero of each numbering system of CLDR 48 that has ten digits in a row."""

_LINE_END = re.compile(r"\r\n?")
_DIGIT = re.compile(r"[^\D0-9]")


def normalise(text: str) -> str:
    """Bring text from any editor into one form.

    Args:
        text: text as read.

    Returns:
        The text in Unicode form NFC, its lines ended by LF, without byte order marks (U+FEFF)
        and without white space at its edges.
    """
    text = text.replace("\ufeff", "")
    return unicodedata.normalize("NFC", _LINE_END.sub("\n", text)).strip()


def typeset(text: str, lang: str) -> str:
    """Set prose as its language does.

    Straight quotation marks that pair up become the language's; French gets its no-break spaces
    before ``; : ! ?`` and inside guillemets; numbers stay with their units, phone numbers whole.
    Addresses, times, code, tags and placeholders are never touched. Doing it twice is doing it
    once.

    Args:
        text: plain text or our Markdown.
        lang: BCP 47 tag of its language.

    Returns:
        The text set.
    """
    language, _, rest = lang.replace("_", "-").partition("-")
    language = language.lower()
    region = next((part.upper() for part in rest.split("-") if len(part) == 2), "")
    return change_around(
        text, lambda prose: space(quote(prose, language, f"{language}-{region}"), language, region)
    )


def native_digits(text: str, numbering: str, kept: re.Pattern[str] = VERBATIM) -> str:
    """Write digits as a numbering system does.

    Args:
        text: any text.
        numbering: a key of :data:`ZEROS`, as CLDR names numbering systems; ``latn`` for 0 to 9.
        kept: what stays as it is: addresses, code, tags and placeholders by default.

    Returns:
        The text with 0 to 9 replaced, but not in what is kept.

    Raises:
        ValueError: when the numbering system is none of :data:`ZEROS`.
    """
    if numbering not in ZEROS:
        raise ValueError(f"unknown numbering system: {numbering}")
    if numbering == "latn":
        return text
    zero = ord(ZEROS[numbering])
    digits = {ord("0") + value: zero + value for value in range(10)}
    return change_around(text, lambda prose: prose.translate(digits), kept)


def ascii_digits(text: str) -> str:
    """Write decimal digits of any script as 0 to 9.

    Args:
        text: any text.

    Returns:
        The text with each character of category Nd replaced by its value.
    """
    return text if text.isascii() else _DIGIT.sub(_value, text)


def _value(match: re.Match[str]) -> str:
    """Give the value of a digit as a digit of ASCII."""
    return str(unicodedata.decimal(match[0]))
