"""Order without clocks: what the chain of a ledger says, whatever time each laptop believes it is.

Four laptops whose clocks are wrong take steps in any order, and their ledgers are merged as git
merges them. A model keeps what each of them had seen; the alert that is shown must be the model's.
"""

from __future__ import annotations

import datetime as dt
import itertools
import random

import msgspec
import pytest
from stopjihad.load.ledger import AHEAD, read_ledger
from stopjihad.model.review import Review, encode
from stopjihad.review.alert_lines import AlertLine
from stopjihad.review.alert_status import live_alerts, undecided_alerts
from stopjihad.review.alert_steps import make_step

from support.campaign import generated_project

NOON = dt.datetime(2026, 11, 28, 12, tzinfo=dt.UTC)
PROJECT = generated_project(0)
CLOCKS = tuple(
    dt.timedelta(**one) for one in ({"days": -40}, {"minutes": -10}, {"minutes": 10}, {"days": 40})
)
"""By how much laptops are wrong."""

ENDS = NOON + dt.timedelta(days=400)
"""Later than each clock: this is about order, and time still decides what is over."""


def alert_lines(version: int) -> tuple[AlertLine, ...]:
    """Write the slots and words of an alert; each version says something else."""
    slots = {
        "template": "attack",
        "status": "actual",
        "place": "station",
        "since": NOON.isoformat(),
        "confirmed_by": "police",
        "next_update": NOON.isoformat(),
        "sent": NOON.isoformat(),
        "expires": ENDS.isoformat(),
    }
    words = [AlertLine("", name, text, "", 0) for name, text in slots.items()]
    return (*words, AlertLine("en", "headline", f"Version {version}", "", 0))


class Laptop:
    """A laptop: its clock, its copy of the ledger, and what its people have seen by the model."""

    def __init__(self, off: dt.timedelta, file: tuple[bytes, ...] = ()) -> None:
        self.off = off
        self.file = file

    def now(self, minute: int) -> dt.datetime:
        """Give the moment by its clock, ``minute`` minutes after noon."""
        return NOON + dt.timedelta(minutes=minute) + self.off

    def read(self, now: dt.datetime | None) -> tuple[Review, ...]:
        """Read the ledger by a clock."""
        text = b"".join(self.file).decode()
        return read_ledger(text, "reviews.jsonl", now)[0]

    def take(self, name: str, version: int, minute: int) -> Review:
        """Take a step."""
        now = self.now(minute)
        project = msgspec.structs.replace(PROJECT, reviews=self.read(now))
        line = make_step(project, "lyon", alert_lines(version), (name, "Nour", ""), now)
        self.file += (encode(line),)
        return line


def union(
    rng: random.Random, one: tuple[bytes, ...], other: tuple[bytes, ...]
) -> tuple[bytes, ...]:
    """Merge two files as git does: what both have, then the lines of both, in either order."""
    shared = tuple(
        a
        for a, b in itertools.takewhile(
            lambda pair: pair[0] == pair[1], zip(one, other, strict=False)
        )
    )
    rest = [one[len(shared) :], other[len(shared) :]]
    rng.shuffle(rest)
    return (*shared, *rest[0], *rest[1])


class Model:
    """What was seen when each line was written, kept beside the program."""

    def __init__(self) -> None:
        self.seen: dict[bytes, frozenset[bytes]] = {}
        self.lines: dict[bytes, Review] = {}

    def write(self, data: bytes, line: Review, before: tuple[bytes, ...]) -> None:
        self.seen[data] = frozenset(before)
        self.lines[data] = line

    def shown(self, file: tuple[bytes, ...], now: dt.datetime) -> set[bytes]:
        """Give the messages that nobody took away and nobody replaced: one is shown."""
        held = set(file)
        ends = {one for one in held if self.lines[one].step in {"end", "withdraw"}}
        sent = {
            one
            for one in held
            if self.lines[one].step in {"publish", "update"}
            and ends <= self.seen[one]
            and self.lines[one].on - now <= AHEAD
        }
        return {one for one in sent if not any(one in self.seen[other] for other in sent)}


STEPS = ("draft", "approve", "publish", "update", "end", "withdraw")


def run(seed: int) -> None:
    """Take some steps on two laptops in one order, and compare all that either shows."""
    rng = random.Random(seed)
    laptops = [Laptop(off) for off in rng.sample(CLOCKS, 2)]
    model, version, minute = Model(), 0, 0
    for _ in range(rng.randint(3, 14)):
        minute += rng.choice((0, 1, 7, 45))
        laptop = rng.choice(laptops)
        if rng.random() < 0.25:
            other = laptops[laptop is laptops[0]]
            laptop.file = union(rng, laptop.file, other.file)
        else:
            version += 1
            before = laptop.file
            line = laptop.take(rng.choice(STEPS), version, minute)
            model.write(laptop.file[-1], line, before)
        compare(model, laptop.file, laptop.now(minute))
    merged = union(rng, laptops[0].file, laptops[1].file)
    compare(model, merged, NOON + dt.timedelta(minutes=minute))


def compare(model: Model, file: tuple[bytes, ...], now: dt.datetime) -> None:
    """Compare what is shown of a ledger at a moment with what the model says."""
    reviews = Laptop(dt.timedelta(), file).read(now)
    wanted, found = model.shown(file, now), live_alerts(reviews, now)
    assert bool(undecided_alerts(reviews, now)) == (len(wanted) > 1)
    assert {encode(out) for out, _ in found} == wanted if found else len(wanted) != 1
    ends = {data for data in file if model.lines[data].takes_back}
    assert all(ends <= model.seen[encode(out)] for out, _ in found)  # none was withdrawn


@pytest.mark.parametrize("orders", [300, pytest.param(2000, marks=pytest.mark.long)])
def test_in_any_order_of_two_wrong_clocks_what_is_shown_is_what_the_chain_says(orders: int) -> None:
    for seed in range(orders):
        run(seed)
