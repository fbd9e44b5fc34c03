"""Pages for the team alone, each a file that needs no other: the report, and the dossiers.

The English words for values that they name are message ids of their catalogue (``TABLES``).
"""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import Any, NamedTuple

from markupsafe import Markup

from stopjihad.catalog import terms
from stopjihad.catalog.rules import Rule, rules
from stopjihad.catalog.terms import READINGS
from stopjihad.draw.drill_chart import DRILL_WORDS, draw_drill_chart
from stopjihad.model import input_names
from stopjihad.model.campaign import Schedule
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.problem import Problem
from stopjihad.render.team.records import PointRow, ReportView
from stopjihad.theme.job import PageJob
from stopjihad.theme.palette import brand_stylesheet
from stopjihad.theme.site import BAND_LINES, Site, site_of
from stopjihad.view.alert_paper_phrases import APPROVAL_WORDS, SHEET_WORDS
from stopjihad.view.draft import Draft
from stopjihad.view.records import Frame, HelplineView

SEVERITIES = {"error": "Errors", "warning": "Warnings", "info": "Notes"}
KINDS = {"error": "error", "warning": "warning", "info": "note"}
LEVELS = {
    "niche": "Niche: few people have met it",
    "crossing": "Crossing over from a niche to the public",
    "mainstream": "Widely known",
}
ORIGINS = {
    "own": "made by the campaign",
    "stock": "from a picture library",
    "partner": "from a partner",
    "news": "from a news service",
    "propaganda": "from propaganda",
}
APPROVALS = {
    "editorial": "read and approved as written",
    "native": "approved by a native speaker",
    "legal": "checked by a lawyer",
    "back-translation": "translated back and compared",
}

TABLES = {
    "readings": READINGS,
    "severities": SEVERITIES,
    "kinds": KINDS,
    "levels": LEVELS,
    "origins": ORIGINS,
    "approvals": APPROVALS,
    "drill_words": {message: message for message in DRILL_WORDS},
    "sheet_words": {message: message for message in SHEET_WORDS},
    "approval_words": {message: message for message in APPROVAL_WORDS},
}
"""Name in templates to the table."""


THEME = "team-theme"
"""Input with the templates of ``templates/team/``."""


def team_site(decoded: StepInputs, lang: str) -> Site:
    """Give the values that the templates of a language share.

    Args:
        lang: BCP 47 tag of the page.
    """
    frame, words = decoded.value(input_names.frame(lang)), decoded.team_words(lang)
    assets: dict[str, str] = decoded.value(THEME).texts  # stays the same object in a batch
    return site_of(decoded.theme(THEME), PageJob(frame=frame, words=words, path="", assets=assets))


def fill(site: Site, template: str, source: str, values: dict[str, Any]) -> bytes:
    """Fill in a page that stands alone: its style sheet is in it, and nothing else may load.

    Returns:
        The file's bytes in UTF-8.
    """
    css, policy = _style(source, site.frame.accent, site.frame.ink, site.frame.paper)
    names = {language.tag: language.autonym for language in site.frame.languages}
    shared = {
        **site.values,
        **TABLES,
        "autonym": lambda tag: names.get(tag, tag),
        "css": css,
        "en": _english(site.frame),
        "policy": policy,
    }
    return (site.fill(template, {**shared, **values}).rstrip("\n") + "\n").encode()


@lru_cache(maxsize=8)
def _style(source: str, accent: str, ink: str, paper: str) -> tuple[Markup, str]:
    """Give the style sheet in the brand's colours, and the policy that lets it apply."""
    css = brand_stylesheet(source, accent=accent, ink=ink, paper=paper)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return Markup(css), policy  # noqa: S704  the theme's own style sheet


def _english(frame: Frame) -> Markup:
    """Give the attributes of words that are English in every language: rules and problems."""
    same = frame.lang.partition("-")[0] == "en"
    return Markup() if same else Markup(' lang="en" dir="ltr"')


class HelplineReach(NamedTuple):
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


