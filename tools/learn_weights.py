"""Learn from labelled sentences what speaks for blame and suspicion: ``make learn``.

Reads ``tests/messages/sentences/<language>/<set>.txt`` and the lexicons of senses, and writes
``stopjihad/catalog/rules/weights.json``. Each set was written apart from the others, in its own
manner. The thresholds are those at which sentences of a set that was left out while learning are
refused wrongly as often as ``REFUSED`` and ``DOUBTED`` say; the table shows what is found then.
``tests/messages/unseen`` and ``plain`` are never read here.
"""  # noqa: INP001 (a script, not a package)

from __future__ import annotations

import hashlib
import re
import sys
from collections import Counter
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import yaml
from logistic import Array, Table, fit, scores, table
from stopjihad.catalog.senses import Weights, sense_languages
from stopjihad.check.rules.scales import HARM, OTHER, STATEMENT, TOPIC
from stopjihad.check.rules.senses import senses
from stopjihad.check.rules.traits import traits
from stopjihad.text.fold import fold
from stopjihad.text.letters import WORD

ROOT = Path(__file__).parent.parent
SENTENCES = ROOT / "tests" / "messages" / "sentences"
CANON = ROOT / "tests" / "messages" / "canon.yaml"
RULES = ROOT / "stopjihad" / "catalog" / "rules"

LABELS = {"blame": 1.0, "suspicion": 1.0, "hint": 0.5, "fair": 1.0}
"""Labels, and how much a sentence counts: what is only hinted at counts half, because rules that
refuse need to be sure."""

FIRM, FIRM_SHARE = {"first", "canon"}, 16.0
"""Sets whose harmful sentences count more than others: what is said as plainly as there must be
refused, and the rules are held to it (tests/messages)."""

LEAST = 0.08
"""Weights below this are left out: a third of them. Of the sentences that nothing is learnt from,
three in a thousand are judged otherwise without them."""

EASY = {"canon", "campaign", "sample", "ordinary"}
"""Sets by which nothing is measured: frames, and fair sentences that nobody would mistake."""

FEW, MANY = 200, 500
"""Fair sentences, written to be mistaken, from which a language gets a threshold of its own: with
many whatever it is, with few at least half of the strictest one. Others take that one."""

STRENGTH = 0.5
"""Inverse of the ridge penalty; 0.3 to 1 do as well, by cross-validation."""

REFUSED, DOUBTED = 0.015, 0.06
"""Share of fair sentences, most of them written to be mistaken, that may be refused or doubted."""

RARE_WORD, RARE_PAIR = 2, 3
"""Sentences in which a word, or two words in a row, must be to get a weight."""

COMMON = 3.0
"""Rarity (1 + ln of sentences a sentence with it) of words that learn as easily as senses do;
rarer ones learn more easily. 2 to 4 do as well, by cross-validation."""


class Row(NamedTuple):
    """Hold a labelled sentence and what there is to it."""

    language: str
    manner: str
    label: str
    traits: dict[str, float]
    weighed: bool


def labelled(path: Path) -> Iterator[tuple[str, str]]:
    """Read a file of labelled sentences.

    Args:
        path: a file of lines ``label | sentence``.

    Yields:
        Label and sentence.

    Raises:
        ValueError: a line has no known label.
    """
    for line in path.read_text("utf-8").splitlines():
        label, bar, text = line.partition(" | ")
        if not bar or label not in LABELS:
            raise ValueError(f"{path}: {line}")
        yield label, text


def canon(language: str) -> Iterator[tuple[str, str]]:
    """Fill the frames of the plainest sentences.

    Args:
        language: primary subtag.

    Yields:
        Label and sentence; nothing for a language without frames.
    """
    rows = yaml.safe_load(CANON.read_text("utf-8")).get(language)
    for label in LABELS if rows else ():
        for frame in rows.get(label, ()):
            (name,) = re.findall(r"\{(\w)\}", frame)
            for filler in rows["fillers"][name]:
                text = frame.format_map({name: filler})
                yield label, text[:1].upper() + text[1:]


def digest() -> str:
    """Digest everything that the weights are learnt from.

    Returns:
        SHA-256 in hexadecimal digits.
    """
    found = hashlib.sha256()
    paths = [CANON, *SENTENCES.glob("*/*.txt"), *(RULES / "senses").glob("*.yaml")]
    for path in sorted(paths):
        found.update(f"{path.parent.name}/{path.name}\0".encode() + path.read_bytes() + b"\0")
    return found.hexdigest()


def read_rows() -> list[Row]:
    """Read all labelled sentences of languages that have a lexicon of senses."""
    found = []
    for language in sense_languages():
        for path in sorted((SENTENCES / language).glob("*.txt")):
            found += [_row(language, path.stem, *pair) for pair in labelled(path)]
        found += [_row(language, CANON.stem, *pair) for pair in canon(language)]
    return found


def _row(language: str, manner: str, label: str, text: str) -> Row:
    known = senses(language)
    if known is None:
        raise ValueError(f"no lexicon of senses for {language}")
    tokens = WORD.findall(fold(text))
    spans = known.find(known.hear(tokens))
    few = len(tokens) < STATEMENT
    weighed = not (spans.keys().isdisjoint(TOPIC) or (few and spans.keys().isdisjoint(HARM)))
    return Row(language, manner, label, traits(language, tokens, spans, text), weighed)


