"""Problems as a terminal shows them."""

from __future__ import annotations

from stopjihad.cli.console import fold_problems
from stopjihad.problem import Problem


def problem(path: str, code: str, message: str) -> Problem:
    return Problem(path=path, code=code, message=message, hint="mend it")


def test_a_full_disk_is_said_once_for_all_files() -> None:
    """A full disk had a line for each of 738 files."""
    names = ("a/index.html", "b/index.html", "b/feed.xml", "c/index.html")
    full = [
        problem(name, "disk-full", f"cannot write {number} bytes: no space is left on the disk")
        for number, name in enumerate(names)
    ]
    (line,) = fold_problems(full)
    assert line.more == "and 3 more: feed.xml, index.html"
    wrong = [problem(name, "yaml-syntax", "this quote is never closed") for name in names]
    assert [one.more for one in fold_problems(wrong)] == [""] * 4
