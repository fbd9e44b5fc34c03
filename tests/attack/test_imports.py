"""Files that come back from translators, or from somebody who says so: refused, or words."""

from __future__ import annotations

import datetime as dt
import io
import json
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from stopjihad.build.check.survey import survey
from stopjihad.load.po import TRANSLATION_BYTES
from stopjihad.problem import ProblemsFound
from stopjihad.translate.exchange import RefusedFile
from stopjihad.translate.round_trip import export, import_file

from support.build import stopjihad

TESTS = Path(__file__).parents[1]
DEMO = "campaigns/demo"
WHEN = dt.datetime(2026, 11, 24, 12, tzinfo=dt.UTC)
SECRET = "the-secret-of-this-machine"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"

XXE = (
    '<?xml version="1.0" encoding="{encoding}"?><!DOCTYPE x [<!ENTITY e SYSTEM "file://{secret}">]>'
    '<xliff version="1.2"><file source-language="en" target-language="fr" original="demo">'
    '<body><trans-unit id="1" resname="demo"><source>Demo</source><target>&e;</target>'
    "</trans-unit></body></file></xliff>"
)


def xliff(body: str) -> bytes:
    return (
        '<xliff version="1.2" xmlns="urn:oasis:names:tc:xliff:document:1.2"><file original="demo"'
        f' source-language="en" target-language="fr" datatype="plaintext"><body>{body}</body>'
        "</file></xliff>"
    ).encode()


def book(sheet: str, target: str = "worksheets/sheet1.xml", strings: str = "") -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "xl/workbook.xml",
            f'<workbook xmlns="{MAIN}" xmlns:r="{RELATIONS}"><sheets>'
            '<sheet name="fr" sheetId="1" r:id="r1"/></sheets></workbook>',
        )
        archive.writestr(
            "xl/_rels/workbook.xml.rels",
            f'<Relationships><Relationship Id="r1" Target="{target}"/></Relationships>',
        )
        archive.writestr(
            "xl/worksheets/sheet1.xml", f'<worksheet xmlns="{MAIN}">{sheet}</worksheet>'
        )
        if strings:
            archive.writestr("xl/sharedStrings.xml", f'<sst xmlns="{MAIN}">{strings}</sst>')
    return out.getvalue()


def encrypted() -> bytes:
    data = bytearray(book("<sheetData/>"))
    for mark, place in ((b"PK\3\4", 6), (b"PK\1\2", 8)):
        at = data.find(mark)
        while at >= 0:
            data[at + place] |= 1
            at = data.find(mark, at + 4)
    return bytes(data)


def po(body: str, language: str = "fr") -> bytes:
    return f'msgid ""\nmsgstr "Language: {language}\\n"\n\n{body}'.encode()


def attributes(count: int) -> bytes:
    return ("<a " + " ".join(f'a{one}=""' for one in range(count)) + "/>").encode()


FACT = 'msgctxt "neighbours/fact"\nmsgid "Most people they killed were their neighbours."\n'
TITLE = 'msgctxt "campaign/title"\nmsgid "Demo"\n'
CELL = '<c r="A1" t="inlineStr"><is><t>{}</t></is></c>'

