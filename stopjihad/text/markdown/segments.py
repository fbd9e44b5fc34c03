"""Cut authored Markdown into what translators translate, and put it together again.

A segment is a paragraph, a heading or the text of a list item, on one line: soft line breaks are
folded, a hard line break is a line feed. Places are kept inside: a translator never sees them, so
that moving or re-wrapping text makes nothing stale.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import Literal, NamedTuple

from stopjihad.text.markdown import blocks

Kind = Literal["paragraph", "heading", "item", "quote"]

# An escaped backslash must not be taken for a hard break; two spaces or a backslash are one.
_BREAK = re.compile(r"(?P<escaped>\\\\)|(?P<hard>\\\n|(?<![ ])[ ]{2,}\n)|[ ]*\n")
_NO_WORDS = re.compile(r"\[\^[a-z0-9-]*\]|\]\([^)]*\)|<[^>]*>")
_HEADING = re.compile(r"[ ]*(?:(?:>|[-*+](?=[ ])|[0-9]{1,9}[.)](?=[ ]))[ ]*)*#{1,6}[ ]*")
# What would start a block, at the start of a line of a translation.
_STARTS = re.compile(r"^(?:[0-9]{1,9}(?=[.)](?:[ ]|$))|(?=\#{1,6}(?:[ ]|$)|>|[-*+](?:[ ]|$)))")
_STARTING = frozenset("0123456789#>-*+")
_LONE_BACKSLASH = re.compile(r"(?<!\\)((?:\\\\)*)\\$")
_LAST_HASHES = re.compile(r"(?:^|(?<=[ ]))\#(?=\#*$)")


class Segment(NamedTuple):
    """What a translator sees: the text and what kind of block it is."""

    text: str
    kind: Kind


class SegmentSlot(NamedTuple):
    """The place of a segment: its lines and what stands before its words on them."""

    segment: Segment
    first: int
    last: int
    prefix: str
    following: str


class Chunk(NamedTuple):
    """Lines that stay in one language: a block, or one item of a list with all it holds."""

    first: int
    end: int
    slots: tuple[SegmentSlot, ...]


class MarkdownPassage(NamedTuple):
    """Markdown that is translated as a whole, or not at all."""

    text: str
    translated: bool


@lru_cache(maxsize=2048)
def outline(markdown: str) -> tuple[Chunk, ...]:
    """Cut Markdown into chunks and segments.

    Returns:
        The chunks; recent ones are kept, since ``rebuild`` uses them for every language.
    """
    shown = blocks.lines_of(markdown)
    parts = list(_parts(blocks.parse(markdown)))
    if not parts:
        return (Chunk(0, len(shown), ()),)
    ends = [part.first for part in parts[1:]] + [len(shown)]
    return tuple(
        Chunk(0 if index == 0 else part.first, end, tuple(_slots(part, shown, "paragraph")))
        for index, (part, end) in enumerate(zip(parts, ends, strict=True))
    )


def segments(markdown: str) -> tuple[Segment, ...]:
    """List what there is to translate.

    Returns:
        Segments from top to bottom; blocks without any letter (numbers, lone source references)
        are not among them.
    """
    return tuple(slot.segment for chunk in outline(markdown) for slot in chunk.slots)


def rebuild(markdown: str, translate: Callable[[str], str | None]) -> tuple[MarkdownPassage, ...]:
    """Put translations into a document.

    Args:
        translate: gives the translation of a segment's text, or None.

    Returns:
        Passages; neighbours differ in ``translated``. A chunk counts as translated when all of
        its segments are: half a list item in another language helps nobody. Joined with line
        feeds they are the document; without any translation that is the source, byte for byte.
    """
    runs: list[tuple[bool, list[str]]] = []
    source = markdown.split("\n")
    for first, end, slots in outline(markdown):
        found = []
        for slot in slots:
            text = translate(slot.segment.text)
            if text is not None:
                found.append(text)
        # A chunk without words goes with its neighbours before it.
        done = len(found) == len(slots) if slots else not runs or runs[-1][0]
        lines = source[first:end]
        if done:
            for slot, text in zip(reversed(slots), reversed(found), strict=True):
                lines[slot.first - first : slot.last - first + 1] = _place_lines(slot, text)
        if not runs or runs[-1][0] != done:
            runs.append((done, []))
        runs[-1][1].extend(lines)
    return tuple(MarkdownPassage("\n".join(lines), done) for done, lines in runs)


def slots_of(found: tuple[blocks.Block, ...], lines: list[str]) -> Iterator[SegmentSlot]:
    """Give the places of segments in blocks."""
    for part in _parts(found):
        yield from _slots(part, lines, "paragraph")


def _parts(found: tuple[blocks.Block, ...]) -> Iterator[blocks.Block | blocks.Item]:
    for block in found:
        if isinstance(block, blocks.MarkdownList):
            yield from block.items
        else:
            yield block


def _slots(part: blocks.Block | blocks.Item, lines: list[str], kind: Kind) -> Iterator[SegmentSlot]:
    if isinstance(part, blocks.Paragraph):
        first = part.text.partition("\n")[0].rstrip()
        line = lines[part.first].rstrip()
        yield from _slot(Segment(fold(part.text), kind), part, line[: len(line) - len(first)])
    elif isinstance(part, blocks.Heading):
        match = _HEADING.match(lines[part.first])
        prefix = match[0] if match else ""
        yield from _slot(Segment(part.text.strip(), "heading"), part, prefix)
    elif isinstance(part, blocks.MarkdownList):
        for item in part.items:
            yield from _slots(item, lines, "item")
    else:
        inner: Kind = "quote" if isinstance(part, blocks.QuoteBlock) else "item"
        for child in part.children:
            yield from _slots(child, lines, inner)


def _slot(
    segment: Segment, block: blocks.Paragraph | blocks.Heading, prefix: str
) -> Iterator[SegmentSlot]:
    text = segment.text
    if not text[:1].isalpha() and not any(map(str.isalpha, _NO_WORDS.sub("", text))):
        return
    following = "".join(char if char == ">" else " " for char in prefix)
    yield SegmentSlot(segment, block.first, block.last, prefix, following)


def fold(text: str) -> str:
    """Put the text of a block on one line; hard line breaks become line feeds."""
    return _BREAK.sub(_fold_match, text) if "\n" in text else text


def _fold_match(match: re.Match[str]) -> str:
    if match["escaped"]:
        return match["escaped"]
    return "\n" if match["hard"] else " "


def _place_lines(slot: SegmentSlot, text: str) -> list[str]:
    """Write a translation on lines; nothing in it can start another block."""
    if slot.segment.kind != "heading" and "\n" not in text:
        return [slot.prefix + _guard_line(text.strip())]
    lines = [line for line in (line.strip() for line in text.split("\n")) if line] or [""]
    if slot.segment.kind == "heading":
        return [slot.prefix + _LAST_HASHES.sub(r"\\#", " ".join(lines))]
    placed = list(map(_guard_line, lines))
    hard = [_LONE_BACKSLASH.sub(r"\1", line) + "\\" for line in placed[:-1]]
    heads = [slot.prefix] + [slot.following] * (len(placed) - 1)
    return [head + line for head, line in zip(heads, [*hard, placed[-1]], strict=True)]


def begins_block(line: str) -> bool:
    """Tell whether a ``line`` of a translation would start a block; hardly any does."""
    return line[:1] in _STARTING and _STARTS.match(line) is not None


def _guard_line(line: str) -> str:
    """Keep a line from starting a block."""
    return _STARTS.sub(_guard, line, count=1) if begins_block(line) else line


def _guard(match: re.Match[str]) -> str:
    return f"{match[0]}\\"
