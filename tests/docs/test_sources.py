"""The table of sources is the one that the program prints, and the sample leaves nothing unsaid."""

from __future__ import annotations

import json

import pytest
from stopjihad.cli.sources import page
from stopjihad.model.project import Project
from stopjihad.translate.po_files import read_project

from support.build import CAMPAIGN, REPOSITORY, stopjihad


@pytest.fixture(scope="module")
def sample() -> Project:
    return read_project(REPOSITORY, CAMPAIGN)


def test_the_page_is_up_to_date(sample: Project) -> None:
    """After a change of sources: ``stopjihad sources --format markdown > docs/sources.md``."""
    assert (REPOSITORY / "docs/sources.md").read_text("utf-8") == "".join(page([sample]))


def test_every_source_of_the_sample_says_how_far_it_was_read(sample: Project) -> None:
    silent = [
        f"{one.record.id}: {source.id}"
        for one in sample.points
        for source in one.record.sources
        if source.read is None
    ]
    assert silent == []


def test_every_point_of_the_sample_has_a_primary_source_or_a_reason(sample: Project) -> None:
    bare = [
        one.record.id
        for one in sample.points
        if not one.record.no_primary and not any(two.primary for two in one.record.sources)
    ]
    assert bare == []


def test_the_command_counts_what_is_missing() -> None:
    done = stopjihad("-C", REPOSITORY, "sources")
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1].endswith("without a primary source or a reason: 0")


def test_json_is_for_programs(sample: Project) -> None:
    found = json.loads(stopjihad("-C", REPOSITORY, "sources", "--format", "json").stdout)
    assert [row["id"] for row in found["points"]] == [one.record.id for one in sample.points]
    assert all(row["says"][0]["sources"] for row in found["points"])


def test_an_unknown_campaign_is_answered_in_one_line() -> None:
    done = stopjihad("-C", REPOSITORY, "sources", "stop-jihad")
    assert done.returncode == 2
    assert "did you mean 'stop-jihadism'" in done.stderr
