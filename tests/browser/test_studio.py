"""The studio's views in Chromium: accessible, usable by keyboard, honest about conflicts."""

from __future__ import annotations

import itertools
import json
import re
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.snapshot import StateChange
from stopjihad.studio.sections import SECTIONS
from stopjihad.text.yaml.fields import values

from support.accessibility import violations
from support.build import CAMPAIGN
from support.keyboard import tab_to
from support.studio import POINT, Running, copy_workspace, opened_twice, running
from support.watch import wait_until, watched

pytestmark = pytest.mark.browser

BASE = f"/c/{CAMPAIGN}"
VIEWS = (
    BASE,
    f"{BASE}/points",
    f"{BASE}/points/letters-home",
    f"{BASE}/file?path=campaigns/{CAMPAIGN}/points/letters-home.md&line=3",
    f"{BASE}/translate",
    f"{BASE}/translate/fr?of=letters-home",
    f"{BASE}/translate/ar?of=campaign",
    f"{BASE}/board",
    f"{BASE}/calendar",
    f"{BASE}/calendar?by=list",
    f"{BASE}/gallery",
    f"{BASE}/review?language=ar&single",
    f"{BASE}/review/sheet?language=ar&of=letters-home",
    f"{BASE}/export?format=ics",
    f"{BASE}/publish",
    f"{BASE}/colleagues",
    f"{BASE}/sets",
    f"{BASE}/history",
    f"{BASE}/history?at=0",
    f"{BASE}/site",
    f"{BASE}/made",
    f"{BASE}/campaign/begin",
    f"{BASE}/campaign/look",
    f"{BASE}/campaign/lines",
    f"{BASE}/campaign/languages",
    f"{BASE}/campaign/numbers",
    f"{BASE}/campaign/people",
    f"{BASE}/campaign/plan",
    f"{BASE}/alerts",
    f"{BASE}/problems",
    f"{BASE}/problems?overlay",
    "/nothing",
)


@pytest.fixture(scope="module")
def shown(tmp_path_factory: pytest.TempPathFactory, small_built: Path) -> Iterator[Running]:
    """Give a studio for tests that only look."""
    with running(copy_workspace(tmp_path_factory.mktemp("shown"), small_built)) as found:
        yield found


@pytest.fixture(scope="module")
def sample_shown(tmp_path_factory: pytest.TempPathFactory, built: Path) -> Iterator[Running]:
    """Give a studio of the whole sample for tests that only look."""
    with running(copy_workspace(tmp_path_factory.mktemp("sample"), built)) as found:
        yield found


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    with running(copy_workspace(tmp_path)) as found:
        yield found


