from __future__ import annotations

import random
from functools import partial

import pytest
from stopjihad.text.markdown.checks import TEXT_BYTES, markdown_problems

from support.documents import document, soup
from support.timing import seconds_of

TARGETS = frozenset({"points/they-lie", "pages/about", "help"})


@pytest.mark.parametrize(
    ("text", "line", "column", "code"),
    [
        ("fine\n\nfact[^un2015]", 3, 5, "unknown-source"),
        ("a [b](points/they-lies) c", 1, 7, "dead-link"),
        ("a [b](http://a.org)", 1, 7, "link-address"),
        ("a [b](javascript:alert)", 1, 7, "link-address"),
        ("a [b]()", 1, 7, "link-address"),
        ("# Title", 1, 1, "markdown-heading-level"),
        ("a <script>x</script>", 1, 3, "markdown-html"),
        ("a <!-- b -->", 1, 3, "markdown-html"),
        ("![a](https://a.org/b.png)", 1, 1, "markdown-image"),
        ("a `b`", 1, 3, "markdown-code"),
        ("a\n---", 2, 1, "markdown-rule"),
        ("| a | b |", 1, 1, "markdown-table"),
        ("[a]: https://a.org", 1, 1, "markdown-definition"),
        ("[^un2014]: a source", 1, 1, "markdown-footnote"),
        ("> " * 12 + "x", 1, 0, "markdown-too-deep"),
        ("[" * 201, 1, 0, "markdown-too-many-marks"),
        ("*a " * 13 + "b* " * 13, 1, 0, "markdown-too-deep"),
        ("x" * (TEXT_BYTES + 1), 1, 0, "markdown-too-long"),
    ],
)
def test_each_mistake_is_found_at_its_place(text: str, line: int, column: int, code: str):
    found = markdown_problems(text, {"un2014"}, TARGETS)
    assert [(item.line, item.column, item.code) for item in found] == [(line, column, code)]


def test_a_near_miss_is_suggested():
    found = markdown_problems("a[^un2015] [b](pages/abuot)", {"un2014"}, TARGETS)
    assert [item.hint for item in found] == [
        "did you mean 'un2014'?",
        "did you mean 'pages/about'?",
    ]


@pytest.mark.parametrize(
    "text",
    [
        "a [b](../pages/about.md), [c](help), <https://a.org>, <me@a.org>, [d](mailto:me@a.org)",
        r"2 \< 3, a \`b\`, \![x](https://a.org)",
        "a < b and 5 > 3",
        "- a\n- b\n\n1. c\n\n> d",
        "[e](https://a.org/(f))",
    ],
)
def test_good_text_passes(text: str):
    assert markdown_problems(text, {"un2014"}, TARGETS) == []


def test_generated_good_documents_pass():
    for text in map(document, range(300)):
        if len(text.encode()) <= TEXT_BYTES:
            assert markdown_problems(text, {"un2014"}, TARGETS) == []


def test_no_text_raises_and_none_takes_long():
    def read_soups() -> None:
        rng = random.Random(3)
        for _ in range(5000):
            markdown_problems(soup(rng), {"un2014"}, TARGETS)

    assert seconds_of(read_soups, 10) < 10
    for sign in ("[", "<a ", "*", "> ", "- ", "](", "`", "|", "[^", "\\", "*a ", "_*"):
        text = sign * (TEXT_BYTES // len(sign))
        assert seconds_of(partial(markdown_problems, text, set(), set()), 0.5) < 0.5, sign


def test_unpaired_surrogates_are_no_problem_here():
    assert markdown_problems("a \ud800 b") == []
