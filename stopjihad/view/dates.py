"""Write days, months and moments as people of a language do, in its digits."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

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
