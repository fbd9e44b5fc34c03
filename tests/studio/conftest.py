"""One studio for all tests that only look, a fresh one for those that save."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from support.studio import Running, copy_workspace, running


@pytest.fixture(scope="session")
def studio(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """Give a studio that no test changes."""
    with running(copy_workspace(tmp_path_factory.mktemp("studio"))) as found:
        yield found


@pytest.fixture
def own_studio(tmp_path: Path) -> Iterator[Running]:
    """Give a studio of its own to a test that saves files."""
    with running(copy_workspace(tmp_path)) as found:
        yield found
