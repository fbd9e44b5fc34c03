"""Number the patterns of the lexicons of senses: ``make learn``.

Writes ``stopjihad/catalog/rules/senses/index/<language>.json``. To number them takes a program as
long as half of what it then does with them in a campaign; to read numbers takes a fifth of that.
"""  # noqa: INP001 (a script, not a package)

from __future__ import annotations

from collections import Counter
from pathlib import Path

import msgspec
from stopjihad.catalog.senses import SenseIndex, lexicon_digest, sense_languages, sense_words
from stopjihad.check.rules.grammar import Grammar
from stopjihad.check.rules.senses import numbered
from stopjihad.check.rules.vocabulary import Vocabulary
from stopjihad.text.stems import folded_words

REPOSITORY = Path(__file__).parent.parent
FOLDER = REPOSITORY / "stopjihad" / "catalog" / "rules" / "senses" / "index"
SENTENCES = REPOSITORY / "tests" / "messages" / "sentences"
PROSE = ("campaign", "sample")
"""Sets with sentences of campaigns: all of them fair, as is nearly all that is checked."""


def index(language: str) -> SenseIndex:
    """Number the lexicon of a language.

    Args:
        language: primary subtag of a language that has one.

    Returns:
        The index.
    """
    known = sense_words(language)
    vocabulary = Vocabulary(language)
    single, rows = numbered(known.phrases() if known else {}, Grammar(language, {}, vocabulary))
    often = _often(language, vocabulary)
    return SenseIndex(
        source=lexicon_digest(language),
        single=single,
        rows=tuple(
            row._replace(needs=tuple(sorted(row.needs, key=often.__getitem__))) for row in rows
        ),
        **vocabulary.numbered(),
    )


def _often(language: str, vocabulary: Vocabulary) -> Counter[int]:
    """Count in how many sentences of campaigns patterns are met: long words may be common."""
    found: Counter[int] = Counter()
    for name in PROSE:
        path = SENTENCES / language / f"{name}.txt"
        for line in path.read_text("utf-8").splitlines() if path.is_file() else ():
            words = folded_words(line.partition(" | ")[2])
            found.update(frozenset[int]().union(*(vocabulary.look_up(word).all for word in words)))
    return found


def main() -> None:
    """Number all lexicons."""
    FOLDER.mkdir(exist_ok=True)
    for language in sense_languages():
        raw = msgspec.json.format(msgspec.json.encode(index(language)), indent=-1)
        (FOLDER / f"{language}.json").write_bytes(raw + b"\n")


if __name__ == "__main__":
    main()
