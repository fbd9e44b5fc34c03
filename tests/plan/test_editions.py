from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from stopjihad.model.campaign import Publication
from stopjihad.model.media import Media
from stopjihad.model.project import Document
from stopjihad.model.review import Review, text_digest, translation_digest
from stopjihad.model.translation import Message, Translations
from stopjihad.plan.editions import (
    deleted_points,
    make_editions,
    remembered_points,
    vanished_points,
)
from stopjihad.plan.inputs import Inputs
from stopjihad.view.localization import point_view
from stopjihad.view.resolver import Resolver
from stopjihad.view.source_segments import project_segments

from support.campaign import generated_project


def _project(policy: str = "notice"):
    project = generated_project(3)
    messages = tuple(
        Message(item.context, item.source, f"fr:{item.source}", line=number)
        for number, item in enumerate(project_segments(project))
    )
    translations = (Translations(language="fr", path="locale/fr.po", messages=messages),)
    document = project.campaign
    campaign = replace(document.record, publication=Publication(unreviewed=policy))
    return replace(project, translations=translations, campaign=replace(document, record=campaign))


def _approvals(project, start: str = "") -> tuple[Review, ...]:
    return tuple(
        Review(
            language="fr",
            context=message.context,
            digest=translation_digest("fr", message.context, message.source, message.translation),
            verdict="approve",
            kind="native",
            by="Nour",
            on=dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
        )
        for message in project.translations[0].messages
        if message.context.startswith(start)
    )


def test_a_point_is_reviewed_when_all_of_its_texts_are_approved():
    project = _project()
    (french,) = make_editions(replace(project, reviews=_approvals(project, "p1/")), ("fr",))
    assert french.reviewed == {"p1": dt.date(2026, 11, 24)}
    assert french.complete == {"p0", "p1", "p2", "pages/about"}


def test_the_ledger_remembers_what_was_approved_and_is_not_there_any_more():
    """A point that was deleted answered 404 on its page, and the feed said nothing."""
    project = _project()
    strange = replace(_approvals(project, "p1/fact")[0], context="../../evil/fact")
    shipped = replace(_approvals(project, "p2/fact")[0], context="sample/fact", through="shipping")
    fact = _approvals(project, "p0/fact")[0]
    back = replace(fact, verdict="withdraw", on=fact.on + dt.timedelta(days=3))
    before = replace(project, reviews=(*_approvals(project), strange, shipped))
    known = remembered_points(before)
    assert [(one.id, one.languages, one.since) for one in known] == [
        (name, {"fr"}, None) for name in ("p0", "p1", "p2")
    ]
    assert deleted_points(before, known) == ()
    for lines, since in (((), None), ((back,), back.on.date()), ((back, fact, fact), None)):
        later = tuple(
            replace(one, on=back.on + dt.timedelta(days=n)) for n, one in enumerate(lines)
        )
        known = remembered_points(replace(before, reviews=(*before.reviews, *later)))
        gone = replace(before, points=before.points[1:])
        assert [(one.id, one.since) for one in deleted_points(gone, known)] == [("p0", since)]


def test_a_draft_again_is_gone_and_a_draft_of_a_set_never_was_there():
    project = _project()
    known = remembered_points(replace(project, reviews=_approvals(project)))
    first, *rest = project.points
    for name, gone in ((None, ["p0"]), ("spring", [])):
        draft = replace(first, record=replace(first.record, draft=True, change_set=name))
        without = replace(project, points=tuple(rest), draft_points=(draft,))
        assert [one.id for one in deleted_points(without, known)] == gone


def test_a_point_vanishes_where_its_words_are_out_of_date():
    project = _project()
    before = replace(project, reviews=_approvals(project))
    known = remembered_points(before)
    assert vanished_points(before, known, make_editions(before, ("fr",))[0]) == ()
    stale = replace(before.translations[0], messages=before.translations[0].messages[-1:])
    outdated = replace(before, translations=(stale,))
    english, french = make_editions(outdated, ("en", "fr"))
    assert vanished_points(outdated, known, french) == ("p0", "p1", "p2")
    assert vanished_points(outdated, known, english) == ()


