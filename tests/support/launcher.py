"""Read the launcher of a workspace as a desktop does."""

from __future__ import annotations

import re


def exec_words(entry: str, place: str) -> list[str]:
    """Read ``Exec`` as the specification says: a string, then words, quotes and field codes."""
    (value,) = re.findall(r"^Exec=(.*)$", entry, re.MULTILINE)
    value = re.sub(r"\\(.)", lambda one: {"n": "\n", "s": " "}.get(one[1], one[1]), value)
    found = []
    for quoted, bare in re.findall(r'"((?:[^"\\]|\\.)*)"|([^\s"]+)', value):
        word = re.sub(r'\\(["`$\\])', r"\1", quoted) if quoted else bare
        found.append(place if word == "%k" else word.replace("%%", "%"))
    return found
