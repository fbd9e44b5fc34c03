"""List what a translator must translate before a talking point or page is whole."""

from __future__ import annotations

from stopjihad.model.page import Page
from stopjihad.model.point import Point
from stopjihad.view.extract import page_texts, point_texts

Segment = tuple[str, str]
"""Context (``<point id>/<field>``) and text in the source language."""


def point_segments(point: Point) -> tuple[Segment, ...]:
    """List a talking point's segments in reading order.

    Args:
        point: the authored record.

    Returns:
        Context and text of each; absent fields have none.
    """
    return tuple((item.context, item.source) for item in point_texts(point))


def page_segments(page: Page) -> tuple[Segment, ...]:
    """List a free page's segments in reading order.

    Args:
        page: the authored record.

    Returns:
        Context and text of each; absent fields have none.
    """
    return tuple((item.context, item.source) for item in page_texts(page) if item.source)
