"""Choose what stands above a post: its opening line, its title, and what a list of mails shows."""

from __future__ import annotations

from collections.abc import Iterable

from stopjihad.catalog.platforms import Platform
from stopjihad.text.count import utf16_units
from stopjihad.text.language.sentences import first_sentence, open_sentence
from stopjihad.view.draft import Part
from stopjihad.view.records import PointView

_CLAUSE = ",;:،؛"
"""Marks at which a thought is whole."""

_SHORT = 4
"""Letters of a word at which a title may end: shorter ones are mostly articles and prepositions."""


def opening_line(view: PointView) -> str:
    """Give the line that makes people read on: the hook, else the question that the fact answers.

    It is empty where there is neither: then the fact leads.
    """
    line = view.hook or view.question
    return line.value.strip() if line else ""


def make_title(view: PointView, platform: Platform) -> Part:
    """Choose the title: the hook or the question, the fact, its first sentence, or the start of it.

    Args:
        platform: its ``title_limit`` is in UTF-16 units.

    Returns:
        The title without final full stop, and its length in UTF-16 units.
    """
    limit = platform.title_limit.value if platform.title_limit else None
    fact = view.fact.value.strip()
    first = first_sentence(fact, view.lang) or fact
    hook = opening_line(view)
    for text in filter(None, (hook, first_sentence(hook, view.lang), fact, first)):
        title = open_sentence(text)
        if limit is None or utf16_units(title) <= limit:
            return Part(title, utf16_units(title))
    title = _shorten_text(first, limit or 0)
    return Part(title, utf16_units(title))


def make_preheader(title: Part, texts: Iterable[str], limit: int) -> Part | None:
    """Choose what a list of mails shows after the subject.

    Args:
        texts: what may be said, best first; nothing is cut, for half a fact may be a false one.
        limit: UTF-16 units.

    Returns:
        The first that fits and that the subject does not say; None where there is none.
    """
    told = title.text.rstrip("…")
    for text in texts:
        if text and not text.startswith(told) and utf16_units(text) <= limit:
            return Part(text, utf16_units(text))
    return None


def _shorten_text(text: str, limit: int) -> str:
    """Cut at the end of a clause or between words and say so; the whole fact leads the text."""
    words = text.split(" ")
    while len(words) > 1 and utf16_units(" ".join(words)) >= limit:
        words.pop()
    cut = " ".join(words)
    clause = max(map(cut.rstrip(_CLAUSE).rfind, _CLAUSE))
    if clause >= limit // 2:
        return f"{cut[:clause]}…"
    while len(words) > 1 and len(words[-1].strip("\u200e\u200f")) < _SHORT:
        words.pop()  # "caused most of the…" stops at a word that says something
    return " ".join(words).rstrip(f"{_CLAUSE} ") + "…"
