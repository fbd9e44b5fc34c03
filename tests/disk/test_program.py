"""Folders of packages say the versions that the packages say themselves."""

from __future__ import annotations

import sys
from importlib import metadata
from pathlib import Path

import pytest
from stopjihad.build.work.keys import version_of
from stopjihad.disk.program import installed_version
from stopjihad.render.kinds import KINDS


def test_folders_say_what_packages_say() -> None:
    names = {name for row in KINDS.values() for name in row.libraries}
    here = {one.metadata["Name"].lower() for one in metadata.distributions()}
    assert len(names & here) > 5
    for name in names & here:
        assert installed_version(name) == metadata.version(name) == version_of(name)


def test_the_first_on_the_path_counts_and_two_side_by_side_do_not(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two = tmp_path / "one", tmp_path / "two"
    for folder in (
        one / "Some_Thing-2.0.dist-info",
        two / "some.thing-1.0.dist-info",
        two / "other-1.0.dist-info",
        two / "twice-1.0.dist-info",
        two / "twice-2.0.dist-info",
    ):
        folder.mkdir(parents=True)
    monkeypatch.setattr(sys, "path", [str(tmp_path / "none"), str(one), str(two)])
    assert installed_version("some-thing") == "2.0"
    assert installed_version("Other") == "1.0"
    assert installed_version("twice") == ""
    assert version_of("nothing-of-this-name") == "absent"
