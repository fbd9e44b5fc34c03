"""Judge each language once: which talking points and pages are whole in it."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from stopjihad.model.loaded import Project
from stopjihad.model.review import approved_digests
from stopjihad.model.translation import Message
from stopjihad.text.digests import translation_digest
from stopjihad.view.contexts import Segment, page_segments, point_segments
from stopjihad.view.resolve import Resolver


class Edition(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what one language has.

    Attributes:
        lang: BCP 47 tag.
        resolver: finds words in all current messages of the language.
        messages: point or page key to its messages that apply, in reading order.
        complete: keys of points and pages with no segment missing.
        missing: point key to the number of segments without a current translation.
        reviewed: keys of points and pages whose translation a native speaker has approved in
            every segment; of the source language all.
    """

    lang: str
    resolver: Resolver
    messages: dict[str, tuple[Message, ...]]
    complete: frozenset[str]
    missing: dict[str, int]
    reviewed: frozenset[str]


def make_editions(project: Project, languages: tuple[str, ...]) -> tuple[Edition, ...]:
    """Judge the languages asked for.

    Args:
        project: the campaign.
        languages: tags, in the campaign's order.

    Returns:
        One edition per language.
    """
    campaign = project.campaign.record
    source = campaign.source_language
    needed = _needed(project)
    translated = {item.language: item.messages for item in project.translations}
    approved = approved_digests(project.reviews)
    required = campaign.publication.unreviewed == "block"
    return tuple(
        _edition(lang, source, _usable(lang, translated.get(lang, ()), approved, required), needed)
        for lang in languages
    )


def _usable(
    lang: str,
    messages: tuple[Message, ...],
    approved: frozenset[str],
    required: bool,  # noqa: FBT001  what the policy says
) -> tuple[Message, ...]:
    """Choose the translations that may be published, without their places in the file.

    A line that moves in the PO file must not make every page of the language anew.
    """
    found = []
    for context, text, translation, stale, *_ in map(msgspec.structs.astuple, messages):
        if stale or not translation:
            continue
        known = bool(approved) and (
            translation_digest(lang, context, text, translation) in approved
        )
        if known or not required:
            found.append(Message(context, text, translation, approved=known))
    return tuple(found)


def _needed(project: Project) -> dict[str, tuple[Segment, ...]]:
    """List each point's and page's segments under its key (the context's first part or two)."""
    needed = {doc.record.id: point_segments(doc.record) for doc in project.points}
    for page in project.pages:
        needed[f"pages/{page.record.id}"] = page_segments(page.record)
    return needed


def _edition(
    lang: str,
    source: str,
    messages: tuple[Message, ...],
    needed: dict[str, tuple[Segment, ...]],
) -> Edition:
    resolver = Resolver(lang, source, messages)
    if lang == source:
        return Edition(
            lang=lang,
            resolver=resolver,
            messages={},
            complete=frozenset(needed),
            missing={},
            reviewed=frozenset(needed),
        )
    current: dict[str, dict[str, Message]] = defaultdict(dict)
    for message in messages:
        current[message.context][message.source] = message
    kept: dict[str, tuple[Message, ...]] = {}
    missing: dict[str, int] = {}
    for key, segments in needed.items():
        found = [current[context].get(text) for context, text in segments]
        kept[key] = tuple(message for message in found if message is not None)
        lacking = len(found) - len(kept[key])
        if lacking:
            missing[key] = lacking
    complete = frozenset(needed) - frozenset(missing)
    return Edition(
        lang=lang,
        resolver=resolver,
        messages=kept,
        complete=complete,
        missing=missing,
        reviewed=frozenset(
            key for key in complete if all(message.approved for message in kept[key])
        ),
    )
