from __future__ import annotations

from hypothesis import example, given, settings
from hypothesis import strategies as st
from stopjihad.text.language.fold import folded_tokens
from stopjihad.text.markdown import inline
from stopjihad.text.markdown.words import block_tokens, inline_words, words


def test_marks_go_and_words_stay():
    text = "## Head\n\nOne **two** [three](https://a.org)\nfour. [^un2014]\n\n"
    assert words(f"{text}- five [^a][^b].\n- six\n") == "Head\n\nOne two three four.\n\nfive.\nsix"


def test_hard_breaks_are_line_feeds_and_html_is_text():
    assert inline_words("one\\\ntwo <b>") == "one\ntwo <b>"


def test_quotes_keep_their_paragraphs():
    assert words("> one\n>\n> two") == "one\n\ntwo"


PARTS = (
    *("foo", "Bär", "**", "*", "_", "[^s1]", "[^S]", "[^", "]", "[", "](", "(https://a.org/b)"),
    *("](u v)", "<https://x.org>", "<mailto:a@b.de>", "<", "\\", "\\*", "\n", "  \n", "—", "’"),
    *("…", "!", "![", "№", "™", "\u200d", "\u0301", "\u00ad", "ি", "কা", "كلمة", "\u060c", "²"),
    *("\u00a0", "日本", "。", "a_b", "^", ".", ",", ":", "ſ", "İ", "ß", " ", " ", " ", " "),
)
"""Marks, what is like them, and letters that are folded or joined."""


@settings(max_examples=400)
@given(st.lists(st.sampled_from(PARTS), max_size=9).map("".join))
@example("foo [^s1]bar")  # a reference takes the space before it away
@example("foo [^s1] **[^s2]bar**")
@example("foo[bar]( u )baz")
@example("![^s1] \\[^s1] [^s1].")
def test_words_of_a_block_are_those_that_reading_its_marks_gives(text: str) -> None:
    assert block_tokens(text) == folded_tokens(inline_words(text))


def _read(text: str) -> str:
    """Read each mark of a block, whatever it is."""
    found = [""]
    for kind, value in inline.parse(text):
        if kind == inline.REFERENCE:
            found[-1] = found[-1].rstrip(" ")
        elif kind in (inline.TEXT, inline.BREAK):
            found.append(value.replace("\n", " ") if kind == inline.TEXT else "\n")
    return "".join(found).strip()


MARKED = (
    *("**foo**", "*bar*", "**foo", "bar**", "*", "**", "_", "\\", "!", "[^s1]", " [^s1]", "[^"),
    *("a]", "foo", "é", "\u0301", ".", ")", "(", "—", " ", " ", " ", "\n", "*foo [^s1]* ", "<b>"),
)
"""Emphasis and references, whole and in pieces, and what may stand beside them."""


@settings(max_examples=400)
@given(st.lists(st.sampled_from(MARKED), max_size=9).map("".join))
@example("**foo**! *bar*[^s1]. é")
@example("wow! [^s1] **[^s1] foo** bar")  # the second is no emphasis
@example("*foo[^s*]*bar[*^s1]")  # what emphasis leaves is no reference
def test_emphasis_and_references_are_taken_away_as_if_all_marks_were_read(text: str) -> None:
    assert inline_words(text) == _read(text)
