"""What a campaign adds to the message rules in one language: peoples, names and frames."""

from __future__ import annotations

from typing import Annotated

import msgspec
from msgspec import Meta

from stopjihad.model import Record

Phrase = Annotated[str, Meta(min_length=1, max_length=300)]
Phrases = Annotated[tuple[Phrase, ...], Meta(max_length=200)]
FrameId = Annotated[str, Meta(pattern=r"^[a-z-]{3,20}$")]


class OwnFrame(Record, frozen=True, kw_only=True):
    """One thing that must not be said, beside those that the program knows.

    Attributes:
        says: what a sentence with the frame does, as the end of "this sentence …".
        why: whom it harms, and how.
        mend: a fair way to say what may be meant.
        words: phrases, in the grammar of ``lexicon.grammar``.
    """

    says: Annotated[str, Meta(min_length=1, max_length=200)]
    why: Annotated[str, Meta(min_length=1, max_length=300)]
    mend: Annotated[str, Meta(min_length=1, max_length=300)]
    words: Annotated[Phrases, Meta(min_length=1)]


class OwnRules(Record, frozen=True, kw_only=True):
    """One file of ``rules/``; it adds to what the program knows, and takes nothing away.

    Attributes:
        language: primary subtag, the name of the file.
        people: peoples in the plural: frames are looked for of them as of all others.
        one: the same in the singular.
        names: reason to phrases that put a sentence on the reading list.
        frames: id to frame.
    """

    language: str
    people: Phrases = ()
    one: Phrases = ()
    names: Annotated[dict[str, Phrases], Meta(max_length=50)] = {}
    frames: Annotated[dict[FrameId, OwnFrame], Meta(max_length=50)] = {}


class AddedWords(msgspec.Struct, frozen=True):
    """The words of some of those files, as rows that can be looked up.

    Attributes:
        people: peoples in the plural.
        one: peoples in the singular.
        names: reasons, each with its phrases.
        frames: ids, each with its phrases.
    """

    people: tuple[str, ...] = ()
    one: tuple[str, ...] = ()
    names: tuple[tuple[str, tuple[str, ...]], ...] = ()
    frames: tuple[tuple[str, tuple[str, ...]], ...] = ()


NO_WORDS = AddedWords()
"""What a campaign without rules of its own adds."""
