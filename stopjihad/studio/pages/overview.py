"""A campaign at a glance: how far each language is, what is covered, what is next."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stopjihad.catalog import terms
from stopjihad.model.project import Project
from stopjihad.studio.answers import (
    answer_json,
    author_of,
    newest_project,
    platform_choices,
    read_json,
    refuse_in_words,
    show_campaign,
    speakers,
    state_words,
    with_live_campaign,
)
from stopjihad.studio.builder import published_map
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.begin import is_fresh
from stopjihad.studio.pages.board import COLUMNS, states
from stopjihad.studio.pages.calendar import CalendarQuery, CalendarSpan, make_week
from stopjihad.studio.pages.languages import LanguageRow, language_rows
from stopjihad.studio.pages.settings import left_of_sample, save_fields
from stopjihad.studio.pages.tasks import (
    HelplineCounts,
    Task,
    WaitingLanguage,
    next_tasks,
    waiting_languages,
)
from stopjihad.studio.remedies import Remedy, remedy_of
from stopjihad.studio.sections import plain_words
from stopjihad.studio.templates import Templates
from stopjihad.studio.words import Say
from stopjihad.text.yaml.fields import SetField

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


class OwnTask(NamedTuple):
    """Say what is left of the sample: words, where it is mended, and how often it is so."""

    words: str
    hint: str
    address: str
    number: int


class Ready(NamedTuple):
    """Say what could go out today: whole languages, drafts by state, a site."""

    languages: int
    drafts: int
    waiting: int
    withdrawn: int
    built: bool


class Overview(NamedTuple):
    """Everything the overview shows.

    ``yours`` is what a copy of the sample must still replace, whatever its ``sample`` says;
    ``name`` is whose things come next, empty for the team's.
    """

    name: str
    waiting: tuple[WaitingLanguage, ...]
    posts: CalendarSpan | None
    helplines: HelplineCounts

    languages: tuple[LanguageRow, ...]
    matrix: Matrix
    due: tuple[DueHelpline, ...]
    tasks: tuple[Task, ...]
    yours: tuple[OwnTask, ...]
    ready: Ready
    points: int
    cards: int
    drafts: int


def make_overview(
    live: LiveCampaign, say: Say, term: Say, told: Say, name: str = ""
) -> Overview | None:
    """Look at a campaign.

    Args:
        name: of who looks; empty for nobody in particular.

    Returns:
        The overview, or None when the campaign cannot be read.
    """
    project: Project | None = newest_project(live)
    if project is None:
        return None
    languages = language_rows(live)
    due = tuple(_due(project, live.today()))
    matrix = _matrix(project, term)
    ready = _ready(live, languages)
    waiting = waiting_languages(live, languages, name)
    helplines = HelplineCounts(
        late=sum(one.past for one in due),
        uncalled=count_uncalled(live),
        missing=sum(one.code == "SAF01" for one in live.problems()),
    )
    uncovered = [name for name, cells in matrix.rows if not any(cell.number for cell in cells)]
    kinds = [step.kind for step in live.newest_steps.values()]
    return Overview(
        name=name,
        waiting=waiting,
        posts=make_week(live, CalendarQuery("", "", live.today()), states(live)),
        helplines=helplines,
        languages=languages,
        matrix=matrix,
        due=due,
        tasks=tuple(next_tasks(live, waiting, helplines, uncovered, say, built=ready.built)),
        yours=tuple(_yours(live, project, say, told)),
        ready=ready,
        points=len(project.points),
        cards=kinds.count("card"),
        drafts=kinds.count("draft"),
    )


def _yours(live: LiveCampaign, project: Project, say: Say, told: Say) -> Iterator[OwnTask]:
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
        found[name, say(words) if words else told(problem.message), way.address] += 1
    for (place, words, address), number in found.items():
        yield OwnTask(place, words, address, number)


@refuse_in_words
async def next_left(request: Request, live: LiveCampaign) -> Response:
    """Lead to the next thing that is left of the sample; when nothing is, to where it goes out.

    ``after`` is the address of the page on which somebody has just mended one.
    """
    await request.app.state.follower.read(live)
    project: Project | None = newest_project(live)
    say, _ = speakers(request, live)
    told = request.app.state.templates.finding_words(request).say
    places = [one.address for one in _yours(live, project, say, told)] if project else []
    after = request.query_params.get("after", "")
    others = [one for one in places if one.partition("#")[0].partition("?")[0] != after]
    end = f"/c/{live.slug}#o-yours" if places else f"/c/{live.slug}/publish"
    return RedirectResponse(next(iter(others), end), 303)


@refuse_in_words
async def make_ours(request: Request, live: LiveCampaign) -> Response:
    """Say that the campaign is no sample any more: every page says so no longer."""
    await read_json(request, dict[str, str])
    await save_fields(request, live, "campaign.yaml", lambda _: [SetField(("sample",), "false")])
    return answer_json({"done": 1})


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


def _ready(live: LiveCampaign, languages: tuple[LanguageRow, ...]) -> Ready:
    posts = Counter(states(live).values())
    platforms = len(platform_choices(live))
    known = published_map(live)
    return Ready(
        languages=sum(row.whole == row.points for row in languages),
        drafts=platforms * posts["approved"],
        waiting=platforms * posts["review"],
        withdrawn=platforms * posts["withdrawn"],
        built="site/index.html" in known,
    )


@with_live_campaign
def overview(request: Request, live: LiveCampaign) -> Response:
    """Show a campaign at a glance."""
    say, term = speakers(request, live)
    pages: Templates = request.app.state.templates
    return show_campaign(
        request,
        live,
        "overview.html",
        overview=make_overview(
            live, say, term, pages.finding_words(request).say, author_of(request)
        ),
        states=state_words(say),
        fresh=is_fresh(live),
        names={name: say(words) for name, words in COLUMNS.items()},
    )
