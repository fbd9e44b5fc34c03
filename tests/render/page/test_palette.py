"""Colours made from any brand can be read."""

from __future__ import annotations

import colorsys
import random
import re

import pytest
from stopjihad.render.page import brand_drawing, brand_stylesheet
from stopjihad.render.page.palette import (
    TEXT,
    Lch,
    contrast,
    luminance,
    make_palette,
    readable_on,
    shorten,
    to_hex,
    to_lch,
)

from support import sample_site

PLAIN = ("#0b6b5d", "#14232b", "#fbfaf7")


def brands(count: int = 150) -> list[tuple[str, str, str]]:
    """Make brands of every kind, sensible or not; always the same ones."""
    chance = random.Random(7)
    made = [PLAIN, ("#ffff00", "#ffffff", "#ffffff"), ("#000000", "#777777", "#000000")]
    made += [("#ffffff", "#000000", "#808080"), ("#ff0000", "#00ff00", "#0000ff")]
    while len(made) < count:
        made.append(tuple(f"#{chance.randrange(1 << 24):06x}" for _ in range(3)))
    return made


@pytest.mark.parametrize("dark", [False, True])
def test_text_of_any_brand_reaches_the_contrast_of_level_aa(dark):
    for brand in brands():
        made = make_palette(*brand, dark=dark)
        for ground in (made.paper, made.raised, made.wash, made.sky):
            for text in (made.ink, made.soft, made.accent):
                assert contrast(text, ground) >= TEXT, (brand, text, ground)
            assert contrast(made.edge, ground) >= 3, brand
        assert contrast(made.on_accent, made.accent) >= TEXT, brand
        assert contrast(made.on_deep, made.deep) >= TEXT, brand
        assert contrast(made.on_sun, made.sun) >= TEXT, brand
        assert contrast(made.ink, made.paper) >= TEXT


def test_a_brand_that_can_be_read_is_kept_as_it_is():
    made = make_palette(*PLAIN)
    assert (made.accent, made.ink, made.paper) == PLAIN


def test_dark_is_dark_and_light_is_light():
    for brand in brands(40):
        assert luminance(make_palette(*brand).paper) > 0.7
        assert luminance(make_palette(*brand, dark=True).paper) < 0.05


def test_contrast_is_that_of_wcag():
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.478, abs=0.001)
    assert contrast("#ffffff", "#777777") == contrast("#777777", "#ffffff")


def test_colours_survive_the_way_to_oklch_and_back():
    for step in range(0, 360, 7):
        red, green, blue = colorsys.hls_to_rgb(step / 360, 0.5, 0.9)
        colour = "#" + "".join(f"{round(255 * part):02x}" for part in (red, green, blue))
        assert to_hex(to_lch(colour)) == colour


def test_white_and_black_have_the_lightness_they_are_defined_by():
    assert to_lch("#ffffff").light == pytest.approx(1, abs=1e-6)
    assert to_lch("#000000").light == pytest.approx(0, abs=1e-6)
    assert to_hex(Lch(1.2, 0.4, 1)) == "#ffffff"


def test_text_on_a_colour_falls_back_to_black_or_white():
    assert readable_on("#0b6b5d", "#fbfaf7", "#14232b") == "#fbfaf7"
    assert readable_on("#777777", "#888888", "#666666") in {"#000000", "#ffffff"}


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
