"""The calendar: what is posted when, by week or by month, and where its words are written."""

from __future__ import annotations

import calendar
import datetime as dt
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple
from urllib.parse import quote

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.timezones import time_zone
from stopjihad.model.campaign import QuietDay, Schedule
from stopjihad.model.posting import posted_days, standing_postings
from stopjihad.model.project import Project
from stopjihad.plan.calendar import Post, open_moments, repeat_weeks
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answer_missing,
    download_all,
    facts_in,
    language_choices,
    newest_project,
    platform_choices,
    read_json,
    refuse_in_words,
    show_campaign,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.board import (
    COLUMNS,
    drafts_of,
    loud_moments,
    moments,
    repeats,
    states,
)
from stopjihad.studio.pages.postings import PostedPlace, known_posts, posted_places
from stopjihad.studio.saver import Conflict, WantedEdit
from stopjihad.studio.words import mark_translatable
from stopjihad.text.unicode.script import direction
from stopjihad.text.yaml.fields import Remove, SetField, value_at, values
from stopjihad.view.designs import find_card


class CalendarSlot(NamedTuple):
    """Show a planned post in the calendar.

    ``fixed``: a person gave it this time; ``words``: address of its words, in the campaign;
    ``place``: where it stands, of what was posted, which has no time of day; ``weeks``: after how
    many it comes again, ``again``: that it is such a turn.
    """

    post: str
    name: str
    fact: str
    language: str
    direction: str
    time: str
    moment: str
    state: str
    fixed: bool
    words: str
    place: PostedPlace | None = None
    weeks: int = 0
    again: bool = False


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
    """Show one day.

    ``inside``: posting goes on; ``quiet``: why nothing is posted; ``moved``: how many posts give
    way.
    """

    date: str
    label: dt.date
    inside: bool
    posts: tuple[CalendarPost, ...]
    quiet: tuple[QuietDay, ...]
    moved: int


class CalendarSpan(NamedTuple):
    """Show the days of a week or of a month, with days in the spans before and after."""

    days: tuple[Day, ...]
    before: str
    after: str
    unplanned: int


class CalendarQuery(NamedTuple):
    """Say which posts are looked at; empty texts mean all. ``first`` is the first day."""

    platform: str
    language: str
    first: dt.date


def make_week(
    live: LiveCampaign, asked: CalendarQuery, standing: Mapping[tuple[str, str], str]
) -> CalendarSpan | None:
    """Lay posts out over seven days.

    Args:
        standing: language and talking point to the state of its drafts.

    Returns:
        The week, or None when the campaign cannot be read.
    """
    week = dt.timedelta(days=7)
    days = [asked.first + dt.timedelta(days=number) for number in range(7)]
    return _span(live, asked, standing, days, (asked.first - week, asked.first + week))


def make_month(
    live: LiveCampaign, asked: CalendarQuery, standing: Mapping[tuple[str, str], str]
) -> CalendarSpan | None:
    """Lay posts out over the whole weeks of the month in which the first day is.

    Returns:
        The month, or None when the campaign cannot be read.
    """
    month = asked.first.replace(day=1)
    weeks = calendar.Calendar().monthdatescalendar(month.year, month.month)
    beside = (month - dt.timedelta(days=1), month + dt.timedelta(days=31))
    return _span(live, asked, standing, [day for week in weeks for day in week], beside)


def _span(
    live: LiveCampaign,
    asked: CalendarQuery,
    standing: Mapping[tuple[str, str], str],
    dates: Sequence[dt.date],
    beside: tuple[dt.date, dt.date],
) -> CalendarSpan | None:
    project: Project | None = newest_project(live)
    if project is None:
        return None
    schedule = project.campaign.record.schedule
    times = moments(live)
    slots: dict[dt.date, list[CalendarSlot]] = {date: [] for date in dates}
    for slot in every_slot(live, project, asked, standing, (dates[0], dates[-1])):
        if (date := dt.date.fromisoformat(slot.moment[:10])) in slots:
            slots[date].append(slot)
    days = (
        Day(
            date.isoformat(),
            date,
            schedule.start <= date and (schedule.end is None or date <= schedule.end),
            _bundle_slots(own),
            *_quiet(live, schedule, asked, date),
        )
        for date, own in slots.items()
    )
    every = sum(state != "draft" for state in standing.values()) * len(platform_choices(live))
    before, after = (date.isoformat() for date in beside)
    return CalendarSpan(tuple(days), before, after, max(0, every - len(times)))


