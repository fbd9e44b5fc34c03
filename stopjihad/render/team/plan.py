"""Plan the team's own pages: the report, and a dossier for each talking point and language.

They lie beside ``site/`` and are not uploaded with it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from stopjihad.model import input_names
from stopjihad.model.point import Point
from stopjihad.model.project import Project
from stopjihad.model.review import (
    OF_TEXTS,
    Kind,
    Review,
    signatures,
    text_digest,
    translation_digest,
)
from stopjihad.model.step import Step
from stopjihad.plan.editions import is_niche
from stopjihad.plan.planner import Offers, PlannedOutput, PlanRequest
from stopjihad.plan.ready_points import SitePlan
from stopjihad.problem import Problem
from stopjihad.render.team.records import (
    DossierView,
    PointRow,
    ReportView,
    Right,
    TeamApproval,
)
from stopjihad.review.excused import ExcusedWords, list_exceptions
from stopjihad.view.source_segments import point_segments

REPORT = "report/index.html"
"""The report, relative to ``dist/<campaign>/``."""


def dossier_path(lang: str, point: str) -> str:
    """Give a dossier's path relative to ``dist/<campaign>/``."""
    return f"dossiers/{lang}/{point}.html"


def plan_report_output(asked: PlanRequest, offers: Offers) -> PlannedOutput:
    """Plan the report where it is asked for."""
    if not asked.options.wants("report"):
        return PlannedOutput((), offers)
    platforms, dossiers = asked.shared.platforms, asked.beside.has("dossiers")
    steps = plan_report(asked.campaign, asked.problems, platforms, dossiers=dossiers)
    return PlannedOutput(steps, offers)


def plan_dossier_output(asked: PlanRequest, offers: Offers) -> PlannedOutput:
    """Plan dossiers where they will be there."""
    there = asked.beside.has("dossiers")
    return PlannedOutput(plan_dossiers(asked.campaign, offers.cards) if there else (), offers)


def plan_report(
    plan: SitePlan,
    problems: tuple[Problem, ...],
    platforms: Mapping[str, Any],
    *,
    dossiers: bool,
) -> Iterator[Step]:
    """Plan the report.

    Args:
        plan: the campaign and its inputs; an input is added.
    """
    project = plan.project
    campaign = project.campaign.record
    lines = project.all_helplines
    view = ReportView(
        campaign=campaign,
        problems=problems,
        exceptions=list_exceptions(project),
        points=tuple(_row(document.record) for document in project.points),
        whole={edition.lang: _points_in(plan, edition.complete) for edition in plan.editions},
        reviewed={edition.lang: _points_in(plan, edition.reviewed) for edition in plan.editions},
        platforms={name: platforms[name].name for name in plan.platforms},
        left_out=tuple(name for name in campaign.platforms if name not in plan.platforms),
        review_by={line.id: line.review_by for line in lines},
        replies=len(project.responses.record.replies) if project.responses else 0,
        dossiers=dossiers,
        drills=project.drills,
    )
    source = campaign.source_language
    lang = source if source in plan.frames else plan.editions[0].lang
    inputs = [plan.inputs.add("report", view), *_common(lang)]
    inputs += [input_names.frame(edition.lang) for edition in plan.editions]
    yield Step(REPORT, "report", tuple(sorted(set(inputs))), (("lang", lang),))


