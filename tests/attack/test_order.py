"""Order without clocks: what was taken back stays away, whatever clocks say and whoever builds.

Each test is named after the attack of 30 November that it stops.
"""

from __future__ import annotations

import datetime as dt
import json
import random
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from stopjihad.build.driver import build_campaign
from stopjihad.build.live_alert import show_alerts
from stopjihad.build.request import Request
from stopjihad.build.tree import layer, tree
from stopjihad.disk.program import code_digest
from stopjihad.model.options import Options
from stopjihad.translate.po_files import read_project

from support.crisis import Team, crisis_workspace

pytestmark = pytest.mark.usefixtures("plain_alerts")


@pytest.fixture
def team(tmp_path: Path) -> Team:
    found = Team(crisis_workspace(tmp_path / "workspace"))
    found.cut_down()
    found.approve_template()
    return found


def send(team: Team, step: str = "publish", **slots: str) -> None:
    """Write an alert, have two people approve it, and send it."""
    team.write("lyon", **slots)
    for name in ("Nour", "Ida"):
        team.done("alert", "approve", "lyon", "--by", name)
    team.done("alert", step, "lyon", "--by", "Ida")


def withdraw(team: Team) -> str:
    words = ("alert", "end", "lyon", "--withdraw", "--why", "false-alarm", "--by", "Nour")
    return team.done(*words)


def shown(team: Team) -> str:
    """Name the alert that a build would show now."""
    project = read_project(team.root, team.campaign.name)
    live = show_alerts(project, Options(), team.now).alerts
    return live[0].alert.id if live else ""


def test_06_an_alert_of_a_clock_that_is_ahead_stays_withdrawn(team: Team) -> None:
    team.later(10)  # the laptop that publishes
    send(team)
    team.later(-15)  # the laptop that withdraws
    assert "withdrawn" in withdraw(team)
    assert team.marked(team.site) == []
    team.later(20)
    team.done("build", "-q")
    assert team.marked(team.site) == []
    clock = json.loads(team.done("alert", "clock", "lyon", "--format", "json"))
    assert clock["state"] == "withdrawn"


def test_07_an_update_from_an_old_branch_brings_no_withdrawn_alert_back(team: Team) -> None:
    send(team)
    ledger = team.campaign / "reviews.jsonl"
    shared = ledger.read_bytes()
    withdraw(team)
    ended = ledger.read_bytes()[len(shared) :]
    ledger.write_bytes(shared)  # another laptop, which has not heard of it
    team.later(60)
    send(team, "update", place="city-centre")
    updated = ledger.read_bytes()[len(shared) :]
    for merged in (shared + ended + updated, shared + updated + ended):
        ledger.write_bytes(merged)
        assert shown(team) == ""
    send(team, "update", place="market-square")  # whoever has seen both may say it again
    assert shown(team) == "lyon"


def test_09_a_signature_from_the_future_is_withdrawn_like_any_other(team: Team) -> None:
    ledger = team.campaign / "reviews.jsonl"
    ledger.unlink()
    fact = ("--language", "fr", "--by", "Nour", "letter-home/fact")
    known, today = read_project(team.root, team.campaign.name), team.now
    point = known.points[0].record.id
    fact = (*fact[:-1], f"{point}/fact")
    team.now = dt.datetime(2099, 1, 1, tzinfo=dt.UTC)
    assert "1 approved" in team.done("review", "approve", *fact)
    team.now = today
    checked = team.run("check")
    assert checked.exit_code == 1
    assert "reviews.jsonl:1: error[review-ahead] this line of Nour" in checked.output
    rows = json.loads(team.done("review", "status", "-l", "fr", "--format", "json"))["reviews"]
    assert rows[0]["counts"]["approved"] == 0
    assert "1 withdrawn" in team.done("review", "withdraw", *fact)
    assert "0 withdrawn" in team.done("review", "withdraw", *fact)
    team.now = dt.datetime(2099, 1, 2, tzinfo=dt.UTC)
    rows = json.loads(team.done("review", "status", "-l", "fr", "--format", "json"))["reviews"]
    assert rows[0]["counts"]["approved"] == 0


def halting(monkeypatch: pytest.MonkeyPatch, work: Callable[[], object]) -> None:
    """Do some work once, while a build has made everything and has not published it yet."""
    flush, waiting = tree.kernel.flush, [work]

    def halted(root: str) -> None:
        flush(root)
        while waiting:
            waiting.pop()()

    monkeypatch.setattr(tree.kernel, "flush", halted)


def build(team: Team, **more: object) -> None:
    """Build as the command does, in this process."""
    out = team.root / "dist"
    request = Request(out=out, today=team.now.date(), code=code_digest(), now=team.now, jobs=1)
    build_campaign(team.root.resolve(), team.campaign.name, request)


