"""Put translations into a document whose blocks are known: no language need be read again.

A translation on one line that begins no block of its own leaves the blocks as they are, whatever it
says. So a document is read once with stand-ins for what is translated, and its blocks are those of
every language in which all of it is translated in such words.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import NamedTuple, Self

from stopjihad.text.markdown import blocks
from stopjihad.text.markdown.segments import begins_block, outline, rebuild

_HOLE = "\x02"
"""Stands on both sides of a stand-in: no document with this sign has a shape."""


class DocumentShape:
    """The blocks that a document has in all languages; the texts in them are stand-ins.

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
    """A document with holes: the odd ones of ``parts``, and what is None of ``texts``.

    ``headings`` are the numbers of the holes that are headings, ``breaks`` is how many lines end.
    """

    shape: DocumentShape
    sources: tuple[str, ...]
    parts: tuple[str, ...]
    texts: tuple[str | None, ...]
    headings: tuple[int, ...]
    breaks: int


def shaped(markdown: str, translate: Callable[[str], str | None]) -> ShapedText | None:
    """Put translations into a document as ``rebuild`` does, if they leave its blocks as they are.

    Args:
        markdown: authored text.
        translate: gives the translation of a segment's text, or None.

    Returns:
        The text of the one passage that ``rebuild`` gives; None where it may give others, or other
        blocks.
    """
    mould = _mould(markdown)
    if mould is None:
        return None
    said = [text.strip() for source in mould.sources if (text := translate(source))]
    if len(said) < len(mould.sources) or not all(said) or any(map(begins_block, said)):
        return None
    if any("#" in said[number] for number in mould.headings):
        return None
    parts = list(mould.parts)
    parts[1::2] = said
    text = "".join(parts)
    if "\t" in text or text.count("\n") != mould.breaks:
        return None
    words = iter(said)
    return ShapedText(
        text, mould.shape, tuple(next(words) if one is None else one for one in mould.texts)
    )


@lru_cache(maxsize=64)
def _mould(markdown: str) -> _Mould | None:
    """Make holes in a document where it is translated; None where that changes what blocks hold."""
    slots = [slot for chunk in outline(markdown) for slot in chunk.slots]
    numbers = iter(range(len(slots)))
    passages = rebuild(markdown, lambda _: f"{_HOLE}{next(numbers)}{_HOLE}")
    text = "\n".join(passage.text for passage in passages)
    holes = [f"{_HOLE}{number}{_HOLE}" for number in range(len(slots))]
    found = blocks.parse(text)
    texts = tuple(_texts(found))
    if _HOLE in markdown or "\t" in markdown or [one for one in texts if _HOLE in one] != holes:
        return None
    return _Mould(
        DocumentShape(found),
        tuple(slot.segment.text for slot in slots),
        tuple("" if index % 2 else part for index, part in enumerate(text.split(_HOLE))),
        tuple(None if _HOLE in one else one for one in texts),
        tuple(number for number, slot in enumerate(slots) if slot.segment.kind == "heading"),
        text.count("\n"),
    )


def _texts(found: tuple[blocks.Block, ...]) -> Iterator[str]:
    for block in found:
        if isinstance(block, blocks.Paragraph | blocks.Heading):
            yield block.text
        elif isinstance(block, blocks.Listing):
            for item in block.items:
                yield from _texts(item.children)
        else:
            yield from _texts(block.children)
