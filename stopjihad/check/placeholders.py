"""Find what a copy of the sample still has of it: sponsor, addresses, helplines not called."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from importlib import resources
from typing import Any

import msgspec

from stopjihad.catalog.blank import blank_words
from stopjihad.check.finding import at
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem

_SHORT = 60
"""Most code points that are quoted of a text."""

_NOT_OURS = ("deny_links",)
"""Fields whose addresses are somebody else's."""


class Placeholders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rows of ``catalog/data/placeholders.yaml``.

    Attributes:
        domains: hosts that nobody can own.
        endings: top-level domains that lead nowhere.
        phrases: primary subtag to what only the sample says, in small letters.
    """

    domains: tuple[str, ...]
    endings: tuple[str, ...]
    phrases: dict[str, tuple[str, ...]]


@cache
def placeholder_data() -> Placeholders:
    """Read what counts as a placeholder."""
    data = resources.files("stopjihad.catalog").joinpath("data/placeholders.yaml").read_bytes()
    found = msgspec.yaml.decode(data, type=Placeholders)
    phrases = dict(found.phrases)
    for tag, words in blank_words().items():
        own = (words.title, words.goal, words.metric, words.persona, words.about)
        phrases[tag] = (*phrases.get(tag, ()), *(text.casefold() for text in own))
    return msgspec.structs.replace(found, phrases=phrases)


@cache
def reserved_host() -> re.Pattern[str]:
    """Match an address that leads nowhere: ``privacy@example.org``, ``https://campaign.test``.

    Endings such as ``.test`` count behind ``//`` or ``@`` only: elsewhere they may end a sentence.
    """
    known = placeholder_data()
    domains = "|".join(map(re.escape, known.domains))
    endings = "|".join(map(re.escape, known.endings))
    return re.compile(
        rf"(?:[\w.+-]+@|https?://)?(?:[\w-]+\.)*(?<![\w-])(?:{domains})(?![\w-]|\.\w)"
        rf"|(?:[\w.+-]+@|https?://)(?:[\w-]+\.)*(?:{endings})(?![\w.-])",
        re.IGNORECASE,
    )


@cache
def reserved_parts() -> tuple[str, ...]:
    """Give what every match of ``reserved_host`` has in it: looking for these costs less."""
    known = placeholder_data()
    return (*known.domains, *known.endings)


def placeholders(project: Project) -> Iterator[Problem]:
    """Find what nobody may publish as a campaign of their own.

    Yields:
        Problems: ``placeholder`` (an address that leads nowhere, or what the sample says of
        itself) once a line, ``helpline-uncalled`` (a number that nobody has called).
    """
    documents: tuple[Document[Any], ...] = (
        project.campaign,
        *project.pages,
        *project.alerts,
        *project.alert_templates,
    )
    if project.helplines is not None:
        documents += (project.helplines,)
    if project.responses is not None:
        documents += (project.responses,)
    for document in documents:
        yield from page_placeholders(document)
    for document in project.points:  # their words are about the world: "this sample" is a study's
        for field, text in _texts(document.record, ""):
            yield from _of_text(document, field, text, ())
    yield from _uncalled_numbers(project)


def page_placeholders(document: Document[Any]) -> Iterator[Problem]:
    """Find those of a page, or of another file that speaks of the campaign itself."""
    for field, text in _texts(document.record, ""):
        yield from _of_text(document, field, text, _sample_phrases(text.lower()))


_ON_ALERTS = re.compile(
    r"base_url|sponsor\.(?:name|url|disclosure)|authorities\.(\d+)\.(?:name|url)"
)
"""Fields of ``campaign.yaml`` that an alert or its page says: address, sender, who confirmed it."""


def alert_placeholders(project: Project, authority: str = "") -> Iterator[Problem]:
    """Find what no alert may say to readers: the sample's address, sponsor and authorities.

    Args:
        authority: id of the one that confirmed the alert; empty for all of them.

    Yields:
        Problems ``placeholder``, at their fields.
    """
    document = project.campaign
    ids = [one.id for one in document.record.authorities]
    for field, text in _texts(document.record, ""):
        found = _ON_ALERTS.fullmatch(field)
        if found and (not found[1] or authority in {"", ids[int(found[1])]}):
            yield from _of_text(document, field, text, _sample_phrases(text.lower()))


def _texts(value: Any, field: str) -> Iterator[tuple[str, str]]:
    """Give every text of a record with its field path."""
    if isinstance(value, str):
        yield field, value
    elif isinstance(value, msgspec.Struct):
        for name in value.__struct_fields__:
            if name not in _NOT_OURS:
                yield from _texts(getattr(value, name), f"{field}.{name}".lstrip("."))
    elif isinstance(value, dict):
        for name, one in value.items():
            yield from _texts(one, f"{field}.{name}")
    elif isinstance(value, tuple):
        for index, one in enumerate(value):
            yield from _texts(one, f"{field}.{index}")


def _sample_phrases(lower: str) -> tuple[str, ...]:
    """Give what a text in small letters says that only the sample says of itself."""
    known = placeholder_data().phrases.values()
    return tuple(phrase for phrases in known for phrase in phrases if phrase in lower)


def _of_text(
    document: Document[Any], field: str, text: str, phrases: tuple[str, ...]
) -> Iterator[Problem]:
    lower = text.lower()
    if not phrases and not any(part in lower for part in reserved_parts()):
        return
    lines = text.split("\n") if field == "body" else [text]
    line, column = document.place(field)
    for index, words in enumerate(lines):
        found = _find_first(words, phrases)
        if found is None:
            continue
        start, what = found
        where = "the text" if field == "body" else field
        message = f"{where} still has a placeholder: '{what}'"
        problem = at(document, field, "placeholder", message, "write your own there")
        if field == "body":
            problem = msgspec.structs.replace(problem, line=line + index, column=column + start)
        yield problem


def _find_first(words: str, phrases: tuple[str, ...]) -> tuple[int, str] | None:
    """Find the first placeholder of a line: its offset in code points, and its words."""
    lower = words.lower()
    for phrase in phrases:
        start = lower.find(phrase)
        if start >= 0:
            return start, words[start : start + len(phrase)][:_SHORT]
    match = reserved_host().search(words)
    return (match.start(), match[0][:_SHORT]) if match else None


def _uncalled_numbers(project: Project) -> Iterator[Problem]:
    document = project.helplines
    for index, line in enumerate(document.record.helplines if document else ()):
        if document is not None and line.verified.how != "called":
            yield at(
                document,
                f"helplines.{index}.verified",
                "helpline-uncalled",
                f"nobody has called the helpline '{line.id}'",
                "call the number, then write 'verified: {on: <the day>, how: called}'",
            )
