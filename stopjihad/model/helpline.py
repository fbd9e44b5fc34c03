"""The helpline: a service a reader may call, and how we know that it is right."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Annotated, Literal, Protocol, TypeVar

from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.campaign import Tag
from stopjihad.model.point import ActionKind, HttpsUrl, Need, Slug

Operator = Literal["police", "security", "government", "municipality", "ngo", "health", "faith"]
How = Literal["read", "called"]
SECURITY = frozenset({"police", "security"})
"""Operators under whose number no word of listening, grief or a way out may stand."""

STATE = SECURITY | {"government"}
"""Operators beside whose number stands what they pass on to others."""

SECURITY_NEEDS: tuple[Need, ...] = ("worried", "relatives")
"""All that a line of theirs may be there for."""

LISTENING: Need = "grief"
"""What is meant where no need is said: someone who listens."""

HURT: tuple[Need, ...] = ("hatred", "victims")
"""Needs of people who were hurt: no line for a worry about somebody stands in place of theirs."""


def needs_in_turn(need: Need | None, kind: ActionKind | None = None) -> tuple[Need, ...]:
    """List the needs of which the first that a line serves is said, with its line.

    Args:
        kind: of the call to action above the number. One that sends people to a helpline promises
            someone who listens: whom to ask about a worry may be the police, and is none.

    Returns:
        What is asked for; where nothing is, someone who listens, else whom to ask about a worry.
    """
    if need == "hatred":
        return HURT
    if need or kind == "helpline":
        return (need or LISTENING,)
    return (LISTENING, "worried")


GENERAL_NEEDS: tuple[Need, ...] = ("worried", "relatives", "grief")
"""What a line of others is there for that does not say it."""


class Phone(Record, frozen=True, kw_only=True):
    """A number twice: for dialling, and as the service prints it.

    ``e164`` is a number of the world (E.164), or one of three to six digits that rings only in the
    country of the service and has no form of E.164: 1712 in Flanders, 116 111 in the Union.
    ``free`` says that by its own page a call costs nothing, or as much as a local one: lists of
    costs are wrong about some.
    """

    e164: Annotated[str, Meta(pattern=r"^(\+[1-9][0-9]{6,14}|[1-9][0-9]{2,5})$")]
    printed: str
    free: bool = False

    @property
    def short(self) -> bool:
        """Tell whether it rings in its own country alone."""
        return not self.e164.startswith("+")


OPENING = (
    r"^(Mo|Tu|We|Th|Fr|Sa|Su)([-,](Mo|Tu|We|Th|Fr|Sa|Su))*"
    r"( [0-2][0-9]:[0-5][0-9]-[0-2][0-9]:[0-5][0-9])?$"
)
"""Days and hours as schema.org's ``openingHours`` has them; search engines show them to people."""


class Verification(Record, frozen=True, kw_only=True):
    """Say when and how a helpline was checked: read in its source, or called."""

    on: dt.date
    how: How


class WrittenContact(Record, frozen=True, kw_only=True):
    """Say where a helpline is written to: https address of a chat or form, e-mail, or a number.

    A ``report`` is a form by which authorities are told of somebody: nobody takes it for help.
    """

    kind: Literal["chat", "form", "report", "email", "text"]
    to: Annotated[
        str,
        Meta(
            pattern=r"^(https://[^\s<>\"'\\]+|[A-Za-z0-9._+-]+@[A-Za-z0-9.-]+|[0-9][0-9 ]{2,19})$"
        ),
    ]


class Helpline(Record, frozen=True, kw_only=True, rename={"needs": "for"}):
    """Describe one help service in one country (ISO 3166-1 alpha-2).

    ``needs`` (``for`` in the file) says whom it is there for, ``writes`` how it is written to,
    ``night`` what answers when nobody does.

    ``short_name`` is what stands on cards and in short posts, the name people there know it by;
    it is not translated. ``languages`` are those that whoever answers speaks, ``at_some_hours``
    those that somebody speaks at some hours alone; ``interpreters`` tells whether others are
    possible with an interpreter. ``passed_on`` says what may go on to authorities, and when;
    ``must_tell`` whether it is bound to tell of a child in danger; ``minors`` whether people under
    18 may call. None: not known.
    """

    id: Slug
    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
    name: str
    short_name: str = ""
    needs: tuple[Need, ...] = ()
    phone: Phone
    writes: tuple[WrittenContact, ...] = ()
    hours: str
    night: str = ""
    opening: tuple[Annotated[str, Meta(pattern=OPENING)], ...] = ()
    languages: Annotated[tuple[Tag, ...], Meta(min_length=1)]
    at_some_hours: tuple[Tag, ...] = ()
    interpreters: bool | None = None
    operator: Operator
    operator_note: str = ""
    anonymous: bool | None = None
    passed_on: str = ""
    must_tell: bool = False
    minors: bool | None = None
    emergency: str
    url: HttpsUrl
    source: HttpsUrl
    verified: Verification
    review_by: dt.date

    @property
    def local(self) -> bool:
        """Whether its number rings in its own country alone."""
        return self.phone.short

    @property
    def purposes(self) -> tuple[Need, ...]:
        """The needs it is there for; of the police never one that asks for trust."""
        if self.operator in SECURITY:
            return tuple(one for one in self.needs if one in SECURITY_NEEDS) or SECURITY_NEEDS
        return self.needs or GENERAL_NEEDS


class DialledLine(Protocol):
    """What decides where a number rings."""

    @property
    def country(self) -> str:
        """The country of the service (ISO 3166-1 alpha-2)."""

    @property
    def local(self) -> bool:
        """Whether the number rings in that country alone."""

    @property
    def operator(self) -> str:
        """Who answers, one of ``Operator``."""


Line = TypeVar("Line", bound=DialledLine)


def within_market(lines: Iterable[Line], home: str) -> tuple[Line, ...]:
    """Leave the lines that may stand for the readers of a country.

    Args:
        lines: those that serve a need, best first.
        home: where readers live (ISO 3166-1 alpha-2); empty where that is not known: then all may.

    Returns:
        None where none is of the country: a number of another one alone helps nobody. Numbers that
        ring in another country alone are left out.
    """
    found = tuple(lines)
    if home and all(line.country != home for line in found):
        return ()
    return tuple(line for line in found if not (home and line.local) or line.country == home)


def before_police(lines: Iterable[Line]) -> tuple[Line, ...]:
    """Put lines of the police, or of an office for security, behind others of their country.

    The country of the first line stays the first.
    """
    found = tuple(lines)
    return tuple(
        sorted(found, key=lambda one: (one.country != found[0].country, one.operator in SECURITY))
    )


class Helplines(Record, frozen=True, kw_only=True):
    """List the helplines of a campaign file."""

    helplines: tuple[Helpline, ...]
