from __future__ import annotations

import datetime as dt
import itertools

import msgspec
import pytest
from stopjihad.model.chain import heads
from stopjihad.model.review import (
    Review,
    approved_digests,
    encode,
    person,
    source_digest,
    standing_signatures,
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


def _chain(*steps: tuple[str, int, str]) -> list[Review]:
    """Write one line after the other: first sign of the digest, hour, verdict."""
    found: list[Review] = []
    for digest, hour, verdict in steps:
        answers = heads(one for one in found if one.digest[0] == digest)
        found.append(_review(digest, hour, verdict=verdict, answers=answers))
    return found


def test_the_latest_verdict_counts_in_any_order_and_number():
    lines = _chain(
        ("a", 1, "approve"),
        ("a", 2, "withdraw"),
        ("b", 5, "approve"),
        ("b", 4, "withdraw"),
        ("b", 3, "approve"),
    )
    for order in itertools.permutations([*lines, lines[-1]]):
        assert approved_digests(order) == {"b" * 32}


def test_in_ledgers_from_before_the_order_of_the_lines_counts():
    lines = [_review("a", 9), _review("a", 2, verdict="withdraw")]
    assert approved_digests(lines) == frozenset()
    assert approved_digests([*lines, lines[0]]) == frozenset()  # the same line, merged in again
    assert approved_digests([*lines, _review("a", 1)]) == {"a" * 32}


def test_what_did_not_know_of_a_withdrawal_does_not_outlive_it():
    first, second = _chain(("a", 1, "approve"), ("a", 2, "withdraw"))
    beside = _review("a", 3, by="Sami", answers=(first.line_digest(),))
    for order in itertools.permutations([first, second, beside]):
        assert approved_digests(order) == frozenset()
    again = _review("a", 3, by="Sami", answers=heads([first, second, beside]))
    assert approved_digests([again, beside, second, first]) == {"a" * 32}


def test_what_an_old_program_adds_answers_nothing_of_ours():
    lines = _chain(("a", 1, "approve"), ("a", 2, "withdraw"))
    assert approved_digests([*lines, _review("a", 3)]) == frozenset()


def test_only_a_native_speaker_makes_a_translation_publishable():
    lines = [_review("a", 1, kind="legal"), _review("b", 1, kind="back-translation")]
    assert approved_digests(lines) == frozenset()
    assert set(standing_signatures(lines)) == {("a" * 32, "legal"), ("b" * 32, "back-translation")}


def test_lines_come_back_as_they_were_written():
    line = _review("a", 1, role="teacher")
    assert msgspec.json.decode(encode(line), type=Review) == line
    assert encode(line).count(b"\n") == 1


@pytest.mark.parametrize("by", ["nour@example.org", "", "a\nb", "Nour\n"])
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


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Nour", "N\u043eur"),
        ("Karim", "\u041a\u0430r\u0456m"),
        ("Ali", "Al\u0131"),
        ("\u0639\u0644\u064a", "\u0639\u0644\u06cc"),
        ("\u0646\u0648\u0631", "\u0646\u0640\u0648\u0631"),
        ("Helen", "\u0397elen"),
        ("Nour", "\u039dour"),
        ("MARY", "\u039cAR\u03a5"),
        ("Editor 5", "Editor \u06f5"),
    ],
)
def test_18_letters_that_look_alike_are_one_person(one: str, other: str) -> None:
    assert one != other
    assert person(one) == person(other)


def test_people_of_one_team_stay_apart() -> None:
    names = ("Nour", "Noor", "Ida", "Adi", "Karim", "Karima", "\u0639\u0644\u064a", "A5", "A6")
    assert len({person(name) for name in names}) == len(names)
