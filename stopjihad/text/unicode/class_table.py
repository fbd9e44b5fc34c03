"""Look up a Unicode property of a character in the compact runs of ``text.unicode.data``."""

from __future__ import annotations

import re
from bisect import bisect_right

_TOKEN = re.compile(r"(\D)(\d*)")
_REMEMBERED = 16_384


class ClassTable(dict[int, str]):
    """Map code points to the short name of their class; works as a table for ``str.translate``.

    The runs are ``<class><length>`` in code point order from U+0000 to U+10FFFF, the length left
    out where it is 1. A class seen once is remembered, for at most 16,384 code points (our bound:
    more than one page of any script holds), so that no text can make the table grow without end.
    """

    __slots__ = ("_classes", "_starts")

    def __init__(self, runs: str, pattern: re.Pattern[str] = _TOKEN) -> None:
        """Decode the runs once.

        Args:
            pattern: splits the runs into a class (group 1) and a length (group 2); by default
                a class is one character that is no digit.
        """
        super().__init__()
        starts: list[int] = []
        classes: list[str] = []
        code = 0
        for name, length in pattern.findall(runs):
            starts.append(code)
            classes.append(name)
            code += int(length or 1)
        self._starts = starts
        self._classes = classes

    def __missing__(self, code: int) -> str:
        """Find the class of a code point that was not asked for before."""
        found = self._classes[bisect_right(self._starts, code) - 1]
        if len(self) < _REMEMBERED:
            self[code] = found
        return found
