"""The door for programs: docs/programs.md runs, and what it gives is what commands say."""

from __future__ import annotations

import datetime as dt
import inspect
import json
import re
import subprocess
import sys
from pathlib import Path

import pytest
from stopjihad import api

from support.build import REPOSITORY, stopjihad
from support.studio import copy_workspace

PAGE = (REPOSITORY / "docs/programs.md").read_text("utf-8")
DAY = "1795737600"


@pytest.fixture
def small(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> api.CampaignFolder:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", DAY)
    root = copy_workspace(tmp_path / "small")
    return api.open_campaign(root, api.list_campaigns(root)[0])


def test_the_program_of_the_page_runs_as_it_is_pasted(tmp_path: Path) -> None:
    (program,) = re.findall(r"```python\n(.*?)```", PAGE, re.DOTALL)
    assert stopjihad("init", "my-workspace", "--language", "en", folder=tmp_path).returncode == 0
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", program],
        cwd=tmp_path,
        check=False,
        capture_output=True,
        text=True,
    )
    assert (done.stderr, done.returncode) == ("", 0)
    assert re.search(r"^\S+ \d+ of 280 fits$", done.stdout, re.MULTILINE)
    assert "made," in done.stdout
    assert (tmp_path / "card.png").read_bytes().startswith(b"\x89PNG")


def test_every_name_is_on_the_page() -> None:
    methods = [name for name, _ in inspect.getmembers(api.CampaignFolder, inspect.isfunction)]
    functions = [name for name in api.__all__ if inspect.isfunction(getattr(api, name))]
    for name in (*functions, *methods):
        if not name.startswith("_"):
            assert f"{name}(" in PAGE, f"docs/programs.md does not name {name}"


def test_it_says_what_the_commands_say(small: api.CampaignFolder) -> None:
    said = stopjihad("-C", small.root, "check", "--format", "json", SOURCE_DATE_EPOCH=DAY)
    rows = json.loads(said.stdout)["problems"]
    assert [(row["code"], row.get("path")) for row in rows] == [
        (problem.code, problem.path) for problem in small.check()
    ]
    status = stopjihad("-C", small.root, "translate", "status", "-l", "ar", "--format", "json")
    (row,) = json.loads(status.stdout)["status"][0]["languages"]
    assert small.untranslated("ar") == ()
    assert len(small.texts("ar")) == row["unreviewed"] + row["approved"]
    planned = stopjihad("-C", small.root, "plan", "--format", "json", SOURCE_DATE_EPOCH=DAY)
    (plan,) = json.loads(planned.stdout)["plans"]
    assert [(one["step"]["output"], one["why"]) for one in plan["steps"]] == [
        (step.output, step.why) for step in small.plan()
    ]


def test_it_builds_once(small: api.CampaignFolder) -> None:
    assert small.build(only=("site",), languages=("en",), jobs=1).made
    assert not small.build(only=("site",), languages=("en",), jobs=1).made
    assert (small.root / "dist" / small.name / "site/index.html").is_file()


def test_what_a_language_lacks_is_given(small: api.CampaignFolder) -> None:
    (path,) = {text.path for text in small.texts("ar") if text.path}
    file = small.root / path
    kept = file.read_text("utf-8").split("\n\n")
    gone = next(entry for entry in kept if entry.startswith("#. ") and "/fact" in entry)
    file.write_text("\n\n".join(entry for entry in kept if entry != gone), "utf-8")
    (text,) = small.untranslated("ar")
    assert text.place.endswith("/fact")
    assert (text.state, text.words, text.line) == ("untranslated", "", 0)
    assert text.source in {point.fact for point in small.points()}


def test_any_day_is_checked(small: api.CampaignFolder) -> None:
    for day in (dt.date.min, dt.date.max):
        assert "helpline-stale" in {one.code for one in small.check(day)} or day == dt.date.min


def test_what_is_not_there_is_said(small: api.CampaignFolder) -> None:
    with pytest.raises(FileNotFoundError, match="no campaign 'nothere'"):
        api.open_campaign(small.root, "nothere")
    with pytest.raises(api.ProblemsFound) as found:
        small.draw_card("nothere", "en")
    assert [problem.code for problem in found.value.problems] == ["unknown-card"]
    with pytest.raises(KeyError):
        api.count("nothere", "x")
    with pytest.raises(ValueError, match="no part 'nothere'"):
        small.build(only=("site", "nothere"))
    with pytest.raises(ValueError, match="no language 'nothere', only en,"):
        small.untranslated("nothere")
    (small.root / "campaigns" / small.name / "campaign.yaml").write_text("title: [", "utf-8")
    with pytest.raises(api.ProblemsFound):
        small.points()
