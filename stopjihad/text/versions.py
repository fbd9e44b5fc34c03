"""Texts in which two versions met: what git left between its marks, told apart and settled.

Throughout, a text is a whole file, line ends as LF, and a path says by its ending what the file is.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple, TypeAlias

from stopjihad.text import po
from stopjihad.text.yaml.fields import BODY, Remove, SetField, apply, parts_of, values
from stopjihad.text.yaml.patch import CannotChange, normal
from stopjihad.text.yaml.tree import NoSuchPlace, Value

Path: TypeAlias = tuple[str | int, ...]

_OPEN = re.compile(r"<{7}(?: .*)?")
_BASE = re.compile(r"\|{7}(?: .*)?")
_MIDDLE = "======="
_CLOSE = re.compile(r">{7}(?: (.*))?")

_REPLAYED = re.compile(r"[0-9a-f]{7,40} \(.*\)|Stashed changes")
"""What stands behind the last mark when git put one's own changes on top of what was fetched."""


class Region(NamedTuple):
    """Lines that two people changed, without the marks around them.

    Attributes:
        start: place of the first mark in the text, in code points.
        end: place behind the last mark and its line end.
        mine: lines that stood here before anything was fetched, as far as the marks tell.
        theirs: lines that were fetched.
    """

    start: int
    end: int
    mine: str
    theirs: str


def regions(text: str) -> tuple[Region, ...]:
    """Find where two versions met; the version before both (``|||||||``) is passed over.

    Returns:
        Regions in order; none where a mark has no partner: such a text is left to people.
    """
    found: list[Region] = []
    parts: list[list[str]] = []
    start = at = 0
    for line in text.split("\n"):
        end = min(at + len(line) + 1, len(text))
        bare, begun = line.rstrip("\r"), len(parts)
        if _OPEN.fullmatch(bare) and not begun:
            parts, start = [[]], at
        elif _BASE.fullmatch(bare) and begun == _MINE:
            parts.append([])
        elif bare == _MIDDLE and _MINE <= begun < _THEIRS:
            parts += [[]] * (_THEIRS - 1 - begun) + [[]]
        elif begun == _THEIRS and (closed := _CLOSE.fullmatch(bare)):
            first, _, second = ("".join(part) for part in parts)
            if _REPLAYED.fullmatch(closed[1] or ""):
                first, second = second, first
            found.append(Region(start, end, first, second))
            parts = []
        elif _OPEN.fullmatch(bare) or _CLOSE.fullmatch(bare):
            return ()
        elif begun:
            parts[-1].append(text[at:end])
        at = end
    return () if parts else tuple(found)


_MINE, _THEIRS = 1, 3
"""How many parts of a region have begun within the lines of one's own, and of the others."""


def side(text: str, *, theirs: bool = False) -> str:
    """Give a text as it was on one side: one's own, or that of the others."""
    found = regions(text)
    return _put(text, found, [one.theirs if theirs else one.mine for one in found])


def _put(text: str, found: Sequence[Region], taken: Sequence[str]) -> str:
    """Put lines in the place of each region; all others stay as they are."""
    kept, at = [], 0
    for region, lines in zip(found, taken, strict=True):
        kept += [text[at : region.start], lines]
        at = region.end
    return "".join((*kept, text[at:]))


class Dispute(NamedTuple):
    """One thing of which there are two versions.

    Attributes:
        region: place of its region among those of the text, from 0.
        field: path of a field, context and source of a translation; empty for lines that cannot be
            told apart further, ``body`` alone for lines of the Markdown.
        mine: one's own; None where it is missing there.
        theirs: that of the others.
        lines: whether the versions are lines of the file, of which both can be kept.
    """

    region: int
    field: Path
    mine: Value | None
    theirs: Value | None
    lines: bool = False


def disputes(text: str, path: str) -> tuple[Dispute, ...]:
    """Tell apart what two people changed.

    Returns:
        Disputes in the order of the text; a region of which only notes of the program differ has
        none.
    """
    found = regions(text)
    mine = _put(text, found, [one.mine for one in found])
    read = _read_entries if path.endswith(".po") else _read_fields
    told: list[Dispute] = []
    for place, region in enumerate(found):
        lines = Dispute(place, (), region.mine, region.theirs, lines=True)
        if not path.endswith((".po", ".md", ".yaml")):
            told.append(lines)
            continue
        before = _put(text[: region.start], found[:place], [one.mine for one in found[:place]])
        if path.endswith(".md") and _is_below(before):
            told.append(lines._replace(field=(BODY,)))
            continue
        if path.endswith(".po") and _own_lines(region.mine) == _own_lines(region.theirs):
            continue
        taken = [one.theirs if one is region else one.mine for one in found]
        differing = _field_differences(read(mine), read(_put(text, found, taken)))
        told += [Dispute(place, *one) for one in differing] or [lines]
    return tuple(told)


