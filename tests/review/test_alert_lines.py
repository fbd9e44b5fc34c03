"""Words of an alert go into the ledger and come back."""

from __future__ import annotations

from stopjihad.load.ledger import read_ledger
from stopjihad.model.review import encode
from stopjihad.review.alert_status import languages_in
from stopjihad.review.alert_steps import alert_of

from support.alerts import ALERT, step


def test_a_line_of_the_ledger_comes_back_as_it_was_written():
    written = step("approve", "Nour", 3)
    [read], problems = read_ledger(encode(written).decode(), "reviews.jsonl")
    assert problems == []
    assert read == written
    assert alert_of(read) == ALERT
    assert languages_in(read) == ("en", "fr")
