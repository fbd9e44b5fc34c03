"""The helplines that the program knows, to be taken over by a campaign: those of the sample."""

from __future__ import annotations

from functools import cache
from typing import NamedTuple

from stopjihad.load import files
from stopjihad.load.workspace import MAX_SHARED_BYTES, shared_root
from stopjihad.problem import Problem
from stopjihad.text.po import scan
from stopjihad.text.yaml.fields import values
from stopjihad.text.yaml.tree import Value

_SAMPLE = "campaigns/stop-jihadism"


class KnownLine(NamedTuple):
    """A helpline to be taken over: its fields as a file holds them, and what a list shows of it."""

    fields: dict[str, Value]
    id: str
    name: str
    country: str
    printed: str
    languages: tuple[str, ...]


@cache
def known_lines(language: str) -> tuple[KnownLine, ...]:
    """List the helplines that the program knows.

    Args:
        language: BCP 47 tag of the language that a campaign is written in: their texts are in it
            where the sample has them, else in English.
    """
    listed = values(_text("helplines.yaml"))["helplines"]
    words = _words(language)
    assert isinstance(listed, list)
    return tuple(_known(one, words) for one in listed if isinstance(one, dict))


def _known(fields: dict[str, Value], words: dict[str, str]) -> KnownLine:
    own: dict[str, Value] = {
        name: words.get(f"helplines/{fields['id']}/{name}", value)
        if isinstance(value, str)
        else value
        for name, value in fields.items()
    }
    phone, spoken = own["phone"], own["languages"]
    assert isinstance(phone, dict)
    assert isinstance(spoken, list)
    return KnownLine(
        fields=own,
        id=str(own["id"]),
        name=str(own["name"]),
        country=str(own["country"]),
        printed=str(phone["printed"]),
        languages=tuple(map(str, spoken)),
    )


def _words(language: str) -> dict[str, str]:
    """Give the sample's translations of helplines, by context; none where it has none."""
    entries = scan(_text(f"locale/{language}.po")).entries
    return {
        str(one.context): one.translation
        for one in entries
        if str(one.context).startswith("helplines/") and one.translation
    }


def _text(name: str) -> str:
    data = files.read(shared_root(), f"{_SAMPLE}/{name}", MAX_SHARED_BYTES)
    return "" if isinstance(data, Problem) else data.decode()
