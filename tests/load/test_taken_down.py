"""What nobody else signed in time is made no more: a talking point, its translation, a helpline."""

from __future__ import annotations

import datetime as dt

import msgspec
from stopjihad.disk.cache import NoCache
from stopjihad.load.project import load_project
from stopjihad.load.taken_down import without_lapsed
from stopjihad.load.workspace import read_sources
from stopjihad.model.project import Project
from stopjihad.model.review import Review
from stopjihad.review.ledger import Reviewer, judge
from stopjihad.translate.status import approving_kind, key_of, segment_states, subject_of

from support.build import CAMPAIGN, SMALL

POINT = "mothers-speak"
NOW = dt.datetime(2026, 12, 1, 12, tzinfo=dt.UTC)


def small() -> Project:
    project, _ = load_project(read_sources(SMALL, CAMPAIGN)[0], NoCache())
    assert project is not None
    campaign = project.campaign.record
    rules = msgspec.structs.replace(campaign.publication, four_eyes=True)
    record = msgspec.structs.replace(campaign, publication=rules)
    campaign = msgspec.structs.replace(project.campaign, record=record)
    return msgspec.structs.replace(project, campaign=campaign)


def signed(project: Project, language: str, start: str, *, lapsed: bool) -> Project:
    """Let one person correct something urgently."""
    kind = approving_kind(project, language)
    subjects = [
        subject_of(one, authored=kind == "editorial")
        for one in segment_states(project, language)
        if one.segment.context.startswith(start)
    ]
    lines: tuple[Review, ...] = judge(
        subjects, language, "approve", Reviewer(by="Nour", kind=kind, on=NOW, urgent=True)
    )
    over = tuple(msgspec.structs.replace(one, lapsed=lapsed) for one in lines)
    return msgspec.structs.replace(project, reviews=over)


def test_words_that_are_still_in_their_day_stand() -> None:
    project = signed(small(), "en", f"{POINT}/", lapsed=False)
    left, told = without_lapsed(project)
    assert left is project
    assert [(one.code, one.severity) for one in told] == [("urgent-alone", "warning")]
    states = segment_states(project, "en")
    assert {one.state for one in states if key_of(one.segment.context) == POINT} == {"approved"}


def test_a_translation_goes_alone_and_its_talking_point_whole() -> None:
    left, told = without_lapsed(signed(small(), "fr", f"{POINT}/", lapsed=True))
    assert ["is taken down" in one.message for one in told] == [True]
    assert POINT in {one.record.id for one in left.points}
    for language, there in (("fr", False), ("ar", True)):
        file = left.translation(language)
        assert file is not None
        assert any(key_of(one.context) == POINT for one in file.messages) == there
    left, _ = without_lapsed(signed(small(), "en", f"{POINT}/", lapsed=True))
    assert POINT not in {one.record.id for one in left.points}
    assert POINT in {one.record.id for one in left.as_written.points}


def test_a_helpline_stands_nowhere_any_more() -> None:
    project = small()
    (gone, *others) = [one.id for one in project.all_helplines]
    left, _ = without_lapsed(signed(project, "en", f"helplines/{gone}/", lapsed=True))
    assert [one.id for one in left.all_helplines] == others
    assert not any(gone in one.lines for one in left.campaign.record.helplines)


def test_a_change_of_the_words_is_another_matter() -> None:
    project = signed(small(), "en", f"{POINT}/fact", lapsed=True)
    other = msgspec.structs.replace(project.reviews[0], digest="0" * 32)
    assert without_lapsed(msgspec.structs.replace(project, reviews=(other,)))[1] == []
