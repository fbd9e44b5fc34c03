"""What a talking point says, passage by passage, with the sources that it names for it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import NamedTuple

from stopjihad.model.point import Point, Source

_CITED = re.compile(r"(?P<said>.*?)(?P<names>(?:\s*\[\^[^\]\s]{1,60}\])+)", re.DOTALL)
_NAME = re.compile(r"\[\^([^\]\s]+)\]")
_MARKS = re.compile(r"^\s*(?:[-*>]|\d+\.|#+)\s+|\*+", re.MULTILINE)


class Statement(NamedTuple):
    """Pair plain words of a talking point with the sources cited behind them."""

    words: str
    sources: tuple[Source, ...]


def statements(point: Point) -> Iterator[Statement]:
    """Take the cited passages out of a talking point.

    Args:
        point: the talking point.

    Yields:
        Its passages in reading order: first the fact with all sources, then what stands before each
        reference in the explanation and in what a reader can do instead.
    """
    known = {source.id: source for source in point.sources}
    yield Statement(point.fact, point.sources)
    for text in (point.body, point.alternative):
        for passage in re.split(r"\n\s*\n", text):
            for match in _CITED.finditer(passage):
                names = [name for name in _NAME.findall(match["names"]) if name in known]
                said = " ".join(_MARKS.sub("", match["said"]).split())
                if said and names:
                    yield Statement(said, tuple(known[name] for name in names))
