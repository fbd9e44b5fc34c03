"""List what a translator must translate before a talking point or page is whole."""

from __future__ import annotations

from stopjihad.model.page import Page
from stopjihad.model.point import Point
from stopjihad.text.segments import segments

Segment = tuple[str, str]
"""Context (``<point id>/<field>``) and text in the source language."""


def point_segments(point: Point) -> tuple[Segment, ...]:
    """List a talking point's segments in reading order.

    Args:
        point: the authored record.

    Returns:
        Context and text of each; absent fields have none.
    """
    fields = (
        ("fact", point.fact),
        ("claim", point.claim),
        ("warning", point.warning),
        ("action.label", point.action.label),
        *((f"posts.{name}", text) for name, text in point.posts.items()),
    )
    found = [(f"{point.id}/{field}", text) for field, text in fields if text]
    for field, markdown in (("alternative", point.alternative), ("body", point.body)):
        found += [(f"{point.id}/{field}", item.text) for item in segments(markdown)]
    return tuple(found)


def page_segments(page: Page) -> tuple[Segment, ...]:
    """List a free page's segments in reading order."""
    where = f"pages/{page.id}"
    found = [(f"{where}/title", page.title)]
    if page.summary:
        found.append((f"{where}/summary", page.summary))
    return (*found, *((f"{where}/body", item.text) for item in segments(page.body)))
