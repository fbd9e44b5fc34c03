"""Kinds of check about the claim: what leads, what repeats it, what says that it is false."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

import msgspec

from stopjihad.catalog.phrases import stop_words
from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding
from stopjihad.check.rules.languages import Case, SaidText, Tongue, finding_in_text
from stopjihad.lexicon.phrases import phrases
from stopjihad.model import contexts
from stopjihad.model.point import Point
from stopjihad.model.project import Document
from stopjihad.text.language.sentences import first_sentence, sentences
from stopjihad.text.language.stems import fewest_stems, may_share, shared_stems, stem, stems, words

_COLON = re.compile(r"\s*[:\u2013\u2014-]\s")


def claim_openings(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find facts and hand-written posts that begin with what others say (STR01).

    Args:
        rule: its params name the phrases, and the words within which they must start.
    """
    within = int(rule.params["within"])
    for tongue, document, claim in _points(case):
        found = phrases(tongue.language, rule.params["set"])
        for field, said in _leading_texts(tongue, document):
            if field == "fact" and not _may_lead(said.text, tongue.language, rule.params["set"]):
                continue
            first = first_sentence(said.text, tongue.language)
            hit = next(found.hits(first), None) if found else None
            label = phrases(tongue.language, f"{rule.params['set']}-label")
            named = next(label.hits(first), None) if label else None
            if hit is not None and len(first[: hit.offset].split()) < within:
                yield _at(rule, said, document, field, hit.words)
            elif named and not named.offset and _COLON.match(first, len(named.words)):
                yield _at(rule, said, document, field, named.words)
            elif claim and field != "fact" and _overlap(first, claim.text, tongue.language, 0.75):
                yield _at(rule, said, document, field, first[:60])


def _may_lead(text: str, language: str, name: str) -> bool:
    start = " ".join(text[:80].split(None, 4)[:4])
    sets = (phrases(language, name), phrases(language, f"{name}-label"))
    return any(known is not None and known.may_start(start) for known in sets)


