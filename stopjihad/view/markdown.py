"""Write authored prose as HTML with the ``markdown`` package, trimmed to the Markdown we allow.

Its registries are the place to trim it: what is not registered is plain text. Blocks come from
``text.markdown.blocks``, so that a page has what translators see; inline marks, tree processors and
the serializer are the package's. Plain prose is written without it (``markdown_blocks``), with the
same bytes. nh3 cleans the result, so that a fault in either is not yet a hole (security reference,
S12).
"""

from __future__ import annotations

import re
import string
from functools import cache
from typing import NamedTuple
from xml.etree import ElementTree as ET

import markdown
import nh3
from markdown.inlinepatterns import InlineProcessor, LinkInlineProcessor
from markdown.util import AtomicString

from stopjihad.model.point import Source
from stopjihad.text.language.sentence_marks import take_marks_away
from stopjihad.text.markdown.shapes import ShapedText
from stopjihad.text.markdown.words import words
from stopjihad.text.web import addresses
from stopjihad.view.markdown_blocks import (
    TreePart,
    build_tree,
    parts_of,
    write_plain,
    write_shaped,
)
from stopjihad.view.records import Prose, Text

TAGS = frozenset(
    {"a", "blockquote", "br", "div", "em", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p"}
    | {"strong", "sup", "ul"}
)
"""Every element that prose can become."""

ATTRIBUTES = {
    "a": {"href", "id", "rel", "role", "dir"},
    "div": {"lang", "dir"},
    "li": {"lang", "dir"},
    "ol": {"start"},
}
"""Every attribute that prose can carry."""


UNWANTED = (
    *("autolink", "automail", "backtick", "em_strong", "em_strong2", "entity", "html"),
    *("image_link", "image_reference", "linebreak", "link", "not_strong", "reference"),
    *("short_image_ref", "short_reference"),
)
"""Inline patterns of the package that are not registered, or are replaced by stricter ones."""

STARS = (
    r"\*{3}(?![\s*])(?P<both>.{1,2000}?)(?<![\s*])\*{3}(?!\*)"
    r"|\*{2}(?!\s|\*\*)(?P<strong>.{1,2000}?)(?<!\s)\*{2}(?!\*)"
    r"|(?<!\*)\*(?![\s*])(?P<em>.{1,2000}?)(?<![\s*])\*(?!\*)"
)
LOW_LINES = (
    r"(?<![\w_])(?:_{2}(?![\s_])(?P<strong>.{1,2000}?)(?<![\s_])_{2}"
    r"|_(?![\s_])(?P<em>.{1,2000}?)(?<![\s_])_)(?!\w)"
)
"""Emphasis; each pattern costs a search of every text. The package's own processor loses letters
where marks overlap: ``a*b**c*1`` comes out without the 1 (3.11)."""


class ProsePlace(NamedTuple):
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
    known = _of_known_blocks(prose, page_lang)
    html = write_shaped(known, heading_offset, prefix, numbers) if known is not None else None
    if html is None:
        prose = Prose(tuple(Text(take_marks_away(one.value), one.lang) for one in prose.passages))
        parts = parts_of(prose)
        html = write_plain(parts, page_lang, heading_offset, prefix, numbers)
        if html is None:
            html = _read(parts, ProsePlace(page_lang, heading_offset, root, prefix), numbers)
    return cleaner().clean(html)


def _of_known_blocks(prose: Prose, page_lang: str) -> ShapedText | None:
    """Give prose that is one passage in the language of the page, if its blocks are known."""
    if len(prose.passages) != 1:
        return None
    (passage,) = prose.passages
    text = passage.value
    if passage.lang != page_lang or not isinstance(text, ShapedText):
        return None
    return text if take_marks_away(text) is text else None


def _read(parts: list[TreePart], place: ProsePlace, numbers: dict[str, int]) -> str:
    """Let the package read the marks of prose that is not plain."""
    tree = build_tree(parts, place.lang, place.heading_offset)
    return _dialect().convert(tree, place, numbers)


def plain_text(prose: Prose) -> str:
    """Strip prose to its words, for posts, descriptions and alternative texts.

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


class Dialect:
    """The trimmed parser of a process and what it needs to know of the text in hand."""

    def __init__(self) -> None:
        """Trim the package's registries to what we allow."""
        self.place = ProsePlace("en")
        self.numbers: dict[str, int] = {}
        self.parser = markdown.Markdown(output_format="html")
        # CommonMark 0.31, section 2.4: any ASCII punctuation may be escaped.
        self.parser.ESCAPED_CHARS = list(string.punctuation)
        patterns = self.parser.inlinePatterns
        for name in UNWANTED:
            patterns.deregister(name, strict=False)
        patterns.register(LineBreak(r"(?:\\|[ ]{2,})\n", self.parser), "line-break", 190)
        patterns.register(ProseReference(self), "source-reference", 175)
        patterns.register(ProseLink(self), "link", 160)
        patterns.register(Autolink(self), "autolink", 120)
        patterns.register(Emphasis(STARS, self.parser), "stars", 60)
        patterns.register(Emphasis(LOW_LINES, self.parser), "low-lines", 50)
        self.parser.treeprocessors.deregister("prettify")

    def convert(self, tree: ET.Element, place: ProsePlace, numbers: dict[str, int]) -> str:
        """Write a tree of blocks as HTML.

        Args:
            tree: a ``div`` with the blocks; their text is still Markdown.
            numbers: source id to its number from 1.
        """
        self.place, self.numbers = place, numbers
        self.parser.reset()
        for processor in self.parser.treeprocessors:
            changed = processor.run(tree)
            tree = tree if changed is None else changed
        _name_references(tree, place.prefix)
        html: str = self.parser.serializer(tree)
        return html[len("<div>") : -len("</div>")].replace("\n<br>", "<br>")


def _name_references(tree: ET.Element, prefix: str) -> None:
    """Give the first reference to each source an id, to which the list of sources leads back.

    The package visits a list after the paragraphs below it: only in the finished tree is the first
    one the first that is read.
    """
    seen: set[str] = set()
    for link in tree.iter("a"):
        href = link.get("href", "")
        if link.get("role") == "doc-noteref" and href not in seen:
            seen.add(href)
            link.set("id", f"{prefix}-{href.removeprefix('#source-')}")


@cache
def _dialect() -> Dialect:
    return Dialect()


class LineBreak(InlineProcessor):
    """Read a backslash, or two spaces, at the end of a line as a line break."""

    def handleMatch(  # type: ignore[override]  # noqa: N802 - the package's name
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[ET.Element, int, int]:
        """Give the element and where it stood."""
        return ET.Element("br"), m.start(0), m.end(0)


class Emphasis(InlineProcessor):
    """Read one, two or three marks around words as emphasis, strong emphasis or both."""

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[ET.Element, int, int]:
        """Give the element; marks inside its words are read in turn."""
        name = m.lastgroup or "em"
        if name == "both":
            outer = ET.Element("strong")
            ET.SubElement(outer, "em").text = m[name]
            return outer, m.start(0), m.end(0)
        element = ET.Element(name)
        element.text = m[name]
        return element, m.start(0), m.end(0)


class ProseReference(InlineProcessor):
    """Read ``[^id]`` as a reference to a source of the talking point."""

    def __init__(self, dialect: Dialect) -> None:
        """Listen for references to the sources that the dialect holds at the time."""
        super().__init__(r"\[\^([a-z0-9][a-z0-9-]*)\](\[\^)?", dialect.parser)
        self.dialect = dialect

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """Number a known source; an unknown one stays text."""
        name = m[1]
        number = self.dialect.numbers.get(name)
        if number is None:
            return None, None, None
        note = ET.Element("sup")
        link = ET.SubElement(note, "a", {"href": f"#source-{name}", "role": "doc-noteref"})
        link.text = AtomicString(str(number))
        if m[2]:
            link.tail = AtomicString(", ")
        return note, m.start(0), m.end(1) + 1


class ProseLink(LinkInlineProcessor):
    """Read ``[words](address)``; an address that is not allowed leaves all as text."""

    def __init__(self, dialect: Dialect) -> None:
        """Listen for links."""
        super().__init__(r"(?<!\!)\[", dialect.parser)
        self.dialect = dialect

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self, m: re.Match[str], data: str
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """Give the link with the attributes that its kind of address needs."""
        words, index, closed = self.getText(data, m.end(0))
        if not closed:
            return None, None, None
        href, title, index, closed = self.getLink(data, index)
        attributes = link_attributes(self.unescape(href), self.dialect.place.root)
        if not closed or title is not None or attributes is None:
            return None, None, None
        link = ET.Element("a", attributes)
        link.text = words
        return link, m.start(0), index


class Autolink(InlineProcessor):
    """Read ``<https://…>`` and ``<name@host>``."""

    def __init__(self, dialect: Dialect) -> None:
        """Listen for addresses in angle brackets."""
        super().__init__(r"<((?:https://|mailto:)?[^\s<>]+)>", dialect.parser)
        self.dialect = dialect

    def handleMatch(  # type: ignore[override]  # noqa: N802
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002
    ) -> tuple[ET.Element | None, int | None, int | None]:
        """Give the link, with the address as its words."""
        shown = self.unescape(m[1])
        href = shown if ":" in shown else f"mailto:{shown}"
        attributes = None if href.startswith("tel:") else link_attributes(href, "")
        if attributes is None or not href.startswith(("https://", "mailto:")):
            return None, None, None
        link = ET.Element("a", attributes)
        link.text = AtomicString(m[1])
        return link, m.start(0), m.end(0)


def link_attributes(address: str, root: str) -> dict[str, str] | None:
    """Say how an address is linked.

    Args:
        address: as written; ampersands may be escaped.
        root: relative address of the folder of the page's language.

    Returns:
        Attributes of the ``a`` element, or None when such an address is not linked.
    """
    plain = address.replace("&amp;", "&")
    if addresses.is_external(plain):
        return {"href": plain.replace("&", "&amp;"), "rel": "noopener noreferrer"}
    if addresses.is_contact(plain):
        # A telephone number reads from left to right in every language.
        left = {"dir": "ltr"} if plain.startswith("tel:") else {}
        return {"href": plain.replace("&", "&amp;"), **left}
    target = addresses.inside_target(plain)
    return {"href": root + target.path} if target else None
