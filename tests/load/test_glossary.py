from __future__ import annotations

import random

import pytest
from stopjihad.load.glossary import read_glossary
from stopjihad.model.project import Term

HEAD = "term,note,en,fr,zh-Hant,forbidden\n"


def test_rows_become_terms():
    text = f'{HEAD}\nISIS,"Never, ever.",ISIS,Daech|l\'EI,,fr:califat|ar:دولة\n'
    glossary, problems = read_glossary(text, "g.csv")
    assert problems == []
    assert glossary.terms == (
        Term(
            term="ISIS",
            note="Never, ever.",
            forms={"en": ("ISIS",), "fr": ("Daech", "l'EI")},
            forbidden={"fr": ("califat",), "ar": ("دولة",)},
            line=3,
        ),
    )


@pytest.mark.parametrize(
    ("text", "line", "code"),
    [
        ("note,en\nx,y\n", 1, "glossary-column"),
        ("term,french\nx,y\n", 1, "glossary-column"),
        ("term,fr,fr\nx,y,z\n", 1, "glossary-column"),
        (f"{HEAD}a,b\n", 2, "glossary-row"),
        (f"{HEAD},b,c,d,e,\n", 2, "glossary-row"),
        (f'{HEAD}a,"b,c\n', 0, "glossary-row"),
        (f"{HEAD}a,b,c,d,e,califat\n", 2, "glossary-forbidden"),
        (f"{HEAD}a,b,c,d,e,FR:califat\n", 2, "glossary-forbidden"),
    ],
)
def test_each_mistake_is_named_at_its_line(text: str, line: int, code: str):
    _, problems = read_glossary(text, "g.csv")
    assert [(problem.line, problem.code) for problem in problems] == [(line, code)]


def test_nothing_is_a_glossary_without_terms():
    assert read_glossary("", "g.csv")[0].terms == ()


def test_no_text_raises():
    rng = random.Random(4)
    for _ in range(3000):
        read_glossary("".join(rng.choice('term,note"fr|:\n\r\x00 ') for _ in range(60)), "g.csv")
