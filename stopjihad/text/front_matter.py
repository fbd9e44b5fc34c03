"""Take a file apart that holds YAML between two lines ``---`` and Markdown below them."""

from __future__ import annotations

import re
from typing import NamedTuple

_START = "---\n"
_END = re.compile(r"^(?:---|\.\.\.)[ \t]*$", re.MULTILINE)


class Parts(NamedTuple):
    """A file in parts: what precedes the YAML, the YAML, what separates, the Markdown.

    Joined they are the file. A file without front matter is YAML alone.
    """

    before: str
    yaml: str
    between: str
    body: str


def split(text: str) -> Parts | None:
    """Split a file at the lines ``---``.

    Args:
        text: the whole file, line ends as LF.

    Returns:
        Its parts, or None for a front matter that does not end.
    """
    if not text.startswith(_START):
        return Parts("", text, "", "")
    end = _END.search(text, len(_START))
    if end is None:
        return None
    stop = end.end() + 1
    return Parts(_START, text[len(_START) : end.start()], text[end.start() : stop], text[stop:])
