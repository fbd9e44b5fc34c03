"""Look for translations that are no translations, and for slips of writing; all are warnings.

False alarms on 109,959 real translations (localization reference, 4.2): wrong script 0.65 %, mixed
scripts 6 texts, bidi controls none, French spacing 1 of 4,342.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from functools import lru_cache
from typing import TypeAlias

from stopjihad.check.keeping import MESSAGES, shelves
from stopjihad.check.translation.pair import NAMES, Pair, PairFinding, without_marks
from stopjihad.model.translation import Translations
from stopjihad.text.unicode.script import likely_script, script_of

OWN_SCRIPT = 0.4
"""Least share of letters in the language's script (localization reference, 4.1)."""

COPIED_WORDS = 0.7
"""Share of words that stand in the source as well from which a text counts as left over."""

SHORTEST = 4
"""Least words of a text that can be judged as copied."""

LENGTHS = (0.3, 3.0)
"""Length of a translation over that of its source, in characters, outside of which something is
missing or was added; the 10th to 90th percentile of 28 languages lies between 0.43 and 1.74."""

LEAST_FOR_LENGTH = 40
"""Characters from which lengths are compared: short texts vary too much."""

_FAMILIES = {
    "Jpan": frozenset({"Hani", "Hira", "Kana"}),
    "Kore": frozenset({"Hang", "Hani"}),
    "Hans": frozenset({"Hani"}),
    "Hant": frozenset({"Hani"}),
    "Aran": frozenset({"Arab"}),
}
_LOOKALIKE = frozenset({"Latn", "Grek", "Cyrl"})
_PLAIN_LATIN = re.compile(r"[\x00-\u024f\u1e00-\u1eff\u2000-\u20bf\u2190-\u22ff]*")
_FOREIGN = {
    script: re.compile(rf"[^\W\d_{blocks}]")
    for script, blocks in {
        "Arab": "\u0600-\u06ff\u0750-\u077f\u0870-\u08ff\ufb50-\ufdff\ufe70-\ufeff",
        "Beng": "\u0980-\u09ff",
        "Cyrl": "\u0400-\u052f",
        "Deva": "\u0900-\u097f",
        "Grek": "\u0370-\u03ff\u1f00-\u1fff",
        "Hebr": "\u0590-\u05ff",
    }.items()
}
"""A letter from outside the blocks of a script: without one there is nothing to count."""

WordCheck: TypeAlias = Callable[[Pair], Iterator[PairFinding]]
"""Finds slips of writing in one translation."""

_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_OPENING = "\u2066\u2067\u2068\u202a\u202b\u202d\u202e"
_CONTROLS = re.compile(f"[{_OPENING}\u2069\u202c]")


def word_checks(file: Translations) -> tuple[WordCheck, ...]:
    """Find what a careful reader of the language would stumble over.

    Returns:
        Checks of single texts, those left out that cannot find anything in the file. They yield
        warnings: ``translation-copied``, ``translation-script``, ``translation-mixed-script``,
        ``translation-length``, ``translation-bidi``, ``translation-punctuation``.
    """
    latin = likely_script(file.language) == "Latn"
    rules = PUNCTUATION.get(file.language.partition("-")[0], ())
    marks = {mark for _, marks, _, _ in rules for mark in marks}
    idle: set[WordCheck] = {_bidi, _punctuation, *((_scripts,) if latin else ())}
    for shelf in shelves(file.messages, MESSAGES):
        texts = "\n".join([message.translation for message in shelf])
        if _scripts in idle and not _PLAIN_LATIN.fullmatch(texts):
            idle.remove(_scripts)
        if _bidi in idle and _CONTROLS.search(texts):
            idle.remove(_bidi)
        if _punctuation in idle and any(mark in texts for mark in marks):
            idle.remove(_punctuation)
    return tuple(check for check in _CHECKS if check not in idle)


def _copied_source(pair: Pair) -> Iterator[PairFinding]:
    words = pair.translation.plain.split()
    if len(words) < SHORTEST or NAMES.match(pair.message.context):
        return
    source = _words_of(pair.message.source)
    if sum(map(source.__contains__, words)) >= COPIED_WORDS * len(words):
        hint = "translate it, or leave it empty: an empty text falls back by itself"
        yield _make_warning("translation-copied", "this is still the source language", hint)


@lru_cache(maxsize=4096)
def _words_of(source: str) -> frozenset[str]:
    """Cut a source once for all languages."""
    return frozenset(without_marks(source).split())


@lru_cache(maxsize=4096)
def _length_of(source: str) -> int:
    """Measure a source once for all languages."""
    return len(without_marks(source))


_SLOT = re.compile(r"\{[a-z_]+\}")
"""A name in braces, such as ``{place}``: no word of any language."""


def _scripts(pair: Pair) -> Iterator[PairFinding]:
    wanted = likely_script(pair.language)
    text = pair.translation.plain
    if wanted == "Latn" and _PLAIN_LATIN.fullmatch(text):
        return
    if wanted in _FOREIGN and not _FOREIGN[wanted].search(text):
        return
    own = _FAMILIES.get(wanted, frozenset({wanted}))
    text = _SLOT.sub("", text)
    letters = Counter(filter(str.isalpha, text))
    every = letters.total()
    found = sum(count for char, count in letters.items() if script_of(char) in own)
    named = bool(NAMES.match(pair.message.context))
    if every >= SHORTEST and not named and found < OWN_SCRIPT * every:
        share = round(100 * found / every)
        message = f"only {share} % of the letters are of the script of this language ({wanted})"
        yield _make_warning("translation-script", message, "is this the right language?")
    yield from _mixed_scripts(text)


