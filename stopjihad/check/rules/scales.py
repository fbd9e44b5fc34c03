"""Weigh what a sentence says: does it blame a religion, or suspect lawful practice?"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from functools import cache
from typing import NamedTuple

from stopjihad.catalog.senses import Weights, weights
from stopjihad.check.rules.senses import Senses, Spans, senses
from stopjihad.check.rules.traits import traits

PRACTICE = frozenset({"pray", "dress", "diet", "culture", "devout"})
"""Senses of lawful practice."""

TOPIC = PRACTICE | {"muslim", "islam", "mosque", "faith"}
"""Senses of which a sentence must have one: who or what is blamed or suspected."""

HARM = frozenset(
    {"sign", "stage", "recognise", "means", "report", "authority", "watch", "suspect", "danger"}
    | {"radical", "terror", "hate", "bad", "cause", "blame", "atone", "expel", "not_sign", "false"}
)
"""Senses of what is held against a topic. Three of four harmful sentences have one; the others are
told by their words."""

STATEMENT = 5
"""Words from which on a sentence weighs in full without a sense of ``ACCUSING``."""

SHORT = 2.0
"""How much less a shorter one weighs, which then is refused or nothing: "I am Muslim" says little,
and of little the scales know too little. In tests/messages/sentences 6 of 237 such fair ones are
refused, and 87 of 474 harmful ones."""

ACCUSING = HARM | {"liars"}
"""Senses that make a few words say enough."""

OTHER = "*"
"""Key of the thresholds for languages that have a lexicon, but no labelled sentences."""


class Verdict(NamedTuple):
    """Hold what a sentence weighs.

    Attributes:
        score: how much speaks for harm; no unit, 0 is a toss-up.
        suspicion: whether practice is suspected, rather than a religion blamed; False where not
            even a doubt is left.
        start: first word of what weighs most, or of all where no doubt is left.
        end: word after its last.
    """

    score: float
    suspicion: bool
    start: int
    end: int


class Scales:
    """Weigh sentences of one language."""

    def __init__(self, language: str, known: Senses, learnt: Weights) -> None:
        """Keep the lexicon and the weights.

        Args:
            language: primary subtag.
            known: senses of the language.
            learnt: weights of all languages.
        """
        self.language = language
        self.senses = known
        self.refuse = learnt.refuse.get(language, learnt.refuse[OTHER])
        self.doubt = learnt.doubt.get(language, learnt.doubt[OTHER])
        self._learnt = learnt

    def weigh(self, tokens: Sequence[str], spans: Spans, text: str) -> Verdict | None:
        """Weigh a sentence.

        Args:
            tokens: its folded words.
            spans: what they speak of.
            text: the sentence as written.

        Returns:
            The verdict; None for a sentence without a topic, and for few words that are not heavy.
        """
        if spans.keys().isdisjoint(TOPIC):
            return None
        short = len(tokens) < STATEMENT and spans.keys().isdisjoint(ACCUSING)
        if short and len(tokens) < 2:
            return None
        found = traits(self.language, tokens, spans, text)
        harm, kind = self._learnt.harm, self._learnt.kind
        parts = {name: harm[name] * value / 1000 for name, value in found.items() if name in harm}
        score = sum(parts.values()) + harm[""] / 1000 - (SHORT if short else 0.0)
        if short and score < self.refuse:
            return None
        if score < self.doubt:
            return Verdict(score, suspicion=False, start=0, end=len(tokens))
        side = sum(kind.get(name, 0) * value for name, value in found.items()) + kind[""]
        return Verdict(score, side > 0, *_heaviest(spans, parts))


def _heaviest(spans: Spans, parts: dict[str, float]) -> tuple[int, int]:
    """Find the words of the topic and of the harm that together weigh most."""
    topics, harms = sorted(TOPIC & spans.keys()), sorted(HARM & spans.keys())
    if not harms:
        return spans[max(topics, key=lambda name: parts.get(name, 0.0))][0]
    pairs = (
        (sum(parts.get(name, 0.0) for name in ("+".join(sorted(pair)), *pair)), *pair)
        for pair in itertools.product(topics, harms)
    )
    _, topic, harm = max(pairs)
    ends = spans[topic][0], spans[harm][0]
    return min(start for start, _ in ends), max(end for _, end in ends)


@cache
def scales(primary: str) -> Scales | None:
    """Give the scales of a language.

    Args:
        primary: primary subtag.

    Returns:
        The scales; None for languages without a lexicon of senses.
    """
    known = senses(primary)
    return Scales(primary, known, weights()) if known else None
