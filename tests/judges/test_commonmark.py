"""Our Markdown is CommonMark without what we do not allow; markdown-it-py judges."""

from __future__ import annotations

import random
import re

import pytest
from markdown_it import MarkdownIt
from stopjihad.view.markdown import render_prose
from stopjihad.view.records import Prose, Text

from support.documents import document, soup

pytestmark = pytest.mark.judge

ABSENT = (
    *("code", "fence", "backticks", "html_block", "html_inline", "image", "entity", "hr"),
    *("lheading", "reference"),
)
# Where we differ on purpose or the judge has ways of its own: pictures stay text, source
# references and inner addresses are ours, tabs in the middle, a backslash before spaces, items
# that start with empty lines.
APART = re.compile(r"!\[|\[\^|\t|\\ |\]\([^h]|(?:^|\n)[ >\-*+\d.)]*(?:[-*+>]|\d[.)])[ ]*(?:\n|$)")


def _plain(html: str) -> str:
    html = re.sub(r"\s*\n\s*", "\n", html)
    html = re.sub(r"\n?(</?(?:p|ul|ol|li|blockquote|h\d)[^>]*>)\n?", r"\1", html)
    for old, new in (
        ("<br />", "<br>"),
        ("&quot;", '"'),
        ("h1>", "h2>"),
        (' rel="noopener noreferrer"', ""),
        ("<br>\n", "<br>"),
    ):
        html = html.replace(old, new)
    return html.strip()


def _ours(text: str) -> str:
    return _plain(render_prose(Prose((Text(text, "en"),)), (), "en"))


@pytest.fixture(scope="module")
def judge() -> MarkdownIt:
    return MarkdownIt("commonmark").disable(list(ABSENT))


@pytest.mark.parametrize("count", [400, pytest.param(1500, marks=pytest.mark.long)])
def test_documents_look_as_commonmark_says(count: int, judge: MarkdownIt):
    for seed in range(count):
        text = document(seed).replace("[^un2014]", "").replace("../pages/about.md", "https://a.b")
        assert _ours(text) == _plain(judge.render(text)), text


def _blocks(html: str) -> str:
    """Keep blocks and letters: inline marks follow the ``markdown`` package, not CommonMark."""
    html = re.sub(r"</?(?:em|strong|a|br)\b[^>]*>", "", html)
    html = html.replace("&lt;", "").replace("&gt;", "").replace("&amp;", "")
    return re.sub(r"[^\w</>]", "", html.replace("_", ""))


@pytest.mark.parametrize("count", [3000, pytest.param(12_000, marks=pytest.mark.long)])
def test_soups_have_the_blocks_of_commonmark(count: int, judge: MarkdownIt):
    rng = random.Random(19)
    judged = 0
    for _ in range(count):
        text = soup(rng, 14)
        if not APART.search(text) and "](" not in text:
            judged += 1
            assert _blocks(_ours(text)) == _blocks(_plain(judge.render(text))), text
    assert judged > count / 6
