"""One team is made for all tests; each has a copy."""

from __future__ import annotations

from pathlib import Path

import pytest
from stopjihad.publish import git_credentials

from support.colleagues import Colleagues, colleagues, moved_to


@pytest.fixture(scope="session")
def made(tmp_path_factory: pytest.TempPathFactory) -> Colleagues:
    return colleagues(tmp_path_factory.mktemp("team"))


@pytest.fixture
def team(made: Colleagues, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Colleagues:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.delenv(git_credentials.HOST, raising=False)
    return moved_to(tmp_path, made)
