"""Crash tests create and remove many thousand files: in memory where the system offers it."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.faults import quick_disk


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """Give an empty folder on the quickest disk."""
    with tempfile.TemporaryDirectory(dir=quick_disk(), ignore_cleanup_errors=True) as name:
        yield Path(name)
