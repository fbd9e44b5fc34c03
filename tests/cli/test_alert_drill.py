"""Exercises of a notice: every file says so, machines can read them, results are kept."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import feedparser
import pytest
from lxml import etree
from stopjihad.build.tree.manifest import load
from stopjihad.render.alert.words import NOTHING_HAPPENED

from support.cap import cap_schema
from support.crisis import Team, crisis_workspace, marks, said_in

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
        if not path.is_file() or path.suffix in {".png", ".css", ".svg", ".woff2"}:
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
    (team.campaign / "points" / "broken.md").write_text("no front matter", "utf-8")
    team.later(1)
    assert team.run("alert", "drill", "attack-over").exit_code == 1
    rows = (team.campaign / "alerts/drills.csv").read_text("utf-8").splitlines()
    assert len(rows) >= 2
    assert rows[1].endswith(",")
    assert (team.campaign / "alerts/drills.svg").read_text("utf-8").startswith("<svg")
