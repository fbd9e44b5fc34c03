from __future__ import annotations

from stopjihad.text.markdown.words import inline_words, words


def test_marks_go_and_words_stay():
    text = "## Head\n\nOne **two** [three](https://a.org)\nfour. [^un2014]\n\n"
    assert words(f"{text}- five [^a][^b].\n- six\n") == "Head\n\nOne two three four.\n\nfive.\nsix"


def test_hard_breaks_are_line_feeds_and_html_is_text():
    assert inline_words("one\\\ntwo <b>") == "one\ntwo <b>"


def test_quotes_keep_their_paragraphs():
    assert words("> one\n>\n> two") == "one\n\ntwo"
