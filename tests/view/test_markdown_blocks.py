"""Plain prose is written without the ``markdown`` package, and must come out the same."""

from __future__ import annotations

import datetime as dt
import random
import re

import pytest
from stopjihad.model.point import Source
from stopjihad.view.markdown import ProsePlace, _read, cleaner, render_prose
from stopjihad.view.markdown_blocks import parts_of, write_plain
from stopjihad.view.records import Prose, Text

NUMBERS = {"s1": 1, "s2": 2}
PLAIN = (
    *("word", "Most people", "العربية", "vers", "**bold**", "*em*", "[^s1]", "[^s2]", "[^s1][^s2]"),
    *(
        "&",
        "&amp;",
        ">",
        "1.",
        "- ",
        "# ",
        "> ",
        "\n",
        "\n\n",
        "3) ",
        " ",
        ", ",
        '"said"',
        "’",
        "!",
    ),
    *("**a [^s1] b**", "\u00a0", "»", "(", ")", "]", "- - ", "  ", "\n\n\n", "#### ", "10. "),
)
MARKED = (
    *PLAIN,
    *("b*", "*c", "[^un]", "[x]", "<", "  \n", "***", "_u_", "\\*", "](x)", "**", "*", "![", "\t"),
    *(
        "[a](https://a.example)",
        "<https://a.example>",
        "\u2028",
        "\x1f",
        "\x02",
        "+ ",
        "* ",
        "&#42;",
    ),
)


def document(chance: random.Random, words: tuple[str, ...]) -> str:
    ends = ("", "", " ", " ", "\n", "\n- ", "\n\n")
    count = chance.randint(1, 14)
    return "".join(chance.choice(words) + chance.choice(ends) for _ in range(count))


def compare(count: int, seed: int, words: tuple[str, ...]) -> int:
    """Write random documents in both ways; give how many were plain."""
    chance, plain = random.Random(seed), 0
    for _ in range(count):
        languages = [chance.choice(("en", "en", "ar")) for _ in range(chance.randint(1, 3))]
        prose = Prose(tuple(Text(document(chance, words), lang) for lang in languages))
        place = ProsePlace("en", chance.choice((0, 1, 3)))
        parts = parts_of(prose)
        html = write_plain(parts, place.lang, place.heading_offset, place.prefix, NUMBERS)
        if html is not None:
            plain += 1
            wanted = cleaner().clean(_read(parts, place, NUMBERS))
            assert cleaner().clean(html) == wanted, [one.value for one in prose.passages]
    return plain


def test_random_documents_come_out_as_the_package_writes_them() -> None:
    assert compare(800, 1, PLAIN) > 300
    assert compare(1_200, 2, MARKED) > 60


@pytest.mark.long
@pytest.mark.parametrize("seed", range(10, 20))
def test_sixty_thousand_random_documents_come_out_as_the_package_writes_them(seed: int) -> None:
    assert compare(3_000, seed, PLAIN) > 1_000
    assert compare(3_000, seed + 100, MARKED) > 150


def source(name: str) -> Source:
    day = dt.date(2026, 11, 24)
    return Source(id=name, title="t", publisher="p", url="https://a.example", accessed=day)


@pytest.mark.parametrize("mark", ["", " _so_", " \\*"], ids=["plain", "marked", "escaped"])
def test_the_way_back_leads_to_the_first_place_that_cites_a_source(mark: str) -> None:
    """A source cited in a list and below it led back to the paragraph, for the package reads
    lists last."""
    text = f"- One.[^s1]{mark}\n- Two.[^s1]\n\nLast.[^s1]"
    html = render_prose(Prose((Text(text, "en"),)), (source("s1"),), "en")
    assert [bool(found) for found in re.findall(r'<a href="#source-s1"( id="ref-s1")?', html)] == [
        True,
        False,
        False,
    ]


def test_what_is_not_plain_is_left_to_the_package() -> None:
    marked = ("_a_", "a\\*", "<https://a.example>", "[a](b)", "a  \nb", "[^unknown]", "a * b*")
    unclosed = (
        "[^s1",
        "[^s1[^s2]]",
        "[s1]",
        "[]",
        "**a",
        "**a\n\nb**",
        "**a *b* c**",
        "***a***",
        "****",
    )
    for text in (*marked, *unclosed):
        parts = parts_of(Prose((Text(text, "en"),)))
        assert write_plain(parts, "en", 0, "ref", NUMBERS) is None, text
