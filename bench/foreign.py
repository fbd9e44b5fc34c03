"""Judge the message rules by sentences that nobody of this project wrote: foreign.py DIR.

DIR holds CSV files with the columns ``text``, ``label`` (``hateful`` or ``non-hateful``),
``target`` and, unless a file is named after its language (``en.csv``), ``language``. Printed are,
for each language and target, what is refused and what is put before a person (refused, or on the
reading list), false refusals first. Nothing is learnt from the sentences; only fair ones that are
refused are printed, when ``--show`` asks for them.
"""

from __future__ import annotations

import argparse
import csv
import re
import sys
from collections import defaultdict
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from stopjihad.catalog.frames import has_frames
from stopjihad.catalog.rules import rules
from stopjihad.check.reading_list import listed_sentences
from stopjihad.check.rules.passages import Passage
from stopjihad.check.rules.wording import check_wording

_NEWCOMERS = (
    r"immigrant|migrant|immigr[ée]|refugee|r[ée]fugi[ée]|fl[üu]chtling|geflüchtet|vluchteling"
    r"|مهاجر|لاجئ"
)
"""Sets call refugees immigrants and the other way round, as their annotators do."""

NAMED = {
    "Muslims": r"muslim|moslem|moslim|islam|musulman|mahom[ée]t|مسلم|اسلام|إسلام",
    "immigrants": _NEWCOMERS,
    "refugees": _NEWCOMERS,
}
"""What a sentence must have to name its target, by target; sentences of other targets all count."""

MOST_REFUSED, LEAST_SEEN = 0.01, 0.9
"""Most of the fair sentences of a language that may be refused, and least of the hateful ones that
name their target that a person must see."""


class Labelled(NamedTuple):
    """Hold a sentence that somebody else has judged."""

    language: str
    label: str
    target: str
    text: str
    kind: str = ""


class Judged(NamedTuple):
    """Hold what the rules make of a sentence."""

    sentence: Labelled
    refused: bool
    seen: bool
    named: bool


def sentences(folder: Path) -> Iterator[Labelled]:
    """Read labelled sentences.

    Args:
        folder: where the CSV files are.

    Yields:
        Sentences of languages that have frames.
    """
    for path in sorted(folder.glob("*.csv")):
        with path.open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file):
                language = row.get("language") or path.stem
                if has_frames(language):
                    kind = row.get("functionality", "")
                    yield Labelled(language, row["label"], row["target"], row["text"], kind)


def judge(known: Iterable[Labelled]) -> list[Judged]:
    """Apply the rules that refuse, and the reading list.

    Args:
        known: labelled sentences.

    Returns:
        Each with what becomes of it.
    """
    refusing = [rule for rule in rules().values() if rule.kind == "frames"]
    found = []
    for one in known:
        passage = Passage("x/body", one.text, "", "x", 1, 0, markdown=False)
        refused = any(True for _ in check_wording(refusing, one.language, [passage]))
        seen = refused or bool(listed_sentences([passage], one.language))
        pattern = NAMED.get(one.target, "")
        named = re.search(pattern, one.text, re.IGNORECASE) is not None
        found.append(Judged(one, refused, seen, named))
    return found


def _share(some: list[bool]) -> str:
    return f"{sum(some):>4} of {len(some):<4} {sum(some) / len(some):>6.1%}" if some else " " * 19


def main() -> None:
    """Judge and print."""
    parser = argparse.ArgumentParser(description="Judge the message rules by foreign sentences.")
    parser.add_argument("folder", type=Path, nargs="?")
    parser.add_argument("--by", choices=["target", "kind"], default="target")
    parser.add_argument("--show", action="store_true", help="print fair sentences that are refused")
    chosen = parser.parse_args()
    if chosen.folder is None:
        print("needs a folder of labelled sentences, such as HateCheck: bench/foreign.py DIR")
        return
    judged = judge(sentences(chosen.folder))
    if not judged:
        sys.exit(f"{chosen.folder}: no sentences of a language with frames in *.csv")
    groups: dict[tuple[str, str], list[Judged]] = defaultdict(list)
    for one in judged:
        groups[one.sentence.language, getattr(one.sentence, chosen.by)].append(one)
        if chosen.by == "target":
            groups[one.sentence.language, "all"].append(one)
    head = ("fair, refused", "fair, seen", "hateful, refused", "hateful, seen", "naming, seen")
    print(f"{'':<28}" + "".join(f"{name:<20}" for name in head))
    for (language, name), some in sorted(groups.items()):
        fair = [one for one in some if one.sentence.label != "hateful"]
        hateful = [one for one in some if one.sentence.label == "hateful"]
        columns = (
            [one.refused for one in fair],
            [one.seen for one in fair],
            [one.refused for one in hateful],
            [one.seen for one in hateful],
            [one.seen for one in hateful if one.named],
        )
        print(f"{language} {name:<25}" + " ".join(map(_share, columns)))
    if chosen.show:
        for one in judged:
            if one.refused and one.sentence.label != "hateful":
                print(f"{one.sentence.language}: {one.sentence.text}")


if __name__ == "__main__":
    main()
