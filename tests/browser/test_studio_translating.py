"""Two people at one translation or line: no word is lost, and nothing chooses by itself."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from stopjihad.text import po

from support.accessibility import violations
from support.build import CAMPAIGN
from support.studio import POINT, Running, copy_workspace, opened_twice, running
from support.watch import wait_until, watched

pytestmark = pytest.mark.browser


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    with running(copy_workspace(tmp_path)) as found:
        yield found


def standing(studio: Running) -> str:
    """Give the translation of the fact as the file has it."""
    text = (studio.campaign / "locale/fr.po").read_text("utf-8")
    return next(one.translation for one in po.scan(text).entries if one.context == f"{POINT}/fact")


class Desk:
    """Hold one translator's page."""

    def __init__(self, page: Any) -> None:
        """Remember the text of the fact."""
        self.page = page
        self.text = page.locator(".text").first
        self.area = self.text.locator("[data-words]")
        self.box = self.text.locator(".conflict")

    def type(self, words: str) -> None:
        """Write and leave the field."""
        self.area.fill(words)
        self.area.blur()

    def settled(self) -> None:
        """Wait until the page says that its words are in the file."""
        wait_until(
            self.page,
            "() => document.querySelector('.text [data-state-of]').textContent"
            " === 'translated, not approved'",
        )


@contextmanager
def two_desks(browser: Any, studio: Running) -> Iterator[tuple[Desk, Desk]]:
    """Open the same translation twice."""
    path = f"/c/{CAMPAIGN}/translate/fr?of={POINT}&interface=en"
    with opened_twice(browser, studio, path) as (mine, theirs):
        yield Desk(mine.page), Desk(theirs.page)


def test_whoever_comes_second_is_shown_both_and_leaving_the_field_chooses_nothing(
    browser: Any, studio: Running
) -> None:
    with two_desks(browser, studio) as (mine, theirs):
        with theirs.page.expect_response("**/translate/fr"):
            theirs.type("Leurs mots.")
        mine.type("Mes mots.")
        mine.box.wait_for()
        assert mine.box.locator("[data-theirs]").inner_text() == "Leurs mots."
        assert mine.box.locator("[data-difference] ins").all_inner_texts() == ["Mes"]
        assert violations(mine.page) == []
        mine.type("Mes propres mots.")  # a second time: it was this that overwrote theirs
        mine.box.locator("[data-difference] ins").filter(has_text="propres").first.wait_for()
        mine.page.wait_for_timeout(500)  # nothing else happens
        assert standing(studio) == "Leurs mots."
        mine.box.get_by_role("button", name="Keep mine").click()
        mine.settled()
        assert mine.box.count() == 0
        assert standing(studio) == "Mes propres mots."


def test_keeping_theirs_shows_their_words_and_their_state(browser: Any, studio: Running) -> None:
    with two_desks(browser, studio) as (mine, theirs):
        with theirs.page.expect_response("**/translate/fr"):
            theirs.type("Leurs mots.")
        mine.type("Mes mots.")
        mine.box.get_by_role("button", name="Keep theirs").click()
        mine.settled()
        assert mine.area.input_value() == "Leurs mots."
        with mine.page.expect_response("**/translate/fr"):
            mine.type("Leurs mots, corrigés.")
        mine.settled()
        assert mine.box.count() == 0
        assert standing(studio) == "Leurs mots, corrigés."


def test_a_translation_typed_while_the_studio_is_away_is_saved_when_it_is_back(
    browser: Any, studio: Running
) -> None:
    with watched(browser) as (seen, context):
        studio.let_in(seen.page)
        seen.page.goto(f"{studio.address}/c/{CAMPAIGN}/translate/fr?of={POINT}&interface=en")
        desk = Desk(seen.page)
        context.set_offline(True)
        desk.type("Écrit sans le studio.")
        seen.page.get_by_text("Not saved").wait_for()
        context.set_offline(False)
        desk.settled()
        assert standing(studio) == "Écrit sans le studio."


def test_a_line_that_someone_else_changed_is_shown_beside_what_was_typed(
    browser: Any, studio: Running
) -> None:
    file = studio.campaign / f"points/{POINT}.md"
    text = file.read_text("utf-8")
    broken = re.sub("(?m)^mode: .*$", "mode: nonsense", text, count=1)
    file.write_text(broken, "utf-8")
    with watched(browser) as (seen, _):
        page = seen.page
        studio.let_in(page)
        form = page.locator(".mend-line")
        for _ in range(80):  # the studio reads what an editor saved within a moment
            page.goto(f"{studio.address}/c/{CAMPAIGN}/problems?overlay&interface=en")
            if form.count():
                break
            page.wait_for_timeout(250)
        file.write_text(broken.replace("mode: nonsense", "mode: theirs"), "utf-8")
        form.locator("input").fill("mode: testimony")
        form.locator("button").click()
        told = form.locator("[data-refused]")
        told.wait_for()
        assert "mode: theirs" in told.inner_text()
        assert form.locator("input").input_value() == "mode: testimony"
        assert "mode: theirs" in file.read_text("utf-8")
        form.locator("button").click()
        told.wait_for(state="hidden")
        assert "mode: testimony" in file.read_text("utf-8")


@pytest.mark.parametrize(
    ("address", "script", "box"),
    [
        (f"/c/{CAMPAIGN}/translate/fr?of={POINT}", "translate.js", "[data-words]"),
        (f"/c/{CAMPAIGN}/file?path=campaigns/{CAMPAIGN}/locale/fr.po", "file.js", "#whole"),
    ],
)
def test_no_box_takes_words_before_somebody_hears_them(
    browser: Any, studio: Running, address: str, script: str, box: str
) -> None:
    with opened_twice(browser, studio, address) as (mine, _):
        page = mine.page
        page.wait_for_function("box => !document.querySelector(box).readOnly", arg=box)
        page.route(f"**/{script}", lambda route: route.abort())
        page.reload()
        assert page.locator(box).first.get_attribute("readonly") is not None


def test_words_too_long_for_the_file_are_not_called_saved(browser: Any, studio: Running) -> None:
    with two_desks(browser, studio) as (mine, _):
        before = standing(studio)
        mine.type("mot " * 8_000)
        wait_until(
            mine.page,
            "() => document.querySelector('.text [data-state-of]').textContent === 'Not saved'",
        )
        said = "() => document.getElementById('said').textContent.includes('is too long')"
        wait_until(mine.page, said)
        assert standing(studio) == before
