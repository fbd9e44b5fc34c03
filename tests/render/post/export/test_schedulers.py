from __future__ import annotations

import csv
import datetime as dt
import io
import re

import pytest
from msgspec.structs import replace
from stopjihad.catalog.timezones import time_zone
from stopjihad.render.post.export import metricool, schedulers
from stopjihad.render.post.export.formats import EXPORTS, export

from render.post.export.samples import entries, job, many, saying


def rows_of(data: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(data.decode("utf-8"), newline="")))


def test_every_format_of_the_contract_is_there():
    assert set(EXPORTS) >= {
        "buffer", "publer", "metricool", "hootsuite", "sprout", "socialbee", "ayrshare", "postiz",
        "ics", "xlsx", "csv", "json",
    }  # fmt: skip


@pytest.mark.parametrize("name", EXPORTS)
def test_every_format_names_a_function_that_makes_files(name: str) -> None:
    assert export(name, job(policy="allow")).files


def test_unapproved_translations_stay_in_the_house():
    made = export("publer", job())
    assert not any("-ar" in name for name in made.files)
    assert {item.language for item in made.left_out} == {"ar"}
    assert any("-ar" in name for name in export("publer", job(policy="allow")).files)
    assert "ar" in export("csv", job()).files["stop-jihadism.csv"].decode()


@pytest.mark.parametrize(
    ("name", "header", "when"),
    [
        ("buffer", schedulers.BUFFER, (3, "%Y-%m-%d %H:%M")),
        ("publer", schedulers.PUBLER, (0, "%Y/%m/%d %H:%M")),
        ("socialbee", schedulers.SOCIALBEE, (5, "%Y-%m-%d %H:%M")),
    ],
)
def test_a_file_per_account_read_back_equals_the_drafts(name, header, when):
    made = export(name, job())
    texts = {e.platform + e.language: e for e in entries()}
    for file, data in made.files.items():
        platform, lang = re.fullmatch(rf"stop-jihadism-{name}-(\w+)-(\w+)\.csv", file).groups()
        columns, row = rows_of(data)
        assert tuple(columns) == header
        draft = texts[platform + lang]
        assert row[columns.index("text" if name == "socialbee" else "Text")] == draft.parts[0].text
        wanted = dt.datetime.fromisoformat(draft.scheduled).astimezone(time_zone("Europe/Paris"))
        assert row[when[0]] == wanted.strftime(when[1])
        assert all(len(line) == len(header) for line in rows_of(data))
        if draft.images:
            assert draft.images[0].url in row


def test_times_are_those_of_the_accounts_clock():
    [one] = many(1)
    summer = replace(one, scheduled="2027-07-01T10:30:00+00:00")
    data = export("buffer", job((summer,))).files["stop-jihadism-buffer-x-en.csv"]
    assert rows_of(data)[1][3] == "2027-07-01 12:30"


def test_publer_takes_alternative_text_and_the_rest_of_a_thread():
    made = export("publer", job(entries(("en",), ("bluesky",))))
    [data] = made.files.values()
    row = dict(zip(schedulers.PUBLER, rows_of(data)[1], strict=True))
    assert row["Alt text(s) - Separated by ||"] == "Most people ISIS killed were Muslims."
    assert len(row["Comment(s) - Separated by ||"].split("||")) == 2


@pytest.mark.parametrize("name", ["buffer", "hootsuite", "sprout", "socialbee", "metricool"])
def test_a_thread_is_left_out_where_there_is_no_place_for_it(name):
    made = export(name, job(entries(("en",), ("bluesky", "x"))))
    assert [item.platform for item in made.left_out] == ["bluesky"]
    assert "thread" in made.left_out[0].reason


@pytest.mark.parametrize(("name", "most"), [("buffer", 100), ("hootsuite", 350), ("sprout", 350)])
def test_files_are_split_when_a_limit_is_passed(name, most):
    made = export(name, job(many(most * 2 + 1)))
    assert list(made.files) == [f"stop-jihadism-{name}-x-en-{n}.csv" for n in (1, 2, 3)]
    first = 0 if name == "hootsuite" else 1
    sizes = [len(rows_of(data)) - first for data in made.files.values()]
    assert sizes == [most, most, 1]


