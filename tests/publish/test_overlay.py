"""An alert from a clean clone lies over what the target holds, and nothing else there changes."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Mapping
from pathlib import Path

import pytest

from support.crisis import ALARM, BANNER, Team, team_in_earnest

pytestmark = pytest.mark.usefixtures("plain_alerts")

TARGETS = "targets:\n  - {id: live, folder: {path: ../live, layout: plain}}\n"


def contents(folder: Path) -> Mapping[str, str]:
    """Digest what readers see on a target, by path."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file() and ".stopjihad" not in path.parts
    }


def is_alert(path: str) -> bool:
    return "/alert/" in f"/{path}" or path in {"cap.xml", "manifest.json"}


@pytest.fixture
def clone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Team:
    """Publish a site, and clone its workspace on another computer: nothing was ever built there."""
    first = team_in_earnest(tmp_path / "first", TARGETS)
    first.done("build", "-q")
    first.done("publish", "live", "-q")
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "other"))
    ignored = shutil.ignore_patterns(".stopjihad", "dist")
    shutil.copytree(first.root, tmp_path / "clone", ignore=ignored)
    return Team(tmp_path / "clone")


def send(team: Team) -> None:
    team.write("lyon")
    for name in ("Nour", "Sami"):
        team.done("alert", "approve", "lyon", "--by", name)
    said = team.done("alert", "publish", "lyon", "--by", "Sami")
    assert "publish lays the alert over what the target holds" in said


def published(team: Team) -> str:
    row = json.loads((team.root.parent / "live/.stopjihad/published.json").read_text("utf-8"))
    return f"{row['number']:04}-{row['digest'][:8]}"


def test_a_clean_clone_sends_an_alert_and_takes_it_back(clone: Team) -> None:
    live = clone.root.parent / "live"
    before = contents(live)
    (clone.campaign / "helplines.yaml").write_bytes(b"lines: [\n")
    send(clone)
    refused = clone.run("publish", "live")
    assert "publish-newer" in refused.output  # nobody here has seen that publication
    done = clone.done("publish", "live", "--over", published(clone))
    assert "laid over what the target holds" in done
    after = contents(live)
    changed = {path for path in before.keys() | after.keys() if before.get(path) != after.get(path)}
    assert changed
    assert all(map(is_alert, changed)), changed
    assert ALARM in (live / "en/alert/index.html").read_text("utf-8")
    assert BANNER not in (live / "en/index.html").read_text("utf-8")
    clone.later(10)
    clone.done("alert", "end", "lyon", "--withdraw", "--why", "false-alarm", "--by", "Nour")
    clone.done("publish", "live", "-q")
    page = (live / "en/alert/index.html").read_text("utf-8")
    assert ALARM not in page
    assert "It was a false alarm." in page
    assert {path: digest for path, digest in contents(live).items() if not is_alert(path)} == {
        path: digest for path, digest in before.items() if not is_alert(path)
    }


def test_nothing_that_the_target_says_is_taken_for_ours(clone: Team) -> None:
    """What a target alone speaks for is no publication of ours: nothing returns to it later."""
    send(clone)
    clone.done("publish", "live", "-q", "--over", published(clone))
    first = published(clone)
    clone.later(5)
    clone.done("alert", "end", "lyon", "--why", "over", "--by", "Nour")
    clone.done("publish", "live", "-q")
    refused = clone.run("publish", "live", "--rollback", first)
    assert refused.exit_code == 1
    assert "publish-unvouched" in refused.output


def test_a_page_that_somebody_put_into_the_folder_does_not_go_up(clone: Team) -> None:
    send(clone)
    page = clone.site / "en/alert/index.html"
    page.unlink()
    page.write_text("<p>not ours</p>", "utf-8")
    refused = clone.run("publish", "live", "--over", published(clone))
    assert refused.exit_code == 1
    assert "publish-changed" in refused.output


def test_an_alert_that_ends_goes_though_it_is_most_of_what_is_there(
    clone: Team, tmp_path: Path
) -> None:
    """On an empty target 15 of 28 files were its own: its end was refused as a mistake."""
    shutil.rmtree(tmp_path / "live")
    send(clone)
    clone.done("publish", "live", "-q")
    clone.later(5)
    clone.done("alert", "end", "lyon", "--why", "over", "--by", "Nour")
    clone.done("publish", "live", "-q")
    assert ALARM not in (tmp_path / "live/en/alert/index.html").read_text("utf-8")
