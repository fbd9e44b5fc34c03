"""A new text and a rewritten one are read, approved, let go and put back as one, by keyboard."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.accessibility import violations
from support.build import CAMPAIGN
from support.studio import copy_workspace, running
from support.timing import until
from support.watch import watched

pytestmark = pytest.mark.browser

VIEW = f"/c/{CAMPAIGN}/sets"


def approve(page: Any) -> None:
    page.get_by_role("button", name="Approve all of it").press("Enter")
    page.get_by_text("All of it is signed").wait_for()


def send_back_and_correct(page: Any, rewrite: Path) -> None:
    """Send all of it back; its writer sees why at the words, and changes them; it is signed."""
    page.get_by_role("button", name="Send back").press("Enter")
    page.get_by_label("In your words").fill("Say when.")
    page.get_by_role("button", name="Send", exact=True).press("Enter")
    said = page.locator(".remark.returned", has_text="Say when.")
    said.wait_for()
    assert page.get_by_role("button", name="Ready: all of it goes out").is_disabled()
    assert violations(page) == []
    page.get_by_role("link", name="Sets").first.press("Enter")
    page.get_by_text("sent back: to be changed").wait_for()
    page.get_by_role("link", name="autumn", exact=True).press("Enter")
    rewritten = page.locator("section", has_text="takes the place of what readers see")
    rewritten.get_by_role("link", name="Open the fields").press("Enter")
    said.wait_for()
    page.locator("#f-fact").fill("Mothers speak out today.")
    until(lambda: "fact: Mothers speak out today." in rewrite.read_text("utf-8"), "it is saved")
    page.get_by_role("link", name="Set: autumn").press("Enter")
    page.locator(".remark:not(.returned)", has_text="Say when.").wait_for()
    approve(page)
    page.locator(".remark").wait_for(state="detached")


def test_a_set_from_first_word_to_way_back(tmp_path: Path, browser: Any) -> None:
    root = copy_workspace(tmp_path)
    points = root / "campaigns" / CAMPAIGN / "points"
    before = (points / "mothers-speak.md").read_text("utf-8")
    other = (points / "letters-home.md").read_text("utf-8")
    fresh = other.replace("---\n", "---\ndraft: true\n", 1).replace("fact: ", "fact: Fresh. ", 1)
    (points / "fresh.md").write_text(fresh, "utf-8")
    with running(root) as studio, watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(studio.address + VIEW)
        page.get_by_label("What you call it").fill("autumn")
        page.locator('[value$="points/fresh.md"]').press(" ")
        page.locator('[value$="points/mothers-speak.md"]').press(" ")
        page.get_by_role("button", name="Put them into it").press("Enter")
        page.wait_for_url("**/sets/autumn")
        for language in ("ar", "fr", "en"):
            page.goto(f"{studio.address}{VIEW}/autumn?interface={language}")
            assert violations(page) == []
        rewritten = page.locator("section", has_text="takes the place of what readers see")
        rewritten.get_by_role("link", name="Open the fields").press("Enter")
        page.get_by_role("link", name="Set: autumn").wait_for()
        page.locator("#f-fact").fill("Mothers speak out.")
        rewrite = points / "mothers-speak-autumn.md"
        until(lambda: "fact: Mothers speak out." in rewrite.read_text("utf-8"), "it is saved")
        page.get_by_role("link", name="Set: autumn").press("Enter")
        page.locator(".as-read", has_text="Mothers speak out.").wait_for()
        page.locator("[data-open=me]").press("Enter")
        page.get_by_label("What others call you").fill("Amal")
        page.get_by_role("button", name="That is me").press("Enter")
        approve(page)
        send_back_and_correct(page, rewrite)
        page.get_by_role("button", name="Ready: all of it goes out").press("Enter")
        page.wait_for_url("**/sets")
        assert "fact: Mothers speak out today." in (points / "mothers-speak.md").read_text("utf-8")
        assert "draft" not in (points / "fresh.md").read_text("utf-8").partition("\n---")[0]
        page.goto(studio.address + VIEW)
        page.locator("summary", has_text="autumn").press("Enter")
        page.get_by_role("button", name="Put the set back").press("Enter")
        page.get_by_role("link", name="autumn", exact=True).wait_for()
        assert (points / "mothers-speak.md").read_text("utf-8") == before
        assert "change_set: autumn" in (points / "fresh.md").read_text("utf-8")
        assert seen.troubles == []
