"""Translations that were parsed before are not in memory, and what is damaged is parsed again."""

from __future__ import annotations

from pathlib import Path

import pytest
from stopjihad.disk.pack import Damaged, Pack
from stopjihad.disk.spill import Spill
from stopjihad.load import po
from stopjihad.load.project import load_project
from stopjihad.load.workspace import read_sources
from stopjihad.model.translation import MessageShelf, ShelvedMessages
from stopjihad.problem import Problem

from support.build import SMALL

(SLUG,) = (path.name for path in (SMALL / "campaigns").iterdir())


def words(pack: Path, aside: Spill | None = None, *, put: list[bytes] | None = None) -> list[list]:
    """Load the small campaign; give the messages of all languages, and note what was put aside."""

    def put_aside(data: bytes) -> bytes:
        if put is not None:
            put.append(data)
        return data

    sources, _ = read_sources(SMALL, SLUG)
    with Pack(pack) as kept:
        shelf = MessageShelf(put_aside, aside.borrow) if aside else None
        project, problems = load_project(sources, kept, shelf)
    assert project is not None
    assert not [problem for problem in problems if problem.severity == "error"]
    if aside:
        assert all(isinstance(file.messages, ShelvedMessages) for file in project.translations)
    return [list(file.messages) for file in project.translations]


def test_messages_are_read_where_they_are_kept(tmp_path: Path) -> None:
    expected = words(tmp_path / "other")
    assert len(expected) > 1
    assert all(expected)
    for _ in range(2):  # parsed, then kept
        put: list[bytes] = []
        with Spill(tmp_path) as aside:
            assert words(tmp_path / "pack", aside, put=put) == expected
        # What waits to be parsed may be put aside; what is kept is not.
        assert not any(data.startswith(b"[") for data in put)
    assert words(tmp_path / "pack") == expected


def test_damaged_messages_are_parsed_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    expected = words(tmp_path / "pack")
    (file,) = (tmp_path / "pack").iterdir()
    source = expected[0][0].translation.encode()
    assert source in file.read_bytes()
    file.write_bytes(file.read_bytes().replace(source, bytes(len(source))))
    parsed: list[str] = []

    def each_message(text: str, path: str, language: str, problems: list[Problem]):
        parsed.append(path)
        return real(text, path, language, problems)

    real = po.each_message
    monkeypatch.setattr(po, "each_message", each_message)
    with Spill(tmp_path) as spill, pytest.raises(Damaged):
        words(tmp_path / "pack", spill)  # they are verified when they are read
    assert not parsed
    assert words(tmp_path / "pack") == expected
    assert parsed
    assert len(parsed) < len(expected)
    parsed.clear()
    with Spill(tmp_path) as spill:
        assert words(tmp_path / "pack", spill) == expected
    assert words(tmp_path / "pack") == expected
    assert not parsed
