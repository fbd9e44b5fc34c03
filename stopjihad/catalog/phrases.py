"""Words and phrases that message rules look for, by language: rows, no code.

Style packs are those that published guides advise against, with what they advise instead.
The words with which a sentence points back at the one before it have files of their own.
"""

from __future__ import annotations

import datetime as dt
from functools import cache
from importlib import resources
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from stopjihad.catalog.rules import read_words
from stopjihad.text.language.fold import fold


class Denial(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """List the phrases by which a sentence takes back what it would otherwise say.

    Attributes:
        before: when they stand before a finding: "it is false that …".
        inside: when they stand inside it: "Muslims are **not** …".
        after: when they stand after it: "…, which is a lie".
    """

    before: tuple[str, ...] = ()
    inside: tuple[str, ...] = ()
    after: tuple[str, ...] = ()


class PhraseSet(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """List the phrases of one rule in one language; their grammar is that of lexicon/phrases.

    Attributes:
        find: phrases that are findings.
        mask: phrases that are looked away from: names such as "Islamic State".
        unless: phrases that excuse the whole sentence.
        denial: what takes a finding back; the language's own where a list is empty.
        denials: ``ignore`` where no denial changes anything.
    """

    find: tuple[str, ...] = ()
    mask: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    denial: Denial = Denial()
    denials: Literal["keep", "ignore"] = "keep"


class Lexicon(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """The words of one language.

    Attributes:
        language: primary subtag.
        stop: words without a meaning of their own, separated by spaces, as written.
        but: words after which a denial does not hold any more.
        denial: what takes a finding back.
        no: answers by which a question is denied.
        words: classes of words; phrases name them in braces.
        sets: id of a rule to its phrases.
    """

    language: str
    stop: str = ""
    but: tuple[str, ...] = ()
    denial: Denial = Denial()
    no: tuple[str, ...] = ()
    words: dict[str, tuple[str, ...]] = {}
    sets: dict[str, PhraseSet] = {}


@cache
def lexicon(primary: str) -> Lexicon | None:
    """Read the words of a language.

    Returns:
        Its words; None when message rules know none.

    Raises:
        msgspec.ValidationError: the file has a wrong key or value.
    """
    return read_words("words", primary, Lexicon)


@cache
def stop_words(language: str) -> frozenset[str]:
    """Give the folded words that carry no meaning of their own."""
    known = lexicon(language.partition("-")[0])
    return frozenset(fold(known.stop).split()) if known else frozenset()


class PointingWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
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
    pointing: tuple[PointingWords, ...] = ()


@cache
def openings(primary: str) -> Openings | None:
    """Read the openings of a language.

    Returns:
        Its openings; None when the rule knows none.

    Raises:
        msgspec.ValidationError: the file has a wrong key or value.
    """
    return read_words("openings", primary, Openings)


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
