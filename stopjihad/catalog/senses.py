"""Words by what they speak of, by language: rows, no code.

A lexicon of senses says of a word that it speaks of prayer, of dress, of a threat, of a denial.
What a sentence does with them is weighed by ``weights``, which were learnt from labelled sentences
of several languages together: a language needs a lexicon of its own, but few sentences.
"""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import NamedTuple

import msgspec

from stopjihad.catalog.word_files import languages_of, read_words


class SenseWords(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold the senses of one language.

    Attributes:
        language: primary subtag.
        senses: name of a sense to its phrases, in the grammar of ``stopjihad/check/rules/grammar``,
            with commas between them: thousands of YAML values would take long to read.
    """

    language: str
    senses: dict[str, str]

    def phrases(self) -> dict[str, tuple[str, ...]]:
        """Cut the lists.

        Returns:
            Name of a sense to its phrases.
        """
        return {name: tuple(listed.split(", ")) for name, listed in self.senses.items()}


class SenseRow(NamedTuple):
    """Hold a phrase of several words of a sense.

    Attributes:
        name: of the sense.
        text: the phrase.
        needs: numbers of the patterns that it cannot do without, the rarest first: by how often
            campaigns have them where the lexicon was numbered beforehand, by letters elsewhere.
    """

    name: str
    text: str
    needs: tuple[int, ...]


class SenseIndex(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold the lexicon of a language with its patterns numbered: that takes a program longest.

    Attributes:
        source: SHA-256 of the lexicon's file, in hexadecimal digits.
        patterns: all patterns, a line for those that have a number in common; the first is 0.
        exact: folded word to the numbers of the patterns that are it.
        starts: beginning of words, folded, to the numbers of patterns such as ``pray*``.
        others: patterns with another open end, folded, and their numbers.
        single: name of a sense to the number of its single words.
        rows: its phrases of several words.
    """

    source: str
    patterns: str
    exact: dict[str, tuple[int, ...]]
    starts: dict[str, tuple[int, ...]]
    others: tuple[tuple[str, int], ...]
    single: dict[str, int]
    rows: tuple[SenseRow, ...]


class Weights(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """Hold what ``tools/learn_weights.py`` learnt from ``tests/messages/sentences``.

    Attributes:
        learnt_from: SHA-256 of the sentences and lexicons, in hexadecimal digits.
        refuse: score from which a sentence is refused, by language.
        doubt: score from which a person should read a sentence, by language.
        harm: trait of a sentence to what it adds to the score, in thousandths.
        kind: trait to what speaks for suspicion (above 0) or for blame (below), in thousandths.
    """

    learnt_from: str
    refuse: dict[str, float]
    doubt: dict[str, float]
    harm: dict[str, int]
    kind: dict[str, int]


def sense_languages() -> tuple[str, ...]:
    """Name the languages that have a lexicon of senses.

    Returns:
        Primary subtags, sorted.
    """
    return languages_of("senses")


@cache
def sense_words(primary: str) -> SenseWords | None:
    """Read the lexicon of a language.

    Args:
        primary: primary subtag.

    Returns:
        Its senses; None when there is no lexicon.

    Raises:
        msgspec.ValidationError: the file has a wrong key or value.
    """
    return read_words("senses", primary, SenseWords)


def lexicon_digest(primary: str) -> str:
    """Digest the lexicon of a language.

    Args:
        primary: primary subtag of a language that has one.

    Returns:
        SHA-256 of its file, in hexadecimal digits.
    """
    file = resources.files("stopjihad.catalog").joinpath(f"rules/senses/{primary}.yaml")
    return hashlib.sha256(file.read_bytes()).hexdigest()


def sense_index(primary: str) -> SenseIndex | None:
    """Read the lexicon of a language as ``tools/index_senses.py`` has numbered it.

    Args:
        primary: primary subtag of a language that has one.

    Returns:
        The index, which nobody else has; None when there is none, or when the lexicon was changed
        since.

    Raises:
        msgspec.DecodeError: the file is broken.
    """
    file = resources.files("stopjihad.catalog").joinpath(f"rules/senses/index/{primary}.json")
    if not file.is_file():
        return None
    found = msgspec.json.decode(file.read_bytes(), type=SenseIndex)
    return found if found.source == lexicon_digest(primary) else None


@cache
def weights() -> Weights:
    """Read the weights.

    Returns:
        The weights.

    Raises:
        msgspec.DecodeError: the file is broken.
    """
    file = resources.files("stopjihad.catalog").joinpath("rules/weights.json")
    return msgspec.json.decode(file.read_bytes(), type=Weights)
