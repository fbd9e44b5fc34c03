"""The page about security names tests that exist, and every test of an attack."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import NamedTuple

from support.build import REPOSITORY

PAGE = (REPOSITORY / "docs" / "security-tests.md").read_text("utf-8")
SAME = "the same"
FILE = re.compile(r"`(tests/[a-z_0-9/]+\.py)`")
NAME = re.compile(r"`(test_\w+)`")
NUMBERED = re.compile(r"test_(?:f\d+|\d\d)_")


class AttackRow(NamedTuple):
    """What a row of a table names: its first cell, tests, and files; those of the row before."""

    once: str
    tests: str
    files: str


def rows() -> Iterator[AttackRow]:
    """Give the rows of tables with five cells or more, which end with a test and its file."""
    last = AttackRow("", "", "")
    for line in re.findall(r"^\| (.*) \|$", PAGE, re.MULTILINE):
        cells = line.split(" | ")
        if len(cells) < 4 or "---" in line or cells[-1] == "file":
            continue
        tests, files = cells[-2:]
        same = last.tests if tests == SAME else tests
        last = AttackRow(cells[0], same, last.files if files == SAME else files)
        yield last


@cache
def defined(path: str) -> frozenset[str]:
    text = (REPOSITORY / path).read_text("utf-8")
    return frozenset(re.findall(r"^def (test_\w+)", text, re.MULTILINE))


def test_every_test_that_is_named_exists_in_its_file() -> None:
    found = list(rows())
    assert len(found) > 100
    for row in found:
        files = FILE.findall(row.files)
        if not files:
            assert (REPOSITORY / row.files.strip("`")).is_dir(), row
            continue
        names, there = set(NAME.findall(row.tests)), frozenset[str]().union(*map(defined, files))
        assert names or "test_invalid.py" in row.tests, row
        assert names <= there, names - there
    assert set(NAME.findall(PAGE)) <= frozenset[str]().union(
        *(defined(path) for path in FILE.findall(PAGE))
    )


def test_every_test_of_a_numbered_attack_is_named() -> None:
    named = set(NAME.findall(PAGE))
    attacks = (REPOSITORY / "tests/attack").glob("test_*.py")
    for path in {*FILE.findall(PAGE), *(str(one.relative_to(REPOSITORY)) for one in attacks)}:
        assert {name for name in defined(path) if NUMBERED.match(name)} <= named, path


def test_each_of_the_twenty_one_attacks_has_a_test() -> None:
    covered = {
        number for row in rows() if NAME.search(row.tests) for number in row.once.split(", ")
    }
    assert {f"{number:02}" for number in range(1, 22)} <= covered
