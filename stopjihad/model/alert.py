"""Alerts in a crisis: templates approved beforehand, the slots of one alert, what is live."""

from __future__ import annotations

import contextlib
import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.campaign import Country
from stopjihad.model.point import Slug
from stopjihad.model.review import Cause

Incident = Literal[
    "attack-under-way",
    "attack-over",
    "threat-or-rumour",
    "hoax-denied",
    "anniversary-or-trial",
]
ORDER: tuple[Incident, ...] = (
    "attack-under-way",
    "threat-or-rumour",
    "attack-over",
    "hoax-denied",
    "anniversary-or-trial",
)
"""Which of several alerts readers see first: what they must act on now, what may become that, what
is behind them, what never was, what is no danger. Of two alike the one sent last comes first."""

QUIET: frozenset[Incident] = frozenset({"attack-over", "hoax-denied", "anniversary-or-trial"})
"""Alerts that say themselves that there is no danger: "no longer in force" would say of a denial
that it is untrue, and "it is over" that something had begun. Their end is only that there is none.
"""

AlertStatus = Literal["exercise", "actual", "cancelled"]
Moment = Annotated[dt.datetime, Meta(tz=True)]

DEFAULT_LIFE = dt.timedelta(hours=6)
"""How long an alert holds when its file does not say."""

TOLD_FOR = dt.timedelta(hours=48)
"""How long readers are told of an alert that was taken away; then only that there is none."""


def later(moment: dt.datetime, span: dt.timedelta) -> dt.datetime:
    """Give the moment after a span; the same at the end of the calendar, where there is none."""
    try:
        return moment + span
    except OverflowError:
        return moment


SLOTS = ("place", "since", "authority", "official", "next_update")
"""Names in braces that the sentences of a template may hold."""


Known = Annotated[str, Meta(min_length=1, max_length=80)]
"""The name of something that the campaign has; whatever is written, checks list what there is."""

SHORT = 45
"""Most characters of the first action in short, in each language: beside headline, authority and
emergency number it leaves a text message of two segments room for the address."""


class AlertTemplate(Record, frozen=True, kw_only=True):
    """The words of an alert: six parts, approved and translated beforehand.

    ``incident`` says what happened. The texts name slots in braces: ``{place}``, ``{since}``,
    ``{authority}``, ``{official}``, ``{next_update}``. ``sentences`` are what may be added to
    ``confirmed`` once the authority has confirmed it, by name. ``short`` is the first of
    ``actions`` in a few words, for pictures and text messages: no alert goes out without it.
    """

    id: Slug
    incident: Incident
    headline: Annotated[str, Meta(max_length=120)]
    empathy: Annotated[str, Meta(max_length=300)]
    confirmed: Annotated[str, Meta(max_length=300)]
    sentences: dict[str, Annotated[str, Meta(max_length=200)]] = {}
    unknown: Annotated[str, Meta(max_length=300)]
    actions: Annotated[tuple[Annotated[str, Meta(max_length=250)], ...], Meta(min_length=1)]
    short: Annotated[str, Meta(max_length=SHORT)] = ""
    update: Annotated[str, Meta(max_length=200)]
    look: Annotated[str, Meta(max_length=300)]


class Alert(Record, frozen=True, kw_only=True):
    """Fill the slots of a template; a first message has no free text.

    ``confirmed_by`` names an authority of campaign.yaml, ``place`` one of its places, ``confirmed``
    names sentences of the template. ``expires`` is six hours after ``sent`` when it is not given.
    ``helplines`` are ids of helplines.yaml by market (ISO 3166-1 alpha-2). ``sent`` of a file is
    when it was begun; readers are told the moment at which it was sent out.
    """

    id: Slug
    template: Known
    status: AlertStatus
    place: Known
    since: Moment
    confirmed_by: Known
    confirmed: tuple[Known, ...] = ()
    helplines: dict[Country, tuple[Known, ...]] = {}
    next_update: Moment
    sent: Moment
    expires: Moment | None = None

    @property
    def ends(self) -> dt.datetime:
        """The moment from which it no longer holds."""
        return self.expires or later(self.sent, DEFAULT_LIFE)

    @property
    def exercise(self) -> bool:
        """Whether nothing has happened."""
        return self.status == "exercise"

    def stamp(self, now: dt.datetime) -> Alert:
        """Give the alert as it is when it is sent out ``now``."""
        return msgspec.structs.replace(self, sent=now)