def _is_below(before: str) -> bool:
    """Tell whether what follows a text is Markdown: its front matter has ended."""
    parts = parts_of(before)
    return parts is not None and parts.before != ""


_NOTE = re.compile(r'#[:.].*|"[A-Z][A-Za-z-]+: .*\\n"')


def _own_lines(lines: str) -> list[str]:
    """Leave out what the program itself writes into PO files: where a text stands, the header."""
    return [line for line in lines.split("\n") if not _NOTE.fullmatch(line)]


def _field_differences(
    mine: Mapping[Path, Value] | None, theirs: Mapping[Path, Value] | None
) -> Iterator[tuple[Path, Value | None, Value | None]]:
    """Find what differs between two sides; nothing where one cannot be read, or lists changed."""
    if mine is None or theirs is None:
        return
    # A list whose items came, went or changed places is not told apart field by field.
    if any(mine.get(path) != theirs.get(path) for path in mine.keys() | theirs if _SHAPE in path):
        return
    paths = [one for one in dict.fromkeys((*mine, *theirs)) if mine.get(one) != theirs.get(one)]
    if any(one != other and other[: len(one)] == one for one in paths for other in paths):
        return  # a text on one side, keys with values on the other
    yield from ((path, mine.get(path), theirs.get(path)) for path in paths)


_SHAPE = -1
"""Last step of the path under which a list of items with fields has the names of its items."""


def _read_fields(text: str) -> dict[Path, Value] | None:
    try:
        return dict(_leaves((), values(text)))
    except NoSuchPlace:
        return None


def _leaves(path: Path, value: Value) -> Iterator[tuple[Path, Value]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _leaves((*path, key), one)
    elif isinstance(value, list) and any(not isinstance(one, str) for one in value):
        names = [one.get("id", "") if isinstance(one, dict) else "" for one in value]
        yield (*path, _SHAPE), names
        for place, one in enumerate(value):
            yield from _leaves((*path, place), one)
    else:
        yield path, value


def _read_entries(text: str) -> dict[Path, Value] | None:
    found = po.scan(text)
    if found.faults:
        return None
    return {(one.context, one.source): one.translation for one in found.entries if one.context}


class Decision(NamedTuple):
    """What somebody takes: ``mine``, ``theirs``, ``both`` (of lines), or words of their ``own``."""

    take: str
    own: Value = ""


def settle(text: str, path: str, decisions: Sequence[Decision]) -> str:
    """Write a text without marks; all lines outside of its regions stay as they are.

    There is one decision for each of ``disputes(text, path)``.

    Raises:
        CannotChange: a field cannot be written so.
        ValueError: there are more or fewer decisions than disputes.
    """
    found = regions(text)
    decided = list(zip(disputes(text, path), decisions, strict=True))
    taken, left = [], []
    for place, region in enumerate(found):
        own = [one for one in decided if one[0].region == place]
        if own and own[0][0].lines:
            taken.append(_lines_of(region, own[0][1]))
        elif own and all(decision.take == "theirs" for _, decision in own):
            taken.append(region.theirs)
        else:
            taken.append(region.mine)
            left += [one for one in own if one[1].take != "mine"]
    settled = _put(text, found, taken)
    for dispute, decision in left:
        wanted = dispute.theirs if decision.take == "theirs" else decision.own
        settled = _with_value(settled, path, dispute.field, wanted)
    return settled


def _lines_of(region: Region, decision: Decision) -> str:
    if decision.take == "both":
        gap = "" if not region.mine or region.mine.endswith("\n") else "\n"
        return f"{region.mine}{gap}{region.theirs}"
    if decision.take == "own":
        words = normal(decision.own)
        return f"{words}\n" if words else ""
    return region.theirs if decision.take == "theirs" else region.mine


def _with_value(text: str, path: str, field: Path, wanted: Value | None) -> str:
    try:
        if path.endswith(".po"):
            return _with_translation(text, field, str(wanted or ""))
        return apply(text, Remove(field) if wanted is None else SetField(field, wanted))
    except NoSuchPlace as error:
        raise CannotChange(str(error)) from error


_DOUBT = re.compile(r"^#(?:,.*\bfuzzy\b.*|\|.*)\n", re.MULTILINE)


def _with_translation(text: str, field: Path, words: str) -> str:
    """Give an entry a translation that somebody chose: it is no longer in doubt."""
    for entry in po.scan(text).entries:
        if (entry.context, entry.source) == field:
            head = text[: entry.start - len(entry.notes)] + _DOUBT.sub("", entry.notes)
            fresh = po.write_entry("", entry.context, entry.source, words)
            return f"{head}{fresh}{text[entry.end :]}"
    raise NoSuchPlace(str(field))
