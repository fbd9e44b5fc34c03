"""A person reads each sentence that names a faith, its people, or a people in general."""

from __future__ import annotations

import datetime as dt

import pytest
from msgspec.structs import replace
from stopjihad.build.check.survey import survey
from stopjihad.catalog.frames import frame_languages, has_frames
from stopjihad.check.reading_list import (
    count_reopened,
    listed_sentences,
    reading_list,
    subject_of,
    told_reopened,
    unread,
)
from stopjihad.check.rules.passages import Passage
from stopjihad.disk.cache import NoCache
from stopjihad.model.review import ListedSentence, Review, sentence_digest
from stopjihad.review.ledger import Reviewer, Subject, judge

from support.build import CAMPAIGN, REPOSITORY


def listed(text: str, language: str = "en") -> list[str]:
    return [found.text for found in records(text, language)]


def records(text: str, language: str = "en") -> tuple[ListedSentence, ...]:
    passage = Passage("home/body", text, "", "points/home.md", 1, 1, markdown=True)
    return listed_sentences([passage], language)


@pytest.mark.parametrize(
    "text",
    [
        "Muslims live in every town of the country.",
        "The mosque opens its doors on Fridays.",
        "She wears a headscarf.",
        "The Quran is read in many languages.",
        "All Moroccans love tea.",
        "Every Arab is a poet.",
        "Syrians are good cooks.",
        "Refugees need work.",
        "It was said that Afghans like walking, and that the Kurds do not.",
    ],
)
def test_names_put_a_sentence_on_the_list(text: str) -> None:
    assert listed(f"It rains. {text} It snows.") == [text]


@pytest.mark.parametrize(
    "text",
    [
        "The so-called Islamic State lost Mosul in 2017.",
        "She comes from Syria and studies in Lyon.",
        "A Syrian doctor opened the ward.",
        "Some 12,000 refugees crossed the river.",
        "The refugee camp has a school.",
        "Islam Karimov was the first president of Uzbekistan.",
        "We ordered pizza from the Moroccan restaurant.",
        "Islamic Relief sent blankets.",
    ],
)
def test_where_a_person_or_a_place_comes_from_is_not_read_twice(text: str) -> None:
    assert listed(text) == []


def test_the_very_sentence_is_given_without_marks() -> None:
    found = records("It rains. **Muslims** [pray](https://example.org) here.[^un] It snows.")
    assert [one.text for one in found] == ["Muslims pray here."]
    assert found[0].context == "home/body"
    assert found[0].reasons == ("its people: Muslims", "practice: pray")


def test_what_may_do_harm_is_read_first() -> None:
    found = records("Muslims bake bread. Muslims were attacked in the street.")
    assert [(one.rank, one.text) for one in found] == [
        (1, "Muslims were attacked in the street."),
        (2, "Muslims bake bread."),
    ]


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("ar", "المسلمون يصومون في رمضان."),
        ("bn", "মুসলমানরা রমজানে রোজা রাখেন।"),
        ("de", "Muslime fasten im Ramadan."),
        ("en", "Muslims fast in Ramadan."),
        ("es", "Los musulmanes ayunan en ramadán."),
        ("fr", "Les musulmans jeûnent pendant le ramadan."),
        ("nl", "Moslims vasten in de ramadan."),
        ("ps", "مسلمانان په روژه کې روژه نیسي."),
        ("ru", "Мусульмане постятся в рамадан."),
        ("so", "Muslimiintu waxay soomaan Ramadaanta."),
        ("tr", "Müslümanlar ramazanda oruç tutar."),
        ("ur", "مسلمان رمضان میں روزے رکھتے ہیں۔"),
    ],
)
def test_every_language_of_the_sample_has_names(language: str, text: str) -> None:
    assert listed(text, language) == [text]
    assert has_frames(language)


def test_languages_with_names_are_those_that_the_test_above_asks_for() -> None:
    assert len(frame_languages()) == 12


def test_a_language_without_names_has_no_list() -> None:
    assert listed("I musulmani pregano.", "it") == []
    assert not has_frames("it")


def _listed(text: str, language: str = "en") -> ListedSentence:
    return ListedSentence(
        rank=2,
        context="bus/body",
        text=text,
        language=language,
        reasons=("its people: Muslims",),
        paragraph=f"⟦{text}⟧",
    )


