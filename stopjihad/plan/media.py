"""Plan cards and post drafts: only for points that are whole in a language, and never niche."""

from __future__ import annotations

from collections.abc import Iterator

from stopjihad.model.point import Point
from stopjihad.model.step import Step
from stopjihad.plan.editions import Edition
from stopjihad.plan.site import SitePlan, is_niche


def card_path(lang: str, point: str, form: str) -> str:
    """Give a card's path relative to ``site/``; DESIGN section 4."""
    return f"cards/{lang}/{point}/{form}.png"


def plan_cards(plan: SitePlan) -> Iterator[Step]:
    """Plan the share images: one per language, talking point and format.

    Args:
        plan: the campaign and its inputs.

    Yields:
        One step per card.
    """
    for edition, point, inputs in _ready(plan):
        lang = edition.lang
        needed = tuple(sorted((*inputs, "card-layouts", "fonts")))
        for form in plan.formats:
            params = (("design", "fact"), ("format", form), ("id", point.id), ("lang", lang))
            yield Step(f"site/{card_path(lang, point.id, form)}", "card", needed, params)


def plan_drafts(plan: SitePlan) -> Iterator[Step]:
    """Plan the post drafts: one per language, talking point and platform.

    Args:
        plan: the campaign and its inputs.

    Yields:
        One step per draft.
    """
    for edition, point, inputs in _ready(plan):
        lang = edition.lang
        for platform in plan.platforms:
            needed = tuple(sorted((*inputs, "post-templates", f"platform/{platform}")))
            params = (("id", point.id), ("lang", lang), ("platform", platform))
            yield Step(f"posts/{lang}/{platform}/{point.id}.txt", "draft", needed, params)


def _ready(plan: SitePlan) -> Iterator[tuple[Edition, Point, tuple[str, ...]]]:
    """Give each whole talking point of each language with the inputs of its view."""
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
