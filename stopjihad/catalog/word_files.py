"""Read rows of rules, and of the words of one language: all values of the latter are text."""

from __future__ import annotations

from functools import cache
from importlib import resources
from typing import TypeVar

import msgspec

T = TypeVar("T", bound=msgspec.Struct)


@cache
def languages_of(folder: str) -> tuple[str, ...]:
    """Name the languages that have a file in a folder.

    Args:
        folder: folder below ``catalog/rules``.

    Returns:
        Primary subtags, sorted.
    """
    entries = resources.files("stopjihad.catalog").joinpath(f"rules/{folder}").iterdir()
    names = (entry.name for entry in entries)
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


def read_rows(file: str, kind: type[T]) -> list[T]:
    """Read a list of rows.

    Args:
        file: name of a file in ``catalog/rules``.
        kind: what a row is.

    Returns:
        The rows in their order.

    Raises:
        msgspec.ValidationError: a row has a wrong key or value.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = resources.files("stopjihad.catalog").joinpath(f"rules/{file}").read_bytes()
    raw = yaml.load(data, Loader=loader)  # noqa: S506 - the safe loader, in C where there is one
    return msgspec.convert(raw, type=list[kind])  # type: ignore[valid-type]


def read_words(folder: str, primary: str, kind: type[T]) -> T | None:
    """Read the file of a language.

    Args:
        folder: folder below ``catalog/rules``.
        primary: primary subtag.
        kind: what the file holds.

    Returns:
        Its rows; None when the language has no file.

    Raises:
        msgspec.ValidationError: the file has a wrong key or value.
    """
    import yaml

    if primary not in languages_of(folder):
        return None
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    file = resources.files("stopjihad.catalog").joinpath(f"rules/{folder}/{primary}.yaml")
    # Every scalar stays text: "no" and "true" are words here.
    raw = yaml.load(file.read_bytes(), Loader=loader)  # noqa: S506 - builds text only
    return msgspec.convert(raw, type=kind)
