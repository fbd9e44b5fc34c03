"""What people type into a field, and what is said about it."""

from __future__ import annotations

import pytest
from stopjihad.load.yaml import parse


@pytest.mark.parametrize(
    "text",
    [
        "level: niche #x",
        "fact: Three people came home. # ask Nour",
        'fact: "Three people #Mosul came home."',
        "hook: >-\n  Three people #Mosul came home.",
        "fact: Three people came home.#Mosul",
        "# three people #Mosul\nfact: Three came home.",
        "fact: Three people\n  came home.\n# not now #Mosul",
    ],
)
def test_comments_and_quoted_hashtags_are_let_alone(text: str) -> None:
    assert parse(f"{text}\n", "x")[1] == []


@pytest.mark.parametrize(
    "text",
    [
        "fact: Three people #Mosul came home.",
        "fact: Les trois\n  du quartier #1 sont revenus.",
        "hashtags:\n  - deux mots #Ici",
    ],
)
def test_a_sentence_never_loses_its_end_to_a_hashtag(text: str) -> None:
    root, problems = parse(f"{text}\n", "x")
    assert root is None
    assert [one.code for one in problems] == ["yaml-hashtag"]


@pytest.mark.parametrize(
    ("text", "hint"),
    [
        ("title: “Syria: what I saw”", "curly quotes do not quote here"),
        ("fact: ONU : trois sont revenus.", "stands between straight quotes"),
        ("fact: Three.\nclaim:Two.\nwarning: One.", "behind the colon of a field stands a space"),
        ("a: 1\n\tb: 2", "never with a tab"),
    ],
)
def test_a_slip_of_the_keyboard_is_told_as_one(text: str, hint: str) -> None:
    (problem,) = parse(f"{text}\n", "x")[1]
    assert hint in problem.hint