def test_who_is_quicker_than_the_studio_sees_no_error(
    browser: Any, studio: Running, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A new talking point has no page before it was read: its editor asked for one, and got 404."""
    slow, refresh = threading.Event(), LiveCampaign.refresh

    def read_late(live: LiveCampaign) -> StateChange:
        assert slow.wait(60)
        return refresh(live)

    monkeypatch.setattr(LiveCampaign, "refresh", read_late)
    new = {"id": "new-here", "fact": "Most came home.", "mode": "alternative", "messenger": ""}
    new |= {"pull_factor": "belonging", "audience": ""}
    try:
        with watched(browser) as (seen, _):
            page = seen.page
            studio.let_in(page)
            sent = json.dumps(new).encode()
            given = {"content_type": "application/json", "origin": studio.address}
            assert studio.ask(f"{BASE}/points", "POST", sent, **given).status == 201
            page.goto(f"{studio.address}{BASE}/points/new-here")
            page.locator("[data-pane-empty]").wait_for()
            slow.set()
            frame = page.frame_locator("[data-frame]")
            frame.get_by_role("heading", level=1).filter(has_text="Most came home").wait_for()
            assert not page.locator("[data-pane-empty]").is_visible()
            assert seen.troubles == []
    finally:
        slow.set()


def fields(studio: Running) -> dict[str, Any]:
    return values((studio.campaign / f"points/{POINT}.md").read_text("utf-8"))


def saved(page: Any) -> None:
    wait_until(page, "() => document.querySelector('[data-state]').textContent === 'Saved'")


Look = tuple[str, str, int]
LOOKS: list[tuple[int, Look]] = [
    *((0, look) for look in (("en", "light", 360), ("fr", "dark", 1280))),
    *((1, look) for look in (("fr", "light", 360), ("en", "dark", 1280))),
]
"""Every second view from the first or from the second on, in a language, in colours, at a width in
px: each view is seen in both of each. The long form has every view in every look."""
EVERY_LOOK: list[Look] = list(itertools.product(("en", "fr", "ar"), ("light", "dark"), (360, 1280)))
EVERY_VIEW = (
    *VIEWS,
    f"{BASE}/pages",
    f"{BASE}/pages/about",
    f"{BASE}/translate/fr",
    *(f"{BASE}/campaign/{one.id}" for one in SECTIONS),
)


@pytest.mark.parametrize(("first", "look"), LOOKS)
def test_axe_finds_no_violation_on_any_view(
    browser: Any, shown: Running, first: int, look: Look
) -> None:
    look_at_views(browser, shown, look, VIEWS[first::2])


@pytest.mark.long
@pytest.mark.parametrize("look", EVERY_LOOK)
def test_axe_finds_no_violation_on_any_view_of_the_whole_sample(
    browser: Any, sample_shown: Running, look: Look
) -> None:
    look_at_views(browser, sample_shown, look, EVERY_VIEW)


SCREENS = {1280: 6 * 900, 360: 12 * 844}
"""Width of a window in px to the height that no view may have, in px: six and twelve screens."""


def look_at_views(browser: Any, shown: Running, look: Look, views: tuple[str, ...]) -> None:
    """Visit views: axe has nothing to say, nothing is wider than the window, nothing fails."""
    language, scheme, width = look
    viewport = {"width": width, "height": 800}
    with watched(browser, color_scheme=scheme, viewport=viewport) as (seen, _):
        seen.page.set_default_timeout(240_000)  # an export draws every card of the campaign first
        shown.let_in(seen.page)
        for path in views:
            mark = "&" if "?" in path else "?"
            seen.page.goto(f"{shown.address}{path}{mark}interface={language}")
            if path.startswith(f"{BASE}/points/"):
                seen.page.locator("[data-frame]").wait_for(state="attached")
            assert violations(seen.page) == [], path
            inside = seen.page.evaluate("document.documentElement.scrollWidth")
            assert inside <= width, f"{path} is wider than {width} px"
            tall = seen.page.evaluate("document.documentElement.scrollHeight")
            assert tall <= SCREENS[width], f"{path} is {tall} px tall"
        told = [one for one in seen.troubles if "404" not in one]
        assert told == []
        assert all(one.startswith((shown.address, "blob:")) for one in seen.requests)


def test_two_people_in_one_field_are_shown_both_sides(browser: Any, studio: Running) -> None:
    with opened_twice(browser, studio, f"{BASE}/points/{POINT}") as (mine, theirs):
        mine.page.route("**/state", lambda route: route.abort())  # I hear of nothing meanwhile
        theirs.page.locator("#f-fact").fill("Their words.")
        saved(theirs.page)
        mine.page.locator("#f-fact").fill("My words.")
        box = mine.page.locator("[data-conflict]")
        box.wait_for()
        assert box.locator("[data-theirs]").inner_text() == "Their words."
        assert box.locator("[data-mine]").inner_text() == "My words."
        assert fields(studio)["fact"] == "Their words."
        mine.page.unroute("**/state")
        mine.page.get_by_role("button", name="Keep mine").click()
        wait_until(mine.page, "() => document.querySelector('[data-conflict]').hidden")
        saved(mine.page)
        assert fields(studio)["fact"] == "My words."
        wait_until(theirs.page, "() => document.getElementById('f-fact').value === 'My words.'")


def test_changes_in_a_text_editor_come_into_the_form(browser: Any, studio: Running) -> None:
    file = studio.campaign / f"points/{POINT}.md"
    with watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}{BASE}/points/{POINT}")
        page.locator("#f-alternative").fill("Being typed here.")
        text = file.read_text("utf-8")
        file.write_text(re.sub("(?m)^fact: .*$", "fact: From an editor.", text, count=1), "utf-8")
        wait_until(page, "() => document.getElementById('f-fact').value === 'From an editor.'")
        saved(page)
        page.wait_for_timeout(600)
        assert fields(studio)["fact"] == "From an editor."
        assert fields(studio)["alternative"] == "Being typed here."


def test_undo_takes_back_step_by_step(browser: Any, studio: Running) -> None:
    before = (studio.campaign / f"points/{POINT}.md").read_bytes()
    with watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}{BASE}/points/{POINT}")
        page.locator("#f-fact").fill("Another fact.")
        saved(page)
        page.locator("[data-add=sources]").click()
        page.locator("[id='f-sources.2.title']").wait_for()
        undo = page.get_by_role("button", name="Undo")
        undo.click()
        page.locator("[id='f-sources.2.title']").wait_for(state="detached")
        undo.click()
        wait_until(page, "() => document.querySelector('[data-undo]').disabled")
        assert (studio.campaign / f"points/{POINT}.md").read_bytes() == before


def test_what_is_typed_while_the_studio_is_away_is_saved_when_it_is_back(
    browser: Any, studio: Running
) -> None:
    with watched(browser) as (seen, context):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}{BASE}/points/{POINT}")
        context.set_offline(True)
        page.locator("#f-fact").fill("Typed without the studio.")
        page.get_by_text("Not saved").wait_for()
        context.set_offline(False)
        saved(page)
        assert fields(studio)["fact"] == "Typed without the studio."


def test_the_tools_above_a_text(browser: Any, studio: Running) -> None:
    with watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}{BASE}/points/{POINT}")
        area = page.locator("#f-alternative")
        area.fill("one two")
        area.press("Control+a")
        area.press("Control+b")
        assert area.input_value() == "**one two**"
        area.press("Control+b")
        assert area.input_value() == "one two"
        page.locator("[data-state][data-kind=saved]").wait_for()  # steps on their way become one
        bold = page.locator("[data-field=alternative] [data-mark=bold]")
        bold.focus()
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("ArrowRight")
        page.keyboard.press("Enter")  # a list
        assert area.input_value() == "- one two"
        area.press("Control+z")  # a step of the studio: the field was left for the button
        wait_until(page, "() => document.getElementById('f-alternative').value === 'one two'")
        assert fields(studio)["alternative"] == "one two"


def test_a_post_is_moved_by_mouse_and_by_keyboard(browser: Any, studio: Running) -> None:
    with watched(browser, viewport={"width": 1400, "height": 900}) as (seen, _):
        page = seen.page
        studio.let_in(page)
        address = f"{studio.address}{BASE}/calendar?platform=x&week=2026-11-30"
        page.goto(f"{address}&language=en")
        slot = page.locator("[data-day='2026-12-02'] [data-post]").first
        name = slot.get_attribute("data-post")
        slot.drag_to(page.locator("[data-day='2026-12-05']"))
        page.locator(f"[data-day='2026-12-05'] [data-post='{name}']").wait_for()
        page.locator(f"[data-post='{name}'] [data-move]").press("Enter")
        page.get_by_label("Day and time").fill("2026-12-06T09:15")
        page.get_by_label("Day and time").press("Enter")
        page.locator(f"[data-day='2026-12-06'] [data-post='{name}']").wait_for()
        text = (studio.campaign / "campaign.yaml").read_text("utf-8")
        assert f"{name}: 2026-12-06T09:15:00+01:00" in text
        page.locator(f"[data-post='{name}'] [data-move]").click()
        page.get_by_role("button", name="Let the slots decide").click()
        page.locator(f"[data-day='2026-12-02'] [data-post='{name}']").wait_for()
        page.locator(f"[data-post='{name}']").get_by_role("link", name="Its words").click()
        wait_until(page, "() => document.activeElement.id === 'f-posts.x'")
        assert page.locator("details[open] [id='f-posts.x']").count() == 1
        assert seen.troubles == []


def test_keyboard_alone_writes_and_approves(browser: Any, studio: Running) -> None:
    with watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}{BASE}/points")
        tab_to(page, "New talking point")
        page.keyboard.press("Enter")
        wait_until(page, "() => document.querySelector('dialog').open")
        page.keyboard.type("People who left say so in public.")
        page.keyboard.press("Tab")
        page.keyboard.press("Tab")
        page.keyboard.press("ArrowDown")
        tab_to(page, "Start writing")
        page.keyboard.press("Enter")
        page.wait_for_url("**/points/people-who-left-say-so-in")
        tab_to(page, "", selector="#f-fact")
        page.keyboard.press("End")
        page.keyboard.type(" Listen.")
        saved(page)
        path = studio.campaign / "points/people-who-left-say-so-in.md"
        assert (
            values(path.read_text("utf-8"))["fact"] == "People who left say so in public. Listen."
        )

        page.goto(f"{studio.address}{BASE}/review?language=fr&single")
        tab_to(page, "", selector="#r-by")
        page.keyboard.type("Nour")
        tab_to(page, "Approve")
        page.keyboard.press("Enter")
        page.locator("[data-judge=withdraw]").first.wait_for(state="attached")
        assert '"by":"Nour"' in (studio.campaign / "reviews.jsonl").read_text("utf-8")


CHANGES = re.compile("^(New talking point|Undo|Approve|Build the site|Move|Save)$")
"""Names of buttons that change something."""


def test_read_only_shows_everything_and_changes_nothing(
    browser: Any, tmp_path: Path, small_built: Path
) -> None:
    workspace = copy_workspace(tmp_path, small_built)
    with running(workspace, read_only=True) as studio, watched(browser) as (seen, _):
        seen.page.set_default_timeout(240_000)
        studio.let_in(seen.page)
        for number, path in enumerate(VIEWS[:-1]):
            seen.page.goto(studio.address + path)
            assert seen.page.get_by_role("button", name=CHANGES).count() == 0, path
            # Others judge how words look where they may be changed: here, what is named by what.
            assert violations(seen.page, measured=number % 8 == 0) == [], path
        page = seen.page
        page.goto(f"{studio.address}{BASE}/points/{POINT}")
        assert page.locator("[data-form]").get_attribute("inert") is not None
