from __future__ import annotations

import datetime as dt
import itertools
import random

import msgspec
import pytest
from stopjihad.model.review import (
    Review,
    approved_digests,
    encode,
    source_digest,
    standing,
    translation_digest,
)


def _review(digest: str, hour: int, **fields) -> Review:
    usual = {
        "language": "fr",
        "context": "bus/fact",
        "digest": digest * 32,
        "verdict": "approve",
        "kind": "native",
        "by": "Nour",
        "on": dt.datetime(2026, 11, 24, hour, tzinfo=dt.UTC),
    }
    return Review(**(usual | fields))


def test_the_latest_verdict_counts_in_any_order_and_number():
    lines = [
        _review("a", 1),
        _review("a", 2, verdict="withdraw"),
        _review("b", 1),
        _review("b", 2, verdict="withdraw"),
        _review("b", 3),
        _review("b", 3),
    ]
    for order in itertools.islice(itertools.permutations(lines), 100):
        assert approved_digests(order) == {"b" * 32}


def test_a_withdrawal_wins_over_an_approval_at_the_same_moment():
    lines = [_review("a", 1, verdict="withdraw"), _review("a", 1)]
    random.Random(1).shuffle(lines)
    assert approved_digests(lines) == frozenset()


def test_only_a_native_speaker_makes_a_translation_publishable():
    lines = [_review("a", 1, kind="legal"), _review("b", 1, kind="back-translation")]
    assert approved_digests(lines) == frozenset()
    assert set(standing(lines)) == {("a" * 32, "legal"), ("b" * 32, "back-translation")}


def test_lines_come_back_as_they_were_written():
    line = _review("a", 1, role="teacher")
    assert msgspec.json.decode(encode(line), type=Review) == line
    assert encode(line).count(b"\n") == 1


@pytest.mark.parametrize("by", ["nour@example.org", "", "a\nb"])
def test_reviewers_are_not_named_by_address(by: str):
    data = msgspec.json.encode({**msgspec.to_builtins(_review("a", 1)), "by": by})
    with pytest.raises(msgspec.ValidationError):
        msgspec.json.decode(data, type=Review)


def test_every_part_counts():
    parts = ("fr", "bus/fact", "One", "Un")
    digest = translation_digest(*parts)
    assert len(digest) == 32
    for place in range(4):
        changed = list(parts)
        changed[place] += "x"
        assert translation_digest(*changed) != digest


def test_parts_do_not_run_together():
    assert source_digest("ab", "c") != source_digest("a", "bc")


def test_odd_characters_do_not_raise():
    assert source_digest("\ud800", "\x00")
