"""Tests that nobody runs prove nothing."""

from __future__ import annotations

from fnmatch import fnmatch
from pathlib import Path

import pytest

TESTS = Path(__file__).parent


def test_no_folder_of_tests_is_passed_over(pytestconfig: pytest.Config) -> None:
    """Nobody ran those of ``tests/build``: pytest takes such a folder for what a build leaves."""
    avoided = pytestconfig.getini("norecursedirs")
    folders = {
        path for file in TESTS.rglob("test_*.py") for path in file.relative_to(TESTS).parents
    }
    names = {folder.name for folder in folders}
    assert "build" in names
    assert {name for name in names if any(fnmatch(name, one) for one in avoided)} == set()
