"""Give a post its title and its picture's description, never cut inside a sentence."""

from __future__ import annotations

from stopjihad.catalog.platforms import Platform
from stopjihad.render.post.draft import Part
from stopjihad.text.count.simple import utf16_units
from stopjihad.text.sentences import opened, sentences
from stopjihad.view.records import Frame, PointView


def make_title(view: PointView, frame: Frame, platform: Platform) -> Part:
    """Choose the title: the fact, else its first sentence, else the campaign's title.

    Args:
        view: the talking point.
        frame: the campaign in the same language.
        platform: its ``title_limit`` is in UTF-16 units.

    Returns:
        The title without final full stop, and its length in UTF-16 units.
    """
    limit = platform.title_limit.value if platform.title_limit else None
    fact = view.fact.value.strip()
    first = next(iter(sentences(fact, view.lang)), fact)
    for text in (fact, first, frame.title.value.strip()):
        title = opened(text)
        if limit is None or utf16_units(title) <= limit:
            return Part(title, utf16_units(title))
    return Part(opened(first), utf16_units(opened(first)))


def image_text(view: PointView, platform: Platform) -> str:
    """Describe the card: it shows the fact, so its words are the fact.

    Args:
        view: the talking point.
        platform: its ``alt_limit`` is in characters; 0 means that it has no such field.

    Returns:
        The description, or an empty text.
    """
    limit = platform.alt_limit.value if platform.alt_limit else None
    if limit == 0:
        return ""
    fact = view.fact.value.strip()
    return fact if limit is None or len(fact) <= limit else ""
