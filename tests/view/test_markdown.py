from __future__ import annotations

import datetime as dt
import random
from html.parser import HTMLParser

import pytest
from stopjihad.model.point import Source
from stopjihad.view import markdown
from stopjihad.view.markdown import ATTRIBUTES, TAGS, plain_text, render_prose
from stopjihad.view.records import Prose, Text

from support.documents import document, soup
from support.timing import seconds_of


def _source(name: str) -> Source:
    day = dt.date(2026, 11, 20)
    return Source(id=name, title="T", publisher="P", url="https://a.org/", accessed=day)


SOURCES = (_source("un2014"), _source("icct"))


def _html(text: str, lang: str = "en", **options) -> str:
    return render_prose(Prose((Text(text, lang),)), SOURCES, "en", **options)


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("one\n\ntwo", "<p>one</p><p>two</p>"),
        ("# a\n## b\n###### c", "<h2>a</h2><h2>b</h2><h6>c</h6>"),
        ("- a\n- b", "<ul><li>a</li><li>b</li></ul>"),
        ("- a\n\n- b", "<ul><li><p>a</p></li><li><p>b</p></li></ul>"),
        ("3. a\n4. b", '<ol start="3"><li>a</li><li>b</li></ol>'),
        ("> a", "<blockquote><p>a</p></blockquote>"),
        ("a\\\nb", "<p>a<br>b</p>"),
        ("*a* **b**", "<p><em>a</em> <strong>b</strong></p>"),
        ("[a](https://b.org?c=d&e=f)", '<p><a href="https://b.org?c=d&amp;e=f" {}>a</a></p>'),
        ("[a](mailto:b@c.org)", '<p><a href="mailto:b@c.org">a</a></p>'),
        ("[0800](tel:+33800005696)", '<p><a dir="ltr" href="tel:+33800005696">0800</a></p>'),
        ("[a](../pages/about.md)", '<p><a href="about/index.html">a</a></p>'),
        ("<b>a</b> & c", "<p>&lt;b&gt;a&lt;/b&gt; &amp; c</p>"),
        ("{{ x }} {% y %}", "<p>{{ x }} {% y %}</p>"),
        ("[a](http://b.org) [c](x:y)", "<p>[a](http://b.org) [c](x:y)</p>"),
        ("", ""),
    ],
)
def test_what_is_written_becomes_html(text: str, html: str):
    assert _html(text) == html.replace("{}", 'rel="noopener noreferrer"')


def test_headings_move_down_and_links_start_at_the_root():
    html = _html("## a\n\n[b](points/c)", heading_offset=1, root="../../")
    assert html == '<h3>a</h3><p><a href="../../points/c/index.html">b</a></p>'


def test_references_are_numbered_by_source_and_have_one_way_back():
    note = '<sup><a href="#source-{0}"{1} role="doc-noteref">{2}</a>{3}</sup>'
    assert _html("a[^icct][^un2014] b[^icct] c[^none]", prefix="body") == (
        "<p>a"
        + note.format("icct", ' id="body-icct"', 2, ", ")
        + note.format("un2014", ' id="body-un2014"', 1, "")
        + " b"
        + note.format("icct", "", 2, "")
        + " c[^none]</p>"
    )


def test_marks_of_sentences_are_not_shown():
    html = _html("The UN counted. [^un2014] [^stay] It asked for more. [^together]")
    assert "stay" not in html
    assert "together" not in html
    assert html == _html("The UN counted. [^un2014] It asked for more.")


def test_another_language_is_marked_with_its_direction():
    prose = Prose((Text("un", "fr"), Text("one\n\ntwo", "en"), Text("اثنان", "ar")))
    assert render_prose(prose, (), "fr") == (
        '<p>un</p><div dir="ltr" lang="en"><p>one</p><p>two</p></div>'
        '<div dir="rtl" lang="ar"><p>اثنان</p></div>'
    )


def test_a_list_that_changes_language_stays_one_list():
    prose = Prose((Text("1. un", "fr"), Text("2. two", "en"), Text("3. trois\n\nfin", "fr")))
    assert render_prose(prose, (), "fr") == (
        '<ol><li>un</li><li dir="ltr" lang="en">two</li><li>trois</li></ol><p>fin</p>'
    )


def test_lists_with_other_markers_stay_apart():
    prose = Prose((Text("- un", "fr"), Text("1. two", "en")))
    assert render_prose(prose, (), "fr") == (
        '<ul><li>un</li></ul><div dir="ltr" lang="en"><ol><li>two</li></ol></div>'
    )


