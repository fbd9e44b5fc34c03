"""Plan paper: of each talking point and language, and once of each language, by layout."""

from __future__ import annotations

from collections.abc import Iterator

from stopjihad.catalog.paper import PaperLayout
from stopjihad.model import input_names
from stopjihad.model.options import paper_path
from stopjihad.model.step import Step
from stopjihad.plan.deck import card_params
from stopjihad.plan.editions import approval_of
from stopjihad.plan.partner_project import kept_to_lessons
from stopjihad.plan.planner import Offers, PlannedOutput, PlanRequest
from stopjihad.plan.ready_points import ready_discussions, ready_points
from stopjihad.theme.job import PaperFile
from stopjihad.view.discussions import lesson_talk


def plan_output(asked: PlanRequest, offers: Offers) -> PlannedOutput:
    """Plan paper where it is asked for, or was made before: then it is kept as new as the rest."""
    if not asked.beside.has("paper"):
        return PlannedOutput((), offers)
    layouts = tuple(sorted(asked.shared.papers.values(), key=lambda one: one.name))
    steps = tuple(_steps(asked, layouts))
    return PlannedOutput(steps, offers._replace(papers=tuple(_offer_papers(steps, asked))))


def _offer_papers(steps: tuple[Step, ...], asked: PlanRequest) -> Iterator[PaperFile]:
    for step in steps:
        params = dict(step.params)
        layout = asked.shared.papers[params["layout"]]
        yield PaperFile(
            path=step.output.removeprefix("site/"),
            lang=params["lang"],
            title=layout.title,
            point=params.get("id", ""),
            kit=layout.kit or asked.options.partner is not None or asked.options.stick,
        )


def _steps(asked: PlanRequest, layouts: tuple[PaperLayout, ...]) -> Iterator[Step]:
    """Plan each sheet; a lesson page stands for talking points with questions for a class alone.

    Where a campaign has written such questions, a sheet without any would have no age, no caution
    and no answer to expect. Where it has written none, a teacher gets general ones.
    """
    plan = asked.campaign
    in_class = kept_to_lessons(plan.project, asked.options.partner)
    talks = {edition.lang: ready_discussions(plan, edition) for edition in plan.editions}
    for edition, point, inputs in ready_points(plan):
        params = {"lang": edition.lang, "id": point.id}
        drawing = card_params(point, asked.deck).get("drawing", "")
        needed = {*inputs, *approval_of(edition, point.id), "fonts"}
        about = tuple(one for one in talks[edition.lang] if one.point == point.id)
        unasked = lesson_talk(about) is None and lesson_talk(talks[edition.lang]) is not None
        for layout in layouts:
            lesson = _shows(layout, "questions")
            off = unasked if lesson else point.id in in_class
            if layout.subject == "point" and not off:
                shown = {"drawing": drawing} if drawing and _draws(layout) else {}
                drawn = {input_names.drawing(drawing)} if shown else set()
                if about and lesson:
                    name = input_names.discussions(edition.lang, point.id)
                    drawn.add(plan.inputs.add(name, about))
                yield _step(layout, {**params, **shown}, needed | drawn)
    for edition in plan.editions:
        lang = edition.lang
        needed = {input_names.frame(lang), input_names.words(lang), "fonts"}
        for layout in layouts:
            if layout.subject == "language":
                yield _step(layout, {"lang": lang}, needed)


def _step(layout: PaperLayout, params: dict[str, str], inputs: set[str]) -> Step:
    path = f"site/{paper_path(params['lang'], layout.name, params.get('id', ''))}"
    needed = tuple(sorted({*inputs, input_names.paper(layout.name)}))
    return Step(path, "paper", needed, tuple(sorted({**params, "layout": layout.name}.items())))


def _shows(layout: PaperLayout, words: str) -> bool:
    return any(item.words == words for panel in layout.panels for item in panel.items)


def _draws(layout: PaperLayout) -> bool:
    return any(item.art for panel in layout.panels for item in panel.items)
