"""No alert of the sample loses what it is there to say, in any language, on any platform."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from functools import cache

import polib
import pytest
from stopjihad.disk.cache import NoCache
from stopjihad.load.project import load_project
from stopjihad.load.workspace import read_sources
from stopjihad.model.alert import Alert, LiveAlert
from stopjihad.model.project import Project
from stopjihad.plan.editions import make_editions
from stopjihad.render.alert.draft import AlertDraft, compose
from stopjihad.view.alert_phrases import (
    CALL_ANY,
    EMERGENCY_ANY,
    NOTHING_HAPPENED,
    mark_exercise,
    say,
)
from stopjihad.view.helplines import emergency_line
from stopjihad.view.localization import make_frame
from stopjihad.view.records import Frame

from render.post.samples import PLATFORMS
from support.build import REPOSITORY

CAMPAIGN = "stop-jihadism"
SENT = dt.datetime(2026, 11, 30, 21, 40, tzinfo=dt.UTC)


@cache
def sample() -> Project:
    sources, _ = read_sources(REPOSITORY, CAMPAIGN)
    project, _ = load_project(sources, NoCache())
    assert project is not None
    return project


TEMPLATES = sorted(
    path.stem for path in (REPOSITORY / "campaigns" / CAMPAIGN / "alerts/templates").glob("*.yaml")
)


@cache
def theme(lang: str) -> dict[str, str]:
    path = REPOSITORY / "templates/locale" / f"{lang}.po"
    return (
        {one.msgid: one.msgstr for one in polib.pofile(str(path)) if not one.msgctxt}
        if path.exists()
        else {}
    )


def frames(template: str, *, exercise: bool) -> Iterator[Frame]:
    project = sample()
    languages = project.campaign.record.languages
    names = project.campaign.record.places
    alert = Alert(
        id="station",
        template=template,
        status="exercise" if exercise else "actual",
        place=max(names, key=lambda place: len(place.name)).id,
        since=SENT - dt.timedelta(minutes=10),
        confirmed_by=project.campaign.record.authorities[0].id,
        next_update=SENT + dt.timedelta(hours=1),
        sent=SENT,
    )
    live = LiveAlert(alert=alert, languages=languages)
    for edition in make_editions(project, languages):
        yield make_frame(project, edition.resolver, languages, alerts=(live,))


def drafts(frame: Frame) -> Iterator[AlertDraft]:
    assert frame.alert is not None
    for name in (*PLATFORMS, ""):
        found = compose(frame.alert, frame, PLATFORMS.get(name), theme(frame.lang))
        assert isinstance(found, AlertDraft), str(found)
        yield found


def unmarked(text: str) -> str:
    """Give a text as it is read: text messages have plain apostrophes and spaces."""
    return " ".join(text.replace("’", "'").split())


@pytest.mark.parametrize("template", TEMPLATES)
def test_headline_action_authority_time_and_number_stand_in_every_text(template: str) -> None:
    read = 0
    for frame in frames(template, exercise=False):
        view, line = frame.alert, emergency_line(frame)
        assert view is not None
        numbers = [line.emergency.value] if line else [say(theme(frame.lang), EMERGENCY_ANY)]
        for draft in drafts(frame):
            text = unmarked(draft.text)
            where = f"{draft.language} {draft.platform}: {text}"
            assert text.startswith(unmarked(mark_exercise(view, theme(frame.lang)))), where
            said = (view.short, view.actions[0])
            assert any(unmarked(action) in text for action in said), where
            assert unmarked(view.authority) in text, where
            assert view.sent_time in text, where
            called = [*numbers, say(theme(frame.lang), CALL_ANY)] if not line else numbers
            assert any(unmarked(number) in text for number in called), where
            assert draft.limit is None or draft.count <= draft.limit, where
            read += 1
    assert read == len(sample().campaign.record.languages) * (len(PLATFORMS) + 1)


@pytest.mark.parametrize("template", TEMPLATES)
def test_an_exercise_asks_nobody_to_act_before_it_has_said_that_it_is_one(template: str) -> None:
    for frame in frames(template, exercise=True):
        view, nothing = frame.alert, unmarked(say(theme(frame.lang), NOTHING_HAPPENED))
        assert view is not None
        for draft in drafts(frame):
            text = unmarked(draft.text)
            assert text.startswith(unmarked(mark_exercise(view, theme(frame.lang))))
            acts = [
                at for at in map(text.find, map(unmarked, (view.short, *view.actions))) if at > 0
            ]
            assert not acts or 0 < text.find(nothing) < min(acts), text


def test_what_is_said_in_short_is_short_in_every_language() -> None:
    for template in TEMPLATES:
        for frame in frames(template, exercise=False):
            assert frame.alert is not None
            assert 0 < len(frame.alert.short) <= 45, f"{frame.lang}: {frame.alert.short}"
