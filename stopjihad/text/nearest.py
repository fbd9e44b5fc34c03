"""Suggest the name that was meant: ids, codes and names of files are mistyped in the same ways."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Mapping

SHOWN = 100
"""Characters of a wrong name that are compared with the right ones and shown."""


def close_name(name: str, known: Iterable[str], other_names: Mapping[str, str] = {}) -> str:
    """Find the known name that was probably meant.

    Args:
        other_names: what people call some of them, in small letters, to their names here.

    Returns:
        The name, whatever capitals it was written in; empty where none is near.
    """
    folded = {one.casefold(): one for one in sorted(known, reverse=True)}
    written = name[:SHOWN].casefold()
    other = other_names.get(written, "")
    if other.casefold() in folded:
        return other
    close = difflib.get_close_matches(written, folded, n=1, cutoff=0.6)
    return folded[close[0]] if close else ""


def nearest(name: str, known: Iterable[str], other_names: Mapping[str, str] = {}) -> str:
    """Suggest a known name: ``did you mean 'x'?``, else list what is known."""
    names = sorted(known)
    close = close_name(name, names, other_names)
    return f"did you mean '{close}'?" if close else f"known here: {', '.join(names) or 'none'}"
