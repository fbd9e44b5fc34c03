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
