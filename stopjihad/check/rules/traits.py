"""Say what there is to a sentence, for weighing: what its words speak of, and how near."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Mapping, Sequence

from stopjihad.check.rules.senses import Spans
from stopjihad.text import letters

NEAR = 4
"""Most words between two senses that are near each other; chosen by cross-validation."""

LONG, USUAL = 30, 15
"""Words of a long and of a usual sentence: LNG06 allows 25 to 30, the labelled ones have 14."""

LENGTH = 6.0
"""Length of the vector of all traits, so that long sentences do not weigh more than short ones."""

SENSE, PAIR, WORD, PHRASE = 1.0, 0.7, 1.2, 1.0
"""How much a sense, two senses, a word and two words say before they are weighed; chosen by
cross-validation."""

EDGE = 2
"""Words at the start, at the end and after a question that say more than those between."""

DENIALS = ("neg", "not_sign")
"""Senses after which another one is denied."""

DENIED = 3
"""Most words between a denial and what it denies; chosen by cross-validation."""

NEUTRAL = frozenset(
    {*DENIALS, "person", "adviser", "everyday", "us", "when", "must", "general", "change"}
)
"""Senses that mean the same after a denial."""

_PARTICLES = re.compile("^(?:[وف]?[بكل]?ال|[وف]?لل|[وفبكل])(?=...)")
_QUOTE = re.compile('["“”«»„]')
_QUESTION = re.compile("[?\u061f]")


def traits(language: str, words: Sequence[str], spans: Spans, text: str) -> dict[str, float]:
    """Say what there is to a sentence.

    Args:
        language: primary subtag; words and pairs of words are those of one language.
        words: its folded words.
        spans: what they speak of.
        text: the sentence as written.

    Returns:
        Name of a trait to how much of it there is: ``pray``, ``pray*2``, ``pray+report`` (both are
        there), ``pray>report`` (the second soon after the first), ``~sign`` (after a denial),
        ``^pray``, ``pray$`` and ``?neg`` (at the start, at the end, after a question),
        ``en:priso`` (a word by its beginning), ``en:in_priso`` (two words in a row), ``?``,
        ``:``, ``"`` and ``#`` (length).
    """
    spans = _with_denied(spans)
    found = dict(_of_senses(spans))
    stumps = [stump(word, language) for word in words]
    found |= dict.fromkeys((f"{language}:{one}" for one in stumps), WORD)
    pairs = itertools.pairwise(stumps)
    found |= dict.fromkeys((f"{language}:{one}_{other}" for one, other in pairs), PHRASE)
    found |= dict(_of_places(spans, len(words), _asked(text)))
    found |= _of_marks(text)
    found["#"] = min(len(words), LONG) / USUAL
    return _scaled(found)


def stump(word: str, language: str) -> str:
    """Cut a word to the beginning that its forms share.

    Args:
        word: a folded word.
        language: primary subtag.

    Returns:
        Five letters of a word of six or seven, six of a longer one; an Arabic word without the
        particles that are written together with it.
    """
    if language == "ar":
        word = _PARTICLES.sub("", word)
    return word[:6] if len(word) > 7 else word[:5]


def _with_denied(spans: Spans) -> Spans:
    ends = [end for name in DENIALS for _, end in spans.get(name, ())]
    if not ends:
        return spans
    denied = {
        f"~{name}": [span for span in places if any(0 <= span[0] - end <= DENIED for end in ends)]
        for name, places in spans.items()
        if name not in NEUTRAL
    }
    return {**spans, **{name: places for name, places in denied.items() if places}}


def _of_senses(spans: Spans) -> Iterator[tuple[str, float]]:
    names = sorted(spans)
    for index, name in enumerate(names):
        yield name, SENSE
        for times in range(2, min(len(spans[name]), 3) + 1):
            yield f"{name}*{times}", PAIR
        for other in names[index + 1 :]:
            yield f"{name}+{other}", PAIR
    for name in names:
        for other in names:
            if name != other and _near(spans[name], spans[other]):
                yield f"{name}>{other}", PAIR


def _of_places(spans: Spans, count: int, asked: Sequence[int]) -> Iterator[tuple[str, float]]:
    for name, places in spans.items():
        if any(start < EDGE for start, _ in places):
            yield f"^{name}", PAIR
        if any(end > count - EDGE for _, end in places):
            yield f"{name}$", PAIR
        if any(0 <= start - end < EDGE for start, _ in places for end in asked):
            yield f"?{name}", PAIR


def _near(one: Sequence[tuple[int, int]], other: Sequence[tuple[int, int]]) -> bool:
    for _, end in one:
        for start, _ in other:
            if 0 <= start - end <= NEAR:
                return True
    return False


def _asked(text: str) -> list[int]:
    return [len(letters.WORD.findall(text[: mark.start()])) for mark in _QUESTION.finditer(text)]


def _of_marks(text: str) -> dict[str, float]:
    return {
        "?": float(_QUESTION.search(text) is not None),
        ":": float(":" in text),
        '"': float(_QUOTE.search(text) is not None),
    }


def _scaled(found: Mapping[str, float]) -> dict[str, float]:
    length = sum(value * value for value in found.values()) ** 0.5
    return {name: value * LENGTH / length for name, value in found.items() if value}
