"""A folder for what the program keeps of its user, in place of that of the one who runs tests."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from stopjihad.disk import user_key


@contextmanager
def own_state() -> Iterator[None]:
    """Keep keys and what was published in a folder of this run while a test runs."""
    before = os.environ.get("XDG_STATE_HOME")
    os.environ["XDG_STATE_HOME"] = _folder().name
    _forget_key()
    try:
        yield
    finally:
        if before is None:
            del os.environ["XDG_STATE_HOME"]
        else:
            os.environ["XDG_STATE_HOME"] = before
        _forget_key()


@cache
def _folder() -> tempfile.TemporaryDirectory[str]:
    return tempfile.TemporaryDirectory(prefix="state-")


def _forget_key() -> None:
    user_key._key.cache_clear()
    user_key._kept.cache_clear()
