"""Numbers and quotation marks are written as the campaign and its language want them."""

from __future__ import annotations

import datetime as dt

import pytest
from stopjihad.catalog.platforms import platforms
from stopjihad.theme.theme import long_day
from stopjihad.view.notation import PAID, in_marks, native, native_text, typeset_all
from stopjihad.view.records import Prose, Text

from support import cards


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("58 জন, 2015 সালে", "৫৮ জন, ২০১৫ সালে"),
        ("1,200 ও 12.5%", "১,২০০ ও ১২.৫%"),
        ("9:00–18:00", "৯:০০–১৮:০০"),
        ("1. এক\n2. দুই 3", "1. এক\n2. দুই ৩"),
        ("[^un2014] 3 [4](https://example.org/5)", "[^un2014] ৩ [৪](https://example.org/5)"),
        ("+33 800 005 696 / 0800 005 696", "+33 800 005 696 / 0800 005 696"),
        ("COVID-19, G7, 5G, 7", "COVID-19, G7, 5G, ৭"),
        ("https://example.org/2014 #Facts2026 a1@example.org", None),
    ],
)
def test_numbers_are_native_and_what_people_type_is_not(text: str, wanted: str | None) -> None:
    assert native_text(text, "beng") == (wanted or text)


def test_a_view_changes_its_own_words_alone() -> None:
    view = cards.point(
        "bn",
        fact=Text("58 জন", "bn"),
        warning=Text("58 people", "en"),
        body=Prose((Text("3 বছর", "bn"), Text("3 years", "en"))),
        posts={"x": Text("4 https://example.org/4", "bn")},
    )
    changed = native(view, "beng", "bn")
    assert changed.fact.value == "৫৮ জন"
    assert changed.warning == view.warning
    assert [text.value for text in changed.body.passages] == ["৩ বছর", "3 years"]
    assert changed.posts["x"].value == "৪ https://example.org/4"


def test_steps_and_words_for_slides_are_set_as_all_others() -> None:
    """Drafts had typewriter marks in a step, and slides in Bengali other digits than the text."""
    steps = (Text('Write: "Delete it."', "en"), Text("Ask again.", "en"))
    view = in_marks(cards.point("en", steps=steps, told=(Text("It's 3.", "en"),)))
    assert [one.value for one in (*view.steps, *view.told)] == [
        *("Write: “Delete it.”", "Ask again.", "It’s 3."),
    ]
    told = native(cards.point("bn", told=(Text("3 বছর", "bn"),)), "beng", "bn").told
    assert [one.value for one in told] == ["৩ বছর"]


def test_a_frame_keeps_what_is_dialled() -> None:
    frame = native(cards.frame("ar"), "arab", "ar")
    (line,) = frame.helplines
    assert frame.standing == (line,)
    assert line.hours.value == "٩:٠٠–١٨:٠٠"
    assert (line.printed, line.emergency.value) == ("0800 005 696", "112")


def test_nothing_changes_where_nothing_is_asked_for() -> None:
    view = cards.point("bn", fact=Text("58 জন", "bn"))
    assert native(view, "", "bn") is view
    assert native(view, "latn", "bn") is view


def test_days_are_written_with_the_same_digits() -> None:
    day = dt.date(2026, 11, 24)
    assert "২৪ নভেম্বর" in long_day(day, "bn", "beng")
    assert 'datetime="2026-11-24"' in long_day(day, "bn", "beng")
    assert "24" in long_day(day, "bn")


@pytest.mark.parametrize(
    ("lang", "typed", "wanted"),
    [
        ("en", 'He said "I\'m fed up" twice.', "He said “I’m fed up” twice."),
        ("en", "the parents' council", "the parents’ council"),
        ("en", "a 'house of letters' there", "a 'house of letters' there"),
        ("fr", 'Il dit "assez" : l\'heure', "Il dit «\u00a0assez\u00a0» : l’heure"),
        ("de", 'Er sagt "genug".', "Er sagt „genug“."),
        ("ar", 'قال "كفى".', 'قال "كفى".'),
        ("so", "su'aalaha", "su'aalaha"),
        ("en", "see https://example.org/it's, it's", "see https://example.org/it's, it’s"),
    ],
)
def test_marks_are_those_of_the_language(lang: str, typed: str, wanted: str) -> None:
    assert in_marks(Text(typed, lang)).value == wanted
    assert in_marks(in_marks(Text(typed, lang))).value == wanted


def test_pages_hold_numbers_and_french_marks_together_and_posts_do_not() -> None:
    typed = Text("Combien ? 2 200 personnes", "fr")
    assert typeset_all(typed).value == "Combien\u202f? 2\u202f200 personnes"
    assert in_marks(typed) is typed


def test_texts_in_another_language_keep_theirs() -> None:
    view = (Text("the group's labels", "en"), Text("l'heure", "fr"), None)
    assert in_marks(view) == (Text("the group’s labels", "en"), Text("l’heure", "fr"), None)


def test_short_messages_alone_are_paid_for() -> None:
    assert {name for name, row in platforms().items() if row.unit in PAID} == {"sms"}