def test_an_approval_dies_with_one_character_of_the_source():
    project = _project("block")
    approved = replace(project, reviews=_approvals(project))
    assert "p1" in make_editions(approved, ("fr",))[0].reviewed
    points = list(approved.points)
    changed = replace(points[1].record, fact=points[1].record.fact + "!")
    points[1] = replace(points[1], record=changed)
    (french,) = make_editions(replace(approved, points=tuple(points)), ("fr",))
    assert set(french.reviewed) == {"p0", "p2", "pages/about"}
    assert french.missing == {"p1": 1}


def test_a_page_is_whole_when_its_picture_is_described_too():
    project = _project()
    (about,), note = project.pages, Media(source="our own", licence="CC0", alt="A market")
    page = replace(about, record=replace(about.record, media=("market.jpg",)))
    path = "campaigns/demo/media/market.jpg.yaml"
    project = replace(
        project,
        pages=(page,),
        media_notes=(Document(path=path, record=note, digest=""),),
    )
    (french,) = make_editions(project, ("fr",))
    assert french.missing == {"pages/about": 1}
    (found,) = project.translations
    said = Message("media/market.jpg/alt", "A market", "Un marché")
    translated = replace(found, messages=(*found.messages, said))
    (french,) = make_editions(replace(project, translations=(translated,)), ("fr",))
    assert french.shows("pages/about")
    assert french.resolver.text(said.context, said.source).value == "Un marché"


@pytest.mark.parametrize(("policy", "complete"), [("block", 0), ("notice", 4), ("allow", 4)])
def test_the_policy_says_whether_unapproved_words_are_used(policy: str, complete: int):
    (french,) = make_editions(_project(policy), ("fr",))
    assert len(french.complete) == complete
    assert french.reviewed == {}


def test_the_source_language_is_whole_and_approved_when_somebody_has_signed_it():
    """English used to count as approved as soon as it was typed."""
    project = _project("block")
    (english,) = make_editions(project, ("en",))
    assert english.complete == {"p0", "p1", "p2", "pages/about"}
    assert english.reviewed == {}
    reviews = tuple(_signed(item.context, item.source) for item in project_segments(project))
    (english,) = make_editions(replace(project, reviews=reviews), ("en",))
    assert set(english.reviewed) == english.complete


def _signed(context: str, text: str, by: str = "Nour") -> Review:
    return Review(
        language="en",
        context=context,
        digest=text_digest("en", context, text),
        verdict="approve",
        kind="editorial",
        by=by,
        on=dt.datetime(2026, 11, 24, tzinfo=dt.UTC),
    )


def test_four_eyes_are_two_people():
    project = _project()
    document = project.campaign
    campaign = replace(document.record, publication=Publication(four_eyes=True))
    project = replace(project, campaign=replace(document, record=campaign))
    segments = project_segments(project)
    one = tuple(_signed(item.context, item.source) for item in segments)
    two = tuple(_signed(item.context, item.source, "Sami") for item in segments)
    assert make_editions(replace(project, reviews=one), ("en",))[0].reviewed == {}
    (english,) = make_editions(replace(project, reviews=(*one, *two)), ("en",))
    assert set(english.reviewed) == english.complete


def test_places_in_the_file_do_not_reach_the_plan():
    """Else a line that moves in the PO file makes every page of the language anew."""
    (french,) = make_editions(_project(), ("fr",))
    inputs = Inputs()
    inputs.add_messages("fr", "p1", french.messages["p1"])
    found = inputs.messages("fr", "p1")
    assert {message.line for message in found} == {0}
    assert [message.source for message in found] == [one.source for one in french.messages["p1"]]


def test_an_untranslated_post_by_hand_leaves_the_point_whole():
    """Six talking points lost all cards and posts in eight languages for a text to one platform."""
    project = _project()
    points = list(project.points)
    points[1] = replace(points[1], record=replace(points[1].record, posts={"whatsapp": "Words."}))
    (french,) = make_editions(replace(project, points=tuple(points)), ("fr",))
    assert "p1" in french.complete
    view = point_view(points[1].record, Resolver("fr", "en", french.messages["p1"]))
    assert view.complete
    assert view.posts == {}