def render_report(step: Step, decoded: StepInputs) -> bytes:
    """Write the report.

    Args:
        step: names ``report`` and the frames of all languages; its params name the language.
    """
    site = team_site(decoded, dict(step.params)["lang"])
    report: ReportView = decoded.value("report")
    frames = [decoded.value(name) for name in _frames(step, site.frame)]
    every = rules()
    chart = draw_drill_chart(report.drills, decoded.team_words(site.frame.lang))
    values: dict[str, Any] = {
        "report": report,
        "found": _by_severity(report.problems),
        "rules": every,
        "sections": list(every.values()),
        "where": [_reach_of(frame) for frame in frames],
        "coverage": [_coverage(report, frame) for frame in frames],
        "held": [point for point in report.points if point.niche],
        "gaps": _gaps(report),
        "chart": Markup(chart.decode()),  # noqa: S704  it escapes what it is given
    }
    return fill(site, "report.html", decoded.value(THEME).texts["team.css"], values)


def _frames(step: Step, frame: Frame) -> list[str]:
    """Name the frames of the step, in the campaign's order of languages."""
    names = [input_names.frame(language.tag) for language in frame.languages]
    return [name for name in names if name in step.inputs]


def _by_severity(problems: tuple[Problem, ...]) -> list[tuple[str, list[Problem]]]:
    found = [(name, [p for p in problems if p.severity == name]) for name in SEVERITIES]
    return [(name, listed) for name, listed in found if listed]


def _reach_of(frame: Frame) -> HelplineReach:
    lines = frame.lines(None)
    band = frame.lines(frame.need_met(None))  # as below pages whose readers name no need
    return HelplineReach(frame, band[:BAND_LINES], lines[0] if lines else None, lines, bool(band))


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
    points: list[PointRow], whole: frozenset[str], factor: str | None, audience: str, platforms: int
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


ARTICLE = (
    "Material disseminated to the public for educational, journalistic, artistic or research "
    "purposes or for the purposes of preventing or countering terrorism, including material which "
    "represents an expression of polemic or controversial views in the course of public debate, "
    "shall not be considered to be terrorist content. An assessment shall determine the true "
    "purpose of that dissemination and whether material is disseminated to the public for those "
    "purposes."
)
"""Article 1(3) of Regulation (EU) 2021/784, as published (https://fra.europa.eu/en/law-reference/
regulation-eu-2021784-european-parliament-and-council-29-april-2021-addressing, read 2026-11-24)."""

REGULATION = "https://eur-lex.europa.eu/eli/reg/2021/784/oj"

GUARDS = ("STR01", "STR04", "EVD01", "EVD02", "EVD03", "EVD04", "AMP01", "LNG02", "LNG04", "TRN01")
"""Rules that a reader of a dossier asks about; each is an error, so it would stop a build."""


def render_dossier(step: Step, decoded: StepInputs) -> bytes:
    """Write the dossier of a talking point in one language.

    Args:
        step: its params name language and talking point.
    """
    params = dict(step.params)
    lang, point_id = params["lang"], params["id"]
    site = team_site(decoded, lang)
    frame = site.frame
    view = decoded.view(step, point_id, lang)
    point = decoded.value(input_names.point(point_id))
    dossier = decoded.value(input_names.dossier(lang, point_id))
    values: dict[str, Any] = {
        "article": ARTICLE,
        "regulation": REGULATION if dossier.counters_terrorism else "",
        "dossier": dossier,
        "view": view,
        "said": site.flag(view),
        "point": point,
        "translated": lang != frame.source_language,
        "messenger": next((one for one in frame.messengers if one.id == view.messenger), None),
        "audiences": [one for one in frame.audiences if one.id in view.audiences],
        "technique": terms.TECHNIQUES.get(view.technique or ""),
        "address": f"{frame.base_url}/{lang}/points/{point_id}/",
        "drafts": _drafts(step, decoded),
        "guards": _guards(),
    }
    return fill(site, "dossier.html", decoded.value(THEME).texts["team.css"], values)


def _drafts(step: Step, decoded: StepInputs) -> list[Draft]:
    names = [name for name in step.inputs if name.startswith("drafts/")]
    drafts = (draft for name in names for draft in decoded.value(name))
    return [draft for draft in drafts if not draft.left_out]


def _guards() -> list[Rule]:
    every = rules()
    return [every[name] for name in GUARDS]
