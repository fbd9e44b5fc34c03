"""Choose the helplines that a post of one language may name, and write them in one line each."""

from __future__ import annotations

from collections.abc import Mapping

from stopjihad.render.post import words as said
from stopjihad.render.post.words import say
from stopjihad.view.records import Frame, HelplineView

_ISOLATE = "\u2066{}\u2069"
"""LRI … PDI of UAX #9: keeps the groups of a number in order within a right-to-left line."""


def chosen(frame: Frame) -> tuple[HelplineView, ...]:
    """Choose the helplines for a post.

    Services whose first language is the post's are taken; where there are none, those that speak
    it among other languages. The country that most readers live in comes first. One service a
    country: a post has room for a next step, the page behind its link for the whole list.

    Args:
        frame: the campaign in one language.

    Returns:
        At most one helpline per country.
    """
    primary = _primary(frame.lang)
    own = [line for line in frame.helplines if _primary(line.languages[0]) == primary]
    spoken = [line for line in frame.helplines if primary in map(_primary, line.languages)]
    home = _home(frame.lang)
    by_country: dict[str, HelplineView] = {}
    for line in sorted(own or spoken, key=lambda line: line.country != home):
        by_country.setdefault(line.country, line)
    return tuple(by_country.values())


def helpline_lines(frame: Frame, words: Mapping[str, str]) -> tuple[str, ...]:
    """Write the chosen helplines, one line each: name, country, number as it is printed.

    Args:
        frame: the campaign in one language.
        words: theme words by English message.

    Returns:
        The lines, best first.
    """
    rtl = frame.direction == "rtl"
    return tuple(
        say(
            words,
            frame.lang,
            said.HELPLINE,
            name=line.name.value,
            country=line.country_name,
            phone=_ISOLATE.format(line.printed) if rtl else line.printed,
        )
        for line in chosen(frame)
    )


_HOMES = {"cs": "CZ", "da": "DK", "el": "GR", "en": "GB", "nb": "NO", "sv": "SE", "uk": "UA"}
"""Countries whose code is not that of their language; the others are: fr and FR, de and DE."""


def _home(tag: str) -> str:
    """Name the country of a language: the one in its tag, else the usual one."""
    region = tag.rpartition("-")[2]
    if len(region) == 2 and region.isupper():
        return region
    return _HOMES.get(_primary(tag), _primary(tag).upper())


def _primary(tag: str) -> str:
    return tag.partition("-")[0].casefold()
