"""Split a talking point or page into its YAML front matter and its Markdown."""

from __future__ import annotations

from stopjihad.problem import Problem
from stopjihad.text import front_matter


def split(text: str, path: str) -> tuple[str, str, int, list[Problem]]:
    """Split at the lines ``---``.

    Args:
        text: the whole file, line ends as LF.
        path: file named in problems.

    Returns:
        The YAML (which starts on line 2 of the file), the Markdown, the line of the file on which
        the Markdown starts, and the problems (``front-matter-missing``, ``front-matter-open``).
    """
    if not text.startswith("---\n"):
        problem = Problem(
            path=path,
            line=1,
            column=1,
            code="front-matter-missing",
            message="the file does not start with a line '---'",
            hint="put the fields between two lines '---' at the top",
        )
        return "", "", 1, [problem]
    parts = front_matter.split(text)
    if parts is None:
        problem = Problem(
            path=path,
            line=1,
            column=1,
            code="front-matter-open",
            message="the front matter has no closing line '---'",
            hint="add a line '---' after the last field",
        )
        return "", "", 1, [problem]
    first = text.count("\n", 0, len(parts.before) + len(parts.yaml)) + 2
    return parts.yaml, parts.body, first, []
