"""Layouts are data with line and column: mistakes are named, claims are never left alone."""

from __future__ import annotations

import pytest
from stopjihad.load.layouts import read_layout, read_layouts
from stopjihad.problem import Problem

from support import cards

FACT = (cards.ROOT / "templates/cards/fact.yaml").read_text(encoding="utf-8")
CLAIM = (cards.ROOT / "templates/cards/claim-and-fact.yaml").read_text(encoding="utf-8")


def wrong(text: str, name: str = "fact") -> list[Problem]:
    layout, problems = read_layout(text, f"templates/cards/{name}.yaml")
    assert layout is None
    assert problems
    assert all(problem.line for problem in problems)
    return problems


def test_built_in_designs_are_without_problems() -> None:
    assert set(cards.layouts()) >= set(cards.DESIGNS)


@pytest.mark.parametrize(
    ("old", "new", "code", "words"),
    [
        ("weight: 700", "wieght: 700", "layout-schema", "did you mean 'weight'?"),
        ("weight: 700", "weight: 1700", "layout-schema", "<= 900"),
        ("content: fact", "content: slogan", "layout-schema", "slogan"),
        ("kind: circle", "kind: crcle", "layout-schema", "crcle"),
        ("colour: glow", "colour: glo", "layout-colour", "did you mean 'glow'?"),
        ("colour: glow", "colour: 'url(x)'", "layout-schema", "regex"),
        ('radius: {og: "250"', 'radius: {og: "250px"', "layout-length", "is no length"),
        ('radius: {og: "250"', 'radius: {ogg: "250"', "layout-format", "'ogg' is no format"),
        (
            "name: fact",
            "palette: {name: name 30% ink}\nname: fact",
            "layout-colour",
            "mixed from itself",
        ),
        ("name: fact", "name: fakt", "layout-name", "'fakt'"),
    ],
)
def test_mistakes_are_named_with_their_place(old: str, new: str, code: str, words: str) -> None:
    assert old in FACT
    problems = wrong(FACT.replace(old, new, 1))
    found = next(problem for problem in problems if problem.code == code)
    assert words in f"{found.message} {found.hint}"
    line = FACT.replace(old, new, 1).splitlines()[found.line - 1]
    assert new.split(":", maxsplit=1)[0].strip().split("{")[0] in line or code == "layout-name"


def test_a_value_is_needed_for_every_format() -> None:
    text = FACT.replace("wide: 6, else: 9", "wide: 6, square: 9")
    assert text != FACT
    assert {problem.code for problem in wrong(text)} == {"layout-format"}


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (", struck: ink", "", "must be struck"),
        ("content: warning", "content: tagline", "warning must stand after"),
        ("content: word.said", "content: tagline", "who claims it"),
        ("content: word.false", "content: tagline", "'False'"),
        ("content: fact", "content: tagline", "the fact"),
    ],
)
def test_a_claim_is_never_alone(old: str, new: str, words: str) -> None:
    assert old in CLAIM
    found = [
        p for p in wrong(CLAIM.replace(old, new), "claim-and-fact") if p.code == "layout-claim"
    ]
    assert any(words in problem.message for problem in found)


def test_a_number_is_never_without_country_name_and_operator() -> None:
    steps = (cards.ROOT / "templates/cards/steps.yaml").read_text("utf-8")
    assert read_layout(steps, "templates/cards/steps.yaml")[1] == []
    text = steps.replace("content: helpline.who", "content: helpline.name")
    assert {problem.code for problem in wrong(text, "steps")} == {"layout-helpline"}


def test_a_text_says_in_one_way_how_large_it_is() -> None:
    for other in ("", "scale: small, size: [20, 26], "):
        found = wrong(FACT.replace("scale: small, ", other, 1))
        assert [(one.code, "either 'scale'" in one.message) for one in found] == [
            ("layout-schema", True)
        ]


@pytest.mark.parametrize("needed", ["figure.beside", "figure.qualifier"])
def test_a_figure_is_never_without_what_makes_it_true(needed: str) -> None:
    text = (cards.ROOT / "templates/cards/figure.yaml").read_text("utf-8")
    assert read_layout(text, "templates/cards/figure.yaml")[1] == []
    found = wrong(text.replace(f"content: {needed}", "content: tagline"), "figure")
    assert [(one.code, needed in one.message) for one in found] == [("layout-figure", True)]


@pytest.mark.parametrize("text", ["", "[]", "name", "layers: {}", "a: &x 1\nb: *x", "\x00", "{{{{"])
def test_any_other_text_is_a_problem(text: str) -> None:
    wrong(text)


def test_other_files_are_passed_over() -> None:
    assert read_layouts({"README.md": "# cards"}) == ({}, [])
