"""Check what a campaign wants of its cards: designs that exist, no claim in link previews."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from typing import Any

from stopjihad.catalog.layout import Layout, contents_of, has_chart, has_photo
from stopjihad.check.finding import at
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem
from stopjihad.text.nearest import nearest
from stopjihad.view.forms_of_address import ELSE


def check_cards(
    project: Project, designs: Mapping[str, Layout], drawings: Collection[str]
) -> Iterator[Problem]:
    """Check the settings ``cards``, and those by language, and what points want of cards.

    Yields:
        Problems: ``unknown-design``, ``unknown-drawing``, ``duplicate``, ``card-preview`` (a design
        that cannot lead:
        it shows a claim, or is made from a helpline, or needs a photo), ``digits-language``,
        ``font-language``, ``address-language``.
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
    known, record = document.record.languages, document.record
    yield from _languages(document, "digits", record.digits, known)
    yield from _languages(document, "brand.fonts", record.brand.fonts, known)
    for index, audience in enumerate(record.audiences):
        yield from _languages(document, f"audiences.{index}.address", audience.address, known)
    for point in project.points:
        yield from _own(point, designs, drawings)
        yield from _languages(point, "address", point.record.address, known)


def _languages(
    document: Document[Any], field: str, setting: object, known: Collection[str]
) -> Iterator[Problem]:
    """Find what a setting says by language of one that the campaign does not have."""
    code = next(code for end, code in _BY_LANGUAGE.items() if field.endswith(end))
    for language in setting if isinstance(setting, Mapping) else ():
        others = language == ELSE and code != "digits-language"
        if language not in known and not others:
            message = f"the campaign has no language '{language}'"
            yield at(document, f"{field}.{language}", code, message, nearest(language, known))


_BY_LANGUAGE = {
    "digits": "digits-language",
    "fonts": "font-language",
    "address": "address-language",
}
"""Settings by language, by the end of their field: what is wrong with an unknown one."""


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
