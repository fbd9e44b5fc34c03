"""Style packs: words that published guides advise against, with what they advise instead."""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import resources
from typing import Annotated

import msgspec
from msgspec import Meta


class StyleEntry(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """One row of a pack.

    Attributes:
        terms: primary subtag to phrases (grammar of the lexicon) that are advised against.
        keep: primary subtag to phrases in which the term is right.
        alternative: primary subtag to what to write; ``en`` stands in for languages without.
        why: one clause.
    """

    terms: dict[str, tuple[str, ...]]
    keep: dict[str, tuple[str, ...]] = {}
    alternative: dict[str, str]
    why: str


class StylePack(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """A pack: the rows of one guide.

    Attributes:
        id: file name without its ending.
        name: of the guide.
        source: where it is published.
        checked: day on which it was read.
        note: what a team should know before it chooses the pack.
        entries: its rows.
    """

    id: str
    name: str
    source: Annotated[str, Meta(pattern=r"^https?://\S+$")]
    checked: dt.date
    note: str = ""
    entries: Annotated[tuple[StyleEntry, ...], Meta(min_length=1)]


@cache
def style_packs() -> dict[str, StylePack]:
    """Read all packs.

    Returns:
        Packs by id, sorted.

    Raises:
        msgspec.ValidationError: a file has a wrong key or value.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    folder = resources.files("stopjihad.catalog").joinpath("style_packs")
    found: dict[str, StylePack] = {}
    for entry in sorted(folder.iterdir(), key=lambda item: item.name):
        if entry.name.endswith(".yaml"):
            raw = yaml.load(entry.read_bytes(), Loader=loader)  # noqa: S506 - the safe loader, in C where there is one
            found[entry.name.removesuffix(".yaml")] = msgspec.convert(
                {"id": entry.name.removesuffix(".yaml"), **raw}, type=StylePack
            )
    return found
