"""Rules of single texts: how long a sentence may be, and where words count (LNG06, AMP02)."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from stopjihad.check.campaign import check_project

from support.messages import TODAY, laid_over, messages_of


def words(count: int) -> str:
    return " ".join(["Wages", *["halved"] * (count - 1)])


@pytest.mark.parametrize(
    ("language", "field", "text", "told"),
    [
        ("en", "fact", f"{words(25)}.", 0),
        ("en", "fact", f"{words(26)}.", 26),
        ("en", "fact", f"{words(13)} – {words(12)}.", 0),
        ("en", "fact", f"{words(20)}: {words(20)}.", 0),
        ("fr", "fact", f"{words(30)}.", 0),
        ("fr", "fact", f"{words(31)}.", 31),
        ("en", "body", f"{words(33)}. [^un]", 0),
        ("en", "body", f"{words(34)}. [^un]", 34),
        ("de", "body", f"{words(29)}. [^un]", 29),
    ],
)
def test_a_sentence_is_as_long_as_its_language_and_its_place_allow(
    language: str, field: str, text: str, told: int
) -> None:
    found = messages_of("LNG06", language, point={field: text})
    assert [one.split()[3] for one in found] == ([f"{told}"] if told else [])


@pytest.mark.parametrize(
    ("values", "told"),
    [
        ({"text": "The mastermind had grown up in the town."}, 1),
        ({"point": {"claim": "The mastermind is a hero."}}, 0),
        ({"page": {"body": "The mastermind had grown up in the town."}}, 1),
    ],
)
def test_a_claim_is_told_in_the_words_of_those_who_make_it(
    values: dict[str, Any], told: int
) -> None:
    assert len(messages_of("AMP02", **values)) == told


def test_a_translation_of_what_is_gone_is_nobodys_fault() -> None:
    texts = {"point/fact": "Le cerveau des attentats avait grandi dans la ville."}
    made = laid_over({"translation": {"language": "fr", "texts": texts}})

    def told(**changes: str) -> int:
        (file,) = made.translations
        messages = tuple(msgspec.structs.replace(one, **changes) for one in file.messages)
        file = msgspec.structs.replace(file, messages=messages)
        project = msgspec.structs.replace(made, translations=(file,))
        return sum(one.code == "AMP02" for one in check_project(project, TODAY, ("x",)))

    assert told() == 1
    assert told(context="gone/fact") == 0
    assert told(source="An older fact.") == 0
