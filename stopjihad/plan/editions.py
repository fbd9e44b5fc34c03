"""Judge each language once: which talking points and pages are whole in it."""

from __future__ import annotations

from collections import defaultdict

import msgspec

from stopjihad.model.loaded import Project
from stopjihad.model.translation import Message
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
    """

    lang: str
    resolver: Resolver
    messages: dict[str, tuple[Message, ...]]
    complete: frozenset[str]
    missing: dict[str, int]


def make_editions(project: Project, languages: tuple[str, ...]) -> tuple[Edition, ...]:
    """Judge the languages asked for.

    Args:
        project: the campaign.
        languages: tags, in the campaign's order.

    Returns:
        One edition per language.
    """
    source = project.campaign.record.source_language
    needed = _needed(project)
    translated = {item.language: item.messages for item in project.translations}
    return tuple(_edition(lang, source, translated.get(lang, ()), needed) for lang in languages)


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
        )
    current: dict[str, dict[str, Message]] = defaultdict(dict)
    for message in messages:
        if not message.stale and message.translation:
            current[message.context][message.source] = message
    kept: dict[str, tuple[Message, ...]] = {}
    missing: dict[str, int] = {}
    for key, segments in needed.items():
        found = [current[context].get(text) for context, text in segments]
        kept[key] = tuple(message for message in found if message is not None)
        lacking = len(found) - len(kept[key])
        if lacking:
            missing[key] = lacking
    return Edition(
        lang=lang,
        resolver=resolver,
        messages=kept,
        complete=frozenset(needed) - frozenset(missing),
        missing=missing,
    )
