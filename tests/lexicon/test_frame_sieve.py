"""What the sieve passes over has no frame, and stands on no reading list, whatever its marks."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st
from stopjihad.catalog.frames import frame_languages
from stopjihad.catalog.rules import rules
from stopjihad.check.rules.passages import Passage
from stopjihad.check.rules.translation_passages import every_text, file_passages, file_shelves
from stopjihad.check.rules.wording import check_wording
from stopjihad.lexicon.frame_sieve import likely_texts
from stopjihad.model.translation import Message, Translations

EXAMPLES = Path(__file__).parents[1] / "check" / "frames"
RULES = [rule for rule in rules().values() if rule.kind == "frames"]
MARKS = (
    *("**", "*", "_", "\\", "[^s1]", " [^s1]", "[", "](https://a.org)", "<b>", "\n", " ", "—"),
    *(" — ", "–", "(", ".", ",", ":", "’", "\u200d", "\u00ad", "\u0301", "\u00a0", "x", "²"),
)
"""What may stand anywhere in a sentence, and in a word."""


@functools.cache
def sentences(language: str) -> tuple[tuple[str, str], ...]:
    """Give sentences with a frame and without, each with what introduces it."""
    found: dict[str, dict[str, list[str]]] = yaml.safe_load(
        (EXAMPLES / f"{language}.yaml").read_text("utf-8")
    )
    lines = (line for known in found.values() for lines in known.values() for line in lines)
    parted = (line.rpartition("\n- ") for line in lines)
    return tuple((text, lead) for lead, _, text in parted)


@st.composite
def marked(draw: Any, language: str) -> tuple[str, str]:
    """Draw a sentence with marks anywhere in it."""
    text, lead = draw(st.sampled_from(sentences(language)))
    for mark in draw(st.lists(st.sampled_from(MARKS), max_size=4)):
        place = draw(st.integers(0, len(text)))
        text = text[:place] + mark + text[place:]
    return text, lead


def judged(texts: Sequence[tuple[str, str]], language: str, markdown: bool) -> set[int]:  # noqa: FBT001
    """Give the places of the texts in which rules find a frame, or a sentence to be listed."""
    passages = [
        Passage("x/body", text, lead, "x.md", place, 1, markdown)
        for place, (text, lead) in enumerate(texts)
    ]
    return {one.line for one in check_wording(RULES, language, passages, listing=True)}


@pytest.mark.parametrize("language", frame_languages())
@given(data=st.data())
@settings(max_examples=40)
def test_no_text_is_passed_over_in_which_something_is_found(language: str, data: Any) -> None:
    texts = data.draw(st.lists(marked(language), min_size=1, max_size=6))
    found = judged(texts, language, data.draw(st.booleans()))
    words, leads = [text for text, _ in texts], [lead for _, lead in texts]
    assert found <= set(likely_texts(language, words, leads.__getitem__, listing=True))


@pytest.mark.parametrize("language", frame_languages())
def test_most_fair_texts_are_passed_over(language: str) -> None:
    plain = [text for text, lead in sentences(language) if not lead]
    found = set(likely_texts(language, plain, lambda _: "", listing=False))
    assert 0.2 < len(found) / len(plain) < 0.8  # half of them are refused


def test_a_language_without_frames_has_no_likely_texts() -> None:
    assert list(likely_texts("it", ["Gli uomini"], lambda _: "", listing=True)) == []


LINES = ("Signs:", "A heading", "It ends here.", "**Look:**", "Why? [^s1]", "one two " * 7)
FIELDS = ("a/body", "a/fact", "b/body", "b/alternative", "c/posts.x")


@given(
    rows=st.lists(
        st.tuples(st.sampled_from(FIELDS), st.sampled_from(LINES), st.booleans()), max_size=30
    ),
    asked=st.sets(st.integers(0, 29)),
)
def test_what_introduces_a_text_does_not_depend_on_what_else_is_asked(
    rows: list[tuple[str, str, bool]], asked: set[int]
) -> None:
    messages = tuple(
        Message(context, "", text, stale, line)
        for line, (context, text, stale) in enumerate(rows, 1)
    )
    file = Translations(language="en", path="x.po", messages=messages)
    every = tuple(file_passages(file))
    chosen = [place for place in sorted(asked) if place < len(every)]
    some = file_shelves(file, lambda *_: chosen)
    assert list(itertools.chain.from_iterable(some)) == [every[place] for place in chosen]
    leads = [passage.lead for passage in every]
    assert leads == list(_expected([one for one in messages if not one.stale]))
    assert list(every_text([""] * 3, leads.__getitem__)) == [0, 1, 2]


def _expected(messages: list[Message]) -> list[str]:
    """Go through a file from its first text to the last."""
    found, lead, before = [], "", ""
    for one in messages:
        if one.context != before:
            lead, before = "", one.context
        found.append(lead)
        introduces = one.translation in {"Signs:", "A heading", "**Look:**"}
        if introduces and one.context.endswith(("/body", "/alternative")):
            lead = one.translation
    return found
