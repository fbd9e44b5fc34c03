"""Find the notice that is live, and run exercises of notices."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stopjihad.build.report import BuildReport
from stopjihad.model.alert import Alert, LiveAlert
from stopjihad.model.loaded import Document
from stopjihad.model.request import Options
from stopjihad.plan.sendable import Sendable, sendable
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.view.alert import template_of

if TYPE_CHECKING:
    from stopjihad.build.driver import Request

DRILLS = "drills"
"""Folder of the output that exercises are built into, each with a folder of its own."""


class Drill(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what an exercise gave.

    Attributes:
        id: of the exercise.
        folder: where it is built.
        languages: tags in which the notice would be sent.
        left_out: tag to the reason, of all others.
        files: outputs made.
        seconds: stage to seconds of machine time.
    """

    id: str
    folder: str
    languages: tuple[str, ...]
    left_out: dict[str, str]
    files: int
    seconds: dict[str, float]


def run_drill(root: Path, slug: str, alert: Alert, request: Request) -> Drill:
    """Build an exercise into a folder of its own, the way a notice is built.

    Args:
        root: the workspace.
        slug: the campaign.
        alert: the notice; its status is ``exercise``.
        request: what to make it with; ``out`` is the folder for results.

    Returns:
        What was made.

    Raises:
        ProblemsFound: the campaign or the notice has errors.
    """
    import time

    from stopjihad.build.driver import build_campaign
    from stopjihad.build.survey import read_campaign
    from stopjihad.check.alert import check_alert
    from stopjihad.disk.pack import pack_of_parsed
    from stopjihad.load.sources import read_workspace

    began = time.monotonic()
    with pack_of_parsed(root, slug) as pack:
        authored = read_campaign(read_workspace(root, slug), pack)
    project = authored.project
    if project is None:
        raise ProblemsFound((*authored.problems, *authored.trouble))
    path = f"campaigns/{slug}/alerts/{alert.id}.yaml"
    problems = tuple(check_alert(Document(path=path, record=alert, marks={}, digest=""), project))
    template = template_of(project, alert.template)
    if problems or template is None:
        raise ProblemsFound(problems)
    found = sendable(project, template, exercise=True)
    if not found.languages:
        raise ProblemsFound((_nowhere(path, found),))
    out = request.out / DRILLS / alert.id
    options = Options(
        only=("site", "alert"),
        languages=found.languages,
        draft=True,
        alert=LiveAlert(alert=alert, languages=found.languages),
    )
    read = time.monotonic()
    report = build_campaign(root, slug, msgspec.structs.replace(request, out=out, options=options))
    return Drill(
        id=alert.id,
        folder=str(out / slug),
        languages=found.languages,
        left_out=found.left_out,
        files=report.made + report.reused,
        seconds={"read": read - began, **_seconds(report), "all": time.monotonic() - began},
    )


def _seconds(report: BuildReport) -> dict[str, float]:
    return {str(name): float(value) for name, value in dict(report.seconds).items()}


def _nowhere(path: str, found: Sendable) -> Problem:
    reasons = "; ".join(f"{tag}: {reason}" for tag, reason in found.left_out.items())
    return Problem(
        path=path,
        code="alert-language",
        message=f"the notice cannot be sent in any language ({reasons})"[:400],
        hint="translate the template: stopjihad translate update",
    )
