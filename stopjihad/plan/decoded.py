"""Give the inputs of steps as values.

They are decoded once for a batch, those that many pages show once for a process.
"""

from __future__ import annotations

import importlib
from collections.abc import Callable, Mapping
from functools import cache
from typing import Any

import msgspec

from stopjihad.model import input_names
from stopjihad.model.options import TemplateFolder
from stopjihad.model.step import Input, Step
from stopjihad.plan.input_types import INPUTS
from stopjihad.theme.job import PagePicture, Theme
from stopjihad.view.alert_phrases import frame_about
from stopjihad.view.forms_of_address import informal_words, speaks_informally
from stopjihad.view.line_facts import beside_line, without_others
from stopjihad.view.localization import point_view
from stopjihad.view.notation import native, typeset_all
from stopjihad.view.records import Frame, PastView, PointView, Teaser
from stopjihad.view.resolver import ShapingResolver, TypesettingResolver


class NearPoints(msgspec.Struct, frozen=True):
    """A talking point's neighbours in reading order, its relatives, and the photos of its page."""

    previous: Teaser | None
    next: Teaser | None
    related: tuple[Teaser, ...]
    photos: tuple[PagePicture, ...] = ()


_PLAIN: dict[str, Any] = {
    "objects": tuple[dict[str, Any], ...],
    "sizes": dict[str, int],
    "text": str,
    "texts": dict[str, str],
}


@cache
def _decoder(kind: str) -> msgspec.json.Decoder[Any]:
    """Make the decoder of a kind of input when it is needed first."""
    spec = INPUTS[kind]
    if spec in _PLAIN:
        return msgspec.json.Decoder(_PLAIN[spec])
    module, _, name = spec.removeprefix("*").partition(":")
    of: Any = getattr(importlib.import_module(module), name)
    return msgspec.json.Decoder(tuple[of, ...] if spec.startswith("*") else of)


_COMMON = frozenset({"assets", "frame", "services", "theme", "words"})
"""Kinds of inputs that pages of many batches show."""

_MOST = 96
_common: dict[tuple[str, str], Any] = {}
"""What was decoded of them, by name and digest: a process has many batches and few languages."""


def _kept_value(name: str, digest: str, make: Callable[[], Any]) -> Any:
    """Give a common value, made where this process does not have it."""
    found = _common.get((name, digest))
    if found is None:
        if len(_common) >= _MOST:
            _common.clear()
        found = _common[name, digest] = make()
    return found


