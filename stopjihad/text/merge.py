"""Put the lines of two people together, who both began with the same text.

What only one of them changed is taken; where both changed the same lines, both versions stand
between git's marks, as `versions.regions` reads them. Texts have LF.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from typing import NamedTuple

MOST_WORK = 16_000_000
"""Lines of one text times lines of the other, of the part between equal ends: beyond it that part
is one region. 4,000 lines against 4,000 take a second at worst; translations of a large campaign
differ in fewer."""

_MARK = re.compile(r"(?:<{7}|>{7}|\|{7})(?: .*)?|={7}")


class MergedText(NamedTuple):
    """A text of two people; ``clashes`` counts the regions where both versions stand."""

    text: str
    clashes: int


class _Match(NamedTuple):
    """Lines of the text before that a person kept: from, to, and where they stand now."""

    start: int
    end: int
    now: int


def merge_texts(base: str, mine: str, theirs: str, name: str) -> MergedText:
    """Merge two texts.

    Args:
        base: what both began with; empty where each wrote a file anew.
        name: of the others, for the last mark.
    """
    if theirs in (mine, base):
        return MergedText(mine, 0)
    if mine == base:
        return MergedText(theirs, 0)
    texts = [one.splitlines(keepends=True) for one in (base, mine, theirs)]
    kept: list[str] = []
    clashes = 0
    for before, own, other in _chunks(*texts):
        if other in (own, before):
            kept += own
        elif own == before:
            kept += other
        else:
            clashes += 1
            kept += _mark_sides(own, other, name)
    return MergedText("".join(kept), clashes)


def union(mine: str, theirs: str) -> str:
    """Put lines together of a file to which lines are only ever added: each of both is there."""
    known = set(mine.splitlines())
    fresh = [one for one in theirs.splitlines() if one not in known]
    end = "" if not mine or mine.endswith("\n") else "\n"
    return f"{mine}{end}" + "".join(f"{one}\n" for one in fresh)


def _mark_sides(own: Sequence[str], other: Sequence[str], name: str) -> list[str]:
    """Write both versions between marks; what a person wrote like a mark is moved by a space."""
    parts = ["<<<<<<< ours\n"]
    for lines, mark in ((own, "=======\n"), (other, f">>>>>>> {name}\n")):
        for line in lines:
            ended = line if line.endswith("\n") else f"{line}\n"
            parts.append(f" {ended}" if _MARK.fullmatch(ended.rstrip("\r\n")) else ended)
        parts.append(mark)
    return parts


def _chunks(
    base: list[str], mine: list[str], theirs: list[str]
) -> Iterator[tuple[list[str], list[str], list[str]]]:
    """Cut three texts where all are equal: each chunk is equal in all, or changed by somebody."""
    own, other = _matches(base, mine), _matches(base, theirs)
    done = [0, 0, 0]
    for start, end, here, there in _common(own, other):
        yield base[done[0] : start], mine[done[1] : here], theirs[done[2] : there]
        yield (base[start:end],) * 3
        size = end - start
        done = [end, here + size, there + size]
    yield base[done[0] :], mine[done[1] :], theirs[done[2] :]


def _common(own: list[_Match], other: list[_Match]) -> Iterator[tuple[int, int, int, int]]:
    """Give lines of the text before that both kept, and where they stand in each of the two."""
    one = two = 0
    while one < len(own) and two < len(other):
        left, right = own[one], other[two]
        start, end = max(left.start, right.start), min(left.end, right.end)
        if start < end:
            yield start, end, left.now + start - left.start, right.now + start - right.start
        if left.end <= right.end:
            one += 1
        else:
            two += 1


def _matches(base: list[str], now: list[str]) -> list[_Match]:
    """Find the lines that a person kept, in order."""
    shorter = min(len(base), len(now))
    head = next((at for at in range(shorter) if base[at] != now[at]), shorter)
    left = shorter - head
    tail = next((at for at in range(left) if base[-1 - at] != now[-1 - at]), left)
    found = [_Match(0, head, 0)]
    inner, changed = base[head : len(base) - tail], now[head : len(now) - tail]
    if len(inner) * len(changed) <= MOST_WORK:
        blocks = SequenceMatcher(None, inner, changed).get_matching_blocks()
        found += [_Match(head + one.a, head + one.a + one.size, head + one.b) for one in blocks]
    found.append(_Match(len(base) - tail, len(base), len(now) - tail))
    return [one for one in found if one.start < one.end]
