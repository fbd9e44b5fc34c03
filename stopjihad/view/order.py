"""Put talking points into the order in which readers meet them."""

from __future__ import annotations

from collections.abc import Sequence

from stopjihad.model.campaign import Campaign
from stopjihad.model.point import Point


def in_order(points: Sequence[Point], campaign: Campaign) -> tuple[Point, ...]:
    """Put talking points into the editor's order.

    Args:
        points: the talking points.
        campaign: its ``order`` names ids of talking points.

    Returns:
        First those with ``featured``, by that number; then those that the campaign's ``order``
        names; then all others by id.
    """
    places = {name: place for place, name in enumerate(campaign.order)}
    last = len(places)

    def place(point: Point) -> tuple[bool, int, int, str]:
        featured = point.featured or 0
        return not featured, featured, places.get(point.id, last), point.id

    return tuple(sorted(points, key=place))
