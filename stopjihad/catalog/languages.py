"""Know languages by their tag: own name, English name, script, direction, digits.

What else has another name in each language is here, too: countries, institutions and ranks.
"""

from __future__ import annotations

import re
from functools import cache
from importlib import resources
from importlib.resources import files
from typing import Literal

import msgspec

from stopjihad.catalog.countries import OTHER_CODES
from stopjihad.text.unicode.script import direction, likely_script

Direction = Literal["ltr", "rtl"]


class Language(msgspec.Struct, frozen=True, kw_only=True):
    """Describe a language.

    Attributes:
        tag: BCP 47 tag.
        autonym: its name as its speakers write it; the tag where CLDR has no name.
        english: its English name; the tag where CLDR has no name.
        script: ISO 15924 code.
        direction: reading direction of that script.
        digits: CLDR name of its own digits; ``latn`` where those are 0 to 9.
    """

    tag: str
    autonym: str
    english: str
    script: str
    direction: Direction
    digits: str


class _Table(msgspec.Struct):
    source: str
    rows: dict[str, tuple[str, str, str]]


@cache
def _table() -> _Table:
    data = files("stopjihad.catalog").joinpath("languages.json").read_bytes()
    return msgspec.json.decode(data, type=_Table)


@cache
def language(tag: str) -> Language:
    """Look up a language.

    Args:
        tag: BCP 47 tag such as ``fr``, ``pt-BR``, ``zh-Hant`` or a pseudo-locale.

    Returns:
        What CLDR knows; for an unknown region what is known of the language without it.
    """
    rows = _table().rows
    subtags = tag.split("-")
    script = next((part for part in subtags[1:] if len(part) == 4), None)
    found = rows.get(tag) or rows.get(f"{subtags[0]}-{script}") or rows.get(subtags[0])
    autonym, english, digits = found or (tag, tag, "latn")
    if subtags[-1] in {"XA", "XB"}:
        autonym, english = f"{autonym} ({subtags[-1]})", f"{english} (pseudo-locale)"
    return Language(
        tag=tag,
        autonym=autonym,
        english=english,
        script=likely_script(tag),
        direction=direction(tag),
        digits=digits,
    )


def autonym(tag: str) -> str:
    """Name a language as its speakers write it.

    Returns:
        For example ``français`` or ``العربية``; the tag where CLDR has no name.
    """
    return language(tag).autonym


@cache
def country_name(code: str, lang: str) -> str:
    """Name a country in a language, from CLDR.

    Args:
        code: ISO 3166-1 alpha-2, or ``EU``.
        lang: BCP 47 tag; of an unknown one the language alone, else English.
    """
    from babel import Locale, UnknownLocaleError

    for candidate in (lang.replace("-", "_"), lang.partition("-")[0], "en"):
        try:
            names = Locale.parse(candidate).territories
        except (UnknownLocaleError, ValueError):
            continue
        if code in names:
            return str(names[code])
    return code


@cache
def language_name(tag: str, lang: str) -> str:
    """Name a language in another one, from CLDR.

    Args:
        tag: BCP 47 tag of the language that is named.
        lang: BCP 47 tag of the text that the name stands in.

    Returns:
        For example ``الفرنسية`` for ``fr`` in ``ar``; its own name where CLDR has none.
    """
    from babel import Locale

    names = Locale.parse(cldr_locale(lang)).languages
    return str(names.get(tag) or names.get(tag.partition("-")[0]) or autonym(tag))


def standard_tag(tag: str) -> str:
    """Give the form of a tag that browsers and translators expect.

    Returns:
        The tag with outdated subtags replaced as CLDR says: ``he`` for ``iw``, ``en-GB`` for
        ``en-UK``; the tag itself where nothing is outdated.
    """
    if tag in _table().rows:
        return tag
    from babel.core import get_global

    first, *rest = tag.split("-")
    first = get_global("language_aliases").get(first, first)
    aliases = get_global("territory_aliases")
    rest = [aliases.get(part, [part])[0] if len(part) == 2 else part for part in rest]
    return "-".join((first.replace("_", "-"), *rest))


