"""Compare what must be the same in every language: links, sources, numbers, marks, placeholders."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from typing import NamedTuple

from stopjihad.check.translation.pair import Pair
from stopjihad.problem import Severity
from stopjihad.text.language.numbers import numbers, roman_numbers
from stopjihad.text.web.bare_names import may_be_bare

SPELLED = 12
"""Numbers up to this one may be spelled out in one language and written in digits in another."""

SHOWN = 120
"""Characters of missing numbers that a message shows."""

_MARK = r"\]\([^)\s]*|\[\^[a-z0-9-]+|\*+|_+|://[^\s<>\"')]+|\{[^{}]*\}|[{}%\n]|@[\w.-]+|[0-9]+|\d"
_RAW = re.compile(rf"[^\]\[*_:{{}}%\n@\d]*+(?:({_MARK})|.|\Z)")
"""A raw mark after what can begin none: to pass over that at once takes a third of the time."""


class PairFinding(NamedTuple):
    """Name one mistake in a translation."""

    code: str
    message: str
    hint: str
    severity: Severity


class MarkChecker:
    """Compare the marks of texts with those of their translations."""

    def __init__(self) -> None:
        """Start without anything seen: each source is taken apart once for all languages."""
        self._seen: dict[str, list[str]] = {}

    def check(self, pair: Pair) -> Iterator[PairFinding]:
        """Find differences.

        Args:
            pair: a text and its translation.

        Yields:
            Findings: ``translation-link``, ``translation-reference``, ``translation-placeholder``,
            ``translation-emphasis``, ``translation-number``.
        """
        source = pair.message.source
        marks = self._seen.get(source)
        if marks is None:
            marks = self._seen[source] = _raw(source)
        # Nearly all translations have the same raw marks: only the others are taken apart.
        translation = pair.message.translation
        if marks == _raw(translation) and not may_be_bare(translation):
            return
        for check in _CHECKS:
            yield from check(pair)


def _raw(text: str) -> list[str]:
    return sorted(filter(None, _RAW.findall(text)))


def _links(pair: Pair) -> Iterator[PairFinding]:
    hint = "links lead to the same address in every language"
    yield from _same(pair.source.links, pair.translation.links, "translation-link", "link", hint)


def _references(pair: Pair) -> Iterator[PairFinding]:
    one, other = pair.source.references, pair.translation.references
    hint = "keep [^id] after the words that it supports"
    yield from _same(one, other, "translation-reference", "source reference", hint)


def _placeholders(pair: Pair) -> Iterator[PairFinding]:
    one, other = pair.source.placeholders, pair.translation.placeholders
    hint = "copy it letter by letter"
    yield from _same(one, other, "translation-placeholder", "placeholder", hint)


def _emphasis(pair: Pair) -> Iterator[PairFinding]:
    one, other = pair.source.emphasis, pair.translation.emphasis
    names = {"strong": "**bold**", "em": "*emphasis*", "br": "line break"}
    for tag, name in names.items():
        if one[tag] != other[tag]:
            message = f"{name}: {one[tag]} in the source, {other[tag]} here"
            hint = "mark the same words; an asterisk must touch its word"
            yield PairFinding("translation-emphasis", message, hint, "error")


def _numbers(pair: Pair) -> Iterator[PairFinding]:
    one, other = numbers(pair.source.words), numbers(pair.translation.words)
    if one == other:
        return
    missing = one - other - roman_numbers(pair.translation.words)
    added = other - one - roman_numbers(pair.source.words)
    missing, added = _without_clock(missing, other), _without_clock(added, one)
    wrong = sorted(filter(_is_written, missing))
    extra = sorted(filter(_is_written, added))
    if not wrong and not extra:
        return
    parts = [f"{', '.join(wrong)[:SHOWN]} is missing"] if wrong else []
    parts += [f"{', '.join(extra)[:SHOWN]} is not in the source"] if extra else []
    hint = "numbers are facts: write the same ones"
    yield PairFinding("translation-number", f"number {' and '.join(parts)}", hint, "error")


def _is_written(number: str) -> bool:
    """Tell whether a number is too large to be spelled out; one of many digits is no integer."""
    return len(number) > 2 or int(number) > SPELLED


def _without_clock(found: frozenset[str], others: frozenset[str]) -> frozenset[str]:
    """Drop 20 where the other text has 8: hours of a clock with 24 of them and with twelve."""
    hours = {
        str(int(number) + shift) for number in others if len(number) < 3 for shift in (12, -12)
    }
    return found - {hour for hour in hours if len(hour) < 3 and 0 <= int(hour) <= 24}


def _same(
    one: Counter[str], other: Counter[str], code: str, name: str, hint: str
) -> Iterator[PairFinding]:
    if one == other:
        return
    missing, added = sorted((one - other).keys()), sorted((other - one).keys())
    parts = [f"{', '.join(missing)} is missing"] if missing else []
    parts += [f"{', '.join(added)} is not in the source"] if added else []
    message = f"{name} {' and '.join(parts)}"
    yield PairFinding(code, message[:240], hint, "error")


_CHECKS: tuple[Callable[[Pair], Iterator[PairFinding]], ...] = (
    _links,
    _references,
    _placeholders,
    _emphasis,
    _numbers,
)
