"""On a calm day the program says what would keep a notice from going out."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from support.build import REPOSITORY
from support.crisis import Team, crisis_workspace

POLYGON = 'polygon: ["45.75,4.83", "45.75,4.84", "45.76,4.84", "45.75,4.83"]'

pytestmark = pytest.mark.usefixtures("plain_notices")


@pytest.fixture
def team(tmp_path: Path) -> Team:
    found = Team(crisis_workspace(tmp_path / "workspace"))
    for path in (found.campaign / "alerts/templates").iterdir():
        if path.stem != "attack-under-way":
            path.unlink()
    file = found.campaign / "campaign.yaml"
    text = file.read_text("utf-8")
    file.write_text(
        text.replace(
            "central-station, name: Central station",
            "central-station, name: Central station, country: FR",
        ).replace("city-centre, name: City centre", "city-centre, name: City centre, country: FR"),
        "utf-8",
    )
    return found


def test_a_template_that_nobody_approved_is_not_ready(team: Team) -> None:
    found = team.run("alert", "ready")
    assert found.exit_code == 1
    assert "attack-under-way: languages ready: 0 of 3" in found.output
    assert "(en, fr, ar): nobody has approved the template" in found.output
    assert "review approve --language en --by NAME alerts/attack-under-way" in found.output
    assert "people known from the ledger: none" in found.output
    assert found.output.endswith("not ready: 4 things\n")
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
    ready = team.done("alert", "ready")
    assert "languages ready: 3 of 3" in ready
    assert ready.endswith("\nready\n")


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
    text = file.read_text("utf-8").replace("sample: true\n", "")
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
