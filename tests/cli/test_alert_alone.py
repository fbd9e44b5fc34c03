"""Where no second person can be reached, one sends an alert in her name, and everything says so."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.crisis import Team, crisis_workspace

pytestmark = pytest.mark.usefixtures("plain_alerts")

SAID = "So far one person alone has approved this alert."
WHY = "Nobody answers, shots are heard."


@pytest.fixture
def team(tmp_path: Path) -> Team:
    found = Team(crisis_workspace(tmp_path / "workspace"))
    found.cut_down()
    found.approve_template()
    found.write("lyon")
    return found


def test_one_person_alone_is_said_until_a_second_one_approves(team: Team) -> None:
    for words in (("--alone",), ("--reason", WHY), ("--alone", "--reason", " ")):
        assert team.run("alert", "publish", "lyon", "--by", "Nour", *words).exit_code == 2
    alone = ("--alone", "--reason", WHY)
    sent = team.done("alert", "publish", "lyon", "--by", "Nour", *alone)
    assert f"Nour ALONE answers for it: {WHY}" in sent
    page = team.site / "en/alert/index.html"
    assert SAID in page.read_text("utf-8")
    assert f"warning[alert-alone] Nour alone sent 'lyon': {WHY}" in team.run("check").output
    assert f"sent by Nour alone: {WHY}" in team.done("alert", "show", "lyon", "--language", "en")

    team.later(3)
    assert "alert-same-person" in team.run("alert", "approve", "lyon", "--by", "NOUR").output
    team.done("build", "-q")
    assert SAID in page.read_text("utf-8")
    team.done("alert", "approve", "lyon", "--by", "Ida")
    assert "alert-alone" not in team.run("check").output
    team.done("build", "-q")
    assert SAID not in page.read_text("utf-8")
    assert team.marked(team.site) != []  # it holds on


def test_two_people_need_nobody_alone(team: Team) -> None:
    team.done("alert", "approve", "lyon", "--by", "Nour")
    team.done("alert", "approve", "lyon", "--by", "Ida")
    alone = team.run("alert", "publish", "lyon", "--by", "Nour", "--alone", "--reason", WHY)
    assert alone.exit_code == 2
    assert "two people have approved it" in alone.output
