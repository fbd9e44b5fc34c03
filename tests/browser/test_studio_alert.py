"""A press officer sends a notice from the studio: no step needs a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stopjihad.load.drills import HEADS

from support.accessibility import violations
from support.build import CAMPAIGN
from support.crisis import BANNER, Team, crisis_workspace
from support.keyboard import choose, tab_to, write
from support.serve import served
from support.studio import Running, running
from support.watch import watched

pytestmark = pytest.mark.browser

NARROW, WIDE = {"width": 360, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture
def team(tmp_path: Path) -> Team:
    found = Team(crisis_workspace(tmp_path / "workspace"))
    found.cut_down()
    file = found.campaign / "campaign.yaml"
    file.write_text(file.read_text("utf-8").replace("[claim-and-fact, help]", "[]"), "utf-8")
    found.approve_template()
    row = "2026-11-01T10:00:00+00:00,drill,attack-over,12.0,20.0,31.5,8.2,en fr ar,,"
    table = found.campaign / "alerts" / "drills.csv"
    table.write_text(f"{','.join(HEADS)}\n{row}\n", "utf-8")
    return found


@pytest.fixture
def studio(team: Team, monkeypatch: pytest.MonkeyPatch) -> Iterator[Running]:
    # Four sites are built: starting processes for each costs more than they save.
    monkeypatch.setattr("stopjihad.build.work.execute.processors", lambda: 1)
    with running(team.root, now=lambda: team.now) as found:
        yield found


def look(page: Any, *, french: bool = True) -> None:
    """Look at the page on a phone in English, and wide, dark and in French: axe says nothing."""
    path = page.url.split("?")[0].partition("#")[0]
    assert violations(page) == [], path
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    if not french:
        return
    other = page.context.new_page()
    other.set_viewport_size(WIDE)
    other.emulate_media(color_scheme="dark")
    other.goto(f"{path}?interface=fr")
    assert violations(other) == [], f"{path} in French"
    other.goto(f"{path}?interface=en")  # the choice is kept for the whole browser
    other.close()


def start_by_keyboard(page: Any) -> None:
    tab_to(page, selector="[name=status]")
    page.keyboard.press("Space")
    tab_to(page, selector="[name=template]")
    page.keyboard.press("Space")
    write(page, "#n-by", "Nour")
    choose(page, "Start: the clock runs")
    page.wait_for_url("**/alerts/2026*")


def fill_by_keyboard(page: Any) -> None:
    choose(page, "Save the slots")
    page.get_by_text("Choose where it is.").wait_for()
    assert page.evaluate("document.activeElement.id") == "s-place"
    assert page.locator("#e-slots-confirmed_by").inner_text().startswith("Choose who confirmed it.")
    page.keyboard.type("Market")
    tab_to(page, selector="#s-since")
    page.keyboard.type("11242026")
    page.keyboard.press("Tab")
    page.keyboard.type("1250PM")
    assert page.locator("#s-since").input_value() == "2026-11-24T12:50"
    tab_to(page, selector="#s-by")
    page.keyboard.type("The police")
    tab_to(page, selector="[name=confirmed]")
    page.keyboard.press("Space")
    choose(page, "Save the slots")
    page.locator("#approve").wait_for()


def approve(page: Any, name: str) -> None:
    people = page.locator(".people li").count()
    page.locator("#approve-by").fill(name)
    page.locator("#approve button").click()
    page.locator(".people li").nth(people).wait_for()


def send(page: Any, name: str, state: str) -> None:
    page.locator("#send-by").fill(name)
    page.locator("#send button").click()
    page.locator(".state", has_text=state).wait_for()


def look_as_readers(browser: Any, site: Path) -> None:
    """Look at what was published, from left to right and from right to left, narrow and wide."""
    with served(site, "/") as address:
        for viewport, scheme in ((NARROW, "light"), (WIDE, "dark")):
            with watched(browser, viewport=viewport, color_scheme=scheme) as (seen, _):
                for path in ("en/alert/", "ar/alert/"):
                    seen.visit(address + path)
                    assert violations(seen.page) == [], path
                    assert seen.page.locator(".strip.alert").is_visible(), path
                assert seen.troubles == []


def update(page: Any, team: Team) -> None:
    team.later(40)
    page.locator("[name=confirmed][value=people-hurt]").uncheck()
    page.locator("#s-next").fill("2026-11-24T16:00")
    page.get_by_role("button", name="Save the slots").click()
    page.locator("#approve").wait_for()
    assert "Changed since somebody approved it" in page.locator("main").inner_text()
    for name in ("Nour", "Ida"):
        approve(page, name)
    send(page, "Nour", "updated")
    text = (team.site / "fr/alert/index.html").read_text("utf-8")
    assert "16:00" in text
    assert "Des personnes sont blessées" not in text


def test_a_notice_from_template_to_end(browser: Any, team: Team, studio: Running) -> None:
    with watched(browser, viewport=NARROW, locale="en-GB") as (seen, _):
        page = seen.page
        page.set_default_timeout(240_000)  # publishing builds the site twice
        studio.let_in(page)
        page.goto(f"{studio.address}/c/{CAMPAIGN}/alerts?interface=en")
        look(page)
        start_by_keyboard(page)
        team.later(12)
        fill_by_keyboard(page)
        for text in ("Market square: attack under way", "Place du Marché", "12 minutes gone"):
            assert text in page.locator("main").inner_text(), text
        assert page.locator("#send button").is_disabled()
        why = page.locator("#send button").get_attribute("aria-describedby")
        assert page.locator(f"#{why}").inner_text() == "Two different people must approve it first."
        team.later(8)
        tab_to(page, selector="#approve-by")
        assert page.locator("#approve-by").input_value() == "Nour"
        choose(page, "Approve as the first person")
        page.get_by_text("approved by Nour").wait_for()
        look(page)
        # From here on with a finger. The same person is told before the click, and refused after.
        page.locator("#approve-by").fill(" nour ")
        assert "Another person" in page.locator("#e-approve-by").inner_text()
        page.locator("#approve button").click()
        page.locator("#approve [data-refused]").get_by_text("Another person").wait_for()
        team.later(5)
        approve(page, "Ida")
        team.later(5)
        send(page, "Ida", "published")
        assert "Out after 30 minutes" in page.locator(".clock").inner_text()
        pages = list(team.site.rglob("*.html"))
        assert [path for path in pages if BANNER not in path.read_text("utf-8")] == []
        look(page)
        look_as_readers(browser, team.site)

        update(page, team)
        team.later(60)
        page.locator("#end-by").fill("Ida")
        page.locator("#end button").click()
        page.locator(".state", has_text="ended").wait_for()
        assert team.marked(team.site) == []
        rows = page.locator(".steps li").all_inner_texts()
        said = [row.replace("\n", " ").split(" · ")[0].split()[-1] for row in rows]
        once = ["Started", "Approved", "Approved", "Published"]
        assert said == [*once, "Approved", "Approved", "Updated", "Ended"]
        assert page.locator("main form").count() == 0
        look(page, french=False)
        assert [one for one in seen.troubles if "422" not in one and "409" not in one] == []
