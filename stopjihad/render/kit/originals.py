"""Plan the files of a kit that people change: slides and a document in each language."""

from __future__ import annotations

from collections.abc import Iterator

from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.plan.editions import Edition
from stopjihad.plan.planner import Offers, PlannedOutput, PlanRequest
from stopjihad.plan.ready_points import in_order, ready_discussions, ready_points
from stopjihad.view.designs import drawing_of

TO_EDIT = "to-edit/"
"""Folder of them in a kit."""

LOGO = "partner-logo.png"
"""Name of a partner's logo in their kit."""

KINDS = {"pptx": "original-slides", "docx": "original-document"}
"""Ending of a file to the kind of its step."""


def plan_output(asked: PlanRequest, offers: Offers) -> PlannedOutput:
    """Plan them where the extra that writes them is installed."""
    if not asked.shared.office:
        return PlannedOutput((), offers)
    steps = (step for edition in asked.campaign.editions for step in _steps(asked, edition))
    return PlannedOutput(tuple(steps), offers)


def original_path(campaign: str, lang: str, ending: str) -> str:
    """Give the path of a file, below ``dist/<campaign>/``."""
    return f"originals/{lang}/{campaign}-{lang}.{ending}"


def _steps(asked: PlanRequest, edition: Edition) -> Iterator[Step]:
    plan, lang = asked.campaign, edition.lang
    campaign = plan.project.campaign.record
    ready = {
        point.id: (point, inputs) for one, point, inputs in ready_points(plan) if one.lang == lang
    }
    partner = asked.options.partner
    logo = asked.shared.partner_logos.get(partner.id) if partner and partner.named else None
    talks = ready_discussions(plan, edition)
    needed, shown = {plan.inputs.add(input_names.discussions(lang, ""), talks)}, []
    for point in in_order([point for point, _ in ready.values()], campaign):
        drawing = drawing_of(point, asked.deck.drawings)
        needed.update(ready[point.id][1])
        needed.update([input_names.drawing(drawing)] if drawing else [])
        shown.append(f"{point.id}={drawing}")
    needed.update([plan.inputs.add(input_names.PARTNER_LOGO, logo)] if logo else [])
    for ending, kind in KINDS.items() if shown else ():
        params = (("lang", lang), ("points", ",".join(shown)))
        yield Step(original_path(campaign.id, lang, ending), kind, tuple(sorted(needed)), params)
