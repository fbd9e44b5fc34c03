"""The calendar: when each draft is posted, week by week."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import NamedTuple

import msgspec

from stopjihad.model import input_names
from stopjihad.model.campaign import Timing
from stopjihad.model.project import Project
from stopjihad.render.post.schedule import Post, plan_times
from stopjihad.studio.answers import facts_in, newest_project, platform_choices
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.text.unicode.script import direction


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


class Day(NamedTuple):
    """Show one day; ``inside``: posting goes on."""

    date: str
    label: dt.date
    inside: bool
    slots: tuple[CalendarSlot, ...]


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
        asked: which posts, and which week.
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
        days.append(Day(date.isoformat(), date, inside, tuple(slots)))
    week = dt.timedelta(days=7)
    every = sum(state != "draft" for state in standing.values()) * len(names)
    return Week(
        tuple(days),
        (asked.monday - week).isoformat(),
        (asked.monday + week).isoformat(),
        max(0, every - len(times)),
    )


def moments(live: LiveCampaign) -> dict[Post, dt.datetime]:
    """Plan the times of all drafts, as ``posts.json`` has them.

    Args:
        live: the campaign; it can be read.

    Returns:
        Drafts that have a time.
    """
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
