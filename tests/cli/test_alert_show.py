"""What an alert says can be read in a terminal before anybody approves it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from support.crisis import Team, crisis_workspace

pytestmark = pytest.mark.usefixtures("plain_alerts")


def test_an_alert_is_read_in_every_language_beside_its_source(tmp_path: Path) -> None:
    team = Team(crisis_workspace(tmp_path / "workspace"))
    team.write("lyon")
    unapproved = team.done("alert", "show", "lyon")
    assert "left out: ar (nobody has approved the template)" in unapproved
    team.approve_template()
    team.done("alert", "approve", "lyon", "--by", "Nour")
    shown = team.done("alert", "show", "lyon")
    assert "lyon: approved once, 3 languages\n  approved by Nour\n" in shown
    assert "{" not in shown  # slots are filled
    english, arabic = shown.index("\nen  "), shown.index("\nar  ")
    assert english < arabic
    lines = shown[arabic:].splitlines()
    at = lines.index("  headline")
    assert lines[at + 1].startswith("    en  \u2066Market square: attack under way.")
    # A line from right to left is isolated: its marks stay at its own end.
    assert lines[at + 2].startswith("    ar  \u2067ساحة السوق")
    assert lines[at + 2].endswith("\u2069")
    alone = team.done("alert", "show", "lyon", "--language", "fr")
    assert "\nfr  " in alone
    assert "\nar  " not in alone

    read = json.loads(team.done("alert", "show", "lyon", "--format", "json"))
    assert (read["state"], read["approved"]) == ("approved once", ["Nour"])
    said = {one["tag"]: one["words"] for one in read["languages"]}
    assert [len(words) for words in said.values()] == [len(said["en"])] * 3
    assert {row["part"] for row in said["fr"]} > {"headline", "action", "call", "until"}
    assert all(row["source"] for row in said["fr"])

    team.write("lyon", place="central-station")
    changed = team.done("alert", "show", "lyon")
    assert "lyon: drafted" in changed
    assert "changed since somebody approved it: place" in changed


def test_wrong_slots_are_answered_with_what_there_is(tmp_path: Path) -> None:
    team = Team(crisis_workspace(tmp_path / "workspace"))
    team.write("gare", place="Central Station", confirmed_by="Police", confirmed="[people hurt]")
    refused = team.run("alert", "show", "gare")
    assert refused.exit_code == 1
    known = (
        "did you mean 'central-station'? known here: central-station, city-centre, market-square",
        "did you mean 'police'? known here: police",
        "did you mean 'people-hurt'? known here: area-closed, emergency-services, people-hurt",
    )
    for words in known:
        assert words in refused.output
