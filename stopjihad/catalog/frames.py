"""Frames and the names they are about, as rows: what may not be said of a faith or a people.

A frame is one thing that is said of people as a whole: that violence is their nature, that they
must go. ``rules/frames.yaml`` says of each frame what it is, why it harms and where that is
published; ``rules/frames/<language>.yaml`` gives its words in one language. What an alert in a
crisis may not say stands likewise in ``rules/alert_frames.yaml`` and
``rules/alerts/<language>.yaml``.
"""

from __future__ import annotations

from functools import cache
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from stopjihad.catalog.rules import RuleReference, languages_of, read_rows, read_words


class HarmfulFrame(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Explain one frame.

    Attributes:
        id: stable name, one word.
        says: what a sentence with the frame does, as the end of "this sentence …".
        why: whom it harms, and how: one sentence.
        mend: one fair way to say what may be meant.
        sources: published guidance against it, or cases.
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


class LexiconFrame(HarmfulFrame, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Explain a frame about a faith or a people; ``rule`` is the id of the one that it breaks."""

    rule: Literal["LNG02", "LNG04"]


class Back(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """List what takes back what a sentence says: denials, reports, a part of a people.

    Attributes:
        denial: words of negation: before the words of the frame, and behind them in their clause.
        anywhere: phrases that do so before and after the words of the frame.
        before: phrases that do so only before them.
        after: phrases that do so only after them.
        next: phrases that do so in a later clause or in the next sentence; one that is a single
            word must stand at its start.
        heading: phrases of a heading that announces lies, questions or what others say.
        firm: what has a word of the others and takes nothing back: no wonder.
    """

    denial: tuple[str, ...] = ()
    anywhere: tuple[str, ...] = ()
    before: tuple[str, ...] = ()
    after: tuple[str, ...] = ()
    next: tuple[str, ...] = ()
    heading: tuple[str, ...] = ()
    firm: tuple[str, ...] = ()


class FrameWords(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The frames of one language; the grammar of phrases is that of lexicon/grammar.

    Attributes:
        language: primary subtag.
        words: classes of words; phrases name them in braces.
        mask: set phrases and proper names in which a name is none: "Islamic State", "pizza".
        listed: reason to the phrases that put a sentence on the reading list; of a sentence that
            says that something is no sign, those of ``LAWFUL`` do not.
        harm: words of harm: sentences with one are read before others.
        opener: words after which a clause begins, as it does after a comma.
        back: what takes a frame back.
        signs: what introduces a list of signs of danger, in its heading or first sentence.
        no_signs: what says that something is no sign of danger.
        practices: what such a list must not have: lawful practice, and who stops what.
        conduct: words of force, contempt, threat or breaking off: with one, practice in such a list
            is what is done to others, and a person reads it.
        frames: id of a frame to its phrases; one that begins with ``^`` is only looked for at the
            start of a clause, one that ends with ``$`` only at its end.
        dashes: ``read`` where a dash stands for "is", as in Russian; phrases name it ``э``.
    """

    language: str
    words: dict[str, tuple[str, ...]]
    mask: tuple[str, ...] = ()
    listed: dict[str, tuple[str, ...]]
    harm: tuple[str, ...]
    opener: tuple[str, ...] = ()
    back: Back
    signs: tuple[str, ...] = ()
    no_signs: tuple[str, ...] = ()
    practices: tuple[str, ...] = ()
    conduct: tuple[str, ...] = ()
    frames: dict[str, tuple[str, ...]]
    dashes: Literal["read", "ignore"] = "ignore"


LAWFUL = frozenset({"practice", "its dress", "its places"})
"""Reasons to list a sentence that do not count where it says that something is no sign."""


@cache
def frames() -> dict[str, LexiconFrame]:
    """Read what the frames are.

    Raises:
        msgspec.ValidationError: a row has a wrong key or value.
    """
    return {frame.id: frame for frame in read_rows("frames.yaml", LexiconFrame)}


def frame_languages() -> tuple[str, ...]:
    """Name the languages that have frames."""
    return languages_of("frames")


def has_frames(language: str) -> bool:
    """Tell whether texts of a language are looked at for frames and for the reading list."""
    return language.partition("-")[0] in frame_languages()


@cache
def frame_words(primary: str) -> FrameWords | None:
    """Read the frames of a language.

    Returns:
        Its frames; None when it has none.

    Raises:
        msgspec.ValidationError: the file has a wrong key or value.
    """
    return read_words("frames", primary, FrameWords)


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

    Raises:
        msgspec.ValidationError: a row has a wrong key or value.
    """
    return {frame.id: frame for frame in read_rows("alert_frames.yaml", HarmfulFrame)}


@cache
def alert_words(primary: str) -> AlertWords | None:
    """Read the words that frames of alerts are made of, in a language.

    Returns:
        Its words; None when it has none.

    Raises:
        msgspec.ValidationError: the file has a wrong key or value.
    """
    return read_words("alerts", primary, AlertWords)
