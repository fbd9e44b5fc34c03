from __future__ import annotations

import random

import pytest
from stopjihad.text.markdown import blocks
from stopjihad.text.markdown.segments import MarkdownPassage, rebuild, segments

from support.documents import document, soup
from support.timing import seconds_of

DOCUMENT = """People left
early. [^un2014]

## What the courts say

1. Talk to someone\\
   you trust.
2. Keep the messages.

   They are evidence.

> Quoted words
> on two lines.

[^un2014]
"""


def _joined(text: str, translate) -> str:
    return "\n".join(passage.text for passage in rebuild(text, translate))


def test_segments_are_folded_and_named_by_kind():
    assert segments(DOCUMENT) == (
        ("People left early. [^un2014]", "paragraph"),
        ("What the courts say", "heading"),
        ("Talk to someone\nyou trust.", "item"),
        ("Keep the messages.", "item"),
        ("They are evidence.", "item"),
        ("Quoted words on two lines.", "quote"),
    )


def test_wrapping_lines_anew_changes_no_segment():
    assert segments("one two\nthree  four") == segments("one\ntwo three  four")


def test_without_translations_the_document_is_unchanged():
    assert rebuild(DOCUMENT, lambda _: None) == (MarkdownPassage(DOCUMENT, translated=False),)
    assert _joined(DOCUMENT, lambda _: None) == DOCUMENT


def test_all_translated_is_one_passage():
    (passage,) = rebuild(DOCUMENT, lambda text: f"x{text}")
    assert passage.translated
    assert passage.text.startswith("xPeople left early. [^un2014]\n\n## xWhat the courts say\n")
    assert "1. xTalk to someone\\\n   you trust.\n2. xKeep the messages.\n" in passage.text
    assert "\n\n   xThey are evidence.\n\n> xQuoted words on two lines.\n" in passage.text


def test_what_is_not_translated_stays_in_its_own_passage():
    french = {"one": "un", "three": "trois"}
    assert rebuild("one\n\ntwo\n\nthree", french.get) == (
        MarkdownPassage("un\n", translated=True),
        MarkdownPassage("two\n", translated=False),
        MarkdownPassage("trois", translated=True),
    )


def test_list_items_fall_back_one_by_one():
    french = {"one": "un", "three": "trois"}
    assert [passage.translated for passage in rebuild("- one\n- two\n- three", french.get)] == [
        True,
        False,
        True,
    ]


def test_an_item_falls_back_with_all_that_it_holds():
    french = {"one": "un", "three": "trois"}
    assert rebuild("- one\n  - two\n- three", french.get) == (
        MarkdownPassage("- one\n  - two", translated=False),
        MarkdownPassage("- trois", translated=True),
    )


def test_numbers_and_lone_references_are_not_translated():
    assert segments("2014\n\n[^un2014]\n\n**12** [^a]") == ()


@pytest.mark.parametrize(
    ("source", "translation", "result"),
    [
        ("text", "- no list", "\\- no list"),
        ("text", "1986. Year", "1986\\. Year"),
        ("text", "# no heading", "\\# no heading"),
        ("text", "> no quote", "\\> no quote"),
        ("text", "one\n\n\ntwo", "one\\\ntwo"),
        ("text", "one\\\ntwo", "one\\\ntwo"),
        ("## Head", "two\nlines #", "## two lines \\#"),
        ("- item", "  - spaces  ", "- \\- spaces"),
    ],
)
def test_a_translation_cannot_start_another_block(source: str, translation: str, result: str):
    assert rebuild(source, lambda _: translation) == (MarkdownPassage(result, translated=True),)


def _shape(found: tuple[blocks.Block, ...]) -> list[object]:
    shape: list[object] = []
    for block in found:
        if isinstance(block, blocks.MarkdownList):
            items = [_shape(item.children) for item in block.items]
            shape.append((block.marker, block.start, block.tight, items))
        elif isinstance(block, blocks.QuoteBlock):
            shape.append(("quote", _shape(block.children)))
        else:
            level = block.level if isinstance(block, blocks.Heading) else 0
            shape.append((level, block.text.count("\\\n") if "  \n" not in block.text else -1))
    return shape


def _bare(shape: object) -> object:
    """Forget how many lines a paragraph has."""
    if isinstance(shape, list):
        return [_bare(item) for item in shape]
    if isinstance(shape, tuple) and shape and isinstance(shape[0], int):
        return shape[0]
    return tuple(_bare(item) for item in shape) if isinstance(shape, tuple) else shape


def _alter(text: str) -> str:
    return f"1. - {text.swapcase()} # \n> x"


def test_untouched_documents_come_back_byte_for_byte():
    rng = random.Random(11)
    texts = [document(seed) for seed in range(1000)] + [soup(rng) for _ in range(20_000)]
    for text in texts:
        assert _joined(text, lambda _: None) == text


def test_the_structure_survives_when_every_segment_is_altered():
    for seed in range(1000):
        text = document(seed)
        altered = _joined(text, _alter)
        assert altered != text
        assert _bare(_shape(blocks.parse(altered))) == _bare(_shape(blocks.parse(text))), text


def test_altered_segments_are_read_back_as_they_were_given():
    for seed in range(300):
        text = document(seed)
        altered = _joined(text, lambda source: f"ü{source}")
        assert [item.text for item in segments(altered)] == [
            f"ü{item.text}" for item in segments(text)
        ]


def test_soup_never_raises_and_keeps_its_structure():
    rng = random.Random(13)
    for _ in range(10_000):
        text = soup(rng)
        altered = _joined(text, lambda source: f"ü{source}")
        assert len(blocks.parse(altered)) == len(blocks.parse(text)), text


def test_five_languages_of_a_thousand_documents_take_a_moment():
    texts = [document(seed) for seed in range(1000)]

    def translate() -> None:
        for text in texts:
            for _ in range(5):
                rebuild(text, str.upper)

    assert seconds_of(translate, 2) < 2


def test_the_sample_campaign_survives_translation():
    from support.build import REPOSITORY

    paths = sorted((REPOSITORY / "campaigns/stop-jihadism").glob("p*/*.md"))
    assert len(paths) > 15
    for path in paths:
        text = path.read_text(encoding="utf-8").split("\n---\n", 1)[1]
        assert _joined(text, lambda _: None) == text
        altered = _joined(text, _alter)
        assert altered != text
        assert _bare(_shape(blocks.parse(altered))) == _bare(_shape(blocks.parse(text)))