def every_slot(
    live: LiveCampaign,
    project: Project,
    asked: CalendarQuery,
    standing: Mapping[tuple[str, str], str],
    between: tuple[dt.date, dt.date],
) -> list[CalendarSlot]:
    """List what was posted ``between`` two days, and what is planned and was not posted.

    Returns:
        By day: what was posted, then what is planned, by its time.
    """
    schedule = project.campaign.record.schedule
    names = {one.value: one.label for one in platform_choices(live)}

    def slot(
        post: Post, time: str, moment: str, place: PostedPlace | None = None, *, again: bool = False
    ) -> CalendarSlot:
        key = (post.language, post.point)
        return CalendarSlot(
            post="/".join(post),
            name=names.get(post.platform, post.platform),
            fact=_fact(live, post),
            language=post.language,
            direction=direction(post.language),
            time=time,
            moment=moment,
            state="posted" if place else standing.get(key, "draft"),
            fixed=not place and "/".join(post) in schedule.fixed,
            words=_words_of(project, post) if not place or key in standing else "",
            place=place,
            weeks=repeat_weeks(schedule, post),
            again=again,
        )

    days, later = posted_days(project.postings), repeats(live)
    own = [
        one
        for one in standing_postings(project.postings)
        if _is_asked(one.platform, one.language, asked)
        and one.day
        and between[0] <= one.day <= between[1]
    ]
    found = [
        slot(
            Post(one.posting.platform, one.posting.language, one.posting.point),
            "",
            f"{one.posting.day}",
            one,
        )
        for one in posted_places(live, own)
    ]
    found += [
        slot(post, f"{one:%H:%M}", one.isoformat(timespec="minutes"), again=one != planned)
        for post, planned in moments(live).items()
        if _is_asked(post.platform, post.language, asked)
        for one in open_moments((planned, *later.get(post, ())), days.get("/".join(post), ()))
        if between[0] <= one.date() <= between[1]
    ]
    return sorted(found, key=lambda one: (one.moment[:10], one.time, one.post))


def _is_asked(platform: str, language: str, asked: CalendarQuery) -> bool:
    return asked.platform in {"", platform} and asked.language in {"", language}


def _quiet(
    live: LiveCampaign, schedule: Schedule, asked: CalendarQuery, date: dt.date
) -> tuple[tuple[QuietDay, ...], int]:
    """Say why a day is quiet, and how many of the posts that are looked at give way to that."""
    reasons = tuple(
        one
        for one in schedule.quiet
        if any(one.holds(date, tag) for tag in (one.languages or (asked.language,)))
        and (not asked.language or one.holds(date, asked.language))
    )
    moved = sum(
        moment.date() == date
        and _is_asked(post.platform, post.language, asked)
        and bool(schedule.quiet_reason(date, post.language))
        for post, moment in (loud_moments(live).items() if reasons else ())
    )
    return reasons, moved


def _words_of(project: Project, post: Post) -> str:
    """Find where the words of a post are written: below the address of the campaign."""
    if post.language == project.campaign.record.source_language:
        return f"/points/{quote(post.point)}#f-posts.{quote(post.platform)}"
    return f"/translate/{quote(post.language)}?of={quote(post.point)}"


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


def _fact(live: LiveCampaign, post: Post) -> str:
    tag = post.language
    if tag not in {one.value for one in language_choices(live)}:
        return post.point  # it was posted in a language that the campaign speaks no more
    facts = live.get_or_make(f"facts {tag}", lambda: facts_in(live, tag))
    return facts.get(post.point, post.point)


@with_live_campaign
def show_calendar(request: Request, live: LiveCampaign) -> Response:
    """Show what is posted in a week, or in a month."""
    project: Project | None = newest_project(live)
    say, _ = speakers(request, live)
    asked = request.query_params
    by = asked.get("by", "")
    by_month = by == "month"
    schedule = project.campaign.record.schedule if project else None
    day = _day(
        asked.get("week", ""), max(schedule.start, live.today()) if schedule else live.today()
    )
    first = day if by_month else day - dt.timedelta(days=day.weekday())
    query = CalendarQuery(asked.get("platform", ""), asked.get("language", ""), first)
    return show_campaign(
        request,
        live,
        "calendar.html",
        week=(make_month if by_month else make_week)(live, query, states(live) if project else {}),
        day=day,
        by_month=by_month,
        span=by if by in SPANS else "week",
        platform=query.platform,
        language=query.language,
        schedule=schedule,
        every_post=_list_postings(live, project, query) if project and by == "list" else None,
        today=live.today(),
        weeks=WEEKS,
        names={name: say(words) for name, words in STATES.items()},
        platforms=platform_choices(live),
        languages=language_choices(live),
    )


@with_live_campaign
def pictures(request: Request, live: LiveCampaign) -> Response:
    """Give all pictures of what is said at one time, for every platform and language."""
    asked = request.query_params
    point, moment = asked.get("point", ""), asked.get("moment", "")
    posts = [
        post
        for post, planned in moments(live).items()
        if post.point == point and planned.isoformat(timespec="minutes") == moment
    ]
    files = dict(_pictures_of(live, posts))
    if not files:
        return answer_missing(request)
    name = f"{live.slug}-{point}-{moment[:10]}.zip"
    return download_all(sorted(files.items()), name, zipfile.ZIP_STORED)


def _pictures_of(live: LiveCampaign, posts: Sequence[Post]) -> Iterator[tuple[str, bytes]]:
    for post in posts:
        drafts = drafts_of(live, post.language, post.point)
        card = next((one.card for one in drafts if one.platform == post.platform), "")
        path = find_card(live.newest_steps, post.language, post.point, card) if card else ""
        served = live.serve(path) if path else None
        if served is not None and served.data is not None:
            yield path.removeprefix("cards/"), served.data


