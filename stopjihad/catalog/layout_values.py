"""Values of layouts: lengths as text, and one value for each format of cards.

``40`` is 40 layout units, ``12%`` is a share of the canvas (across or down), ``100%-40`` is both.
A unit is ``Format.unit`` px. Wherever ``Each`` stands, a mapping by format name (with ``else``) may
replace the value.
"""

from __future__ import annotations

import re
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Each: TypeAlias = T | dict[str, T]
Length = str
"""Checked by ``length``: msgspec 0.22 frees a pattern twice in a union of text and mapping."""

Box = tuple[Length, Length, Length, Length]
Pair = tuple[Length, Length]


def each(value: Each[T], name: str) -> T:
    """Choose the value of a format.

    Args:
        value: one value for all formats, or a mapping by format name with ``else``.

    Raises:
        KeyError: the mapping has neither the format nor ``else``.
    """
    if isinstance(value, dict):
        return value[name] if name in value else value["else"]
    return value


LENGTH = re.compile(r"(-?[0-9]+(?:\.[0-9]+)?%)?([+-]?[0-9]+(?:\.[0-9]+)?)?")


def length(value: str, whole: float, unit: float) -> float:
    """Turn a length into px.

    Args:
        value: such as ``40``, ``12%`` or ``100%-40``.
        whole: px of the canvas in that direction.
        unit: px per layout unit.

    Returns:
        Length in px.

    Raises:
        ValueError: the text is no length.
    """
    found = LENGTH.fullmatch(value)
    if not value or not found:
        raise ValueError(f"{value!r} is no length: write 40, 12% or 100%-40")
    share, rest = found.groups()
    return (float(share[:-1]) / 100 * whole if share else 0.0) + float(rest or 0) * unit
