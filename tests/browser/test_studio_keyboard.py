"""The whole job with the keyboard alone: no pointer is ever used."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from support.build import CAMPAIGN
from support.keyboard import choose, follow, tab_to, write
from support.studio import Running, copy_workspace, running
from support.watch import wait_until, watched

pytestmark = pytest.mark.browser

POINT = "people-who-left-say-so-in"


@pytest.fixture
def studio(tmp_path: Path, small_built: Path) -> Iterator[Running]:
    with running(copy_workspace(tmp_path, small_built)) as found:
        yield found


def saved(page: Any) -> None:
    wait_until(page, "() => document.querySelector('[data-state]').textContent === 'Saved'")


def start_and_write(page: Any) -> None:
    follow(page, "Write")
    choose(page, "New talking point")
    wait_until(page, "() => document.querySelector('dialog').open")
    page.keyboard.type("People who left say so in public.")
    tab_to(page, selector="#n-mode")
    page.keyboard.type("Another way")
    tab_to(page, selector="#n-factor")
    page.keyboard.type("Belonging")
    choose(page, "Start writing")
    page.wait_for_url(f"**/points/{POINT}")
    wait_until(page, "() => document.activeElement.id === 'f-body'")  # it is written first
    page.keyboard.type("Many people who joined left again. [^report]")
    write(page, "#f-alternative", "Talk to someone before you decide.")
    write(page, "[id='f-sources.0.title']", "A report on returning")
    write(page, "[id='f-sources.0.publisher']", "An institute")
    write(page, "[id='f-sources.0.id']", "report")
    write(page, "[id='f-sources.0.url']", "https://example.org/report")
    saved(page)
    wait_until(page, "() => !document.querySelector('.field-problem:is(.error, .todo)')")
    choose(page, "Cards")
    page.locator("[data-pane-of=cards] figure").nth(4).wait_for()
    choose(page, "Drafts")
    page.locator(".post").nth(4).wait_for()
    choose(page, "Ready")
    page.locator("[data-draft]").wait_for(state="hidden")
    saved(page)


def translate(page: Any, language: str, name: str, words: str) -> None:
    follow(page, "Translate")
    follow(page, f"Translate into {name}")
    follow(page, selector=f".shelf a[href='?of={POINT}']")
    areas = page.locator("[data-words]")
    tab_to(page, selector="[data-words]")
    for place in range(areas.count()):
        source = page.locator("[data-source]").nth(place).inner_text()
        marks = "".join(re.findall(r" ?\[\^\w+\]", source))
        page.keyboard.type(f"{words}{marks}")
        page.keyboard.press("Control+Enter")
        wait_until(
            page,
            "place => document.querySelectorAll('.text')[place].classList.contains('unreviewed')",
            arg=place,
        )


def approve(page: Any, name: str) -> None:
    follow(page, "Review")
    follow(page, selector=f".tabs a:has([lang='{name}'])")
    follow(page, selector=f".sheets a[href$='of={POINT}']")
    choose(page, selector="[data-judge=approve]")
    if page.locator("#me[open]").count():  # the name is asked once a browser
        write(page, "#me-by", "Nour")
        page.keyboard.press("Enter")
        wait_until(page, "() => document.activeElement.matches('[data-judge=approve]')")
        page.keyboard.press("Enter")
    page.wait_for_url(lambda address: f"of={POINT}" not in address)  # the next one has opened


def take_and_build(page: Any, studio: Running) -> None:
    follow(page, "Publish")
    follow(page, "Drafts for other programs")
    tab_to(page, selector="[name=format]")
    for _ in range(4):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    assert page.locator("[name=format]:checked").get_attribute("value") == "buffer"
    tab_to(page, "Download")
    with page.expect_download() as taken:
        page.keyboard.press("Enter")
    assert Path(taken.value.path()).read_bytes().startswith(b"PK")
    follow(page, "Build and publish")
    tab_to(page, "Build the site")
    page.keyboard.press("Enter")
    page.get_by_text("made,").wait_for()
    tab_to(page, "Open what was built")
    with page.expect_popup() as opened:
        page.keyboard.press("Enter")
    opened.value.wait_for_load_state()
    site = studio.workspace / "dist" / CAMPAIGN / "site"
    assert (site / "fr/points" / POINT / "index.html").is_file()


def test_the_whole_story_by_keyboard(browser: Any, studio: Running) -> None:
    with watched(browser, viewport={"width": 1400, "height": 900}) as (seen, _):
        page = seen.page
        page.set_default_timeout(240_000)  # an export draws every card of the campaign first
        studio.let_in(page)
        start_and_write(page)
        translate(page, "fr", "français", "Beaucoup sont repartis et le disent")
        approve(page, "fr")
        take_and_build(page, studio)
