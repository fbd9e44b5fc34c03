from __future__ import annotations

import csv
import io
import shutil
import subprocess

import openpyxl
import pytest
from PIL import Image
from stopjihad.render.post.export.formats import export
from stopjihad.render.post.export.open_formats import SHEET_COLUMNS
from stopjihad.render.post.export.schedulers import BUFFER
from stopjihad.text.csv_file import csv_bytes

from render.post.export.samples import entries, job, saying

EVIL = (
    "=1+1",
    '=HYPERLINK("https://a.org")',
    "+1+1",
    "-1+1",
    "@SUM(1)",
    " =1+1",
    "a\n=1+1",
    "\t=1",
)


def picture(_path: str) -> bytes:
    file = io.BytesIO()
    Image.new("RGB", (160, 90), "#0b6b5d").save(file, "PNG")
    return file.getvalue()


def opened(data: bytes):
    return openpyxl.load_workbook(io.BytesIO(data))


def test_a_workbook_per_language_with_a_sheet_per_platform():
    made = export("xlsx", job())
    assert list(made.files) == [f"stop-jihadism-{lang}.xlsx" for lang in ("ar", "en", "fr")]
    book = opened(made.files["stop-jihadism-en.xlsx"])
    assert book.sheetnames == [entry.platform for entry in entries(("en",))]


def test_cells_read_back_equal_the_drafts():
    book = opened(export("xlsx", job()).files["stop-jihadism-fr.xlsx"])
    for draft in entries(("fr",)):
        sheet = book[draft.platform]
        names = [cell.value for cell in sheet[1]]
        assert names == [name for name, _ in SHEET_COLUMNS]
        row = dict(zip(names, (cell.value for cell in sheet[2]), strict=True))
        texts = [part.text for part in (draft.title, *draft.parts) if part]
        assert row["Text"].split("\n---\n") == texts
        assert row["Characters"] == max(part.count for part in draft.parts)
        assert row["Limit"] == draft.limit
        assert row["Link"] == draft.link
        assert row["When"].startswith("2027-")


def test_right_to_left_languages_read_from_the_right():
    made = export("xlsx", job()).files
    assert opened(made["stop-jihadism-ar.xlsx"])["x"].sheet_view.rightToLeft
    assert not opened(made["stop-jihadism-en.xlsx"])["x"].sheet_view.rightToLeft


def test_pictures_stand_in_their_cells_with_their_description():
    made = export("xlsx", job(entries(("en",), ("x",)), picture=picture))
    sheet = opened(made.files["stop-jihadism-en.xlsx"])["x"]
    [image] = sheet._images
    assert (image.anchor._from.row, image.anchor._from.col) == (1, 0)
    assert sheet.row_dimensions[2].height > 90 / 160 * 180 * 0.75


def test_nothing_is_a_formula_or_a_link():
    for text in EVIL:
        [data] = export("xlsx", job(saying(text))).files.values()
        cell = opened(data)["x"]["D2"]
        assert cell.data_type == "s"
        assert cell.value == text
        assert cell.hyperlink is None


def test_the_same_drafts_give_the_same_bytes():
    assert export("xlsx", job()).files == export("xlsx", job()).files


@pytest.mark.judge
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed")
def test_libreoffice_calculates_nothing(tmp_path):
    texts = list(EVIL)
    rows = [[text, "", "", ""] for text in texts]
    (tmp_path / "in.csv").write_bytes(csv_bytes(BUFFER, rows))
    [data] = export("xlsx", job(saying("=1+1"))).files.values()
    (tmp_path / "sheet.xlsx").write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    for name, target in (("in.csv", "ods"), ("in.ods", "csv"), ("sheet.xlsx", "csv")):
        command = ["soffice", profile, "--headless", "--convert-to", target]
        command += ["--outdir", str(tmp_path), str(tmp_path / name)]
        if target == "csv" and name == "in.ods":
            (tmp_path / "in.csv").unlink()
        subprocess.run(command, check=True, capture_output=True, timeout=120)
    text = (tmp_path / "in.csv").read_bytes().decode()
    read = list(csv.reader(io.StringIO(text, newline="")))[1:]
    assert len(read) == len(texts)
    for text, row in zip(texts, read, strict=True):
        assert row[0].replace("'", "").split() == text.split()
    assert "=1+1" in (tmp_path / "sheet.csv").read_text()
