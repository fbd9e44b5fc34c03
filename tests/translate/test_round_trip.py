from __future__ import annotations

import datetime as dt
import io
import json
from pathlib import Path

import openpyxl
import pytest
from msgspec.structs import replace
from stopjihad.build.sheet_previews import make_previews
from stopjihad.load.ledger import read_ledger
from stopjihad.load.po import read_po
from stopjihad.translate.exchange import COLUMNS, RefusedFile
from stopjihad.translate.po_files import po_path, read_known, update_files
from stopjihad.translate.round_trip import export, import_file, make_bundle

from support.campaign import generated_project

NOW = dt.datetime(2026, 11, 24, tzinfo=dt.UTC)
COLUMN = {name: number for number, (name, _) in enumerate(COLUMNS, 1)}


def _project(root: Path):
    project = generated_project(3)
    update_files(root, project)
    return _loaded(root, project)


def _loaded(root: Path, project):
    path = po_path(project, "fr")
    found, problems = read_po(read_known(root, path).text, path, "fr")
    assert problems == []
    ledger = root / "campaigns/generated/reviews.jsonl"
    reviews = ()
    if ledger.exists():
        reviews, problems = read_ledger(ledger.read_text(encoding="utf-8"), "x")
        assert problems == []
    return replace(project, translations=(found,), reviews=reviews)


def _translated(root: Path):
    """Translate everything through a spreadsheet."""
    project = _project(root)
    book = openpyxl.load_workbook(io.BytesIO(export(project, "fr", "xlsx")))
    for cells in book.active.iter_rows(min_row=2):
        cells[COLUMN["translation"] - 1].value = f"fr {cells[COLUMN['source'] - 1].value}"
    buffer = io.BytesIO()
    book.save(buffer)
    result = import_file(root, project, "x.xlsx", buffer.getvalue(), NOW)
    return _loaded(root, project), result


def test_a_spreadsheet_fills_the_po_file(tmp_path: Path):
    project, result = _translated(tmp_path)
    assert result.changed == len(project.translations[0].messages) > 20
    assert result.refused == ()
    again = import_file(tmp_path, project, "x.xlsx", export(project, "fr", "xlsx"), NOW)
    assert (again.changed, again.unchanged) == (0, result.changed)


@pytest.mark.parametrize("kind", ["xliff", "xlsx"])
def test_untouched_files_change_nothing(kind: str, tmp_path: Path):
    project, _ = _translated(tmp_path)
    before = read_known(tmp_path, po_path(project, "fr")).text
    name = {"xliff": "x.xlf", "xlsx": "x.xlsx"}[kind]
    import_file(tmp_path, project, name, export(project, "fr", kind), NOW)
    assert read_known(tmp_path, po_path(project, "fr")).text == before


def test_rows_of_changed_sources_are_listed_and_the_rest_is_taken(tmp_path: Path):
    project = _project(tmp_path)
    data = export(project, "fr", "xliff").replace(
        b'<target state="new"></target>', b'<target state="translated">mots</target>'
    )
    points = list(project.points)
    changed = replace(points[1].record, fact="A new fact.")
    points[1] = replace(points[1], record=changed)
    project = replace(project, points=tuple(points))
    result = import_file(tmp_path, project, "x.xlf", data, NOW)
    assert [row.context for row in result.refused] == ["p1/fact"]
    assert result.refused[0].translation == "mots"
    assert result.changed == len(make_bundle(project, "fr").rows) - 1


