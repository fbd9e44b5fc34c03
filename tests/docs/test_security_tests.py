"""The page about security names tests that exist, and every test of an attack."""

from __future__ import annotations

import re

from support.build import REPOSITORY

PAGE = (REPOSITORY / "docs" / "security-tests.md").read_text("utf-8")
LINE = re.compile(r"^\|.*\| `(tests/[a-z_/]+\.py)` \|$", re.MULTILINE)
NAME = re.compile(r"`(test_\w+)`")


def defined(path: str) -> set[str]:
    return set(re.findall(r"^def (test_\w+)", (REPOSITORY / path).read_text("utf-8"), re.MULTILINE))


def test_every_test_that_is_named_exists() -> None:
    lines = list(LINE.finditer(PAGE))
    assert len(lines) >= 24
    for line in lines:
        names = set(NAME.findall(line[0]))
        assert names, line[0]
        assert names <= defined(line[1]), names - defined(line[1])


def test_every_test_of_a_numbered_attack_is_named() -> None:
    named = set(NAME.findall(PAGE))
    for path in (REPOSITORY / "tests" / "attack").glob("test_*.py"):
        numbered = {
            name for name in defined(f"tests/attack/{path.name}") if re.match(r"test_f\d", name)
        }
        assert numbered <= named, path.name