ONE, TWO = _listed("Most victims are Muslims."), _listed("Muslims live next door.")


def _read(*sentences: ListedSentence, by: str = "Nour", hour: int = 1):
    on = dt.datetime(2026, 11, 20, hour, tzinfo=dt.UTC)
    who = Reviewer(by=by, kind="reading", on=on)
    return judge(dict.fromkeys(map(subject_of, sentences)), "en", "approve", who)


def test_a_changed_word_opens_that_sentence_and_no_other():
    lines = _read(ONE, TWO)
    assert unread((ONE, TWO), lines, 1) == ()
    changed = _listed("Most victims were Muslims.")
    assert unread((changed, TWO), lines, 1) == (changed,)


ANSWERED = "Muslims all over the world answered that it did not."


def _read_text(text: str) -> tuple[Review, ...]:
    return _read(*records(text))


def test_a_sentence_before_it_that_turns_its_meaning_round_opens_it_again():
    """A signature outlived its context: "did not" answered another question."""
    lines = _read_text(f"ISIS claimed to speak for all of them. {ANSWERED}")
    assert unread(records(f"ISIS claimed to speak for all of them. {ANSWERED}"), lines, 1) == ()
    turned = records(f"ISIS asked whether their faith wants peace. {ANSWERED}")
    assert [one.text for one in turned] == [ANSWERED]
    assert unread(turned, lines, 1) == turned


def test_a_signature_holds_which_sentences_of_the_paragraph_were_listed():
    text = f"It rains. {ANSWERED} Nobody asked."
    lines = _read_text(text)
    [one] = records(text)
    assert one.paragraph == f"It rains. ⟦{ANSWERED}⟧ Nobody asked."
    more = replace(one, paragraph=f"It rains. ⟦{ANSWERED}⟧ ⟦Nobody asked.⟧")
    assert unread((more,), lines, 1) == (more,)


def test_one_signature_reads_all_listed_sentences_of_a_paragraph():
    text = "Muslims bake bread. It rains. The mosque is open."
    assert len(_read_text(text)) == 1
    assert unread(records(text), _read_text(text), 1) == ()


def test_signatures_under_single_sentences_open_again_and_are_counted():
    on = dt.datetime(2026, 11, 20, tzinfo=dt.UTC)
    who = Reviewer(by="Nour", kind="reading", on=on)
    digest = sentence_digest(ONE.language, ONE.context, ONE.text)
    lines = judge([Subject(ONE.context, digest, words=ONE.text)], "en", "approve", who)
    assert unread((ONE, TWO), lines, 1) == (ONE, TWO)
    assert count_reopened((ONE, TWO), lines) == 1
    assert "signed before signatures held the paragraph: 1" in told_reopened(1)
    assert told_reopened(0) == ""


def test_another_place_or_language_is_read_for_itself():
    lines = _read(ONE)
    for other in (replace(ONE, language="fr"), replace(ONE, context="bus/fact")):
        assert unread((other,), lines, 1) == (other,)


def test_four_eyes_are_two_people_however_they_write_their_names():
    lines = (*_read(ONE), *_read(ONE, by="nour ", hour=2))
    assert unread((ONE,), lines, 2) == (ONE,)
    assert unread((ONE,), (*lines, *_read(ONE, by="Sami", hour=3)), 2) == ()


def test_a_reading_that_was_taken_back_is_open():
    on = dt.datetime(2026, 11, 21, tzinfo=dt.UTC)
    who = Reviewer(by="Sami", kind="reading", on=on)
    lines = _read(ONE)
    taken = judge([subject_of(ONE)], "en", "withdraw", who, lines)
    assert unread((ONE,), (*lines, *taken), 1) == (ONE,)


def test_the_texts_of_one_subject_are_judged_alone_as_among_all_others() -> None:
    """Whether an alert may go out is asked of its own words: the rest took half a second."""
    day = dt.date(2026, 12, 2)
    project = survey(REPOSITORY, CAMPAIGN, day, NoCache(), thorough=False, judged=False).project
    for language in ("en", "fr", "ar"):
        every = reading_list(project, language)
        subjects = {f"{one.context.rpartition('/')[0]}/" for one in every}
        assert len(subjects) > 10, language
        for subject in subjects | {"alerts/nobody/"}:
            own = tuple(one for one in every if one.context.startswith(subject))
            assert reading_list(project, language, subject) == own, (language, subject)
