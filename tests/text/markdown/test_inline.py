from __future__ import annotations

import random

import pytest
from stopjihad.text.markdown import inline
from stopjihad.text.markdown.inline import (
    BREAK,
    CLOSE,
    LINK,
    LINK_END,
    OPEN,
    REFERENCE,
    TEXT,
    parse,
)

from support.documents import soup
from support.timing import seconds_of


def _show(text: str) -> str:
    marks = {OPEN: "<{}>", CLOSE: "</{}>", LINK: "<a {}>", LINK_END: "</a>", BREAK: "<br>"}
    marks |= {REFERENCE: "<ref {}>", TEXT: "{}"}
    return "".join(marks[kind].format(value) for kind, value in parse(text))


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("plain", "plain"),
        ("*a* **b** ***c***", "<em>a</em> <strong>b</strong> <em><strong>c</strong></em>"),
        ("_a_ snake_case_name __b__", "<em>a</em> snake_case_name <strong>b</strong>"),
        ("*a **b* c**", "<em>a <em><em>b</em> c</em></em>"),
        ("2 * 3 * 4", "2 * 3 * 4"),
        ("[words](https://a.org/x)", "<a https://a.org/x>words</a>"),
        ("[a *b*](<https://a.org/>)", "<a https://a.org/>a <em>b</em></a>"),
        ('[a](https://a.org/(b) "title")', "<a https://a.org/(b)>a</a>"),
        ("*[a*](https://a.org)", "*<a https://a.org>a*</a>"),
        ("[a [b](c) d](e)", "[a <a c>b</a> d](e)"),
        ("[no address]", "[no address]"),
        ("fact[^un2014].", "fact<ref un2014>."),
        ("[^UN]", "[^UN]"),
        ("<https://a.org/x>", "<a https://a.org/x>https://a.org/x</a>"),
        ("<me@a.org>", "<a mailto:me@a.org>me@a.org</a>"),
        ("<b onclick=x>", "<b onclick=x>"),
        ("![alt](https://a.org/x.png)", "![alt](https://a.org/x.png)"),
        (r"\*not\* \[x\](y) \q", r"*not* [x](y) \q"),
        ("one  \ntwo\\\nthree\nfour", "one<br>two<br>three\nfour"),
        ("`code` &amp; {{ x }}", "`code` &amp; {{ x }}"),
    ],
)
def test_marks_are_read(text: str, shown: str):
    assert _show(text) == shown


def test_marks_are_always_properly_nested():
    rng = random.Random(7)
    for _ in range(20_000):
        text = soup(rng)
        open_marks: list[str] = []
        for kind, value in parse(text):
            if kind == OPEN:
                open_marks.append(value)
            elif kind == LINK:
                open_marks.append("a")
            elif kind == CLOSE:
                assert open_marks.pop() == value, text
            elif kind == LINK_END:
                assert open_marks.pop() == "a", text
        assert open_marks == [], text


BOMBS = (
    *("[", "<a ", "[a](b", "*", "_", "*a ", "a* ", "**a* ", "*_", "a**b", "[](", "![", "\\", "<"),
    *("[^", "[^a", "](", "[a](b ", '[a](b "', "<https://", "<a@", "(", "[a](<", " ", "  \n", "\n"),
    *("*a**b***c", "_a__b", "[*a](b)*", "[[a](b)](c)", "]("),
)


@pytest.mark.parametrize("sign", BOMBS)
def test_no_repetition_takes_long(sign: str):
    text = sign * (20_480 // len(sign))  # twice the longest field
    assert seconds_of(lambda: parse(text), 0.5) < 0.5


def test_the_text_of_what_is_no_mark_is_kept():
    assert inline.parse("") == [(TEXT, "")]
