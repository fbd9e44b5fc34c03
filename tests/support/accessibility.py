"""Ask axe about a page."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

_RUN = """async (measured) => {
    const enabled = {enabled: measured};
    const rules = {'target-size': enabled, 'color-contrast': enabled};
    const options = {resultTypes: ['violations'], rules};
    const place = scrollY;
    // The menu that stays on top covers what is scrolled below it.
    scrollTo({top: 0, behavior: 'instant'});
    const {violations} = await axe.run(document, options);
    scrollTo({top: place, behavior: 'instant'});
    return violations.flatMap(rule => rule.nodes.map(node =>
        `${rule.id}: ${node.html.slice(0, 160)}: ${node.failureSummary.slice(0, 240)}`));
}"""


@cache
def _axe() -> str:
    return (files("axe_playwright_python") / "axe.min.js").read_text("utf-8")


_STILL = "Promise.all(document.getAnimations().map(one => one.finished.catch(() => 0)))"
"""Waits for what fades in or out: half faded, words have half their contrast."""


def violations(page: Any, *, measured: bool = True) -> list[str]:
    """Give everything that axe objects to on the page that a browser shows, when nothing moves.

    Args:
        page: of playwright.
        measured: whether sizes and contrasts are, which take most of the time.
    """
    page.evaluate(_STILL)
    page.evaluate(_axe())  # run by the debugger: no policy of the page stands in the way
    found: list[str] = page.evaluate(_RUN, measured)
    return found
