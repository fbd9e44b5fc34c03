"""Kind of check that weighs sentences: blame of a religion, suspicion of lawful practice."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from functools import cached_property
from typing import NamedTuple

from stopjihad.catalog.rules import Rule
from stopjihad.check.rules.finding import Finding
from stopjihad.check.rules.phrases import Hit
from stopjihad.check.rules.placing import finding_at
from stopjihad.check.rules.reading import Reading, Sentence
from stopjihad.check.rules.scales import HARM, TOPIC, Scales, Verdict, scales
from stopjihad.check.rules.written import Text

TOGETHER = 30
"""Most words of two sentences that are weighed as one; longer ones rarely hang together."""

DENIALS = frozenset({"neg", "not_sign", "false", "liars", "condemn"})
"""Senses by which a sentence may take back the one before it."""

_MARK = re.compile(r"\W*\w+(?: \w+)? ?:")  # a word or two with a colon: "Claim:", "En fait :"


class _Telling(NamedTuple):
    """Hold the words of some texts that may speak of a topic, of harm, of a denial."""

    topic: frozenset[str]
    harm: frozenset[str]
    denial: frozenset[str]


class _Read:
    """Hold a sentence; what it speaks of is found when it is asked for."""

    def __init__(self, known: Scales, telling: _Telling, sentence: Sentence) -> None:
        """Look which words it has.

        Args:
            known: weighs it.
            telling: words that may say something.
            sentence: the sentence.
        """
        self.sentence = sentence
        self._known = known
        self._telling = telling
        self._heard = known.senses.hear(sentence.tokens)
        may = [not words.isdisjoint(sentence.tokens) for words in telling]
        self.may_topic, self.may_harm, self._denies = may

    @cached_property
    def verdict(self) -> Verdict | None:
        """What it weighs alone; None where the scales have no verdict."""
        if not self.topic:
            return None
        spans = self._known.senses.find(self._heard)
        return self._known.weigh(self.sentence.tokens, spans, self.sentence.text)

    @cached_property
    def topic(self) -> bool:
        """Whether it has a topic."""
        return self.may_topic and self._speaks(TOPIC, self._telling.topic)

    @cached_property
    def harm(self) -> bool:
        """Whether it has something that harms."""
        return self.may_harm and self._speaks(HARM, self._telling.harm)

    @property
    def denies(self) -> bool:
        """Whether it may take back what the sentence before it says."""
        return self._denies and self._speaks(DENIALS, self._telling.denial)

    @property
    def marked(self) -> bool:
        """Whether it says what it is, as in "Claim: ..." and "Fact: ..."."""
        return _MARK.match(self.sentence.text) is not None

    def _speaks(self, names: frozenset[str], telling: frozenset[str]) -> bool:
        return self._known.senses.speaks(self._heard, names, telling)


def weighed(rules: Sequence[Rule], language: str, texts: Sequence[Text]) -> Iterator[Finding]:
    """Find sentences that weigh too much.

    Args:
        rules: rows whose params say of what they are (``of``: ``blame``, ``suspicion`` or
            ``either``), from which threshold on (``from``: ``refuse`` or ``doubt``), and which
            fields they ``skip``.
        language: BCP 47 tag of the texts.
        texts: the texts.

    Yields:
        Findings; at most one for each sentence.
    """
    known = scales(language.partition("-")[0]) if rules else None
    if known is None:
        return
    words = [text.words | text.lead_words for text in texts]
    telling = _telling(known, words)
    for text, own in zip(texts, words, strict=True):
        if own.isdisjoint(telling.topic):  # most texts have none: their words say so at once
            continue
        if not known.senses.may_speak(known.senses.hear(tuple(own)), TOPIC, telling.topic):
            continue
        for verdict, hit in _verdicts(known, telling, text):
            rule = _rule(rules, known, verdict, text.passage.field)
            if rule is not None:
                yield finding_at(rule, text.passage, hit, words=hit.words)


def _rule(rules: Sequence[Rule], known: Scales, verdict: Verdict, field: str) -> Rule | None:
    if verdict.score < known.doubt:
        return None
    sure = verdict.score >= known.refuse
    side = "suspicion" if verdict.suspicion else "blame"
    wanted = ("refuse", side) if sure else ("doubt", "either")
    return next(
        (
            rule
            for rule in rules
            if (rule.params["from"], rule.params["of"]) == wanted
            and field not in rule.params.get("skip", ())
        ),
        None,
    )


def _telling(known: Scales, words: Iterable[frozenset[str]]) -> _Telling:
    every = frozenset().union(*words)
    return _Telling(*known.senses.among(every, (TOPIC, HARM, DENIALS)))


def _verdicts(known: Scales, telling: _Telling, text: Text) -> Iterator[tuple[Verdict, Hit]]:
    lead = text.lead
    read = [_Read(known, telling, sentence) for sentence in text.reading.sentences]
    for before, this, after in zip([None, *read], read, [*read[1:], None], strict=False):
        alone = _heavy(known, _taken_back(known, this, after))
        if alone is not None and alone.score >= known.refuse:
            yield alone, Hit(*this.sentence.written(alone.start, alone.end))
            continue
        others = (_joined(known, before, this), _led(known, lead, this))
        heavy = [one for one in (alone, *others) if one is not None]
        if heavy:
            heaviest = max(heavy, key=lambda one: one.score)
            places = (heaviest.start, heaviest.end) if heaviest is alone else None
            yield heaviest, Hit(*this.sentence.written(*places or (0, len(this.sentence.tokens))))


def _taken_back(known: Scales, this: _Read, after: _Read | None) -> Verdict | None:
    """Weigh a sentence with the next one, where that may say that it is not so."""
    alone = this.verdict
    if alone is None or alone.score < known.doubt or after is None:
        return alone
    if not (after.denies or (this.marked and after.marked)):
        return alone
    both = _both(known, this.sentence, after.sentence, " ")
    return alone._replace(score=min(alone.score, both.score)) if both else alone


def _joined(known: Scales, before: _Read | None, this: _Read) -> Verdict | None:
    """Weigh two sentences together of which one names the topic and the other the harm."""
    if before is None or before.sentence.is_question:
        return None
    if len(before.sentence.tokens) + len(this.sentence.tokens) > TOGETHER:
        return None
    if not (before.may_topic and this.may_harm) and not (this.may_topic and before.may_harm):
        return None
    apart = (before.topic and this.harm and not (before.harm or this.topic)) or (
        this.topic and before.harm and not (this.harm or before.topic)
    )
    if not apart:
        return None
    return _heavy(known, _both(known, before.sentence, this.sentence, " "))


def _led(known: Scales, lead: Reading | None, this: _Read) -> Verdict | None:
    """Weigh a sentence together with the heading that says what it is about."""
    if lead is None or not lead.sentences or not this.topic or lead.sentences[-1].is_question:
        return None
    if this.harm and this.denies:
        return None  # it says itself that it is not so, whatever its heading is about
    return _heavy(known, _both(known, lead.sentences[-1], this.sentence, ": "))


def _both(known: Scales, one: Sentence, other: Sentence, between: str) -> Verdict | None:
    tokens = [*one.tokens, *other.tokens]
    spans = known.senses.find(known.senses.hear(tokens))
    return known.weigh(tokens, spans, f"{one.text.rstrip(' :')}{between}{other.text}")


def _heavy(known: Scales, verdict: Verdict | None) -> Verdict | None:
    return verdict if verdict is not None and verdict.score >= known.doubt else None
