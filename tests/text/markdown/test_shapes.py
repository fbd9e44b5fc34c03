"""Translations are put into a document whose blocks are known, and must give what reading does."""

from __future__ import annotations

import random
import re

import pytest
from stopjihad.text.markdown.segments import rebuild, segments
from stopjihad.text.markdown.shapes import shape_translation
from stopjihad.view.markdown_blocks import parts_of, write_plain, write_shaped
from stopjihad.view.records import Prose, Text

from support.documents import document, soup

WORDS = (
    *(
        "Wort",
        "العربية",
        "**fett**",
        "*so*",
        "[^un2014]",
        "[^un2014][^who]",
        "&",
        ">",
        "<b>",
        "_u_",
    ),
    *(
        "**",
        "*",
        "***",
        "\\",
        "[",
        "](x)",
        "#",
        "1.",
        "1. x",
        "-",
        "- x",
        "+",
        ">",
        "\n",
        "\t",
        " ",
    ),
    *(
        "  ",
        "\u00a0",
        "\u2028",
        "\x1f",
        "\x02",
        "\x03",
        "\x020\x02",
        "\ufeff",
        "„Ja“",
        "60 %",
        "#a",
    ),
)
NUMBERS = {"un2014": 1, "who": 2}


def translation(chance: random.Random, *, plain: bool) -> str:
    words = WORDS[:7] if plain else WORDS
    return "".join(chance.choice(words) + chance.choice(("", " ")) for _ in range(4))


def compare(text: str, chance: random.Random) -> tuple[bool, bool]:
    """Translate a document in both ways; tell whether it had a shape, and whether it was plain."""
    plain = chance.random() < 0.5
    said = {one.text: translation(chance, plain=plain) for one in segments(text)}
    if said and chance.random() < 0.1:
        del said[next(iter(said))]
    made = shape_translation(text, said.get)
    if made is None:
        return False, False
    (passage,) = rebuild(text, said.get)
    assert passage == (made, True), text
    parts = parts_of(Prose((Text(str(made), "de"),)))
    wanted = write_plain(parts, "de", 1, "ref", NUMBERS)
    assert write_shaped(made, 1, "ref", NUMBERS) == wanted, (text, said)
    return True, wanted is not None


def soups(chance: random.Random) -> str:
    if chance.random() < 0.3:
        return soup(chance)
    text = document(chance.randrange(10_000))
    return re.sub(r"(?<=[^\n])\n(?=\w)", " ", text) if chance.random() < 0.8 else text


def compare_all(count: int, seed: int) -> tuple[int, int]:
    chance = random.Random(seed)
    found = [compare(soups(chance), chance) for _ in range(count)]
    return sum(shape for shape, _ in found), sum(plain for _, plain in found)


def test_documents_come_out_as_if_they_were_read_in_each_language() -> None:
    shapes, plain = compare_all(4_000, 5)
    assert shapes > 800
    assert plain > 300


@pytest.mark.long
@pytest.mark.parametrize("seed", range(20, 30))
def test_half_a_million_documents_come_out_as_if_they_were_read(seed: int) -> None:
    assert min(compare_all(50_000, seed)) > 3_000


def test_a_list_that_takes_more_in_once_it_is_translated_is_read_anew() -> None:
    """The line below the bare sign stands apart in the source, and goes on with a translation."""
    text, said = "- one\n  +\ntwo", {"one +": "eins", "two": "zwei"}
    assert [one.text for one in segments(text)] == ["one +", "two"]
    assert shape_translation(text, said.get) is None
    assert [one.text for one in segments("- eins\nzwei")] == ["eins zwei"]


@pytest.mark.parametrize("words", ["", " ", "- a", "1. a", "# a", "a\nb", "a\tb", "> a"], ids=repr)
def test_words_that_may_change_the_blocks_are_left_to_reading(words: str) -> None:
    assert shape_translation("one\n\n- two", {"one": words, "two": "b"}.get) is None


def test_a_document_that_is_not_all_translated_is_left_to_reading() -> None:
    assert shape_translation("one\n\ntwo", {"one": "un"}.get) is None


def test_blocks_without_words_stay_as_they_are() -> None:
    made = shape_translation("one\n\n[^un2014]\n\n##\n\n2. two", {"one": "un", "two": "deux"}.get)
    assert made == "un\n\n[^un2014]\n\n##\n\n2. deux"
    assert made.texts == ("un", "[^un2014]", "", "deux")
