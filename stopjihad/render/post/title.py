"""Give a post its title, and the line that stands after it."""

from __future__ import annotations

from stopjihad.catalog.platforms import Platform
from stopjihad.render.post.draft import Part
from stopjihad.render.post.parts import opening
from stopjihad.text.count.simple import utf16_units
from stopjihad.text.language.sentences import first_sentence, opened
from stopjihad.view.records import PointView


def make_title(view: PointView, platform: Platform) -> Part:
    """Choose the title: the hook or the question, the fact, its first sentence, or the start of it.

    Args:
        view: the talking point.
        platform: its ``title_limit`` is in UTF-16 units.

    Returns:
        The title without final full stop, and its length in UTF-16 units.
    """
    limit = platform.title_limit.value if platform.title_limit else None
    fact = view.fact.value.strip()
    first = first_sentence(fact, view.lang) or fact
    hook = opening(view)
    for text in filter(None, (hook, first_sentence(hook, view.lang), fact, first)):
        title = opened(text)
        if limit is None or utf16_units(title) <= limit:
            return Part(title, utf16_units(title))
    title = _shortened(first, limit or 0)
    return Part(title, utf16_units(title))


def make_preheader(title: Part, fact: str, general: str, limit: int) -> Part | None:
    """Choose what a list of mails shows after the subject.

    Args:
        title: the subject.
        fact: of the talking point; it stands here where the subject asks for it.
        general: what every mail of the campaign may say, in its language; may be empty.
        limit: UTF-16 units.

    Returns:
        Whole words that the subject does not say; None where there are none that fit.
    """
    told = title.text.rstrip("…")
    for text in filter(None, ("" if fact.startswith(told) else fact, general)):
        if utf16_units(text) <= limit:
            return Part(text, utf16_units(text))
    return None


def _shortened(text: str, limit: int) -> str:
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


_CLAUSE = ",;:،؛"
"""Marks at which a thought is whole."""

_SHORT = 4
"""Letters of a word at which a title may end: shorter ones are mostly articles and prepositions."""
