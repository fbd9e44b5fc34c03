"""Fonts are found in packages, the workspace and, for missing letters only, the system."""

from __future__ import annotations

import pickle
import shutil
from pathlib import Path

import pytest
from stopjihad.load.fonts import FontChanged, font_bytes, load_fonts

from support import cards

HIND = next(font for font in cards.fonts().files if font.family == "Hind Siliguri")


def test_packages_come_first_and_noto_sans_leads() -> None:
    families = cards.fonts().families
    assert families[0] == "Noto Sans"
    assert {"Noto Sans Arabic", "Hind Siliguri"} <= set(families)


def test_a_book_can_be_sent_to_a_worker() -> None:
    assert pickle.loads(pickle.dumps(cards.fonts())) == cards.fonts()


def test_the_digest_is_of_contents_not_of_places(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    for root in (first, second):
        (root / "assets/fonts").mkdir(parents=True)
        shutil.copy(HIND.path, root / "assets/fonts/own.ttf")
    books = [load_fonts(root, system=())[0] for root in (first, second)]
    assert books[0] != books[1]
    assert books[0].digest == books[1].digest


def test_brand_fonts_lead(tmp_path: Path) -> None:
    book, problems = load_fonts(tmp_path, ("Hind Siliguri",), system=())
    assert book.families[0] == "Hind Siliguri"
    assert not problems


def test_an_absent_brand_font_is_a_problem(tmp_path: Path) -> None:
    _, problems = load_fonts(tmp_path, ("Nobody Sans",), system=())
    assert [problem.code for problem in problems] == ["font-missing"]


def test_a_language_may_have_its_own(tmp_path: Path) -> None:
    wanted = {"else": ("Noto Sans",), "bn": ("Hind Siliguri",), "ur": ("Nobody Nastaliq",)}
    book, problems = load_fonts(tmp_path, wanted, system=())
    assert [book.families_of(lang)[0] for lang in ("en", "bn", "bn-IN")] == [
        "Noto Sans", "Hind Siliguri", "Hind Siliguri",
    ]  # fmt: skip
    assert [(p.code, p.message) for p in problems] == [
        ("font-missing", "the font family 'Nobody Nastaliq' of brand.fonts.ur is not installed")
    ]
    assert book.digest != load_fonts(tmp_path, ("Noto Sans",), system=())[0].digest


@pytest.mark.parametrize(
    ("name", "data"), [("a.woff2", b"wOF2"), ("b.ttf", b"no font"), ("c.otf", b"")]
)
def test_unusable_files_are_problems(tmp_path: Path, name: str, data: bytes) -> None:
    folder = tmp_path / "assets/fonts"
    folder.mkdir(parents=True)
    (folder / name).write_bytes(data)
    _, problems = load_fonts(tmp_path, system=())
    assert [(p.code, p.path) for p in problems] == [("font-format", f"assets/fonts/{name}")]


def test_15_a_font_whose_tables_have_no_names_is_a_problem(tmp_path: Path) -> None:
    folder = tmp_path / "assets/fonts"
    folder.mkdir(parents=True)
    data = bytearray(Path(HIND.path).read_bytes())
    for table in range(int.from_bytes(data[4:6], "big")):
        broken = data.copy()
        broken[12 + 16 * table : 16 + 16 * table] = b"\xff\xfe\x80\x00"
        (folder / "odd.ttf").write_bytes(broken)
        _, problems = load_fonts(tmp_path, system=())
        assert [problem.code for problem in problems] == ["font-format"]


def test_the_system_helps_out_with_missing_letters_only(tmp_path: Path) -> None:
    system = tmp_path / "system"
    system.mkdir()
    shutil.copy(HIND.path, system / "Other.ttf")
    root = tmp_path / "work"
    without, _ = load_fonts(root, letters="abc ক", system=(str(system),))
    assert {font.origin for font in without.files} == {"package"}


def test_a_font_that_changed_is_refused(tmp_path: Path) -> None:
    folder = tmp_path / "assets/fonts"
    folder.mkdir(parents=True)
    shutil.copy(HIND.path, folder / "own.ttf")
    book, _ = load_fonts(tmp_path, system=())
    own = next(font for font in book.files if font.origin == "workspace")
    (folder / "own.ttf").write_bytes(b"other")
    with pytest.raises(FontChanged):
        font_bytes(own)
