"""Charts in a browser: axe finds nothing, words stay in the picture, marks can be told apart."""

from __future__ import annotations

from typing import Any

import pytest

from support.accessibility import violations
from support.watch import watched

pytestmark = pytest.mark.browser

CHARTS = ("children-as-recruits", "scholars-said-no", "after-you-call", "strangers-in-games")
TIMELINE = "yazidi-voices-in-court"

OUTSIDE = """() => [...document.querySelectorAll('.chart svg')].flatMap(svg => {
  const box = svg.getBoundingClientRect();
  return [...svg.querySelectorAll('text')].filter(text => {
    const own = text.getBoundingClientRect();
    return own.left < box.left - 5 || own.right > box.right + 5 || own.bottom > box.bottom + 5;
  }).map(text => text.textContent);
})"""
"""Words that reach out of their picture by more than the swash of a Nastaliq letter."""

CONTRAST = """() => {
  const light = text => {
    const parts = text.match(/[0-9.]+/g).slice(0, 3).map(part => part / 255)
      .map(part => part <= .04045 ? part / 12.92 : ((part + .055) / 1.055) ** 2.4);
    return .2126 * parts[0] + .7152 * parts[1] + .0722 * parts[2];
  };
  const paper = light(getComputedStyle(document.body).backgroundColor);
  const against = fill => {
    const both = [light(fill) + .05, paper + .05].sort();
    return Math.max(...both) / Math.min(...both);
  };
  return [...document.querySelectorAll('.chart .cm, .chart text')]
    .map(one => [one.tagName, against(getComputedStyle(one).fill)]);
}"""


LOOKS = (("en", "light", 360), ("ar", "dark", 360), ("ur", "light", 360), ("bn", "dark", 1280))
LOOKED_AT = [
    *(
        pytest.param(look, (*CHARTS, TIMELINE)[place % 2 :: 2], id="-".join(map(str, look)))
        for place, look in enumerate(LOOKS)
    ),
    *(
        pytest.param(
            look,
            (*CHARTS, TIMELINE)[1 - place % 2 :: 2],
            marks=pytest.mark.long,
            id=f"{'-'.join(map(str, look))}-others",
        )
        for place, look in enumerate(LOOKS)
    ),
]
"""Every second chart in a language, in colours, at a width in px: each is seen in two of them. The
long form sees the others, too."""


@pytest.mark.parametrize(("look", "points"), LOOKED_AT)
def test_charts_can_be_read_by_everyone(
    browser: Any, served_site: str, look: tuple[str, str, int], points: tuple[str, ...]
) -> None:
    lang, scheme, width = look
    options = {"color_scheme": scheme, "viewport": {"width": width, "height": 900}}
    with watched(browser, **options) as (seen, _):
        for point in points:
            seen.page.goto(f"{served_site}{lang}/points/{point}/index.html")
            assert violations(seen.page) == [], point
            outside = seen.page.evaluate(OUTSIDE)
            assert outside == [], (point, outside)
            for name, contrast in seen.page.evaluate(CONTRAST):
                assert contrast >= (4.5 if name == "text" else 3), (point, name, contrast)


def test_marks_keep_a_colour_of_the_system_where_readers_choose_theirs(
    browser: Any, served_site: str
) -> None:
    with watched(browser, forced_colors="active") as (seen, _):
        seen.page.goto(f"{served_site}en/points/{CHARTS[0]}/index.html")
        fills = seen.page.eval_on_selector_all(
            ".chart .cm", "all => all.map(one => getComputedStyle(one).fill)"
        )
        text = seen.page.eval_on_selector(".chart table", "one => getComputedStyle(one).color")
        assert fills
        assert set(fills) == {text}
