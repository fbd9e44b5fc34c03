"""The page that asks a person who is elsewhere: words of a campaign and two codes, in one file.

It opens on any phone without the program, a script or a network.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import NamedTuple

from stopjihad.catalog.timezones import time_zone
from stopjihad.text.unicode.script import direction
from stopjihad.text.xml import attribute, content
from stopjihad.view.alert_paper_phrases import (
    ALONE,
    ANSWER,
    ASKED,
    ASKED_TEXTS,
    COUNTS,
    NO,
    NO_TEXTS,
    PRACTICE,
    READ,
    READ_TEXTS,
    YES,
    YES_TEXTS,
)
from stopjihad.view.alert_phrases import say
from stopjihad.view.dates import moment_text

_STYLE = (
    "body{font:1.1rem/1.5 system-ui,sans-serif;color:#111;background:#fff;max-width:40rem;"
    "margin:0 auto;padding:1rem;overflow-wrap:anywhere}"
    "h1{font-size:1.4rem}h2{font-size:1.2rem;border-top:2px solid;padding-top:1rem}"
    "article div{margin:.7rem 0}article p{margin:0}"
    "article div:first-of-type p:last-child{font-weight:700}.source{color:#444;font-size:.9em}"
    ".code{border:2px solid;padding:.6rem;margin:1rem 0}"
    "code{display:block;font:700 1.5rem/1.6 ui-monospace,monospace;user-select:all}"
    ".mark{background:#111;color:#fff;padding:.4rem .8rem;font-weight:700}"
)


_POLICY = "default-src 'none'; style-src 'unsafe-inline'"


class AskedPhrases(NamedTuple):
    """What the page says around the words: messages of the team's catalogue.

    Attributes:
        title: what is asked.
        read: how the words are to be read.
        answers: what the codes say, yes and no.
    """

    title: str
    read: str
    answers: tuple[str, str]


ALERT_PHRASES = AskedPhrases(ASKED, READ, (YES, NO))
TEXT_PHRASES = AskedPhrases(ASKED_TEXTS, READ_TEXTS, (YES_TEXTS, NO_TEXTS))


class AskedText(NamedTuple):
    """Show a text, below its source where it translates one; ``marked`` are sentences in it."""

    source: str
    text: str
    marked: tuple[str, ...] = ()


class AskedLanguage(NamedTuple):
    """Show the words of one language: BCP 47 tag, own name, ``ltr`` or ``rtl``."""

    tag: str
    name: str
    direction: str
    words: tuple[AskedText, ...]


class AskedApproval(NamedTuple):
    """What a person is asked.

    Attributes:
        campaign: its title.
        name: of the alert, or of the whole that the texts are of.
        phrases: what is said around the words.
        exercise: whether nothing has happened.
        to: the person.
        lang: BCP 47 tag of what is said around the words.
        home: BCP 47 tag of sources.
        expires: until when an answer counts.
        zone: name of the time zone in which that is said.
        codes: for yes and for no.
    """

    campaign: str
    name: str
    phrases: AskedPhrases
    exercise: bool
    to: str
    lang: str
    home: str
    expires: dt.datetime
    zone: str
    languages: Sequence[AskedLanguage]
    codes: tuple[str, str]


def render_approval(asked: AskedApproval, words: Mapping[str, str]) -> bytes:
    """Write the page.

    Returns:
        HTML in UTF-8, whole in itself: no address stands in it that a browser would load.
    """
    way, title = direction(asked.lang), content(say(words, asked.phrases.title))
    return "\n".join(
        [
            "<!doctype html>",
            f'<html lang="{attribute(asked.lang)}" dir="{way}">',
            '<head><meta charset="utf-8">',
            '<meta name="viewport" content="width=device-width, initial-scale=1">',
            '<meta name="robots" content="noindex"><meta name="referrer" content="no-referrer">',
            '<meta name="format-detection" content="telephone=no">',
            f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">',
            f"<title>{title}</title><style>{_STYLE}</style></head>",
            f"<body><main>{''.join(_body(asked, words))}</main></body></html>",
            "",
        ]
    ).encode()


def _body(asked: AskedApproval, words: Mapping[str, str]) -> Iterator[str]:
    if asked.exercise:
        yield f'<p class="mark">{content(say(words, PRACTICE))}</p>'
    yield f"<h1>{content(say(words, asked.phrases.title))}</h1>"
    yield f"<p><bdi>{content(asked.campaign)}</bdi> · <bdi>{content(asked.name)}</bdi></p>"
    yield f"<p><strong>{content(say(words, ALONE, name=asked.to))}</strong></p>"
    yield f"<p>{content(say(words, asked.phrases.read))}</p>"
    for one in asked.languages:
        yield from _language(one, asked.home)
    until = asked.expires.astimezone(time_zone(asked.zone))
    moment = moment_text(until, asked.lang)
    counts = say(words, COUNTS, moment=moment, zone=asked.zone)
    yield f"<h2>{content(say(words, ANSWER))}</h2><p>{content(counts)}</p>"
    for message, code in zip(asked.phrases.answers, asked.codes, strict=True):
        yield f'<div class="code">{content(say(words, message))}<code dir="ltr">{code}</code></div>'


def _language(one: AskedLanguage, home: str) -> Iterator[str]:
    tag = attribute(one.tag)
    yield f'<article><h2 lang="{tag}" dir="{one.direction}">{content(one.name)}</h2>'
    for said in one.words:
        yield "<div>"
        if said.source and one.tag != home:
            yield (
                f'<p class="source" lang="{attribute(home)}" dir="{direction(home)}">'
                f"{content(said.source)}</p>"
            )
        yield f'<p lang="{tag}" dir="{one.direction}">{_mark_sentences(said)}</p></div>'
    yield "</article>"


def _mark_sentences(said: AskedText) -> str:
    """Write a text in which some sentences stand out."""
    if not said.marked:
        return content(said.text)
    parts = re.split(f"({'|'.join(map(re.escape, said.marked))})", said.text)
    return "".join(
        f"<mark>{content(part)}</mark>" if number % 2 else content(part)
        for number, part in enumerate(parts)
    )
