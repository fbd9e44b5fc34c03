"""A sentence of the reading list is read once, by the people whom the campaign wants."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from stopjihad.check.reading import subject_of, unread
from stopjihad.model.sentence import ListedSentence
from stopjihad.review.ledger import Reviewer, judge


def _listed(text: str, language: str = "en") -> ListedSentence:
    return ListedSentence(
        rank=2, context="bus/body", text=text, language=language, reasons=("its people: Muslims",)
    )


ONE, TWO = _listed("Most victims are Muslims."), _listed("Muslims live next door.")


def _read(*sentences: ListedSentence, by: str = "Nour", hour: int = 1):
    on = dt.datetime(2026, 11, 20, hour, tzinfo=dt.UTC)
    who = Reviewer(by=by, kind="reading", on=on)
    return judge([subject_of(one) for one in sentences], "en", "approve", who)


def test_a_changed_word_opens_that_sentence_and_no_other():
    lines = _read(ONE, TWO)
    assert unread((ONE, TWO), lines, 1) == ()
    changed = replace(ONE, text="Most victims were Muslims.")
    assert unread((changed, TWO), lines, 1) == (changed,)


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
