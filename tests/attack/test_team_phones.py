"""Telephones of the team stand on its call sheet, and nowhere that readers look."""

from __future__ import annotations

from pathlib import Path

import pytest

from support.crisis import Team, crisis_workspace

pytestmark = pytest.mark.usefixtures("plain_alerts")

NUMBERS = (b"555 0100", b"555 0199", b"deputy of the night desk")


def test_telephones_of_the_team_are_never_published(tmp_path: Path) -> None:
    team = Team(crisis_workspace(tmp_path / "workspace"))
    team.cut_down()
    file = team.campaign / "campaign.yaml"
    text = file.read_text("utf-8").replace(
        'url: "https://police.example.org/news"}',
        'url: "https://police.example.org/news", phone: "555 0100"}',
    )
    file.write_text(
        f"{text}on_call:\n"
        '  - {name: Duty officer, role: deputy of the night desk, phone: "555 0199"}\n',
        "utf-8",
    )
    team.done("alert", "drill", "attack-under-way", "--place", "market-square")
    [out] = (team.root / "dist/drills").iterdir()
    [sheet] = out.glob("[!.]*/alert/*/call-sheet.txt")  # beside it lies what a build may link
    printed = sheet.read_bytes()
    assert all(number in printed for number in NUMBERS)
    assert b"answers now" in printed or b"closed now" in printed
    team.done("build", "-q")
    built = [
        path
        for path in (team.root / "dist").rglob("*")
        if path.is_file() and path != sheet and ".stopjihad" not in path.parts
    ]
    assert len(built) > 200
    found = [path for path in built if any(one in path.read_bytes() for one in NUMBERS)]
    assert found == []