SCHEDULE = tuple(field.encode_name for field in msgspec.structs.fields(Schedule))


STATES = {**COLUMNS, "posted": mark_translatable("Posted")}
"""States of what the calendar shows."""

SPANS = ("week", "month", "list")
"""What the calendar can show at once."""

MOST_LISTED = 300
"""Most rows of each half of the list: what was posted, and what comes next."""


class PostList(NamedTuple):
    """Show all that was posted, the last first, and what comes next."""

    posted: tuple[CalendarSlot, ...]
    coming: tuple[CalendarSlot, ...]


def _list_postings(live: LiveCampaign, project: Project, query: CalendarQuery) -> PostList:
    found = every_slot(live, project, query, states(live), (dt.date.min, dt.date.max))
    today = live.today().isoformat()
    posted = [one for one in reversed(found) if one.place]
    coming = [one for one in found if not one.place and one.moment >= today]
    return PostList(tuple(posted[:MOST_LISTED]), tuple(coming[:MOST_LISTED]))


class MovedPost(msgspec.Struct, forbid_unknown_fields=True):
    """Where a post goes: wall time of its schedule, or nothing to let the slots decide."""

    post: str
    moment: str


@refuse_in_words
async def move(request: Request, live: LiveCampaign) -> Response:
    """Give a post a time of its own."""
    sent: MovedPost = await read_json(request, MovedPost)
    schedule = _schedule_for(live, sent.post)
    if not sent.moment:
        return await _save_schedule(request, live, ("schedule", "fixed", sent.post), None)
    language = sent.post.split("/")[1]
    zone = time_zone(schedule.timezones.get(language, schedule.timezone))
    try:
        wall = dt.datetime.fromisoformat(sent.moment).replace(tzinfo=zone)
    except ValueError:
        raise RefusedRequest(mark_translatable("This is no time."), 422) from None
    if schedule.quiet_reason(wall.date(), language):
        raise RefusedRequest(
            mark_translatable("That is a quiet day: nothing is posted on it."), 422
        )
    place = ("schedule", "fixed", sent.post)
    return await _save_schedule(request, live, place, wall.isoformat(timespec="seconds"))


class RepeatedPost(msgspec.Struct, forbid_unknown_fields=True):
    """After how many weeks a post comes again: as a form sends it, 0 for never."""

    post: str
    weeks: str


@refuse_in_words
async def repeat(request: Request, live: LiveCampaign) -> Response:
    """Let a post come again, or never."""
    sent: RepeatedPost = await read_json(request, RepeatedPost)
    schedule = _schedule_for(live, sent.post)
    if sent.weeks not in {"0", *(str(one) for one in WEEKS)}:
        raise RefusedRequest(mark_translatable("This is no time."), 422)
    others = {key: one for key, one in schedule.repeats.items() if key != sent.post}
    without = repeat_weeks(msgspec.structs.replace(schedule, repeats=others), _post_of(sent.post))
    value = None if int(sent.weeks) == without else sent.weeks
    return await _save_schedule(request, live, ("schedule", "repeats", sent.post), value)


WEEKS = (2, 3, 4, 6, 8, 10, 12, 16, 20, 26, 52)
"""After how many weeks a post may come again, as the calendar offers it."""


def _post_of(name: str) -> Post:
    return Post(*name.split("/"))


def _schedule_for(live: LiveCampaign, post: str) -> Schedule:
    """Give the schedule of a campaign that has a draft of this name."""
    project: Project | None = newest_project(live)
    if project is None or post not in known_posts(live):
        raise RefusedRequest(mark_translatable("There is no such post."), 404)
    return project.campaign.record.schedule


async def _save_schedule(
    request: Request, live: LiveCampaign, place: tuple[str, ...], value: str | None
) -> Response:
    """Write a field of the schedule, or take it out."""
    path = f"campaigns/{live.slug}/campaign.yaml"
    saver = request.app.state.saver
    saved = saver.load(path)
    was = value_at(values(saved.text), place)
    if value is None and was is None:
        return answer_json({})
    edit: SetField | Remove = Remove(place) if value is None else SetField(place, value)
    wanted = [WantedEdit(edit, was)]
    result = await anyio.to_thread.run_sync(saver.save, path, wanted, saved.digest, SCHEDULE)
    if isinstance(result, Conflict):
        raise RefusedRequest(
            mark_translatable("Someone else moved it at this moment. Look again."), 409
        )
    await request.app.state.follower.read(live)
    return answer_json({})


def _day(text: str, otherwise: dt.date) -> dt.date:
    """Read a day whose months before and after a calendar has."""
    try:
        day = dt.date.fromisoformat(text)
    except ValueError:
        day = otherwise
    edge = dt.timedelta(weeks=9)
    return min(max(day, dt.date.min + edge), dt.date.max - edge)
