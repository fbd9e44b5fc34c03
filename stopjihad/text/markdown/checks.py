"""Find what authored Markdown may not hold, with the place of each mistake.

What is found here never harms a page: it would appear as plain text. Authors want to know before.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from typing import NamedTuple

from stopjihad.text.language.sentence_marks import MARKS
from stopjihad.text.markdown import blocks, inline
from stopjihad.text.nearest import nearest
from stopjihad.text.web import addresses

TEXT_BYTES = 10_240
"""Longest authored text of any field in bytes of UTF-8 (security reference, S14): what is longer is
not read at all."""

MAX_MARKS = 200
"""Most brackets and most angle brackets in one block (security reference, S14)."""


class MarkdownProblem(NamedTuple):
    """Name one mistake; line and column count from 1 within the field, column 0 is a whole line."""

    line: int
    column: int
    code: str
    message: str
    hint: str


_FORBIDDEN = (
    (
        re.compile(r"<(?=[A-Za-z/!?])(?!https://|mailto:|[^\s<>@:/]+@)"),
        "markdown-html",
        "HTML is shown as text",
        "write it in Markdown, or \\< for the sign itself",
    ),
    (
        re.compile(r"!\["),
        "markdown-image",
        "pictures do not belong in the text",
        "list the file under 'media'",
    ),
    (
        re.compile(r"`"),
        "markdown-code",
        "code is shown as text",
        "use quotation marks, or \\` for the sign itself",
    ),
    (
        re.compile(r"^[ ]{0,3}(?:(?:\*[ ]*){3,}|(?:-[ ]*){3,}|(?:_[ ]*){3,}|={2,})$"),
        "markdown-rule",
        "lines and underlined headings are shown as text",
        "write a heading with ##, or leave an empty line",
    ),
    (
        re.compile(r"^[ ]{0,3}\|.*\|[ ]*$"),
        "markdown-table",
        "tables are shown as text",
        "write a list",
    ),
    (
        re.compile(r"^[ ]{0,3}\[[^\]^][^\]]*\]:"),
        "markdown-definition",
        "link definitions are shown as text",
        "put the address into the link: [words](https://…)",
    ),
    (
        re.compile(r"^[ ]{0,3}\[\^[^\]]*\]:"),
        "markdown-footnote",
        "footnotes are not written in the text",
        "list the source under 'sources' and cite it: [^id]",
    ),
    (
        re.compile(r"^[ ]{0,3}[•‣▪◦●∙·][ \t\u00a0]"),
        "markdown-bullet",
        "the bullet of a word processor is shown as text, and no list",
        "begin each line of a list with '- '",
    ),
    (
        re.compile(r"\{\{[<%]"),
        "markdown-shortcode",
        "shortcodes of site builders are shown as text",
        "write what it stands for, or link to it",
    ),
)
_SUSPECT = re.compile(r"<|`|!\[|\{\{%|\n[ ]{0,3}(?:[|\[•‣▪◦●∙·]|[*_=-][ *_=-]*$)", re.MULTILINE)
"""What all that is forbidden has in an unescaped line, with the break before it, and hardly any
other line. That each form begins with a certain character makes it three times as fast."""

_REFERENCE = re.compile(r"\[\^([^\]\s]{1,60})\](?!:)")
_LINK = re.compile(r"\]\(\s*<?([^\s()<>]*(?:\([^\s()]*\)[^\s()<>]*)*)")


def markdown_problems(
    text: str,
    sources: Collection[str] | None = None,
    targets: Collection[str] | None = None,
) -> list[MarkdownProblem]:
    """Check one authored field.

    Args:
        sources: ids that ``[^id]`` may name; None when references are not checked here.
        targets: what links inside the campaign may name (``points/<id>``, ``pages/<id>``,
            ``help``); None when links inside are not checked here.

    Returns:
        Problems in the order of the text: ``markdown-too-long``, ``markdown-too-deep``,
        ``markdown-too-many-marks``, ``markdown-html``, ``markdown-image``, ``markdown-code``,
        ``markdown-rule``, ``markdown-table``, ``markdown-definition``, ``markdown-footnote``,
        ``markdown-heading-level``, ``markdown-bullet``, ``markdown-shortcode``,
        ``unknown-source``, ``dead-link``, ``link-address``.
    """
    size = len(text.encode("utf-8", "replace"))
    if size > TEXT_BYTES:
        message = f"the text has {size} bytes of {TEXT_BYTES}"
        return [MarkdownProblem(1, 0, "markdown-too-long", message, "split it, or cut it")]
    found = list(_shape(blocks.parse(text), text, 0))
    if _has_plain_lines(text, sources):
        return sorted(found)
    for number, line in enumerate(text.split("\n"), 1):
        shown = _without_escapes(line)
        found += _line(shown, number)
        if sources is not None:
            found += _references(shown, number, sources)
        found += _links(shown, number, targets)
    return sorted(found)


def _has_plain_lines(text: str, sources: Collection[str] | None) -> bool:
    """Tell quickly that there is nothing to find in the lines of a text, as in most."""
    if "\\" in text or "](" in text or _SUSPECT.search(f"\n{text}"):
        return False
    return sources is None or all(
        name in sources or name in MARKS for name in _REFERENCE.findall(text)
    )


def _without_escapes(line: str) -> str:
    """Blank out escaped signs: columns stay what they are."""
    return re.sub(r"\\[!-/:-@\[-`{-~]", "  ", line) if "\\" in line else line


def _line(line: str, number: int) -> Iterator[MarkdownProblem]:
    for pattern, code, message, hint in _FORBIDDEN:
        match = pattern.search(line)
        if match:
            yield MarkdownProblem(number, match.start() + 1, code, message, hint)


def _references(line: str, number: int, sources: Collection[str]) -> Iterator[MarkdownProblem]:
    for match in _REFERENCE.finditer(line):
        if match[1] not in sources and match[1] not in MARKS:
            message = f"no source has the id '{match[1]}'"
            hint = nearest(match[1], sources)
            yield MarkdownProblem(number, match.start() + 1, "unknown-source", message, hint)


def _links(line: str, number: int, targets: Collection[str] | None) -> Iterator[MarkdownProblem]:
    for match in _LINK.finditer(line):
        address, column = match[1], match.start(1) + 1
        if addresses.is_external(address) or addresses.is_contact(address):
            continue
        target = addresses.inside_target(address)
        if target is None:
            message = f"this address cannot be linked: {address[:60] or 'it is empty'}"
            hint = "write https://…, mailto:…, tel:+…, points/<id> or pages/<id>"
            yield MarkdownProblem(number, column, "link-address", message, hint)
        elif targets is not None and target.key not in targets:
            message = f"there is nothing at '{address}'"
            hint = nearest(target.key, targets)
            yield MarkdownProblem(number, column, "dead-link", message, hint)


def _shape(found: tuple[blocks.Block, ...], text: str, depth: int) -> Iterator[MarkdownProblem]:
    """Judge levels, nesting and numbers of marks."""
    for block in found:
        line = block.first + 1
        if isinstance(block, blocks.MarkdownList | blocks.QuoteBlock):
            if depth + 1 >= blocks.MAX_DEPTH:
                message = f"lists and quotes are nested {depth + 1} deep or more"
                hint = f"at most {blocks.MAX_DEPTH - 1} are read; write it flatter"
                yield MarkdownProblem(line, 0, "markdown-too-deep", message, hint)
                continue
            parts = block.items if isinstance(block, blocks.MarkdownList) else (block,)
            for part in parts:
                yield from _shape(part.children, text, depth + 1)
            continue
        if isinstance(block, blocks.Heading) and block.level == 1:
            message = "headings in a text start at level 2: level 1 is the page's title"
            yield MarkdownProblem(line, 1, "markdown-heading-level", message, "write ##")
        marks = max(block.text.count("["), block.text.count("<"))
        depths = _emphasis_depth(block.text)
        if marks > MAX_MARKS:
            message = f"one paragraph has {marks} brackets of {MAX_MARKS}"
            hint = "split the paragraph"
            yield MarkdownProblem(line, 0, "markdown-too-many-marks", message, hint)
        if depths > blocks.MAX_DEPTH:
            message = f"emphasis is nested {depths} deep"
            yield MarkdownProblem(line, 0, "markdown-too-deep", message, "remove asterisks")


def _emphasis_depth(text: str) -> int:
    if text.count("*") + text.count("_") <= blocks.MAX_DEPTH:
        return 0
    depth = deepest = 0
    for kind, _ in inline.parse(text):
        if kind == inline.OPEN:
            depth += 1
            deepest = max(deepest, depth)
        elif kind == inline.CLOSE:
            depth -= 1
    return deepest
