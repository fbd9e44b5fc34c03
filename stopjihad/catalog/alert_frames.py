"""What a notice in a crisis may not say, as rows: frames with their reasons, and their words.

``rules/alert_frames.yaml`` says of each frame what it is, whom it harms and where that is
published; ``rules/alerts/<language>.yaml`` gives its words in one language.
"""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import Annotated

import msgspec
from msgspec import Meta

from stopjihad.catalog.rules import RuleReference
from stopjihad.catalog.word_files import languages_of, read_words

ALL_CLEAR = "all-clear"
"""The frame that templates made for it may have; a negation is part of it: "no danger"."""

CONFIRMED = frozenset({"perpetrator", "motive", "faith", "origin", "victims", ALL_CLEAR})
"""Frames that a sentence may have when it names the authority that says so."""


class AlertFrame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Explain one frame.

    Attributes:
        id: stable name.
        says: what a sentence with the frame does.
        why: whom it harms, and how: one sentence.
        mend: what to write instead.
        sources: published guidance or cases.
        bad: an English sentence that is refused.
        good: one that is not, though it is about the same.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z-]{3,20}$")]
    says: str
    why: str
    mend: str
    sources: Annotated[tuple[RuleReference, ...], Meta(min_length=1)]
    bad: str
    good: str


class AlertWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold the frames of one language; the grammar of phrases is that of ``lexicon.grammar``.

    Attributes:
        language: primary subtag.
        words: classes of words; phrases name them in braces.
        back: what takes back what a sentence says: it is not known, do not share.
        authority: what names the body that says so.
        frames: id of a frame to its phrases.
        allowed: id of a frame to phrases that make a sentence with it harmless.
    """

    language: str
    words: dict[str, tuple[str, ...]]
    back: tuple[str, ...]
    authority: tuple[str, ...]
    frames: dict[str, tuple[str, ...]]
    allowed: dict[str, tuple[str, ...]] = {}


@cache
def alert_frames() -> dict[str, AlertFrame]:
    """Read what the frames are.

    Returns:
        Frames by id, in reading order.

    Raises:
        msgspec.ValidationError: a row has a wrong key or value.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    file = resources.files("stopjihad.catalog").joinpath("rules/alert_frames.yaml")
    raw = yaml.load(file.read_bytes(), Loader=loader)  # noqa: S506 - the safe loader, in C where there is one
    return {frame.id: frame for frame in msgspec.convert(raw, type=list[AlertFrame])}


def alert_languages() -> tuple[str, ...]:
    """Name the languages whose notices are judged; primary subtags, sorted."""
    return languages_of("alerts")


@cache
def alert_words(primary: str) -> AlertWords | None:
    """Read the frames of a language.

    Args:
        primary: primary subtag.

    Returns:
        Its frames; None when it has none.

    Raises:
        msgspec.ValidationError: the file has a wrong key or value.
    """
    return read_words("alerts", primary, AlertWords)
