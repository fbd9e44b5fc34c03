"""Write any letter to any terminal or file: none of our output ends because of its encoding."""

from __future__ import annotations

import codecs
import sys

_HANDLER = "stopjihad.escaped"


def escape_unencodable(error: UnicodeError) -> tuple[str, int]:
    r"""Write letters that an encoding has not as escapes of JSON: ``\u2713``.

    They stand for the same letters in what ``--format json`` prints; letters beyond the first
    plane are two escapes there. The number says where to go on.
    """
    assert isinstance(error, UnicodeEncodeError)
    letters = error.object[error.start : error.end]
    units = letters.encode("utf-16-be", "surrogatepass").hex()
    parts = (units[place : place + 4] for place in range(0, len(units), 4))
    return "".join(f"\\u{part}" for part in parts), error.end


def write_any_letter() -> None:
    """Let standard output and standard error take every letter, whatever their encoding."""
    codecs.register_error(_HANDLER, escape_unencodable)
    for stream in (sys.stdout, sys.stderr):
        reconfigure = getattr(stream, "reconfigure", None)
        if reconfigure is not None:
            reconfigure(errors=_HANDLER)
