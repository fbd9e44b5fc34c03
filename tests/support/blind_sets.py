"""Sets of sections and sentences by writers who had not read the message rules, and their verdicts.

``python -m support.blind_sets`` prints the table of all sets; with ``--store`` it also writes the
counts that ``messages/test_blind.py`` holds the rules to, with ``--show SET LANGUAGE`` it prints
each text of a set with its verdict.
"""

from __future__ import annotations

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from statistics import median
from typing import NamedTuple

import yaml
from stopjihad.catalog.rules import rules
from stopjihad.check.reading_list import reading_list

from support.messages import DEMO, MESSAGES, laid_over, problems_of

BLIND = MESSAGES / "blind"
FIGURES = BLIND / "figures.yaml"
LANGUAGES = ("en", "fr", "de", "ar", "nl", "es")
SENTENCE_LANGUAGES = (*LANGUAGES, "tr", "ru")
SETS = {
    "fair_signs": ("warning_signs", LANGUAGES),
    "harmful_signs": ("warning_signs", LANGUAGES),
    "taken_back": ("taken_back", SENTENCE_LANGUAGES),
    "hateful": ("hateful", SENTENCE_LANGUAGES),
}
"""File and languages of each set."""

FAIR = ("fair_signs", "taken_back")
"""Sets of which nothing should be refused; of the others everything should be seen."""


class Verdict(NamedTuple):
    """What ``check`` makes of a text: codes of errors, and the number of listed sentences."""

    text: str
    refused: frozenset[str]
    listed: int


class Tally(NamedTuple):
    """Numbers of texts: refused, else listed, else passed; median of listed sentences."""

    refused: int
    listed: int
    passed: int
    median: float


def texts(name: str, language: str) -> list[str]:
    """Read the texts of a set."""
    raw = yaml.safe_load((BLIND / f"{SETS[name][0]}.{language}.yaml").read_text("utf-8"))
    return raw if isinstance(raw, list) else raw[name.partition("_")[0]]


def verdicts(name: str, language: str) -> list[Verdict]:
    """Check a campaign that has each text of a set as a free page."""
    known = texts(name, language)
    pages = {f"blind-{number}": text for number, text in enumerate(known)}
    added = {key: {"title": "1", "body": text} for key, text in pages.items()}
    project = laid_over({"pages": added}, language)
    refusing = {code for rule in rules().values() for code in (rule.id, *rule.also)}
    refused: dict[str, set[str]] = defaultdict(set)
    for problem in problems_of(project):
        if problem.severity == "error" and problem.code in refusing:
            refused[problem.path].add(problem.code)
    listed: dict[str, int] = defaultdict(int)
    for sentence in reading_list(project, language):
        listed[sentence.context.rpartition("/")[0]] += 1
    return [
        Verdict(text, frozenset(refused[f"{DEMO}/pages/{key}.md"]), listed[f"pages/{key}"])
        for key, text in pages.items()
    ]


def tally(found: list[Verdict]) -> Tally:
    """Count verdicts."""
    refused = sum(bool(one.refused) for one in found)
    listed = sum(not one.refused and one.listed > 0 for one in found)
    middle = float(median(one.listed for one in found))
    return Tally(refused, listed, len(found) - refused - listed, middle)


def sets() -> Iterator[tuple[str, str]]:
    """Name each set and language."""
    for name, (_, languages) in SETS.items():
        for language in languages:
            yield name, language


def table(figures: dict[tuple[str, str], Tally]) -> str:
    """Write counts as a table, one row for each set and language."""
    lines = [f"{'set':<14}{'':<4}{'texts':>6}{'refused':>9}{'listed':>9}{'seen':>9}{'median':>8}"]
    for (name, language), one in figures.items():
        whole = one.refused + one.listed + one.passed
        shares = [one.refused, one.listed, one.refused + one.listed]
        written = "".join(f"{share / whole:>9.1%}" for share in shares)
        lines.append(f"{name:<14}{language:<4}{whole:>6}{written}{one.median:>8g}")
    return "\n".join(lines)


def stored() -> dict[str, dict[str, list[float]]]:
    """Read the counts that the rules are held to, by set and language."""
    return yaml.safe_load(FIGURES.read_text("utf-8"))


def _store(figures: dict[tuple[str, str], Tally]) -> None:
    kept = FIGURES.read_text("utf-8").splitlines() if FIGURES.exists() else []
    lines = [line for line in kept if line.startswith("#")]
    for (name, language), one in figures.items():
        if language == LANGUAGES[0]:
            lines.append(f"{name}:")
        lines.append(f"  {language}: [{one.refused}, {one.listed}, {one.passed}, {one.median:g}]")
    FIGURES.write_text("\n".join([*lines, ""]), "utf-8")


def main() -> None:
    """Print the table, or the verdicts of one set."""
    parser = argparse.ArgumentParser(description="Judge the message rules by the blind sets.")
    parser.add_argument("--store", action="store_true", help="write the counts of today")
    parser.add_argument("--show", nargs=2, metavar=("SET", "LANGUAGE"))
    chosen = parser.parse_args()
    if chosen.show:
        for one in verdicts(*chosen.show):
            sys.stdout.write(f"{sorted(one.refused)} {one.listed}: {one.text.strip()}\n")
        return
    figures = {key: tally(verdicts(*key)) for key in sets()}
    if chosen.store:
        _store(figures)
    sys.stdout.write(f"{table(figures)}\n")


if __name__ == "__main__":
    main()
