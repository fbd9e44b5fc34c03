"""Put translations into a document whose blocks are known: no language need be read again.

What blocks a document has depends on the marks that its lines begin with, and not on the words
after them, as long as these stay on their line and begin no block of their own. So the blocks of a
document whose texts take a line each are those of every language in which all of it is translated
in such words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple, Self

from stopjihad.text.markdown import blocks
from stopjihad.text.markdown.segments import begins_block, slots_of

_HOLE = "\x02"
"""Stands for a translation: no document with this sign has a shape."""


class DocumentShape:
    """The blocks that a document has in all languages; the texts in them are the source's.

    It is compared by identity: what is made of it once can be found again.
    """

    __slots__ = ("blocks",)

    def __init__(self, found: tuple[blocks.Block, ...]) -> None:
        """Keep the blocks."""
        self.blocks = found


class ShapedText(str):
    """Markdown whose blocks are known.

    Attributes:
        shape: its blocks.
        texts: what stands in them, in reading order.
    """

    __slots__ = ("shape", "texts")

    shape: DocumentShape
    texts: tuple[str, ...]

    def __new__(cls, markdown: str, shape: DocumentShape, texts: tuple[str, ...]) -> Self:
        """Make a text."""
        made = super().__new__(cls, markdown)
        made.shape, made.texts = shape, texts
        return made


class _Mould(NamedTuple):
    """A document with a hole for each translation.

    Attributes:
        shape: its blocks.
        sources: what is translated, in reading order.
        headings: which of these are headings, by number.
        parts: Markdown, with a hole between each two.
        texts: of the blocks, None for a hole.
        breaks: how many lines end.
    """

    shape: DocumentShape
    sources: tuple[str, ...]
    headings: tuple[int, ...]
    parts: tuple[str, ...]
    texts: tuple[str | None, ...]
    breaks: int


def shape_translation(markdown: str, translate: Callable[[str], str | None]) -> ShapedText | None:
    """Put translations into a document as ``rebuild`` does, if they leave its blocks as they are.

    Args:
        translate: gives the translation of a segment's text, or None.

    Returns:
        The text of the one passage that ``rebuild`` gives; None where it may give others, or other
        blocks.
    """
    mould = _mould(markdown)
    if mould is None:
        return None
    said = [(translate(source) or "").strip() for source in mould.sources]
    if _may_change_blocks(said, mould.headings):
        return None
    pieces = [*mould.parts, *said]
    pieces[::2], pieces[1::2] = mould.parts, said
    text = "".join(pieces)
    if "\t" in text or text.count("\n") != mould.breaks:
        return None
    words = iter(said)
    texts = tuple([next(words) if one is None else one for one in mould.texts])
    return ShapedText(text, mould.shape, texts)


def _may_change_blocks(texts: Sequence[str], headings: Iterable[int]) -> bool:
    """Tell whether one of some lines without spaces at their ends may be more than words."""
    if not all(texts) or any(map(begins_block, texts)):
        return True
    return any("#" in texts[number] for number in headings)


@lru_cache(maxsize=64)
def _mould(markdown: str) -> _Mould | None:
    """Make holes in a document; None where what is translated does not take a line each."""
    if _HOLE in markdown or "\t" in markdown:
        return None
    found, lines = blocks.parse(markdown), markdown.split("\n")
    slots = tuple(slots_of(found, lines))
    sources = tuple(slot.segment.text for slot in slots)
    headings = tuple(at for at, slot in enumerate(slots) if slot.segment.kind == "heading")
    if not slots or _may_change_blocks(sources, headings):
        return None
    for slot in slots:
        if lines[slot.first] != slot.prefix + slot.segment.text:
            return None
        lines[slot.first] = slot.prefix + _HOLE
    texts: list[str | None] = []
    left = [*reversed(sources)]
    for text in _texts(found):
        texts.append(None if left and text == left[-1] else text)
        if texts[-1] is None:
            left.pop()
    parts = tuple("\n".join(lines).split(_HOLE))
    mould = _Mould(DocumentShape(found), sources, headings, parts, tuple(texts), len(lines) - 1)
    return None if left else mould


def _texts(found: tuple[blocks.Block, ...]) -> Iterator[str]:
    for block in found:
        if isinstance(block, blocks.Paragraph | blocks.Heading):
            yield block.text
        elif isinstance(block, blocks.MarkdownList):
            for item in block.items:
                yield from _texts(item.children)
        else:
            yield from _texts(block.children)
