"""Write authored prose as HTML that is safe by construction, and cleaned once more.

Only the tags below are ever written, all text is escaped and addresses pass an allow-list. nh3
cleans the result as well, so that a mistake here is not yet a hole (security reference, S12).
"""

from __future__ import annotations

from functools import cache
from html import escape
from typing import NamedTuple

import nh3

from stopjihad.model.point import Source
from stopjihad.text import addresses, blocks, inline
from stopjihad.text.script import direction
from stopjihad.text.words import words
from stopjihad.view.records import Prose

TAGS = frozenset(
    {"a", "blockquote", "br", "div", "em", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p"}
    | {"strong", "sup", "ul"}
)
"""Every element that prose can become."""

_LANGUAGE = {"lang", "dir"}
ATTRIBUTES = {
    "a": {"href", "id", "rel", "role", "dir"},
    "div": _LANGUAGE,
    "li": _LANGUAGE,
    "ol": {"start"},
}
"""Every attribute that prose can carry."""


class Place(NamedTuple):
    """Say where on a page the prose stands.

    Attributes:
        lang: BCP 47 tag of the page.
        heading_offset: added to the level of headings, which is 2 at least and 6 at most.
        root: relative address of the folder of the page's language: ``""`` or ``"../../"``.
        prefix: start of the ids of references, unique on the page.
    """

    lang: str
    heading_offset: int = 0
    root: str = ""
    prefix: str = "ref"


def render_prose(
    prose: Prose,
    sources: tuple[Source, ...],
    page_lang: str,
    heading_offset: int = 0,
    *,
    root: str = "",
    prefix: str = "ref",
) -> str:
    """Write prose as HTML.

    Args:
        prose: Markdown passages; any text is valid and becomes text at worst.
        sources: what ``[^id]`` refers to, numbered from 1 in this order; unknown ids stay text.
        page_lang: BCP 47 tag of the page; passages in other languages carry ``lang`` and ``dir``.
        heading_offset: added to the level of headings, which is 2 at least and 6 at most.
        root: relative address of the folder of the page's language: ``""`` or ``"../../"``.
        prefix: start of the ids of references; prose that shares a page needs different ones.

    Returns:
        HTML without line breaks between blocks. References link to ``#source-<id>``; the first
        one to each source has the id ``<prefix>-<id>``.
    """
    numbers = {source.id: number for number, source in enumerate(sources, 1)}
    writer = _Writer(Place(page_lang, heading_offset, root, prefix), numbers)
    return cleaner().clean(writer.write(_parts(prose)))


def plain_text(prose: Prose) -> str:
    """Strip prose to its words, for posts, descriptions and alternative texts.

    Args:
        prose: Markdown passages.

    Returns:
        Text in which blocks are separated by an empty line and list items by a line feed; source
        references are gone, links keep their words.
    """
    return "\n\n".join(filter(None, (words(passage.value) for passage in prose.passages)))


@cache
def cleaner() -> nh3.Cleaner:
    """Give the allow-list that all prose passes (one for the process: making it takes 0.1 ms)."""
    return nh3.Cleaner(
        tags=set(TAGS),
        attributes=ATTRIBUTES,
        link_rel=None,
        url_schemes={"https", "mailto", "tel"},
        strip_comments=True,
    )


class _Part(NamedTuple):
    """Hold a block of the page with its language, and those of its items when it is a list."""

    lang: str
    block: blocks.Block
    items: tuple[str, ...] = ()


def _parts(prose: Prose) -> list[_Part]:
    """Lay the blocks of all passages in a row; a list that changes language stays one list."""
    parts: list[_Part] = []
    for text, lang in ((passage.value, passage.lang) for passage in prose.passages):
        for index, block in enumerate(blocks.parse(text)):
            if not isinstance(block, blocks.Listing):
                parts.append(_Part(lang, block))
                continue
            part = _Part(lang, block, (lang,) * len(block.items))
            joined = _joined(parts[-1], part) if parts and index == 0 else None
            if joined:
                parts[-1] = joined
            else:
                parts.append(part)
    return parts


def _joined(before: _Part, after: _Part) -> _Part | None:
    one, two = before.block, after.block
    if not isinstance(one, blocks.Listing) or not isinstance(two, blocks.Listing):
        return None
    if one.marker != two.marker:
        return None
    tight = one.tight and two.tight
    listing = blocks.Listing(one.marker, one.start, tight, one.items + two.items, one.first, 0)
    return _Part(before.lang, listing, before.items + after.items)


class _Writer:
    """Write blocks of one page into a list of strings."""

    def __init__(self, place: Place, numbers: dict[str, int]) -> None:
        self.place = place
        self.numbers = numbers
        self.seen: set[str] = set()
        self.out: list[str] = []

    def write(self, parts: list[_Part]) -> str:
        """Write all parts; neighbours in the same foreign language share one element."""
        current = self.place.lang
        for part in parts:
            if part.lang != current:
                self._leave(current)
                if part.lang != self.place.lang:
                    self.out.append(f"<div{_language(part.lang)}>")
                current = part.lang
            if isinstance(part.block, blocks.Listing):
                self._listing(part.block, part.items, part.lang)
            else:
                self._block(part.block)
        self._leave(current)
        return "".join(self.out)

    def _leave(self, lang: str) -> None:
        if lang != self.place.lang:
            self.out.append("</div>")

    def _block(self, block: blocks.Block) -> None:
        if isinstance(block, blocks.Paragraph):
            self.out.append("<p>")
            self._inline(block.text)
            self.out.append("</p>")
        elif isinstance(block, blocks.Heading):
            level = min(6, max(2, block.level) + self.place.heading_offset)
            self.out.append(f"<h{level}>")
            self._inline(block.text)
            self.out.append(f"</h{level}>")
        elif isinstance(block, blocks.Listing):
            self._listing(block, (), "")
        else:
            self.out.append("<blockquote>")
            for child in block.children:
                self._block(child)
            self.out.append("</blockquote>")

    def _listing(self, listing: blocks.Listing, langs: tuple[str, ...], own: str) -> None:
        tag = "ol" if listing.ordered else "ul"
        start = f' start="{listing.start}"' if listing.ordered and listing.start != 1 else ""
        self.out.append(f"<{tag}{start}>")
        for index, item in enumerate(listing.items):
            lang = langs[index] if langs else own
            self.out.append("<li>" if lang == own else f"<li{_language(lang)}>")
            for child in item.children:
                if listing.tight and isinstance(child, blocks.Paragraph):
                    self._inline(child.text)
                else:
                    self._block(child)
            self.out.append("</li>")
        self.out.append(f"</{tag}>")

    def _inline(self, text: str) -> None:
        out, previous = self.out, inline.TEXT
        for kind, value in inline.parse(text):
            if kind == inline.TEXT:
                out.append(_text(value))
            elif kind == inline.OPEN:
                out.append(f"<{value}>")
            elif kind == inline.CLOSE:
                out.append(f"</{value}>")
            elif kind == inline.LINK:
                opening = self._link(value)
                closing = "</a>" if opening else ""
                out.append(opening)
            elif kind == inline.LINK_END:
                out.append(closing)
            elif kind == inline.REFERENCE:
                if previous == inline.REFERENCE:
                    out.append("<sup>, </sup>")
                out.append(self._reference(value))
            else:
                out.append("<br>")
            previous = kind

    def _link(self, address: str) -> str:
        """Open a link; an address that is not allowed leaves its words without one."""
        if addresses.is_external(address):
            return f'<a href="{escape(address)}" rel="noopener noreferrer">'
        if addresses.is_contact(address):
            # A telephone number reads from left to right in every language.
            left = ' dir="ltr"' if address.startswith("tel:") else ""
            return f'<a href="{escape(address)}"{left}>'
        target = addresses.inside(address)
        return f'<a href="{escape(self.place.root + target.path)}">' if target else ""

    def _reference(self, source: str) -> str:
        if source not in self.numbers:
            return f"[^{source}]"
        first = source not in self.seen
        self.seen.add(source)
        back = f' id="{self.place.prefix}-{source}"' if first else ""
        number = self.numbers[source]
        return f'<sup><a href="#source-{source}"{back} role="doc-noteref">{number}</a></sup>'


def _text(words: str) -> str:
    """Escape text; most pieces need nothing, and asking costs less than three replacements."""
    if "&" in words:
        words = words.replace("&", "&amp;")
    if "<" in words:
        words = words.replace("<", "&lt;")
    return words.replace(">", "&gt;") if ">" in words else words


def _language(lang: str) -> str:
    return f' lang="{escape(lang)}" dir="{direction(lang)}"'
