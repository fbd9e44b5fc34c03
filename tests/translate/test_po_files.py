from __future__ import annotations

from pathlib import Path

import pytest
from stopjihad.problem import ProblemsFound
from stopjihad.translate.po_files import po_path, read_known, update_files, write_text

from support.campaign import generated_project


def _names(root: Path) -> set[str]:
    return {path.name for path in (root / "campaigns/generated/locale").iterdir()}


def test_every_language_and_the_template_are_written_once(tmp_path: Path):
    project = generated_project(3)
    first = update_files(tmp_path, project)
    assert [item.language for item in first] == ["fr", "ar", ""]
    assert all(item.written and item.new == first[0].new for item in first)
    assert _names(tmp_path) == {"fr.po", "ar.po", "campaign.pot"}
    stamps = {name: (tmp_path / po_path(project, "fr")).stat().st_mtime_ns for name in ("fr",)}
    again = update_files(tmp_path, project)
    assert not any(item.written for item in again)
    assert stamps["fr"] == (tmp_path / po_path(project, "fr")).stat().st_mtime_ns


def test_only_the_language_asked_for_is_written(tmp_path: Path):
    update_files(tmp_path, generated_project(1), ("ar",))
    assert _names(tmp_path) == {"ar.po"}


def test_a_broken_file_is_explained_and_left_alone(tmp_path: Path):
    project = generated_project(1)
    path = po_path(project, "fr")
    write_text(tmp_path, path, 'msgctxt "a"\nmsgid "b"\nmsgstr "c\n', "")
    before = (tmp_path / path).read_bytes()
    with pytest.raises(ProblemsFound) as caught:
        update_files(tmp_path, project, ("fr",))
    assert [(item.path, item.line, item.code) for item in caught.value.problems] == [
        (path, 3, "po-syntax")
    ]
    assert (tmp_path / path).read_bytes() == before


def test_links_are_neither_read_nor_written_through(tmp_path: Path):
    project = generated_project(1)
    outside = tmp_path / "outside.po"
    outside.write_text("secret", encoding="utf-8")
    path = tmp_path / po_path(project, "fr")
    path.parent.mkdir(parents=True)
    path.symlink_to(outside)
    with pytest.raises(ProblemsFound):
        read_known(tmp_path, po_path(project, "fr"))
    with pytest.raises(ProblemsFound):
        write_text(tmp_path, po_path(project, "fr"), "x", "")
    assert outside.read_text(encoding="utf-8") == "secret"


def test_a_folder_that_cannot_be_written_is_a_problem(tmp_path: Path):
    (tmp_path / "campaigns").write_text("a file", encoding="utf-8")
    with pytest.raises(ProblemsFound):
        update_files(tmp_path, generated_project(1), ("fr",))


def test_a_file_that_was_edited_is_looked_at_again(tmp_path: Path):
    project = generated_project(2)
    update_files(tmp_path, project, ("fr",))
    path = po_path(project, "fr")
    whole = read_known(tmp_path, path).text
    entry = whole[whole.index("#. The fact") : whole.index("#. Button")]
    write_text(tmp_path, path, whole.replace(entry, ""), read_known(tmp_path, path).digest)
    (file,) = update_files(tmp_path, project, ("fr",))
    assert file.written
    assert file.new == 1
    assert read_known(tmp_path, path).text == whole
    assert not update_files(tmp_path, project, ("fr",))[0].written


def test_what_is_remembered_may_be_lost(tmp_path: Path):
    project = generated_project(2)
    update_files(tmp_path, project, ("fr",))
    for path in (tmp_path / ".stopjihad").rglob("*"):
        if path.is_file():
            path.write_bytes(b"damaged")
    assert not update_files(tmp_path, project, ("fr",))[0].written
