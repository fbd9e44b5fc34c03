"""Marks that authors set after a sentence: what may not be cut, and what is cut together.

They are written as references are, ``[^stay]`` and ``[^together]``, so that they travel through
translation files and checks compare them there. Readers never see them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from stopjihad.text.language.sentences import sentences
from stopjihad.text.markdown import blocks
from stopjihad.text.markdown.words import inline_words

STAY, TOGETHER = "stay", "together"
MARKS = frozenset({STAY, TOGETHER})
"""Ids that no source may have."""

_MARK = re.compile(r"[ \t\n]*\[\^(stay|together)\](?!:)")
_SIGNS = {STAY: "\ue010", TOGETHER: "\ue011"}
_SPACES = re.compile(r"[ \t\r\n]+")


class MarkedSentence(NamedTuple):
    """A sentence: whether it stays whatever is cut, and whether the one before it must."""

    text: str
    stays: bool
    together: bool


def take_marks_away(markdown: str) -> str:
    """Take the marks away, with the space before them."""
    # Hardly any text has one, and looking for the spaces before them takes long.
    marked = f"[^{STAY}]" in markdown or f"[^{TOGETHER}]" in markdown
    return _MARK.sub("", markdown) if marked else markdown


def marked_sentences(paragraph: str, lang: str) -> tuple[MarkedSentence, ...]:
    """Cut a paragraph into sentences with their marks.

    Returns:
        Plain sentences in order; a mark belongs to the sentence that it follows.
    """
    signed = _MARK.sub(lambda match: _SIGNS[match[1]], paragraph)
    places: list[tuple[str, int]] = []
    words = ""
    for character in _SPACES.sub(" ", inline_words(signed)):
        if character in _SIGNS.values():
            places.append((character, len(words.rstrip())))
        else:
            words += character
    found: list[MarkedSentence] = []
    end = 0
    for text in sentences(words, lang):
        start = words.index(text, end)
        end = start + len(text)
        own = {sign for sign, place in places if start < place <= end}
        found.append(MarkedSentence(text, _SIGNS[STAY] in own, _SIGNS[TOGETHER] in own))
    return tuple(found)


def sentences_that_stay(markdown: str, lang: str) -> tuple[str, ...]:
    """Give the sentences that stand wherever the fact does, and those tied to them.

    Args:
        markdown: authored text; its lists and quotations have none.
    """
    if f"[^{STAY}]" not in markdown:
        return ()
    kept: list[str] = []
    for block in blocks.parse(markdown):
        if not isinstance(block, blocks.Paragraph):
            continue
        found = marked_sentences(block.text, lang)
        stays = [one.stays for one in found]
        for index in range(len(found) - 1, 0, -1):
            stays[index - 1] |= stays[index] and found[index].together
        kept += [one.text for one, stay in zip(found, stays, strict=True) if stay]
    return tuple(kept)
