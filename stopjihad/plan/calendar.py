"""Give drafts their times: slots of the campaign, one talking point a day on each platform."""

from __future__ import annotations

import datetime as dt
import heapq
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import NamedTuple

from stopjihad.catalog.rules import rules
from stopjihad.catalog.timezones import time_zone
from stopjihad.model.campaign import Repeat, Schedule, Timing, Window
from stopjihad.model.point import Point
from stopjihad.plan.ready_points import SitePlan, in_order, ready_points

MOST_DAYS = 3660
"""Days after which planning ends when the campaign has no end: ten years."""


class Post(NamedTuple):
    """Name one draft."""

    platform: str
    language: str
    point: str


def plan_times(posts: Iterable[Post], timing: Timing) -> dict[Post, dt.datetime]:
    """Plan when each draft is posted.

    Slots are wall times: 12:30 stays 12:30 when the clocks change. A time that the change leaves
    out is moved past the gap; one that it repeats is the first of the two. Languages of one
    platform start with different talking points, and no talking point stands twice on one platform
    on one day. A post with a fixed time gets it first; its slot on that day is taken. On a quiet
    day there is no slot, and no fixed time counts.

    Args:
        timing: the order of talking points, which is that of the grid of a profile; slots by
            ``platform`` or, for one language, by ``platform/language``.

    Returns:
        Times with offset. A draft without a slot, or that finds no day before the end, is left out.
    """
    schedule = timing.schedule
    queues: dict[str, dict[str, list[Post]]] = {}
    planned: dict[Post, dt.datetime] = {}
    for post in posts:
        moment = _fixed_time(post, timing)
        if moment is not None:
            planned[post] = moment
        elif _slots(schedule, post.platform, post.language):
            queues.setdefault(post.platform, {}).setdefault(post.language, []).append(post)
    fixed = dict(planned)
    places = {point: place for place, point in enumerate(timing.order)}
    for platform, languages in queues.items():
        for queue in languages.values():
            queue.sort(key=lambda post: places.get(post.point, len(places)))
        rotated = [_rotate_queue(queue, number) for number, queue in enumerate(languages.values())]
        own = {post: moment for post, moment in fixed.items() if post.platform == platform}
        _plan_platform(rotated, timing, planned, own)
    return planned


def _fixed_time(post: Post, timing: Timing) -> dt.datetime | None:
    """Give the time of its own that a post may keep."""
    schedule = timing.schedule
    moment = schedule.fixed.get("/".join(post))
    if moment is None or not _holds(timing.windows.get(post.point), moment):
        return None
    moment = moment.astimezone(time_zone(_zone_name(schedule, post.language)))
    return None if schedule.quiet_reason(moment.date(), post.language) else moment


def _rotate_queue(queue: list[Post], number: int) -> list[Post]:
    """Let each language start with another talking point."""
    start = number % len(queue)
    return queue[start:] + queue[:start]


def _slots(schedule: Schedule, platform: str, language: str) -> tuple[str, ...]:
    own = schedule.slots.get(f"{platform}/{language}")
    return own if own is not None else schedule.slots.get(platform, ())


def _plan_platform(
    queues: list[list[Post]],
    timing: Timing,
    planned: dict[Post, dt.datetime],
    fixed: dict[Post, dt.datetime],
) -> None:
    """Fill one platform's days until nothing waits or the campaign ends."""
    schedule = timing.schedule
    last = schedule.end or schedule.start + dt.timedelta(days=MOST_DAYS)
    day = schedule.start
    while day <= last and any(queues):
        used = {post.point for post, moment in fixed.items() if moment.date() == day}
        for queue in queues:
            if not queue or schedule.quiet_reason(day, queue[0].language):
                continue
            for slot in sorted(_slots(schedule, queue[0].platform, queue[0].language)):
                moment = _moment(day, slot, _zone_name(schedule, queue[0].language))
                if any(at == moment and p.language == queue[0].language for p, at in fixed.items()):
                    continue
                chosen = _first_free(queue, moment, used, timing.windows)
                if chosen is None:
                    continue
                planned[chosen] = moment
                used.add(chosen.point)
                queue.remove(chosen)
                if not queue:
                    break
        day += dt.timedelta(days=1)


def _zone_name(schedule: Schedule, language: str) -> str:
    return schedule.timezones.get(language, schedule.timezone)


def _first_free(
    queue: list[Post], moment: dt.datetime, used: set[str], windows: dict[str, Window]
) -> Post | None:
    free = (post for post in queue if post.point not in used)
    return next((post for post in free if _holds(windows.get(post.point), moment)), None)


def _holds(window: Window | None, moment: dt.datetime) -> bool:
    """Tell whether a moment lies in a window."""
    if window is None:
        return True
    if window.embargo is not None and moment < window.embargo:
        return False
    return window.expires is None or moment < window.expires


