"""Exercises of an alert: every file says so, machines can read them, results are kept."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree
from stopjihad.build.tree.manifest import load
from stopjihad.view.alert_phrases import NOTHING_HAPPENED

from support.cap import cap_schema
from support.crisis import ALARM, Team, crisis_workspace, marks, said_in

SCHEMA = cap_schema()


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return Team(crisis_workspace(tmp_path / "workspace"))


def test_an_exercise_says_so_first_in_every_file_and_is_marked_for_publishing(team: Team) -> None:
    words = ("attack-under-way", "--place", "central-station", "--format", "json")
    found: dict[str, Any] = json.loads(team.done("alert", "drill", *words))
    assert found["languages"] == ["en", "fr", "ar"]
    assert found["exercise"] is True
    folder = Path(found["folder"])
    assert folder.parent.parent.name == "drills"
    word = marks()
    unmarked = []
    for path in folder.rglob("*"):
        inner = path.relative_to(folder)
        if not path.is_file() or path.suffix in {".png", ".css", ".svg", ".woff"}:
            continue  # pictures are drawn from marked words; styles and drawings have none
        language = next((part for part in inner.parts if part in found["languages"]), "en")
        mark = '"exercise":true' if path.name == "manifest.json" else word[language]
        if mark not in path.read_text("utf-8"):
            unmarked.append(inner.as_posix())
    assert unmarked == []
    calm = said_in(NOTHING_HAPPENED)
    for path in folder.glob("alert/*/*/*.txt"):
        text = path.read_text("utf-8")
        assert text.startswith(word[path.parent.name]), path
        if path.name != "snapchat.txt":  # 160 units: headline and address fill them
            nothing = calm[path.parent.name].rstrip(".")
            assert nothing in text or nothing.replace("’", "'") in text, path
    manifest = load(str(folder / "manifest.json"))
    assert manifest is not None
    assert manifest.exercise
    pictures = sorted(path.name for path in (folder / "site/ar/alert").glob("*/*.png"))
    assert pictures == ["og.png", "portrait.png", "square.png", "story.png", "wide.png"]
    assert not (team.root / "dist" / team.campaign.name).exists()


TARGETS = """
targets:
  - {id: rehearsal, exercise: true, folder: {path: ../rehearsal}}
  - {id: live, folder: {path: ../live}}
