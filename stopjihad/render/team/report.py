"""Write the report: what a terminal would tell, for people who use none."""

from __future__ import annotations

from typing import Any, NamedTuple

from markupsafe import Markup

from stopjihad.catalog import terms
from stopjihad.catalog.rules import rules
from stopjihad.model import input_names
from stopjihad.model.campaign import Schedule
from stopjihad.model.step import Step
from stopjihad.problem import Problem
from stopjihad.render.alert.chart import draw_chart
from stopjihad.render.decode import Decoded
from stopjihad.render.page.site import BAND_LINES
from stopjihad.render.team.shell import THEME, fill, team_site
from stopjihad.view.records import Frame, HelplineView
from stopjihad.view.team import PointRow, ReportView

_SEVERITIES = ("error", "warning", "info")


class Where(NamedTuple):
    """Say which helplines readers of a language meet, and where."""

    frame: Frame
    band: tuple[HelplineView, ...]
    card: HelplineView | None
    posts: tuple[HelplineView, ...]
    spoken: bool


class Cell(NamedTuple):
    """A place of the coverage matrix: talking points that are whole there, of all."""

    whole: tuple[PointRow, ...]
    every: tuple[PointRow, ...]
    drafts: int


class Coverage(NamedTuple):
    """The coverage of one language: a row of cells for each pull factor."""

    frame: Frame
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]
    missing: tuple[PointRow, ...]
    reviewed: int
    posts: tuple[tuple[str, int, bool], ...]


def render_report(step: Step, decoded: Decoded) -> bytes:
    """Write the report.

    Args:
        step: names ``report`` and the frames of all languages; its params name the language.
        decoded: the values of its inputs.

    Returns:
        An HTML file.
    """
    site = team_site(decoded, dict(step.params)["lang"])
    report: ReportView = decoded.value("report")
    frames = [decoded.value(name) for name in _frames(step, site.frame)]
    every = rules()
    values: dict[str, Any] = {
        "report": report,
        "found": _by_severity(report.problems),
        "rules": every,
        "sections": list(every.values()),
        "where": [_where(frame) for frame in frames],
        "coverage": [_coverage(report, frame) for frame in frames],
        "held": [point for point in report.points if point.niche],
        "gaps": _gaps(report),
        "chart": Markup(draw_chart(report.drills, decoded.team_words(site.frame.lang)).decode()),  # noqa: S704  it escapes what it is given
    }
    return fill(site, "report.html", decoded.value(THEME)["team.css"], values)


def _frames(step: Step, frame: Frame) -> list[str]:
    """Name the frames of the step, in the campaign's order of languages."""
    names = [input_names.frame(language.tag) for language in frame.languages]
    return [name for name in names if name in step.inputs]


def _by_severity(problems: tuple[Problem, ...]) -> list[tuple[str, list[Problem]]]:
    found = [(name, [p for p in problems if p.severity == name]) for name in _SEVERITIES]
    return [(name, listed) for name, listed in found if listed]


def _where(frame: Frame) -> Where:
    lines = frame.standing
    return Where(frame, lines[:BAND_LINES], lines[0] if lines else None, lines, bool(lines))


def _coverage(report: ReportView, frame: Frame) -> Coverage:
    whole = frozenset(report.whole[frame.lang])
    shown = [point for point in report.points if not point.niche]
    rows = tuple(
        (
            factor,
            tuple(
                _cell(shown, whole, factor, audience.id, len(report.platforms))
                for audience in report.campaign.audiences
            ),
        )
        for factor in terms.PULL_FACTORS
    )
    schedule = report.campaign.schedule
    ready = sum(point.id in whole for point in shown)
    return Coverage(
        frame=frame,
        rows=rows,
        missing=tuple(point for point in shown if point.id not in whole),
        reviewed=sum(point.id in report.reviewed[frame.lang] for point in shown),
        posts=tuple(
            (name, ready, _has_time(schedule, platform, frame.lang))
            for platform, name in report.platforms.items()
        ),
    )


def _cell(
    points: list[PointRow], whole: frozenset[str], factor: str, audience: str, platforms: int
) -> Cell:
    every = tuple(p for p in points if p.pull_factor == factor and audience in p.audiences)
    ready = tuple(point for point in every if point.id in whole)
    return Cell(ready, every, len(ready) * platforms)


def _has_time(schedule: Schedule, platform: str, lang: str) -> bool:
    """Tell whether the schedule has a slot for posts of a platform in a language."""
    return bool(schedule.slots.get(f"{platform}/{lang}") or schedule.slots.get(platform))


def _gaps(report: ReportView) -> int:
    """Count pull factors and audiences that no talking point brings together."""
    met = {
        (point.pull_factor, audience)
        for point in report.points
        if not point.niche
        for audience in point.audiences
    }
    pairs = {(f, a.id) for f in terms.PULL_FACTORS for a in report.campaign.audiences}
    return len(pairs - met)
