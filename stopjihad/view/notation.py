"""Write numbers and quotation marks of a view as its language does.

Quotation marks of cards are set when they are drawn, with spaces that hold; those of pages and of
texts to paste are set here, but for messages in which each character is paid for: one typographic
mark turns an SMS of 160 characters into one of 70.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any, TypeVar

from msgspec.structs import replace

from stopjihad.text.language.typography import VERBATIM, native_digits, set_quotes, typeset
from stopjihad.view.records import (
    ActionView,
    ColumnView,
    DataView,
    FigureView,
    Frame,
    Headline,
    HelplineView,
    NamedItem,
    PointView,
    Prose,
    QuoteView,
    RowView,
    Text,
)

T = TypeVar("T")

_LIST = r"^[ \t]*[0-9]{1,9}[.)](?=\s)"
"""The number of a list's item: Markdown knows 0 to 9 alone."""

_PHONE = r"\+[0-9][0-9 \u00a0\u202f()./-]{5,}[0-9]|(?<![\w.,:])0[0-9][0-9 \u00a0\u202f/-]{4,}[0-9]"
"""Phone numbers: keys of phones show 0 to 9."""

_NAME = r"[A-Za-z][\w-]*[0-9]\w*|(?<!\w)[0-9]+[A-Za-z]\w*"
"""Names in Latin letters, such as G7, COVID-19 and 5G."""

_APART = re.compile(f"{VERBATIM.pattern}|{_LIST}|{_PHONE}|{_NAME}", re.DOTALL | re.MULTILINE)

_SPOKEN: dict[type, tuple[str, ...]] = {
    ActionView: ("label",),
    ColumnView: ("label", "unit"),
    DataView: ("title", "head", "columns", "rows", "note", "beside"),
    FigureView: ("value", "unit", "label", "beside"),
    Frame: (
        "title", "tagline", "summary", "audiences", "messengers", "menu", "sponsor", "disclosure",
        "corrections_policy", "helplines", "standing", "claimant",
    ),
    Headline: ("fact", "question"),
    HelplineView: ("hours", "night", "operator_note", "passed_on"),
    NamedItem: ("name", "title", "note"),
    PointView: (
        "fact", "line", "claim", "warning", "claimant", "action", "alternative", "steps", "told",
        "quote", "body", "posts", "hook", "question", "figures", "data",
    ),
    Prose: ("passages",),
    QuoteView: ("text", "speaker"),
    RowView: ("label", "cells"),
}  # fmt: skip
"""Fields that hold words of the campaign."""

_COUNTED = {**_SPOKEN, HelplineView: ("hours", "night", "passed_on")}
"""Fields whose numbers are counted: one in the name or the note of a helpline is one to dial."""


def native(value: T, numbering: str, lang: str) -> T:
    """Write the numbers in all words of a view that are in its own language.

    Phone numbers, addresses and names with digits stay as they are: people type them. So do
    passages that fell back to another language.

    Args:
        value: view, text, prose, or a tuple or mapping of these; None stays None.
        numbering: numbering system, a key of ``text.language.typography.ZEROS``; empty for 0 to 9.
        lang: BCP 47 tag of the language that is written with these digits.

    Returns:
        The same with other digits; the same object when none are asked for.
    """
    if numbering in {"", "latn"}:
        return value
    return retold(
        value,
        lambda text: Text(native_text(text.value, numbering), lang) if text.lang == lang else text,
        _COUNTED,
    )


def native_text(text: str, numbering: str) -> str:
    """Write the numbers of a text.

    Args:
        numbering: numbering system; empty for 0 to 9.
    """
    return native_digits(text, numbering, _APART) if numbering else text


Fields = Mapping[type, tuple[str, ...]]


def retold(value: T, change: Callable[[Text], Text], fields: Fields = _SPOKEN) -> T:
    """Change all words of the campaign in a view.

    Args:
        value: view, text, prose, or a tuple or mapping of these; None stays None.

    Returns:
        The same with other words; what holds none is given back as it is.
    """
    changed: T = _change_fields(value, change, fields)
    return changed


def _change_fields(value: Any, change: Callable[[Text], Text], fields: Fields) -> Any:
    if isinstance(value, Text):
        return change(value)
    if isinstance(value, tuple):
        return tuple(_change_fields(one, change, fields) for one in value)
    if isinstance(value, dict):
        return {name: _change_fields(one, change, fields) for name, one in value.items()}
    names = fields.get(type(value), ())
    return (
        replace(
            value, **{name: _change_fields(getattr(value, name), change, fields) for name in names}
        )
        if names
        else value
    )


PAID = frozenset({"sms"})
"""Units of platforms whose texts stay as their authors typed them."""


def in_marks(value: T) -> T:
    """Set the marks in all words of a view, each in its own language, as posts show them.

    Args:
        value: view, text, prose, or a tuple or mapping of these; None stays None.
    """
    return retold(value, _with_marks)


def _with_marks(text: Text) -> Text:
    found = set_quotes(text.value, text.lang)
    return text if found is text.value else Text(found, text.lang)


def typeset_all(value: T) -> T:
    """Set all words of a view as pages show them: marks, and spaces that hold numbers together."""
    return retold(value, typeset_text)


def typeset_text(text: Text) -> Text:
    """Set a ``text`` in its own language; the same object where nothing is to be set."""
    found = typeset(text.value, text.lang, one_letter=False)
    return text if found is text.value else Text(found, text.lang)
