"""Say for which talking points cards and drafts are made: whole in a language, and never niche."""

from __future__ import annotations

from collections.abc import Iterator

from stopjihad.model.point import Point
from stopjihad.plan.editions import Edition
from stopjihad.plan.site import SitePlan, is_niche


def ready_points(plan: SitePlan) -> Iterator[tuple[Edition, Point, tuple[str, ...]]]:
    """Give each whole talking point of each language with the inputs of its view.

    Args:
        plan: the campaign and its inputs.

    Yields:
        Edition, talking point, and names of inputs.
    """
    source = plan.project.campaign.record.source_language
    for edition in plan.editions:
        lang = edition.lang
        for document in plan.project.points:
            point = document.record
            if point.id not in edition.complete or is_niche(point.prevalence):
                continue
            inputs = [f"frame/{lang}", f"words/{lang}", f"point/{point.id}"]
            if lang != source:
                inputs.append(f"messages/{lang}/{point.id}")
            yield edition, point, tuple(inputs)
