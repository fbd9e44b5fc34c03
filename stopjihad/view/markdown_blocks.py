"""Write the blocks of prose, those that translators see: as HTML, or as a tree of elements.

The ``markdown`` package merges a numbered list with a bullet list below it and reads nested items
by their own rules; here a page has exactly the blocks of ``text.markdown.blocks``, in every
language. Their marks the package reads in the tree (``view.markdown``).

Plain prose is written straight as HTML: the common case, at a quarter of the time. Plain are text,
references to known sources, and simple ``*emphasis*`` and ``**strong emphasis**`` that hold no
other stars. Whatever else stands in a block, the package reads all of the prose: it stays the
reader of record, and both must give the same bytes (a test compares them on thousands of random
documents). Measured: 0.50 → 0.13 ms a document, and half of that where the blocks are known from
another language (``text.markdown.shapes``).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

from markdown.util import AtomicString

from stopjihad.text.markdown import blocks
from stopjihad.text.markdown.checks import MAX_MARKS, TEXT_BYTES
from stopjihad.text.markdown.shapes import DocumentShape, ShapedText
from stopjihad.text.unicode.script import direction
from stopjihad.view.records import Prose

_SIGNS = re.compile(r"[\\*_\[<]|  \n")
"""What may start an inline mark; text without any of these is not searched for them."""

_OWN_MARKS = str.maketrans("", "", "\x02\x03")
"""The package marks its own places in a text with these two; authored ones would be mistaken."""


class TreePart(NamedTuple):
    """A block of the page with its language, and those of its items when it is a list."""

    lang: str
    block: blocks.Block
    items: tuple[str, ...] = ()


def parts_of(prose: Prose) -> list[TreePart]:
    """Lay the blocks of all passages in a row; a list that changes language stays one list."""
    parts: list[TreePart] = []
    for text, lang in ((passage.value, passage.lang) for passage in prose.passages):
        for index, block in enumerate(blocks.parse(text)):
            if not isinstance(block, blocks.MarkdownList):
                parts.append(TreePart(lang, block))
                continue
            part = TreePart(lang, block, (lang,) * len(block.items))
            joined = _join_parts(parts[-1], part) if parts and index == 0 else None
            if joined:
                parts[-1] = joined
            else:
                parts.append(part)
    return parts


def _join_parts(before: TreePart, after: TreePart) -> TreePart | None:
    one, two = before.block, after.block
    if not isinstance(one, blocks.MarkdownList) or not isinstance(two, blocks.MarkdownList):
        return None
    if one.marker != two.marker:
        return None
    tight = one.tight and two.tight
    listing = blocks.MarkdownList(one.marker, one.start, tight, one.items + two.items, one.first, 0)
    return TreePart(before.lang, listing, before.items + after.items)


def build_tree(parts: list[TreePart], page_lang: str, heading_offset: int) -> ET.Element:
    """Build the elements of all blocks; their text stays Markdown.

    Args:
        page_lang: BCP 47 tag of the page; neighbours in another language share a ``div``.
        heading_offset: added to the level of headings, which is 2 at least and 6 at most.
    """
    top = ET.Element("div")
    current, holder = page_lang, top
    for part in parts:
        if part.lang != current:
            current = part.lang
            holder = top
            if part.lang != page_lang:
                holder = ET.SubElement(top, "div", _attributes(part.lang))
        if isinstance(part.block, blocks.MarkdownList):
            _add_list(holder, part.block, heading_offset, part)
        else:
            _block(holder, part.block, heading_offset)
    return top


def _block(parent: ET.Element, block: blocks.Block, offset: int) -> None:
    if isinstance(block, blocks.Paragraph):
        ET.SubElement(parent, "p").text = _text(block.text)
    elif isinstance(block, blocks.Heading):
        level = min(6, max(2, block.level) + offset)
        ET.SubElement(parent, f"h{level}").text = _text(block.text)
    elif isinstance(block, blocks.MarkdownList):
        _add_list(parent, block, offset, None)
    else:
        quote = ET.SubElement(parent, "blockquote")
        for child in block.children:
            _block(quote, child, offset)


def _add_list(
    parent: ET.Element, listing: blocks.MarkdownList, offset: int, part: TreePart | None
) -> None:
    element = ET.SubElement(parent, "ol" if listing.is_ordered else "ul")
    if listing.is_ordered and listing.start != 1:
        element.set("start", str(listing.start))
    for index, item in enumerate(listing.items):
        foreign = part is not None and part.items[index] != part.lang
        attributes = _attributes(part.items[index]) if part is not None and foreign else {}
        entry = ET.SubElement(element, "li", attributes)
        for child in item.children:
            if listing.tight and isinstance(child, blocks.Paragraph):
                _append_text(entry, _text(child.text))
            else:
                _block(entry, child, offset)


def _append_text(entry: ET.Element, text: str) -> None:
    """Add running text to an item that may already hold a nested list."""
    if len(entry):
        entry[-1].tail = (entry[-1].tail or "") + text
    else:
        entry.text = entry.text + text if entry.text else text


def _text(words: str) -> str:
    """Escape ampersands: the serializer lets what looks like an entity through.

    A block with too many brackets stays plain text: the package takes a minute for 40 KB of them.
    """
    text = words.translate(_OWN_MARKS).replace("&", "&amp;")
    harmless = len(text) <= 2 * TEXT_BYTES and text.count("[") <= MAX_MARKS
    return text if harmless and _SIGNS.search(text) else AtomicString(text)


def _attributes(lang: str) -> dict[str, str]:
    return {"lang": lang, "dir": direction(lang)}


_OTHER = ("\\", "_", "<", "  \n", "***", "\x02")
"""What may be a mark that is not written here: one by one they are found ten times as fast."""

_END = "\x03"
"""Stands between texts while their marks are read together."""

MAX_EMPHASIS = 1_900
"""Characters up to which emphasis is written here; the package looks 2,000 characters ahead."""


class NotPlainError(ValueError):
    """Say that prose has marks that are not written here."""


def write_plain(
    parts: Sequence[TreePart], page_lang: str, offset: int, prefix: str, numbers: Mapping[str, int]
) -> str | None:
    """Write blocks as HTML, unless anything in them is not plain.

    Args:
        page_lang: BCP 47 tag of the page; neighbours in another language share a ``div``.
        offset: added to the level of headings, which is 2 at least and 6 at most.
        numbers: source id to its number from 1.

    Returns:
        HTML before it is cleaned, or None.
    """
    layout = _lay_out(parts, page_lang, offset)
    return _write(layout.pieces, layout.texts, prefix, numbers)


def write_shaped(
    text: ShapedText, offset: int, prefix: str, numbers: Mapping[str, int]
) -> str | None:
    """Write a text whose blocks are known, in the language of the page, as ``write_plain`` does.

    Returns:
        HTML before it is cleaned, or None.
    """
    return _write(_pieces(text.shape, offset), text.texts, prefix, numbers)


@lru_cache(maxsize=64)
def _pieces(shape: DocumentShape, offset: int) -> tuple[str, ...]:
    """Lay out the blocks that a document has in all languages."""
    parts = [
        TreePart(
            "", block, ("",) * len(block.items) if isinstance(block, blocks.MarkdownList) else ()
        )
        for block in shape.blocks
    ]
    return tuple(_lay_out(parts, "", offset).pieces)


def _write(
    pieces: Sequence[str], texts: Sequence[str], prefix: str, numbers: Mapping[str, int]
) -> str | None:
    try:
        written = _write_marks(texts, prefix, numbers) if texts else []
    except NotPlainError:
        return None
    found = [*pieces, *written]
    found[::2], found[1::2] = pieces, written
    return "".join(found)


class _Layout:
    """The HTML around texts, one piece more than there are texts."""

    def __init__(self, page_lang: str, offset: int) -> None:
        self.page_lang, self.offset = page_lang, offset
        self.pieces: list[str] = [""]
        self.texts: list[str] = []

    def _add(self, html: str) -> None:
        self.pieces[-1] += html

    def _text(self, text: str) -> None:
        self.texts.append(text)
        self.pieces.append("")

    def write(self, parts: Sequence[TreePart]) -> None:
        """Write blocks, with a ``div`` around neighbours in another language than the page's."""
        current = self.page_lang
        for part in parts:
            if part.lang != current:
                if current != self.page_lang:
                    self._add("</div>")
                current = part.lang
                if current != self.page_lang:
                    self._add(f"<div{_language(current)}>")
            if isinstance(part.block, blocks.MarkdownList):
                self._add_list(part.block, part)
            else:
                self._block(part.block)
        if current != self.page_lang:
            self._add("</div>")

    def _block(self, block: blocks.Block) -> None:
        if isinstance(block, blocks.Paragraph):
            self._leaf("p", block.text)
        elif isinstance(block, blocks.Heading):
            self._leaf(f"h{min(6, max(2, block.level) + self.offset)}", block.text)
        elif isinstance(block, blocks.MarkdownList):
            self._add_list(block, None)
        else:
            self._add("<blockquote>")
            for child in block.children:
                self._block(child)
            self._add("</blockquote>")

    def _leaf(self, tag: str, text: str) -> None:
        self._add(f"<{tag}>")
        self._text(text)
        self._add(f"</{tag}>")

    def _add_list(self, listing: blocks.MarkdownList, part: TreePart | None) -> None:
        tag = "ol" if listing.is_ordered else "ul"
        started = listing.is_ordered and listing.start != 1
        self._add(f'<{tag} start="{listing.start}">' if started else f"<{tag}>")
        for index, item in enumerate(listing.items):
            foreign = part is not None and part.items[index] != part.lang
            self._add(f"<li{_language(part.items[index])}>" if part and foreign else "<li>")
            for child in item.children:
                if listing.tight and isinstance(child, blocks.Paragraph):
                    self._text(child.text)
                else:
                    self._block(child)
            self._add("</li>")
        self._add(f"</{tag}>")


