"""A crisis stop names everything that is queued, and nothing that may not go out comes back."""

from __future__ import annotations

import datetime as dt
import random

import pytest
from msgspec.structs import replace
from stopjihad.model.campaign import Window
from stopjihad.model.posting import draft_digest
from stopjihad.model.queued import QueuedPost, encode_queued, standing_queue
from stopjihad.render.post.export.formats import EXPORTS, Export, ExportJob, export
from stopjihad.render.post.export.queue import (
    judge_item,
    queued_lines,
    resume_posts,
    stopped_posts,
)

from render.post.export.samples import entries, job

NOW = dt.datetime.fromisoformat("2027-03-26T09:00:00+01:00")
STATES = ("", "", "", "its words are no longer whole in this language", "its time is over")
PLATFORMS = ("x", "facebook", "instagram", "mastodon", "bluesky", "linkedin")
EVERY = entries(("en", "fr", "ar"), PLATFORMS)


def schedule(dice: random.Random) -> ExportJob:
    """Make a schedule: some drafts at random times, around the change of the clocks, some again."""

    def moment() -> str:
        return (NOW + dt.timedelta(minutes=dice.randrange(-600, 6000, 5))).isoformat()

    made, standing = [], {}
    for number in range(dice.randrange(1, 9)):
        times = sorted(moment() for _ in range(dice.randrange(0, 4)))
        point = f"p{number}"
        one = replace(
            dice.choice(EVERY),
            point=point,
            scheduled=times[0] if times else None,
            again=tuple(times[1:]),
            status="ready",
            digest=f"{number:064x}",
        )
        made.append(one)
        standing[f"{one.language}/{point}"] = dice.choice(STATES)
    windows = {one.point: Window(expires=NOW + dt.timedelta(hours=40)) for one in made[:2]}
    return job(tuple(made), policy="allow", standing=standing, windows=windows)


def times_of(made: Export) -> list[tuple[str, dt.datetime]]:
    return [
        (f"{one.platform}/{one.language}/{one.point}", dt.datetime.fromisoformat(at))
        for one in made.entries
        for at in (one.scheduled, *one.again)
        if at
    ]


def prove(name: str, seed: int) -> int:
    """Export, stop, change what is true, resume; give how many posts were stopped."""
    dice = random.Random(seed)
    first = schedule(dice)
    made = export(name, replace(first, standing=None, windows={}))
    lines = queued_lines(name, made, (), NOW)
    assert queued_lines(name, made, lines, NOW) == ()  # the same again says nothing new
    until = NOW + dt.timedelta(hours=dice.randrange(1, 80))
    queue = standing_queue(lines)
    held = stopped_posts(queue, NOW, until).get(name, ())

    due = {(post, at) for post, at in times_of(made) if NOW <= at < until}
    untimed = {one.post for one in queue if one.at is None}
    assert {(one.post, one.at) for one in held if one.at} == due  # complete
    assert {one.post for one in held if one.at is None} == untimed
    timed = [one.at for one in held if one.at]
    assert timed == sorted(timed)  # in order, what has no time last
    assert all(one.at is None for one in held[len(timed) :])

    instead = export(name, replace(first, halt=(NOW, until)))
    resumed = resume_posts(held, first, until, lambda day, _: day.weekday() == 6)
    after = export(name, replace(first, entries=resumed.entries))
    for result in (instead, after):
        for one in result.entries:
            assert first.standing is not None
            assert first.standing[f"{one.language}/{one.point}"] == ""  # nothing taken back
        for post, at in times_of(result):
            window = first.windows.get(post.split("/")[2], Window())
            assert window.expires is None or at < window.expires
    assert not [at for _, at in times_of(instead) if NOW <= at < until]
    for _, at in times_of(after):
        assert at > until
        assert at.weekday() != 6
    named = [(one.platform, one.language, one.scheduled) for one in resumed.entries]
    assert len(named) == len(set(named))  # no two at one moment
    assert len(resumed.entries) + len(resumed.dropped) == len(held)  # none forgotten
    return len(held)


@pytest.mark.parametrize("name", EXPORTS)
def test_a_crisis_stop_is_complete_and_brings_nothing_wrong_back(name: str) -> None:
    assert sum(prove(name, seed) for seed in range(12)) > 12


@pytest.mark.long
@pytest.mark.parametrize("name", EXPORTS)
def test_a_crisis_stop_against_a_thousand_schedules(name: str) -> None:
    assert sum(prove(name, seed) for seed in range(1000)) > 1000


def test_what_is_queued_is_compared_with_the_drafts_of_today() -> None:
    today = job(EVERY, standing={f"{one.language}/{one.point}": "" for one in EVERY})
    made = export("csv", replace(today, policy="allow"))
    items = standing_queue(queued_lines("csv", made, (), NOW))
    assert {judge_item(one, today) for one in items} == {"current"}
    other = replace(today, entries=tuple(replace(one, digest="f" * 64) for one in EVERY))
    assert {judge_item(one, other) for one in items} == {"changed"}
    assert {judge_item(one, replace(today, standing={})) for one in items} == {"gone"}


def test_what_somebody_took_out_is_queued_no_more() -> None:
    line = QueuedPost(
        scheduler="buffer",
        platform="x",
        language="fr",
        point="p",
        step="export",
        on=NOW,
        times=(NOW, NOW + dt.timedelta(days=7)),
        words=draft_digest("0" * 64),
    )
    again = replace(line, on=NOW + dt.timedelta(hours=1))
    assert [one.at for one in standing_queue((line, again))] == list(line.times)
    out = replace(line, step="take-out", times=(), words=None, about=line.line_digest())
    assert standing_queue((line, out)) == ()
    assert b"words" not in encode_queued(out)
