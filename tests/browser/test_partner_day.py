"""A partner's day: a kit, a number that was wrong, a kit that says so, posts that are stopped."""

from __future__ import annotations

import datetime as dt
import io
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.build import CAMPAIGN, stopjihad
from support.studio import POINT, Running, copy_workspace, running
from support.timing import until
from support.watch import Watched, wait_until, watched

pytestmark = pytest.mark.browser

BASE = f"/c/{CAMPAIGN}"
SITE = "https://campaign.example.org"
NOW = dt.datetime(2026, 12, 1, 8, tzinfo=dt.UTC)
WRONG, RIGHT = "Mothers of 27 young Europeans", "Mothers of 24 young Europeans"
WHY = "We had counted three families twice."


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    """Give the small campaign, one of its facts with a number."""
    root = copy_workspace(tmp_path)
    _rewrite(root / f"campaigns/{CAMPAIGN}/points/{POINT}.md", "Mothers of young Europeans", WRONG)
    with running(root, now=lambda: NOW) as found:
        yield found


def _rewrite(file: Path, old: str, new: str) -> None:
    file.write_text(file.read_text("utf-8").replace(old, new), "utf-8")


def add_partner(page: Any) -> None:
    """Make the partner with the form."""
    page.get_by_role("button", name="New partner").click()
    for words, said in {
        "Name": "Neighbourhood club",
        "Who pays for their part": "Members, City of Lyon",
        "Country whose helplines they show": "GB",
        "Where to write when a fact is corrected": "club@example.org",
        "Who of you knows them": "Nadia",
    }.items():
        page.get_by_label(words, exact=True).fill(said)
    page.get_by_role("checkbox", name="English").check()
    page.get_by_role("checkbox", name="Everybody who works with the kit is an adult").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/campaign/partners/neighbourhood-club")


def take_kit(page: Any, folder: Path) -> Path:
    """Look at what the kit holds, and take it home."""
    page.get_by_role("link", name="Put it together").click()
    file: Path = folder / "kit.zip"
    with page.expect_download() as taken:
        page.get_by_role("link", name="Download").click()
    taken.value.save_as(file)
    return file


def queue_posts(page: Any) -> None:
    """Take a calendar of posts to another program."""
    page.get_by_role("radio", name="iCalendar").check()
    page.get_by_role("checkbox", name="English").check()
    with page.expect_download():
        page.get_by_role("button", name="Download").click()


def correct_number(page: Any) -> None:
    """Say the right number, and what was wrong."""
    page.locator("#f-fact").fill(page.locator("#f-fact").input_value().replace(WRONG, RIGHT))
    page.get_by_text("When something was wrong").click()
    page.get_by_role("button", name="Say what was wrong").click()
    page.get_by_label("What was wrong", exact=True).fill(WHY)
    wait_until(page, "() => document.querySelector('[data-state]').textContent === 'Saved'")


def look_at_kit(seen: Watched, kit: Path, site: Path) -> None:
    """Open the kit's page that asks whether it is of today, and follow it to the site."""
    page = seen.page

    def answer(route: Any) -> None:
        path = site / route.request.url.removeprefix(f"{SITE}/").partition("#")[0]
        route.fulfill(path=path / "index.html" if path.is_dir() else path)

    page.route(f"{SITE}/**", answer)
    with zipfile.ZipFile(kit) as archive:
        archive.extract("UPDATE-CHECK.html", kit.parent)
    page.goto((kit.parent / "UPDATE-CHECK.html").as_uri())
    page.get_by_role("link").first.click()
    page.wait_for_url(f"{SITE}/en/**")
    said = page.locator("main").inner_text()
    assert WHY in said
    assert RIGHT in said


def stop_everything(page: Any) -> zipfile.ZipFile:
    """Press the button of a crisis, and read what to delete."""
    heading = page.get_by_role("heading", name="iCalendar")
    until(lambda: page.reload() and heading.count(), "what was exported is not listed")
    with page.expect_download() as taken:
        page.get_by_role("link", name="All of them, and what goes out later").click()
    return zipfile.ZipFile(io.BytesIO(Path(taken.value.path()).read_bytes()))


def test_the_whole_story(studio: Running, browser: Any, tmp_path: Path) -> None:
    with watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}{BASE}/campaign/partners")
        add_partner(page)
        kit = take_kit(page, tmp_path)
        page.goto(f"{studio.address}{BASE}/export")
        queue_posts(page)
        page.goto(f"{studio.address}{BASE}/points/{POINT}")
        correct_number(page)
        day = {"SOURCE_DATE_EPOCH": str(int((NOW + dt.timedelta(hours=1)).timestamp()))}
        built = stopjihad("-C", studio.workspace, "build", "--only", "site,cards,posts,kits", **day)
        assert built.returncode == 0, built.stderr
        with watched(browser) as (partner, _):
            look_at_kit(partner, kit, studio.workspace / f"dist/{CAMPAIGN}/site")
        page.goto(f"{studio.address}{BASE}/queue")
        with stop_everything(page) as archive:
            assert archive.read("stop.csv").count(b"\n") > 1
        wrong = page.get_by_role("region", name="Correct by hand")
        wrong.locator("summary").first.click()
        assert WRONG in wrong.inner_text()
        assert RIGHT in wrong.inner_text()
        mail = page.get_by_role("region", name="Write to partners")
        mail.locator("summary").first.click()
        assert "club@example.org" in mail.inner_text()
        assert WHY in mail.inner_text()
        assert seen.troubles == []
