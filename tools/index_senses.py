"""Number the patterns of the lexicons of senses: ``make learn``.

Writes ``stopjihad/catalog/rules/senses/index/<language>.json``. To number them takes a program as
long as half of what it then does with them in a campaign; to read numbers takes a fifth of that.
"""  # noqa: INP001 (a script, not a package)

from __future__ import annotations

from pathlib import Path

import msgspec
from stopjihad.catalog.senses import SenseIndex, lexicon_digest, sense_languages, sense_words
from stopjihad.check.rules.grammar import Grammar
from stopjihad.check.rules.senses import numbered
from stopjihad.check.rules.vocabulary import Vocabulary

FOLDER = Path(__file__).parent.parent / "stopjihad" / "catalog" / "rules" / "senses" / "index"


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
    return SenseIndex(
        source=lexicon_digest(language), single=single, rows=tuple(rows), **vocabulary.numbered()
    )


def main() -> None:
    """Number all lexicons."""
    FOLDER.mkdir(exist_ok=True)
    for language in sense_languages():
        raw = msgspec.json.format(msgspec.json.encode(index(language)), indent=-1)
        (FOLDER / f"{language}.json").write_bytes(raw + b"\n")


if __name__ == "__main__":
    main()
