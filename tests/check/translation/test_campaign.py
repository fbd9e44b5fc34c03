from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from stopjihad.check.finding import FileFindings, TranslationFinding
from stopjihad.check.translation.campaign import check_translations
from stopjihad.load.po import read_po
from stopjihad.model.campaign import Publication
from stopjihad.model.review import Review, translation_digest
from stopjihad.model.translation import Message, Translations
from stopjihad.translate.notes import target_of
from stopjihad.translate.update import update_po
from stopjihad.view.source_segments import project_segments

from support.campaign import generated_project

PATH = "campaigns/generated/locale/fr.po"


def _translated(project):
    """Give the French file of a project, every text translated."""
    messages = tuple(
        Message(item.context, item.source, f"fr:{item.source}", line=number)
        for number, item in enumerate(project_segments(project), 1)
    )
    return Translations(language="fr", path=PATH, messages=messages)


def _project(policy: str = "block", languages: tuple[str, ...] = ("en", "fr")):
    project = generated_project(3)
    document = project.campaign
    campaign = replace(
        document.record, languages=languages, publication=Publication(unreviewed=policy)
    )
    project = replace(project, campaign=replace(document, record=campaign))
    return replace(project, translations=(_translated(project),))


def _approved(project):
    reviews = tuple(
        Review(
            language="fr",
            context=item.context,
            digest=translation_digest("fr", item.context, item.source, item.translation),
            verdict="approve",
            kind="native",
            by="Nour",
            on=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        )
        for item in project.translations[0].messages
    )
    return replace(project, reviews=reviews)


def _found(project, findings=None) -> list[tuple[str, int, str]]:
    problems = check_translations(project, findings or {})
    return [
        (item.code, item.line, item.message)
        for item in problems
        if item.code != "translation-overflow"
    ]


def _with_fact(project, fact: str):
    points = list(project.points)
    points[1] = replace(points[1], record=replace(points[1].record, fact=fact))
    return replace(project, points=tuple(points))


def test_a_complete_and_approved_project_has_no_problems():
    assert _found(_approved(_project())) == []


def test_one_character_of_the_source_costs_exactly_one_approval():
    project = _approved(_project())
    old = project.points[1].record.fact
    changed = _with_fact(project, f"{old}!")
    lost = [item for item in _found(changed) if item[0] == "approval-lost"]
    assert [(line, message) for _, line, message in lost] == [
        (
            next(m.line for m in project.translations[0].messages if m.source == old),
            "p1/fact: the source has changed since Nour approved it on 2026-11-20",
        )
    ]


def test_the_same_is_named_after_the_file_was_brought_in_step():
    project = _approved(_project())
    segments = project_segments(project)
    text = update_po("", segments, target_of(project, "fr", {})).text
    messages = {item.source: item.translation for item in project.translations[0].messages}
    text = _filled(text, messages)
    changed = _with_fact(project, f"{project.points[1].record.fact}!")
    text = update_po(text, project_segments(changed), target_of(project, "fr", {})).text
    found, problems = read_po(text, PATH, "fr")
    assert problems == []
    lost = [
        item
        for item in _found(replace(changed, translations=(found,)))
        if item[0] in {"approval-lost", "translation-stale"}
    ]
    assert [code for code, _, _ in lost] == ["translation-stale", "approval-lost"]
    assert lost[0][1] == lost[1][1] > 0


def _filled(text: str, messages: dict[str, str]) -> str:
    from stopjihad.text import po
    from stopjihad.text.po import write_entry

    parts = []
    for entry in po.scan(text).entries:
        translation = messages.get(entry.source, entry.translation)
        parts.append(
            write_entry(entry.notes.lstrip("\n"), entry.context, entry.source, translation)
        )
    return "\n".join(parts)


