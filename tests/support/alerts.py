"""An alert, its words, and lines of a ledger about it."""

from __future__ import annotations

import datetime as dt

import msgspec
from stopjihad.model.alert import Alert
from stopjihad.model.review import Review
from stopjihad.review.alert_lines import AlertLine
from stopjihad.review.alert_steps import make_step

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
        AlertLine("", name, text, "alerts/lyon.yaml", number)
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
    AlertLine("en", "headline", "{place}: take care.", "alerts/templates/attack.yaml", 2),
    AlertLine("fr", "headline", "{place} : prudence.", "locale/fr.po", 40),
)
PROJECT = generated_project(0)


def step(name: str, by: str, minutes: float, lines: tuple[AlertLine, ...] = LINES) -> Review:
    """Make a line of the ledger that answers no other."""
    when = NOON + dt.timedelta(minutes=minutes)
    return make_step(PROJECT, "lyon", lines, (name, by, ""), when)


def chain(*steps: tuple[str, str, float]) -> tuple[Review, ...]:
    """Take one step after the other, on one laptop."""
    found: tuple[Review, ...] = ()
    for name, by, minutes in steps:
        project = msgspec.structs.replace(PROJECT, reviews=found)
        when = NOON + dt.timedelta(minutes=minutes)
        found += (make_step(project, "lyon", LINES, (name, by, ""), when),)
    return found
