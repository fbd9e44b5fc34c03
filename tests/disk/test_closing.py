"""What is open is closed at the end of a block, whatever ends it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest
from stopjihad.disk.closing import Closing
from stopjihad.disk.files import NewFiles, Way
from stopjihad.disk.folder import Folder, open_root
from stopjihad.disk.pack import Pack
from stopjihad.disk.spill import Spill


def test_a_block_that_fails_closes_and_its_error_goes_on(tmp_path: Path) -> None:
    folder = open_root(str(tmp_path))
    handle = folder.handle
    with pytest.raises(KeyError), folder:
        raise KeyError
    with pytest.raises(OSError, match="Bad file descriptor"):
        os.fstat(handle)
    folder.close()  # once more does no harm


def test_all_that_holds_files_is_closed_in_one_way() -> None:
    for kind in (Folder, Way, NewFiles, Pack, Spill):
        assert issubclass(kind, Closing)
        assert not {"__enter__", "__exit__"} & vars(kind).keys()


def test_what_cannot_be_closed_is_not_made() -> None:
    with pytest.raises(TypeError, match="close"):
        Closing()  # type: ignore[abstract]