def plan_dossiers(plan: SitePlan, cards: Iterable[Step]) -> Iterator[Step]:
    """Plan the dossiers: one per language and talking point that is whole in it.

    Args:
        plan: the campaign and its inputs; inputs are added.
    """
    source = plan.project.campaign.record.source_language
    exceptions = list_exceptions(plan.project)
    rights = _rights(plan.project)
    approvals = signatures(plan.project.reviews)
    pictures = _by_folder(cards)
    for edition in plan.editions:
        lang = edition.lang
        for point in (document.record for document in plan.project.points):
            if not edition.shows(point.id):
                continue
            shared = edition.spreads(point)
            view = DossierView(
                goal=plan.project.campaign.record.goal.statement,
                counters_terrorism=plan.project.campaign.record.counters_terrorism,
                segments=len(point_segments(point)),
                approvals=_approvals(_digests(plan, lang, point), approvals),
                rights=tuple(rights[name] for name in point.media if name in rights),
                exceptions=_own(exceptions, point.id),
                cards=tuple(pictures.get(f"cards/{lang}/{point.id}", ())),
            )
            inputs = [plan.inputs.add(input_names.dossier(lang, point.id), view), *_common(lang)]
            inputs.append(input_names.point(point.id))
            if lang != source:
                inputs.append(input_names.messages(lang, point.id))
            if plan.platforms and shared:
                inputs.append(input_names.drafts(lang, point.id))
            params = (("id", point.id), ("lang", lang))
            yield Step(dossier_path(lang, point.id), "dossier", tuple(sorted(inputs)), params)


def _common(lang: str) -> tuple[str, ...]:
    return (
        "team-theme",
        input_names.frame(lang),
        input_names.team_words(lang),
        input_names.words(lang),
    )


def _row(point: Point) -> PointRow:
    return PointRow(
        id=point.id,
        fact=point.fact,
        mode=point.mode,
        pull_factor=point.pull_factor,
        audiences=point.audiences,
        niche=is_niche(point),
    )


def _points_in(plan: SitePlan, keys: Collection[str]) -> tuple[str, ...]:
    names = (document.record.id for document in plan.project.points)
    return tuple(name for name in names if name in keys)


def _rights(project: Project) -> dict[str, Right]:
    """Give what is known of each picture, by its file name."""
    found: dict[str, Right] = {}
    for note in project.media_notes:
        name = note.path.rpartition("/")[2].removesuffix(".yaml")
        found[name] = Right(
            file=name,
            source=note.record.source,
            licence=note.record.licence,
            consent=note.record.consent,
            provenance=note.record.provenance,
            alt=note.record.alt,
        )
    return found


def _by_folder(cards: Iterable[Step]) -> dict[str, list[str]]:
    """Give the paths of cards, relative to ``site/``, by the folder of their talking point."""
    found: dict[str, list[str]] = {}
    for step in cards:
        path = step.output.removeprefix("site/")
        found.setdefault("/".join(path.split("/")[:3]), []).append(path)
    return found


def _own(exceptions: tuple[ExcusedWords, ...], point: str) -> tuple[ExcusedWords, ...]:
    own = f"points/{point}"
    return tuple(e for e in exceptions if e.context == own or e.context.startswith(f"{point}/"))


def _digests(plan: SitePlan, lang: str, point: Point) -> list[str]:
    """Give what approvals of a talking point are bound to."""
    if lang == plan.project.campaign.record.source_language:
        return [text_digest(lang, *segment) for segment in point_segments(point)]
    return [
        translation_digest(lang, message.context, message.source, message.translation)
        for message in plan.inputs.messages(lang, point.id)
    ]


def _approvals(
    digests: Iterable[str], approvals: Mapping[tuple[str, Kind], tuple[Review, ...]]
) -> tuple[TeamApproval, ...]:
    """Sum up who approved a text: one row for each reviewer, role and kind."""
    if not approvals:
        return ()
    rows: dict[tuple[str, str, Any], list[Review]] = {}
    for digest in digests:
        for kind in OF_TEXTS:
            for review in approvals.get((digest, kind), ()):
                rows.setdefault((review.by, review.role, review.kind), []).append(review)
    return tuple(
        TeamApproval(
            by=by,
            role=role,
            kind=kind,
            segments=len(found),
            first=min(review.on for review in found).date(),
            last=max(review.on for review in found).date(),
        )
        for (by, role, kind), found in sorted(rows.items())
    )