def _lay_out(parts: Sequence[TreePart], page_lang: str, offset: int) -> _Layout:
    layout = _Layout(page_lang, offset)
    layout.write(parts)
    return layout


def _write_marks(texts: Sequence[str], prefix: str, numbers: Mapping[str, int]) -> list[str]:
    """Write the marks of texts, all in one look.

    What is between marks stays as it is: it is escaped, and no mark has such letters.

    Raises:
        NotPlainError: any of them is not plain.
    """
    joined = _END.join(texts)
    if joined.count(_END) >= len(texts) or any(mark in joined for mark in _OTHER):
        raise NotPlainError
    large = max(map(len, texts)) > MAX_EMPHASIS or joined.count("[") > MAX_MARKS
    if large and any(map(_is_large, texts)):
        raise NotPlainError
    written = joined.replace("&", "&amp;").replace(">", "&gt;")
    if "[" in written:
        written = _refer(written.split("["), prefix, numbers)
    if "*" in written:
        pieces = written.split("**")
        for index in range(0, len(pieces), 2):
            if "*" in pieces[index]:
                pieces[index] = _emphasize(pieces[index].split("*"), "em")
        written = _emphasize(pieces, "strong")
    return written.split(_END)


def _is_large(text: str) -> bool:
    """Tell whether a text is too long, or has too many brackets, for its marks to be read here."""
    marked = "*" in text or "[" in text
    return marked and (len(text) > MAX_EMPHASIS or text.count("[") > MAX_MARKS)