def _mixed_scripts(text: str) -> Iterator[PairFinding]:
    for word in _WORD.findall(text):
        if word.isascii():
            continue
        scripts = {script_of(char) for char in word} & _LOOKALIKE
        if len(scripts) > 1:
            message = f"the word '{word[:40]}' mixes {' and '.join(sorted(scripts))} letters"
            yield _make_warning("translation-mixed-script", message, "type it anew on one keyboard")


def _length(pair: Pair) -> Iterator[PairFinding]:
    before = _length_of(pair.message.source)
    if before < LEAST_FOR_LENGTH:
        return
    ratio = len(pair.translation.plain) / before
    low, high = LENGTHS
    if likely_script(pair.language) in {"Hans", "Hant", "Jpan", "Kore"}:
        low = 0.15  # the 90th percentile of Chinese is 0.43
    if not low <= ratio <= high:
        message = f"{ratio:.1f} times as long as the source"
        yield _make_warning("translation-length", message, "is something missing, or added?")


def _bidi(pair: Pair) -> Iterator[PairFinding]:
    if pair.message.translation.isascii() or not _CONTROLS.search(pair.message.translation):
        return
    depth = Counter(_CONTROLS.findall(pair.message.translation))
    opened = sum(depth[char] for char in _OPENING)
    if opened != depth["\u2069"] + depth["\u202c"]:
        message = "invisible direction marks are opened and not closed, or closed and not opened"
        yield _make_warning("translation-bidi", message, "delete them: pages set the direction")


def _punctuation(pair: Pair) -> Iterator[PairFinding]:
    language = pair.language.partition("-")[0]
    for pattern, marks, message, hint in PUNCTUATION.get(language, ()):
        # To look for single characters is much faster than what stands around them.
        text = pair.translation.plain
        match = pattern.search(text) if any(mark in text for mark in marks) else None
        if match:
            shown = f"{message}: '{match[0].strip()[:20]}'"
            yield _make_warning("translation-punctuation", shown, hint)


def _make_warning(code: str, message: str, hint: str) -> PairFinding:
    return PairFinding(code, message, hint, "warning")


Rule = tuple[re.Pattern[str], str, str, str]

_ARABIC_LETTER = r"[\u0620-\u064a\u066e-\u06d3\u06fa-\u06ff]"
_ARABIC: tuple[Rule, ...] = (
    (
        re.compile(rf"{_ARABIC_LETTER}[,;?]|[,;?](?=[)\u00bb\"]*\s+{_ARABIC_LETTER})"),
        ",;?",
        "Latin punctuation",
        "write \u060c \u061b \u061f",
    ),
)
_FULL_WIDTH: tuple[Rule, ...] = (
    (
        re.compile(r"[\u3040-\u30ff\u4e00-\u9fff][,;:?!.](?!\d)"),
        ",;:?!.",
        "half-width punctuation",
        "write \uff0c \u3002 \uff1f \uff01",
    ),
)
PUNCTUATION: dict[str, tuple[Rule, ...]] = {
    "fr": (
        (
            re.compile(r"[^\W\d_][;!?](?!\w)|[^\W\d_]:(?=\s|$)"),
            ";!?:",
            "no space before the mark",
            "write a space before ; : ! ?",
        ),
        (
            re.compile(r"[\u201c\u201d]\w"),
            "\u201c\u201d",
            "English quotation marks",
            "write \u00ab \u00bb",
        ),
    ),
    "de": (
        (
            re.compile(r"(?:^|\s)\u201d\w|(?:^|\s)\u201c\w"),
            "\u201c\u201d",
            "English quotation marks",
            "write \u201e \u201c",
        ),
        (re.compile(r"[^\W\d_] [;:!?](?=\s|$)"), ";:!?", "a space before the mark", "write none"),
    ),
    "es": (
        (
            re.compile(r"^(?:(?!\u00bf)[^?])*\?", re.DOTALL),
            "?",
            "a question without its first mark",
            "write \u00bf \u2026 ?",
        ),
        (
            re.compile(r"^(?:(?!\u00a1)[^!])*!", re.DOTALL),
            "!",
            "an exclamation without its first mark",
            "write \u00a1 \u2026 !",
        ),
    ),
    "el": ((re.compile(r"[\u0370-\u03ff\u1f00-\u1fff]\?"), "?", "Latin question mark", "write ;"),),
    **dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "sd", "ug"), _ARABIC),
    **dict.fromkeys(("zh", "ja"), _FULL_WIDTH),
    **dict.fromkeys(
        ("en", "nl", "tr", "so", "it", "pt", "ru", "uk", "pl"),
        (
            (
                re.compile(r"[^\W\d_] [;:!?](?=\s|$)"),
                ";:!?",
                "a space before the mark",
                "write none",
            ),
        ),
    ),
    **dict.fromkeys(
        ("bn", "hi"),
        (
            (
                re.compile(
                    r"[\u0900-\u097f\u0980-\u09ff]\.(?=[\s\u201d\u2019)]|$)|(?:\w\w|[)}\u201d\u2019])\.\s*$"
                ),
                ".",
                "a Latin full stop",
                "write \u0964",
            ),
        ),
    ),
}
"""What is wrong in a language, the characters of which a text must have one for that, why, and what
is right. Sources: CLDR's exemplar punctuation; for
French Lexique de l'Imprimerie nationale; for Spanish RAE, Ortograf\u00eda 3.4; to be read by native
speakers (localization reference, section 8)."""

_CHECKS: tuple[WordCheck, ...] = (
    _copied_source,
    _scripts,
    _length,
    _bidi,
    _punctuation,
)
