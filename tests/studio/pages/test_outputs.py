"""Outputs of the studio that cannot be made."""

from __future__ import annotations

from pathlib import Path

from support.studio import CAMPAIGN, POINT, copy_workspace, running


def test_an_output_that_the_files_do_not_allow_says_why_and_is_no_fault_of_the_server(
    tmp_path: Path,
) -> None:
    workspace = copy_workspace(tmp_path)
    template = workspace / "templates/site/point.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% extends 'base.html' %}\n{% block main %}{{ nothing.here }}", "utf-8")
    with running(workspace) as studio:
        answer = studio.ask(f"/try/{CAMPAIGN}/site/en/points/{POINT}/")
    assert answer.status == 422
    assert b"templates/site/point.html" in answer.body
