"""The guide for designers: its example is a card, and nothing a layout may hold is left out."""

from __future__ import annotations

import re
from typing import get_args

from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.layout import Bar, Content, Layer, TextLayer
from stopjihad.draw import card_problems
from stopjihad.load.layouts import read_layout

from support import cards

GUIDE = (cards.ROOT / "docs/cards.md").read_text(encoding="utf-8")


def test_the_example_is_a_card_in_every_format_and_direction() -> None:
    found = re.search(r"```yaml\n(name:.*?)```", GUIDE, re.DOTALL)
    assert found
    layout, problems = read_layout(found[1], "templates/cards/harvest.yaml")
    assert layout, problems
    for lang in ("en", "ar", "bn"):
        for form in FORMATS:
            assert not card_problems(cards.job(lang, "fact", form, layout=layout)), (lang, form)


def test_every_layer_key_content_and_design_is_explained() -> None:
    for part in (*get_args(Layer), TextLayer, Bar):
        assert f"`{part.__struct_config__.tag}`" in GUIDE
        for key in part.__struct_fields__:
            assert f"`{key}`" in GUIDE or f"{key}:" in GUIDE, (part, key)
    for content in get_args(Content):
        assert f"`{content}`" in GUIDE
    for name in cards.layouts():
        assert f"`{name}`" in GUIDE


def test_the_table_of_formats_is_right() -> None:
    for form in FORMATS.values():
        safe = form.safe
        insets = f"{safe.start}, {safe.top}, {safe.end}, {safe.bottom}"
        row = f"| `{form.name}` | {form.width} × {form.height} | {form.unit:.2f} px | {insets}"
        assert row in GUIDE
