"""Write years, months and days as readers of a language do, from CLDR."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache

from stopjihad.catalog.languages import cldr_locale
from stopjihad.view.digits import native_text


@lru_cache(maxsize=4096)
def month_of(day: dt.date, lang: str) -> str:
    """Name the month of a day as people of a language do.

    Args:
        lang: BCP 47 tag.

    Returns:
        For example ``November 2017``, with the digits 0 to 9.
    """
    from babel.dates import format_skeleton

    words = format_skeleton("yMMMM", day, locale=cldr_locale(lang))
    return "".join(str(int(c)) if c.isdigit() else c for c in words)


def date_of(at: str, lang: str, digits: str) -> str:
    """Write a year, a month or a day.

    Args:
        at: ``2021``, ``2021-11`` or ``2021-11-30``.
        lang: BCP 47 tag.
        digits: numbering system; empty for 0 to 9.

    Returns:
        Plain text; as it was authored where there is no such day.
    """
    from babel.dates import format_date

    if len(at) == 4:
        return native_text(at, digits)
    try:
        day = dt.date.fromisoformat(at if len(at) == 10 else f"{at}-01")
    except ValueError:
        return at
    if len(at) == 7:
        return native_text(month_of(day, lang), digits)
    return native_text(format_date(day, format="long", locale=cldr_locale(lang)), digits)
