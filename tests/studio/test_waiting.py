"""What waits for a person: whole talking points, not single texts."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
from stopjihad.disk.cache import NoCache
from stopjihad.load.project import load_project
from stopjihad.load.workspace import read_sources
from stopjihad.model.project import Project
from stopjihad.review.ledger import Reviewer, judge
from stopjihad.studio.waiting import waiting_sheets
from stopjihad.translate.status import key_of, segment_states, subject_of

from support.build import CAMPAIGN, SMALL

POINT = "mothers-speak"
NOW = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


def small() -> Project:
    project, _ = load_project(read_sources(Path(SMALL), CAMPAIGN)[0], NoCache())
    assert project is not None
    return project


def approve(project: Project, by: str, language: str) -> Project:
    """Let somebody approve every text of a talking point."""
    subjects = [
        subject_of(one, authored=False)
        for one in segment_states(project, language)
        if key_of(one.segment.context) == POINT
    ]
    who = Reviewer(by=by, kind="native", on=NOW)
    lines = judge(subjects, language, "approve", who, project.reviews)
    return msgspec.structs.replace(project, reviews=(*project.reviews, *lines))


def test_a_talking_point_waits_as_one_until_it_is_signed() -> None:
    project = small()
    before = {(one.language, one.key): one for one in waiting_sheets(project)}
    assert before["fr", POINT].texts > 5
    after = {(one.language, one.key) for one in waiting_sheets(approve(project, "Nour", "fr"))}
    left = before.keys() - after
    assert left <= {("fr", POINT)}
    assert ("ar", POINT) in after
    assert {one.language for one in waiting_sheets(project, languages=["fr"])} == {"fr"}


def test_where_two_must_sign_it_waits_for_the_other_one() -> None:
    project = small()
    campaign = project.campaign.record
    rules = msgspec.structs.replace(campaign.publication, four_eyes=True)
    record = msgspec.structs.replace(campaign, publication=rules)
    document = msgspec.structs.replace(project.campaign, record=record)
    project = approve(msgspec.structs.replace(project, campaign=document), "Nour", "fr")

    def texts(name: str) -> int:
        found = waiting_sheets(project, name, ["fr"])
        return sum(one.texts for one in found if one.key == POINT)

    assert texts("NOUR") == 0
    assert texts("Sami") == texts("") > 0
