from __future__ import annotations

import pytest
from msgspec.structs import replace
from stopjihad.catalog.post_template import LinkStyle
from stopjihad.render.post.parts import Material, claim_text
from stopjihad.view.claim import FLAGGED
from stopjihad.view.records import Text

from render.post.samples import frame, point


@pytest.mark.parametrize(
    ("message", "claim", "said"),
    [
        ("«%(claim)s».", "Es justo.", "«Es justo»."),
        ("«%(claim)s».", "¿Es justo?", "«¿Es justo?»."),
        ("«%(claim)s».", "Y luego...", "«Y luego...»."),
        ("« %(claim)s »", "C’est juste.", "« C’est juste. »"),
        ("« %(claim)s »", "« C’est juste »", "« C’est juste. »"),
        ("“%(claim)s”", "It is just", "“It is just.”"),
        ("“%(claim)s”", '"It is just."', "“It is just.”"),
        ("“%(claim)s”", "„Es ist gerecht“", "“Es ist gerecht.”"),
        ("“%(claim)s”", "»Es ist gerecht«", "“Es ist gerecht.”"),
        ("“%(claim)s”", "“Spies” get what they earn.", "““Spies” get what they earn.”"),
        ("“%(claim)s”", 'They are "spies"', '“They are "spies".”'),
        ("“%(claim)s”", "„Spione“ und „Verräter“", "“„Spione“ und „Verräter“.”"),
        ("“%(claim)s”", "“They call it “just””", "““They call it “just””.”"),
        ("“%(claim)s”", "“It is “just” to them.”", "“It is “just” to them.”"),
        ("« %(claim)s »", "« C’est « juste » pour eux »", "« C’est « juste » pour eux. »"),
    ],
)
def test_where_the_full_stop_of_a_claim_stands_is_for_the_language(message, claim, said):
    view = replace(point("fr"), claim=Text(claim, "fr"), warning=Text("Non.", "fr"))
    material = Material(
        view=view,
        frame=frame("fr"),
        words={FLAGGED: f"They say: {message} No."},
        link="https://a.org",
        style=LinkStyle.__args__[0],
        flat=False,
        brief=False,
        addresses=False,
        most_hashtags=2,
    )
    assert claim_text(material) == f"They say: {said} No. Non."
