"""Check what a campaign wants of its cards: designs that exist, no claim in link previews."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from stopjihad.catalog.layout import Layout, contents_of, has_chart, has_photo
from stopjihad.check.finding import at
from stopjihad.model.campaign import Campaign
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem
from stopjihad.text.nearest import nearest


def check_cards(
    project: Project, designs: Mapping[str, Layout], drawings: Collection[str]
) -> Iterator[Problem]:
    """Check the settings ``cards``, ``digits`` and ``brand.fonts``, and what points want of cards.

    Args:
        designs: all designs by name.
        drawings: names of all drawings.

    Yields:
        Problems: ``unknown-design``, ``unknown-drawing``, ``duplicate``, ``card-preview`` (a design
        that cannot lead:
        it shows a claim, or is made from a helpline, or needs a photo), ``digits-language``,
        ``font-language``.
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
    yield from _languages(document)


def _languages(document: Document[Campaign]) -> Iterator[Problem]:
    """Find settings by language for a language that the campaign does not have."""
    known, fonts = document.record.languages, document.record.brand.fonts
    named = [(f"digits.{one}", "digits-language", one) for one in document.record.digits]
    if isinstance(fonts, Mapping):
        named += [(f"brand.fonts.{one}", "font-language", one) for one in fonts if one != "else"]
    for field, code, language in named:
        if language not in known:
            message = f"the campaign has no language '{language}'"
            yield at(document, field, code, message, nearest(language, known))


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
    needs = _needs(layout) if field == "cards.main" else ""
    return f"it needs {needs}, which not every talking point has" if needs else ""


_NEEDED = {"quote": "a quotation", "question": "a question", "figure.value": "a number"}


def _needs(layout: Layout) -> str:
    """Say without what a design would be empty, or nothing."""
    if has_chart(layout):
        return "a table"
    return next((name for part, name in _NEEDED.items() if part in contents_of(layout)), "")
