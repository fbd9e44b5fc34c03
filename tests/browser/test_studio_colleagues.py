"""Two people share over git, one of them in the studio: no terminal, no lost word, no odd state."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.accessibility import violations
from support.build import REPOSITORY
from support.colleagues import colleagues, git, read
from support.studio import running
from support.timing import until
from support.watch import watched

pytestmark = pytest.mark.browser

VIEW = "/c/demo/colleagues"
POINT = "campaigns/demo/points/neighbours.md"


def test_a_day_of_two_people_who_share(tmp_path: Path, browser: Any) -> None:
    team = colleagues(tmp_path, REPOSITORY / "tests/invalid/_base")
    text = read(team.ours, POINT)
    (line,) = [one for one in text.split("\n") if one.startswith("fact:")]
    team.they_send(POINT, text.replace(line, "fact: Most neighbours help, says Noor."), "Noor")
    team.they_send(POINT, read(team.theirs, POINT) + "\nA line of Noor.\n")
    with running(team.ours) as studio, watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}/c/demo/points/neighbours")
        page.locator("#f-fact").fill("Most neighbours help, says Amal.")
        until(lambda: "says Amal" in read(team.ours, POINT), "the file has it")
        page.goto(f"{studio.address}/c/demo")
        page.get_by_role("link", name="Send colleagues what they do not have yet (1)").press(
            "Enter"
        )
        page.get_by_label("Your name or alias").fill("Amal")
        page.get_by_role("button", name="Send", exact=True).press("Enter")
        page.get_by_text("colleagues sent something that you do not have yet").wait_for()
        page.get_by_role("button", name="Fetch", exact=True).press("Enter")
        page.get_by_role("heading", name="Two versions met").wait_for()
        assert "A line of Noor." in read(team.ours, POINT)
        for language in ("ar", "fr", "en"):
            page.goto(f"{studio.address}{VIEW}?interface={language}")
            assert violations(page) == []
        page.get_by_role("link", name="Compare the two versions").press("Enter")
        page.get_by_role("button", name="Keep what was fetched").press("Enter")
        until(lambda: "<<<<<<<" not in read(team.ours, POINT), "the file has it")
        page.goto(studio.address + VIEW)
        page.get_by_text("Colleagues have all that is here").wait_for()
        page.goto(f"{studio.address}/c/demo/points/neighbours")
        page.locator("#f-fact").fill("Most neighbours help.")
        until(lambda: "fact: Most neighbours help.\n" in read(team.ours, POINT), "the file has it")
        page.goto(studio.address + VIEW)
        page.get_by_role("button", name="Send", exact=True).press("Enter")
        page.locator("[data-sent]").wait_for()
        assert seen.troubles == []
        page.goto(f"{studio.address}/c/demo/history")
        assert page.locator(".who", has_text="Noor").count()
    git(team.theirs, "pull", "-q")
    assert read(team.theirs, POINT) == read(team.ours, POINT)
    assert "fact: Most neighbours help." in read(team.ours, POINT)
    assert git(team.ours, "status", "--porcelain") == ""
    assert git(team.ours, "log", "-1", "--format=%an") == "Amal"
