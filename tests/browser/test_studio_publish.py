"""What may not return says why: the studio gives the answers of the command."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.build import stopjihad
from support.publications import NOON
from support.studio import Running, running
from support.targets import real_workspace
from support.watch import watched

pytestmark = pytest.mark.browser

BASE = "/c/demo"
POINT = "campaigns/demo/points/neighbours.md"


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    """Give a small campaign that is no sample, and has no target."""
    root = real_workspace(tmp_path / "workspace", "")
    (root / "campaigns/demo/targets.yaml").unlink()
    with running(root, now=lambda: NOON) as found:
        yield found


def rewrite(studio: Running, old: str, new: str) -> None:
    path = studio.workspace / POINT
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")


def test_what_may_not_return_says_why(studio: Running, browser: Any) -> None:
    """The studio gives the command's own answers: words whose approval was withdrawn stay away."""
    root = studio.workspace
    targets = "targets:\n  - {id: live, folder: {path: ../web}}\n"
    (root / "campaigns/demo/targets.yaml").write_text(targets, "utf-8")
    day = {"SOURCE_DATE_EPOCH": str(int(NOON.timestamp()))}

    def run(*words: str, **more: str) -> None:
        done = stopjihad("-C", root, *words, **(day | more))
        assert done.returncode == 0, done.stdout + done.stderr

    about = ("--language", "en", "--by", "Nour", "neighbours/body")
    run("review", "approve", "--role", "reader", *about)
    run("publish", "live", "--build")
    rewrite(studio, "guard us", "guard us all")
    run("publish", "live", "--build")
    later = {"SOURCE_DATE_EPOCH": str(int((NOON + dt.timedelta(minutes=5)).timestamp()))}
    run("review", "withdraw", *about, **later)
    with watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}{BASE}/publish")
        row = page.locator("[data-publication]").nth(1)
        assert "may not return" in row.inner_text()
        row.locator("summary").first.click()
        assert "the approval of words in it was withdrawn" in row.inner_text()
        assert row.get_by_role("button").count() == 0
