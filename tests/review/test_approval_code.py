"""Codes that are read aloud."""

from __future__ import annotations

import random

from stopjihad.review.approval_code import LETTERS, make_code, read_code

SECRET = bytes(32)
BOUND = ("campaign", "lyon", "digest", "Ida", "nonce", "2026-11-28T18:00:00+00:00")


def test_a_code_is_read_as_it_was_pasted_or_heard() -> None:
    code = make_code(SECRET, BOUND, "yes")
    assert [len(group) for group in code.split("-")] == [5, 5, 5]
    for heard in (
        code,
        code.lower(),
        code.replace("-", " "),
        f"\u2066 {code}\n",
        code.replace("-", ""),
    ):
        assert read_code(heard) == code
    alike = code.replace("0", "o").replace("1", "l")
    assert read_code(alike) == code
    for wrong in (
        "",
        "yes",
        code[:-1],
        code + "7",
        code.replace(code[0], "U"),
        "7" * 15,
        "x" * 9999,
    ):
        assert read_code(wrong) is None


def test_each_code_is_for_one_thing_alone() -> None:
    codes = {make_code(SECRET, BOUND, "yes"), make_code(SECRET, BOUND, "no")}
    for at in range(len(BOUND)):
        other = (*BOUND[:at], BOUND[at] + "x", *BOUND[at + 1 :])
        codes.add(make_code(SECRET, other, "yes"))
    codes.add(make_code(SECRET, ("campaignlyon", "", *BOUND[2:]), "yes"))
    codes.add(make_code(bytes(31) + b"1", BOUND, "yes"))
    assert len(codes) == len(BOUND) + 4


def test_a_slip_is_found() -> None:
    code, draw = make_code(SECRET, BOUND, "yes").replace("-", ""), random.Random(5)
    passed = 0
    for _ in range(4000):
        at = draw.randrange(len(code))
        slip = draw.choice([one for one in LETTERS if one != code[at]])
        passed += read_code(code[:at] + slip + code[at + 1 :]) is not None
    assert passed < 16  # one in 1,024 by chance
