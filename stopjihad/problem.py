"""Describe anything a person can get wrong, where it is, and how to mend it."""

from __future__ import annotations

import re
from typing import Literal

import msgspec

Severity = Literal["error", "warning", "info"]


class Problem(msgspec.Struct, frozen=True, order=True, kw_only=True):
    """Name one mistake in one place.

    Attributes:
        path: file relative to the workspace, with forward slashes; empty when no file is to blame.
        line: first line is 1; 0 when the whole file is meant.
        column: first column is 1, counted in code points; 0 when the whole line is meant.
        code: stable identifier such as ``unknown-key``; documented in docs/problems.md.
        message: what is wrong, one line, no full stop needed.
        hint: how to mend it, one line; may be empty.
        severity: ``error`` stops a build, ``warning`` and ``info`` do not.
    """

    path: str = ""
    line: int = 0
    column: int = 0
    code: str
    message: str
    hint: str = ""
    severity: Severity = "error"

    def __str__(self) -> str:
        """Format as one line: ``path:line:column: severity[code] message. hint``."""
        place = ":".join(str(part) for part in (self.path, self.line, self.column) if part)
        head = f"{place}: " if place else ""
        tail = f" ({self.hint})" if self.hint else ""
        return UNSEEN.sub(" ", f"{head}{self.severity}[{self.code}] {self.message}{tail}")


UNSEEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028-\u202e\u2066-\u2069\ud800-\udfff]+")
"""Line ends, terminal and bidi controls: quoted from a file, they would garble the line."""


class ProblemsFound(Exception):
    """Carry every problem of a failed stage to the edge that prints them."""

    def __init__(self, problems: tuple[Problem, ...]) -> None:
        """Keep each problem once, sorted by place."""
        super().__init__("; ".join(str(problem) for problem in problems[:3]))
        self.problems = tuple(sorted(set(problems)))
