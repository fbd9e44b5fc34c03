"""A kind of check: sentences that will stand after a fact and point at it without a noun."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from fnmatch import fnmatchcase
from functools import cache

from stopjihad.catalog.phrases import Openings, PointingWords, openings
from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding
from stopjihad.check.rules.languages import Case, SaidText, Tongue, finding_in_text
from stopjihad.model import contexts
from stopjihad.model.point import Point
from stopjihad.model.project import Document
from stopjihad.text.language.fold import WORD, PerWord
from stopjihad.text.language.sentence_marks import STAY, marked_sentences
from stopjihad.text.language.sentences import first_sentence
from stopjihad.text.markdown.segments import segments
from stopjihad.text.markdown.words import inline_words

_STAYS = f"[^{STAY}]"
_UNWRITTEN = re.compile("[\u0610-\u061a\u0640\u064b-\u065f\u0670]")
"""Arabic vowel signs and the stroke that stretches a word: readers leave them out."""


def points_back(sentence: str, language: str) -> str:
    """Tell whether a sentence opens with a demonstrative or a pronoun that no noun follows.

    Args:
        sentence: plain words; quotation marks and bullets before them are passed over.

    Returns:
        The words that point back; empty when none do, or the language has no list.
    """
    primary = language.partition("-")[0]
    known, firsts = openings(primary), _firsts(primary)
    if known is None:
        return ""
    written = WORD.findall(_letters_written(sentence[:120]))
    while written and written[0].casefold() in known.lead:
        written = written[1:]
    for words in (written, *_without_clitic(written, known.clitics)):
        found = _opening_word(words, known) if words and words[0].casefold() in firsts else ""
        if found:
            return found
    return ""


_FIRST = re.compile(r"[\s\"'“”«»„(¡¿–—-]{,20}([^\W_]{1,40})(?=[,.;:!?…’'”»)-]|\s+[^\s\[*_])")
"""The first word of a text where no mark of Markdown stands before it, in it or right after it; a
reference may join what stands around it."""


def may_point_back(text: str, language: str) -> bool:
    """Tell quickly whether a text can open by pointing back: the first words of most cannot.

    Returns:
        False only when `points_back` finds nothing in its first sentence.
    """
    found = _FIRST.match(text)
    return found is None or _first_words(language.partition("-")[0])[found[1]]


@cache
def _first_words(primary: str) -> PerWord[bool]:
    """Tell of first words whether a text with one may open by pointing back: texts share them."""
    known, firsts = openings(primary), _firsts(primary)

    def may_point(first: str) -> bool:
        if known is None:
            return False
        word = _letters_written(first)
        if not word:
            return True  # a stroke of Arabic by itself, in the place of a dash: no word
        likely = (word, *(words[0] for words in _without_clitic((word,), known.clitics)))
        return any(one.casefold() in firsts or one.casefold() in known.lead for one in likely)

    return PerWord(may_point, most=_MOST)


_MOST = 1 << 12
"""Most first words that are remembered of a language."""


def _letters_written(text: str) -> str:
    return _UNWRITTEN.sub("", unicodedata.normalize("NFC", text))


@cache
def _firsts(primary: str) -> frozenset[str]:
    """Give the words with which a sentence begins that points back; most begin with another."""
    known = openings(primary)
    if known is None:
        return frozenset()
    bare = {phrase.split()[0] for phrase in known.bare}
    return frozenset(bare.union(*(one.words for one in known.pointing)))


def _without_clitic(written: Sequence[str], clitics: Iterable[str]) -> Iterator[list[str]]:
    """Take a letter away that is written together with the first word: Arabic *and* and *so*."""
    for letter in clitics:
        if written and written[0].startswith(letter):
            yield [written[0].removeprefix(letter), *written[1:]]


def _opening_word(words: Sequence[str], known: Openings) -> str:
    lower = [word.casefold() for word in words]
    if any(_starts(lower, phrase) for phrase in known.free):
        return ""
    for phrase in known.bare:
        if _starts(lower, phrase):
            return " ".join(words[: len(phrase.split())])
    if any(_points_alone(words, one) for one in known.pointing):
        return " ".join(words[:2])
    return ""


def _starts(words: Sequence[str], phrase: str) -> bool:
    parts = phrase.split()
    return list(words[: len(parts)]) == parts


def _points_alone(words: Sequence[str], pointing: PointingWords) -> bool:
    """Tell whether the first word points and the second is no noun: a capital shows one."""
    if not words or words[0].casefold() not in pointing.words:
        return False
    after = words[1] if len(words) > 1 else ""
    if any(fnmatchcase(after, pattern) for pattern in pointing.noun):
        return False
    if after != after.casefold() and pointing.then:  # "Das Lager", "This UN camp"
        return False
    return not pointing.then or any(fnmatchcase(after, pattern) for pattern in pointing.then)


def dangling_openings(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find sentences that will stand right after a fact and open by pointing back (STR08).

    Yields:
        Findings: at the warning, and at the first sentence of explanation and alternative.
    """
    for tongue in case.tongues:
        for document in case.project.points:
            for field, said, markdown in _after_fact(tongue, document):
                if not may_point_back(said.text, tongue.language):
                    continue
                plain = inline_words(said.text) if markdown else said.text
                first = first_sentence(plain, tongue.language)
                words = points_back(first, tongue.language)
                if words:
                    subject = f"points/{document.record.id}"
                    shown = _as_written(words, first)
                    at = said._replace(text=plain)
                    yield finding_in_text(rule, at, subject, field=field, words=shown)