class StepInputs:
    """Give the values of a batch's inputs; equal names give the same object."""

    def __init__(self, inputs: Mapping[str, Input]) -> None:
        """Start over the inputs of one batch."""
        self._inputs = inputs
        self._values: dict[str, Any] = {}

    def standing_in(self, name: str, absent: str) -> StepInputs:
        """Give the same inputs, one of them under another name, too.

        Args:
            absent: the name that it stands in for.

        Returns:
            A new object; what was decoded is decoded anew there.
        """
        return StepInputs({**self._inputs, absent: self._inputs[name]})

    def value(self, name: str) -> Any:
        """Decode an input by its name, such as ``frame/fr``.

        Raises:
            KeyError: the plan did not name this input for the batch.
        """
        found = self._values.get(name)
        if found is None:
            kind, held = input_names.kind_of(name), self._inputs[name]
            decode = _decoder(kind).decode
            if kind in _COMMON:
                found = _kept_value(name, held.digest, lambda: decode(held.data))
            else:
                found = decode(held.data)
            self._values[name] = found
        return found

    def typeset(self, name: str) -> Any:
        """Decode a frame, and set its words for a page: equal ones give the same object."""
        digest = self._inputs[name].digest
        return _kept_value(f"\0typeset/{name}", digest, lambda: typeset_all(self.value(name)))

    def page_frame(self, lang: str) -> Frame:
        """Give the frame of a language as its pages have it: set, with the alerts of the past."""
        frame, past = input_names.frame(lang), input_names.past(lang)
        if not self.value(past):
            found: Frame = self.typeset(frame)
            return found
        digest = self._inputs[frame].digest + self._inputs[past].digest

        def make_page_frame() -> Frame:
            still: Frame = self.typeset(frame)
            return msgspec.structs.replace(still, past=tuple(self.value(past)))

        made: Frame = _kept_value(f"\0page-frame/{lang}", digest, make_page_frame)
        return made

    def alert_frame(self, lang: str, alert_id: str) -> Frame:
        """Give the frame of ``lang`` about its alert ``alert_id``; KeyError where it has none."""
        frame: Frame = self.value(input_names.frame(lang))
        return frame_about(frame, {one.id: one for one in frame.alerts}[alert_id])

    def past_alert(self, lang: str, alert_id: str) -> PastView:
        """Give the alert ``alert_id`` of the past as ``lang`` tells it; KeyError without one."""
        views: tuple[PastView, ...] = self.value(input_names.past(lang))
        return {one.id: one for one in views}[alert_id]

    def raw(self, name: str) -> bytes:
        """Give the bytes of an input as they are."""
        return self._inputs[name].data

    def has(self, name: str) -> bool:
        """Tell whether an input is there: of the files of a step, only those that were made are."""
        return name in self._inputs

    def digest(self, name: str) -> str:
        """Give the digest that stands for an input in keys."""
        return self._inputs[name].digest

    def theme(self, name: str = "theme") -> Theme:
        """Give templates of the site, or of another input, as the object of compiled ones."""
        found = self._values.get(f"\0{name}")
        if found is None:
            digest = self._inputs[name].digest
            found = _kept_value(f"\0{name}", digest, lambda: _theme(self.value(name)))
            self._values[f"\0{name}"] = found
        theme: Theme = found
        return theme

    def words(self, lang: str, *, informal: bool) -> dict[str, str]:
        """Give what the theme says in a language, to readers who are spoken to informally or not.

        Returns:
            English words to translated ones; equal ones are the same object.
        """
        name = input_names.words(lang)
        if not informal:
            found: dict[str, str] = self.value(name)
            return found
        digest = self._inputs[name].digest
        said: dict[str, str] = _kept_value(
            f"\0informal/{lang}", digest, lambda: informal_words(self.value(name))
        )
        return said

    def words_of(self, point_id: str, lang: str) -> dict[str, str]:
        """Give what the theme says beside a talking point in a language."""
        point = self.value(input_names.point(point_id))
        frame: Frame = self.value(input_names.frame(lang))
        return self.words(lang, informal=speaks_informally(point, frame))

    def team_words(self, lang: str) -> dict[str, str]:
        """Give what the team's pages say in a language, with the site's words for terms."""
        found = self._values.get(f"\0team-words/{lang}")
        if found is None:
            found = {
                **self.value(input_names.words(lang)),
                **self.value(input_names.team_words(lang)),
            }
            self._values[f"\0team-words/{lang}"] = found
        words: dict[str, str] = found
        return words

    def typeset_view(self, step: Step, point_id: str, lang: str) -> PointView:
        """Localize a talking point as ``view`` does, and set its words for a page.

        Args:
            step: the step; it names what ``view`` says.
        """
        return self._localize_point(step, point_id, lang, TypesettingResolver)

    def view(self, step: Step, point_id: str, lang: str) -> PointView:
        """Localize a talking point from the inputs that the step names.

        Args:
            step: the step; it names ``point/<id>``, ``frame/<lang>``, when ``lang`` is not the
                source language ``messages/<lang>/<id>``, and ``approval/<lang>/<id>`` when what it
                makes tells approved words from others.
        """
        return without_others(self._localize_point(step, point_id, lang, ShapingResolver))

    def _localize_point(
        self, step: Step, point_id: str, lang: str, resolver: type[ShapingResolver]
    ) -> PointView:
        frame: Frame = self.value(input_names.frame(lang))
        name = input_names.messages(lang, point_id)
        messages = self.value(name) if name in step.inputs else ()
        words = resolver(lang, frame.source_language, messages)
        approval = input_names.approval(lang, point_id)
        approved_on = self.value(approval) if approval in step.inputs else None
        point = self.value(input_names.point(point_id))
        view = beside_line(point_view(point, words, approved_on), point, frame)
        return native(view, frame.digits, lang)


def _theme(folder: TemplateFolder) -> Theme:
    return Theme(tuple(sorted(folder.texts.items())), frozenset(folder.built_in))
