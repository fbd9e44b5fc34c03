"""Read prose as running text: its paragraphs, and which of them stay whatever is cut."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from stopjihad.text.language.sentence_marks import marked_sentences
from stopjihad.text.markdown import blocks
from stopjihad.view.records import Prose, Text


class RunningText(NamedTuple):
    """A heading, a paragraph or an ``entry`` of a list; ``stays`` whatever is cut."""

    text: Text
    stays: bool
    heading: bool = False
    entry: bool = False


def running_text(prose: Prose) -> list[RunningText]:
    """Give headings, paragraphs and entries of lists; marks and references are left out.

    Words below a heading need it, "You have a right to ask" under "What is passed on"; a heading
    below which nothing is left says nothing.
    """
    found: list[RunningText] = []
    for passage in prose.passages:
        for text, heading, entry in _texts(blocks.parse(passage.value)):
            sentences = marked_sentences(text, passage.lang)
            words = " ".join(one.text for one in sentences)
            if words and heading:
                _end_section(found)
            if words:
                stays = any(one.stays for one in sentences)
                found.append(RunningText(Text(words, passage.lang), stays, heading, entry))
    _end_section(found)
    return found


def _end_section(found: list[RunningText]) -> None:
    if found and found[-1].heading:
        found.pop()


def _texts(
    found: Iterable[blocks.Block], *, entry: bool = False
) -> Iterator[tuple[str, bool, bool]]:
    for block in found:
        if isinstance(block, blocks.Paragraph | blocks.Heading):
            yield block.text, isinstance(block, blocks.Heading), entry
        elif isinstance(block, blocks.MarkdownList):
            for item in block.items:
                yield from _texts(item.children, entry=True)
        elif isinstance(block, blocks.QuoteBlock):
            yield from _texts(block.children, entry=entry)
