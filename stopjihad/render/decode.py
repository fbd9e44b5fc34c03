"""Decode the inputs of steps, each once for a batch."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

import msgspec

from stopjihad.catalog.fonts import FontBook
from stopjihad.catalog.layout import Layout
from stopjihad.catalog.platforms import Platform
from stopjihad.catalog.post_template import PostTemplate
from stopjihad.catalog.reporting import Service
from stopjihad.model.alert import AlertFacts
from stopjihad.model.point import Point
from stopjihad.model.step import Input, Step
from stopjihad.model.timing import Timing
from stopjihad.model.translation import Message
from stopjihad.render.page.job import Entry, FreePage, Theme
from stopjihad.render.post.draft import Draft
from stopjihad.view.digits import native
from stopjihad.view.localize import point_view
from stopjihad.view.records import Frame, Headline, PointView
from stopjihad.view.resolve import Resolver
from stopjihad.view.team import DossierView, ReportView
from stopjihad.view.word_index import Letter, Place


class Near(msgspec.Struct, frozen=True):
    """Hold a talking point's neighbours in reading order, and its relatives."""

    previous: Headline | None
    next: Headline | None
    related: tuple[Headline, ...]


_TYPES: dict[str, Any] = {
    "alert-facts": AlertFacts,
    "approval": dt.date,
    "assets": dict[str, str],
    "card-sizes": dict[str, int],
    "design": Layout,
    "dossier": DossierView,
    "drafts": tuple[Draft, ...],
    "entries": tuple[Entry, ...],
    "fonts": FontBook,
    "frame": Frame,
    "headlines": tuple[Headline, ...],
    "kit": tuple[Headline, ...],
    "lead": Headline,
    "letters": tuple[Letter, ...],
    "messages": tuple[Message, ...],
    "near": Near,
    "page": FreePage,
    "places": tuple[Place, ...],
    "point": Point,
    "platform": Platform,
    "posted": tuple[dict[str, Any], ...],
    "post-template": PostTemplate,
    "report": ReportView,
    "services": tuple[Service, ...],
    "team-theme": dict[str, str],
    "team-words": dict[str, str],
    "timing": Timing,
    "theme": dict[str, str],
    "words": dict[str, str],
}
"""First part of an input's name to the type of its value."""

_DECODERS = {kind: msgspec.json.Decoder(value) for kind, value in _TYPES.items()}


class Decoded:
    """Give the values of a batch's inputs; equal names give the same object."""

    def __init__(self, inputs: Mapping[str, Input]) -> None:
        """Start over the inputs of one batch."""
        self._inputs = inputs
        self._values: dict[str, Any] = {}

    def value(self, name: str) -> Any:
        """Decode an input by its name, such as ``frame/fr``.

        Raises:
            KeyError: the plan did not name this input for the batch.
        """
        found = self._values.get(name)
        if found is None:
            decoder = _DECODERS[name.partition("/")[0]]
            found = self._values[name] = decoder.decode(self._inputs[name].data)
        return found

    def raw(self, name: str) -> bytes:
        """Give the bytes of an input as they are."""
        return self._inputs[name].data

    def theme(self, name: str = "theme") -> Theme:
        """Give templates, the site's or another input's, as the object that compiled ones hang on.

        Args:
            name: the input that holds them.

        Returns:
            The same object for the same name.
        """
        found = self._values.get(f"\0{name}")
        if found is None:
            found = Theme(tuple(sorted(self.value(name).items())))
            self._values[f"\0{name}"] = found
        theme: Theme = found
        return theme

    def team_words(self, lang: str) -> dict[str, str]:
        """Give what the team's pages say in a language, with the site's words for terms."""
        found = self._values.get(f"\0team-words/{lang}")
        if found is None:
            found = {**self.value(f"words/{lang}"), **self.value(f"team-words/{lang}")}
            self._values[f"\0team-words/{lang}"] = found
        words: dict[str, str] = found
        return words

    def view(self, step: Step, point_id: str, lang: str) -> PointView:
        """Localize a talking point from the inputs that the step names.

        Args:
            step: the step; it names ``point/<id>``, ``frame/<lang>``, when ``lang`` is not the
                source language ``messages/<lang>/<id>``, and ``approval/<lang>/<id>`` when what it
                makes tells approved words from others.
            point_id: id of the talking point.
            lang: BCP 47 tag.

        Returns:
            The view.
        """
        frame: Frame = self.value(f"frame/{lang}")
        name = f"messages/{lang}/{point_id}"
        messages = self.value(name) if name in step.inputs else ()
        words = Resolver(lang, frame.source_language, messages)
        approval = f"approval/{lang}/{point_id}"
        approved_on = self.value(approval) if approval in step.inputs else None
        view = point_view(self.value(f"point/{point_id}"), words, approved_on)
        return native(view, frame.digits, lang)
