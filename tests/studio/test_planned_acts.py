"""A publication waits for its time: seen, cancelled, missed, and never planned by a workspace."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stopjihad.studio.planned_acts import PlannedAct, cancel_act, due_act, plan_act, planned_acts

from support.publications import NOON
from support.studio import Running, running
from support.targets import files_below, real_workspace
from support.timing import until

BASE = "/c/demo/publish"
TARGETS = "targets:\n  - {id: live, folder: {path: ../web, layout: plain}}\n"


@pytest.fixture(autouse=True)
def own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep what waits out of this user's own folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))


@pytest.fixture
def clock() -> list[dt.datetime]:
    return [NOON]


@pytest.fixture
def studio(tmp_path: Path, clock: list[dt.datetime]) -> Iterator[Running]:
    with running(real_workspace(tmp_path / "workspace", TARGETS), now=lambda: clock[0]) as found:
        yield found


def post(studio: Running, path: str, **value: Any) -> int:
    given = {"content_type": "application/json", "origin": studio.address}
    return studio.ask(path, "POST", json.dumps(value).encode(), **given).status


def in_minutes(clock: list[dt.datetime], minutes: int, zone: str = "Europe/London") -> str:
    from zoneinfo import ZoneInfo

    moment = clock[0] + dt.timedelta(minutes=minutes)
    return moment.astimezone(ZoneInfo(zone)).replace(tzinfo=None).isoformat(timespec="minutes")


def zone_of(studio: Running) -> str:
    from stopjihad.translate.po_files import read_project

    return read_project(studio.workspace, "demo").campaign.record.schedule.timezone


def test_it_goes_out_at_its_time_as_the_files_are_then(
    studio: Running, clock: list[dt.datetime]
) -> None:
    web = studio.workspace.parent / "web"
    at = in_minutes(clock, 30, zone_of(studio))
    sent = {"step": "publish", "target": "live", "by": "Nour", "at": at}
    assert post(studio, BASE, **sent) == 201
    page = studio.ask(BASE).body.decode()
    assert "Waits for its time" in page
    assert "Nour" in page
    point = studio.workspace / "campaigns/demo/points/neighbours.md"
    point.write_text(point.read_text("utf-8").replace("guard us", "guard us all"), "utf-8")
    assert not web.exists()
    clock[0] += dt.timedelta(minutes=30)
    until((web / "manifest.json").exists, "the publication", 90)
    until(lambda: "Waits for its time" not in studio.ask(BASE).body.decode(), "its end")
    assert b"guard us all" in files_below(web)["en/points/neighbours/index.html"]


def test_it_is_cancelled(studio: Running, clock: list[dt.datetime]) -> None:
    at = in_minutes(clock, 30, zone_of(studio))
    assert post(studio, BASE, step="publish", target="live", at=at) == 201
    act = planned_acts(studio.workspace, "demo")[0]
    assert post(studio, f"{BASE}/cancel", id=act.id) == 200
    assert post(studio, f"{BASE}/cancel", id=act.id) == 404
    assert planned_acts(studio.workspace, "demo") == ()


@pytest.mark.parametrize("at", ["2020-01-01T10:00", "soon", "2026-13-45T99:00"])
def test_moments_that_are_over_or_none_are_refused(studio: Running, at: str) -> None:
    assert post(studio, BASE, step="publish", target="live", at=at) == 422
    assert planned_acts(studio.workspace, "demo") == ()


def test_what_was_missed_is_not_done_late(tmp_path: Path) -> None:
    """After a night without the studio a person decides, not the next start."""
    act = PlannedAct(id="", at=1000, step="publish", target="live")
    assert plan_act(tmp_path, "demo", act)
    assert due_act(tmp_path, "demo", 999) is None
    due = due_act(tmp_path, "demo", 1000 + 60)
    assert due is not None
    assert due_act(tmp_path, "demo", 1000 + 3600) is None
    assert planned_acts(tmp_path, "demo")[0].is_missed(1000 + 3600)
    assert cancel_act(tmp_path, "demo", due.id)


def test_no_workspace_brings_an_act_along(tmp_path: Path) -> None:
    """What waits lies with the user: a workspace of a stranger publishes nothing by itself."""
    act = PlannedAct(id="", at=1000, step="publish", target="live")
    assert plan_act(tmp_path / "mine", "demo", act)
    assert planned_acts(tmp_path / "theirs", "demo") == ()
    assert not (tmp_path / "mine").exists()
