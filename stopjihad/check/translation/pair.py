"""A text and its translation: the marks of both, and what must be the same in every language.

That are links, sources, numbers, emphasis and placeholders.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import cached_property, lru_cache
from typing import NamedTuple

from stopjihad.model import contexts
from stopjihad.model.translation import Message
from stopjihad.problem import Severity
from stopjihad.text.language.numbers import (
    ODD_DIGITS,
    dialled_numbers,
    has_odd_digits,
    numbers,
    plain_digits,
    roman_numbers,
)
from stopjihad.text.language.typography import ANY_DIGIT
from stopjihad.text.markdown import inline
from stopjihad.text.markdown.words import inline_words
from stopjihad.text.unicode.bidi_controls import CONTROLS, UNSHOWN, has_controls
from stopjihad.text.web.links import (
    IN_NAME,
    MAY_BE_BARE,
    NAME_DOTS,
    NAME_SIGNS,
    bare_hashtags,
    bare_names,
)

NAMES = re.compile(r"campaign/(?:title|sponsor\.name|messengers\.)|helplines/.*/name$")
"""Contexts of names: these may stay in another language."""

HASHTAGS = contexts.campaign("hashtags")
"""Context of the campaign's hashtags, one text each."""

_ADDRESS = re.compile(
    r"(?<![\w+.-])[A-Za-z][A-Za-z0-9+.-]*+://[^\s<>\"'()\u00ab\u00bb]+"
    r"|(?<![\w.+-])[\w.+-]++@[\w-]++(?:\.[\w-]++)++"
)
_PLACEHOLDER = re.compile(r"\{\{[^{}]*\}\}|\{%[^{}]*%\}|\{[A-Za-z0-9_.]*\}|%(?:\([a-z_]+\))?[sd]")
_BESIDE = re.compile(r"\[\^[^\]]*\]|\]\([^)]*\)")
_END = ".,;:!?\u060c\u061b\u061f\u3002"


def without_marks(text: str) -> str:
    """Leave addresses of links and source references out of a text."""
    return _BESIDE.sub("", text) if "](" in text or "[^" in text else text


class Marks:
    """Read the marks of one text once, when a check asks for them.

    Attributes:
        plain: the text without addresses and source references; other marks may be left. A third
            of the price of ``words``, for what only looks at letters.
    """

    def __init__(self, text: str, *, markdown: bool) -> None:
        """Keep the text; ``markdown`` says whether ``**`` and ``[`` mean something in it."""
        self.text = text
        self.markdown = markdown
        self.plain = without_marks(text)

    @cached_property
    def tokens(self) -> list[inline.Token]:
        """The text as inline tokens."""
        text = self.text.replace("\n", "\\\n")
        return inline.parse(text) if self.markdown else [(inline.TEXT, self.text)]

    @cached_property
    def words(self) -> str:
        """The text without marks."""
        return inline_words(self.text) if self.markdown else self.text

    @property
    def links(self) -> Counter[str]:
        """Addresses and how often each is linked or named, with a scheme or without."""
        found = Counter(value for kind, value in self.tokens if kind == inline.LINK)
        for kind, value in self.tokens:
            if kind == inline.TEXT:
                if "://" in value or "@" in value:
                    found.update(item.rstrip(_END) for item in _ADDRESS.findall(value))
                found.update(bare_names(value))
        return found

    @property
    def hashtags(self) -> list[str]:
        """Hashtags in the text."""
        return [
            tag
            for kind, value in self.tokens
            if kind == inline.TEXT
            for tag in bare_hashtags(value)
        ]

    @property
    def references(self) -> Counter[str]:
        """Ids of sources and how often each is cited."""
        return Counter(value for kind, value in self.tokens if kind == inline.REFERENCE)

    @property
    def emphasis(self) -> Counter[str]:
        """How often ``em`` and ``strong`` are used, and lines broken."""
        found = Counter(value for kind, value in self.tokens if kind == inline.OPEN)
        found["br"] = sum(kind == inline.BREAK for kind, _ in self.tokens)
        return +found

    @property
    def placeholders(self) -> Counter[str]:
        """Placeholders of templates, which must come through unchanged."""
        return Counter(_PLACEHOLDER.findall(self.text))


class Pair:
    """A message with the marks of both of its texts."""

    def __init__(self, message: Message, language: str, *, markdown: bool) -> None:
        """Keep the message; ``language`` is the BCP 47 tag of its translation."""
        self.message = message
        self.language = language
        self.source = Marks(message.source, markdown=markdown)
        self.translation = Marks(message.translation, markdown=markdown)

    @property
    def field(self) -> str:
        """The last part of the context: ``fact``, ``body``, ``posts.x`` …."""
        return self.message.context.rpartition("/")[2]


SPELLED = 12
"""Numbers up to this one may be spelled out in one language and written in digits in another."""

SHOWN = 120
"""Characters of missing numbers that a message shows."""

_APART = r"\u00a0\u202f.,'\u2019\u066b\u066c()/:\u2010-\u2015-"
"""Signs that part digits of one number, or numbers."""

_REFERENCE = inline.SOURCE.pattern.replace("(", "(?:")
_FIGURES = rf"\d(?:(?:[\s*\ufe0f\u20e3{_APART}]|{_REFERENCE})*+\d)*"
"""Digits with all that may stand between those of one number, or of one that is dialled: references
take the space before them away, asterisks go, signs of keys do not count."""

_ODD = f"{CONTROLS}{UNSHOWN}{ODD_DIGITS}"
"""Signs that turn the order of others or are not shown, and digits that look like none."""

