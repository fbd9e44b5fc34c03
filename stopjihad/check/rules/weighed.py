"""Kind of check that weighs sentences: blame of a religion, suspicion of lawful practice."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stopjihad.catalog.rules import Rule
from stopjihad.check.rules.finding import Finding
from stopjihad.check.rules.passages import Passage
from stopjihad.check.rules.phrases import Hit
from stopjihad.check.rules.placing import finding_at
from stopjihad.check.rules.reading import Reading, Sentence
from stopjihad.check.rules.scales import HARM, TOPIC, Scales, Verdict, scales
from stopjihad.text.fold import fold

TOGETHER = 30
"""Most words of two sentences that are weighed as one; longer ones rarely hang together."""

_WORD = re.compile(r"\w+")


class _Read(NamedTuple):
    """Hold a unit that was weighed, and whether it has a topic and something that harms."""

    verdict: Verdict | None
    topic: bool
    harm: bool


def weighed(rules: Sequence[Rule], language: str, passages: Sequence[Passage]) -> Iterator[Finding]:
    """Find sentences that weigh too much.

    Args:
        rules: rows whose params say of what they are (``of``: ``blame``, ``suspicion`` or
            ``either``), from which threshold on (``from``: ``refuse`` or ``doubt``), and which
            fields they ``skip``.
        language: BCP 47 tag of the texts.
        passages: the texts.

    Yields:
        Findings; at most one for each sentence.
    """
    known = scales(language.partition("-")[0]) if rules else None
    if known is None:
        return
    for passage in _likely(known, passages):
        for verdict, hit in _verdicts(known, passage):
            rule = _rule(rules, known, verdict, passage.field)
            if rule is not None:
                yield finding_at(rule, passage, hit, words=hit.words)


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


def _likely(known: Scales, passages: Sequence[Passage]) -> Iterator[Passage]:
    """Leave out texts that have no topic, or nothing that harms: most words say so at once."""
    texts = [fold(f"{passage.lead}\n{passage.text}") for passage in passages]
    words = [set(_WORD.findall(text)) for text in texts]
    every = sorted(set().union(*words))
    topic = {word for word in every if known.senses.may_be(word, TOPIC)}
    harm = {word for word in every if known.senses.may_be(word, HARM)}
    for passage, own in zip(passages, words, strict=True):
        if not own.isdisjoint(topic) and not own.isdisjoint(harm):
            yield passage


def _verdicts(known: Scales, passage: Passage) -> Iterator[tuple[Verdict, Hit]]:
    reading = Reading(passage.words(), known.senses.grammar)
    lead = Reading(passage.lead.replace("\n", " "), known.senses.grammar) if passage.lead else None
    before: tuple[Sentence, _Read] | None = None
    for sentence in reading.sentences:
        read = _weighed(known, sentence)
        verdict = read.verdict
        if verdict is not None and verdict.score >= known.doubt:
            yield verdict, Hit(*sentence.written(verdict.start, verdict.end))
        elif joined := _joined(known, before, sentence, read) or _led(known, lead, sentence, read):
            yield joined, Hit(*sentence.written(0, len(sentence.tokens)))
        before = sentence, read


def _weighed(known: Scales, sentence: Sentence) -> _Read:
    found = known.senses.find(sentence.words)
    topic, harm = not found.keys().isdisjoint(TOPIC), not found.keys().isdisjoint(HARM)
    verdict = None
    if topic and harm:
        verdict = known.weigh(sentence.tokens, sentence.words, sentence.text)
    return _Read(verdict, topic, harm)


def _joined(
    known: Scales, before: tuple[Sentence, _Read] | None, sentence: Sentence, read: _Read
) -> Verdict | None:
    """Weigh two sentences together of which one names the topic and the other the harm."""
    if before is None or before[0].is_question:
        return None
    other, earlier = before
    apart = (earlier.topic and read.harm and not (earlier.harm or read.topic)) or (
        read.topic and earlier.harm and not (read.harm or earlier.topic)
    )
    if not apart or len(other.tokens) + len(sentence.tokens) > TOGETHER:
        return None
    return _both(known, other, sentence, f"{other.text} {sentence.text}")


def _led(known: Scales, lead: Reading | None, sentence: Sentence, read: _Read) -> Verdict | None:
    """Weigh a sentence together with the heading that says what it is about."""
    if lead is None or not lead.sentences or not read.topic:
        return None
    heading = lead.sentences[-1]
    if heading.is_question:
        return None
    return _both(known, heading, sentence, f"{heading.text.rstrip(' :')}: {sentence.text}")


def _both(known: Scales, one: Sentence, other: Sentence, text: str) -> Verdict | None:
    tokens = [*one.tokens, *other.tokens]
    verdict = known.weigh(tokens, known.senses.grammar.read(tokens), text)
    return verdict if verdict is not None and verdict.score >= known.doubt else None