class Reference(msgspec.Struct, frozen=True):
    """Name a message that was sent before, as CAP does: identifier and moment."""

    identifier: str
    sent: dt.datetime


class LiveAlert(msgspec.Struct, frozen=True, kw_only=True):
    """An alert that a build shows.

    Attributes:
        alert: its slots.
        languages: tags in which it may be sent.
        alone: whether one person sent it alone, and nobody has approved it since.
        number: which message of the alert this is, from 1.
        earlier: messages that it replaces: of the same alert, and of those taken back for it.
        words: language to field of the template to its words as they were approved, slots in
            braces; empty for what is not in the ledger, such as an exercise of the program alone.
    """

    alert: Alert
    languages: tuple[str, ...]
    alone: bool = False
    number: int = 1
    earlier: tuple[Reference, ...] = ()
    words: dict[str, dict[str, str]] = {}

    @property
    def others(self) -> tuple[Reference, ...]:
        """The messages of another alert that it replaces."""
        return self.earlier[: len(self.earlier) - self.number + 1]

    @property
    def own(self) -> tuple[Reference, ...]:
        """All messages of the same alert, this one last."""
        return (*self.earlier[len(self.others) :], self.reference)

    @property
    def reference(self) -> Reference:
        """Name this message."""
        return Reference(identifier(self.alert.id, self.number, self.alert.sent), self.alert.sent)


def identifier(alert_id: str, number: int, sent: dt.datetime) -> str:
    """Name a message as CAP does: no space, no comma.

    Args:
        number: which message of it, from 1.
        sent: the moment, which tells it from that of another alert of the same name.

    Returns:
        For example ``station-2-20261128T224000Z``.
    """
    with contextlib.suppress(OverflowError):  # at the ends of the calendar
        sent = sent.astimezone(dt.UTC)
    return f"{alert_id}-{number}-{sent:%Y%m%dT%H%M%SZ}"


class PastAlert(msgspec.Struct, frozen=True, kw_only=True):
    """An alert that was sent and holds no longer.

    Attributes:
        live: its last message.
        sent: all of its messages.
        on: when it was taken away, or when its time was over.
        withdrawn: whether it should never have been sent.
        cause: why it was taken away.
        told: whether that was less than ``TOLD_FOR`` ago.
    """

    live: LiveAlert
    sent: tuple[Reference, ...]
    on: dt.datetime
    withdrawn: bool
    cause: Cause
    told: bool

    @property
    def cancels(self) -> bool:
        """Whether it was taken away before its end: machines hold it until then, unless told."""
        return self.on < self.live.alert.ends

    @property
    def reference(self) -> Reference:
        """Name the message that takes it back."""
        return Reference(identifier(self.live.alert.id, len(self.sent) + 1, self.on), self.on)


class PlannedPost(msgspec.Struct, frozen=True):
    """Name a post that could be planned: platform, language, talking point."""

    platform: str
    language: str
    point: str


class AlertFacts(msgspec.Struct, frozen=True, kw_only=True):
    """What the outputs of an alert need beside its words.

    Attributes:
        live: the alert.
        incident: what happened, as its template says.
        actual: whether the sponsor may send an actual alert to machines.
        sender: host of the campaign, which names it in messages for machines.
        polygon: corners of the place as ``latitude,longitude``.
        geocode: its codes, each after the name of its list.
        posts: every post of the campaign, in the order in which they are planned.
        messengers: who speaks for the campaign.
        contact: where mistakes are reported.
        phone: of the authority that confirmed it; may be empty.
        on_call: name, role and telephone of the team's people.
    """

    live: LiveAlert
    incident: Incident
    actual: bool
    sender: str
    polygon: tuple[str, ...] = ()
    geocode: tuple[tuple[str, str], ...] = ()
    posts: tuple[PlannedPost, ...] = ()
    messengers: tuple[str, ...] = ()
    contact: str = ""
    phone: str = ""
    on_call: tuple[tuple[str, str, str], ...] = ()


class DrillRow(msgspec.Struct, frozen=True, kw_only=True):
    """Hold one exercise.

    Attributes:
        on: day and time, as written in the file.
        id: name of the alert.
        template: what happened.
        minutes: from the first step to first approval, second approval, publication; empty where
            the program practised alone.
        seconds: of machine time.
        failed: what went wrong; empty when nothing did.
    """

    on: str
    id: str
    template: str
    minutes: tuple[float, ...]
    seconds: float
    failed: str = ""
