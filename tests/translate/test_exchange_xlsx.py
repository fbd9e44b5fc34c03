from __future__ import annotations

import io
import random
import shutil
import subprocess
import zipfile
from pathlib import Path

import openpyxl
import pytest
from stopjihad.translate.exchange import COLUMNS, RefusedFile, read_xlsx, write_xlsx

from support.exchange import bundle

COLUMN = {name: number for number, (name, _) in enumerate(COLUMNS, 1)}


def _book(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def _saved(book) -> bytes:
    buffer = io.BytesIO()
    book.save(buffer)
    return buffer.getvalue()


def _same(rows) -> bool:
    sent = bundle().rows
    return [(row.key, row.context, row.source, row.translation) for row in rows] == [
        (row.key, row.context, row.source, row.translation) for row in sent
    ]


def test_every_row_comes_back_as_it_went():
    language, rows = read_xlsx(write_xlsx(bundle()))
    assert language == "fr"
    assert _same(rows)


def test_the_same_bundle_gives_the_same_bytes():
    assert write_xlsx(bundle()) == write_xlsx(bundle())


def test_no_cell_is_ever_evaluated():
    for row in _book(write_xlsx(bundle())).active.iter_rows():
        for cell in row:
            assert cell.data_type in {"s", "n"}
            assert cell.data_type == "s" or cell.value is None
            assert cell.hyperlink is None


def test_the_key_is_hidden_and_directions_are_set():
    page = _book(write_xlsx(bundle("ar"))).active
    assert page.column_dimensions["A"].hidden
    assert page.cell(2, COLUMN["translation"]).alignment.readingOrder == 2
    assert page.cell(2, COLUMN["source"]).alignment.readingOrder == 1


def test_what_another_program_changed_is_read():
    book = _book(write_xlsx(bundle()))
    page = book.active
    page.cell(4, COLUMN["translation"]).value = "Les recruteurs le disent."
    page.cell(4, COLUMN["question"]).value = "Who says so?"
    page.delete_rows(2)
    _, rows = read_xlsx(_saved(book))
    assert len(rows) == len(bundle().rows) - 1
    (row,) = [row for row in rows if row.context == "bus/warning"]
    assert (row.translation, row.question) == ("Les recruteurs le disent.", "Who says so?")


def test_columns_may_be_moved_and_added():
    book = _book(write_xlsx(bundle()))
    book.active.insert_cols(1)
    book.active.cell(1, 1).value = "my notes"
    _, rows = read_xlsx(_saved(book))
    # openpyxl does not write "_x0041_" as what it is.
    kept = [row.translation for row in rows if "title" not in row.context]
    assert kept == [row.translation for row in bundle().rows if "title" not in row.context]


@pytest.mark.judge
def test_libreoffice_saves_it_without_loss(tmp_path: Path):
    office = shutil.which("soffice")
    assert office, "libreoffice-calc-nogui is among the Debian packages that make test installs"
    (tmp_path / "in").mkdir()
    path = tmp_path / "in" / "sheet.xlsx"
    book = _book(write_xlsx(bundle()))
    book.active.cell(4, COLUMN["translation"]).value = "Les recruteurs le disent."
    path.write_bytes(_saved(book))
    command = [office, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"]
    command += ["--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", str(tmp_path), str(path)]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    language, rows = read_xlsx((tmp_path / "sheet.xlsx").read_bytes())
    assert language == "fr"
    edited = {row.context: row.translation for row in rows}.pop("bus/warning")
    assert edited == "Les recruteurs le disent."
    path.write_bytes(write_xlsx(bundle()))
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    assert _same(read_xlsx((tmp_path / "sheet.xlsx").read_bytes())[1])


def _zip(**parts: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"PK\x03\x04",
        _zip(**{"word/document.xml": "<a/>"}),
        _zip(**{"xl/workbook.xml": "<a/>"}),
        _zip(**{"xl/workbook.xml": "<!DOCTYPE a><a/>"}),
        _zip(**{"xl/workbook.xml": " " * 30_000_000}),
    ],
)
def test_other_files_are_refused_in_one_line(data: bytes):
    with pytest.raises(RefusedFile) as caught:
        read_xlsx(data)
    assert "\n" not in str(caught.value)


def test_a_sheet_without_our_columns_is_refused():
    book = openpyxl.Workbook()
    book.active.append(["key", "words"])
    with pytest.raises(RefusedFile, match="no column 'where'"):
        read_xlsx(_saved(book))


def test_no_bytes_raise_anything_else():
    rng = random.Random(8)
    good = write_xlsx(bundle())
    for _ in range(300):
        at = rng.randrange(len(good))
        broken = good[:at] + rng.randbytes(rng.randint(0, 4)) + good[at + rng.randint(0, 9) :]
        try:
            read_xlsx(broken)
        except RefusedFile:
            continue
