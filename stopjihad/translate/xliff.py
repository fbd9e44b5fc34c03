"""Write and read XLIFF 1.2: what OmegaT, Trados, memoQ and Weblate open.

Version 2.0 loses context, notes, limits and stale states in Weblate; 1.2 keeps them all (reference,
section 2.1).
"""

from __future__ import annotations

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from stopjihad.text.xml import attribute, content, parse
from stopjihad.translate.exchange import Bundle, ExchangeRow, Refused, Returned

NAMESPACE = "urn:oasis:names:tc:xliff:document:1.2"
_STATES = {
    "untranslated": "new",
    "stale": "needs-adaptation",
    "unreviewed": "translated",
    "approved": "signed-off",
}
_OPEN = frozenset({"new", "needs-translation", "needs-adaptation", "needs-l10n"})
"""States in which a target is not the translator's word yet (XLIFF 1.2, 2.3.1.1)."""


def write(bundle: Bundle) -> bytes:
    """Write a bundle as XLIFF 1.2.

    Args:
        bundle: texts of one language.

    Returns:
        UTF-8; valid against the transitional schema of OASIS.
    """
    head = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<xliff version="1.2" xmlns="{NAMESPACE}">\n'
        f'<file original="{attribute(bundle.campaign)}" datatype="plaintext" '
        f'source-language="{attribute(bundle.source_language)}" '
        f'target-language="{attribute(bundle.language)}">\n'
        '<header><tool tool-id="stopjihad" tool-name="stopjihad"/></header>\n<body>\n'
    )
    units = "".join(_unit(row) for row in bundle.rows)
    return f"{head}{units}</body>\n</file>\n</xliff>\n".encode("utf-8", "replace")


def _unit(row: ExchangeRow) -> str:
    limit = f' maxwidth="{row.limit}" size-unit="char"' if row.limit else ""
    approved = ' approved="yes"' if row.state == "approved" else ""
    previous = (
        '<alt-trans alttranstype="previous-version">'
        f"<source>{content(row.previous)}</source>"
        f"<target>{content(row.translation)}</target></alt-trans>\n"
        if row.previous
        else ""
    )
    return (
        f'<trans-unit id="{row.key}" resname="{attribute(row.context)}"{limit}{approved} '
        'xml:space="preserve">\n'
        f"<source>{content(row.source)}</source>\n"
        f'<target state="{_STATES[row.state]}">{content(row.translation)}</target>\n'
        f'<note from="developer">{content(row.comment)}</note>\n'
        f"{previous}</trans-unit>\n"
    )


def read(data: bytes) -> tuple[str, tuple[Returned, ...]]:
    """Read an XLIFF 1.2 file that came back.

    Args:
        data: the file.

    Returns:
        BCP 47 tag of its targets, and its rows; targets that are marked as still to be done count
        as empty.

    Raises:
        Refused: it is no XLIFF 1.2.
    """
    try:
        root = parse(data)
    except ValueError as error:
        raise Refused(str(error)) from error
    if root.tag != f"{{{NAMESPACE}}}xliff":
        raise Refused("this is not XLIFF 1.2")
    files = list(root.iter(f"{{{NAMESPACE}}}file"))
    languages = {file.get("target-language", "") for file in files}
    if len(languages) != 1:
        raise Refused("the file has no target language, or several")
    rows = (row for file in files for row in _rows(file))
    return languages.pop().replace("_", "-"), tuple(rows)


def _rows(file: ET.Element) -> Iterator[Returned]:
    for number, unit in enumerate(file.iter(f"{{{NAMESPACE}}}trans-unit"), 1):
        source = unit.find(f"{{{NAMESPACE}}}source")
        target = unit.find(f"{{{NAMESPACE}}}target")
        words = "" if target is None else "".join(target.itertext())
        state = "" if target is None else target.get("state", "")
        yield Returned(
            key=unit.get("id", ""),
            context=unit.get("resname", ""),
            source="" if source is None else "".join(source.itertext()),
            translation="" if state in _OPEN else words,
            place=f"unit {number}",
        )
