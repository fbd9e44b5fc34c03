"""Cut a text into the numbered parts of a thread."""

from __future__ import annotations

import re
from collections.abc import Callable

from stopjihad.text.language.sentences import sentences, space_after
from stopjihad.text.unicode.graphemes import clusters

BREAK = re.compile(r"^[ \t]*\[break\][ \t]*$", re.MULTILINE)
"""A line that says where a new part starts."""

_WHOLE = re.compile(r"(?:https?://|www\.|[@#＃])", re.IGNORECASE)
_MOST_PARTS = 99
"""More parts than any platform shows in one thread."""

Fits = Callable[[str], bool]


def split(text: str, fits: Fits, lang: str) -> tuple[str, ...] | None:
    """Cut a text into parts that fit, number included.

    A part ends at a ``[break]`` line, else at a paragraph, else at a sentence, else at a word;
    never inside an address, a mention, a hashtag or an emoji. The number stands on the last line.

    Args:
        fits: tells whether one part is short enough.
        lang: BCP 47 tag, for the ends of sentences.

    Returns:
        The parts; one without a number when the text fits as it is; None when it cannot be cut.
    """
    sections = [section.strip() for section in BREAK.split(text)]
    sections = [section for section in sections if section]
    if len(sections) == 1 and fits(sections[0]):
        return (sections[0],)
    total = max(2, len(sections))
    while total <= _MOST_PARTS:
        parts = _cut(sections, fits, lang, total)
        if parts is None:
            return None
        if len(parts) <= total:
            return tuple(
                _number_part(part, number, len(parts)) for number, part in enumerate(parts, 1)
            )
        total = len(parts)
    return None


def _number_part(part: str, number: int, total: int) -> str:
    return f"{part}\n\n{number}/{total}"


def _cut(sections: list[str], fits: Fits, lang: str, total: int) -> list[str] | None:
    """Fill parts one after the other, leaving room for the widest number."""
    parts: list[str] = []

    def fits_numbered(part: str) -> bool:
        return fits(_number_part(part, total, total))

    for section in sections:
        current = ""
        for before, piece in _pieces(section, fits_numbered, lang):
            longer = f"{current}{before}{piece}" if current else piece
            if fits_numbered(longer):
                current = longer
                continue
            if not current or not fits_numbered(piece):
                return None
            parts.append(current)
            current = piece
        parts.append(current)
    return parts


def _pieces(section: str, fits: Fits, lang: str) -> list[tuple[str, str]]:
    """Cut a section into the largest pieces that fit, each with what stood before it."""
    pieces: list[tuple[str, str]] = []
    for paragraph in re.split(r"\n[ \t]*\n", section):
        if fits(paragraph):
            pieces.append(("\n\n", paragraph))
            continue
        before = "\n\n"
        for line in paragraph.split("\n"):
            for sentence in sentences(line, lang):
                if fits(sentence):
                    pieces.append((before, sentence))
                else:
                    pieces += _words(sentence, before, fits)
                before = space_after(sentence)
            before = "\n"
    return pieces


def _words(sentence: str, before: str, fits: Fits) -> list[tuple[str, str]]:
    pieces: list[tuple[str, str]] = []
    for word in sentence.split():
        if fits(word) or _WHOLE.search(word):
            pieces.append((before, word))
        else:
            pieces += _clusters(word, before)
        before = " "
    return pieces


def _clusters(word: str, before: str) -> list[tuple[str, str]]:
    """Cut a word that is longer than a part, as of scripts that write no spaces."""
    pieces = []
    for cluster in clusters(word):
        pieces.append((before, cluster))
        before = ""
    return pieces
