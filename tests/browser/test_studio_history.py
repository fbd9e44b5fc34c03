"""A writer says who she is, looks at what she wrote, and puts a field back, on a telephone."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from stopjihad.text.yaml.fields import values

from support.accessibility import violations
from support.build import CAMPAIGN
from support.studio import POINT, Running, copy_workspace, running
from support.watch import wait_until, watched

pytestmark = pytest.mark.browser


@pytest.fixture
def studio(tmp_path: Path) -> Iterator[Running]:
    with running(copy_workspace(tmp_path)) as found:
        yield found


def test_a_field_is_put_back(browser: Any, studio: Running) -> None:
    file = studio.campaign / f"points/{POINT}.md"
    old = values(file.read_text("utf-8"))["fact"]
    with watched(browser, viewport={"width": 390, "height": 844}) as (seen, _):
        page = seen.page
        studio.let_in(page)
        page.goto(f"{studio.address}/c/{CAMPAIGN}/points/{POINT}")
        page.locator("[data-me]").click()
        page.get_by_label("What others call you").fill("Nour")
        assert violations(page) == []
        page.keyboard.press("Enter")
        assert page.locator("[data-me]").inner_text() == "Nour"
        page.get_by_label("Fact", exact=True).fill("Mothers speak out.")
        wait_until(page, "() => document.querySelector('[data-state]').textContent === 'Saved'")
        page.get_by_role("link", name="History", exact=True).click()
        page.wait_for_url("**/history?path=**")
        step = page.locator("[data-step]").first
        assert "Nour" in step.inner_text()
        assert step.locator("ins").first.inner_text()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.get_by_role("heading", name="History").click()  # a click beside a button does nothing
        page.wait_for_timeout(300)
        assert page.locator("#said").inner_text() == ""
        button = step.get_by_role("button", name="Put this field back").first
        button.focus()
        page.keyboard.press("Enter")
        page.locator("[data-step]").first.filter(has_text="saves: 2").wait_for()
        assert values(file.read_text("utf-8"))["fact"] == old
        assert seen.troubles == []
