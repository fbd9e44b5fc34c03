"""On a calm day the program says what would keep an alert from going out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.build import REPOSITORY
from support.crisis import Team, crisis_workspace, team_in_earnest

POLYGON = 'polygon: ["45.75,4.83", "45.75,4.84", "45.76,4.84", "45.75,4.83"]'

pytestmark = pytest.mark.usefixtures("plain_alerts")


@pytest.fixture
def team(tmp_path: Path) -> Team:
    found = Team(crisis_workspace(tmp_path / "workspace"))
    for path in (found.campaign / "alerts/templates").iterdir():
        if path.stem != "attack-under-way":
            path.unlink()
    file = found.campaign / "campaign.yaml"
    text = file.read_text("utf-8")
    text = text.replace("sample: true\n", "").replace("example.org", "neighbours-help.net")
    text = text.replace("Sample Campaign Team", "Neighbours").replace("a sample", "a real")
    file.write_text(
        text.replace(
            "central-station, name: Central station",
            "central-station, name: Central station, country: FR",
        ).replace("city-centre, name: City centre", "city-centre, name: City centre, country: FR"),
        "utf-8",
    )
    return found


HERE = "targets: [{id: live, folder: {path: ../web}}]\n"


def test_a_campaign_is_ready_when_nothing_of_the_sample_is_left_and_a_site_is_built(
    tmp_path: Path,
) -> None:
    team = team_in_earnest(tmp_path / "workspace", HERE)
    for path in (team.campaign / "alerts/templates").iterdir():
        if path.stem != "attack-under-way":
            path.unlink()
    file, targets = team.campaign / "campaign.yaml", team.campaign / "targets.yaml"
    real = re.sub(
        r"(id: (?:central-station|city-centre).*)}", r"\1, country: FR}", file.read_text()
    )
    file.write_text(real, "utf-8")

    def faults() -> dict[str, str]:
        found = team.run("alert", "ready", "--format", "json")
        told = json.loads(found.output)
        assert found.exit_code == (0 if told["ready"] else 1)
        return {one["kind"]: f"{one['says']}: {one['mend']}" for one in told["faults"]}

    unbuilt = {
        "build": "there is no finished site of yours to lay an alert over: stopjihad build demo"
    }
    assert faults() == unbuilt
    team.done("build", "--draft")
    assert "as a draft" in faults()["build"]
    team.done("build")
    assert faults() == {}
    assert team.done("alert", "ready").endswith("\nready\n")
    page = team.site / "en/index.html"
    page.write_text("changed", "utf-8")
    assert faults() == {}, "an alert leaves out what was changed, and goes out"

    file.write_text(real.replace("{start:", "{timezone: Europe/London, start:"), "utf-8")
    assert set(told := faults()) == {"zone"}
    assert "times are those of Europe/London: its clocks show others" in told["zone"]
    assert "schedule: {timezone: Europe/Paris}" in told["zone"]

    file.write_text(f"{real}sample: true\n", "utf-8")
    assert "delete 'sample: true' in campaigns/demo/campaign.yaml" in faults()["sample"]
    for field, was, now in (
        ("base_url", "demo.neighbours-help.net", "demo.example.org"),
        ("sponsor.name", "Demo team", "Sample Campaign Team"),
        ("authorities.0.url", "police.neighbours-help.net", "police.example.org"),
    ):
        assert was in real
        file.write_text(real.replace(was, now), "utf-8")
        told = faults()
        assert set(told) == {"placeholder"}, field
        assert told["placeholder"].startswith(f"{field} still has a placeholder")
        assert "campaigns/demo/campaign.yaml:" in told["placeholder"]
    file.write_text(real, "utf-8")
    for text in (HERE.replace("live,", "live, exercise: true,"), ""):
        if text:
            targets.write_text(text, "utf-8")
        else:
            targets.unlink()
        told = faults()
        assert set(told) == {"target"}
        assert "targets: [{id: live, folder: {path: /srv/www/site}}]" in told["target"]


def test_an_alert_does_not_say_what_only_the_sample_says(tmp_path: Path) -> None:
    team = team_in_earnest(tmp_path / "workspace", HERE)
    file = team.campaign / "campaign.yaml"
    real = file.read_text("utf-8")
    own = 'url: "https://police.neighbours-help.net/news"}'
    other = "\n  - {id: other, name: Other, url: 'https://other.example.org'}"
    real = real.replace(own, own + other).replace("{start:", "{timezone: Europe/London, start:")
    lines = team.campaign / "helplines.yaml"
    hours = "hours: Monday to Friday\n"
    line = lines.read_text("utf-8").replace(hours, f"{hours}    opening: [Mo-Fr 12:30-18:00]\n")
    lines.write_text(line, "utf-8")
    text = real.replace("police.neighbours-help.net", "police.example.org")
    file.write_text(text, "utf-8")
    team.write("station", place="market-square", confirmed="[]")
    for name in ("Nour", "Sami"):
        team.done("alert", "approve", "station", "--by", name)
    found = team.run("alert", "publish", "station", "--by", "Nour")
    assert found.exit_code == 1
    assert "authorities.0.url still has a placeholder: 'https://police.example.org'" in found.output
    assert "write your own there" in found.output
    file.write_text(real, "utf-8")  # the address of another authority is not said
    for name in ("Nour", "Sami"):
        team.run("alert", "approve", "station", "--by", name)
    team.done("alert", "publish", "station", "--by", "Nour")
    page = (team.site / "en/alert/index.html").read_text("utf-8")
    assert "police.neighbours-help.net" in page
    assert "12:00 (24 November 2026) UTC+0" in page, "the place is in France"
    draft = team.site.with_name("alert") / "station/en/sms.txt"
    assert "Since: 12:00 (24 November 2026) UTC+0. Confirmed" in draft.read_text("utf-8")
    sheet = draft.parents[1] / "call-sheet.txt"
    assert "0 800 005 696  (answers now: " in sheet.read_text("utf-8"), "it is 13:00 in France"
    team.write("station", place="central-station", confirmed="[area-closed]")
    shown = team.done("alert", "show", "station")
    assert shown.startswith("station: message 1 is live; the update below is drafted, 1 languages")
    assert "changed since somebody approved it: place; confirmed" in shown
    ended = team.done("alert", "end", "station", "--withdraw", "--why", "mistake", "--by", "Nour")
    assert "say what comes next: stopjihad new alert ID, template: hoax-denied" in ended


def test_a_template_that_nobody_approved_is_not_ready(team: Team) -> None:
    found = team.run("alert", "ready")
    assert found.exit_code == 1
    assert "attack-under-way: languages ready: 0 of 3" in found.output
    assert "(en, fr, ar): nobody has approved the template" in found.output
    assert "review approve --language en --by NAME alerts/attack-under-way" in found.output
    assert "people known from the ledger: none" in found.output
    assert found.output.endswith("not ready: 6 things\n")
    team.approve_template()
    alone = team.run("alert", "ready")
    assert alone.exit_code == 1
    assert "two people must approve, and the ledger knows 1" in alone.output
    team.done(
        "review",
        "approve",
        "--language",
        "fr",
        "--by",
        "Ida",
        "--kind",
        "legal",
        "alerts/attack-under-way",
    )
    ready = team.run("alert", "ready").output
    assert "languages ready: 3 of 3" in ready
    assert ready.endswith("\nnot ready: 2 things\n"), "neither a target nor a build"


def test_numbers_room_and_short_forms_are_looked_at(team: Team) -> None:
    team.approve_template()
    file = team.campaign / "campaign.yaml"
    long = "Gare " * 9
    text = file.read_text("utf-8").replace(
        "name: Market square, country: FR", f"name: {long.strip()}, country: JP"
    )
    file.write_text(text, "utf-8")
    lines = team.campaign / "helplines.yaml"
    lines.write_text(lines.read_text("utf-8").replace("review_by: 2", "review_by: 1"), "utf-8")
    template = team.campaign / "alerts/templates/attack-under-way.yaml"
    template.write_text(
        "".join(
            line
            for line in template.read_text("utf-8").splitlines(keepends=True)
            if not line.startswith("short:")
        ),
        "utf-8",
    )
    found = json.loads(team.run("alert", "ready", "--format", "json").output)
    assert found["ready"] is False
    kinds = {fault["kind"]: fault for fault in found["faults"]}
    assert {"number", "line", "short", "language", "people"} <= set(kinds)
    assert "'market-square' is in JP" in kinds["number"]["says"]
    assert "snapchat: headline, first action" in kinds["room"]["says"]


def test_an_authority_is_asked_where_its_places_are(team: Team) -> None:
    """Machines show a warning where a polygon or a code of an area says that it is; a debt only."""
    file = team.campaign / "campaign.yaml"
    text = file.read_text("utf-8")
    for name, place in (("market-square", "geocode: {INSEE: 69123}"), ("city-centre", POLYGON)):
        text = re.sub(f"(id: {name}.*)}}", rf"\1, {place}}}", text)
    file.write_text(text, "utf-8")

    def hints() -> list[str]:
        found = json.loads(team.run("alert", "ready", "--format", "json").output)
        assert "area" not in {fault["kind"] for fault in found["faults"]}
        return [hint["says"] for hint in found["hints"]]

    assert hints() == []  # no machine is told anything
    team.become_authority()
    (hint,) = hints()
    assert "'central-station' has neither corners nor a code" in hint
    checked = team.run("check").output
    assert checked.count("warning[alert-area]") == 1
    assert "and 1 more" not in checked.partition("warning[alert-area]")[2].splitlines()[0]
    assert hint in team.run("alert", "ready").output


def test_a_target_is_asked_only_when_it_is_named(team: Team, tmp_path: Path) -> None:
    (team.campaign / "targets.yaml").write_text(
        f"targets:\n  - {{id: here, folder: {{path: {tmp_path}/web}}}}\n"
        f"  - {{id: gone, branch: {{repository: {tmp_path}/nowhere.git}}}}\n",
        "utf-8",
    )
    for words, faults in (((), 0), (("--target", "here"), 0), (("--target", "gone"), 1)):
        found = json.loads(team.run("alert", "ready", "--format", "json", *words).output)
        assert sum(one["kind"] == "target" for one in found["faults"]) == faults, words
    assert team.run("alert", "ready", "--target", "other").exit_code == 2


def test_the_sample_is_honest_about_its_templates() -> None:
    found = Team(REPOSITORY).run("alert", "ready")
    assert found.exit_code == 1
    assert found.output.count("languages ready: 0 of 12") == 5
