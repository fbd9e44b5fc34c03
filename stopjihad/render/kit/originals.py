"""Plan the files of a kit that people change: slides and a document in each language."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from stopjihad.model import input_names
from stopjihad.model.point import Point
from stopjihad.model.step import Step
from stopjihad.plan.editions import Edition
from stopjihad.plan.partner_project import kept_to_lessons
from stopjihad.plan.planner import Offers, PlannedOutput, PlanRequest
from stopjihad.plan.ready_points import SitePlan, in_order, ready_discussions, ready_points
from stopjihad.view.designs import drawing_of

TO_EDIT = "to-edit/"
"""Folder of them in a kit."""

LOGO = "partner-logo.png"
"""Name of a partner's logo in their kit."""

ReadyPoint = tuple[Point, tuple[str, ...]]
"""A talking point, and the names of what it is made from."""

KINDS = {"pptx": "original-slides", "docx": "original-document"}
"""Ending of a file to the kind of its step."""


def plan_output(asked: PlanRequest, offers: Offers) -> PlannedOutput:
    """Plan them where the extra that writes them is installed."""
    if not asked.shared.office:
        return PlannedOutput((), offers)
    plan, found = asked.campaign, defaultdict[str, dict[str, ReadyPoint]](dict)
    in_class = kept_to_lessons(plan.project, asked.options.partner)
    for edition, point, inputs in ready_points(plan):
        if point.id not in in_class:
            found[edition.lang][point.id] = point, inputs
    ready = [(edition, _sort_points(plan, found[edition.lang])) for edition in plan.editions]
    pictures = {
        step.output: step
        for edition, points in ready
        for point, _ in points
        for step in (_background(asked, point, edition),)
    }
    steps = (step for edition, points in ready if points for step in _steps(asked, edition, points))
    return PlannedOutput(tuple(steps), offers, tuple(pictures.values()))


def original_path(campaign: str, lang: str, ending: str) -> str:
    """Give the path of a file, below ``dist/<campaign>/``."""
    return f"originals/{lang}/{campaign}-{lang}.{ending}"


def _sort_points(plan: SitePlan, ready: Mapping[str, ReadyPoint]) -> tuple[ReadyPoint, ...]:
    """Sort the talking points that spread in a language as the campaign orders them."""
    every = in_order([point for point, _ in ready.values()], plan.project.campaign.record)
    return tuple(ready[point.id] for point in every)


def _background(asked: PlanRequest, point: Point, edition: Edition) -> Step:
    """Plan the picture below a talking point's words: one for all languages of a direction."""
    frame, drawing = asked.campaign.frames[edition.lang], drawing_of(point, asked.deck.drawings)
    params = {
        "brand": ",".join(frame.brand),
        "theme": point.pull_factor or "",
        "tone": point.mood,
        "direction": frame.direction,
    }
    return Step(
        input_names.background(point.id, frame.direction),
        "background",
        (input_names.drawing(drawing),) if drawing else (),
        tuple(sorted(params.items())),
    )


def _steps(asked: PlanRequest, edition: Edition, points: Sequence[ReadyPoint]) -> Iterator[Step]:
    plan, lang = asked.campaign, edition.lang
    partner = asked.options.partner
    logo = asked.shared.partner_logos.get(partner.id) if partner and partner.named else None
    talks = ready_discussions(plan, edition)
    direction = plan.frames[lang].direction
    needed = {plan.inputs.add(input_names.discussions(lang, ""), talks)}
    for point, inputs in points:
        needed.update((*inputs, input_names.background(point.id, direction)))
    needed.update([plan.inputs.add(input_names.PARTNER_LOGO, logo)] if logo else [])
    params = (("lang", lang), ("points", ",".join(point.id for point, _ in points)))
    for ending, kind in KINDS.items():
        path = original_path(plan.project.campaign.record.id, lang, ending)
        yield Step(path, kind, tuple(sorted(needed)), params)
