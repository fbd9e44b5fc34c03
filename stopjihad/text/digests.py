"""Bind approvals and returned work to the very words they are about."""

from __future__ import annotations

import hashlib

DIGITS = 32
"""Hexadecimal digits of a digest: 128 bits, so that nobody can make two texts share one."""


def translation_digest(language: str, context: str, source: str, translation: str) -> str:
    """Bind an approval to source and translation.

    Args:
        language: BCP 47 tag of the translation.
        context: field that it translates.
        source: text in the source language.
        translation: text in that language.

    Returns:
        Hexadecimal digits of a SHA-256 over the four.
    """
    return _digest(language, context, source, translation)


def text_digest(language: str, context: str, text: str) -> str:
    """Bind an approval to a text of the source language, which translates nothing.

    Args:
        language: BCP 47 tag of the source language.
        context: field.
        text: its words.

    Returns:
        Hexadecimal digits of a SHA-256 over the three.
    """
    return translation_digest(language, context, "", text)


def sentence_digest(language: str, context: str, sentence: str) -> str:
    """Bind a signature under one sentence to its very words and its place.

    Args:
        language: BCP 47 tag.
        context: field that it stands in.
        sentence: its words, without marks.

    Returns:
        Hexadecimal digits of a SHA-256 over the three.
    """
    return _digest("sentence", language, context, sentence)


def exception_digest(rule: str, language: str, context: str, words: str) -> str:
    """Bind an exception to the rule, the language, the place and the words that it excuses.

    Args:
        rule: id of the rule.
        language: BCP 47 tag.
        context: field, or subject of what is judged as a whole.
        words: the sentence that the rule found, or what it said where no words are to blame.

    Returns:
        Hexadecimal digits of a SHA-256 over the four.
    """
    return _digest("exception", rule, language, context, words)


def alert_digest(context: str, words: str) -> str:
    """Bind a step of a notice to its slots and to its words in every language.

    Args:
        context: the notice, ``alerts/<id>``.
        words: its lines, as ``review.alert`` writes them.

    Returns:
        Hexadecimal digits of a SHA-256 over the two.
    """
    return _digest("alert", context, words)


def source_digest(context: str, source: str) -> str:
    """Name a text in files that go to translators, so that a changed one is noticed.

    Args:
        context: field.
        source: its text.

    Returns:
        Hexadecimal digits of a SHA-256 over the two.
    """
    return _digest(context, source)


def _digest(*parts: str) -> str:
    # Lengths keep ("ab", "c") and ("a", "bc") apart; unpaired surrogates must not raise.
    whole = "".join(f"{len(part)}:{part}" for part in parts)
    return hashlib.sha256(whole.encode("utf-8", "surrogatepass")).hexdigest()[:DIGITS]
