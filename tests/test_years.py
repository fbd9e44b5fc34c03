"""The sample still builds in later years: the first command of the README must not expire."""

from __future__ import annotations

from pathlib import Path

from support.build import stopjihad

YEARS_LATER = str(int(60 * 365.25 * 86_400))
"""Seconds from 1970 to 2030: long after every helpline was to be checked."""


def test_a_new_workspace_builds_years_later_and_says_what_is_stale(tmp_path: Path) -> None:
    assert stopjihad("init", tmp_path / "x", "--sample").returncode == 0
    done = stopjihad(
        *("-C", tmp_path / "x", "build", "--only", "site"), SOURCE_DATE_EPOCH=YEARS_LATER
    )
    assert done.returncode == 0, done.stderr[:2000]
    done = stopjihad("-C", tmp_path / "x", "check", SOURCE_DATE_EPOCH=YEARS_LATER)
    assert done.returncode == 0
    assert "warning[helpline-stale]" in done.stdout


def test_helplines_of_a_real_campaign_stop_the_build_when_they_are_stale(tmp_path: Path) -> None:
    assert stopjihad("init", tmp_path / "x", "--sample").returncode == 0
    path = tmp_path / "x/campaigns/stop-jihadism/campaign.yaml"
    text = path.read_text("utf-8")
    assert "sample: true\n" in text
    path.write_text(text.replace("sample: true\n", "sample: false\n"), "utf-8")
    done = stopjihad("-C", tmp_path / "x", "check", SOURCE_DATE_EPOCH=YEARS_LATER)
    assert done.returncode == 1
    assert "error[helpline-stale]" in done.stdout
