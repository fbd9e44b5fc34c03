"""A campaign at a glance: how far each language is, what is covered, what is next."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import NamedTuple

from stopjihad.catalog import terms
from stopjihad.catalog.languages import autonym
from stopjihad.model.loaded import Project
from stopjihad.preview.edit.choices import Say, marked
from stopjihad.preview.live import Live
from stopjihad.preview.views import count, newest_project
from stopjihad.text.script import direction
from stopjihad.translate.status import Row, rows, summary

SOON = dt.timedelta(days=30)
"""Time ahead in which a helpline that must be checked again is shown."""

STATES = ("approved", "unreviewed", "stale", "untranslated")
"""How far a text is, the furthest first."""


class Share(NamedTuple):
    """Hold how many texts are in one state, and their share in percent."""

    state: str
    number: int
    percent: float


class LanguageRow(NamedTuple):
    """Show one language: its texts by state, and talking points that are whole in it."""

    tag: str
    name: str
    direction: str
    shares: tuple[Share, ...]
    whole: int
    points: int


class Cell(NamedTuple):
    """Count the talking points for one pull factor and one audience."""

    number: int
    names: tuple[str, ...]


class Matrix(NamedTuple):
    """Show what is covered: a row for each pull factor, a column for each audience."""

    audiences: tuple[str, ...]
    rows: tuple[tuple[str, tuple[Cell, ...]], ...]


class Due(NamedTuple):
    """Name a helpline that must be checked again."""

    name: str
    country: str
    day: str
    past: bool


class Task(NamedTuple):
    """Offer one thing to do next: a sentence, where it is done, and how urgent it is."""

    words: str
    address: str
    kind: str


class Overview(NamedTuple):
    """Hold everything the overview shows."""

    languages: tuple[LanguageRow, ...]
    matrix: Matrix
    due: tuple[Due, ...]
    tasks: tuple[Task, ...]
    points: int
    cards: int
    drafts: int


def make_overview(live: Live, say: Say, term: Say) -> Overview | None:
    """Look at a campaign.

    Args:
        live: the campaign.
        say: translates the studio's words.
        term: translates the theme's words.

    Returns:
        The overview, or None when the campaign cannot be read.
    """
    project: Project | None = newest_project(live)
    if project is None:
        return None
    languages = language_rows(live)
    due = tuple(_due(project, live.today()))
    matrix = _matrix(project, term)
    steps = live.state.newest.steps.values() if live.state.newest else ()
    kinds = [step.kind for step in steps]
    return Overview(
        languages=languages,
        matrix=matrix,
        due=due,
        tasks=tuple(_tasks(live, languages, due, matrix, say)),
        points=len(project.points),
        cards=kinds.count("card"),
        drafts=kinds.count("draft"),
    )


def language_rows(live: Live) -> tuple[LanguageRow, ...]:
    """Say how far each language is.

    Args:
        live: the campaign; it can be read.

    Returns:
        One row for each language but the source, in the campaign's order.
    """
    project: Project = newest_project(live)
    counts = live.remember("translation-rows", lambda: rows(project))
    return tuple(_language(one, counts, project) for one in _in_order(project, counts))


def _in_order(project: Project, counts: tuple[Row, ...]) -> list[Row]:
    sums = {row.language: row for row in summary(counts)}
    return [sums[tag] for tag in project.campaign.record.languages if tag in sums]


def _language(total: Row, counts: tuple[Row, ...], project: Project) -> LanguageRow:
    points = {document.record.id for document in project.points}
    whole = sum(
        row.language == total.language and row.key in points and not row.untranslated + row.stale
        for row in counts
    )
    return LanguageRow(
        tag=total.language,
        name=autonym(total.language),
        direction=direction(total.language),
        shares=tuple(
            Share(name, getattr(total, name), 100 * getattr(total, name) / (total.total or 1))
            for name in STATES
        ),
        whole=whole,
        points=len(points),
    )


def _matrix(project: Project, term: Say) -> Matrix:
    audiences = project.campaign.record.audiences
    found = []
    for factor, name in terms.PULL_FACTORS.items():
        cells = []
        for audience in audiences:
            names = tuple(
                one.record.id
                for one in project.points
                if one.record.pull_factor == factor and audience.id in one.record.audiences
            )
            cells.append(Cell(len(names), names))
        found.append((term(name.name), tuple(cells)))
    return Matrix(tuple(audience.name for audience in audiences), tuple(found))


def _due(project: Project, today: dt.date) -> Iterator[Due]:
    helplines = project.helplines.record.helplines if project.helplines else ()
    for one in sorted(helplines, key=lambda line: line.review_by):
        if one.review_by <= today + SOON:
            past = one.review_by <= today
            yield Due(one.name, one.country, one.review_by.isoformat(), past)


MEND = marked("Mend what stops the build")
STALE = marked("Bring %(language)s up to date: %(count)s texts")
APPROVE = marked("Have %(language)s approved: %(count)s texts")
CHECK = marked("Check helplines again: %(count)s")
COVER = marked("Answer a pull factor that nothing answers yet: %(factor)s")
SHARE = marked("Everything is ready. Export the drafts and upload the site.")


def _tasks(
    live: Live,
    languages: tuple[LanguageRow, ...],
    due: tuple[Due, ...],
    matrix: Matrix,
    say: Say,
) -> Iterator[Task]:
    base = f"/c/{live.slug}"
    if count(live.problems(), "error"):
        yield Task(say(MEND), f"{base}/problems", "bad")
    for row in languages:
        share = {one.state: one.number for one in row.shares}
        behind = share["stale"] + share["untranslated"]
        if behind:
            words = say(STALE) % {"language": row.name, "count": behind}
            yield Task(words, f"{base}/translate/{row.tag}", "warn")
        if share["unreviewed"]:
            words = say(APPROVE) % {"language": row.name, "count": share["unreviewed"]}
            yield Task(words, f"{base}/review?language={row.tag}", "")
    late = sum(one.past for one in due)
    if late:
        yield Task(say(CHECK) % {"count": late}, f"{base}/problems", "warn")
    empty = [name for name, cells in matrix.rows if not any(cell.number for cell in cells)]
    for name in empty[:2]:
        yield Task(say(COVER) % {"factor": name}, f"{base}/points", "")
    if not count(live.problems(), "error"):
        yield Task(say(SHARE), f"{base}/export", "good")
