"""What a notice in a crisis may not say, as rows: frames with their reasons, and their words.

``rules/alert_frames.yaml`` says of each frame what it is, whom it harms and where that is
published; ``rules/alerts/<language>.yaml`` gives its words in one language.
"""

from __future__ import annotations

from functools import cache

import msgspec

from stopjihad.catalog.frames import HarmfulFrame
from stopjihad.catalog.word_files import languages_of, read_rows, read_words

ALL_CLEAR = "all-clear"
"""The frame that templates made for it may have; a negation is part of it: "no danger"."""

CONFIRMED = frozenset({"perpetrator", "motive", "faith", "origin", "victims", ALL_CLEAR})
"""Frames that a sentence may have when it names the authority that says so."""

COUNTED = frozenset({"victims"})
"""Frames that a body of public safety may have in its own name: it counts, and signs all it sends.

Who did it and why is not its to know in the first hours; that stays with investigators, by name.
"""


class AlertWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Hold the frames of one language; the grammar of phrases is that of ``lexicon.grammar``.

    Attributes:
        language: primary subtag.
        words: classes of words; phrases name them in braces.
        back: what takes back what a sentence says: it is not known, do not share.
        firm: what has a word of ``back`` and takes nothing back: no fewer than.
        authority: what names the body that says so.
        frames: id of a frame to its phrases.
        allowed: id of a frame to phrases that make a sentence with it harmless.
    """

    language: str
    words: dict[str, tuple[str, ...]]
    back: tuple[str, ...]
    authority: tuple[str, ...]
    frames: dict[str, tuple[str, ...]]
    firm: tuple[str, ...] = ()
    allowed: dict[str, tuple[str, ...]] = {}


@cache
def alert_frames() -> dict[str, HarmfulFrame]:
    """Read what the frames are.

    Returns:
        Frames by id, in reading order.

    Raises:
        msgspec.ValidationError: a row has a wrong key or value.
    """
    return {frame.id: frame for frame in read_rows("alert_frames.yaml", HarmfulFrame)}


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
