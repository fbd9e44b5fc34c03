"""A photo is used only with the file that says where it comes from."""

from __future__ import annotations

from pathlib import Path

import pytest
from stopjihad.load.photos import read_photo

from support import cards

BESIDE = "source: our own\nlicence: CC0\nalt: A kitchen table\nfocus_x: 20\n"


def folder(root: Path, beside: str | None, data: bytes | None = None) -> str:
    media = root / "campaigns/a/media"
    media.mkdir(parents=True)
    (media / "table.jpg").write_bytes(cards.photo() if data is None else data)
    if beside is not None:
        (media / "table.jpg.yaml").write_text(beside, encoding="utf-8")
    return "campaigns/a/media"


def test_a_photo_comes_with_what_is_known_of_it(tmp_path: Path) -> None:
    photo, problems = read_photo(tmp_path, folder(tmp_path, BESIDE), "table.jpg")
    assert not problems
    assert photo
    assert photo.data == cards.photo()
    assert (photo.media.focus_x, photo.media.focus_y) == (20, 50)


@pytest.mark.parametrize(
    ("beside", "code"),
    [
        (None, "media-unexplained"),
        ("source: x\nlicence: y\n", "missing-key"),
        (BESIDE + "focus_y: 101\n", "bad-number"),
        (BESIDE + "author: me\n", "unknown-key"),
        ("a: [", "yaml-syntax"),
    ],
)
def test_a_photo_without_it_is_refused(tmp_path: Path, beside: str | None, code: str) -> None:
    photo, problems = read_photo(tmp_path, folder(tmp_path, beside), "table.jpg")
    assert photo is None
    assert [problem.code for problem in problems] == [code]
    assert problems[0].path.startswith("campaigns/a/media/table.jpg")


def test_a_broken_photo_is_refused(tmp_path: Path) -> None:
    photo, problems = read_photo(tmp_path, folder(tmp_path, BESIDE, b"\xff\xd8\xff"), "table.jpg")
    assert photo is None
    assert {problem.code for problem in problems} <= {"photo-broken", "photo-format"}


def test_links_are_not_followed(tmp_path: Path) -> None:
    place = folder(tmp_path, BESIDE)
    secret = tmp_path / "secret.jpg"
    secret.write_bytes(cards.photo())
    (tmp_path / place / "table.jpg").unlink()
    (tmp_path / place / "table.jpg").symlink_to(secret)
    photo, problems = read_photo(tmp_path, place, "table.jpg")
    assert photo is None
    assert [problem.code for problem in problems] == ["link-refused"]
