from __future__ import annotations

import pytest
from stopjihad.check.translation.language import check_language
from stopjihad.check.translation.pair import Pair
from stopjihad.model.translation import Message

FRENCH = "Les tribunaux ont entendu de nombreux témoins."


def _codes(found: tuple[str, float], context: str = "bus/body", text: str = FRENCH) -> list[str]:
    pair = Pair(Message(context, "Courts heard witnesses.", text), "es-MX", markdown=True)
    return [item.code for item in check_language(pair, lambda _: found)]


def test_another_language_is_found():
    assert _codes(("fr", 0.99)) == ["translation-language"]


@pytest.mark.parametrize(
    ("found", "context", "text"),
    [
        (("es", 1.0), "bus/body", FRENCH),
        (("fr", 0.6), "bus/body", FRENCH),
        (("pt", 1.0), "bus/body", FRENCH),
        (("fr", 1.0), "helplines/x/name", FRENCH),
        (("fr", 1.0), "bus/body", "Trop court."),
    ],
)
def test_doubt_relatives_names_and_short_texts_pass(found, context: str, text: str):
    assert _codes(found, context, text) == []


def test_the_model_is_asked_where_it_is_installed():
    pytest.importorskip("py3langid")
    from stopjihad.build.check.memory import make_identifier

    identify = make_identifier(("en", "fr", "ar", "de"))
    assert identify is not None
    assert identify(FRENCH)[0] == "fr"
