"""The review sheet works in a browser, without network, on any screen."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from axe_playwright_python.sync_playwright import Axe
from stopjihad.translate import review_sheet
from stopjihad.translate.review_sheet import SheetPreview

from support.exchange import bundle
from support.watch import wait_until

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = pytest.mark.browser


@pytest.fixture
def sheet(browser: Browser, tmp_path: Path):
    path = tmp_path / "sheet.html"
    previews = {"bus": SheetPreview(page='<p class="fact">Un fait</p>')}
    path.write_bytes(review_sheet.write(bundle("ar"), previews))
    page = browser.new_page()
    problems: list[str] = []
    page.on("console", lambda message: problems.append(message.text))
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on("request", lambda request: _note(problems, request.url))
    page.goto(path.as_uri())
    yield page
    assert problems == []
    page.close()


def _note(problems: list[str], address: str) -> None:
    if not address.startswith(("file:", "blob:", "data:")):
        problems.append(address)


def _row(page: Page, context: str):
    return page.locator(f'.row[data-context="{context}"]')


def _saved(page: Page, tmp_path: Path):
    with page.expect_download() as download:
        page.get_by_role("button", name="Save review").click()
    path = tmp_path / "saved.json"
    download.value.save_as(path)
    return path


def test_verdicts_are_saved_and_read_back(sheet: Page, tmp_path: Path):
    sheet.get_by_label("Your name or alias").fill("Nour")
    _row(sheet, "bus/fact").get_by_label("Approve").check()
    stale = _row(sheet, "bus/body")
    stale.get_by_label("Approve").check()
    changed = _row(sheet, "bus/warning")
    changed.get_by_label("Translation", exact=True).fill("يقول المجندون ذلك.")
    _row(sheet, "bus/claim").get_by_role("textbox", name="Question").fill("Who?")
    assert sheet.locator("#count").text_content() == "4 / 7"
    path = _saved(sheet, tmp_path)
    saved, rows = review_sheet.read(path.read_bytes())
    found = {row.context: row for row in rows}
    sent = {row.context: row for row in bundle("ar").rows}
    assert saved.by == "Nour"
    assert set(found) == {"bus/fact", "bus/body", "bus/warning", "bus/claim"}
    assert found["bus/fact"].approved == sent["bus/fact"].digest
    assert (found["bus/body"].approved, found["bus/body"].translation) == (
        "edited",
        sent["bus/body"].translation,
    )
    assert (found["bus/warning"].translation, found["bus/warning"].approved) == (
        "يقول المجندون ذلك.",
        "",
    )
    assert found["bus/claim"].question == "Who?"
    sheet.reload()
    sheet.locator("#open").set_input_files(path)
    wait_until(sheet, "document.getElementById('count').textContent.startsWith('4')")
    assert (
        _row(sheet, "bus/warning")
        .get_by_label("Translation", exact=True)
        .input_value()
        .startswith("يقول")
    )


def test_nothing_is_saved_without_a_name(sheet: Page):
    _row(sheet, "bus/fact").get_by_label("Approve").check()
    sheet.get_by_role("button", name="Save review").click()
    assert sheet.evaluate("document.activeElement.id") == "by"


def test_lengths_are_counted_in_graphemes(sheet: Page):
    row = _row(sheet, "bus/fact")
    row.get_by_label("Translation", exact=True).fill("👩‍👩‍👧é")
    assert row.locator(".meter").text_content() == "2 / 140"
    row.get_by_label("Translation", exact=True).fill("x" * 141)
    assert "over" in row.locator(".meter").get_attribute("class")


def test_rows_can_be_filtered(sheet: Page):
    sheet.get_by_label("Show").select_option("stale")
    assert sheet.locator(".row:visible").count() == 1


@pytest.mark.parametrize("width", [320, 1280])
def test_everyone_can_use_it(sheet: Page, width: int):
    sheet.set_viewport_size({"width": width, "height": 800})
    for details in sheet.locator("details").all():
        details.evaluate("element => { element.open = true; }")
    assert sheet.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(sheet).response["violations"]
    assert [item["id"] for item in found] == []