def tags() -> tuple[str, ...]:
    """List the tags of all languages that CLDR has a name for, in order of their own names."""
    rows = _table().rows
    return tuple(sorted(rows, key=lambda tag: rows[tag][0].casefold()))


def is_known(tag: str) -> bool:
    """Tell whether CLDR has the language of a tag.

    Returns:
        True when at least its first subtag names a language that CLDR has data for.
    """
    return tag in _table().rows or tag.partition("-")[0] in _table().rows


def tag_hint(tag: str) -> str:
    """Say which tag was probably meant: people write the code of a country."""
    from babel.core import get_global

    code = tag.partition("-")[0].upper()
    likely = get_global("likely_subtags").get(f"und_{OTHER_CODES.get(code, code)}", "")
    if likely:
        return f"did you mean '{likely.partition('_')[0]}'? {code} is the code of a country"
    return "look it up in the IANA language subtag registry; French is fr"


@cache
def cldr_locale(lang: str) -> str:
    """Find CLDR's locale for a tag: itself, its language, or English (pseudo-locales).

    Returns:
        Name for Babel; English without a region is that of the world (``en_001``), which writes
        24 November 2026.
    """
    from babel.core import Locale, UnknownLocaleError

    if lang == "en":
        return "en_001"
    for candidate in (lang.replace("-", "_"), lang.split("-", maxsplit=1)[0]):
        try:
            return str(Locale.parse(candidate))
        except (UnknownLocaleError, ValueError):
            continue
    return "en_001"


@cache
def _institutions() -> dict[str, dict[str, str]]:
    data = resources.files("stopjihad.catalog").joinpath("data/institutions.yaml").read_bytes()
    return msgspec.yaml.decode(data, type=dict[str, dict[str, str]])


@cache
def _known_as(primary: str) -> dict[str, str]:
    """Give the English short names of institutions by those of a language."""
    return {names[primary]: short for short, names in _institutions().items() if primary in names}


def institution_name(short: str, lang: str, source_language: str = "") -> str:
    """Give an institution's short name in a language.

    Args:
        short: as a source gives it: in English (``UN``), or as authors write it in their own
            language (``ONU``).
        lang: BCP 47 tag of the text that it stands in.

    Returns:
        The name there; empty where none is known.
    """
    institutions, primary = _institutions(), lang.partition("-")[0]
    english = short
    if short not in institutions:
        english = _known_as(source_language.partition("-")[0]).get(short, "")
    names = institutions.get(english, {})
    found = names.get(lang) or names.get(primary, "")
    return english if not found and english != short and primary == "en" else found


class _Ranks(msgspec.Struct):
    place: str
    ranks: list[str]


@cache
def _ranks(primary: str) -> tuple[tuple[int, re.Pattern[str]], ...]:
    data = resources.files("stopjihad.catalog").joinpath("data/ranks.yaml").read_bytes()
    words = msgspec.yaml.decode(data, type=dict[str, _Ranks]).get(primary)
    if words is None:
        return ()
    place, found = rf"\b(?:{words.place})\b", []
    for rank, said in enumerate(words.ranks, 2):
        word = rf"\b(?:{said})\b"
        alone = rf"[,(\u060c]\s*{word}\s*\)?$"
        pattern = rf"{word}\W+(?:\w+\W+)?{place}|{place}\W+(?:\w+\W+)?{word}|{alone}"
        found.append((rank, re.compile(pattern, re.IGNORECASE)))
    return tuple(found)


def rank_in(label: str, lang: str) -> int | None:
    """Find the rank that a label of a chart names: 3 in "Religion, in third place".

    Args:
        lang: BCP 47 tag of their language.

    Returns:
        The rank, from 2 on; None where none is named, or the language is not in ``ranks.yaml``.
    """
    primary = lang.partition("-")[0]
    return next((rank for rank, said in _ranks(primary) if said.search(label)), None)
