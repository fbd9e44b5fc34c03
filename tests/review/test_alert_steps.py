"""Steps of an alert that count, and those that do not."""

from __future__ import annotations

from stopjihad.model.review import Review
from stopjihad.review.alert_steps import steps_of

from support.alerts import step


def test_a_line_whose_words_were_changed_afterwards_counts_for_nothing():
    forged = step("approve", "Nour", 3)
    forged = Review(**{**_fields(forged), "words": forged.words.replace("take", "make")})
    assert steps_of((forged,), "lyon") == ()


def _fields(review: Review) -> dict[str, object]:
    return {name: getattr(review, name) for name in review.__struct_fields__}