def test_hootsuite_has_no_header_and_writes_the_month_first():
    [data] = export("hootsuite", job(many(1))).files.values()
    [row] = rows_of(data)
    assert row[0] == "03/26/2027 12:30"
    assert len(row) == 3


def test_sprout_writes_the_day_first():
    [data] = export("sprout", job(many(1))).files.values()
    assert rows_of(data)[0] == ["date", "time_24hr", "message_text"]
    assert rows_of(data)[1][:2] == ["26/03/2027", "12:30"]


def test_a_draft_without_a_time_is_left_out_where_a_time_is_needed():
    [one] = many(1)
    bare = job((replace(one, scheduled=None),))
    assert export("sprout", bare).files == {}
    assert "time" in export("sprout", bare).left_out[0].reason
    assert rows_of(next(iter(export("buffer", bare).files.values())))[1][3] == ""


def test_metricool_marks_each_row_as_a_draft_for_one_network():
    made = export("metricool", job(entries(("en",))))
    columns, *rows = rows_of(made.files["stop-jihadism-metricool.csv"])
    assert tuple(columns) == metricool.COLUMNS
    assert len(columns) == 97
    networks = columns[4:14]
    for row in rows:
        cells = dict(zip(columns, row, strict=True))
        assert cells["Draft"] == "TRUE"
        assert [cells[name] for name in networks].count("TRUE") == 1
        assert re.fullmatch(r"\d{4}-\d\d-\d\d", cells["Date"])
        assert re.fullmatch(r"\d\d:\d\d:00", cells["Time"])
    assert {item.platform for item in made.left_out} >= {"mastodon", "telegram", "sms"}


def test_ayrshare_counts_in_utc():
    made = export("ayrshare", job(many(1)))
    [header, row] = rows_of(made.files["stop-jihadism-ayrshare.csv"])
    assert header == ["post", "platforms", "mediaUrls", "scheduleDate"]
    assert row[1] == "twitter"
    assert row[3] == "2027-03-26T11:30:00Z"


def test_the_plain_table_holds_every_draft():
    made = export("csv", job())
    columns, *rows = rows_of(made.files["stop-jihadism.csv"])
    assert len(rows) == len(entries())
    by_key = {(e.platform, e.language): e for e in entries()}
    for row in rows:
        cells = dict(zip(columns, row, strict=True))
        draft = by_key[cells["platform"], cells["language"]]
        assert cells["text"].split("\n[break]\n") == [part.text for part in draft.parts]
        assert cells["status"] == draft.status


@pytest.mark.parametrize(
    "text",
    [
        "=1+1",
        "+1",
        "-1",
        "@SUM(1)",
        "  =1",
        "\u00a0=1",
        "a\n=1",
        "a\r\n\t@b",
        "\t1",
        "\ufeff=1",
        "＝1",
    ],
)
def test_no_line_of_a_cell_starts_a_formula(text):
    [data] = export("buffer", job(saying(text))).files.values()
    cell = rows_of(data)[1][0]
    for line in re.split(r"[\r\n]+", cell):
        assert line.lstrip(" \u00a0\ufeff\u200b")[:1] not in tuple("=+-@＝\t")
    assert cell.replace("'", "") == text


def test_ordinary_text_is_not_touched():
    [data] = export("buffer", job(saying("A - b = c\n• item\nCall (+33) now"))).files.values()
    assert rows_of(data)[1][0] == "A - b = c\n• item\nCall (+33) now"


def test_a_first_comment_stands_in_the_column_for_it():
    made = entries(("en",), ("facebook", "linkedin"))
    assert all("https://a.org/" in entry.comment.text for entry in made)
    for entry in made:
        [data] = export("publer", job((entry,))).files.values()
        row = dict(zip(schedulers.PUBLER, rows_of(data)[1], strict=True))
        assert row["Comment(s) - Separated by ||"] == entry.comment.text
        [data] = export("metricool", job((entry,))).files.values()
        columns, cells = rows_of(data)
        assert cells[columns.index("First Comment Text")] == entry.comment.text
        assert cells[columns.index("Document title")] == ""  # no slides, no document
