"""Faults seeded into every translation of the sample campaign: each is found, in each language."""

from __future__ import annotations

import csv
from functools import cache

import pytest
from stopjihad.catalog.platforms import platforms
from stopjihad.check.translation.file import FileChecker
from stopjihad.load.po import read_po
from stopjihad.model.project import Glossary
from stopjihad.model.translation import Message, Translations

from support.build import CAMPAIGN, REPOSITORY
from support.seeded import FAULTS, seeded

LOCALE = REPOSITORY / "campaigns" / CAMPAIGN / "locale"
LANGUAGES = sorted(path.stem for path in LOCALE.glob("*.po"))


@cache
def _messages(language: str) -> tuple[Message, ...]:
    found, problems = read_po((LOCALE / f"{language}.po").read_text("utf-8"), "x.po", language)
    assert problems == []
    return tuple(item for item in found.messages if item.translation and not item.stale)


def _codes(language: str, messages: tuple[Message, ...]) -> dict[int, set[str]]:
    checker = FileChecker("en", Glossary(path=""), platforms())
    file = Translations(language=language, path="x.po", messages=messages)
    found: dict[int, set[str]] = {}
    for item in checker.check(file, thorough=True).findings:
        found.setdefault(item.line, set()).add(item.code)
    return found


@pytest.mark.parametrize("name", FAULTS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_every_seeded_fault_is_found(language: str, name: str):
    code, seed = FAULTS[name]
    spoiled = tuple(seeded(language, _messages(language), seed))
    found = _codes(language, spoiled)
    assert [item for item in spoiled if code not in found.get(item.line, ())] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_build_that_looks_at_suspects_alone_finds_every_error(language: str):
    good = list(_messages(language))
    for _, seed in FAULTS.values():
        good += list(seeded(language, _messages(language), seed))[:9]
    file = Translations(language=language, path="x.po", messages=tuple(good))
    checker = FileChecker("en", Glossary(path=""), platforms())
    every = checker.check(file, thorough=True).findings
    errors = [item for item in every if item.severity == "error"]
    assert len(errors) > 20
    assert list(checker.check(file, thorough=False).findings) == errors


def test_most_faults_can_be_seeded_often():
    for name, (_, seed) in FAULTS.items():
        made = sum(1 for tag in LANGUAGES for _ in seeded(tag, _messages(tag), seed))
        assert made >= len(LANGUAGES), name


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_good_text_twice_is_found(language: str):
    first, second, *_ = [item for item in _messages(language) if item.translation.count(" ") > 3]
    copied = Message(second.context, second.source, first.translation, line=second.line)
    assert "translation-same" in _codes(language, (first, copied))[second.line]


@pytest.mark.parametrize("language", LANGUAGES)
def test_forbidden_words_of_the_glossary_are_found(language: str):
    from stopjihad.load.glossary import read_glossary

    with (LOCALE / "glossary.csv").open(encoding="utf-8", newline="") as file:
        assert "forbidden" in next(csv.reader(file))
    glossary, problems = read_glossary((LOCALE / "glossary.csv").read_text("utf-8"), "g.csv")
    assert problems == []
    forms = [form for term in glossary.terms for form in term.forbidden.get(language, ())]
    messages = tuple(
        Message("bus/body", f"Text {n}.", f"{form}.", line=n) for n, form in enumerate(forms, 1)
    )
    checker = FileChecker("en", glossary, platforms())
    file = Translations(language=language, path="x.po", messages=messages)
    found = [item.line for item in checker.check(file, thorough=False).findings]
    assert sorted(set(found)) == list(range(1, len(forms) + 1))