_MARK = (
    rf"\[(?<=!\[)|{_REFERENCE}|\](?=\()|(?<=:)//|[_\\<\n]"
    rf"|\{{[A-Za-z0-9]*\}}|\{{|%[sd(]|{_FIGURES}|{MAY_BE_BARE}|[{_ODD}]"
)
_RAW = re.compile(
    rf"(?:[^\]\[_\\</{{%\n{ANY_DIGIT}{NAME_DOTS}{NAME_SIGNS}{_ODD}]++|[{NAME_DOTS}](?!{IN_NAME}))*+"
    rf"(?:({_MARK})|.|\Z)"
)
"""A raw mark after what can begin none: to pass over that at once takes a third of the time."""

_UNCLEAR = "?"
"""Stands for marks that only reading tells: asterisks that may be none of emphasis, four numbers
side by side, which may be one that is dialled, and numbers in an address."""

_TANGLED = frozenset({"]", "[", "//", "_", "\\", "<", "@", "{", "%(", _UNCLEAR})
"""Marks that mean something else in another place: texts with them are always read."""

_EMPHASIS = re.compile(
    r"(\*(?:(?<=(?<!\S)\*)|(?<=(?<![\w*])\*)(?=\*?\w))\*?)(?![\s*])"
    r"[^*\n]+"
    r"(?:(?<=\w)\1(?![\w*])|(?<=[^\s*])\1(?!\S))"
)
"""Words between asterisks that touch them, and no other words: emphasis wherever it stands
(CommonMark 0.31, flanking). Asterisks in any other place are read. That the pattern begins with its
asterisk makes it twelve times as fast."""

_MAIL = re.compile(
    r"(?<![\w+.%-])[A-Za-z]++(?:[.-][A-Za-z]++)*+@[A-Za-z]++(?:-[A-Za-z]++)*+(?:\.[A-Za-z]++)++"
    r"(?![\w-]|\.[\w-])"
)
"""An address for e-mail that is plain letters, as most are: nothing in it is another mark."""

_PLAIN = re.compile(rf"\d+(?:[ {_APART}]+\d+)*+")
"""Numbers with nothing between them that reading takes away."""

_DIGITS = re.compile(r"\d+")


class PairFinding(NamedTuple):
    """Name one mistake in a translation."""

    code: str
    message: str
    hint: str
    severity: Severity


def marks_agree(message: Message) -> bool:
    """Tell quickly that a text and its translation have the same marks, as nearly all have.

    Returns:
        False where the marks must be read to know what they are, and where the translation has
        signs that change the order of others.
    """
    marks = _source_marks(message.source)
    return marks is not None and marks == _raw(message.translation)


def check_marks(pair: Pair) -> Iterator[PairFinding]:
    """Find differences between texts whose marks do not agree.

    Yields:
        Findings: ``translation-link``, ``translation-reference``, ``translation-placeholder``,
        ``translation-emphasis``, ``translation-number``.
    """
    for check in _CHECKS:
        yield from check(pair)


SOURCES = 1 << 13
"""Texts of the source language whose marks are kept: each is taken apart once for all languages."""


@lru_cache(maxsize=SOURCES)
def _source_marks(source: str) -> list[str] | None:
    """Give the marks of a source; None where it must always be read with its translation."""
    marks = _raw(source)
    odd = has_odd_digits(source) or has_controls(source)
    if odd or not _TANGLED.isdisjoint(marks) or bare_names(source):
        return None
    return [mark for mark in marks if mark[0] not in NAME_DOTS + NAME_SIGNS]


def _raw(text: str) -> list[str]:
    """Give the marks of a text, sorted; numbers as `numbers` gives them."""
    marks: list[str] = []
    if "@" in text:
        marks += _MAIL.findall(text)
        text = _MAIL.sub("a", text)
    for mark in filter(None, _RAW.findall(text)):
        if mark[0].isdecimal():
            marks += _figures(mark)
        else:
            marks.append(mark)
    if "*" in text:
        signs = _EMPHASIS.findall(text)
        marks += signs
        if 2 * sum(map(len, signs)) != text.count("*"):
            marks.append(_UNCLEAR)
    marks.sort()
    return marks


@lru_cache(maxsize=4096)  # years and days come again and again
def _figures(mark: str) -> tuple[str, ...]:
    """Give the numbers that digits side by side are, whatever sign the language puts into them."""
    if "//" in mark or len(_DIGITS.findall(mark)) > 3:
        return (_UNCLEAR,)
    return tuple(numbers(mark)) if _PLAIN.fullmatch(mark) else (mark,)


def _links(pair: Pair) -> Iterator[PairFinding]:
    hint = "links lead to the same address in every language"
    yield from _same(pair.source.links, pair.translation.links, "translation-link", "link", hint)
    if pair.message.context == HASHTAGS:
        return
    ours, theirs = pair.source.hashtags, pair.translation.hashtags
    if len(theirs) > len(ours):  # those of the source may be translated
        added = ", ".join(sorted(set(theirs) - set(ours)) or theirs)
        hint = "a hashtag leads to what everybody writes under it: add none"
        message = f"hashtag {added} is not in the source"
        yield PairFinding("translation-link", message[:240], hint, "error")


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
    source, translation = plain_digits(pair.source.words), plain_digits(pair.translation.words)
    dialled = dialled_numbers(translation, SPELLED) - dialled_numbers(source, SPELLED)
    if dialled:
        hint = "only helplines.yaml names telephone numbers"
        message = f"number {', '.join(sorted(dialled))[:SHOWN]} is not in the source"
        yield PairFinding("translation-number", message, hint, "error")
        return
    one, other = numbers(source), numbers(translation)
    if one == other:
        return
    missing = one - other - roman_numbers(translation)
    added = other - one - roman_numbers(source)
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
