"""Drafts of a set go out as one and come back as one; nobody's words are written over."""

from __future__ import annotations

from pathlib import Path

import pytest
from stopjihad.disk import save
from stopjihad.disk.history import history_of, saving_as
from stopjihad.model.change_set import SetMember
from stopjihad.problem import ProblemsFound
from stopjihad.studio.released_sets import (
    put_set_back,
    release_set,
    released_sets,
    rewrite_of,
    unread_members,
)
from stopjihad.studio.saver import Saver

POINTS = "campaigns/demo/points"
NEW, OLD, REWRITE = (f"{POINTS}/{name}.md" for name in ("new", "old", "old-autumn"))
HELD = "---\ndraft: true\nchange_set: autumn\nfact: A new one. # kept\n---\nWords.\n"
SEEN = "---\nfact: An old one.\n---\nWords.\n"


@pytest.fixture
def saver(tmp_path: Path) -> Saver:
    saver = Saver(tmp_path)
    saver.create(NEW, HELD)
    saver.create(OLD, SEEN)
    saver.create(REWRITE, BETTER)
    return saver


BETTER = rewrite_of(SEEN.replace("old", "better"), "autumn", "old")
MEMBERS = (
    SetMember("new", NEW, "", "", save.digest(HELD.encode())),
    SetMember("old", REWRITE, "", OLD, save.digest(BETTER.encode())),
)


def text(root: Path, path: str) -> str:
    return (root / path).read_text("utf-8")


def test_all_drafts_of_a_set_go_out_and_come_back(saver: Saver, tmp_path: Path) -> None:
    with saving_as("Amal"):
        release_set(saver, MEMBERS)
    assert text(tmp_path, NEW) == "---\nfact: A new one. # kept\n---\nWords.\n"
    assert text(tmp_path, OLD) == SEEN.replace("old", "better")
    assert not (tmp_path / REWRITE).exists()
    (released,) = released_sets(history_of(str(tmp_path), "demo"))
    assert (released.name, released.by) == ("autumn", "Amal")
    put_set_back(tmp_path, saver, released)
    assert text(tmp_path, NEW) == HELD
    assert text(tmp_path, OLD) == SEEN
    assert "better" in text(tmp_path, REWRITE)


def test_what_was_changed_since_is_not_put_back(saver: Saver, tmp_path: Path) -> None:
    release_set(saver, MEMBERS)
    (released,) = released_sets(history_of(str(tmp_path), "demo"))
    (tmp_path / OLD).write_text(SEEN.replace("old", "newest"), "utf-8")
    with pytest.raises(save.ChangedFile):
        put_set_back(tmp_path, saver, released)
    assert "draft" not in text(tmp_path, NEW), "none of it is"


def test_a_set_that_was_killed_while_it_went_out_goes_on(
    saver: Saver, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    put_back, count = saver.put_back, 0

    def killed(path: str, data: bytes | None, known: str) -> None:
        nonlocal count
        count += 1
        if count == 3:
            raise KeyboardInterrupt
        put_back(path, data, known)

    with monkeypatch.context() as killing:
        killing.setattr(saver, "put_back", killed)
        with pytest.raises(KeyboardInterrupt):
            release_set(saver, MEMBERS)
    release_set(saver, MEMBERS[1:])
    assert text(tmp_path, OLD) == SEEN.replace("old", "better")
    assert not (tmp_path / REWRITE).exists()


def test_words_that_nobody_has_read_do_not_go_out(saver: Saver, tmp_path: Path) -> None:
    (tmp_path / NEW).write_text(HELD.replace("A new", "Another"), "utf-8")
    with pytest.raises(save.ChangedFile):
        release_set(saver, MEMBERS)
    assert text(tmp_path, OLD) == SEEN


def test_a_text_to_be_replaced_that_is_gone_stops_all_of_it(saver: Saver, tmp_path: Path) -> None:
    (tmp_path / OLD).unlink()
    with pytest.raises(ProblemsFound):
        release_set(saver, MEMBERS)
    assert text(tmp_path, NEW) == HELD


def test_a_file_of_the_set_that_cannot_be_read_is_seen(saver: Saver, tmp_path: Path) -> None:
    broken = f"{POINTS}/broken.md"
    saver.create(broken, '---\nchange_set: "autumn"\nfact: "half\n---\n')
    saver.create(f"{POINTS}/body.md", "---\nfact: x\n---\nchange_set: autumn\n")
    paths = [NEW, OLD, broken, f"{POINTS}/body.md"]
    assert unread_members(tmp_path, paths, "autumn") == [NEW, broken]
