from __future__ import annotations

import random

import pytest
from stopjihad.text.markdown.blocks import (
    MAX_DEPTH,
    Block,
    Heading,
    MarkdownList,
    Paragraph,
    QuoteBlock,
    parse,
)

from support.documents import document, soup
from support.timing import seconds_of


def test_paragraphs_are_separated_by_empty_lines_and_know_their_lines():
    assert parse("one\ntwo\n\n\nthree\n") == (Paragraph("one\ntwo", 0, 1), Paragraph("three", 4, 4))


@pytest.mark.parametrize("text", ["", "\n", "  \n\t\n"])
def test_nothing_gives_nothing(text: str):
    assert parse(text) == ()


def test_headings_end_paragraphs_and_lose_closing_signs():
    assert parse("text\n## Head ##\nmore") == (
        Paragraph("text", 0, 0),
        Heading(2, "Head", 1, 1),
        Paragraph("more", 2, 2),
    )


@pytest.mark.parametrize("text", ["#hashtag", "####### seven", "#\tx"[:1] + "x"])
def test_a_hash_without_space_is_no_heading(text: str):
    assert isinstance(parse(text)[0], Paragraph)


def test_list_items_hold_their_own_blocks():
    (listing,) = parse("1. one\n   more\n2. two\n   - inner\n\n     second paragraph\n")
    assert isinstance(listing, MarkdownList)
    assert (listing.is_ordered, listing.start, len(listing.items)) == (True, 1, 2)
    assert listing.items[0].children == (Paragraph("one\nmore", 0, 1),)
    inner = listing.items[1].children[1]
    assert isinstance(inner, MarkdownList)
    assert [child.text for child in inner.items[0].children] == ["inner", "second paragraph"]
    assert not inner.tight


@pytest.mark.parametrize(("text", "tight"), [("- a\n- b", True), ("- a\n\n- b", False)])
def test_an_empty_line_between_items_makes_a_list_loose(text: str, tight):
    (listing,) = parse(text)
    assert listing.tight is tight


def test_another_marker_starts_another_list():
    assert [block.marker for block in parse("- a\n* b\n1. c\n1) d")] == ["-", "*", ".", ")"]


def test_a_year_at_the_start_of_a_line_starts_no_list():
    assert parse("It began in\n1986. Nobody saw it.") == (
        Paragraph("It began in\n1986. Nobody saw it.", 0, 1),
    )


def test_quotes_continue_lazily_and_nest():
    (quote,) = parse("> one\ntwo\n> > three")
    assert isinstance(quote, QuoteBlock)
    assert quote.children[0] == Paragraph("one\ntwo", 0, 1)
    assert isinstance(quote.children[1], QuoteBlock)


def _depth(found: tuple[Block, ...]) -> int:
    deepest = 0
    for block in found:
        if isinstance(block, QuoteBlock):
            deepest = max(deepest, 1 + _depth(block.children))
        elif isinstance(block, MarkdownList):
            deepest = max(deepest, *(1 + _depth(item.children) for item in block.items))
    return deepest


@pytest.mark.parametrize("sign", ["> ", "- ", "1. ", ">- "])
def test_nesting_stops_at_the_limit(sign: str):
    assert _depth(parse(sign * 400 + "x")) == MAX_DEPTH


@pytest.mark.parametrize(
    "line", ["> " * 300, "- " * 300, " " * 3000 + "x", "x" * 3000, "-" * 3000, "1. " * 300 + "a\n"]
)
def test_time_grows_with_the_length_alone(line: str):
    assert seconds_of(lambda: parse("\n".join([line] * 40)), 0.5) < 0.5


def _lines(found: tuple[Block, ...]) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    for block in found:
        if isinstance(block, QuoteBlock):
            places += _lines(block.children)
        elif isinstance(block, MarkdownList):
            places += [place for item in block.items for place in _lines(item.children)]
        else:
            places.append((block.first, block.last))
    return places


def test_every_block_stands_where_it_says():
    rng = random.Random(5)
    texts = [document(seed) for seed in range(300)] + [soup(rng) for _ in range(3000)]
    for text in texts:
        lines = text.expandtabs(4).split("\n")
        places = _lines(parse(text))
        assert places == sorted(places)
        for block in parse(text):
            if isinstance(block, Paragraph):
                words = "\n".join(line.lstrip() for line in lines[block.first : block.last + 1])
                assert words.rstrip() == block.text
