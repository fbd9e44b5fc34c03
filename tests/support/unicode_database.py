"""Read Unicode's own tests from Debian's package unicode-data."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from stopjihad.text.data.bidi import UNICODE_VERSION

DATABASE = Path("/usr/share/unicode")


def judge(name: str) -> list[str]:
    """Give the lines of a test file; skip where the machine has another version of Unicode.

    Args:
        name: path below the folder of the package.

    Returns:
        The lines without line ends.
    """
    path = DATABASE / name
    if not path.exists():
        pytest.fail(f"install Debian's package unicode-data: {path} is missing")
    lines = path.read_text(encoding="utf-8").splitlines()
    version = re.search(r"-(\d+\.\d+\.\d+)\.txt", lines[0])
    if version is None or version[1] != UNICODE_VERSION:
        pytest.skip(f"{lines[0]} judges another version than ours, {UNICODE_VERSION}")
    return lines
