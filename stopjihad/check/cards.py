"""Check what a campaign wants of its cards: designs that exist, no claim in link previews."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from stopjihad.catalog.layout import Layout, contents_of, has_photo
from stopjihad.check.finding import at, nearest
from stopjihad.model.loaded import Project
from stopjihad.problem import Problem


def check_cards(project: Project, designs: Mapping[str, Layout]) -> Iterator[Problem]:
    """Check the settings ``cards`` and ``digits``.

    Args:
        designs: all designs by name.

    Yields:
        Problems: ``unknown-design``, ``duplicate``, ``card-preview`` (a design that cannot lead:
        it shows a claim, or is made from a helpline, or needs a photo), ``digits-language``.
    """
    document = project.campaign
    cards = document.record.cards
    named = [("cards.main", cards.main), ("cards.photo", cards.photo)]
    named += [(f"cards.more.{index}", name) for index, name in enumerate(cards.more)]
    for field, name in named:
        if name not in designs:
            message = f"there is no design '{name}'"
            yield at(document, field, "unknown-design", message, nearest(name, designs))
    for index, name in enumerate(cards.more):
        if name in cards.more[:index]:
            message = f"'{name}' stands several times"
            yield at(document, f"cards.more.{index}", "duplicate", message, "keep one")
    for field, name in named[:2]:
        reason = _unfit(designs[name], field) if name in designs else ""
        if reason:
            message = f"the design '{name}' cannot be what link previews show: {reason}"
            yield at(document, field, "card-preview", message, "put it under cards.more")
    for language in document.record.digits:
        if language not in document.record.languages:
            message = f"the campaign has no language '{language}'"
            hint = nearest(language, document.record.languages)
            yield at(document, f"digits.{language}", "digits-language", message, hint)


def _unfit(layout: Layout, field: str) -> str:
    """Say why a design may not stand in link previews, or nothing."""
    if layout.subject != "point":
        return "it is made from a helpline"
    if "claim" in contents_of(layout):
        return "it shows a claim"
    if layout.modes:
        return f"it suits only some talking points ({', '.join(layout.modes)})"
    if field == "cards.main" and has_photo(layout):
        return "it needs a photo"
    return ""
