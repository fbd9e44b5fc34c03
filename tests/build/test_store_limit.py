"""What builds keep does not fill the disk: the oldest outputs go when there are too many."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

from stopjihad.disk.store import DEFAULT_LIMIT

from support.build import REPOSITORY, stopjihad


def test_a_build_takes_away_what_is_too_much_and_keeps_what_it_made(tmp_path: Path) -> None:
    shutil.copytree(REPOSITORY / "tests" / "invalid" / "_base", tmp_path, dirs_exist_ok=True)
    store = tmp_path / ".stopjihad" / "store"
    words = ("-C", tmp_path, "build", "--only", "site,cards")
    assert stopjihad(*words, SOURCE_DATE_EPOCH="1795478400").returncode == 0
    made = {path.name for path in store.rglob("*") if path.is_file()}
    assert made
    old = store / "0" / "0old"
    old.parent.mkdir(exist_ok=True)
    with old.open("wb") as file:
        file.truncate(DEFAULT_LIMIT)  # no byte of it is on the disk
    os.utime(old, (1_000_000_000, 1_000_000_000))
    point = next(tmp_path.glob("campaigns/demo/points/*.md"))
    point.write_text(point.read_text("utf-8") + "\nOne more sentence.\n", "utf-8")
    assert stopjihad(*words, SOURCE_DATE_EPOCH="1795478400").returncode == 0
    assert not old.exists()
    assert made <= {path.name for path in store.rglob("*") if path.is_file()}
