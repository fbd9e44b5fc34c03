"""Say a helpline as it stands on anything published: its number with country, name, who answers."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import NamedTuple

from stopjihad.catalog.terms import OPERATORS
from stopjihad.view.helplines import primary, speaks
from stopjihad.view.records import Frame, HelplineView

WHO = "%(country)s · %(name)s (%(operator)s)"
WITH_INTERPRETER = "%(country)s · %(name)s (%(operator)s, with an interpreter)"
LINE = "%(who)s: %(phone)s"

WORDS = (WHO, WITH_INTERPRETER, LINE, *(term.text for term in OPERATORS.values()))
"""Theme messages that a line is made of; WHO and LINE have no word of English to translate."""

_PLACE = re.compile(r"%\((\w+)\)s")
_ISOLATE = "\u2066{}\u2069"
"""LRI … PDI of UAX #9: keeps the groups of a number in order within a right-to-left line."""


class Stated(NamedTuple):
    """A helpline in the words of one language.

    Attributes:
        line: the helpline.
        who: country, name and who answers: ``France · CNAPR (police)``.
        text: the same with the number: ``France · CNAPR (police): 0 800 005 696``.
    """

    line: HelplineView
    who: str
    text: str


def stated(frame: Frame, words: Mapping[str, str]) -> tuple[Stated, ...]:
    """Say the helplines that stand for a language: the one text of a number, whatever shows it.

    Args:
        frame: the campaign in one language.
        words: theme words by English message.

    Returns:
        The lines, best first. None where the theme cannot say in this language who answers: a
        number of the police that does not say so is worse than none.
    """
    rtl = frame.direction == "rtl"
    said = (
        state(line, words, frame.lang, _ISOLATE.format(line.printed) if rtl else line.printed)
        for line in frame.standing
    )
    return tuple(one for one in said if one)


def state(line: HelplineView, words: Mapping[str, str], lang: str, phone: str) -> Stated | None:
    """Say one helpline.

    Args:
        line: the helpline in this language.
        words: theme words by English message.
        lang: BCP 47 tag of the text that it stands in.
        phone: the number as it is printed, with what keeps it whole and in order there.

    Returns:
        The line, or None where the theme has no word for who answers, or that it is an interpreter.
    """
    term = OPERATORS[line.operator].text
    operator = words.get(term) or (term if primary(lang) == "en" else "")
    if not operator:
        return None
    pattern = words.get(WHO) or WHO
    if not speaks(line, lang):
        pattern = words.get(WITH_INTERPRETER) or (WITH_INTERPRETER if primary(lang) == "en" else "")
    if not pattern:
        return None
    who = _fill(pattern, country=line.country_name, name=line.known_as, operator=operator)
    return Stated(line, who, _fill(words.get(LINE) or LINE, who=who, phone=phone))


def help_address(frame: Frame) -> str:
    """Give the absolute address of a language's help page: what stands where no line does."""
    return f"{frame.base_url.rstrip('/')}/{frame.lang}/help/"


def _fill(pattern: str, **values: str) -> str:
    """Fill places in one pass: a place that a value seems to hold stays as it is written."""
    return _PLACE.sub(lambda found: values.get(found[1], found[0]), pattern)
