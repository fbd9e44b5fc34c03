"""Counting, the catalogue and exports as people call them."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stopjihad.cli.main import main

from support.studio import copy_workspace

DAY = {"SOURCE_DATE_EPOCH": "1795478400"}


def run(*words: str | Path, **more) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env=DAY, **more)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_workspace(tmp_path_factory.mktemp("posts"))
    # Schedulers get what somebody has approved, and nothing else.
    assert run("-C", folder, "review", "approve", "-l", "en", "--by", "Nour", "all").exit_code == 0
    built = run("-C", folder, "build", "--only", "posts")
    assert built.exit_code == 0, built.output
    return folder


@pytest.mark.parametrize(
    ("platform", "text", "found"),
    [
        ("x", "日本 https://example.org", {"unit": "x-weight", "count": 28, "limit": 280}),
        ("bluesky", "👩🏽‍⚕️", {"unit": "graphemes", "count": 1, "limit": 300}),
        ("telegram", "😀", {"unit": "utf16-units", "count": 2, "limit": 4096}),
        ("mastodon", "@a@b.org", {"unit": "mastodon-characters", "count": 2, "limit": 500}),
        ("sms", "é€", {"unit": "septets", "count": 3, "encoding": "GSM-7", "segments": 1}),
        ("sms", "ç", {"unit": "utf16-units", "count": 1, "encoding": "UCS-2", "segments": 1}),
    ],
)
def test_count_prints_what_the_contract_says(platform, text, found):
    for words, given in (((text,), None), ((), text), ((), text + "\n")):
        result = run("count", platform, *words, "--format", "json", input=given)
        assert result.exit_code == 0
        printed = json.loads(result.output)
        assert printed["platform"] == platform
        assert printed["fits"] is True
        assert {key: printed[key] for key in found} == found


def test_count_says_that_a_text_is_too_long():
    result = run("count", "x", "a" * 281)
    assert result.output == "X: 281 of 280 x-weight (too long)\n"
    assert json.loads(run("count", "x", "a" * 281, "--format", "json").output)["fits"] is False


def test_count_names_the_nearest_platform():
    result = run("count", "mastadon", "a")
    assert result.exit_code == 2
    assert "did you mean 'mastodon'?" in result.output


def test_count_refuses_what_is_no_text():
    result = run("count", "x", input=b"\xff\xfe")
    assert result.exit_code == 2
    assert "not UTF-8" in result.output


def test_count_knows_the_workspaces_own_server(tmp_path):
    (tmp_path / "campaigns").mkdir()
    (tmp_path / "templates").mkdir()
    own = tmp_path / "templates" / "platforms.yaml"
    own.write_text("mastodon: {limit: 5000}\n")
    printed = run("-C", tmp_path, "count", "mastodon", "a", "--format", "json").output
    assert json.loads(printed)["limit"] == 5000
    own.write_text("mastodon: {limit: many}\n")
    broken = run("-C", tmp_path, "count", "mastodon", "a")
    assert broken.exit_code == 1
    assert "bad-number" in broken.output


def test_platforms_prints_figures_with_their_sources():
    listed = run("platforms").output
    assert "mastodon" in listed
    shown = run("platforms", "mastodon").output
    assert "https://docs.joinmastodon.org/entities/Instance/ (checked 2026-11-24" in shown
    data = json.loads(run("platforms", "--format", "json").output)
    assert len(data["platforms"]) == 18
    assert data["platforms"][0]["limit"]["source"] in data["sources"]
    assert run("platforms", "myspace").exit_code == 2


def test_export_writes_the_drafts_of_the_last_build(workspace):
    result = run("-C", workspace, "export", "csv")
    assert result.exit_code == 0, result.output
    path = workspace / "dist/stop-jihadism/exports/csv/stop-jihadism.csv"
    rows = list(csv.DictReader(io.StringIO(path.read_bytes().decode(), newline="")))
    posts = json.loads((workspace / "dist/stop-jihadism/posts/posts.json").read_text())
    assert len(rows) == len(posts)


@pytest.mark.parametrize(
    "name",
    [
        "buffer",
        "publer",
        "metricool",
        "hootsuite",
        "sprout",
        "socialbee",
        "ayrshare",
        "postiz",
        "ics",
        "xlsx",
        "json",
    ],
)
def test_every_format_is_written(workspace, name):
    result = run("-C", workspace, "export", name, "--format", "json")
    assert result.exit_code == 0, result.output
    [made] = json.loads(result.output)["exports"]
    assert made["files"]
    for file, size in made["files"].items():
        assert (Path(made["folder"]) / file).stat().st_size == size > 0


def test_export_takes_only_what_is_asked_for(workspace, tmp_path):
    words = ("-o", tmp_path / "out", "--language", "en", "--platform", "x")
    assert run("-C", workspace, "export", "json", *words).exit_code == 0
    [file] = (tmp_path / "out").iterdir()
    posts = json.loads(file.read_text())
    assert {(post["language"], post["platform"]) for post in posts} == {("en", "x")}


def test_export_does_not_make_a_build_dirty(workspace):
    run("-C", workspace, "export", "ics")
    result = run("-C", workspace, "build", "--only", "posts", "--format", "json")
    assert result.exit_code == 0
    assert (workspace / "dist/stop-jihadism/exports/ics").is_dir()


def test_export_before_a_build_says_what_to_do(workspace, tmp_path):
    result = run("-C", workspace, "export", "csv", "-d", tmp_path)
    assert result.exit_code == 1
    assert "export-not-built" in result.output
    assert "stopjihad build stop-jihadism" in result.output


def test_export_wants_accounts_as_pairs(workspace):
    result = run("-C", workspace, "export", "postiz", "--account", "x")
    assert result.exit_code == 2
    assert "PLATFORM=ID" in result.output