def test_a_changed_translation_loses_its_approval_too():
    project = _approved(_project())
    file = project.translations[0]
    messages = list(file.messages)
    place = next(n for n, item in enumerate(messages) if item.context == "p2/fact")
    messages[place] = replace(messages[place], translation="fr: autre chose")
    changed = replace(project, translations=(replace(file, messages=tuple(messages)),))
    unread, *found = _found(changed)
    assert unread[0] == "translation-unreviewed"
    assert f"fall back: 1 of {len(messages)}" in unread[2]
    assert found == [
        (
            "approval-lost",
            messages[place].line,
            "p2/fact: the translation has changed since Nour approved it on 2026-11-20",
        )
    ]


@pytest.mark.parametrize("kind", ["back-translation", "legal"])
def test_only_a_native_speaker_approves_a_translation(kind: str):
    project = _approved(_project())
    others = tuple(replace(review, kind=kind) for review in project.reviews)
    (found,) = _found(replace(project, reviews=others))
    count = len(project.translations[0].messages)
    assert found[0] == "translation-unreviewed"
    assert found[2].endswith(f"fall back: {count} of {count}")
    changed = _with_fact(replace(project, reviews=others), "Another fact about it.")
    assert "approval-lost" not in {code for code, _, _ in _found(changed)}


def test_where_two_must_sign_one_is_not_enough():
    project = _approved(_project())
    document = project.campaign
    publication = replace(document.record.publication, four_eyes=True)
    record = replace(document.record, publication=publication)
    project = replace(project, campaign=replace(document, record=record))
    assert [code for code, _, _ in _found(project)] == ["translation-unreviewed"]
    second = tuple(replace(review, by="Sami") for review in project.reviews)
    assert _found(replace(project, reviews=(*project.reviews, *second))) == []


def test_a_text_that_falls_back_waits_for_no_approval():
    project = _project()
    file = project.translations[0]
    messages = (replace(file.messages[0], stale=True), *file.messages[1:])
    stale = replace(project, translations=(replace(file, messages=messages),))
    (unread,) = [item for item in _found(stale) if item[0] == "translation-unreviewed"]
    assert unread[2].endswith(f": {len(messages) - 1} of {len(messages)}")


def test_a_stale_text_says_what_stands_in_its_place():
    project = _project("notice")
    posted = replace(project.points[0].record, posts={"x": "A post by hand."})
    points = (replace(project.points[0], record=posted), *project.points[1:])
    project = replace(project, points=points)
    file = _translated(project)
    wanted = {"p0/posts.x", "p1/fact", "campaign/title"}
    messages = tuple(replace(one, stale=one.context in wanted) for one in file.messages)
    found = _found(replace(project, translations=(replace(file, messages=messages),)))
    then = {message.partition(":")[0]: message.partition("; ")[2] for _, _, message in found}
    assert then == {
        "p0/posts.x": "a draft is composed",
        "p1/fact": "it falls back, without cards and posts",
        "campaign/title": "it falls back",
    }


def test_a_post_by_hand_that_is_not_translated_leaves_nothing_out():
    project = _project("notice")
    posted = replace(project.points[0].record, posts={"x": "A post by hand."})
    points = (replace(project.points[0], record=posted), *project.points[1:])
    assert _found(replace(project, points=points)) == []


def test_of_two_paragraphs_the_one_that_was_approved_is_named():
    project = _project("notice")
    file = project.translations[0]
    first, second = [item for item in file.messages if item.context == "p1/body"][:2]
    review = Review(
        language="fr",
        context=first.context,
        digest=translation_digest("fr", first.context, first.source, first.translation),
        verdict="approve",
        kind="native",
        by="Nour",
        on=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        source=first.source,
        words=first.translation,
    )
    messages = tuple(
        replace(item, translation="autrement") if item == first else item for item in file.messages
    )
    project = replace(project, reviews=(review,), translations=(replace(file, messages=messages),))
    assert [(code, line) for code, line, _ in _found(project)] == [("approval-lost", first.line)]
    assert second.line != first.line