def test_a_review_approves_corrects_and_asks(tmp_path: Path):
    project, _ = _translated(tmp_path)
    rows = {row.context: row for row in make_bundle(project, "fr").rows}
    fact, claim, warning = rows["p0/fact"], rows["p1/fact"], rows["p2/fact"]
    review = {
        "format": "stopjihad-review",
        "version": 1,
        "campaign": "generated",
        "language": "fr",
        "by": "Nour",
        "role": "teacher",
        "rows": [
            {"key": fact.key, "context": fact.context, "approved": fact.digest},
            {"key": claim.key, "translation": "Mieux.", "approved": "edited"},
            {"key": warning.key, "question": "Who?"},
            {"key": "0" * 32, "context": "gone/fact", "approved": "1" * 32},
        ],
    }
    result = import_file(tmp_path, project, "r.json", json.dumps(review).encode(), NOW)
    assert (result.approved, result.changed, result.questions) == (2, 1, 1)
    assert [row.context for row in result.refused] == ["gone/fact"]
    states = {row.context: row.state for row in make_bundle(_loaded(tmp_path, project), "fr").rows}
    assert (states["p0/fact"], states["p1/fact"]) == ("approved", "approved")
    assert states["p2/fact"] == "unreviewed"
    assert "# question: Who?" in read_known(tmp_path, po_path(project, "fr")).text


def test_a_sheet_of_before_an_approval_was_taken_back_approves_nothing(tmp_path: Path):
    """The same file was imported again, and signed the words anew in the reviewer's name."""
    project, _ = _translated(tmp_path)

    def taken(project) -> int:
        return import_file(tmp_path, project, "r.json", review, NOW).approved

    def saved(project) -> bytes:
        row = next(row for row in make_bundle(project, "fr").rows if row.context == "p0/fact")
        whole = {"format": "stopjihad-review", "version": 1, "campaign": "generated"}
        rows = [{"key": row.key, "approved": row.digest}]
        return json.dumps({**whole, "language": "fr", "by": "Nour", "rows": rows}).encode()

    review = saved(project)
    assert taken(project) == 1
    [line] = _loaded(tmp_path, project).reviews
    back = replace(line, verdict="withdraw", answers=(line.line_digest(),))
    project = replace(project, reviews=(line, back))
    assert taken(project) == 0
    review = saved(project)
    assert taken(project) == 1


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("x.doc", b"", "only .po, .xlf, .xlsx"),
        ("x.po", b'msgid "a', "line 1: a quotation mark is missing"),
        ("x.po", b"\xff", "not UTF-8"),
        ("de.po", b'msgid "a"\nmsgstr "b"\n', "not translated into 'de'"),
    ],
)
def test_files_that_do_not_belong_here_are_refused(
    name: str, data: bytes, words: str, tmp_path: Path
):
    project = _project(tmp_path)
    with pytest.raises(RefusedFile, match=words):
        import_file(tmp_path, project, name, data, NOW)


def test_a_review_of_another_campaign_or_by_an_address_is_refused(tmp_path: Path):
    project, _ = _translated(tmp_path)
    row = make_bundle(project, "fr").rows[0]
    review = {"format": "stopjihad-review", "version": 1, "campaign": "other", "language": "fr"}
    review |= {"by": "n@a.org", "rows": [{"key": row.key, "approved": row.digest}]}
    with pytest.raises(RefusedFile, match="campaign 'other'"):
        import_file(tmp_path, project, "r.json", json.dumps(review).encode(), NOW)
    review["campaign"] = "generated"
    with pytest.raises(RefusedFile, match="name or role"):
        import_file(tmp_path, project, "r.json", json.dumps(review).encode(), NOW)


def test_a_po_file_comes_back_by_its_header(tmp_path: Path):
    project, _ = _translated(tmp_path)
    text = read_known(tmp_path, po_path(project, "fr")).text.replace("fr The fact", "Le fait")
    result = import_file(tmp_path, project, "from-poedit.po", text.encode(), NOW)
    assert (result.language, result.changed) == ("fr", 3)


def test_previews_show_the_words_of_now_and_what_fell_back(tmp_path: Path):
    project, _ = _translated(tmp_path)
    card = tmp_path / "site/cards/fr/p0/og.png"
    card.parent.mkdir(parents=True)
    card.write_bytes(b"\x89PNG")
    found = make_previews(project, "fr", tmp_path / "site")
    assert found["p0"].page.startswith('<p class="fact">fr The fact ')
    assert found["p0"].card == b"\x89PNG"
    assert found["p1"].card == b""
    arabic = make_previews(project, "ar", tmp_path / "site")
    assert arabic["p0"].page.startswith('<p class="fact" lang="en" dir="ltr">The fact ')
