"""A campaign at a glance: how far each language is, what is covered, what is next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Sequence
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog import terms
from stopjihad.model.project import Project
from stopjihad.studio.answers import (
    newest_project,
    platform_choices,
    show_campaign,
    showing,
    speakers,
    state_words,
)
from stopjihad.studio.builder import published_map
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.begin import is_fresh
from stopjihad.studio.pages.board import states
from stopjihad.studio.pages.languages import LanguageRow, language_rows
from stopjihad.studio.pages.review import Tab, tabs
from stopjihad.studio.pages.settings import left_of_sample
from stopjihad.studio.remedies import Remedy, remedy_of
from stopjihad.studio.sections import plain_words
from stopjihad.studio.words import Say, mark_translatable

SOON = dt.timedelta(days=30)
"""Time ahead in which a helpline that must be checked again is shown."""


class PointCoverage(NamedTuple):
    """Count the talking points for one pull factor and one audience."""

    number: int
    names: tuple[str, ...]


class Matrix(NamedTuple):
    """Show what is covered: a row for each pull factor, a column for each audience."""

    audiences: tuple[str, ...]
    rows: tuple[tuple[str, tuple[PointCoverage, ...]], ...]


class DueHelpline(NamedTuple):
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


class OwnTask(NamedTuple):
    """Say what is left of the sample: words, where it is mended, and how often it is so."""

    words: str
    hint: str
    address: str
    number: int


class Ready(NamedTuple):
    """Say what could go out today: whole languages, drafts by state, fresh helplines, a site."""

    languages: int
    drafts: int
    waiting: int
    withdrawn: int
    helplines: bool
    built: bool


class Overview(NamedTuple):
    """Everything the overview shows.

    ``yours`` is what a copy of the sample must still replace, whatever its ``sample`` says.
    """

    languages: tuple[LanguageRow, ...]
    matrix: Matrix
    due: tuple[DueHelpline, ...]
    tasks: tuple[Task, ...]
    yours: tuple[OwnTask, ...]
    ready: Ready
    points: int
    cards: int
    drafts: int


def make_overview(live: LiveCampaign, say: Say, term: Say) -> Overview | None:
    """Look at a campaign.

    Returns:
        The overview, or None when the campaign cannot be read.
    """
    project: Project | None = newest_project(live)
    if project is None:
        return None
    languages = language_rows(live)
    due = tuple(_due(project, live.today()))
    matrix = _matrix(project, term)
    ready = _ready(live, languages, due)
    kinds = [step.kind for step in live.newest_steps.values()]
    return Overview(
        languages=languages,
        matrix=matrix,
        due=due,
        tasks=tuple(_tasks(live, languages, due, matrix, say, built=ready.built)),
        yours=tuple(_yours(live, project, say)),
        ready=ready,
        points=len(project.points),
        cards=kinds.count("card"),
        drafts=kinds.count("draft"),
    )


def _yours(live: LiveCampaign, project: Project, say: Say) -> Iterator[OwnTask]:
    """Gather what is left of the sample, what is asked in one place as one."""
    base = f"/c/{live.slug}"
    titles = {one.path: one.record.title for one in project.pages}
    found: Counter[tuple[str, str, str]] = Counter()
    for problem in left_of_sample(live):
        way = remedy_of(problem, base, say) or Remedy(
            problem.path.rpartition("/")[2],
            f"{base}/file?path={quote(problem.path)}&line={problem.line}",
        )
        words = plain_words(problem)
        name = titles.get(problem.path, way.words)
        found[name, say(words) if words else problem.message, way.address] += 1
    for (place, words, address), number in found.items():
        yield OwnTask(place, words, address, number)


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
            cells.append(PointCoverage(len(names), names))
        found.append((term(name.name), tuple(cells)))
    return Matrix(tuple(audience.name for audience in audiences), tuple(found))


def count_uncalled(live: LiveCampaign) -> int:
    """Count the helplines that nobody has called."""
    project: Project | None = newest_project(live)
    return sum(one.verified.how != "called" for one in project.all_helplines) if project else 0


def _due(project: Project, today: dt.date) -> Iterator[DueHelpline]:
    helplines = project.all_helplines
    for one in sorted(helplines, key=lambda line: line.review_by):
        if one.review_by <= today + SOON:
            past = one.review_by < today  # the day itself is the last that is in time
            yield DueHelpline(one.name, one.country, one.review_by.isoformat(), past)


MEND = mark_translatable("Mend what stops the build")
STALE = mark_translatable("Bring %(language)s up to date (texts: %(count)s)")
STALE_MORE = mark_translatable("Bring other languages up to date (%(count)s)")
APPROVE = mark_translatable("Have %(language)s approved (texts: %(count)s)")
APPROVE_MORE = mark_translatable("Have other languages approved (%(count)s)")
CHECK = mark_translatable("Check helplines again (%(count)s)")
COVER = mark_translatable("Answer a pull factor that nothing answers yet: %(factor)s")
BUILD = mark_translatable("Build the site: nothing stops you")
SHARE = mark_translatable("Export the drafts and upload the site: nothing stops you")
SHARE_SITE = mark_translatable("Upload the site; its drafts can be exported once they are approved")

NAMED = 3
"""Languages that are named one by one among what is next; the others become one line."""


def _tasks(
    live: LiveCampaign,
    languages: tuple[LanguageRow, ...],
    due: tuple[DueHelpline, ...],
    matrix: Matrix,
    say: Say,
    *,
    built: bool,
) -> Iterator[Task]:
    base = f"/c/{live.slug}"
    if live.count("error"):
        yield Task(say(MEND), f"{base}/problems", "bad")
    behind = [(row, row.number("stale") + row.number("untranslated")) for row in languages]
    yield from _language_tasks(
        behind, (say(STALE), say(STALE_MORE)), f"{base}/translate", "/", "warn"
    )
    approve = (say(APPROVE), say(APPROVE_MORE))
    source, *others = tabs(live)
    yield from _language_tasks(
        [(source, source.texts)], approve, f"{base}/review", "?language=", ""
    )
    waiting = [(tab, tab.texts) for tab in others]
    yield from _language_tasks(waiting, approve, f"{base}/review", "?language=", "")
    late = sum(one.past for one in due)
    if late:
        yield Task(say(CHECK) % {"count": late}, f"{base}/problems", "warn")
    empty = [name for name, cells in matrix.rows if not any(cell.number for cell in cells)]
    for name in empty[:2]:
        yield Task(say(COVER) % {"factor": name}, f"{base}/points", "")
    if not live.count("error"):
        approved = "review" not in states(live).values()
        share = SHARE if approved else SHARE_SITE
        yield Task(say(share if built else BUILD), f"{base}/publish", "good")


def _language_tasks(
    numbers: Sequence[tuple[LanguageRow | Tab, int]],
    words: tuple[str, str],
    address: str,
    joint: str,
    kind: str,
) -> Iterator[Task]:
    """Offer what each language needs, those with the least left to do first."""
    open_ = sorted(((row, number) for row, number in numbers if number), key=lambda one: one[1])
    for row, number in open_[:NAMED]:
        said = words[0] % {"language": row.name, "count": number}
        yield Task(said, f"{address}{joint}{row.tag}", kind)
    if len(open_) > NAMED:
        yield Task(words[1] % {"count": len(open_) - NAMED}, address, kind)


def _ready(
    live: LiveCampaign, languages: tuple[LanguageRow, ...], due: tuple[DueHelpline, ...]
) -> Ready:
    posts = Counter(states(live).values())
    platforms = len(platform_choices(live))
    known = published_map(live)
    return Ready(
        languages=sum(row.whole == row.points for row in languages),
        drafts=platforms * posts["approved"],
        waiting=platforms * posts["review"],
        withdrawn=platforms * posts["withdrawn"],
        helplines=not due and not count_uncalled(live),
        built="site/index.html" in known,
    )


@showing
def overview(request: Request, live: LiveCampaign) -> Response:
    """Show a campaign at a glance."""
    say, term = speakers(request, live)
    return show_campaign(
        request,
        live,
        "overview.html",
        overview=make_overview(live, say, term),
        states=state_words(say),
        fresh=is_fresh(live),
        uncalled=count_uncalled(live),
    )
