"""A notice from its first word to its end, as a team sends it, with a clock of its own."""

from __future__ import annotations

import datetime as dt
import json
import re
import time
from pathlib import Path
from typing import Any

import feedparser
import pytest
from click.testing import CliRunner, Result
from lxml import etree
from stopjihad.build.manifest import load
from stopjihad.cli.main import main

from support.build import REPOSITORY
from support.crisis import campaign_of, crisis_workspace, marks

NOON = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
BANNER = 'class="strip alert"'
SCHEMA = etree.XMLSchema(etree.parse(str(REPOSITORY / "tests/data/cap-1.2.xsd")))


class Team:
    """Type commands in a workspace, at a moment that is set."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.now = NOON

    def run(self, *words: str) -> Result:
        """Type a command."""
        day = {"SOURCE_DATE_EPOCH": str(int(self.now.timestamp()))}
        return CliRunner().invoke(main, ["-C", str(self.root), *words], env=day)

    def done(self, *words: str) -> str:
        """Type a command that succeeds."""
        result = self.run(*words)
        assert result.exit_code == 0, result.output
        return result.output

    def later(self, minutes: float) -> None:
        """Let time pass."""
        self.now += dt.timedelta(minutes=minutes)

    @property
    def campaign(self) -> Path:
        return campaign_of(self.root)

    @property
    def site(self) -> Path:
        return self.root / "dist" / self.campaign.name / "site"

    def write(self, name: str, **slots: str) -> None:
        """Write a notice."""
        values = {
            "template": "attack-under-way",
            "status": "actual",
            "place": "market-square",
            "since": self.now.isoformat(),
            "confirmed_by": "police",
            "confirmed": "[people-hurt]",
            "next_update": (self.now + dt.timedelta(hours=1)).isoformat(),
            "sent": self.now.isoformat(),
            **slots,
        }
        text = "".join(f"{key}: {value}\n" for key, value in values.items())
        (self.campaign / "alerts" / f"{name}.yaml").write_text(text, "utf-8")

    def approve_template(self) -> None:
        """Approve the words beforehand in every language."""
        for language in ("en", "fr", "ar"):
            words = ("--language", language, "--by", "Nour", "alerts/attack-under-way")
            self.done("review", "approve", *words)

    def marked(self, folder: Path) -> list[str]:
        """List the files of a site that have the notice."""
        found = []
        for path in folder.rglob("*"):
            if path.suffix in {".html", ".xml", ".json"} and path.is_file():
                text = path.read_text("utf-8")
                if BANNER in text or "#lyon-" in text or '"id": "lyon"' in text:
                    found.append(path.relative_to(folder).as_posix())
        return found


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
    for path in folder.glob("alert/*/*.txt"):
        assert path.read_text("utf-8").startswith(word[path.parent.name]), path
    manifest = load(str(folder / "manifest.json"))
    assert manifest is not None
    assert manifest.exercise
    pictures = sorted(path.name for path in (folder / "site/ar/alert").glob("*.png"))
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
    drafts = json.loads((folder / "alert/drafts.json").read_text("utf-8"))
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


def test_a_notice_from_draft_to_end(team: Team) -> None:
    team.approve_template()
    team.write("lyon")
    team.done("alert", "draft", "lyon", "--by", "Nour")
    refused = team.run("alert", "publish", "lyon", "--by", "Nour")
    assert refused.exit_code == 1
    assert "error[alert-unapproved]" in refused.output
    team.later(20)
    team.done("alert", "approve", "lyon", "--by", "Nour")
    again = team.run("alert", "approve", "lyon", "--by", "NOUR")
    assert again.exit_code == 1
    assert "error[alert-same-person]" in again.output
    team.later(15.5)
    team.done("alert", "approve", "lyon", "--by", "Ida")
    team.later(5)
    team.done("alert", "publish", "lyon", "--by", "Ida")
    pages = list(team.site.rglob("*.html"))
    assert len(pages) > 40
    assert [path for path in pages if BANNER not in path.read_text("utf-8")] == []
    staged = team.root / "dist/after-end" / team.campaign.name / "site"
    assert team.marked(staged) == []
    assert not (team.site / "cap.xml").exists()  # the sponsor is no authority
    clock = json.loads(team.done("alert", "clock", "lyon", "--format", "json"))
    assert [row["minutes"] for row in clock["steps"]] == [0, 20, 35.5, 40.5]
    assert (clock["state"], clock["in_time"]) == ("published", True)

    held = team.done("alert", "end", "lyon", "--by", "timer", "--if-over")
    assert "holds until" in held
    assert team.marked(team.site) != []
    team.later(6 * 60)
    began = time.monotonic()
    team.done("alert", "end", "lyon", "--by", "timer", "--if-over")
    assert time.monotonic() - began < 5
    assert team.marked(team.site) == []
    assert json.loads((team.site / "fr/alert/embed.json").read_text("utf-8")) == {"notice": None}
    team.done("build", "-q")
    assert team.marked(team.site) == []
    assert (team.site / "ar/alert/index.html").exists()  # links to it stand in messages


def test_a_build_after_the_end_has_no_notice_even_when_nobody_ended_it(team: Team) -> None:
    team.approve_template()
    team.write("lyon")
    for name in ("Nour", "Ida"):
        team.done("alert", "approve", "lyon", "--by", name)
    team.done("alert", "publish", "lyon", "--by", "Ida")
    team.later(30)
    team.done("build", "-q")
    assert team.marked(team.site) != []
    team.later(6 * 60)
    team.done("build", "-q")
    assert team.marked(team.site) == []


def test_one_letter_changed_after_approval_stops_everything_and_the_line_is_named(
    team: Team,
) -> None:
    team.approve_template()
    team.write("lyon")
    for name in ("Nour", "Ida"):
        team.done("alert", "approve", "lyon", "--by", name)
    path = team.campaign / "locale/fr.po"
    text = path.read_text("utf-8")
    path.write_text(
        text.replace("Des personnes sont blessées", "Des personnes sont blesséés"), "utf-8"
    )
    line = next(
        number
        for number, row in enumerate(path.read_text("utf-8").splitlines(), 1)
        if "blesséés" in row
    )
    refused = team.run("alert", "publish", "lyon", "--by", "Ida")
    assert refused.exit_code == 1
    named = re.search(r"locale/fr\.po:(\d+): error\[alert-changed\]", refused.output)
    assert named, refused.output
    assert abs(int(named[1]) - line) <= 2
    path.write_text(text, "utf-8")
    team.write("lyon", place="city-centre")
    slot = team.run("alert", "publish", "lyon", "--by", "Ida")
    assert "alerts/lyon.yaml:3: error[alert-changed]" in slot.output


def test_a_stale_language_is_left_out_and_named(team: Team) -> None:
    team.approve_template()
    path = team.campaign / "locale/ar.po"
    context = 'msgctxt "alerts/attack-under-way/headline"'
    path.write_text(path.read_text("utf-8").replace(context, f"#, fuzzy\n{context}"), "utf-8")
    team.write("lyon")
    said = team.done("alert", "approve", "lyon", "--by", "Nour")
    assert "in 2 languages" in said
    assert "left out: ar (1 texts of the template are stale or not translated)" in said


def test_an_actual_notice_needs_templates_that_were_approved_beforehand(team: Team) -> None:
    team.write("lyon")
    refused = team.run("alert", "approve", "lyon", "--by", "Nour")
    assert refused.exit_code == 1
    assert "fr: nobody has approved the template" in refused.output
