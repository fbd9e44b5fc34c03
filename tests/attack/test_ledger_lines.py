"""Lines of a ledger that nobody's program wrote: they count for nothing, and cost little."""

from __future__ import annotations

import datetime as dt
import json
import shutil
import time
from pathlib import Path

import pytest
from stopjihad.load.ledger import read_ledger, read_team_lines
from stopjihad.model.remark import Remark, assignments, encode_remark, remark_threads
from stopjihad.model.review import Review, alert_digest, encode
from stopjihad.review.alert_clock import clock_of
from stopjihad.review.alert_status import live_alerts, past_alerts, undecided_alerts

from support.build import stopjihad

BASE = Path(__file__).parents[1] / "invalid" / "_base"
NOW = dt.datetime(2026, 11, 30, 12, tzinfo=dt.UTC)
LAST = dt.datetime(9999, 12, 31, 23, 59, tzinfo=dt.timezone(dt.timedelta(hours=-12)))

SLOTS = {
    "template": "attack",
    "status": "actual",
    "place": "here",
    "since": "2026-11-30T11:00:00Z",
    "confirmed_by": "police",
    "next_update": "2026-11-30T13:00:00Z",
    "sent": "2026-11-30T11:30:00Z",
}

MOST = 2.0
"""Seconds of a processor for a ledger of 1,500 alerts."""


def line(name: str, *, on: dt.datetime = NOW, step: str = "publish", **slots: str) -> Review:
    """Write a line as its digest wants it, whatever its slots are."""
    words = "\n".join(json.dumps(["", key, text]) for key, text in (SLOTS | slots).items())
    context = f"alerts/{name}"
    verdict = "withdraw" if step == "withdraw" else "approve"
    made = {"language": "en", "context": context, "digest": alert_digest(context, words)}
    return Review(
        **made, verdict=verdict, kind="alert", by="A", on=on, words=words, step=step, answers=()
    )


ODD = {
    "cut": {"confirmed": "{"},
    "deep": {"confirmed": "[" * 100_000},
    "not a number": {"confirmed": "[NaN]"},
    "half a letter": {"confirmed": '["\\ud800"]'},
    "the end of the calendar": {"sent": "9999-12-31T23:59:59Z"},
    "behind it": {"sent": "9999-12-31T23:59:59-12:00"},
    "before it": {"since": "0001-01-01T00:00:00+14:00"},
}


