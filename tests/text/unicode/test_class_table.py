from __future__ import annotations

import subprocess
import sys
from pathlib import Path

from stopjihad.text.unicode.class_table import ClassTable
from stopjihad.text.unicode.data import UNICODE_VERSION

from support.unicode_database import judge

ROOT = Path(__file__).resolve().parents[3]


def test_tables_are_what_the_database_of_this_machine_gives() -> None:
    """The generator is deterministic, and its output is committed unchanged."""
    judge("LineBreak.txt")
    command = [sys.executable, str(ROOT / "scripts" / "make_unicode_tables.py"), "--check"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


def test_tables_are_of_one_version_of_unicode() -> None:
    assert UNICODE_VERSION == "15.1.0"


def test_a_table_remembers_only_so_much() -> None:
    table = ClassTable("a100b")
    assert [table[code] for code in (0, 99, 100, 5)] == ["a", "a", "b", "a"]
    for code in range(100_000):
        table[code]
    assert len(table) <= 16_384
