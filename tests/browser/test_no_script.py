"""Pages need no script: the same words stand there with scripts off."""

from __future__ import annotations

from typing import Any

import pytest

from support.pages import Page, by_thoroughness, kinds_in_turn
from support.watch import watched

pytestmark = pytest.mark.browser


def words(browser: Any, addresses: list[str], *, scripts: bool) -> list[str]:
    with watched(browser, java_script_enabled=scripts) as (seen, _):
        found = []
        for address in addresses:
            seen.page.goto(address)
            found.append(seen.page.inner_text("body"))
        return found


@by_thoroughness
def test_every_kind_of_page_says_the_same_with_scripts_off(
    browser: Any, served_site: str, pages: dict[str, Page], *, thorough: bool
) -> None:
    chosen = [served_site + page.path for page in kinds_in_turn(pages, thorough=thorough)]
    assert len(chosen) > 12
    on, off = (words(browser, chosen, scripts=scripts) for scripts in (True, False))
    assert on == off
    assert min(len(text) for text in on) > 40


def test_no_page_carries_a_script_or_a_handler(pages: dict[str, Page]) -> None:
    for page in pages.values():
        kinds = {script.get("type") for script in page.all("script")}
        assert kinds <= {"application/ld+json"}, page.path
        handlers = [
            name for element in page.elements for name in element.attributes if name[:2] == "on"
        ]
        assert handlers == [], page.path
