from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from stopjihad.model.campaign import Publication
from stopjihad.model.review import Review, translation_digest
from stopjihad.model.translation import Message, Translations
from stopjihad.translate.status import key_of, rows, segment_states, summary
from stopjihad.view.source_segments import project_segments

from support.campaign import generated_project


def _project(policy: str = "notice"):
    """Translate one point: one text approved, one stale, one missing, the others unreviewed."""
    project = generated_project(2)
    segments = [item for item in project_segments(project) if item.context.startswith("p0/")]
    messages = [
        Message(item.context, item.source, f"fr:{item.source}", line=10 * number + 10)
        for number, item in enumerate(segments)
    ]
    messages[1] = replace(messages[1], stale=True)
    del messages[2]
    first = messages[0]
    approval = Review(
        language="fr",
        context=first.context,
        digest=translation_digest("fr", first.context, first.source, first.translation),
        verdict="approve",
        kind="native",
        by="Nour",
        on=dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
    )
    document = project.campaign
    campaign = replace(document.record, publication=Publication(unreviewed=policy))
    found = Translations(language="fr", path="locale/fr.po", messages=tuple(messages))
    return replace(
        project,
        campaign=replace(document, record=campaign),
        translations=(found,),
        reviews=(approval,),
    )


def test_each_text_has_one_state_and_its_place():
    states = [item for item in segment_states(_project(), "fr") if item.line or "p0" in item.path]
    first = [(item.state, item.line, item.path) for item in states[:2]]
    assert first == [("approved", 10, "locale/fr.po"), ("stale", 20, "locale/fr.po")]
    assert {item.state for item in states[2:]} == {"unreviewed"}


@pytest.mark.parametrize(("policy", "blocking"), [("notice", 2), ("allow", 2), ("block", 10)])
def test_what_blocks_publishing_depends_on_the_policy(policy: str, blocking: int):
    (row,) = [row for row in rows(_project(policy), ("fr",)) if row.key == "p0"]
    assert (row.untranslated, row.stale, row.unreviewed, row.approved) == (1, 1, 8, 1)
    assert row.total == 11
    assert row.blocking == blocking


def test_rows_that_block_most_come_first():
    found = rows(_project())
    assert [row.blocking for row in found] == sorted((row.blocking for row in found), reverse=True)
    assert {row.language for row in found} == {"fr", "ar"}
    totals = summary(found)
    assert [row.language for row in totals] == ["ar", "fr"]
    assert totals[0].untranslated == len(project_segments(_project()))


@pytest.mark.parametrize(
    ("context", "key"),
    [
        ("bus/body", "bus"),
        ("campaign/title", "campaign"),
        ("pages/about/body", "pages/about"),
        ("helplines/fr/name", "helplines"),
        ("media/a.jpg/alt", "media/a.jpg"),
    ],
)
def test_texts_belong_to_a_whole(context: str, key: str):
    assert key_of(context) == key
