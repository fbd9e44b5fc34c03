"""A build of several campaigns says what became of each, also when it ends early."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stopjihad.build.driver import build_campaign
from stopjihad.cli.console import ProgressBar
from stopjihad.cli.main import main
from stopjihad.disk.lock import Busy

from support.build import REPOSITORY

BASE = REPOSITORY / "tests/invalid/_base/campaigns/demo"
DAY = {"SOURCE_DATE_EPOCH": "1795478400"}
NAMES = ("one", "two", "three", "four")
FACT = "Most people they killed were their neighbours."


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for name in NAMES:
        shutil.copytree(BASE, tmp_path / "campaigns" / name)
    return tmp_path


def build(root: Path, *words: str) -> Result:
    options = ("--only", "site", "--jobs", "1", *words)
    return CliRunner().invoke(main, ["-C", str(root), "build", *NAMES, *options], env=DAY)


def edit(root: Path, name: str, new: str) -> None:
    point = root / "campaigns" / name / "points/neighbours.md"
    text = point.read_text("utf-8")
    assert text.count(FACT) == 1
    point.write_text(text.replace(FACT, new), encoding="utf-8")


def states(done: Result) -> dict[str, str]:
    """Read the lines of states: campaign to state."""
    found = {}
    for line in done.output.splitlines():
        for state in ("published", "unchanged", "failed", "not reached"):
            if line.startswith(f"{state:<12}"):
                count, names = line[12:].split(maxsplit=1)
                assert int(count) == len(names.split(", "))
                found |= dict.fromkeys(names.split(", "), state)
    return found


def test_each_campaign_of_a_build_is_named_with_its_state(root: Path) -> None:
    assert states(build(root)) == dict.fromkeys(NAMES, "published")
    edit(root, "two", "Most of those they killed were neighbours.")
    assert states(build(root)) == dict.fromkeys(NAMES, "unchanged") | {"two": "published"}
    rows = json.loads(build(root, "--format", "json").stdout)["builds"]
    assert [(row["campaign"], row["state"]) for row in rows] == [
        (name, "unchanged") for name in NAMES
    ]


def test_one_that_fails_midway_is_named_and_what_stands(root: Path) -> None:
    build(root)
    edit(root, "one", "Most of those they killed were neighbours.")
    edit(root, "three", "")
    expected = dict(zip(NAMES, ("published", "unchanged", "failed", "not reached"), strict=True))
    done = build(root)
    assert done.exit_code == 1
    assert states(done) == expected
    assert "1 of 4 campaigns were published, the others stay." in done.stderr
    assert "nothing was changed" not in done.output
    done = build(root, "--format", "json")
    told = json.loads(done.stdout)
    assert done.exit_code == 1
    assert told["problems"]
    expected["one"] = "unchanged"
    assert {row["campaign"]: row["state"] for row in told["builds"]} == expected
    assert "nothing was changed." in build(root).stderr


def test_a_scheduler_that_is_gone_midway_leaves_each_campaign_named(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """What was published before stays so; the next build makes only what is left."""
    from stopjihad.build.work.scheduler import silent_scheduler
    from stopjihad.problem import ProblemsFound

    def build_until_it_is_gone(folder: Path, slug: str, request: object) -> object:
        if slug == "three":
            raise ProblemsFound((silent_scheduler("the connection to the scheduler was lost"),))
        return build_campaign(folder, slug, request)  # type: ignore[arg-type]

    with monkeypatch.context() as gone:
        gone.setattr("stopjihad.build.driver.build_campaign", build_until_it_is_gone)
        done = build(root)
    assert done.exit_code == 1
    assert "executor-silent" in done.stderr
    assert states(done) == dict(
        zip(NAMES, ("published", "published", "failed", "not reached"), strict=True)
    )
    assert "2 of 4 campaigns were published" in done.stderr
    assert "nothing was changed" not in done.output
    again = dict(zip(NAMES, ("unchanged", "unchanged", "published", "published"), strict=True))
    assert states(build(root)) == again


@pytest.mark.parametrize(("raised", "code"), [(Busy(), 75), (KeyboardInterrupt(), 1)])
def test_other_early_ends_are_told_too(
    raised: BaseException, code: int, root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def build_two(folder: Path, slug: str, request: object) -> object:
        if slug == "two":
            raise raised
        return build_campaign(folder, slug, request)  # type: ignore[arg-type]

    monkeypatch.setattr("stopjihad.build.driver.build_campaign", build_two)
    done = build(root)
    assert done.exit_code == code
    assert states(done) == dict(
        zip(NAMES, ("published", "failed", "not reached", "not reached"), strict=True)
    )


def test_a_log_hears_now_and_then_how_far_it_is(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    now = 100.0
    monkeypatch.setattr("time.monotonic", lambda: now)
    with ProgressBar(shown=True, name="one") as bar:
        for now in range(100, 140):
            bar.update(int(now) - 100, 40)
    lines = capsys.readouterr().err.splitlines()
    assert lines == ["one 15/40, 0:25 left", "one 30/40, 0:10 left"]
    with ProgressBar(shown=False, name="one") as bar:
        now += 60
        bar.update(1, 2)
    assert capsys.readouterr().err == ""
