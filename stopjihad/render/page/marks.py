"""Mark up words: their language, their direction, days, hosts."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from functools import lru_cache
from urllib.parse import urlsplit

from markupsafe import Markup, escape

from stopjihad.catalog.languages import cldr_locale
from stopjihad.text.unicode.script import direction
from stopjihad.view.notation import native_text
from stopjihad.view.records import Text


def make_language_marker(lang: str, directions: dict[str, str]) -> Callable[[Text], Markup]:
    """Make the function that gives an element its ``lang`` and ``dir`` when they differ.

    Args:
        lang: BCP 47 tag of the page.
        directions: ``ltr`` or ``rtl`` by tag.

    Returns:
        A function from a text to attributes with a space before them, or to nothing.
    """
    memory: dict[str, Markup] = {lang: Markup()}

    def attributes(text: Text) -> Markup:
        found = memory.get(text.lang)
        if found is None:
            direction = directions.get(text.lang, "auto")
            found = Markup(' lang="{}" dir="{}"').format(text.lang, direction)
            memory[text.lang] = found
        return found

    return attributes


def make_writer(lang: str, mark: Callable[[Text], Markup]) -> Callable[[Text], Markup]:
    """Make the function that writes a text inside an element of the page's language.

    A text in another language gets a ``span`` of its own, so that a label keeps the place that the
    page's direction gives it while its words run in theirs. Groups of digits in text from right to
    left are held in their order.

    Args:
        lang: BCP 47 tag of the page.
        mark: function of ``make_language_marker``.

    Returns:
        A function from a text to markup.
    """

    def written(text: Text) -> Markup:
        words = hold_digits(text.value, text.lang)
        if text.lang == lang:
            return words
        return Markup("<span{}>{}</span>").format(mark(text), words)

    return written


def dialled(markup: Markup) -> Markup:
    """Make each emergency number of a sentence one that a phone dials when it is touched.

    Args:
        markup: a sentence of words, without numbers in its tags.

    Returns:
        The sentence, its numbers of two to four digits as links.
    """
    link = r'<a href="tel:\1"><bdi dir="ltr">\1</bdi></a>'
    return Markup(_SHORT.sub(link, str.__str__(markup)))  # noqa: S704  digits alone are set into it


_SHORT = re.compile(r"(?<![\w+#-])([0-9]{2,4})(?![\w-])")


def hold_digits(text: str, lang: str) -> Markup:
    """Write a text with its groups of digits in the order in which they are read and dialled.

    Between letters from right to left, ``114 14`` would be shown as 14 114: the groups are numbers
    of their own to the bidirectional algorithm (UAX #9, W and N rules). So would ``60%`` be shown
    with its sign on the left (``text.unicode.bidi_controls.hold_shares``).

    Args:
        text: plain text.
        lang: BCP 47 tag of the text.

    Returns:
        Markup; plain where the language runs from left to right.
    """
    if direction(lang) != "rtl" or not _GROUPS.search(text):
        return escape(text)
    parts = _GROUPS.split(text)
    held = [Markup('<bdi dir="ltr">{}</bdi>').format(part) for part in _GROUPS.findall(text)]
    return Markup().join(
        piece for pair in zip(map(escape, parts), [*held, Markup()], strict=True) for piece in pair
    )


_GROUPS = re.compile(
    r"\+?\d[\d()/.-]*(?:[ \u00a0\u202f]\(?\d[\d()/-]*)+|\d[\d.,\u066b\u066c]*[\u00a0\u202f]?%"
)
"""A number in groups: 18001 101, +45 70 10 10 10; or a share: 60%."""


@lru_cache(maxsize=4096)
def long_day(day: dt.date, lang: str, digits: str = "") -> Markup:
    """Write a day as people of a language do, inside a ``time`` element.

    Args:
        lang: BCP 47 tag.
        digits: numbering system of CLDR; empty for 0 to 9.

    Returns:
        Markup such as ``<time datetime="2026-11-24">24 November 2026</time>``.
    """
    from babel.dates import format_date

    words = native_text(format_date(day, format="long", locale=cldr_locale(lang)), digits)
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), words)


@lru_cache(maxsize=1024)
def country_name(code: str | None, lang: str) -> str:
    """Name a country in a language, from CLDR.

    Args:
        code: ISO 3166-1 alpha-2, or ``EU``.
        lang: BCP 47 tag.

    Returns:
        The name, or the code when CLDR has none.
    """
    from babel import Locale

    names = Locale.parse(cldr_locale(lang), sep="_").territories
    return str(names.get(code or "", code or ""))


def host_of(url: str) -> str:
    """Give the host of an address without ``www.``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def contact_href(contact: str) -> str | None:
    """Make a link of a contact: an address on the web or an e-mail address.

    Args:
        contact: what the campaign wrote, such as ``corrections@example.org``.

    Returns:
        ``https:`` or ``mailto:`` address, or None when it is neither.
    """
    from urllib.parse import quote

    if contact.startswith("https://"):
        return contact
    name, at, domain = contact.partition("@")
    if at and name and "." in domain and not any(mark.isspace() for mark in contact):
        return f"mailto:{quote(contact, safe='@')}"
    return None


def locale_tag(lang: str) -> str:
    """Write a tag as Open Graph does: ``pt-BR`` becomes ``pt_BR``."""
    return str(escape(lang.replace("-", "_")))