"""


def digests(folder: Path) -> dict[str, str]:
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in folder.rglob("*")
        if path.is_file()
    }


def unmarked(folder: Path, paths: Iterable[str], said: str) -> list[str]:
    """List the files of a language that do not say a message of the theme."""
    words = said_in(said)
    found = []
    for path in paths:
        language = next((tag for tag in words if tag in path.split("/")), "")
        text = (folder / path).read_text("utf-8") if language else words["en"]
        if words[language or "en"] not in text:
            found.append(path)
    return found


@pytest.mark.usefixtures("plain_alerts")
def test_an_exercise_takes_the_road_of_earnest_over_the_last_good_site(team: Team) -> None:
    """A fault elsewhere stops it no more than in earnest; it is taken back, and uploaded."""
    team.cut_down()
    team.done("build", "-q")
    (team.campaign / "targets.yaml").write_text(TARGETS, "utf-8")
    (team.campaign / "points/broken.md").write_text("no front matter", "utf-8")
    before = digests(team.site)
    assert team.run("alert", "drill", "--random", "--target", "live").exit_code == 2
    words = ("attack-under-way", "--target", "rehearsal", "--format", "json")
    found = json.loads(team.done("alert", "drill", *words))
    assert digests(team.site) == before
    assert 0 < found["seconds"]["all"] < found["seconds"]["reader"]
    assert [one for one in found["debts"] if "broken.md" in one["path"]]
    folder = Path(found["folder"])
    assert (folder.parent / "after-end" / folder.name / "manifest.json").exists()
    pages = [path for path in before if path.endswith(".html") and path != "404.html"]
    assert unmarked(folder / "site", pages, "Exercise") == []
    back = folder.parent / "taken-back" / folder.name
    told = [path for path in digests(back / "site") if "/alert/" in path and ".png" not in path]
    assert unmarked(back / "site", told, "Exercise") == []
    assert unmarked(back / "site", told, "It was a false alarm.") == []
    drafts = [path for path in digests(back / "alert") if path.endswith(".txt")]
    assert drafts
    assert unmarked(back / "alert", drafts, "Exercise") == []
    for tree in (folder, back, folder.parent / "after-end" / folder.name):
        listed = load(str(tree / "manifest.json"))
        assert listed is not None
        assert listed.exercise, tree
    read = team.root.parent / "rehearsal/current/en/alert/index.html"
    assert read.read_bytes() == (back / "site/en/alert/index.html").read_bytes()
    refused = team.run("publish", "live", "--dist", str(folder.parent))
    assert "publish-exercise" in refused.output
    rows = (team.campaign / "alerts/drills.csv").read_text("utf-8").splitlines()
    assert f",{found['seconds']['reader']:.1f}," in rows[-1]


@pytest.mark.usefixtures("plain_alerts")
def test_people_rehearse_the_end_and_the_withdrawal(team: Team) -> None:
    team.cut_down()
    team.done("build", "-q")
    before = digests(team.site)
    for name, words in (
        ("over", ("--why", "over")),
        ("wrong", ("--withdraw", "--why", "false-alarm")),
    ):
        team.write(name, status="exercise")
        for person in ("Nour", "Ida"):
            team.done("alert", "approve", name, "--by", person)
        team.done("alert", "publish", name, "--by", "Ida")
        page = team.root / f"dist/drills/{name}/{team.campaign.name}/site/fr/alert/index.html"
        assert ALARM in page.read_text("utf-8")
        # A colon beside a slot stays on its line, too.
        assert "<h1>Exercice\u00a0: Place du Marché\u00a0: attaque" in page.read_text("utf-8")
        team.later(5)
        team.done("alert", "end", name, "--by", "Nour", *words)
        text = page.read_text("utf-8")
        assert ALARM not in text
        assert said_in("Exercise")["fr"] in text
        cause = "It was a false alarm." if name == "wrong" else "It is over: the authority says so."
        assert said_in(cause)["fr"] in text
    assert digests(team.site) == before


def test_the_files_for_machines_of_an_exercise_are_valid_and_readable(team: Team) -> None:
    found = json.loads(team.done("alert", "drill", "hoax-denied", "--format", "json"))
    folder = Path(found["folder"])
    message = etree.parse(str(folder / "site/cap.xml"))
    assert SCHEMA.validate(message), SCHEMA.error_log
    told = {one.tag.rpartition("}")[2]: one.text for one in message.getroot()}
    assert (told["status"], told["scope"]) == ("Exercise", "Restricted")
    feed = feedparser.parse((folder / "site/fr/alert/feed.xml").read_bytes())
    assert not feed.bozo
    [entry] = feed.entries
    assert entry.title.startswith("Exercice")
    assert entry.link == "https://campaign.example.org/fr/alert/"
    drafts = json.loads((folder / f"alert/{found['id']}/drafts.json").read_text("utf-8"))
    assert all(one["limit"] is None or one["count"] <= one["limit"] for one in drafts)
    assert {"sms", "cell-broadcast", "x"} <= {one["platform"] for one in drafts}


def test_results_of_exercises_are_kept_with_what_failed(team: Team) -> None:
    team.done("alert", "drill", "--random")
    assert team.run("alert", "drill", "attack-over", "--place", "nowhere").exit_code == 2
    template = team.campaign / "alerts/templates/attack-over.yaml"
    text = re.sub(
        "(?m)^unknown: .*$", "unknown: The attacker is a young man.", template.read_text("utf-8")
    )
    template.write_text(text, "utf-8")
    team.later(1)
    refused = team.run("alert", "drill", "attack-over")
    assert refused.exit_code == 1
    assert "error[CRS02]" in refused.output
    rows = (team.campaign / "alerts/drills.csv").read_text("utf-8").splitlines()
    assert len(rows) >= 2
    assert rows[1].endswith(",")
    assert (team.campaign / "alerts/drills.svg").read_text("utf-8").startswith("<svg")
