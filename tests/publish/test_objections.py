"""What a way back may not show again; records of earlier versions are still understood."""

from __future__ import annotations

import datetime as dt

import msgspec
import pytest
from msgspec.structs import replace
from stopjihad.model.correction import Correction, Withdrawal
from stopjihad.model.point import Point
from stopjihad.model.project import Document
from stopjihad.publish.objections import Contents, contents_of, objections

from support.campaign import generated_project, point


def test_a_record_of_before_still_names_its_alert() -> None:
    """It was called a notice: without its name a way back would show a withdrawn one again."""
    found = msgspec.json.decode(b'{"notice":"ab12 cd34","told":"ef56"}', type=Contents)
    assert (found.alert, found.told) == ("ab12 cd34", "ef56")
    assert b'"notice":"ab12 cd34"' in msgspec.json.encode(found)


WHEN = dt.datetime(2026, 12, 1, 9, tzinfo=dt.UTC)


def found_in(said: Contents, since: dt.datetime, now: Point) -> tuple[str, ...]:
    """Judge a publication of before against a campaign of one talking point."""
    document = Document(path="campaigns/generated/points/mill.md", record=now, digest="")
    told, gone = ((), (document,)) if now.withdrawn else ((document,), ())
    project = replace(generated_project(0), points=told, withdrawn_points=gone)
    return objections(said, since, project, WHEN)


def words_of(one: Point) -> Contents:
    document = Document(path="campaigns/generated/points/mill.md", record=one, digest="")
    project = replace(generated_project(0), points=(document,))
    return contents_of(project, WHEN)


@pytest.mark.parametrize("days", [0, 1, 40])
def test_no_way_back_shows_a_withdrawn_or_a_wrong_point_again(days: int) -> None:
    """The page of a withdrawn point came back with the publication of before."""
    wrong = point("mill", fact="There were 40.")
    said, since = words_of(wrong), WHEN - dt.timedelta(days=days)
    gone = replace(wrong, withdrawn=Withdrawal(day=WHEN.date(), why="Wrong."))
    (about,) = found_in(said, since, gone)
    assert about == "the talking point 'mill' in it was withdrawn on 2026-12-01"
    fix = Correction(day=WHEN.date(), why="It was 27.")
    right = replace(wrong, fact="There were 27.", corrections=(fix,))
    (about,) = found_in(said, since, right)
    assert about == "the talking point 'mill' in it is older than its correction of 2026-12-01"
    older = replace(said, words={})  # an alert was laid over it: nobody wrote the words down
    assert len(found_in(older, since, gone)) == 1
    assert len(found_in(older, since, right)) == 1


def test_what_is_right_may_come_back() -> None:
    fix = Correction(day=WHEN.date(), why="It was 27.")
    right = point("mill", fact="There were 27.", corrections=(fix,))
    assert found_in(words_of(right), WHEN, right) == ()  # on the very day
    newer = replace(right, fact="There were 27 of them.")
    assert found_in(words_of(right), WHEN + dt.timedelta(days=1), newer) == ()
    gone = replace(right, withdrawn=Withdrawal(day=WHEN.date(), why="Wrong."))
    other = words_of(point("other", fact="A fact."))
    assert found_in(other, WHEN - dt.timedelta(days=9), gone) == ()
