"""The steps of a notice, from lines of a ledger alone."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from stopjihad.load.ledger import read_ledger
from stopjihad.model.alert import Alert
from stopjihad.model.project import Document
from stopjihad.model.review import Review, encode
from stopjihad.review import alert as ledger
from stopjihad.review.alert_clock import clock_of
from stopjihad.review.alert_status import (
    languages_in,
    live_alerts,
    past_alerts,
    sent_messages,
)

from support.campaign import generated_project

NOON = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
ALERT = Alert(
    id="lyon",
    template="attack",
    status="actual",
    place="station",
    since=NOON,
    confirmed_by="police",
    confirmed=("closed",),
    helplines={"FR": ("line",)},
    next_update=NOON + dt.timedelta(hours=1),
    sent=NOON,
)
LINES = (
    *(
        ledger.NoticeLine("", name, text, "alerts/lyon.yaml", number)
        for number, (name, text) in enumerate(
            {
                "id": "lyon",
                "template": "attack",
                "status": "actual",
                "place": "station",
                "since": NOON.isoformat(),
                "confirmed_by": "police",
                "confirmed": '["closed"]',
                "helplines": '{"FR":["line"]}',
                "next_update": (NOON + dt.timedelta(hours=1)).isoformat(),
                "sent": NOON.isoformat(),
                "expires": "null",
            }.items(),
            start=1,
        )
    ),
    ledger.NoticeLine("en", "headline", "{place}: take care.", "alerts/templates/attack.yaml", 2),
    ledger.NoticeLine("fr", "headline", "{place} : prudence.", "locale/fr.po", 40),
)
PROJECT = generated_project(0)


def step(
    name: str, by: str, minutes: float, lines: tuple[ledger.NoticeLine, ...] = LINES
) -> Review:
    when = NOON + dt.timedelta(minutes=minutes)
    return ledger.step(PROJECT, "lyon", lines, (name, by, ""), when)


def chain(*steps: tuple[str, str, float]) -> tuple[Review, ...]:
    """Take one step after the other, on one laptop."""
    found: tuple[Review, ...] = ()
    for name, by, minutes in steps:
        project = msgspec.structs.replace(PROJECT, reviews=found)
        when = NOON + dt.timedelta(minutes=minutes)
        found += (ledger.step(project, "lyon", LINES, (name, by, ""), when),)
    return found


def changed(language: str, text: str) -> tuple[ledger.NoticeLine, ...]:
    return tuple(
        one._replace(text=text) if one.language == language and language else one for one in LINES
    )


def approval(*steps: Review, lines: tuple[ledger.NoticeLine, ...] = LINES) -> ledger.Approval:
    return ledger.approval_of(steps, lines, ("en", "fr"))


def test_a_line_of_the_ledger_comes_back_as_it_was_written():
    written = step("approve", "Nour", 3)
    [read], problems = read_ledger(encode(written).decode(), "reviews.jsonl")
    assert problems == []
    assert read == written
    assert ledger.alert_of(read) == ALERT
    assert languages_in(read) == ("en", "fr")


def test_a_line_whose_words_were_changed_afterwards_counts_for_nothing():
    forged = step("approve", "Nour", 3)
    forged = Review(**{**_fields(forged), "words": forged.words.replace("take", "make")})
    assert ledger.steps_of((forged,), "lyon") == ()


def _fields(review: Review) -> dict[str, object]:
    return {name: getattr(review, name) for name in review.__struct_fields__}


@pytest.mark.parametrize(
    ("steps", "minutes", "state"),
    [
        ([], 0, "new"),
        ([("draft", "Nour", 0)], 1, "drafted"),
        ([("draft", "Nour", 0), ("approve", "Nour", 1)], 2, "approved once"),
        ([("approve", "Nour", 1), ("approve", "NOUR", 2)], 3, "approved once"),
        ([("approve", "Nour", 1), ("approve", " N. O-U R", 2)], 3, "approved once"),
        ([("approve", "Nour", 1), ("approve", "Noür", 2)], 3, "approved once"),
        ([("approve", "नूर", 1), ("approve", "نور", 2)], 3, "approved twice"),
        ([("approve", "Nour", 1), ("approve", "Ida", 2)], 3, "approved twice"),
        ([("approve", "Nour", 1), ("approve", "Ida", 2), ("publish", "Ida", 3)], 4, "published"),
        ([("publish", "Ida", 3), ("update", "Ida", 30)], 31, "updated"),
        ([("publish", "Ida", 3)], 6 * 60 + 3, "expired"),
        ([("publish", "Ida", 3), ("end", "Nour", 60)], 61, "ended"),
        ([("publish", "Ida", 3), ("withdraw", "Nour", 4)], 5, "withdrawn"),
    ],
)
def test_the_state_follows_from_the_lines(steps, minutes, state):
    lines = chain(*steps)
    assert ledger.state_of(lines, LINES, NOON + dt.timedelta(minutes=minutes)) == state


def test_one_person_is_one_person_however_the_name_is_spelled():
    assert approval(step("approve", "Zoé Nour", 1), step("approve", "zoe  nour", 2)).people == (
        "zoe  nour",
    )


def test_one_letter_and_nobody_has_approved_it():
    signed = (step("approve", "Nour", 1), step("approve", "Ida", 2))
    assert approval(*signed)[:3] == (("Nour", "Ida"), ("en", "fr"), None)
    found = approval(*signed, lines=changed("fr", "{place} : prudense."))
    assert found.people == ()
    assert found.changed is not None
    assert (found.changed.path, found.changed.line) == ("locale/fr.po", 40)
    document = Document(path="alerts/lyon.yaml", record=ALERT, digest="")
    problem = ledger.refusal(document, found, {})
    assert problem is not None
    assert str(problem).startswith("locale/fr.po:40: error[alert-changed] ")


def test_a_language_that_is_stale_is_left_out_and_the_others_stay_approved():
    signed = (step("approve", "Nour", 1), step("approve", "Ida", 2))
    stale = tuple(one for one in LINES if one.language != "fr")
    assert ledger.approval_of(signed, stale, ("en",))[:3] == (("Nour", "Ida"), ("en",), None)


def test_what_holds_is_what_was_sent_and_only_until_its_end():
    lines = chain(("publish", "Ida", 3), ("update", "Ida", 30))
    [(out, live)] = live_alerts(lines, NOON + dt.timedelta(hours=5))
    assert out == lines[1]
    assert live.alert == ALERT.stamped(NOON + dt.timedelta(minutes=30))  # never the file's moment
    assert (live.languages, live.number) == (("en", "fr"), 2)
    assert [one.identifier for one in live.earlier] == ["lyon-1-20261128T120300Z"]
    assert live.reference.identifier == "lyon-2-20261128T123000Z"
    assert live_alerts(lines, NOON + dt.timedelta(hours=6, minutes=30)) == ()
    assert live_alerts((*lines, step("end", "Nour", 40)), NOON) == ()


def test_the_clock_counts_from_the_first_step_and_knows_ninety_minutes():
    lines = (step("draft", "Nour", 0), step("approve", "Nour", 20), step("approve", "Ida", 50.5))
    found = clock_of("lyon", lines, "approved twice", NOON + dt.timedelta(minutes=60))
    assert [(row.minutes, row.since_previous) for row in found.steps] == [
        (0.0, 0.0),
        (20.0, 20.0),
        (50.5, 30.5),
    ]
    assert (found.minutes_left, found.published_after, found.in_time) == (30.0, None, None)
    late = clock_of("lyon", (*lines, step("publish", "Ida", 91)), "published", NOON)
    assert (late.published_after, late.in_time) == (91.0, False)


def test_only_what_was_published_can_be_cancelled_so_no_cancel_lacks_its_references():
    now = NOON + dt.timedelta(minutes=30)
    steps = (step("publish", "Ida", 5), step("end", "Nour", 20))
    (found,) = past_alerts(steps, now)
    assert found.cancels
    assert [one.identifier for one in found.sent] == ["lyon-1-20261128T120500Z"]
    assert found.reference.identifier == "lyon-2-20261128T122000Z"
    assert past_alerts(steps[1:], now) == ()  # somebody took the line out of the ledger


@pytest.mark.parametrize(
    ("steps", "hours", "expected"),
    [
        ((("publish", 5),), 5, None),
        ((("publish", 5),), 7, (False, "lapsed", True)),
        ((("publish", 5),), 6 + 49, (False, "lapsed", False)),
        ((("publish", 5), ("withdraw", 56)), 1, (True, "false-alarm", True)),
        ((("publish", 5), ("withdraw", 56)), 48.5, (True, "false-alarm", True)),
        ((("publish", 5), ("withdraw", 56)), 49, (True, "false-alarm", False)),
        ((("publish", 5), ("withdraw", 56), ("update", 70)), 2, None),
    ],
)
def test_how_long_readers_are_told_of_a_notice_that_holds_no_longer(
    steps: tuple[tuple[str, float], ...], hours: float, expected: tuple[bool, str, bool] | None
) -> None:
    lines: tuple[Review, ...] = ()
    for name, minutes in steps:
        project = msgspec.structs.replace(PROJECT, reviews=lines)
        when = NOON + dt.timedelta(minutes=minutes)
        cause = "false-alarm" if name == "withdraw" else None
        lines += (ledger.step(project, "lyon", LINES, (name, "Ida", ""), when, cause),)
    found = past_alerts(lines, NOON + dt.timedelta(hours=hours))
    assert [(one.withdrawn, one.cause, one.told) for one in found] == [expected] * bool(expected)


def test_no_identifier_is_used_twice_though_another_notice_has_the_same_name():
    lines = chain(("publish", "Ida", 3), ("end", "Nour", 9), ("publish", "Ida", 600))
    names = [one.reference.identifier for one in sent_messages(lines)]
    assert names == ["lyon-1-20261128T120300Z", "lyon-2-20261128T220000Z"]
