"""Translations that were parsed are kept; those that are damaged there are parsed again."""

from __future__ import annotations

from pathlib import Path

import pytest
from stopjihad.disk.pack import Pack
from stopjihad.load import po
from stopjihad.load.project import load_project
from stopjihad.load.workspace import read_sources
from stopjihad.problem import Problem

from support.build import SMALL

(SLUG,) = (path.name for path in (SMALL / "campaigns").iterdir())


def words(pack: Path) -> list[list]:
    """Load the small campaign; give the messages of all languages."""
    sources, _ = read_sources(SMALL, SLUG)
    with Pack(pack) as kept:
        project, problems = load_project(sources, kept)
    assert project is not None
    assert not [problem for problem in problems if problem.severity == "error"]
    return [list(file.messages) for file in project.translations]


def test_damaged_messages_are_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = words(tmp_path / "pack")
    assert len(expected) > 1
    assert all(expected)
    parsed: list[str] = []

    def each_message(text: str, path: str, language: str, problems: list[Problem]):
        parsed.append(path)
        return real(text, path, language, problems)

    real = po.each_message
    monkeypatch.setattr(po, "each_message", each_message)
    assert words(tmp_path / "pack") == expected
    assert not parsed
    (file,) = (tmp_path / "pack").iterdir()
    source = expected[0][0].translation.encode()
    assert source in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(source, bytes(len(source))))
    assert words(tmp_path / "pack") == expected
    assert len(parsed) == 1
    assert words(tmp_path / "pack") == expected
    assert len(parsed) == 1