def test_what_gets_no_cards_and_posts_is_named():
    project = _project("notice")
    file = project.translations[0]
    messages = tuple(item for item in file.messages if not item.context.startswith(("p0/", "p2/")))
    (found,) = _found(replace(project, translations=(replace(file, messages=messages),)))
    assert found[0] == "translation-incomplete"
    assert found[2].endswith("; no cards and posts for p0, p2 (2 of 3)")
    (found,) = _found(replace(project, translations=(replace(file, messages=()),)))
    assert found[2].endswith("; no cards and posts for p0, p1, p2 (3 of 3)")


@pytest.mark.parametrize("policy", ["block", "notice", "allow"])
def test_who_publishes_everything_is_not_told_of_lost_approvals(policy: str):
    project = _with_fact(_approved(_project(policy)), "Another fact about it.")
    codes = {code for code, _, _ in _found(project)}
    assert ("approval-lost" in codes) == (policy != "allow")


def test_missing_stale_and_dropped_texts_are_counted():
    project = _project("notice")
    file = project.translations[0]
    messages = list(file.messages[1:])
    messages[0] = replace(messages[0], stale=True)
    messages.append(Message("gone/fact", "Gone.", "Parti.", line=900))
    found = _found(replace(project, translations=(replace(file, messages=tuple(messages)),)))
    assert [(code, line) for code, line, _ in found] == [
        ("translation-incomplete", 0),
        ("translation-outdated", 0),
        ("translation-stale", messages[0].line),
    ]
    assert found[0][2].endswith(f": 1 of {len(file.messages)}")


def test_texts_of_a_file_that_cannot_be_read_are_not_called_dropped():
    project = _project("notice")
    unread = replace(project, points=project.points[1:])
    codes = {item.code for item in check_translations(unread, {})}
    assert "translation-outdated" in codes
    codes = {item.code for item in check_translations(unread, {}, whole=False)}
    assert "translation-outdated" not in codes


def test_findings_about_texts_that_are_not_used_are_dropped():
    project = _project("notice")
    item = project.translations[0].messages[0]
    findings = FileFindings(
        (
            TranslationFinding(item.context, item.source, 7, "translation-link", "m", "h", "error"),
            TranslationFinding(item.context, "Older.", 8, "translation-link", "m", "h", "error"),
        )
    )
    assert _found(project, {PATH: findings}) == [("translation-link", 7, "m")]


def test_a_tight_source_is_told_before_it_is_translated():
    project = _project(languages=("en", "fr", "de", "zh"))
    project = _with_fact(project, "x" * 120)
    (found,) = [
        item for item in check_translations(project, {}) if item.code == "translation-overflow"
    ]
    assert found.path.endswith("points/p1.md")
    assert found.message == "120 of 140 characters leave no room in fr, de"


def test_a_source_is_tight_only_where_it_is_still_to_be_translated():
    project = _project(languages=("en", "fr", "de"))
    project = _with_fact(project, "x" * 120)

    def told(project) -> list[str]:
        problems = check_translations(project, {})
        return [item.message for item in problems if item.code == "translation-overflow"]

    assert told(replace(project, translations=(_translated(project),))) == [
        "120 of 140 characters leave no room in de"
    ]
    assert told(_with_fact(project, "x" * 141)) == []  # that is an error of its own


@pytest.mark.parametrize(
    ("tag", "code"),
    [
        ("iw", "language-tag"),
        ("en-UK", "language-tag"),
        ("tl", "language-tag"),
        ("qqq", "language-unknown"),
    ],
)
def test_tags_are_in_their_standard_form(tag: str, code: str):
    codes = [item[0] for item in _found(_project(languages=("en", "fr", tag)))]
    assert code in codes


def test_usual_tags_pass():
    languages = ("en", "fr", "pt-BR", "zh-Hant", "ar", "ku-Arab", "en-XA", "ar-XB", "es-419")
    assert [item for item in _found(_project(languages=languages)) if "language" in item[0]] == []