def _refer(pieces: list[str], prefix: str, numbers: Mapping[str, int]) -> str:
    """Write references; each piece but the first is what follows a bracket that opens."""
    seen: set[str] = set()
    last = len(pieces) - 1
    for index in range(1, last + 1):
        name, end, after = pieces[index].partition("]")
        number = numbers.get(name[1:])
        if number is None or name[0] != "^" or not end:
            raise NotPlainError
        own = "" if name in seen else f' id="{prefix}-{name[1:]}"'
        seen.add(name)
        more = "" if after or index == last else ", "
        link = f'<a href="#source-{name[1:]}"{own} role="doc-noteref">{number}</a>'
        pieces[index] = f"<sup>{link}{more}</sup>{after}"
    return "".join(pieces)


def _emphasize(pieces: list[str], tag: str) -> str:
    """Put every second piece into an element; what is between its marks is of one text."""
    if len(pieces) % 2 == 0:
        raise NotPlainError
    for index in range(1, len(pieces), 2):
        words = pieces[index]
        if "*" in words or _END in words or words[0].isspace() or words[-1].isspace():
            raise NotPlainError
        pieces[index] = f"<{tag}>{words}</{tag}>"
    return "".join(pieces)


def _language(lang: str) -> str:
    return f' dir="{direction(lang)}" lang="{lang}"'
