"""A text whose marks agree with those of its translation is not read: nothing may be lost by it."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from stopjihad.check.translation.pair import Pair, check_marks, marks_agree
from stopjihad.model.translation import Message


def _codes(source: str, translation: str, *, markdown: bool = True) -> set[str]:
    message = Message("home/body" if markdown else "home/fact", source, translation)
    return {item.code for item in check_marks(Pair(message, "fr", markdown=markdown))}


SPOILED = (
    ("translation-number", "1,200 of 3,400 came", "1.400 von 3.200 kamen"),
    ("translation-number", "4,585 in 2016 and 2017", "4.2017 in 2016 und 585"),
    ("translation-number", "call 33 800 005 696", "call 33800\u200b005\u200b696"),
    ("translation-number", "2016 or 40", "2016[^s1]40 [^s1]"),
    ("translation-number", "278 came [^s1], 142 left", "278 [^s1] 142 [^s1]"),
    ("translation-number", "of 10, 11, 12 and 6", "6 12 11 10"),
    ("translation-number", "call 1 2 3 4/x", "appelez 1 2 3 4 x"),
    ("translation-number", "call:1 2 3 4", "appelez 1 2 3 4"),
    ("translation-number", "a [^12 345 b", "345 a [^12 b"),
    ("translation-number", "it is 12\u00b2 m", "es sind 12 m"),
    ("translation-number", "12, 345 of 6", "12 345 von 6"),
    ("translation-number", "it is 12 m", "es sind 12\u00b2 m"),
    ("translation-number", "it is 12\u00b2 m", "es sind 12 m \u00b2"),
    ("translation-reference", "so it is [^s1]", "so ist es \\[^s1]"),
    ("translation-reference", "so it is [^s1]", "so ist es ![^s1]"),
    ("translation-reference", "so it is [^s1]", "so ist es [^s1"),
    ("translation-emphasis", "**this** is it", "** das ** ist es"),
    ("translation-emphasis", "**this** is it", "\\**das** ist es"),
    ("translation-emphasis", "**this** is it", "*das* ist *es*"),
    ("translation-number", "**278** 142 came", "142 **278** kamen"),
    ("translation-number", "came 12\n200", "12 kamen,\n200"),
    ("translation-link", "see http://a.org/b", "siehe ftp://a.org/b"),
    ("translation-link", "see a1://2", "siehe b1://2"),
    ("translation-link", "see example.org", "siehe dort"),
    ("translation-link", "it is good", "es ist gut: evil.org"),
    ("translation-placeholder", "%s people", "% s Leute"),
    ("translation-placeholder", "{{ name }} came", "{ name }} kam {"),
    ("translation-placeholder", "%(a)s came", "% (b)s kam"),
    ("translation-placeholder", "{a.b} came", "{b.a} kam"),
    ("translation-link", "it is good", "es ist gut #gut"),
    ("translation-link", "mail a@12.34 now", "schreibt b@12.34"),
    ("translation-link", "mail a@b.org now", "schreibt a@c.org"),
    ("translation-link", "mail a@b.org now", "schreibt an a@b.org\u0443"),
    ("translation-link", "mail a@b.org now", "schreibt an a@b.org-x"),
    ("translation-link", "mail a@b.org now", "schreibt a@b.org, a@b.org"),
    ("translation-emphasis", "{{ _a }} {{ b_ }}", "{{ b_ }} {{ _a }}"),
    ("translation-emphasis", "{_a} {b_}", "{b_} {_a}"),
    ("translation-emphasis", "attacks on", "at*ta*ques contre"),
)
"""What is said of each translation of these; most have the same signs in another place."""


@pytest.mark.parametrize(("code", "source", "translation"), SPOILED)
def test_marks_that_mean_something_else_do_not_agree(code: str, source: str, translation: str):
    assert code in _codes(source, translation)
    assert not marks_agree(Message("home/body", source, translation))


@pytest.mark.parametrize(
    ("source", "translation"),
    [
        ("of 4,585 in 2016", "von 4.585 im Jahr 2016"),
        ("of 4,585 in 2016", "sur 4\u202f585 en 2016"),
        ("8.9 million in 2024, 133 of them", "2024 waren es 8,9 Millionen, davon 133"),
        ("18 to 30 years, 12.5 %", "18\u201330 \u0644\u0647, \u0661\u0662\u066b\u0665"),
        ("1,234,567 of them [^s1]", "davon 1 234 567 [^s1]."),
        ("at {time} in {place}, 5 %", "in {place} um {time}, 5 %"),
        ("**This** is *so*, 12 times.", "*So* ist **das, was es** ist: 12 Mal."),
        ("**“They came.”** It is so.", "Es ist so. **„Sie kamen.“**"),
        ("Write to press@example.org, 12 do.", "12 schreiben an press@example.org."),
    ],
)
def test_texts_with_the_same_marks_are_passed_over(source: str, translation: str):
    assert _codes(source, translation) == set()
    assert marks_agree(Message("home/body", source, translation))


PARTS = (
    *("foo", "**", "*", "_", "[^s1]", "[", "]", "](", "(https://a.org/b)", "://", "http", "\\"),
    *("`", "*foo*", "**foo**", "**12**", "*foo bar*", "\u0650"),
    *("1 2 3 4", "6 7", "/", ":", "[^12", "8.9", "8,9", "2024, 133", "18\u201330", "a1://2", "%d"),
    *("{a}", "{_a}", "{b_}", "{{ a }}", "%(a)s", "\u200f", "\uff0eo", ".o", "\u09e7"),
    *(
        "!",
        "<",
        ">",
        "\n",
        "\t",
        "\u2003",
        " ",
        " ",
        " ",
        "1",
        "2",
        "12",
        "200",
        "300",
        "2016",
        ",",
        ".",
        "\u00a0",
    ),
    *(
        "\u202f",
        "%",
        "s",
        "{",
        "}",
        "a.org",
        "me@foo.org",
        "you@a.org",
        "@",
        "#",
        "\u0662",
        "\u00b2",
        "\u2460",
        "\ufe0f\u20e3",
    ),
)


@settings(max_examples=500)
@given(st.permutations(PARTS), st.integers(1, 7), st.data())
def test_where_marks_agree_reading_them_finds_nothing(parts, size, data):
    used = parts[:size]
    turned = data.draw(st.permutations(used))
    markdown = data.draw(st.booleans())
    source, translation = "".join(used), "".join(turned)
    for one, other in ((source, translation), (f"{source} foo", translation)):
        context = "home/body" if markdown else "home/fact"
        if marks_agree(Message(context, one, other)):
            assert _codes(one, other, markdown=markdown) == set()
