"""axe objects to nothing: WCAG 2.2 AA and best practice, light and dark, narrow and wide."""

from __future__ import annotations

import itertools
from typing import Any

import pytest

from support.accessibility import violations
from support.pages import LOOKED_AT, Page, by_thoroughness, one_of_each_kind
from support.watch import watched

pytestmark = pytest.mark.browser

KINDS = ("home", "points/*", "help")
"""Pages on which the words of the other languages are seen: long, short, numbers, lists."""
WIDTHS = (320, 1280)


def objections(page: Any, address: str, chosen: list[Page]) -> dict[str, list[str]]:
    """Open pages one after the other; give what axe objects to by path."""
    found = {}
    for one in chosen:
        page.goto(address + one.path)
        if wrong := violations(page):
            found[one.path] = wrong
    return found


LOOKS = (
    *((0, look) for look in (("en", "light", 320), ("ar", "dark", 1280))),
    *((1, look) for look in (("fr", "dark", 320), ("en", "light", 1280))),
    *((2, look) for look in (("ar", "light", 320), ("fr", "dark", 1280))),
)
"""Every third kind of page from the first, second or third on, in a language, in colours, at a
width in px: each kind is seen in two languages, both colours and both widths. The long form sees
every kind in all that can be."""
EVERY_LOOK = [
    *(
        pytest.param(look, first, 3, id=f"{'-'.join(map(str, look))}-third")
        for first, look in LOOKS
    ),
    *(
        pytest.param(look, 0, 1, marks=pytest.mark.long, id="-".join(map(str, look)))
        for look in itertools.product(LOOKED_AT, ("light", "dark"), WIDTHS)
    ),
]


@pytest.mark.parametrize(("look", "first", "step"), EVERY_LOOK)
def test_axe_finds_no_violation_on_any_kind_of_page(
    browser: Any,
    served_site: str,
    pages: dict[str, Page],
    look: tuple[str, str, int],
    first: int,
    step: int,
) -> None:
    language, scheme, width = look
    kinds = [page for page in one_of_each_kind(pages, (language,)) if "/" in page.path]
    assert len(kinds) > 12
    chosen = kinds[first::step]
    chosen += [page for page in pages.values() if "/" not in page.path and language == "en"]
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    with watched(browser, **options) as (seen, _):
        assert objections(seen.page, served_site, chosen) == {}


@by_thoroughness
def test_axe_finds_no_violation_in_the_other_languages(
    browser: Any,
    served_site: str,
    pages: dict[str, Page],
    languages: tuple[str, ...],
    *,
    thorough: bool,
) -> None:
    """The quick form takes one of the kinds in each language, in turn."""
    others = tuple(tag for tag in languages if tag not in LOOKED_AT)
    chosen = [page for page in one_of_each_kind(pages, others) if page.kind in KINDS]
    assert len(chosen) == len(others) * len(KINDS)
    if not thorough:
        turn = {tag: KINDS[place % len(KINDS)] for place, tag in enumerate(others)}
        chosen = [page for page in chosen if page.kind == turn[page.lang]]
        assert len(chosen) == len(others)
    with watched(browser, viewport={"width": 320, "height": 900}) as (seen, _):
        assert objections(seen.page, served_site, chosen) == {}


def test_axe_notices_what_it_should(browser: Any) -> None:
    with watched(browser) as (seen, _):
        seen.page.set_content(
            '<html lang="en"><title>x</title><main><h1>x</h1><img src="x.png">'
            '<p style="color: #aaa; background: #fff">pale</p></main>'
        )
        rules = {line.split(":")[0] for line in violations(seen.page)}
        assert {"image-alt", "color-contrast"} <= rules