def _moment(day: dt.date, slot: str, zone: str) -> dt.datetime:
    """Turn a wall time into a moment; the way through UTC moves it out of a gap."""
    place = time_zone(zone)
    wall = dt.datetime.combine(day, dt.time.fromisoformat(slot), tzinfo=place)
    return wall.astimezone(dt.UTC).astimezone(place)


def open_moments(
    moments: Sequence[dt.datetime], days: Collection[dt.date]
) -> tuple[dt.datetime, ...]:
    """Leave out of all ``moments`` of a post those that were kept.

    For each of the ``days`` on which people posted it that is the nearest one.
    """
    kept = {min(moments, key=lambda one: abs((one.date() - day).days)) for day in days if moments}
    return tuple(one for one in moments if one not in kept)


LATE = 14
"""Days for which what comes again looks for a slot; then that turn of it is left out."""


def plan_repeats(
    planned: Mapping[Post, dt.datetime], timing: Timing
) -> dict[Post, tuple[dt.datetime, ...]]:
    """Plan when posts come again: what is ``planned`` for the first time has gone first.

    A post waits for a free slot of its platform and language, at the same time of day if it can;
    without slots it keeps its time. Quiet days, windows and one talking point a day count as in
    `plan_times`.
    """
    free = _FreeTimes(planned, timing)
    found: dict[Post, tuple[dt.datetime, ...]] = {}
    waiting = [
        (moment.date() + dt.timedelta(weeks=again.weeks), moment, post)
        for post, moment in planned.items()
        if (again := timing.repeats.get("/".join(post))) is not None
    ]
    heapq.heapify(waiting)
    while waiting:
        day, before, post = heapq.heappop(waiting)
        again = timing.repeats["/".join(post)]
        if day > again.last:
            continue
        moment = free.take(post, day, again.last, f"{before:%H:%M}")
        if moment is not None:
            found[post] = (*found.get(post, ()), moment)
        following = (moment.date() if moment else day) + dt.timedelta(weeks=again.weeks)
        heapq.heappush(waiting, (following, moment or before, post))
    return found


class _FreeTimes:
    """Know which times are taken."""

    def __init__(self, planned: Mapping[Post, dt.datetime], timing: Timing) -> None:
        self._timing = timing
        self._times = {(one.platform, one.language, at) for one, at in planned.items()}
        self._points = {(one.platform, one.point, at.date()) for one, at in planned.items()}

    def take(self, post: Post, day: dt.date, last: dt.date, usual: str) -> dt.datetime | None:
        """Take the first free time from a day on; None where there is none soon enough."""
        schedule = self._timing.schedule
        slots = _slots(schedule, post.platform, post.language) or (usual,)
        zone = _zone_name(schedule, post.language)
        for number in range(LATE):
            date = day + dt.timedelta(days=number)
            if date > last:
                return None
            if (post.platform, post.point, date) in self._points:
                continue
            if schedule.quiet_reason(date, post.language):
                continue
            for slot in sorted(slots, key=lambda one: (one != usual, one)):
                moment = _moment(date, slot, zone)
                key = (post.platform, post.language, moment)
                if key in self._times or not _holds(self._timing.windows.get(post.point), moment):
                    continue
                self._times.add(key)
                self._points.add((post.platform, post.point, date))
                return moment
        return None


def repeat_weeks(schedule: Schedule, post: Post) -> int:
    """Say after how many weeks a post comes again; 0 for never."""
    names = ("/".join(post), f"{post.platform}/{post.language}", post.platform)
    return next((schedule.repeats[one] for one in names if one in schedule.repeats), 0)


def review_day(point: Point) -> dt.date:
    """Give the day by which the facts of a talking point are to be looked at again (rule EVD05)."""
    days = rules()["EVD05"].params["days"]
    return min(source.accessed for source in point.sources) + dt.timedelta(days=days)


def _repeats(plan: SitePlan) -> Iterator[tuple[str, Repeat]]:
    """Give the posts that come again: only words that are approved, only while facts are fresh."""
    schedule = plan.project.campaign.record.schedule
    if not any(schedule.repeats.values()):
        return
    for edition, point, _ in ready_points(plan):
        if point.id not in edition.reviewed:
            continue
        last = min(filter(None, (review_day(point), schedule.end)))
        for platform in plan.platforms:
            post = Post(platform, edition.lang, point.id)
            if weeks := repeat_weeks(schedule, post):
                yield "/".join(post), Repeat(weeks, last)


def windows_of(points: Iterable[Point]) -> dict[str, Window]:
    """Give the talking points, by id, that may not be posted at any time."""
    return {
        point.id: Window(embargo=point.embargo, expires=point.expires)
        for point in points
        if point.embargo or point.expires
    }


def timing_of(plan: SitePlan) -> Timing:
    """Give the schedule, the talking points that may not be posted at any time, and their order."""
    campaign = plan.project.campaign.record
    points = in_order([document.record for document in plan.project.points], campaign)
    return Timing(
        schedule=campaign.schedule,
        order=tuple(point.id for point in points),
        windows=windows_of(points),
        repeats=dict(_repeats(plan)),
    )
