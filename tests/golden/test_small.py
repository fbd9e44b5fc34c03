"""The small campaign comes out as it did: a change of any file is meant, or a fault."""

from __future__ import annotations

from difflib import unified_diff
from pathlib import Path

import pytest

from support.golden import READABLE, changes, digests, kept, kept_texts, texts


@pytest.mark.parametrize("path", READABLE)
def test_a_text_reads_as_it_did(small: Path, path: str) -> None:
    """After a change that is meant: ``make golden``."""
    found, known = texts(small)[path].splitlines(), kept_texts()[path].splitlines()
    assert found
    assert "\n".join(unified_diff(known, found, path, "now", lineterm="", n=1)) == ""


def test_every_file_is_as_it_was(small: Path) -> None:
    """After a change that is meant: ``make golden``, and look at what it names."""
    assert changes(digests(small), kept()) == []


def test_every_kind_of_page_and_five_formats_of_cards_are_there(small: Path) -> None:
    folders = {path.parent.name for path in small.glob("site/en/*/index.html")}
    assert folders >= {"about", "accessibility", "help", "kit", "points", "privacy", "report"}
    assert "search" in folders
    for name in ("audiences", "kit", "pages", "points", "pull-factors"):
        assert list(small.glob(f"site/en/{name}/*/index.html")), name
    for lang in ("en", "fr", "ar"):
        cards = {path.stem for path in small.glob(f"site/cards/{lang}/letters-home/*.png")}
        assert cards == {"og", "portrait", "square", "story", "wide"}


def test_changes_are_named(tmp_path: Path) -> None:
    for name in ("same.txt", "other.txt", "gone.txt"):
        (tmp_path / name).write_text(name)
    before = digests(tmp_path)
    (tmp_path / "other.txt").write_text("changed")
    (tmp_path / "gone.txt").unlink()
    (tmp_path / "new.txt").touch()
    found = changes(digests(tmp_path), before)
    assert found == ["gone: gone.txt", "new: new.txt", "other: other.txt"]
