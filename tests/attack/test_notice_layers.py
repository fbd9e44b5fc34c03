"""A notice is laid over this campaign's own site, from what this workspace's owner wrote."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from stopjihad.build.notice_inputs import read_for_notice
from stopjihad.problem import ProblemsFound

from support.crisis import PLACES, SAMPLE, Team
from support.targets import real_workspace

TARGETS = "targets:\n  - {id: live, folder: {path: ../web}}\n"


@pytest.fixture
def team(tmp_path: Path) -> Team:
    root = real_workspace(tmp_path / "workspace", TARGETS)
    found = Team(root)
    shutil.copytree(SAMPLE / "alerts/templates", found.campaign / "alerts/templates")
    file = found.campaign / "campaign.yaml"
    places = PLACES.replace("example.org", "neighbours-help.net")
    file.write_text(file.read_text("utf-8") + places, "utf-8")
    for name in ("Nour", "Sami"):
        found.done("review", "approve", "--language", "en", "--by", name, "alerts/attack-under-way")
    return found


def test_the_tree_of_another_campaign_is_no_ground_for_a_notice(team: Team) -> None:
    """Its signed record was moved along: its pages went up as this campaign's, signed anew."""
    demo = team.campaign
    other = demo.parent / "other"
    shutil.copytree(demo, other)
    page = next((other / "points").glob("*.md"))
    page.rename(page.with_name("of-the-other.md"))
    dist = team.root / "dist"
    team.done("build", "other")
    team.done("build", "demo")
    shutil.rmtree(other)
    for folder in (dist, dist / ".stopjihad"):
        shutil.rmtree(folder / "demo")
        (folder / "other").rename(folder / "demo")
    team.write("lyon")
    for name in ("Nour", "Sami"):
        team.done("alert", "approve", "lyon", "--by", name)
    team.done("alert", "publish", "lyon", "--by", "Nour")
    assert not list(team.site.rglob("*of-the-other*"))
    assert "Market square" in (team.site / "en/alert/index.html").read_text("utf-8")


def test_a_reading_of_another_workspace_does_not_stand_in(team: Team, tmp_path: Path) -> None:
    """Both have a campaign of this name and this user signed both."""
    stranger = tmp_path / "stranger"
    shutil.copytree(team.root, stranger, ignore=shutil.ignore_patterns("dist", ".stopjihad"))
    read_for_notice(stranger, "demo")
    kept = ".stopjihad/campaigns/demo.yaml"
    (team.root / kept).parent.mkdir(parents=True, exist_ok=True)
    shutil.copy(stranger / kept, team.root / kept)
    (team.campaign / "campaign.yaml").write_text("places: [\n", "utf-8")
    with pytest.raises(ProblemsFound):
        read_for_notice(team.root, "demo")
    (stranger / "campaigns/demo/campaign.yaml").write_text("places: [\n", "utf-8")
    assert "read last" in read_for_notice(stranger, "demo").said
