"""Use a page with the keyboard alone; whoever does must always see where they are."""

from __future__ import annotations

from typing import Any

import pytest

_REACHED = """([name, selector]) => {
    const active = document.activeElement;
    if (!active || active === document.body) return false;
    if (active.matches('iframe')) return false;  // the page inside shows where one is
    const style = getComputedStyle(active);
    if (style.outlineStyle === 'none' && active.closest('.find, .writing') === null)
        throw new Error('no sign of focus: ' + active.outerHTML.slice(0, 200));
    const called = (active.getAttribute('aria-label') ?? active.textContent).trim();
    return selector ? active.matches(selector) : called === name;
}"""


def tab_to(page: Any, name: str = "", selector: str = "", *, presses: int = 300) -> None:
    """Press Tab until an element has the focus.

    Args:
        page: a page of the browser.
        name: what the element is called: its label, or its words.
        selector: CSS that it matches, in place of a name.
        presses: how often Tab is pressed at most.
    """
    for _ in range(presses):
        page.keyboard.press("Tab")
        if page.evaluate(_REACHED, [name, selector]):
            return
    pytest.fail(f"Tab never reaches {name or selector}")


def choose(page: Any, name: str = "", selector: str = "") -> None:
    """Go to a link or button and press Enter."""
    tab_to(page, name, selector)
    page.keyboard.press("Enter")


def follow(page: Any, name: str = "", selector: str = "") -> None:
    """Go to a link, press Enter, and wait for the page behind it."""
    tab_to(page, name, selector)
    with page.expect_navigation():
        page.keyboard.press("Enter")


def write(page: Any, selector: str, words: str) -> None:
    """Go to a field and replace what stands in it."""
    tab_to(page, selector=selector)
    page.keyboard.press("Control+a")
    page.keyboard.type(words)
