"""Findings are said in the language of whoever reads, in the words of the studio."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache

import pytest
from stopjihad.catalog.frames import alert_frames, frames
from stopjihad.catalog.rules import rules
from stopjihad.studio.templates import Templates, own_files
from stopjihad.studio.words import hint_of
from stopjihad.view.source_segments import project_segments

from support.build import REPOSITORY
from support.messages import laid_over, problems_of

OWN = own_files()
WORDS = Templates(OWN).findings
OTHERS = sorted(WORDS.keys() - {"en"})

_PLACE = re.compile(r"%\(\w+\)s")
_LINE = re.compile(r"(?:error|warning|info)\[([\w-]+)\] (.*)")


@cache
def told() -> frozenset[tuple[str, str]]:
    """Collect code and rest of each line that ``check`` prints for the invalid campaigns."""
    lines = (
        line
        for path in (REPOSITORY / "tests/invalid").glob("*/expected.txt")
        for line in path.read_text("utf-8").splitlines()
    )
    return frozenset((found[1], found[2]) for found in map(_LINE.search, lines) if found)


def without_words(code: str, hint: str, language: str) -> bool:
    unknown = "unknown"
    words = WORDS[language]
    say = hint_of(code, hint, str, lambda one: one if words.knows(one) else unknown)
    return say == unknown


def parted(rest: str) -> Iterator[tuple[str, str]]:
    """Part message and hint: a message may have brackets of its own."""
    yield rest, ""
    if rest.endswith(")"):
        yield from (
            (rest[: found.start()], rest[found.end() : -1]) for found in re.finditer(r" \(", rest)
        )


@pytest.mark.parametrize("language", OTHERS)
def test_each_problem_is_said_in_each_language(language: str) -> None:
    assert len(told()) > 200
    unknown = [
        (code, rest)
        for code, rest in sorted(told())
        if not any(
            WORDS[language].knows(message) and not without_words(code, hint, language)
            for message, hint in parted(rest)
        )
    ]
    assert unknown == []


@cache
def found_by_rules() -> frozenset[tuple[str, str, str]]:
    projects = [
        laid_over(example.bad, example.language)
        for rule in rules().values()
        for example in rule.examples
    ]
    found = {
        (one.code, one.message, one.hint) for project in projects for one in problems_of(project)
    }
    return frozenset(found) | {(rule.id, "", rule.mend) for rule in rules().values()}


@pytest.mark.parametrize("language", OTHERS)
def test_each_finding_of_a_rule_is_said_in_each_language(language: str) -> None:
    words = WORDS[language]
    assert len({code for code, _, _ in found_by_rules()}) > len(rules())
    for code, message, hint in sorted(found_by_rules()):
        assert words.knows(message), message
        assert not without_words(code, hint, language), hint
    for frame in (*frames().values(), *alert_frames().values()):
        for sentence in (frame.says, frame.why, frame.mend):
            assert words.knows(sentence), sentence


@pytest.mark.parametrize("language", OTHERS)
def test_each_note_for_translators_is_said_in_each_language(language: str) -> None:
    for segment in project_segments(laid_over({"alert": {}}, "en")):
        assert WORDS[language].knows(segment.comment), segment.comment


def test_the_languages_have_the_same_forms_with_the_same_places() -> None:
    assert OWN.findings.keys() == WORDS.keys()
    forms = OWN.findings[OTHERS[0]]
    assert len(forms) > 700
    for language, words in OWN.findings.items():
        assert words.keys() <= forms.keys() if language == "en" else words.keys() == forms.keys()
        for form, said in words.items():
            assert set(_PLACE.findall(said)) <= set(_PLACE.findall(form)), (language, form)
            # In English, what only machines need may be left away; a translation keeps all that
            # the English of the studio says.
            kept = OWN.findings["en"].get(form, form)
            assert set(_PLACE.findall(kept)) <= set(_PLACE.findall(said)), (language, form)


def test_no_form_is_left_over() -> None:
    """What a form says itself stands in what the program or a table of it says."""
    said = "\n".join(_sayings())
    for form in OWN.findings[OTHERS[0]]:
        for part in re.split(r"%\(\w+\)s|(?: and|[:;]) ", form):
            assert part.strip(" ;:,.'()") in said, form


def _sayings() -> Iterator[str]:
    for path in (REPOSITORY / "stopjihad").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield node.value
    for rule in rules().values():
        yield from (re.sub(r"\{\w+\}", "\n", rule.message), rule.mend)
    for frame in (*frames().values(), *alert_frames().values()):
        yield from (frame.says, frame.why, frame.mend)
    yield from (
        name
        for path in (REPOSITORY / "stopjihad/catalog/rules/frames").iterdir()
        for name in re.findall(r"^  ([a-z ]+):", path.read_text("utf-8"), re.MULTILINE)
    )


FILE_SPEECH = re.compile(
    r"'[a-z_]+:|\b[a-z]+\.yaml\b|\bstopjihad [a-z]|front matter|\[\^id\]|graphemes|falls? back"
)
"""What a person who never saw a file cannot know."""


@pytest.mark.parametrize("language", sorted(WORDS))
def test_no_finding_speaks_of_files_to_who_never_saw_one(language: str) -> None:
    spoken = [
        said
        for code, message, hint in sorted(found_by_rules())
        for said in (
            WORDS[language].say(message),
            hint_of(code, hint, str, WORDS[language].say),
        )
        if FILE_SPEECH.search(said)
    ]
    assert spoken == []


def test_a_form_never_swallows_words_that_are_no_sentence_of_the_program() -> None:
    words = WORDS["fr"]
    assert words.say("no helpline is named for the country FR") == (
        "aucune ligne d’écoute n’est nommée pour le pays FR"
    )
    assert words.say("no helpline grows on trees") == "no helpline grows on trees"
    assert not words.knows("no helpline grows on trees")


def test_quoted_words_stay_as_they_are_and_fields_have_their_names() -> None:
    words = WORDS["fr"]
    assert words.say("base_url still has a placeholder: 'the text'") == (
        "« Adresse du site » : il reste un texte d’exemple, « the text »"
    )
    assert words.say(
        "they-lie/fact: the source has changed since Nour approved it on 2026-11-20"
    ) == ("Fait (they-lie) : la source a changé depuis l’approbation de Nour le 2026-11-20")
    assert WORDS["ar"].say("write 'Croix-Rouge'") == 'اكتبوا "\u2068Croix-Rouge\u2069"'
