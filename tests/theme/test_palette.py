"""Colours made from any brand can be read."""

from __future__ import annotations

import random
import re

import pytest
from stopjihad.theme import brand_drawing, brand_stylesheet
from stopjihad.theme.palette import make_palette, shorten
from stopjihad.view.contrast import TEXT, contrast, luminance, read_hex, write_hex

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
    assert (made.accent, made.ink, made.paper) == tuple(map(read_hex, PLAIN))


def test_dark_is_dark_and_light_is_light():
    for brand in brands(40):
        assert luminance(make_palette(*brand).paper) > 0.7
        assert luminance(make_palette(*brand, dark=True).paper) < 0.05


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
        r"@import|url\((?!headlines-)|expression|https?:", MADE.replace("^=http]", "")
    )


def test_both_modes_and_print_have_colours():
    assert MADE.startswith(":root{color-scheme:light dark;--paper:#fbfaf7;")
    assert "@media (prefers-color-scheme:dark){:root{--paper:" in MADE
    assert "@media print{:root{" in MADE


def test_settings_of_readers_are_respected():
    for feature in ("forced-colors", "@media print"):
        assert feature in MADE
    for motion in ("scroll-behavior", "transition", "animation"):
        assert motion not in MADE, "nothing moves, whatever readers prefer"


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
    assert write_hex(palette.deep) in made
    with pytest.raises(KeyError):
        brand_drawing('fill="var(--nonsense)"', palette)
