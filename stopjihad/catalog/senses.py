"""Words by what they speak of, by language: rows, no code.

A lexicon of senses says of a word that it speaks of prayer, of dress, of a threat, of a denial.
What a sentence does with them is weighed by ``weights``, which were learnt from labelled sentences
of several languages together: a language needs a lexicon of its own, but few sentences.
"""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec


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
    folder = resources.files("stopjihad.catalog").joinpath("rules/senses")
    names = (entry.name for entry in folder.iterdir())
    return tuple(sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml")))


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
    import yaml

    if primary not in sense_languages():
        return None
    loader = getattr(yaml, "CBaseLoader", yaml.BaseLoader)
    file = resources.files("stopjihad.catalog").joinpath(f"rules/senses/{primary}.yaml")
    # Every scalar stays text: "no" and "true" are words here.
    raw = yaml.load(file.read_bytes(), Loader=loader)  # noqa: S506 - builds text only
    return msgspec.convert(raw, type=SenseWords)


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