def test_20_an_alert_that_ends_while_a_build_is_under_way_is_left_out(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(team)
    file = team.campaign / "campaign.yaml"
    file.write_text(file.read_text("utf-8").replace("title:", "title: A", 1), "utf-8")
    took: list[float] = []

    def end() -> None:
        began = time.process_time()
        assert "withdrawn in" in withdraw(team)
        took.append(time.process_time() - began)
        assert team.marked(team.site) == []

    halting(monkeypatch, end)
    build(team)
    assert took, "nothing was built"
    assert took[0] < 2
    assert team.marked(team.site) == []
    team.done("build", "-q", "--only", "site")  # knows the tree that was switched to
    assert team.marked(team.site) == []


def test_20_a_build_of_some_parts_brings_no_page_back_that_was_taken_away_meanwhile(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    """An alert that was over stood on every page again: the build kept pages of the tree before."""
    send(team)
    team.later(24 * 60)
    file = min(team.campaign.glob("points/*.md"))
    file.write_text(file.read_text("utf-8").rstrip() + " Ask them.\n", "utf-8")
    halting(monkeypatch, lambda: team.done("alert", "end", "lyon", "--by", "Nour"))
    team.done("build", "-q", "--only", "dossiers")
    assert team.marked(team.site) == []


def test_20_an_alert_that_is_published_while_a_build_is_under_way_stays(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(team, status="actual")
    withdraw(team)
    ledger = team.campaign / "reviews.jsonl"
    ended = ledger.read_bytes()
    send(team, "update", place="city-centre")
    sent = ledger.read_bytes()
    ledger.write_bytes(ended)
    file = team.campaign / "campaign.yaml"
    file.write_text(file.read_text("utf-8").replace("title:", "title: A", 1), "utf-8")
    halting(monkeypatch, lambda: ledger.write_bytes(sent))  # as 'git pull' does
    build(team)
    assert team.marked(team.site) != []


def test_20_an_update_whose_alert_ends_while_it_is_built_is_not_sent(
    team: Team, monkeypatch: pytest.MonkeyPatch
) -> None:
    send(team)
    team.write("lyon", place="city-centre")
    for name in ("Nour", "Ida"):
        team.done("alert", "approve", "lyon", "--by", name)
    other = Team(team.root)
    other.now = team.now
    monkeypatch.setattr(layer, "PATIENCE", 0.5)  # the update waits for this very withdrawal
    halting(monkeypatch, lambda: withdraw(other))
    said = team.run("alert", "update", "lyon", "--by", "Ida")
    assert said.exit_code == 1
    assert team.marked(team.site) == []
    assert '"step":"update"' not in (team.campaign / "reviews.jsonl").read_text("utf-8")


CLOCKS = (-40 * 24 * 60, -10, 10, 40 * 24 * 60)
"""Minutes by which laptops are wrong."""


def by_commands(team: Team, seed: int) -> None:
    """Take steps on two laptops of wrong clocks, merge their ledgers, build, and look.

    The model: what is in the ledger that a laptop has when it takes a step, it has seen.
    """
    rng = random.Random(seed)
    ledger, noon = team.campaign / "reviews.jsonl", team.now
    start = ledger.read_bytes()
    held, clocks = [start, start], rng.sample(CLOCKS, 2)
    seen: dict[bytes, bytes] = {}
    for minute in range(5, 5 + rng.randint(4, 7)):
        at = rng.randrange(2)
        team.now = noon + dt.timedelta(minutes=minute + clocks[at])
        if rng.random() < 0.3:  # this laptop pulls from the other
            rest = [one for one in held[1 - at].splitlines(keepends=True) if one not in held[at]]
            held[at] += b"".join(rest)
        ledger.write_bytes(held[at])
        # What is approved says when it holds by a clock that is right: only the order is wrong.
        moments = {"since": noon, "sent": noon, "next_update": noon + dt.timedelta(hours=1)}
        place = ("market-square", "city-centre", "central-station")[minute % 3]
        team.write("lyon", place=place, **{name: one.isoformat() for name, one in moments.items()})
        step = rng.choice(("send", "send", "withdraw", "end", "build"))
        if step == "send":
            for name in ("Nour", "Ida"):
                team.run("alert", "approve", "lyon", "--by", name)
            before = ledger.read_bytes()
            if team.run("alert", "publish", "lyon", "--by", "Ida").exit_code:
                before = ledger.read_bytes()
                team.run("alert", "update", "lyon", "--by", "Ida")
        else:
            before = ledger.read_bytes()
            words = {"withdraw": ("--withdraw", "--why", "mistake"), "end": ("--why", "over")}
            if step in words:
                team.run("alert", "end", "lyon", "--by", "Nour", *words[step])
        for line in ledger.read_bytes()[len(before) :].splitlines(keepends=True):
            seen[line] = before
        held[at] = ledger.read_bytes()
        if team.run("build", "-q").exit_code == 0:  # a slow clock has helplines of the future
            look(team, seen, noon)


def look(team: Team, seen: dict[bytes, bytes], noon: dt.datetime) -> None:
    """Compare the built site with what the chain says."""
    lines = (team.campaign / "reviews.jsonl").read_bytes().splitlines(keepends=True)
    steps = {one: json.loads(one) for one in lines if b'"kind":"alert"' in one}
    ends = [one for one, read in steps.items() if read["step"] in {"end", "withdraw"}]
    late = team.now + dt.timedelta(minutes=10)
    sent = [
        one
        for one, read in steps.items()
        if read["step"] in {"publish", "update"}
        and all(end in seen[one] for end in ends)
        and dt.datetime.fromisoformat(read["on"]) <= late
    ]
    newest = [one for one in sent if not any(one in seen[other] for other in sent)]
    holds = len(newest) == 1 and team.now < noon + dt.timedelta(hours=6)
    assert bool(team.marked(team.site)) == holds


@pytest.mark.parametrize("seed", [3])
def test_by_commands_the_site_shows_what_the_chain_says(team: Team, seed: int) -> None:
    by_commands(team, seed)


@pytest.mark.long
@pytest.mark.parametrize("seed", range(60))
def test_60_orders_by_commands_show_what_the_chain_says(team: Team, seed: int) -> None:
    by_commands(team, seed)