def _as_written(words: str, sentence: str) -> str:
    """Give the words as the sentence has them: ``C’est`` for ``C``, ``Celui-ci`` for two words."""
    joined = r"[\W_]+".join(map(re.escape, words.split()))
    found = re.search(rf"{joined}(?:['’]\w+)?", sentence[:120])
    return found[0] if found else words


def _after_fact(tongue: Tongue, document: Document[Point]) -> Iterator[tuple[str, SaidText, bool]]:
    """List what stands after the fact: its field, the text, and whether it has marks."""
    record = document.record
    context = contexts.point(record.id, "warning")
    warning = tongue.find_text(document, "warning", context, record.warning or "")
    if warning is not None:
        yield "warning", warning, False
    if record.posts:
        yield from _after_fact_of_posts(tongue, document)
    for field in ("body", "alternative"):
        context = contexts.point(record.id, field)
        first = tongue.first_passage(document, field, context)
        if first is not None:
            yield field, first, True
        if not tongue.has_in(_STAYS, context, getattr(record, field)):
            continue
        for segment in segments(getattr(record, field)):
            said = tongue.find_text(document, field, context, segment.text)
            if said is not None and _STAYS in said.text:
                for text in _sentences_that_stay(said.text, tongue.language):
                    yield field, said._replace(text=text), False


def _after_fact_of_posts(
    tongue: Tongue, document: Document[Point]
) -> Iterator[tuple[str, SaidText, bool]]:
    record = document.record
    fact = tongue.find_text(document, "fact", contexts.point(record.id, "fact"), record.fact)
    for platform, text in sorted(record.posts.items() if fact else ()):
        context = contexts.point(record.id, f"posts.{platform}")
        said = tongue.find_text(document, f"posts.{platform}", context, text)
        _, stated, rest = said.text.partition(fact.text) if said and fact else ("", "", "")
        if said and stated:
            yield f"{platform} post", said._replace(text=rest.strip()), False


def _sentences_that_stay(paragraph: str, language: str) -> Iterator[str]:
    """Give the sentences that may follow the fact because they stay, or begin what stays."""
    found = marked_sentences(paragraph, language)
    for index, one in enumerate(found):
        tied = any(after.stays and after.together for after in found[index + 1 : index + 2])
        if (one.stays or tied) and not one.together:
            yield one.text
