"""A press officer sends an alert from the studio: no step needs a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from stopjihad.load.drills import HEADS

from support.accessibility import violations
from support.build import CAMPAIGN
from support.crisis import BANNER, Team, crisis_workspace, silent
from support.keyboard import choose, tab_to, write
from support.serve import served
from support.studio import Running, running
from support.watch import watched

pytestmark = pytest.mark.browser

NARROW, WIDE = {"width": 360, "height": 800}, {"width": 1280, "height": 900}


@pytest.fixture(scope="module")
def team(tmp_path_factory: pytest.TempPathFactory) -> Team:
    """Give a public authority whose template of attacks was approved beforehand."""
    found = Team(crisis_workspace(tmp_path_factory.mktemp("alert") / "workspace"))
    found.cut_down()
    found.become_authority()
    found.approve_template()
    row = "2026-11-01T10:00:00+00:00,drill,attack-over,12.0,20.0,31.5,8.2,en fr ar,,"
    table = found.campaign / "alerts" / "drills.csv"
    table.write_text(f"{','.join(HEADS)}\n{row}\n", "utf-8")
    return found


@pytest.fixture(scope="module")
def studio(team: Team) -> Iterator[Running]:
    """Give one studio for all tests of this file: an alert that one leaves is over."""
    with running(team.root, now=lambda: team.now) as found:
        yield found


@pytest.fixture(scope="module")
def french(browser: Any, studio: Running) -> Iterator[Any]:
    """Give a browser of somebody else: wide, dark and in French."""
    with watched(browser, viewport=WIDE, color_scheme="dark", locale="fr") as (seen, _):
        studio.let_in(seen.page)
        yield seen.page


@pytest.fixture
def page(browser: Any, studio: Running) -> Iterator[Any]:
    """Give a telephone in English; nothing but what is refused on purpose troubles it."""
    with watched(browser, viewport=NARROW, locale="en-GB") as (seen, _):
        seen.page.set_default_timeout(240_000)  # publishing builds the site twice
        studio.let_in(seen.page)
        yield seen.page
        assert [one for one in seen.troubles if "422" not in one and "409" not in one] == []


def look(page: Any, french: Any) -> None:
    """Look at the page on a phone in English, and wide, dark and in French: axe says nothing."""
    path = page.url.split("?")[0].partition("#")[0]
    assert violations(page) == [], path
    assert page.evaluate("document.documentElement.scrollWidth") <= NARROW["width"]
    french.goto(path)
    assert french.locator("html").get_attribute("lang") == "fr"
    assert violations(french) == [], f"{path} in French"


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
    with served(site, "/") as address, watched(browser) as (seen, _):
        for path in ("en/alert/", "ar/alert/"):
            seen.visit(address + path)
            for viewport, scheme in ((NARROW, "light"), (WIDE, "dark")):
                seen.page.set_viewport_size(viewport)
                seen.page.emulate_media(color_scheme=scheme)
                assert violations(seen.page) == [], path
                assert seen.page.locator(".strip.alert, .alarm").is_visible(), path
        assert seen.troubles == []


def previewed(studio: Running) -> list[bool]:
    """Tell of pages in the preview whether they have the banner."""
    paths = ("en/", "fr/points/letters-home/", "ar/about/")
    answers = [studio.ask(f"/out/{CAMPAIGN}/site/{path}") for path in paths]
    assert {one.status for one in answers} == {200}
    return [BANNER.encode() in one.body for one in answers]


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


def expire_and_end(team: Team, studio: Running, page: Any, french: Any) -> None:
    """Let an alert expire, and take it away by keyboard."""
    team.later(7 * 60)
    page.reload()
    assert "It was over at 20:10. Take it away now." in page.locator(".notice.bad").inner_text()
    assert page.locator("[data-copy], a[download]").count() == 0  # nobody shall send it any more
    assert previewed(studio) == [False] * 3
    assert team.marked(team.site) != []
    look(page, french)
    choose(page, "Next: update it, or end it")
    write(page, "#end-by", "Ida")
    page.locator("#end-why").select_option("over")
    choose(page, "End it: it is over")
    page.locator(".state", has_text="ended").wait_for()
    assert team.marked(team.site) == []
    assert page.locator("main form, [data-copy], a[download]").count() == 0
    look(page, french)


def test_an_alert_from_template_to_end(
    browser: Any, team: Team, studio: Running, page: Any, french: Any
) -> None:
    page.goto(f"{studio.address}/c/{CAMPAIGN}/alerts?interface=en")
    look(page, french)
    assert "… : attaque en cours." in french.locator("main").inner_text().replace("\xa0", " ")
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
    look(page, french)
    assert french.locator("h1").inner_text().startswith("Place du Marché")
    # From here on with a finger. The same person is told before the click, and refused after.
    page.locator("#approve-by").fill(" nour ")
    assert "Another person" in page.locator("#e-approve-by").inner_text()
    page.locator("#approve button").click()
    page.locator("#approve [data-refused]").get_by_text("Another person").wait_for()
    team.later(5)
    approve(page, "Ida")
    assert previewed(studio) == [False] * 3
    team.later(5)
    send(page, "Ida", "published")
    assert "Out after 30 minutes" in page.locator(".clock").inner_text()
    pages = list(team.site.rglob("*.html"))
    assert silent(pages) == []
    assert previewed(studio) == [True] * 3
    look(page, french)
    look_as_readers(browser, team.site)
    update(page, team)
    expire_and_end(team, studio, page, french)
    rows = page.locator(".steps li").all_inner_texts()
    said = [row.replace("\n", " ").split(" · ")[0].split()[-1] for row in rows]
    once = ["Started", "Approved", "Approved", "Published"]
    assert said == [*once, "Approved", "Approved", "Updated", "Ended"]


def test_a_mistake_is_withdrawn_and_machines_are_told(
    team: Team, studio: Running, page: Any, french: Any
) -> None:
    team.write("mistake")
    for name in ("Nour", "Ida"):
        team.done("alert", "approve", "mistake", "--by", name)
    team.done("alert", "publish", "mistake", "--by", "Ida")
    assert "<msgType>Alert</msgType>" in (team.site / "cap.xml").read_text("utf-8")
    team.later(9)
    page.goto(f"{studio.address}/c/{CAMPAIGN}/alerts/mistake?interface=en")
    choose(page, "Withdraw it: it should never have been sent")
    write(page, "#withdraw-by", "Nour")
    choose(page, "Withdraw it")
    page.get_by_text("Choose what readers are told.").wait_for()
    assert page.evaluate("document.activeElement.id") == "withdraw-why"
    page.locator("#withdraw-why").select_option("corrected")
    write(page, "#end-reason", "The police took it back.")
    choose(page, "Withdraw it")
    told = "It is taken away, and machines are told so. Now upload the folder."
    page.get_by_role("status").get_by_text(told).wait_for()
    page.locator(".state", has_text="withdrawn").wait_for()
    assert "<msgType>Cancel</msgType>" in (team.site / "cap.xml").read_text("utf-8")
    assert team.marked(team.site) == []
    assert previewed(studio) == [False] * 3
    assert "the mistake was yours" in page.locator("main").inner_text()
    look(page, french)


def test_the_program_practises_alone(team: Team, studio: Running, page: Any, french: Any) -> None:
    page.goto(f"{studio.address}/c/{CAMPAIGN}/alerts?interface=en")
    known = page.locator("tbody tr").count()
    tab_to(page, selector="#n-drill")
    page.keyboard.type("…: attack under way")
    choose(page, "Let the program practise alone")
    page.locator("tbody tr").nth(known).wait_for()
    first = page.locator("tbody tr").first.inner_text()
    assert "the program alone" in first
    zone = ZoneInfo("Europe/Paris")
    assert f"{team.now.astimezone(zone):%Y-%m-%d %H:%M}" in first
    [made] = (team.root / "dist/drills").glob("drill-*")
    pages = list((made / CAMPAIGN / "site/fr").rglob("*.html"))
    assert pages != []
    assert [path for path in pages if "Exercice" not in path.read_text("utf-8")] == []
    assert team.marked(team.site) == []
    look(page, french)