def test_plain_text_has_no_marks():
    prose = Prose((Text("**un** [^un2014]", "fr"), Text("- two", "en")))
    assert plain_text(prose) == "un\n\ntwo"


class _Judge(HTMLParser):
    """Refuse every element, attribute and address that is not on the list."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []
        self.ids: list[str] = []

    def handle_starttag(self, tag, attrs):
        assert tag in TAGS, tag
        for name, value in attrs:
            assert name in ATTRIBUTES.get(tag, set()), (tag, name)
            if name == "href":
                assert value.startswith(("https://", "mailto:", "tel:", "#source-")) or (
                    value.endswith("/index.html") and ":" not in value
                ), value
            if name == "id":
                self.ids.append(value)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag):
        assert self.open.pop() == tag

    def handle_comment(self, data):
        raise AssertionError(data)

    handle_decl = handle_pi = unknown_decl = handle_comment


def _judge(html: str) -> None:
    judge = _Judge()
    judge.feed(html)
    judge.close()
    assert judge.open == []
    assert len(judge.ids) == len(set(judge.ids))


PAYLOADS = (
    "<script>alert(1)</script>",
    "<img src=x onerror=alert(1)>",
    "[a](javascript:alert(1))",
    "[a](JaVaScRiPt:alert(1))",
    "[a](java\tscript:alert(1))",
    "[a](&#106;avascript:alert(1))",
    "[a](data:text/html;base64,PHNjcmlwdD4=)",
    "[a](vbscript:x)",
    "<javascript:alert(1)>",
    '[a](https://b.org/"onmouseover="alert(1))',
    "[a](https://b.org/'onmouseover='alert(1))",
    '[a](<https://b.org/" onmouseover="alert(1)>)',
    '[a](https://b.org "x" onmouseover="y")',
    '![a](x"onerror="alert(1))',
    "<svg/onload=alert(1)>",
    "<iframe src=https://b.org>",
    "<https://b.org/?a='onclick='b>",
    "[a][b]\n\n[b]: javascript:alert(1)",
    "`<script>`",
    "```\n<script>alert(1)</script>\n```",
    "    <script>alert(1)</script>",
    "<div\n<script>alert(1)</script>",
    "<!--><script>alert(1)</script>-->",
    "*<b onclick=x>*{: onclick=alert(1) }",
    '[^un2014"><script>]',
    "<math><style><img src=x></style>",
    "[<script>](https://b.org)",
    "<a@b.org?x=<script>>",
    "[a](../../../etc/passwd)",
    "[a](//b.org)",
    "[a](\\\\b.org)",
    "\x00<script\x00>",
)


@pytest.mark.parametrize("payload", PAYLOADS)
@pytest.mark.parametrize("frame", ["{}", "- {}", "> {}", "## {}", "*{}*", "[{}](https://a.org)"])
def test_payloads_stay_text(payload: str, frame: str, monkeypatch: pytest.MonkeyPatch):
    text = frame.format(payload)
    cleaned = _html(text)
    monkeypatch.setattr(markdown, "cleaner", _Untouched)
    _judge(cleaned)
    _judge(_html(text))


class _Untouched:
    """Stand in for nh3: what we write must be safe before it is cleaned."""

    def clean(self, html: str) -> str:
        return html


def test_what_we_write_is_safe_and_cleaning_changes_nothing():
    rng = random.Random(23)
    texts = [document(seed) for seed in range(300)] + [soup(rng) for _ in range(5000)]
    clean = markdown.cleaner().clean
    for text in texts:
        once = _html(text)
        _judge(once)
        assert clean(once) == once


def test_any_passages_in_any_languages_are_written():
    rng = random.Random(29)
    for _ in range(2000):
        passages = tuple(
            Text(soup(rng, 12), rng.choice(("en", "fr", "ar", "ur", "xx", '"><script>')))
            for _ in range(rng.randint(0, 4))
        )
        _judge(render_prose(Prose(passages), SOURCES, "fr"))


@pytest.mark.parametrize(
    "sign",
    ["[", "<a ", "*", "**a* ", "_a", "> ", "- ", "1. ", "[a](b", "\\", "![", "<", "&", "[^un2014]"],
)
@pytest.mark.parametrize("size", [10_240, 40_000])
def test_bombs_take_no_time(sign: str, size: int):
    text = sign * (size // len(sign))
    assert seconds_of(lambda: _html(text), 0.5) < 0.5
