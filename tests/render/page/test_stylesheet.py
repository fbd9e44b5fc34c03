"""The style sheet: logical properties, the palette's colours, nothing from elsewhere."""

from __future__ import annotations

import re

import pytest
from stopjihad.render.page import brand_drawing, brand_stylesheet, make_palette
from stopjihad.render.page.stylesheet import shorten

from support import sample_site

SOURCE = (sample_site.ROOT / "assets" / "site.css").read_text()
MADE = brand_stylesheet(SOURCE, **sample_site.BRAND)
PHYSICAL = re.compile(
    r"(?<![-\w])((margin|padding|border|inset|scroll-padding|scroll-margin)-(left|right|top|bottom)"
    r"[\w-]*|(left|right|top|bottom|width|height|(min|max)-(width|height))\s*:"
    r"|text-align\s*:\s*(left|right)|float\s*:\s*(left|right))"
)


def declarations(css: str) -> str:
    """Leave out comments and the conditions of media queries, which have no logical words."""
    return re.sub(r"@media[^{]*", "", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))


def test_properties_are_logical():
    assert PHYSICAL.findall(declarations(SOURCE)) == []


@pytest.mark.parametrize(
    "bad", ["margin-left: 1px", "a{left: 0}", "text-align: right", "width: 1px", "max-width: 2px"]
)
def test_the_check_notices_physical_properties(bad):
    assert PHYSICAL.search(bad)


def test_every_colour_comes_from_the_palette():
    used = set(re.findall(r"var\(--([a-z-]+)\)", SOURCE))
    palette = {name.replace("_", "-") for name in make_palette(**sample_site.BRAND)._fields}
    own = set(re.findall(r"--([a-z-]+):", SOURCE))
    assert used <= palette | own
    assert not re.search(r"#[0-9a-f]{3,8}\b|rgba?\(|hsla?\(", declarations(SOURCE))


def test_nothing_is_loaded_from_anywhere():
    assert not re.search(
        r"@import|url\(|@font-face|expression|https?:", MADE.replace("^=http]", "")
    )


def test_both_modes_and_print_have_colours():
    assert MADE.startswith(":root{color-scheme:light dark;--paper:#fbfaf7;")
    assert "@media (prefers-color-scheme:dark){:root{--paper:" in MADE
    assert "@media print{:root{" in MADE


def test_settings_of_readers_are_respected():
    for feature in ("prefers-reduced-motion", "forced-colors", "@media print"):
        assert feature in MADE


def test_braces_match_and_the_short_form_keeps_every_rule():
    assert MADE.count("{") == MADE.count("}")
    assert shorten(SOURCE).count("{") == declarations(SOURCE).count("{")
    assert len(MADE) < len(SOURCE)


@pytest.mark.parametrize(
    ("source", "short"),
    [
        ("a { b: c; }", "a{b:c}"),
        ("a , b > c { d : e f ; g: h }", "a,b>c{d :e f;g:h}"),
        ("/* x */ a{}", "a{}"),
        ("a :focus{}", "a :focus{}"),
        ("a{b:calc(1px + 2px)}", "a{b:calc(1px + 2px)}"),
        ("a + b{}", "a + b{}"),
    ],
)
def test_only_needless_space_goes(source, short):
    assert shorten(source) == short


def test_drawings_get_the_brands_colours():
    palette = make_palette(**sample_site.BRAND)
    drawing = (sample_site.ROOT / "assets" / "favicon.svg").read_text()
    made = brand_drawing(drawing, palette)
    assert "var(" not in made
    assert palette.deep in made
    with pytest.raises(KeyError):
        brand_drawing('fill="var(--nonsense)"', palette)
