"""Reduce words to stems, so that two texts can be compared by what they speak about."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import lru_cache
from typing import Any

from stopjihad.text.language.fold import WORD, PerWord, fold, folded_tokens
from stopjihad.text.language.typography import ascii_digits

_SNOWBALL = {
    "ar": "Arabic",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "en": "English",
    "es": "Spanish",
    "et": "Estonian",
    "eu": "Basque",
    "fa": "Persian",
    "fi": "Finnish",
    "fr": "French",
    "ga": "Irish",
    "hi": "Hindi",
    "hu": "Hungarian",
    "hy": "Armenian",
    "id": "Indonesian",
    "it": "Italian",
    "lt": "Lithuanian",
    "nb": "Norwegian",
    "ne": "Nepali",
    "nl": "Dutch",
    "no": "Norwegian",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sr": "Serbian",
    "sv": "Swedish",
    "ta": "Tamil",
    "tr": "Turkish",
}
"""Primary language to the Snowball algorithm of the package ``snowballstemmer``."""

_CAMEL = re.compile(r"[A-Z](?:(?<=[^\W\d_A-Z][A-Z])|(?<=[A-Z]{2})(?=[a-z]))")
"""A capital with which a word begins inside of another: after a small letter, or before one."""

_WEAK = re.compile("[\u0627\u0648\u064a\u0621]")  # alef, waw, yeh, hamza
_LEAST_ROOT = 3

LIKE_SHARE = 0.66
"""Share of the longer of two stems that must agree from the start for them to count as one word;
chosen on the pairs of tests/messages/overlap.yaml."""

LIKE_LEAST = 4
"""Fewest letters that must agree; shorter stems must be equal."""


def words(text: str) -> list[str]:
    """Cut a text into words; letters and digits only, CamelCase is cut where it rises.

    Args:
        text: any text, such as a sentence, a slug or a hashtag.

    Returns:
        Words as written, without what nobody sees: a soft hyphen says where a line may end.
    """
    return WORD.findall(_cut(text))


def _cut(text: str) -> str:
    return _CAMEL.sub(r" \g<0>", _seen_form(text))


_UNSEEN = re.compile(
    "[\u00ad\u061c\u180e\u200b\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]"
)
"""Format characters that stand in or between letters without being seen; `fold` leaves them out."""


def _seen_form(text: str) -> str:
    return text if text.isascii() else _UNSEEN.sub("", text)


@lru_cache(maxsize=65536)
def stem(word: str, language: str) -> str:
    """Reduce a word to its stem.

    Args:
        language: BCP 47 tag; words of languages without an algorithm are folded only.

    Returns:
        The stem without accents. Arabic words lose article, particles and weak letters, which
        leaves what all forms of a root share.
    """
    primary = language.partition("-")[0]
    if primary == "ar":
        return _arabic(word)
    made = _stemmer(primary)
    return fold(made(word.lower())) if made else fold(word)


def stems(text: str, language: str, stop: Collection[str] = ()) -> tuple[str, ...]:
    """List the stems of the words that carry meaning.

    Args:
        stop: folded words that carry none.
    """
    found = (stem(word, language) for word in words(text) if fold(word) not in stop)
    return tuple(dict.fromkeys(item for item in found if item))


def are_alike(one: str, other: str) -> bool:
    """Tell whether two stems are most likely of one word.

    Returns:
        True when they are equal, or agree in most of their letters from the start.
    """
    if one == other:
        return True
    longest = max(len(one), len(other))
    needed = max(LIKE_LEAST, -(-longest * LIKE_SHARE // 1))
    return min(len(one), len(other)) >= needed and one[: int(needed)] == other[: int(needed)]


def shared_stems(some: Iterable[str], others: Iterable[str]) -> tuple[str, ...]:
    """List the stems of one text that have their like in another."""
    known = frozenset(others)
    near: dict[str, list[str]] = {}
    for other in known:
        near.setdefault(other[:LIKE_LEAST], []).append(other)
    return tuple(
        item
        for item in some
        if item in known or any(are_alike(item, other) for other in near.get(item[:LIKE_LEAST], ()))
    )


def may_share(
    some: tuple[str, ...],
    text: str,
    language: str,
    least: int,
    stop: frozenset[str] = frozenset(),
    tokens: Sequence[str] = (),
) -> bool:
    """Tell quickly whether a text can have the like of enough of some stems.

    Args:
        language: BCP 47 tag of both.
        stop: folded words that carry no meaning.
        tokens: all folded words of the text, where somebody has them.

    Returns:
        False only when ``shared_stems`` would find fewer in the stems of the text.
    """
    primary = language.partition("-")[0]
    if primary == "ar":
        whole = _consonants(text)
        return sum(_consonants(item[:LIKE_LEAST]) in whole for item in some) >= least
    if primary in _CHANGING:
        return len(some) >= least
    short, firsts = _sought(some)
    cut = not tokens or stop or _CAMEL.search(_seen_form(text))
    words = _beginnings(text, stop) if cut else map(_BEGINNINGS.__getitem__, tokens)
    return short + sum([firsts[first] for first in firsts.keys() & words]) >= least


@lru_cache(maxsize=1024)  # as many as claims
def _sought(some: tuple[str, ...]) -> tuple[int, Counter[str]]:
    """Count the stems that may be those of any word, and those with each beginning."""
    # A stem shorter than what is compared may be that of a longer word.
    firsts = Counter([_first_letters(item) for item in some if len(item) > _FIRST])
    return len(some) - firsts.total(), firsts


def fewest_stems(text: str, language: str, stop: frozenset[str] = frozenset()) -> int:
    """Count quickly how many stems a text has at least.

    Args:
        stop: folded words that carry no meaning.

    Returns:
        No more than ``stems`` lists; that many when words begin differently.
    """
    if language.partition("-")[0] in _CHANGING:
        return 0
    return len(_beginnings(text, stop))


_FIRST = 2
"""Letters in which a stem agrees with its word; the third may be changed already."""

_CHANGING = frozenset({"ar", "fa", "ga", "id", "nl", "sr", "ta"})
"""Languages whose algorithms take away or change the beginning of words: Arabic and Indonesian lose
prefixes, Dutch its "ge-", Irish its mutations; Serbian is written in Latin letters."""


@lru_cache(maxsize=2048)  # texts, and the sentences of those that may share something
def _beginnings(text: str, stop: frozenset[str]) -> frozenset[str]:
    words = frozenset(folded_tokens(_cut(text)))
    return frozenset(map(_BEGINNINGS.__getitem__, words - stop))


_MOST = 1 << 14
"""Most words whose first letters are remembered."""


def _first_letters(word: str) -> str:
    """Give the first letters; stemmers write y and i for each other (voyez, vois; dying, die)."""
    return word[:_FIRST].replace("y", "i")


@lru_cache(maxsize=2048)  # as for beginnings; the stems of claims are few
def _consonants(text: str) -> str:
    """Leave what no form of an Arabic word changes: a stem's consonants are a part of its word's.

    The algorithm takes away letters at both ends, adds weak ones and writes digits as in ASCII.
    """
    return _WEAK.sub("", ascii_digits(fold(text)))


_BEGINNINGS = PerWord(_first_letters, most=_MOST)

RELEASE = "3.1"
"""Snowball release whose stems in C are those in Python: on 19,912 words of the sample, with all
algorithms, none differs."""


def stemmer_name() -> str:
    """Name what makes the stems, for keys under which findings are kept."""
    return f"snowball {RELEASE} in C" if _in_c() is not None else "snowballstemmer"


@lru_cache(maxsize=1)
def _in_c() -> Any:
    """Give PyStemmer where it is installed in our release: it takes a tenth of the time."""
    try:
        import Stemmer
    except ImportError:
        return None
    return Stemmer if Stemmer.version().startswith(f"{RELEASE}.") else None


@lru_cache(maxsize=64)
def _stemmer(primary: str) -> Callable[[str], str] | None:
    name = _SNOWBALL.get(primary)
    if name is None:
        return None
    # A stemmer holds the word it works on: one for each word is safe with threads.
    quick = _in_c()
    if quick is not None:
        kept = 0  # words that a stemmer remembers: we remember them ourselves
        return lambda word: str(quick.Stemmer(name.lower(), kept).stemWord(word))
    from importlib import import_module

    # The classes themselves: the package's own factory takes PyStemmer in whatever release.
    kind = getattr(import_module(f"snowballstemmer.{name.lower()}_stemmer"), f"{name}Stemmer")
    return lambda word: str(kind().stemWord(word))


def _arabic(word: str) -> str:
    folded = fold(word)
    if len(folded) > _LEAST_ROOT + 1 and folded[0] in "\u0648\u0641":  # "and", "so"
        folded = folded[1:]
    made = _stemmer("ar")
    # A short word has no suffix to lose: what looks like one belongs to its root.
    found = fold(made(folded)) if made and len(folded) > _LEAST_ROOT + 1 else folded
    if len(found) > _LEAST_ROOT and found[0] in "\u064a\u062a\u0646":  # prefixes of verbs
        found = found[1:]
    root = _WEAK.sub("", found)
    if len(root) > _LEAST_ROOT and root[-1] == "\u0647":  # what is left of teh marbuta
        root = root[:-1]
    return root if len(root) >= _LEAST_ROOT else found
