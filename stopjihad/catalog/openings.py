"""Words with which a sentence points back at the one before it, by language: rows, no code."""

from __future__ import annotations

from functools import cache

import msgspec

from stopjihad.catalog.word_files import read_words


class Pointing(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """List words that may stand before a noun ("this camp") or alone ("this is").

    Attributes:
        words: the words.
        then: what follows them where no noun does; ``*`` stands for any letters. A word
            with a capital is a noun or a name. Empty where
            anything but a noun does.
        noun: what follows them where a noun does, though ``then`` would match.
    """

    words: tuple[str, ...]
    then: tuple[str, ...] = ()
    noun: tuple[str, ...] = ()


class Openings(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The openings of one language.

    Phrases are words separated by spaces, without marks: French ``c'est`` is ``c est``.

    Attributes:
        language: primary subtag.
        lead: words that may stand before an opening and change nothing.
        clitics: letters that are written together with the word they stand before.
        free: openings that are fine, though they begin as others do.
        bare: openings that point back, whatever follows.
        pointing: openings that point back unless a noun follows.
    """

    language: str
    lead: tuple[str, ...] = ()
    clitics: tuple[str, ...] = ()
    free: tuple[str, ...] = ()
    bare: tuple[str, ...] = ()
    pointing: tuple[Pointing, ...] = ()


@cache
def openings(primary: str) -> Openings | None:
    """Read the openings of a language.

    Args:
        primary: primary subtag.

    Returns:
        Its openings; None when the rule knows none.

    Raises:
        msgspec.ValidationError: the file has a wrong key or value.
    """
    return read_words("openings", primary, Openings)
