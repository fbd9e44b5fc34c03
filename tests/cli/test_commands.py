"""Commands as people type them: what they print, write and exit with."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stopjihad.cli.main import COMMANDS, main

from support.build import day_of_the_campaign
from support.studio import copy_workspace

DAY = {"SOURCE_DATE_EPOCH": "1795478400"}  # 24 November 2026, the day of the small campaign


def run(*words: str | Path) -> Result:
    return CliRunner().invoke(main, [str(word) for word in words], env=DAY)


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return copy_workspace(tmp_path_factory.mktemp("cli"))


def test_help_shows_an_example_for_every_command() -> None:
    listed = run("--help").output
    for name in (name for name in COMMANDS if f"  {name} " in listed):
        shown = run(name, "--help")
        assert shown.exit_code == 0
        assert "Example" in shown.output, name


def test_a_mistyped_command_is_wrong_usage_and_named() -> None:
    result = run("biuld")
    assert result.exit_code == 2
    assert "Did you mean 'build'?" in result.output


def test_a_folder_without_campaigns_is_wrong_usage(tmp_path: Path) -> None:
    result = run("-C", tmp_path, "check")
    assert result.exit_code == 2
    assert "stopjihad init" in result.output


def test_init_makes_a_workspace_that_checks_clean(tmp_path: Path) -> None:
    assert run("init", tmp_path / "new", "--sample").exit_code == 0
    day = {"SOURCE_DATE_EPOCH": day_of_the_campaign()}
    result = CliRunner().invoke(main, ["-C", str(tmp_path / "new"), "check"], env=day)
    assert result.exit_code == 0, result.output
    assert "0 error(s)" in result.output


def test_init_leaves_a_folder_with_files_alone(tmp_path: Path) -> None:
    (tmp_path / "diary.txt").write_text("mine")
    assert run("init", tmp_path).exit_code == 2
    assert sorted(path.name for path in tmp_path.iterdir()) == ["diary.txt"]


def test_new_writes_a_file_that_check_asks_to_fill_in(workspace: Path) -> None:
    made = run("-C", workspace, "new", "point", "a-new-fact")
    path = workspace / "campaigns" / "stop-jihadism" / "points" / "a-new-fact.md"
    assert made.exit_code == 0
    assert str(path) in made.output
    try:
        result = run("-C", workspace, "check", "--format", "json")
        found = [p for p in json.loads(result.output)["problems"] if p["path"].endswith(path.name)]
        assert result.exit_code == 1
        assert {problem["code"] for problem in found} >= {"empty"}
        assert all(problem["line"] for problem in found)
    finally:
        path.unlink()


def test_new_never_overwrites_and_refuses_odd_names(workspace: Path) -> None:
    assert run("-C", workspace, "new", "page", "about").exit_code == 2
    for name in ("../escape", "Über", "a b", "con/", "x" * 81):
        assert run("-C", workspace, "new", "point", name).exit_code == 2


@pytest.mark.parametrize(
    "name", ["campaign", "point", "page", "alert", "alert-template", "helplines", "rules"]
)
def test_schemas_are_json_schema_without_the_fields_of_the_file_name(name: str) -> None:
    schema = json.loads(run("schema", name).output)
    assert schema["$schema"].endswith("2020-12/schema")
    assert schema["additionalProperties"] is False
    assert not {"id", "body"} & schema["properties"].keys()


def test_a_second_build_makes_nothing(workspace: Path) -> None:
    built = run("-C", workspace, "build", "--only", "site", "--language", "en", "--format", "json")
    assert built.exit_code == 0, built.output
    report = json.loads(built.output)["builds"][0]["report"]
    assert report["made"] > 20
    again = run("-C", workspace, "build", "--only", "site", "--language", "en", "--format", "json")
    assert json.loads(again.output)["builds"][0]["report"]["made"] == 0


def test_build_refuses_unknown_parts_and_campaigns(workspace: Path) -> None:
    assert "posters" in run("-C", workspace, "build", "--only", "posters").output
    result = run("-C", workspace, "build", "stop-jihadisme")
    assert result.exit_code == 2
    assert "did you mean 'stop-jihadism'?" in result.output


def test_doctor_names_fonts_and_covers_the_campaign(workspace: Path) -> None:
    result = run("-C", workspace, "doctor", "--format", "json")
    assert result.exit_code == 0, result.output
    findings = {item["subject"]: item for item in json.loads(result.output)["findings"]}
    assert "Noto Sans" in findings["Fonts"]["message"]
    assert findings["stop-jihadism, ar"]["state"] == "ok"
