"""Make numbers of helplines that stand in prose ones that a phone dials when it is touched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from stopjihad.view.records import HelplineView

_TAG = re.compile(r"(<[^>]*>)")
_GAP = "[ \u00a0\u202f]"
_ALONE = 4
"""Least digits of a number that is taken for a helpline's wherever it stands: 119 can be a page.
One of fewer is taken for it after the line's name."""
_NAMED = 12
"""Most letters between a line's name and its number, such as those of "the number"."""
_BETWEEN = rf"(?:{_GAP}\([^\d<()]{{1,20}}\))?[^\d<.,;:]{{1,10}}"
"""What stands between two emergency numbers: "17 or 112", or "17 (the police) or 112"."""


def dial_lines(markup: Markup, lines: Iterable[HelplineView]) -> Markup:
    """Link the numbers of helplines in prose.

    Emergency numbers may be anything else where they stand alone; they are linked where they stand
    together, "17 or 112", as a helpline has them. Numbers of two or three digits are linked after
    the name of their line.

    Args:
        markup: HTML of prose; numbers in links stay as they are.
    """
    known = _pattern(
        tuple((one.name.value, one.printed, one.e164, one.emergency.value) for one in lines)
    )
    if known is None:
        return markup
    pattern, dialled = known

    def link(found: re.Match[str]) -> str:
        if found.lastgroup == "both":
            return _NUMBER.sub(lambda one: _link(one[0], _plain(one[0])), found[0])
        if found.lastgroup == "short":
            return found["name"] + _link(found["short"], dialled[_plain(found["short"])])
        return _link(found[0], dialled[_plain(found[0])])

    within, made = 0, []
    for piece in _TAG.split(str.__str__(markup)):
        if piece.startswith("<"):
            within += piece.startswith("<a ") - (piece == "</a>")
            made.append(piece)
        else:
            made.append(piece if within else pattern.sub(link, piece))
    return Markup("".join(made))  # noqa: S704  links of digits alone are set into it


_NUMBER = re.compile(r"\d+")


def _link(shown: str, number: str) -> str:
    return f'<a href="tel:{number}"><bdi dir="ltr">{shown}</bdi></a>'


def _plain(shown: str) -> str:
    """Write the digits of a number, of any script, as 0 to 9."""
    return "".join(str(unicodedata.decimal(one)) for one in shown if one.isdecimal())


@lru_cache(maxsize=64)
def _pattern(
    lines: tuple[tuple[str, str, str, str], ...],
) -> tuple[re.Pattern[str], dict[str, str]] | None:
    """Give what finds the numbers of lines, and how each is dialled, by its digits as printed."""
    dialled = {_plain(printed): e164 for _, printed, e164, _ in lines}
    pairs = {tuple(map(_plain, _NUMBER.findall(said))) for *_, said in lines}
    twos = sorted(pair for pair in pairs if len(pair) == 2)
    both = [f"{_any(one)}{_BETWEEN}{_any(two)}" for one, two in twos]
    long = sorted((one for one in dialled if len(one) >= _ALONE), key=len, reverse=True)
    short = sorted(one for one in dialled if len(one) < _ALONE)
    names = sorted({name for name, printed, *_ in lines if _plain(printed) in short})
    found = [f"(?P<both>{'|'.join(both)})"] if both else []
    found += map(_any, long)
    if short:
        named = "|".join(re.escape(str(escape(name))) for name in names)
        between = f"[^\\d<.;]{{1,{_NAMED}}}"
        found.append(f"(?P<name>(?:{named}){between})(?P<short>{'|'.join(map(_any, short))})")
    if not found:
        return None
    return re.compile(rf"(?<![\w+.,/-])(?:{'|'.join(found)})(?![\w/-])"), dialled


def _any(digits: str) -> str:
    """Match digits of any script, apart or together as they are printed."""
    alike = ("".join(script[int(one)] for script in _SCRIPTS) for one in digits)
    return f"{_GAP}?".join(f"[{one}]" for one in alike)


_SCRIPTS = tuple(
    "".join(chr(zero + value) for value in range(10)) for zero in (0x30, 0x660, 0x6F0, 0x9E6)
)
"""Digits of the languages that have their own: Arabic, Persian and Urdu, Bengali."""
