"""Kinds of check about what is seen and heard: pictures, colours, the form of posts, direction."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding, finding_at
from stopjihad.check.rules.languages import Case, SaidText, finding_in_text, prose_documents
from stopjihad.model import contexts
from stopjihad.model.media import Media
from stopjihad.model.project import Document
from stopjihad.text.unicode.script import direction
from stopjihad.text.web.addresses import web_links
from stopjihad.view.contrast import contrast as ratio_of
from stopjihad.view.contrast import read_hex

_BEGINS = re.compile(
    r"(?:image|picture|photo|photograph|graphic|screenshot) of\b|image de\b|photo de\b|bild von\b"
    r"|foto von\b|\u0635\u0648\u0631\u0629 ",
    re.IGNORECASE,
)
_FILE = re.compile(r"\S+\.(?:jpe?g|png|webp|gif|svg)|(?:img|dsc|dscn|pxl)[_-]?\d+", re.IGNORECASE)
_EMOJI = re.compile("[\U0001f300-\U0001faff\u2600-\u27bf]")
_TAG = re.compile(r"(?<![\w/&#])#(\w+)")
_GROUPS = re.compile(r"\+?\d[\d()/.-]*(?:[ \u00a0\u202f]\(?\d[\d()/.-]*)+")
_HELD = re.compile(
    r"\[[^\]]*\]\([^)]*\)|[\u2066-\u2068][^\u2069]*\u2069|\u200e+[\d()/.+ \u00a0\u202f-]*"
)
"""Links (those with ``tel:`` are set left to right), isolates, and digits after a mark."""


def media(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find pictures that come from propaganda or show what must not be shown (EVD03).

    Args:
        rule: its params list what is refused under ``provenance`` and ``depicts``.
    """
    for note in case.project.media_notes:
        subject = _picture(note)
        if note.record.provenance in rule.params["provenance"]:
            words = f"the picture comes from {note.record.provenance}"
            yield finding_at(rule, note, "provenance", subject, words=words)
        for index, shown in enumerate(note.record.depicts):
            if shown in rule.params["depicts"]:
                words = f"the picture shows {shown}"
                yield finding_at(rule, note, f"depicts.{index}", subject, words=words)


def alternative(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find alternative texts that say nothing (ACC01)."""
    for note in case.project.media_notes:
        alt = note.record.alt.strip()
        words = ""
        if not any(map(str.isalpha, alt)):
            words = "is missing"
        elif _FILE.search(alt):
            words = f"is a file name: {alt}"
        elif _BEGINS.match(alt):
            words = "begins with what screen readers say anyway"
        if words:
            yield finding_at(rule, note, "alt", _picture(note), words=words)


def form(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find posts that cannot be listened to: hashtags, emoji, links (ACC02).

    Args:
        rule: its params give the most ``hashtags``, ``emoji`` and ``links``.
    """
    campaign = case.project.campaign
    for index, tag in enumerate(campaign.record.hashtags):
        if _is_noise(tag) and case.tongues[0].file is None:
            place = f"hashtags.{index}"
            words = "runs its words together without capitals"
            yield finding_at(rule, campaign, place, "campaign", field=f"hashtag {tag}", words=words)
    for tongue in case.tongues:
        for document in case.project.points:
            key = document.record.id
            for platform, text in sorted(document.record.posts.items()):
                field = f"posts.{platform}"
                said = tongue.find_text(document, field, contexts.point(key, field), text)
                for words in _post_faults(said.text, rule.params) if said else ():
                    name = f"{platform} post"
                    yield finding_in_text(rule, said, f"points/{key}", field=name, words=words)  # type: ignore[arg-type]


def contrast(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find brands whose text cannot be read (ACC03).

    Args:
        rule: its params give the ``least`` contrast (WCAG 2.2, 1.4.3).
    """
    campaign = case.project.campaign
    brand = campaign.record.brand
    ratio = ratio_of(read_hex(brand.ink), read_hex(brand.paper))
    if ratio < rule.params["least"]:
        yield finding_at(rule, campaign, "brand", "campaign", words=f"{ratio:.1f}")


def unisolated_digits(rule: Rule, case: Case) -> Iterator[Finding]:
    """Find groups of digits that would change places in text from right to left (LOC02)."""
    for tongue in case.tongues:
        if direction(tongue.language) != "rtl":
            continue
        for said, subject in _prose(case, tongue):
            match = _GROUPS.search(_HELD.sub("", said.text))
            if match and len(re.sub(r"\D", "", match[0])) > 4:
                yield finding_in_text(rule, said, subject, words=match[0])


def _prose(case: Case, tongue: Any) -> Iterator[tuple[SaidText, str]]:
    if tongue.file is not None:
        for message in tongue.file.messages:
            field = message.context.rpartition("/")[2]
            if not message.stale and field in {"body", "alternative"}:
                key = message.context.rpartition("/")[0]
                yield SaidText(message.translation, tongue.file.path, message.line, 0), key
        return
    for document in prose_documents(case.project):
        subject = document.path.removesuffix(".md").split("/", 2)[-1]
        for field in ("body", "alternative"):
            for offset, line in enumerate(getattr(document.record, field, "").split("\n")):
                place = document.place(field)
                yield SaidText(line, document.path, place[0] + offset, 1), subject


def _post_faults(text: str, most: dict[str, Any]) -> Iterator[str]:
    tags = list(_TAG.finditer(text))
    if len(tags) > most["hashtags"]:
        yield f"has {len(tags)} hashtags; {most['hashtags']} are enough"
    after = text[tags[0].start() :] if tags else ""
    if _TAG.sub("", after).strip(" .,\n"):
        yield "has hashtags inside the text"
    for tag in tags:
        if _is_noise(tag[1]):
            yield f"runs the words of #{tag[1]} together without capitals"
    emoji = len(_EMOJI.findall(text))
    if emoji > most["emoji"]:
        yield f"has {emoji} emoji; {most['emoji']} are enough"
    links = len(web_links(text))
    if links > most["links"]:
        yield f"has {links} links; {most['links']} is enough"


def _is_noise(tag: str) -> bool:
    """Tell whether a hashtag is long, in letters that have capitals, and has none inside."""
    return len(tag) > 12 and tag[1:].islower() and tag.isalpha()


def _picture(note: Document[Media]) -> str:
    return f"media/{note.path.rpartition('/')[2].removesuffix('.yaml')}"
