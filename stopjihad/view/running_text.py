"""Read prose as running text: its paragraphs, and which of them stay whatever is cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from stopjihad.text.language.sentence_marks import marked_sentences
from stopjihad.text.markdown import blocks
from stopjihad.view.records import Prose, Text


def running_text(prose: Prose) -> list[tuple[Text, bool]]:
    """Give paragraphs and entries of lists, each with whether it stays whatever is cut.

    Headings, marks and references are left out.
    """
    found: list[tuple[Text, bool]] = []
    for passage in prose.passages:
        for text in _texts(blocks.parse(passage.value)):
            sentences = marked_sentences(text, passage.lang)
            words = " ".join(one.text for one in sentences)
            if words:
                found.append((Text(words, passage.lang), any(one.stays for one in sentences)))
    return found


def _texts(found: Iterable[blocks.Block]) -> Iterator[str]:
    for block in found:
        if isinstance(block, blocks.Paragraph):
            yield block.text
        elif isinstance(block, blocks.MarkdownList):
            for item in block.items:
                yield from _texts(item.children)
        elif isinstance(block, blocks.QuoteBlock):
            yield from _texts(block.children)
