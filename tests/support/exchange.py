"""Bundles of texts on their way to translators."""

from __future__ import annotations

from stopjihad.model.review import source_digest, translation_digest
from stopjihad.translate.exchange import Bundle, ExchangeRow

TEXTS = (
    ("bus/fact", 'A fact <b> & "more".', "Un fait <b> & « plus ».", "", 140),
    ("bus/claim", '=HYPERLINK("https://a.org")', "@SUM(1+1)*cmd|' /C calc'!A0", "", 75),
    ("bus/warning", "Recruiters say so.", "", "", 0),
    ("bus/body", "Two\nlines, **bold** [^un].", "Deux\nlignes, **gras** [^un].", "Two lines.", 0),
    ("bus/alternative", "  spaces\tand \u200f marks  ", " espaces\tet \u200f marques ", "", 0),
    ("pages/about/title", "About _x0041_ us", "À propos _x0041_ de nous", "", 0),
    ("pages/about/body", "+49 and -1", "-1 و+49 مرحبا", "", 0),
)


def bundle(language: str = "fr") -> Bundle:
    """Make a bundle with texts that are hard for files."""
    return Bundle(
        campaign="demo",
        title="Demo <campaign>",
        source_language="en",
        language=language,
        updated="2026-11-24",
        rows=tuple(_row(language, *text) for text in TEXTS),
    )


def _row(
    language: str, context: str, source: str, words: str, previous: str, limit: int
) -> ExchangeRow:
    state = "stale" if previous else "unreviewed" if words else "untranslated"
    return ExchangeRow(
        key=source_digest(context, source),
        context=context,
        comment="What it is <for>",
        source=source,
        previous=previous,
        translation=words,
        state=state,
        limit=limit,
        digest=translation_digest(language, context, source, words) if words else "",
    )
