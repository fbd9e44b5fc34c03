"""Five places and alerts: each view is in one of them, and none of them is off a narrow screen."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from support.build import CAMPAIGN
from support.studio import Running, copy_workspace, running
from support.watch import watched

pytestmark = pytest.mark.browser

PLACES = {
    "": "Home",
    "/problems": "Home",
    "/points": "Write",
    "/pages": "Write",
    "/translate": "Write",
    "/translate/fr": "Write",
    "/review": "Write",
    "/sets": "Write",
    "/calendar": "Plan",
    "/board": "Plan",
    "/gallery": "Plan",
    "/queue": "Plan",
    "/publish": "Publish",
    "/colleagues": "Publish",
    "/site": "Publish",
    "/export": "Publish",
    "/campaign": "Campaign",
    "/campaign/languages": "Campaign",
    "/alerts": "Alerts",
}

LAYOUT = """() => ({
  here: document.querySelector('.views [aria-current]')?.textContent,
  rows: document.querySelector('.top').offsetHeight,
  wide: document.documentElement.scrollWidth,
  off: [...document.querySelectorAll('.views a')].filter((one) => {
    const box = one.getBoundingClientRect();
    return box.left < 0 || box.right > innerWidth;
  }).map((one) => one.textContent),
})"""


@pytest.fixture(scope="module")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(copy_workspace(tmp_path_factory.mktemp("places"))) as found:
        yield found


@pytest.mark.parametrize("language", ["en", "fr"])
def test_14_the_menu_of_a_narrow_screen_has_two_rows_and_nothing_off_it(
    studio: Running, browser: Any, language: str
) -> None:
    with watched(browser, viewport={"width": 390, "height": 844}) as (seen, _):
        page = seen.page
        studio.let_in(page)
        for view, place in PLACES.items():
            page.goto(f"{studio.address}/c/{CAMPAIGN}{view}?interface={language}")
            found = page.evaluate(LAYOUT)
            assert found["off"] == [], view
            assert found["rows"] <= 110, view
            assert found["wide"] <= 390, view
            assert language != "en" or found["here"] == place, view
