"""Build the element tree of prose from its blocks, which are those that translators see.

The ``markdown`` package merges a numbered list with a bullet list below it and reads nested items
by their own rules; here a page has exactly the blocks of ``text.markdown.blocks``, in every
language.
"""

from __future__ import annotations

import re
from typing import NamedTuple
from xml.etree import ElementTree as ET

from markdown.util import AtomicString

from stopjihad.text.markdown import blocks
from stopjihad.text.markdown.checks import MAX_MARKS, TEXT_BYTES
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
    """Lay the blocks of all passages in a row; a list that changes language stays one list.

    Args:
        prose: Markdown passages.

    Returns:
        Blocks in reading order.
    """
    parts: list[TreePart] = []
    for text, lang in ((passage.value, passage.lang) for passage in prose.passages):
        for index, block in enumerate(blocks.parse(text)):
            if not isinstance(block, blocks.Listing):
                parts.append(TreePart(lang, block))
                continue
            part = TreePart(lang, block, (lang,) * len(block.items))
            joined = _joined(parts[-1], part) if parts and index == 0 else None
            if joined:
                parts[-1] = joined
            else:
                parts.append(part)
    return parts


def _joined(before: TreePart, after: TreePart) -> TreePart | None:
    one, two = before.block, after.block
    if not isinstance(one, blocks.Listing) or not isinstance(two, blocks.Listing):
        return None
    if one.marker != two.marker:
        return None
    tight = one.tight and two.tight
    listing = blocks.Listing(one.marker, one.start, tight, one.items + two.items, one.first, 0)
    return TreePart(before.lang, listing, before.items + after.items)


def build_tree(parts: list[TreePart], page_lang: str, heading_offset: int) -> ET.Element:
    """Build the elements of all blocks; their text stays Markdown.

    Args:
        parts: blocks in reading order.
        page_lang: BCP 47 tag of the page; neighbours in another language share a ``div``.
        heading_offset: added to the level of headings, which is 2 at least and 6 at most.

    Returns:
        A ``div`` that holds them.
    """
    top = ET.Element("div")
    current, holder = page_lang, top
    for part in parts:
        if part.lang != current:
            current = part.lang
            holder = top
            if part.lang != page_lang:
                holder = ET.SubElement(top, "div", _language(part.lang))
        if isinstance(part.block, blocks.Listing):
            _listing(holder, part.block, heading_offset, part)
        else:
            _block(holder, part.block, heading_offset)
    return top


def _block(parent: ET.Element, block: blocks.Block, offset: int) -> None:
    if isinstance(block, blocks.Paragraph):
        ET.SubElement(parent, "p").text = _text(block.text)
    elif isinstance(block, blocks.Heading):
        level = min(6, max(2, block.level) + offset)
        ET.SubElement(parent, f"h{level}").text = _text(block.text)
    elif isinstance(block, blocks.Listing):
        _listing(parent, block, offset, None)
    else:
        quote = ET.SubElement(parent, "blockquote")
        for child in block.children:
            _block(quote, child, offset)


def _listing(
    parent: ET.Element, listing: blocks.Listing, offset: int, part: TreePart | None
) -> None:
    element = ET.SubElement(parent, "ol" if listing.ordered else "ul")
    if listing.ordered and listing.start != 1:
        element.set("start", str(listing.start))
    for index, item in enumerate(listing.items):
        foreign = part is not None and part.items[index] != part.lang
        attributes = _language(part.items[index]) if part is not None and foreign else {}
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


def _language(lang: str) -> dict[str, str]:
    return {"lang": lang, "dir": direction(lang)}
