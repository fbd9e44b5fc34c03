"""Choose the pictures that go with a draft; fit their descriptions to the field of a platform."""

from __future__ import annotations

import msgspec

from stopjihad.catalog.platforms import Platform
from stopjihad.draw.alt import as_text
from stopjihad.render.post.titles import make_title
from stopjihad.text.count import utf16_units
from stopjihad.text.language.sentences import sentences
from stopjihad.view.draft import Draft
from stopjihad.view.records import Described, PointView

_GROUPS: tuple[tuple[str, ...], ...] = (
    ("fact",),
    ("figure.value", "figure.beside", "figure.source"),
    ("quote",),
    ("slide.title", "slide.text"),
    ("claim", "warning"),
    ("chart.title", "chart.note", "chart.source"),
    ("chart.rows",),
    ("question",),
    ("step.1",),
    ("step.2",),
    ("step.3",),
    ("step.4",),
    ("source", "sources"),
    ("word.help", "contact"),
    ("sponsor",),
    ("action",),
    ("slide.kicker",),
    ("line",),
    ("link",),
)
"""What a description keeps, best first. Names of one group stand or go together: a claim has its
flag and its answer, a number what makes it fair and its source."""

_AFTER = {
    "chart.rows": "chart.title",
    "step.2": "step.1",
    "step.3": "step.2",
    "step.4": "step.3",
}
"""What says nothing without what goes before it."""


_RUNNING = "slide.text"
"""The one part that is running text: where all of it has no room, its first sentences stand."""


def fit_description(parts: Described, platform: Platform, lang: str) -> str:
    """Say what a picture shows, as far as a platform's field for it has room.

    Args:
        parts: what it shows, in the order in which it is read.
        platform: its ``alt_limit`` is in characters; 0 means that it has no such field. Platforms
            count code points, UTF-16 units or graphemes: the most of them, UTF-16 units, fit.
        lang: BCP 47 tag of the words.

    Returns:
        Whole parts, as many as fit, those first that the picture is about; empty where the platform
        has no field, or not even the first of them fits.
    """
    limit = platform.alt_limit.value if platform.alt_limit else None
    told = dict(parts)
    if limit is not None:
        if _RUNNING in told:
            told[_RUNNING] = _begin_text(told, limit, lang)
        told = _fitting_parts(told, limit)
    return as_text(tuple(told.items()))


def _begin_text(told: dict[str, str], limit: int, lang: str) -> str:
    """Give as many sentences of the running text as fit beside its title, the first at least."""
    title = utf16_units(told["slide.title"]) + 1 if "slide.title" in told else 0
    text = told[_RUNNING]
    said = sentences(text, lang) if title + utf16_units(text) > limit else (text,)
    while len(said) > 1 and title + utf16_units(" ".join(said)) > limit:
        said = said[:-1]
    return " ".join(said)


def _fitting_parts(told: dict[str, str], limit: int) -> dict[str, str]:
    """Choose the parts that fit together, in UTF-16 units with a space between two."""
    known = {name for group in _GROUPS for name in group}
    others = tuple((name,) for name in told if name not in known)
    kept: set[str] = set()
    room = limit + 1
    for group in (*_GROUPS, *others):
        there = [name for name in group if name in told]
        length = sum(utf16_units(told[name]) + 1 for name in there)
        orphan = any(_AFTER[name] not in kept for name in there if name in _AFTER)
        if not there or orphan:
            continue
        if length <= room:
            kept.update(there)
            room -= length
        elif not kept:
            return {}
    return {name: text for name, text in told.items() if name in kept}


TURNED = {"pictures": "swipe", "document": "leaf"}
"""How a platform shows slides, and how readers turn them."""


def slides_for(platform: Platform, view: PointView) -> tuple[str, ...]:
    """Say what the slides show that go with a post, slide by slide.

    Args:
        platform: says whether it shows slides, and how many pictures or pages it takes.
        view: the talking point; its slides may be none.

    Returns:
        A description of each slide, shortened where the platform takes no more; none where it
        shows no slides, or not so many.
    """
    form = platform.carousel
    most = platform.document_pages if form == "document" else platform.image_count
    if not form or (most is not None and len(view.slides) > most.value):
        return ()
    return tuple(fit_description(parts, platform, view.lang) for parts in view.slides)


def with_slides(draft: Draft, platform: Platform, view: PointView) -> Draft:
    """Let a draft show slides in the place of its one picture.

    Args:
        view: as for ``slides_for``; a document has its title.
    """
    told = slides_for(platform, view)
    if not told:
        return draft
    form = platform.carousel
    heading = make_title(view, platform).text if form == "document" else ""
    return msgspec.structs.replace(draft, slides=told, carousel=form, heading=heading)
