"""Posts have the quotation marks of their language; paid characters stay as they were typed."""

from __future__ import annotations

import pytest
from stopjihad.catalog.platforms import platforms
from stopjihad.view.quotes import PAID, in_marks
from stopjihad.view.records import Text


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


def test_texts_in_another_language_keep_theirs() -> None:
    view = (Text("the group's labels", "en"), Text("l'heure", "fr"), None)
    assert in_marks(view) == (Text("the group’s labels", "en"), Text("l’heure", "fr"), None)


def test_short_messages_alone_are_paid_for() -> None:
    assert {name for name, row in platforms().items() if row.unit in PAID} == {"sms"}