def overlap(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find headlines, addresses, hashtags and descriptions that hold the claim (STR02).

    Args:
        rule: its params give the share of the shorter text and the least number of words, and the
            share of the claim from which on a text is a ``copy``.

    Yields:
        Findings; warnings where a text shares words with the claim and is no copy of it, as a
        correction that needs the same nouns.
    """
    for tongue, document, claim in _points_with_claim(case):
        for field, said in _names(case, tongue, document):
            common = repeated_words(said.text, claim.text, tongue.language, rule.params)
            if not common:
                continue
            copied = _is_copy(common, said.text, claim.text, tongue.language, rule.params)
            if field == "question" and not copied:
                continue  # what readers search for has the claim's nouns
            written = written_words(said.text, common, tongue.language)
            made = _at(rule, said, document, field, ", ".join(written))
            yield made if copied else msgspec.structs.replace(made, severity="warning")


def written_words(text: str, found: Sequence[str], language: str) -> tuple[str, ...]:
    """Give the words of a text as they are written, of which the stems were found.

    Args:
        language: BCP 47 tag of both.
    """
    written = (word for word in words(text) if shared_stems((stem(word, language),), found))
    return tuple(dict.fromkeys(written))


def _is_copy(
    common: Sequence[str], text: str, claim: str, language: str, params: dict[str, float]
) -> bool:
    """Tell whether a text has most of the claim's words, or hardly any others."""
    own = stems(text, language, stop_words(language))
    whole = len(_stems(claim, language))
    share, copy = params["share"], params["copy"]
    return len(common) >= whole * copy or (
        len(common) >= len(own) * copy and len(common) >= whole * share
    )


def repeated_claims(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find sentences of the text that say the claim again (STR03)."""
    for tongue, document, claim in _points_with_claim(case):
        one = _stems(claim.text, tongue.language)
        least = _enough(one, rule.params)
        for field in ("body", "alternative"):
            context = contexts.point(document.record.id, field)
            for passage in tongue.prose(document, field, context):
                plain, tokens = passage.words.plain, passage.words.tokens
                if not may_share(one, plain, tongue.language, least, tokens=tokens):
                    continue  # no sentence says what the whole text does not
                for sentence in sentences(plain, tongue.language):
                    if _says_claim(sentence, claim.text, tongue.language, rule.params):
                        yield _at(rule, passage.plain_text(), document, field, sentence[:80])
        for field, said in _step_texts(tongue, document):
            for sentence in sentences(said.text, tongue.language):
                if _says_claim(sentence, claim.text, tongue.language, rule.params):
                    yield _at(rule, said, document, field, sentence[:80])


def unflagged_claims(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find claims that are told without their warning, or by it (STR04).

    Args:
        rule: as for ``overlap``; its params name the phrases that call something false.
    """
    for tongue, document, claim in _points_with_claim(case):
        warning = _said_text(tongue, document, "warning")
        language = tongue.language
        false = phrases(language, rule.params["calls_false"])
        if warning and _says_claim(warning.text, claim.text, language, rule.params):
            yield _at(rule, warning, document, "warning", "instead of what is true")
        for field, said in _posts(tongue, document):
            found = sentences(said.text.replace("\n", " "), language)
            told = any(_says_claim(it, claim.text, language, rule.params) for it in found)
            if not told or (warning and _says(found, warning.text, language)):
                continue
            # A warning in other words is one: "That is a lie."
            if false is None or not any(True for it in found for _ in false.hits(it)):
                yield _at(rule, said, document, field, "without its warning")


def repeated_words(
    text: str, claim: str, language: str, params: dict[str, float]
) -> tuple[str, ...]:
    """Compare a short text with the claim.

    Args:
        language: BCP 47 tag of both.
        params: ``share`` of the shorter text that must agree, ``least`` stems that must.

    Returns:
        The claim's stems that the text repeats, or none when they are too few.
    """
    one, stop = _stems(claim, language), stop_words(language)
    enough = min(int(params["least"]), len(one), fewest_stems(text, language, stop))
    if not may_share(one, text, language, max(1, enough), stop):
        return ()
    other = stems(text, language, stop)
    shorter = min(len(one), len(other))
    common = shared_stems(one, other)
    if not shorter or len(common) < min(int(params["least"]), shorter):
        return ()
    if shorter < int(params["least"]):  # one word alone says too little, unless it is all there is
        return common if len(one) == len(other) == len(common) else ()
    return common if len(common) / shorter >= params["share"] else ()


@lru_cache(maxsize=1024)  # one rule after the other goes through the claims of a language
def _stems(claim: str, language: str) -> tuple[str, ...]:
    """Give the stems of a claim, with which one sentence after the other is compared."""
    return stems(claim, language, stop_words(language))


def _says_claim(sentence: str, claim: str, language: str, params: dict[str, float]) -> bool:
    """Tell whether a sentence says what the claim says; it may say more."""
    one = _stems(claim, language)
    least = _enough(one, params)
    stop = stop_words(language)
    if not may_share(one, sentence, language, least, stop):
        return False
    return len(shared_stems(one, stems(sentence, language, stop))) >= least


def _enough(one: Sequence[str], params: dict[str, float]) -> int:
    """Count how many of a claim's stems a sentence must have to say what the claim says."""
    return max(int(params["least"]), math.ceil(len(one) * params["share"]))


def _says(found: Sequence[str], warning: str, language: str) -> bool:
    """Tell whether some sentence says what a sentence of the warning says."""
    return any(
        _overlap(one, part, language, 0.6) for part in sentences(warning, language) for one in found
    )


def _overlap(text: str, other: str, language: str, share: float) -> bool:
    return _says_claim(text, other, language, {"share": share, "least": 2})


def _points(case: Case) -> Iterator[tuple[Tongue, Document[Point], SaidText | None]]:
    for tongue in case.tongues:
        for document in case.project.points:
            yield tongue, document, _said_text(tongue, document, "claim")


def _points_with_claim(case: Case) -> Iterator[tuple[Tongue, Document[Point], SaidText]]:
    """Walk through the points that have a claim in a language."""
    for tongue, document, claim in _points(case):
        if claim is not None:
            yield tongue, document, claim


def _said_text(tongue: Tongue, document: Document[Point], field: str) -> SaidText | None:
    record = document.record
    source = getattr(record, field) or ""
    return tongue.find_text(document, field, contexts.point(record.id, field), source)


def _names(case: Case, tongue: Tongue, document: Document[Point]) -> Iterator[tuple[str, SaidText]]:
    """List what stands for a talking point where its warning does not: headline, address, tags."""
    for field in ("fact", "line", "question"):
        said = _said_text(tongue, document, field)
        if said is not None:
            yield field, said
    yield from _hooks(tongue, document)
    yield "address", SaidText(document.record.id, document.path, 0, 0)
    campaign = case.project.campaign
    for index, tag in enumerate(campaign.record.hashtags):
        yield f"hashtag {tag}", SaidText(tag, campaign.path, *campaign.place(f"hashtags.{index}"))
    for note in case.project.media_notes:
        file = note.path.rpartition("/")[2].removesuffix(".yaml")
        if file in document.record.media:
            alt = tongue.find_text(note, "alt", contexts.media(file), note.record.alt)
            if alt is not None:
                yield "alternative text", alt


def _leading_texts(tongue: Tongue, document: Document[Point]) -> Iterator[tuple[str, SaidText]]:
    fact = _said_text(tongue, document, "fact")
    if fact is not None:
        yield "fact", fact
    yield from _hooks(tongue, document)
    yield from _posts(tongue, document)


def _hooks(tongue: Tongue, document: Document[Point]) -> Iterator[tuple[str, SaidText]]:
    """List the first lines of posts: a claim leads nothing."""
    for field, text in document.record.hooks.items():
        said = tongue.find_text(document, field, contexts.point(document.record.id, field), text)
        if said is not None:
            yield field, said


def _step_texts(tongue: Tongue, document: Document[Point]) -> Iterator[tuple[str, SaidText]]:
    """List steps and the texts of slides."""
    for field in ("steps", "slides"):
        for said in tongue.list_texts(document, field):
            yield field, said


def _posts(tongue: Tongue, document: Document[Point]) -> Iterator[tuple[str, SaidText]]:
    record = document.record
    for platform, text in sorted(record.posts.items()):
        field = f"posts.{platform}"
        said = tongue.find_text(document, field, contexts.point(record.id, field), text)
        if said is not None:
            yield f"{platform} post", said


def _at(rule: Rule, said: SaidText, document: Document[Point], field: str, words: str) -> Finding:
    return finding_in_text(rule, said, f"points/{document.record.id}", field=field, words=words)
