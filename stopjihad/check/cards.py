"""Check what a campaign wants of its cards: designs that exist, no claim in link previews."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from stopjihad.catalog.layout import Layout, contents_of, has_photo
from stopjihad.check.finding import at, nearest
from stopjihad.model.campaign import Campaign
from stopjihad.model.loaded import Document, Project
from stopjihad.model.point import Point
from stopjihad.problem import Problem


def check_cards(
    project: Project, designs: Mapping[str, Layout], drawings: Collection[str]
) -> Iterator[Problem]:
    """Check the settings ``cards`` and ``digits``, and designs and drawings of talking points.

    Args:
        designs: all designs by name.
        drawings: names of all drawings.

    Yields:
        Problems: ``unknown-design``, ``unknown-drawing``, ``duplicate``, ``card-preview`` (a design
        that cannot lead:
        it shows a claim, or is made from a helpline, or needs a photo), ``digits-language``.
    """
    document = project.campaign
    cards = document.record.cards
    named = [("cards.main", cards.main), ("cards.photo", cards.photo)]
    named += [(f"cards.families.{index}", name) for index, name in enumerate(cards.families)]
    named += [(f"cards.more.{index}", name) for index, name in enumerate(cards.more)]
    for field, name in named:
        if name not in designs:
            message = f"there is no design '{name}'"
            yield at(document, field, "unknown-design", message, nearest(name, designs))
    for key, names in (("families", cards.families), ("more", cards.more)):
        for index, name in enumerate(names):
            if name in names[:index]:
                message = f"'{name}' stands several times"
                yield at(document, f"cards.{key}.{index}", "duplicate", message, "keep one")
    for field, name in named[: 2 + len(cards.families)]:
        reason = _unfit(designs[name], field) if name in designs else ""
        if reason:
            message = f"the design '{name}' cannot be what link previews show: {reason}"
            yield at(document, field, "card-preview", message, "put it under cards.more")
    for point in project.points:
        yield from _own(point, designs, drawings)
    yield from _digits(document)


def _digits(document: Document[Campaign]) -> Iterator[Problem]:
    for language in document.record.digits:
        if language not in document.record.languages:
            message = f"the campaign has no language '{language}'"
            hint = nearest(language, document.record.languages)
            yield at(document, f"digits.{language}", "digits-language", message, hint)


def _own(
    document: Document[Point], designs: Mapping[str, Layout], drawings: Collection[str]
) -> Iterator[Problem]:
    """Check what a talking point wants of its cards."""
    point = document.record
    for index, name in enumerate(point.cards):
        if name not in designs:
            message = f"there is no design '{name}'"
            yield at(document, f"cards.{index}", "unknown-design", message, nearest(name, designs))
    if point.drawing and point.drawing not in drawings:
        message = f"there is no drawing '{point.drawing}'"
        hint = nearest(point.drawing, drawings)
        yield at(document, "drawing", "unknown-drawing", message, hint)


def _unfit(layout: Layout, field: str) -> str:
    """Say why a design may not stand in link previews, or nothing."""
    if layout.subject != "point":
        return "it is made from a helpline"
    if "claim" in contents_of(layout):
        return "it shows a claim"
    if layout.modes and field == "cards.main":
        return f"it suits only some talking points ({', '.join(layout.modes)})"
    if field == "cards.main" and has_photo(layout):
        return "it needs a photo"
    return ""
