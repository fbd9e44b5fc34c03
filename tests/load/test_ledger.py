from __future__ import annotations

import random

import pytest
from stopjihad.load.ledger import read_ledger

LINE = (
    '{"language":"fr","context":"bus/fact","digest":"0123456789abcdef0123456789abcdef",'
    '"verdict":"approve","kind":"native","by":"Nour","on":"2026-11-24T10:00:00Z"}\n'
)


def test_lines_are_read_and_empty_ones_passed_over():
    reviews, problems = read_ledger(f"{LINE}\n{LINE}", "reviews.jsonl")
    assert len(reviews) == 2
    assert problems == []


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("<<<<<<< HEAD", "merge-conflict"),
        ("=======", "review-line"),
        ("{", "review-line"),
        (LINE.replace("approve", "aprove"), "review-line"),
        (LINE.replace('"by":"Nour",', ""), "review-line"),
        (LINE.replace("Nour", "nour@example.org"), "review-line"),
        (LINE.replace("10:00:00Z", "10:00:00"), "review-line"),
        (LINE.replace('"by"', '"mail":"x","by"'), "review-line"),
    ],
)
def test_each_broken_line_is_named(line: str, code: str):
    reviews, problems = read_ledger(f"{LINE}{line.strip()}\n{LINE}", "reviews.jsonl")
    assert len(reviews) == 2
    assert [(problem.line, problem.code) for problem in problems] == [(2, code)]


def test_no_text_raises():
    rng = random.Random(2)
    for _ in range(2000):
        read_ledger("".join(rng.choice('{}[]",:\n a1\ud800\\') for _ in range(40)), "x")
