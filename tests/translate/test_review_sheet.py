from __future__ import annotations

import json
import random
from html.parser import HTMLParser

import pytest
from stopjihad.translate import review_sheet
from stopjihad.translate.exchange import RefusedFile
from stopjihad.translate.review_sheet import SheetPreview, diff_html

from support.exchange import bundle


def _saved(**fields) -> bytes:
    usual = {"format": "stopjihad-review", "version": 1, "campaign": "demo", "language": "fr"}
    usual |= {"by": "Nour", "rows": [{"key": "a", "approved": "b", "question": "Who?"}]}
    return json.dumps(usual | fields).encode()


class _Page(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.rows: list[dict[str, str]] = []
        self.addresses: list[str] = []
        self.handlers: list[str] = []

    def handle_starttag(self, tag, attrs):
        values = dict(attrs)
        if values.get("class") == "row":
            self.rows.append(values)
        self.addresses += [values[name] for name in ("href", "src", "action") if name in values]
        self.handlers += [name for name in values if name.startswith("on")]


def _page(previews=None, language: str = "fr") -> _Page:
    page = _Page()
    page.feed(review_sheet.write(bundle(language), previews or {}).decode())
    return page


def test_every_row_is_there_with_its_key_and_nothing_is_loaded():
    page = _page()
    assert [row["data-key"] for row in page.rows] == [row.key for row in bundle().rows]
    assert page.addresses == []
    assert page.handlers == []


def test_words_of_the_campaign_are_text():
    html = review_sheet.write(bundle(), {}).decode()
    assert "A fact &lt;b&gt; &amp; &#34;more&#34;." in html
    assert "<b> & " not in html.partition("<main>")[2].partition("<script>")[0]


def test_languages_and_directions_are_marked():
    html = review_sheet.write(bundle("ar"), {}).decode()
    assert '<textarea data-part="translation" aria-label="Translation" lang="ar" dir="rtl">' in html
    assert '<div class="source" lang="en" dir="ltr">' in html


def test_previews_are_inside_the_file():
    previews = {"bus": SheetPreview(page="<p>Un fait</p>", card=b"\x89PNG1234")}
    page = _page(previews)
    assert page.addresses == ["data:image/png;base64,iVBORzEyMzQ="]
    assert "<p>Un fait</p>" in review_sheet.write(bundle(), previews).decode()


@pytest.mark.parametrize(
    ("old", "new", "html"),
    [
        ("one two", "one three", "one <del>two</del> <ins>three</ins>"),
        ("a", "a b", "a<ins> b</ins>"),
        ("<i> x", "x", "<del>&lt;i&gt; </del>x"),
        ("same", "same", "same"),
        ("a b c d", "a x y d", "a <del>b c</del> <ins>x y</ins> d"),
    ],
)
def test_differences_are_shown_word_by_word(old: str, new: str, html: str):
    assert diff_html(old, new) == html


def test_a_saved_review_is_read():
    saved, rows = review_sheet.read(_saved())
    assert (saved.by, saved.language) == ("Nour", "fr")
    assert (rows[0].key, rows[0].approved, rows[0].question, rows[0].place) == (
        "a",
        "b",
        "Who?",
        "row 1",
    )


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"[]",
        b"{}",
        _saved(format="other"),
        _saved(version=2),
        _saved(rows=[{"translation": "x"}]),
        _saved(rows=[{"key": 7}]),
        b"[" * 100_000,
        b"x" * (review_sheet.MAX_BYTES + 1),
    ],
)
def test_other_files_are_refused_in_one_line(data: bytes):
    with pytest.raises(RefusedFile) as caught:
        review_sheet.read(data)
    assert "\n" not in str(caught.value)


def test_no_bytes_raise_anything_else():
    rng = random.Random(9)
    good = _saved()
    for _ in range(2000):
        at = rng.randrange(len(good))
        try:
            review_sheet.read(good[:at] + rng.randbytes(2) + good[at + 1 :])
        except RefusedFile:
            continue