def eases(data: Table, rows: list[Row]) -> Array:
    """Say how easily each trait learns: a rare word says more than its few sentences prove.

    Args:
        data: traits of the sentences.
        rows: the sentences.

    Returns:
        A factor for each column: 1 for senses, by rarity for words and pairs of words.
    """
    sentences = Counter(row.language for row in rows)
    having = np.bincount(data.columns, minlength=len(data.names))
    made = np.ones(len(data.names))
    for place, name in enumerate(data.names):
        language, colon, word = name.partition(":")
        if colon and word:
            made[place] = (1 + np.log(sentences[language] / (1 + having[place]))) / COMMON
    return made


def crossed(data: Table, rows: list[Row], wanted: Array, share: Array) -> Array:
    """Score the sentences of each set by weights that were learnt from the other sets."""
    manners = np.array([row.manner for row in rows])
    found = np.zeros(len(rows))
    for manner in sorted(set(manners)):
        sys.stderr.write(f"leaving out {manner}\n")
        out = manners == manner
        found[out] = scores(data, fit(data, wanted, np.where(out, 0.0, share), STRENGTH))[out]
    return np.where([row.weighed for row in rows], found, -np.inf)


def thresholds(rows: list[Row], found: Array, most: float) -> dict[str, float]:
    """Find from which score on no more than a share of the fair sentences lies.

    Args:
        rows: labelled sentences.
        found: score of each.
        most: the share.

    Returns:
        Language to threshold; that of ``OTHER`` is the strictest.
    """
    fair = {
        language: sorted(_of(rows, found, language, "fair"), reverse=True)
        for language in sorted({row.language for row in rows})
    }
    own = {language: one[int(most * len(one))] for language, one in fair.items() if len(one) >= FEW}
    strictest = max(own[language] for language in own if len(fair[language]) >= MANY)
    made = {
        language: level if len(fair[language]) >= MANY else max(level, strictest / 2)
        for language, level in own.items()
    }
    return {
        name: round(max(level, 0.0) + 0.01, 2)  # below 0 a sentence is fairer than a toss-up
        for name, level in {OTHER: strictest, **made}.items()
    }


def report(rows: list[Row], found: Array, refuse: dict[str, float], doubt: dict[str, float]) -> str:
    """Tell what is found in sentences of sets that were left out."""
    lines = [f"{'':<10}{'refused':>30}{'refused or doubted':>36}"]
    lines.append(f"{'language':<10}" + 2 * "".join(f"{label:>10}" for label in LABELS))
    for language in sorted({row.language for row in rows}):
        cells = [
            np.mean([score >= known for score in _of(rows, found, language, label)] or [0.0])
            for known in (levels.get(language, levels[OTHER]) for levels in (refuse, doubt))
            for label in LABELS
        ]
        lines.append(f"{language:<10}" + "".join(f"{cell:>10.1%}" for cell in cells))
    return "\n".join(lines)


def learn(rows: list[Row]) -> tuple[Weights, str]:
    """Learn weights and thresholds.

    Args:
        rows: labelled sentences.

    Returns:
        The weights, and what is found with them in sets that were left out.
    """
    plain = table([row.traits for row in rows], _keep)
    ease = eases(plain, rows)
    data = plain._replace(values=plain.values * ease[plain.columns])
    wanted = np.array([float(row.label != "fair") for row in rows])
    share = np.array([_share(row) for row in rows])
    found = crossed(data, rows, wanted, share)
    refuse, doubt = (thresholds(rows, found, most) for most in (REFUSED, DOUBTED))
    suspected = np.array([float(row.label != "blame") for row in rows])
    weights = Weights(
        learnt_from=digest(),
        refuse=refuse,
        doubt=doubt,
        harm=_rounded(data, ease, fit(data, wanted, share, STRENGTH)),
        kind=_rounded(data, ease, fit(data, suspected, share * wanted, STRENGTH)),
    )
    return weights, report(rows, found, refuse, doubt)


def _share(row: Row) -> float:
    firm = row.manner in FIRM and row.label != "fair"
    return LABELS[row.label] * (FIRM_SHARE if firm else 1.0)


def _of(rows: list[Row], found: Array, language: str, label: str) -> list[float]:
    return [
        float(score)
        for row, score in zip(rows, found, strict=True)
        if (row.language, row.label) == (language, label) and row.manner not in EASY
    ]


@cache
def _keep(name: str, count: int) -> bool:
    if ":" not in name or name == ":":
        return True
    return count >= (RARE_PAIR if "_" in name else RARE_WORD)


def _rounded(data: Table, ease: Array, weights: Array) -> dict[str, int]:
    made = {"": round(float(weights[-1]) * 1000)}
    for name, weight in zip(data.names, weights[:-1] * ease, strict=True):
        if abs(weight) >= LEAST:
            made[name] = round(float(weight) * 1000)
    return made


def main() -> None:
    """Learn, write, and show what was learnt."""
    if missing := set(sense_languages()) - {path.name for path in SENTENCES.iterdir()}:
        sys.stderr.write(f"without sentences: {', '.join(sorted(missing))}\n")
    weights, shown = learn(read_rows())
    raw = msgspec.json.format(msgspec.json.encode(weights), indent=0)
    (RULES / "weights.json").write_bytes(raw + b"\n")
    sys.stdout.write(f"{shown}\n")


if __name__ == "__main__":
    main()
