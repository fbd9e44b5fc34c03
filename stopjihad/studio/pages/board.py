"""The board: drafts by what still has to happen to them, or week by week as a calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.timezones import time_zone
from stopjihad.model import input_names
from stopjihad.model.campaign import Schedule, Timing
from stopjihad.model.project import Project
from stopjihad.model.review import PUBLISHING, signatures
from stopjihad.plan.calendar import Post, plan_times
from stopjihad.plan.editions import is_niche
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answering,
    facts_in,
    language_choices,
    newest_project,
    platform_choices,
    read_json,
    show_campaign,
    showing,
    speakers,
    texts_in,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.saver import Conflict, WantedEdit
from stopjihad.studio.words import Choice, mark_translatable
from stopjihad.text.unicode.script import direction
from stopjihad.text.yaml.fields import Remove, SetField, value_at, values
from stopjihad.translate.status import SegmentState, key_of
from stopjihad.view.designs import find_card
from stopjihad.view.draft import Draft

COLUMNS = {
    "draft": mark_translatable("Draft"),
    "review": mark_translatable("In review"),
    "approved": mark_translatable("Approved"),
    "withdrawn": mark_translatable("Withdrawn"),
}
"""States of drafts, in the order of work."""

MOST = 12
"""Drafts that a column shows at first; more are counted. Composing one takes some 5 ms."""

ALL = 400
"""Drafts that a column shows for whoever wants more."""

_DRAFTS = msgspec.json.Decoder(tuple[Draft, ...])


class BoardCard(NamedTuple):
    """Show one draft: its talking point in one language for one platform; `length` in its units."""

    point: str
    fact: str
    language: str
    direction: str
    draft: Draft | None
    length: int
    image: str
    when: str
    texts: tuple[tuple[str, str], ...]


class Column(NamedTuple):
    """Show the drafts in one state; ``more`` are not shown."""

    state: str
    cards: tuple[BoardCard, ...]
    more: int


class Board(NamedTuple):
    """The board, and what can be chosen."""

    platform: str
    language: str
    platforms: tuple[Choice, ...]
    languages: tuple[Choice, ...]
    columns: tuple[Column, ...]


def states(live: LiveCampaign) -> dict[tuple[str, str], str]:
    """Say where each talking point stands in each language.

    Returns:
        Language and id of the talking point to a key of ``COLUMNS``; niche ones are missing.
    """
    return live.get_or_make("board-states", lambda: _states(live))


def make_board(live: LiveCampaign, platform: str, language: str, most: int = MOST) -> Board | None:
    """Sort drafts by their state.

    Args:
        platform: id; an unknown one gives the first of the campaign.
        language: BCP 47 tag; an unknown one gives all.
        most: further drafts of a column are counted only.

    Returns:
        The board, or None when there are no drafts.
    """
    project: Project | None = newest_project(live)
    names = platform_choices(live)
    if project is None or not names:
        return None
    campaign = project.campaign.record
    platform = platform if platform in {one.value for one in names} else names[0].value
    chosen = (language,) if language in campaign.languages else campaign.languages
    found: dict[str, list[tuple[str, str]]] = {state: [] for state in COLUMNS}
    for (tag, point), state in states(live).items():
        if tag in chosen:
            found[state].append((tag, point))
    times = moments(live)
    return Board(
        platform=platform,
        language=language if language in campaign.languages else "",
        platforms=names,
        languages=language_choices(live),
        columns=tuple(
            Column(
                state,
                tuple(
                    _card(live, project, platform, tag, point, times) for tag, point in own[:most]
                ),
                max(0, len(own) - most),
            )
            for state, own in found.items()
        ),
    )


def _states(live: LiveCampaign) -> dict[tuple[str, str], str]:
    project: Project = newest_project(live)
    campaign = project.campaign.record
    points = [one.record.id for one in project.points if not is_niche(one.record)]
    withdrawn = _withdrawn(project)
    found: dict[tuple[str, str], str] = {}
    for tag in campaign.languages:
        texts: dict[str, list[SegmentState]] = {}
        for item in texts_in(live, tag):
            texts.setdefault(key_of(item.segment.context), []).append(item)
        for point in points:
            found[tag, point] = _state(texts.get(point, []), withdrawn)
    return found


def _state(texts: list[SegmentState], withdrawn: frozenset[str]) -> str:
    kinds = {item.state for item in texts}
    if kinds & {"untranslated", "stale"}:
        return "draft"
    if any(item.digest in withdrawn for item in texts):
        return "withdrawn"
    return "approved" if kinds <= {"approved"} else "review"


def _withdrawn(project: Project) -> frozenset[str]:
    """Name the texts and translations that somebody took back, and nobody has approved since."""
    own = [one for one in project.reviews if one.kind in PUBLISHING]
    taken = {one.digest for one in own if one.takes_back}
    return frozenset(taken - {digest for digest, _ in signatures(own)})


def _card(
    live: LiveCampaign,
    project: Project,
    platform: str,
    tag: str,
    point: str,
    times: dict[Post, dt.datetime],
) -> BoardCard:
    draft = next((one for one in _drafts(live, tag, point) if one.platform == platform), None)
    steps = live.newest_steps
    moment = times.get(Post(platform, tag, point))
    facts = live.get_or_make(f"facts {tag}", lambda: facts_in(live, tag))
    longest = max((part.count for part in draft.parts), default=0) if draft else 0
    return BoardCard(
        point=point,
        fact=facts[point],
        language=tag,
        direction=direction(tag),
        draft=draft,
        length=longest,
        image=find_card(steps, tag, point, draft.card) if draft and draft.card else "",
        when=f"{moment:%Y-%m-%d %H:%M}" if moment else "",
        texts=tuple(_texts(live, project, tag, point)),
    )


def _drafts(live: LiveCampaign, tag: str, point: str) -> tuple[Draft, ...]:
    served = live.part(input_names.drafts(tag, point))
    return _DRAFTS.decode(served.data) if served and served.data is not None else ()


def _texts(live: LiveCampaign, project: Project, tag: str, point: str) -> Iterator[tuple[str, str]]:
    """Name the translations that a verdict on a draft is about."""
    if tag != project.campaign.record.source_language:
        for item in texts_in(live, tag):
            if key_of(item.segment.context) == point and item.digest:
                yield item.segment.context, item.digest


class CalendarSlot(NamedTuple):
    """Show a planned post in the calendar; ``fixed``: a person gave it this time."""

    post: str
    name: str
    fact: str
    language: str
    direction: str
    time: str
    moment: str
    state: str
    fixed: bool


class CalendarPost(NamedTuple):
    """Show what is said at one time: one talking point on platforms and in languages.

    Attributes:
        time: wall time.
        slots: what stands on its own places; the first one speaks for all.
        names: platforms.
        languages: BCP 47 tags.
    """

    time: str
    slots: tuple[CalendarSlot, ...]
    names: tuple[str, ...]
    languages: tuple[str, ...]


class Day(NamedTuple):
    """Show one day; ``inside``: posting goes on."""

    date: str
    label: dt.date
    inside: bool
    posts: tuple[CalendarPost, ...]


class Week(NamedTuple):
    """Show a week from Monday on, with the Mondays before and after."""

    days: tuple[Day, ...]
    before: str
    after: str
    unplanned: int


class CalendarQuery(NamedTuple):
    """Say which posts are looked at; empty texts mean all. ``monday`` is the first day."""

    platform: str
    language: str
    monday: dt.date


def make_week(
    live: LiveCampaign, asked: CalendarQuery, standing: Mapping[tuple[str, str], str]
) -> Week | None:
    """Lay posts out over a week.

    Args:
        standing: language and talking point to the state of its drafts.

    Returns:
        The week, or None when the campaign cannot be read.
    """
    project: Project | None = newest_project(live)
    if project is None:
        return None
    schedule = project.campaign.record.schedule
    names = {one.value: one.label for one in platform_choices(live)}
    times = moments(live)
    chosen = {
        post: moment
        for post, moment in times.items()
        if (not asked.platform or post.platform == asked.platform)
        and (not asked.language or post.language == asked.language)
    }
    days = []
    for number in range(7):
        date = asked.monday + dt.timedelta(days=number)
        slots = [
            CalendarSlot(
                post="/".join(post),
                name=names.get(post.platform, post.platform),
                fact=_fact(live, post),
                language=post.language,
                direction=direction(post.language),
                time=f"{moment:%H:%M}",
                moment=moment.isoformat(timespec="minutes"),
                state=standing.get((post.language, post.point), "draft"),
                fixed="/".join(post) in schedule.fixed,
            )
            for post, moment in sorted(chosen.items(), key=lambda item: item[1])
            if moment.date() == date
        ]
        inside = schedule.start <= date and (schedule.end is None or date <= schedule.end)
        days.append(Day(date.isoformat(), date, inside, _bundle_slots(slots)))
    week = dt.timedelta(days=7)
    every = sum(state != "draft" for state in standing.values()) * len(names)
    return Week(
        tuple(days),
        (asked.monday - week).isoformat(),
        (asked.monday + week).isoformat(),
        max(0, every - len(times)),
    )


def _bundle_slots(slots: list[CalendarSlot]) -> tuple[CalendarPost, ...]:
    """Put together what says the same at the same time."""
    found: dict[tuple[str, str], list[CalendarSlot]] = {}
    for slot in slots:
        found.setdefault((slot.moment, slot.post.rpartition("/")[2]), []).append(slot)
    return tuple(
        CalendarPost(
            own[0].time,
            tuple(own),
            tuple(dict.fromkeys(slot.name for slot in own)),
            tuple(dict.fromkeys(slot.language for slot in own)),
        )
        for own in found.values()
    )


def moments(live: LiveCampaign) -> dict[Post, dt.datetime]:
    """Plan the times of all drafts, as ``posts.json`` has them."""
    return live.get_or_make("board-times", lambda: _moments(live))


def _fact(live: LiveCampaign, post: Post) -> str:
    facts = live.get_or_make(f"facts {post.language}", lambda: facts_in(live, post.language))
    return facts.get(post.point, post.point)


def _moments(live: LiveCampaign) -> dict[Post, dt.datetime]:
    newest = live.state.newest
    if newest is None or "timing" not in newest.plan.inputs:
        return {}
    timing = msgspec.json.decode(newest.plan.inputs["timing"].data, type=Timing)
    made = [dict(newest.parts[name].params) for name in sorted(newest.parts) if _is_drafts(name)]
    posts = [
        Post(platform, params["lang"], params["id"])
        for params in made
        for platform in params["platforms"].split(",")
    ]
    return plan_times(posts, timing)


def _is_drafts(name: str) -> bool:
    return input_names.kind_of(name) == "drafts"


@showing
def board(request: Request, live: LiveCampaign) -> Response:
    """Show drafts by state, or by day."""
    project = newest_project(live)
    say, _ = speakers(request, live)
    asked = request.query_params
    platform, language = asked.get("platform", ""), asked.get("language", "")
    common: dict[str, Any] = {
        "names": {name: say(words) for name, words in COLUMNS.items()},
        "platforms": platform_choices(live),
        "languages": language_choices(live),
    }
    if asked.get("view") != "calendar" or project is None:
        found = make_board(live, platform, language, ALL if "all" in asked else MOST)
        return show_campaign(request, live, "board.html", board=found, **common)
    start = project.campaign.record.schedule.start
    day = _day(asked.get("week", ""), max(start, live.today()))
    monday = day - dt.timedelta(days=day.weekday())
    week = make_week(live, CalendarQuery(platform, language, monday), states(live))
    return show_campaign(
        request,
        live,
        "calendar.html",
        week=week,
        platform=platform,
        language=language,
        schedule=project.campaign.record.schedule,
        **common,
    )


SCHEDULE = tuple(field.encode_name for field in msgspec.structs.fields(Schedule))


class MovedPost(msgspec.Struct, forbid_unknown_fields=True):
    """Where a post goes: wall time of its schedule, or nothing to let the slots decide."""

    post: str
    moment: str


@answering
async def move(request: Request, live: LiveCampaign) -> Response:
    """Give a post a time of its own."""
    sent: MovedPost = await read_json(request, MovedPost)
    project = newest_project(live)
    known = {"/".join(post) for post in _every_post(live)}
    if project is None or sent.post not in known:
        raise RefusedRequest(mark_translatable("There is no such post."), 404)
    schedule = project.campaign.record.schedule
    path = f"campaigns/{live.slug}/campaign.yaml"
    place = ("schedule", "fixed", sent.post)
    saver = request.app.state.saver
    saved = saver.load(path)
    was = value_at(values(saved.text), place)
    if sent.moment:
        zone = time_zone(schedule.timezones.get(sent.post.split("/")[1], schedule.timezone))
        try:
            wall = dt.datetime.fromisoformat(sent.moment).replace(tzinfo=zone)
        except ValueError:
            raise RefusedRequest(mark_translatable("This is no time."), 422) from None
        edit: SetField | Remove = SetField(place, wall.isoformat(timespec="seconds"))
    elif was is None:
        return answer_json({})
    else:
        edit = Remove(place)
    wanted = [WantedEdit(edit, was)]
    result = await anyio.to_thread.run_sync(saver.save, path, wanted, saved.digest, SCHEDULE)
    if isinstance(result, Conflict):
        raise RefusedRequest(
            mark_translatable("Someone else moved it at this moment. Look again."), 409
        )
    await request.app.state.follower.read(live)
    return answer_json({})


def _day(text: str, otherwise: dt.date) -> dt.date:
    """Read a day whose weeks before and after a calendar has."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = otherwise
    edge = dt.timedelta(weeks=2)
    return min(max(day, dt.date.min + edge), dt.date.max - edge)


def _every_post(live: LiveCampaign) -> list[tuple[str, str, str]]:
    return [
        (platform.value, language, point)
        for language, point in states(live)
        for platform in platform_choices(live)
    ]
