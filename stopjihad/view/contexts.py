"""List what a translator must translate before a talking point or page is whole."""

from __future__ import annotations

from stopjihad.model.alert import AlertTemplate
from stopjihad.model.page import Page
from stopjihad.model.point import Point
from stopjihad.view.extract import alert_texts, page_texts, point_texts

Segment = tuple[str, str]
"""Context (``<point id>/<field>``) and text in the source language."""


def stood_in(context: str) -> bool:
    """Tell whether something stands in for a text that is not translated.

    Args:
        context: ``<point id>/<field>``.

    Returns:
        True for a post by hand, in whose place a draft is composed: it makes nothing incomplete.
    """
    return context.partition("/")[2].startswith("posts.")


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


def alert_segments(template: AlertTemplate) -> tuple[Segment, ...]:
    """List the segments of a template of notices in the order in which a notice says them.

    Args:
        template: the authored record.

    Returns:
        Context and text of each.
    """
    return tuple((item.context, item.source) for item in alert_texts(template))
