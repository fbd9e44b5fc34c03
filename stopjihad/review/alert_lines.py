"""The words of an alert as lines: what people approve, as the ledger keeps it and gives it back."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

import msgspec

from stopjihad.model import contexts
from stopjihad.model.alert import Alert, AlertTemplate
from stopjihad.model.campaign import Authority, Campaign, Place
from stopjihad.model.project import Document, Project
from stopjihad.view.source_segments import template_fields

_SLOTS = ""
"""Stands for a language in the lines that hold the slots."""

FILLED_IN = ("places.", "authorities.")
"""How fields of lines begin that hold what fills the slots: approved, and shown from elsewhere."""


class AlertLine(NamedTuple):
    """One line of an alert that people approve, and where it is written.

    Attributes:
        language: BCP 47 tag; empty for a slot.
        field: slot, or field of the template.
        text: its value or words, slots still in braces.
        path: file.
        line: from 1; 0 when unknown.
    """

    language: str
    field: str
    text: str
    path: str
    line: int

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other lines."""
        return self.language, self.field


def lines_of(
    project: Project, document: Document[Alert], languages: Sequence[str]
) -> tuple[AlertLine, ...]:
    """List what people approve when they approve an alert.

    Args:
        languages: tags in which it may be sent.

    Returns:
        Its slots, then in each language the names that fill them and the template's words; nothing
        where its template is not known.
    """
    template = next(
        (one for one in project.alert_templates if one.record.id == document.record.template), None
    )
    if template is None:
        return ()
    found = list(_slots(document))
    texts = (*_names(project.campaign, document.record), *_words(template))
    for language in languages:
        found += _said_texts(project, language, texts)
    return tuple(found)


def _slots(document: Document[Alert]) -> Iterator[AlertLine]:
    values = msgspec.to_builtins(document.record)
    for name, value in values.items():
        text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
        yield AlertLine(_SLOTS, name, text, document.path, document.place(name)[0])


class _Text(NamedTuple):
    """A text in the source language: field of its line, context for translators, and its place.

    Without a context it is the same in every language.
    """

    field: str
    context: str
    words: str
    path: str
    line: int


def _names(campaign: Document[Campaign], alert: Alert) -> Iterator[_Text]:
    """Give what fills the slots: the ids in them mean what campaign.yaml says at that moment."""
    record, path = campaign.record, campaign.path
    filled: tuple[tuple[str, str, tuple[Place | Authority, ...]], ...] = (
        ("places", alert.place, record.places),
        ("authorities", alert.confirmed_by, record.authorities),
    )
    for kind, slot, known in filled:
        for index, one in enumerate(known):
            if one.id != slot:
                continue
            context = contexts.campaign(f"{kind}.{one.id}.name")
            line = campaign.place(f"{kind}.{index}.name")[0]
            yield _Text(f"{kind}.name", context, one.name, path, line)
            if isinstance(one, Place):
                yield _Text(f"{kind}.where", "", _where_is(one), path, line)
            else:
                line = campaign.place(f"{kind}.{index}.url")[0]
                yield _Text(f"{kind}.url", "", one.url, path, line)


def _where_is(place: Place) -> str:
    """Write where a place is: its country, which decides the emergency number, and its area."""
    return msgspec.json.encode((place.country, place.polygon, place.geocode)).decode()


def _words(template: Document[AlertTemplate]) -> Iterator[_Text]:
    for field, words in template_fields(template.record):
        name = field if field.startswith("sentences.") else field.partition(".")[0]
        context = contexts.alert(template.record.id, name)
        yield _Text(field, context, words, template.path, template.place(field)[0])


def _said_texts(project: Project, language: str, texts: Iterable[_Text]) -> Iterator[AlertLine]:
    """Give those of some texts that a language has."""
    file = project.translation(language)
    is_source = language == project.campaign.record.source_language
    known = {(m.context, m.source): m for m in file.messages if not m.stale} if file else {}
    for one in texts:
        message = known.get((one.context, one.words))
        if is_source or not one.context:
            yield AlertLine(language, one.field, one.words, one.path, one.line)
        elif message is not None and file is not None:
            yield AlertLine(language, one.field, message.translation, file.path, message.line)


def write_lines(lines: Iterable[AlertLine]) -> str:
    """Write lines for the ledger: a JSON list each, language, field and text."""
    return "\n".join(
        msgspec.json.encode((line.language, line.field, line.text)).decode() for line in lines
    )


def read_lines(words: str) -> dict[tuple[str, str], str]:
    """Read lines of the ledger: text by language and field; nothing from what is damaged."""
    found: dict[tuple[str, str], str] = {}
    for row in words.split("\n"):
        try:
            language, field, text = msgspec.json.decode(row, type=tuple[str, str, str])
        except msgspec.MsgspecError:
            continue
        found[language, field] = text
    return found


def words_of(lines: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    """Give the words of an alert, slots left out, by language and field.

    Args:
        lines: language, field and text of each; the language is empty for a slot.
    """
    found: dict[str, dict[str, str]] = {}
    for language, field, text in lines:
        if language:
            found.setdefault(language, {})[field] = text
    return found