IMPORTS: dict[str, tuple[str, Callable[[], bytes]]] = {
    **{
        f"an entity in {encoding}": (
            "a.xlf",
            lambda encoding=encoding: XXE.replace("{encoding}", encoding).encode(encoding),
        )
        for encoding in ("utf-8", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252", "utf-7")
    },
    "an entity after a mark": ("a.xlf", lambda: b"\xef\xbb\xbf" + XXE.encode()),
    "a billion laughs": (
        "a.xlf",
        lambda: b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]><xliff>&b;</xliff>',
    ),
    "200,000 elements deep": ("a.xlf", lambda: b"<a>" * 200_000),
    "300,000 attributes": ("a.xlf", lambda: attributes(300_000)),
    "no XLIFF": ("a.xlf", lambda: b"<svg onload='alert(1)'/>"),
    "another language": ("a.xlf", lambda: xliff("").replace(b'"fr"', b'"../../x"')),
    "a target of 300 KB": (
        "a.xlf",
        lambda: xliff(
            '<trans-unit id="1" resname="campaign/title"><source>Demo</source>'
            f"<target>{'a' * 300_000}</target></trans-unit>"
        ),
    ),
    "an empty ZIP": ("a.xlsx", lambda: b"PK\5\6" + bytes(18)),
    "no ZIP": ("a.xlsx", lambda: b"name;text\n=1;2"),
    "a sheet elsewhere": ("a.xlsx", lambda: book("<sheetData/>", "../../../../etc/passwd")),
    "a sheet at an address": ("a.xlsx", lambda: book("<sheetData/>", "http://evil.example/a.xml")),
    "a sheet at the root": ("a.xlsx", lambda: book("<sheetData/>", "/etc/passwd")),
    "an encrypted book": ("a.xlsx", encrypted),
    "formulas": (
        "a.xlsx",
        lambda: book("<sheetData><row><c><f>1+1</f><v>2</v></c></row></sheetData>"),
    ),
    "row 9,999,999": (
        "a.xlsx",
        lambda: book(f'<sheetData><row r="9999999">{CELL.format("x")}</row></sheetData>'),
    ),
    "column ZZZ": (
        "a.xlsx",
        lambda: book('<sheetData><row><c r="ZZZ1"><v>1</v></c></row></sheetData>'),
    ),
    "a bomb of 400 MB": ("a.xlsx", lambda: book(" " * 400_000_000)),
    "100,000 cells of one MB": (
        "a.xlsx",
        lambda: book(
            "<sheetData>" + '<row><c t="s"><v>0</v></c></row>' * 40_000 + "</sheetData>",
            strings=f"<si><t>{'a' * 1_000_000}</t></si>",
        ),
    ),
    "a number of 5,000 digits for a place": (
        "a.xlsx",
        lambda: book(
            f'<sheetData><row r="{"9" * 5000}"><c t="s"><v>{"9" * 5000}</v></c></row></sheetData>'
        ),
    ),
    "nested JSON": ("a.json", lambda: b"[" * 200_000),
    "JSON of another form": (
        "a.json",
        lambda: json.dumps({"campaign": "demo", "rows": 1}).encode(),
    ),
    "conflict marks": ("fr.po", lambda: po(f'<<<<<<< a\n{TITLE}msgstr "x"\n>>>>>>> b\n')),
    "a PO in UTF-16": ("fr.po", lambda: po("").decode().encode("utf-16")),
    "a language with a path": ("fr.po", lambda: po(f'{TITLE}msgstr "x"\n', "../../x")),
    "a text of 300 KB": ("fr.po", lambda: po(f'{FACT}msgstr "{"a" * 300_000}"\n')),
    "another ending": ("a.exe", lambda: b"MZ"),
}


def workspace(folder: Path) -> Path:
    shutil.copytree(TESTS / "invalid" / "_base", folder)
    shutil.copytree(TESTS / "invalid" / "translation-link", folder, dirs_exist_ok=True)
    return folder


@pytest.mark.parametrize("kind", IMPORTS)
def test_an_odd_import_is_refused_or_words(kind: str, tmp_path: Path) -> None:
    assert len(IMPORTS) == 33
    root = workspace(tmp_path / "w")
    (tmp_path / "secret").write_text(SECRET, "utf-8")
    name, make = IMPORTS[kind]
    data = make().replace(b"{secret}", str(tmp_path / "secret").encode())
    project = survey(root, "demo", WHEN.date()).project
    assert project is not None
    before = {path for path in tmp_path.rglob("*") if ".stopjihad" not in path.parts}
    began = time.process_time()
    said = ""
    try:
        import_file(root, project, name, data, WHEN)
    except (RefusedFile, ProblemsFound) as error:
        said = str(error)
    assert SECRET not in said
    assert len(said) < 1000
    assert time.process_time() - began < 3
    after = {path for path in tmp_path.rglob("*") if ".stopjihad" not in path.parts}
    assert after == before
    text = (root / DEMO / "locale/fr.po").read_text("utf-8")
    assert SECRET not in text
    assert len(text) < 100_000
    assert max(map(len, text.splitlines())) < TRANSLATION_BYTES


def test_what_we_send_out_comes_back(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    project = survey(root, "demo", WHEN.date()).project
    assert project is not None
    for kind, ending in (("xliff", "xlf"), ("xlsx", "xlsx")):
        done = import_file(root, project, f"a.{ending}", export(project, "fr", kind), WHEN)
        assert done.refused == ()


def test_a_file_larger_than_any_of_ours_is_not_read(tmp_path: Path) -> None:
    root = workspace(tmp_path / "w")
    file = tmp_path / "fr.po"
    with file.open("wb") as stream:
        stream.truncate(65 * 1024 * 1024)
    done = stopjihad("-C", root, "translate", "import", file)
    assert done.returncode == 2
    assert "more than" in done.stderr
