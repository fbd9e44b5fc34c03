"""A draft is shown to its writer, marked as such, and Ready takes the mark off."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from support.build import CAMPAIGN
from support.studio import copy_workspace, running
from support.timing import until
from support.watch import watched

pytestmark = pytest.mark.browser


def test_ready_takes_the_mark_of_a_draft_off(browser: Any, tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path)
    begun = workspace / "campaigns" / CAMPAIGN / "points/begun.md"
    text = begun.with_name("letters-home.md").read_text("utf-8")
    begun.write_text(text.replace("---\n", "---\ndraft: true\n", 1), "utf-8")
    address = "site/en/points/begun/"
    with running(workspace) as studio, watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}/c/{CAMPAIGN}/points?interface=en")
        marked = page.locator(".points > li", has_text="Draft: nothing is made of it")
        assert marked.count() == 1
        marked.locator("h2 a").click()
        page.frame_locator("[data-frame]").locator("h1").wait_for()
        assert studio.ask(f"/out/{CAMPAIGN}/{address}").status == 404
        page.locator("[data-ready]").click()
        page.locator("[data-draft]").wait_for(state="hidden")
        until(lambda: begun.read_text("utf-8") == text, "the file still says that it is a draft")
        path = f"/out/{CAMPAIGN}/{address}"
        until(lambda: studio.ask(path).status in {200, 308}, "nothing is made of it")
        page.locator("[data-undo]").click()
        page.locator("[data-ready]").wait_for()
        until(lambda: "draft: true" in begun.read_text("utf-8"), "undo does not bring it back")


def test_a_point_is_withdrawn_and_told_again(browser: Any, tmp_path: Path) -> None:
    """What was wrong is a form; the list says that it is withdrawn, not that it is broken."""
    workspace = copy_workspace(tmp_path)
    file = workspace / "campaigns" / CAMPAIGN / "points/mothers-speak.md"
    with running(workspace) as studio, watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}/c/{CAMPAIGN}/points/mothers-speak?interface=en")
        page.frame_locator("[data-frame]").locator("h1").wait_for()
        page.locator("summary", has_text="When something was wrong").click()
        page.get_by_role("button", name="Say what was wrong").click()
        page.locator('[data-path="corrections.0.why"]').fill("Until 1 December we wrote 40.")
        until(lambda: "Until 1 December" in file.read_text("utf-8"), "the words are not saved")
        page.locator('[data-remove="corrections.0"]').click()
        page.locator('[data-path="corrections.0.why"]').wait_for(state="detached")
        page.get_by_role("button", name="Withdraw this talking point").click()
        page.locator('[data-path="withdrawn.why"]').fill("Its source took it back.")
        shown = page.frame_locator("[data-frame]")
        shown.get_by_role("heading", name="We have withdrawn this page").wait_for()
        shown.get_by_text("Its source took it back.").wait_for()
        page.goto(f"{studio.address}/c/{CAMPAIGN}/points")
        assert page.locator(".points > li", has_text="Withdrawn").count() == 1
        assert page.locator(".notice.bad").count() == 0
        page.locator(".points > li", has_text="Withdrawn").locator("h2 a").click()
        shown.get_by_role("heading", name="We have withdrawn this page").wait_for()
        page.get_by_role("button", name="Tell it again").click()
        until(lambda: "withdrawn" not in file.read_text("utf-8"), "it is still withdrawn")
