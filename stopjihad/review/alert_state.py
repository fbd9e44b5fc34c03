"""Where an alert stands, by its steps in the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Literal

from stopjihad.model.chain import chain_of, newest
from stopjihad.model.review import Review, alert_digest
from stopjihad.review.alert_approval import PEOPLE, approval_of
from stopjihad.review.alert_lines import AlertLine, read_lines, write_lines
from stopjihad.review.alert_steps import alert_of, messages_out

State = Literal[
    "new",
    "drafted",
    "approved once",
    "approved twice",
    "undecided",
    "published",
    "updated",
    "ended",
    "expired",
    "withdrawn",
]


def state_of(steps: Sequence[Review], lines: Sequence[AlertLine], now: dt.datetime) -> State:
    """Say where an alert stands.

    Returns:
        Its state; changed words are where they were before anybody approved them.
    """
    out, *rivals = messages_out(steps) or (None,)
    if rivals:
        return "undecided"
    found: State | None = _taken_state(steps) if out is None else _held_state(out, lines, now)
    if found is not None:
        return found
    people = len(approval_of(steps, lines, {line.language for line in lines}).people)
    if people:
        return "approved twice" if people >= PEOPLE else "approved once"
    return "drafted" if steps else "new"


def _held_state(out: Review, lines: Sequence[AlertLine], now: dt.datetime) -> State | None:
    """Say where an alert stands that was sent; None where its words were changed since."""
    shown = alert_of(out)
    if shown is not None and shown.ends <= now:
        return "expired"
    if out.digest != _digest(out, lines):
        return None
    return "updated" if out.step == "update" else "published"


def _taken_state(steps: Sequence[Review]) -> State | None:
    """Say how an alert was taken away, or dropped before it was sent; None where it was not."""
    last = newest(tuple(one for one in chain_of(steps) if one.line.takes_back))
    if any(one.line.step == "withdraw" for one in last):
        return "withdrawn"
    return "ended" if last else None


def _digest(out: Review, lines: Sequence[AlertLine]) -> str:
    own = {language for language, _ in read_lines(out.words)}
    return alert_digest(out.context, write_lines(line for line in lines if line.language in own))