@pytest.mark.parametrize("slots", ODD.values(), ids=ODD)
def test_a_line_with_odd_slots_stops_no_command(slots: dict[str, str], tmp_path: Path) -> None:
    lines = (line("a", **slots), line("b", **slots), line("b", step="withdraw", **slots))
    live_alerts(lines, NOW)
    past_alerts(lines, NOW)
    undecided_alerts(lines, NOW)
    if slots is not ODD["cut"]:
        return
    root = tmp_path / "w"
    shutil.copytree(BASE, root)
    (root / "campaigns/demo/reviews.jsonl").write_bytes(b"".join(map(encode, lines)))
    done = stopjihad("-C", str(root), "check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_ledger_with_spaces_is_read_by_a_build_too(tmp_path: Path) -> None:
    """A build that looked for ``"kind":"alert"`` left out what the board called published."""
    root = tmp_path / "w"
    shutil.copytree(BASE, root)
    now = dt.datetime.now(dt.UTC)
    slots = {"sent": now.isoformat(), "since": now.isoformat(), "next_update": now.isoformat()}
    spaced = json.dumps(json.loads(encode(line("a", on=now, **slots))))
    assert '"kind": "alert"' in spaced
    (root / "campaigns/demo/reviews.jsonl").write_text(f"{spaced}\n", "utf-8")
    done = stopjihad("-C", str(root), "build", "--only", "site")
    assert "alert-changed" in done.stdout + done.stderr  # its words are none of the template's


def test_a_withdrawal_of_the_last_day_of_the_calendar_counts() -> None:
    lines = (line("a"), line("a", step="withdraw", on=LAST))
    assert live_alerts(lines, NOW) == ()
    assert [one.reference.sent for one in past_alerts(lines, NOW)] == [LAST]


def test_a_line_of_the_last_day_of_the_calendar_has_a_clock() -> None:
    clock = clock_of("a", (line("a", on=LAST),), "drafted", NOW)
    assert clock.mark == LAST


def test_a_ledger_of_many_alerts_costs_little() -> None:
    lines = [line(f"a{number}") for number in range(1_500)]
    began = time.process_time()
    found = live_alerts(lines, NOW)
    assert len(found) == 1500
    assert found[0][1].alert.id == "a999"
    assert time.process_time() - began < MOST


def test_alerts_that_were_taken_back_do_not_double_the_work_each() -> None:
    lines = [
        line(f"a{number:02}", step=step, on=NOW + dt.timedelta(seconds=number))
        for number in range(60)
        for step in ("publish", "withdraw")
    ]
    began = time.process_time()
    found = past_alerts(lines, NOW)
    assert [one.live.alert.id for one in found] == [f"a{number:02}" for number in range(59, -1, -1)]
    assert len(found[0].live.earlier) == 1  # that of the alert before, which it replaces
    assert time.process_time() - began < MOST


@pytest.mark.parametrize("name", ["\x1b]0;x\x07Eve", "Eve\x9b31m", "\u202eevE"])
@pytest.mark.parametrize("field", ["by", "role", "reason"])
def test_a_name_that_terminals_would_carry_out_is_in_no_line(name: str, field: str) -> None:
    """``alert clock``, ``alert ready`` and ``review status`` printed it as it stands."""
    row = json.loads(encode(line("a")))
    assert not read_ledger(json.dumps(row), "reviews.jsonl")[1]
    found, problems = read_ledger(json.dumps({**row, field: name}), "reviews.jsonl")
    assert found == ()
    assert [one.code for one in problems] == ["review-line"]


@pytest.mark.parametrize(
    ("context", "kind"),
    [
        *[(place, "editorial") for place in ("alerts/attack/headline", "helplines/a/name")],
        *[("a/fact", kind) for kind in ("native", "reading", "alert", "legal")],
    ],
)
def test_shipping_signs_no_alert_no_helpline_no_translation(context: str, kind: str) -> None:
    row = json.loads(encode(line("a"))) | {"through": "shipping", "step": None}
    sound = row | {"kind": "editorial", "context": "a/fact"}
    assert not read_ledger(json.dumps(sound), "reviews.jsonl")[1]
    odd = json.dumps(row | {"kind": kind, "context": context})
    found, problems = read_ledger(odd, "reviews.jsonl")
    assert found == ()
    assert [one.code for one in problems] == ["review-line"]


SAID = Remark(language="fr", context="a/fact", step="ask", by="A", on=NOW, text="Why?")
ODD_REMARKS = {
    "a sign of a terminal": {"text": "\x1b]0;x\x07"},
    "a line end": {"text": "a\nb"},
    "a turn of direction": {"by": "\u202eevE"},
    "an address": {"to": "eve@example.org"},
    "too long": {"text": "x" * 1001},
    "no words": {"text": " "},
    "a step that is none": {"step": "approve"},
    "an answer to nothing": {"step": "answer"},
    "a digest that is none": {"words": "../../etc/passwd"},
    "a key of another form": {"verdict": "approve"},
    "a day that is none": {"due": "2026-02-30"},
    "no offset": {"on": "2026-12-01T00:00:00"},
}


@pytest.mark.parametrize("odd", ODD_REMARKS.values(), ids=ODD_REMARKS)
def test_a_remark_of_another_form_is_left_out_and_stops_nothing(odd: dict[str, str]) -> None:
    row = json.loads(encode_remark(SAID))
    assert not read_team_lines(json.dumps(row), "remarks.jsonl", "remarks")[1]
    found, problems = read_team_lines(json.dumps({**row, **odd}), "", "remarks")
    assert found == ()
    assert [(one.code, one.severity) for one in problems] == [("review-line", "warning")]


def test_remarks_say_the_same_in_any_order_and_approve_nothing(tmp_path: Path) -> None:
    about = SAID.line_digest()
    told = {"language": "fr", "context": "a/fact", "on": LAST}
    lines = [
        SAID,
        Remark(**told, step="answer", by="B", text="So.", about=about),
        Remark(**told, step="resolve", by="B", about=about),
        Remark(**told, step="assign", by="B", to="C"),
    ]
    for some in (lines, lines[::-1], lines * 2):
        (thread,) = remark_threads(some)
        assert (thread.resolved, [one.text for one in thread.answers]) == ("B", ["So."])
        assert assignments(some)["fr", "a/fact"].to == "C"
    later = Remark(**told, step="assign", by="A", to="D", about=lines[3].line_digest())
    for some in ([*lines, later], [later, *lines]):
        assert assignments(some)["fr", "a/fact"].to == "D"
    root = tmp_path / "w"
    shutil.copytree(BASE, root)
    before = stopjihad("-C", str(root), "review", "status").stdout
    (root / "campaigns/demo/remarks.jsonl").write_bytes(b"".join(map(encode_remark, lines)))
    assert stopjihad("-C", str(root), "check").returncode == 0
    assert stopjihad("-C", str(root), "review", "status").stdout == before
