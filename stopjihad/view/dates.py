"""Write days, months and moments as people of a language do, in its digits."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache
from typing import Literal

from stopjihad.catalog.languages import cldr_locale
from stopjihad.text.language.typography import ascii_digits
from stopjihad.view.notation import native_text


@lru_cache(maxsize=4096)
def day_text(day: dt.date, lang: str, digits: str = "") -> str:
    """Write a day.

    Args:
        digits: numbering system of CLDR; empty for 0 to 9.

    Returns:
        For example ``24 November 2026``.
    """
    from babel.dates import format_date

    words = format_date(day, format="long", locale=cldr_locale(lang))
    if day.day == 1 and lang.partition("-")[0] == "fr":
        words = words.replace("1 ", "1er ", 1)  # CLDR knows no ordinal: "1 décembre"
    return native_text(ascii_digits(words), digits)


@lru_cache(maxsize=4096)
def month_of(day: dt.date, lang: str) -> str:
    """Name the month of a day as people of a language do.

    Returns:
        For example ``November 2017``, with the digits 0 to 9.
    """
    from babel.dates import format_skeleton

    return ascii_digits(format_skeleton("yMMMM", day, locale=cldr_locale(lang)))


_BETWEEN = {"bn": "সালের", "es": "de", "pt": "de", "ps": "د"}
"""What may stand between a month and its year, in the order of the language."""

_LEVANTINE = {"ar": "ar_SY"}
"""Where a language has two sets of names of months (CLDR), the locale of the other one."""


_WIDTHS: tuple[Literal["wide", "abbreviated"], ...] = ("wide", "abbreviated")
_USES: tuple[Literal["format", "stand-alone"], ...] = ("format", "stand-alone")


def hold_months(text: str, lang: str) -> str:
    """Hold each month and its year together: no line ends between them."""
    if not re.search(r"\d{4}", text):
        return text
    return _month_and_year(lang).sub(lambda found: found[0].replace(" ", "\u00a0"), text)


@lru_cache(maxsize=64)
def _month_and_year(lang: str) -> re.Pattern[str]:
    """Match a month beside a year, whichever comes first."""
    from babel.dates import get_month_names

    tag = lang.partition("-")[0]
    locales = [cldr_locale(lang), *filter(None, (_LEVANTINE.get(tag),))]
    names = {
        name
        for locale in locales
        for width in _WIDTHS
        for use in _USES
        for name in get_month_names(width, use, locale).values()
        if not name.isdigit()
    }
    month = "(?:" + "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True)) + ")"
    year, between = r"\d{4}", _BETWEEN.get(tag, "")
    apart = f" (?:{between} )?" if between else " "
    return re.compile(
        rf"(?<!\w){month}{apart}{year}(?!\d)|(?<!\d){year}{apart}{month}", re.IGNORECASE
    )


def date_of(at: str, lang: str, digits: str) -> str:
    """Write a year, a month or a day.

    Args:
        at: ``2021``, ``2021-11`` or ``2021-11-30``.
        digits: numbering system; empty for 0 to 9.

    Returns:
        Plain text; as it was authored where there is no such day.
    """
    if len(at) == 4:
        return native_text(at, digits)
    try:
        day = dt.date.fromisoformat(at if len(at) == 10 else f"{at}-01")
    except ValueError:
        return at
    if len(at) == 7:
        return native_text(month_of(day, lang), digits)
    return day_text(day, lang, digits)


def moment_text(when: dt.datetime, lang: str, digits: str = "", *, short: bool = False) -> str:
    """Write a moment as people of a language do.

    Args:
        when: in the time zone of the campaign.
        digits: numbering system of CLDR; empty for 0 to 9.

    Returns:
        For example ``14:05 (28 November 2026)``.
    """
    time = native_text(f"{when:%H:%M}", digits)
    if short:
        return time
    return f"{time} ({day_text(when.date(), lang, digits)})"
