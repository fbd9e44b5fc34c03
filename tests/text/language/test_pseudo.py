from __future__ import annotations

import pytest
from stopjihad.text.language.numbers import numbers
from stopjihad.text.language.pseudo import TAGS, pseudo
from stopjihad.text.markdown import blocks, inline
from stopjihad.text.markdown.segments import rebuild, segments
from stopjihad.text.unicode.graphemes import count
from stopjihad.text.unicode.script import scripts

from support.documents import document


def test_english_gets_accents_length_and_brackets():
    words = pseudo("Talk to someone you trust, today or tomorrow.", "en-XA")
    assert words == "[Ţåļķ ţø šøɱéøñé ýøû ţŕûšţ, ţøđåý øŕ ţøɱøŕŕøŵ. øñé ţŵø ţĥŕéé ƒøûŕ]"
    assert count(words) >= 1.4 * 45


def test_arabic_letters_stand_for_latin_ones():
    words = pseudo("Who listens, and when?", "ar-XB")
    assert words == "وحو ليستعنس، اند وحعن؟"
    assert scripts(words) == ("Arab",)


@pytest.mark.parametrize("tag", TAGS)
def test_what_programs_read_stays(tag):
    text = "See [it](https://a.org/x)[^un2014], {name}, %(n)s, me@a.org, 12.5 <https://b.org>"
    words = pseudo(text, tag)
    for part in ("](https://a.org/x)", "[^un2014]", "{name}", "%(n)s", "me@a.org", "12.5"):
        assert part in words
    assert "<https://b.org>" in words


@pytest.mark.parametrize("tag", TAGS)
def test_marks_and_blocks_survive(tag):
    def marks(text: str) -> list[tuple[int, str]]:
        kept = {inline.LINK, inline.REFERENCE, inline.OPEN, inline.CLOSE}
        return [token for token in inline.parse(text) if token[0] in kept]

    for text in map(document, range(200)):
        (passage,) = rebuild(text, lambda source: pseudo(source, tag))
        assert len(blocks.parse(passage.text)) == len(blocks.parse(text))
        for old, new in zip(segments(text), segments(passage.text), strict=True):
            assert marks(new.text) == marks(old.text)
            assert numbers(new.text) == numbers(old.text)


def test_a_limit_is_kept():
    fact = "x" * 130
    assert count(pseudo(fact, "en-XA", 140)) <= 140
    assert count(pseudo("x" * 139, "en-XA", 140)) == 139
