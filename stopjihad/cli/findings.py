"""How problems stand on a terminal: errors first, and what is alike in one line."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import NamedTuple

from stopjihad.problem import Problem

_RANK = {"error": 0, "warning": 1, "info": 2}

_NAMED = 12
"""Places that a line names; a campaign of twelve languages has eleven files of translations."""

SINGLE = frozenset({"approval-lost"})
"""Codes that are always said one by one: each is a text that is published otherwise now."""

_NAMES = re.compile(r"(?:(?<=')[^']+(?=')|^[^\s:]+(?=: ))")
"""Names in quotation marks, and what stands before a colon at the start: the text that is meant."""

_OWN = re.compile(rf"{_NAMES.pattern}|[0-9]+")
"""What differs between messages that say the same."""


class Fold(NamedTuple):
    """The first of problems that are alike, and where the others are.

    Attributes:
        first: the one that is printed.
        others: short names of the places of all others; languages for files of translations.
    """

    first: Problem
    others: tuple[str, ...]

    @property
    def more(self) -> str:
        """Say in one phrase how many others there are and where; empty for a problem alone."""
        if not self.others:
            return ""
        shown = ", ".join(self.others[:_NAMED]) + (", …" if len(self.others) > _NAMED else "")
        return f"and {len(self.others)} more: {shown}"


def ordered(problems: Iterable[Problem]) -> list[Problem]:
    """Sort problems: errors first, then by place."""
    return sorted(problems, key=lambda item: (_RANK[item.severity], item))


def folded(problems: Iterable[Problem]) -> list[Fold]:
    """Sort problems, errors first, and fold those that say the same.

    Errors are never folded: each has to be mended where it is.

    Args:
        problems: in any order.

    Returns:
        One fold for each line to print.
    """
    alike: dict[tuple[str, ...], list[Problem]] = {}
    for number, item in enumerate(ordered(problems)):
        alone = item.severity == "error" or item.code in SINGLE
        alike.setdefault((str(number),) if alone else _said(item), []).append(item)
    groups = alike.values()
    return [Fold(first, tuple(_place(item, first) for item in more)) for first, *more in groups]


def _said(item: Problem) -> tuple[str, ...]:
    """Give what makes two findings the same: code and words, and the file or kind of file."""
    folder, _, name = item.path.rpartition("/")
    if name.endswith(".po") and not item.line:
        return item.code, folder
    path = folder if name.endswith(".po") else item.path
    return item.code, path, _OWN.sub("", item.message)


def _place(item: Problem, first: Problem) -> str:
    name = item.path.rpartition("/")[2].removesuffix(".po")
    if item.path == first.path:
        own = set(_NAMES.findall(item.message)) - set(_NAMES.findall(first.message))
        return ", ".join(sorted(own)) or f"line {item.line}"
    return f"{name}:{item.line}" if item.line else name
