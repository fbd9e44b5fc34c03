"""The campaign: goal, people, languages, platforms, sponsor, brand, schedule and policy."""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

import msgspec
from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.point import Address, Claimant, HttpsUrl, Need, Slug, Waiver

Stage = Literal["public", "relatives", "professionals", "at-risk"]
MessengerKind = Literal[
    "government", "ngo", "faith", "former", "survivor", "family", "peer", "expert"
]
SponsorKind = Literal["authority", "other"]
Policy = Literal["block", "notice", "allow"]
ReadPolicy = Literal["required", "open"]
Numbering = Literal[
    "adlm",
    "arab",
    "arabext",
    "beng",
    "cakm",
    "deva",
    "gujr",
    "guru",
    "khmr",
    "knda",
    "laoo",
    "latn",
    "mlym",
    "mtei",
    "mymr",
    "nkoo",
    "olck",
    "orya",
    "rohg",
    "tamldec",
    "telu",
    "thai",
    "tibt",
    "vaii",
]
"""Numbering systems of CLDR 48 that have ten digits in a row, as
``text.language.typography.ZEROS``."""

Colour = Annotated[str, Meta(pattern=r"^#[0-9a-f]{6}$")]
Tag = Annotated[str, Meta(pattern=r"^[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}|XA|XB))?$")]
Country = Annotated[str, Meta(pattern=r"^[A-Z]{2}$")]
DeniedLink = Annotated[str, Meta(pattern=r"^[a-z0-9.-]+\.[a-z]{2,63}(/\S*)?$", max_length=300)]
HostName = Annotated[str, Meta(pattern=r"^[a-z0-9.-]+\.[a-z0-9-]{2,63}$", max_length=253)]
DesignName = Annotated[str, Meta(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=40)]
_PART = r"(\.[0-9]{1,6})?"
Corner = Annotated[
    str,
    Meta(pattern=rf"^-?([0-8]?[0-9]{_PART}|90(\.0+)?),-?((1[0-7]|[0-9])?[0-9]{_PART}|180(\.0+)?)$"),
]
AreaCode = Annotated[str, Meta(pattern=r"^[A-Za-z0-9][A-Za-z0-9._:-]{0,39}$")]
PublicKey = Annotated[str, Meta(pattern=r"^RW[A-Za-z0-9+/]{54}$")]
WallTime = Annotated[str, Meta(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]


class Metric(Record, frozen=True, kw_only=True):
    """Measure the goal; baseline and target are in the metric's own unit."""

    name: str
    baseline: str
    target: str
    date: dt.date


class Goal(Record, frozen=True, kw_only=True):
    """State what should be different afterwards."""

    statement: str
    metrics: tuple[Metric, ...] = ()


class Audience(Record, frozen=True, kw_only=True):
    """Describe the people meant, as one typical person; ``need`` as of a call to action.

    ``title`` and ``intro`` are said to them on their own page, which begins with the talking points
    of ``first``. ``address`` is how they are spoken to, in all languages or by language (``else``
    for others).
    """

    id: Slug
    name: str
    persona: str
    title: Annotated[str, Meta(max_length=80)] = ""
    intro: Annotated[str, Meta(max_length=240)] = ""
    first: tuple[Slug, ...] = ()
    stage: Stage
    need: Need | None = None
    address: Address | dict[str, Address] = "formal"


class Messenger(Record, frozen=True, kw_only=True):
    """Say who speaks, and whether they agreed to it."""

    id: Slug
    name: str
    kind: MessengerKind
    consent: str = ""


class Sponsor(Record, frozen=True, kw_only=True):
    """Say who is behind the campaign and who pays.

    ``kind`` is ``authority`` for a body of public safety: only its alerts are sent to machines as
    actual ones (Common Alerting Protocol).
    """

    name: str
    kind: SponsorKind = "other"
    funders: Annotated[tuple[str, ...], Meta(min_length=1)]
    disclosure: str
    url: HttpsUrl | None = None


class Place(Record, frozen=True, kw_only=True):
    """Name a place that alerts in a crisis may speak of.

    ``country`` is where it is (ISO 3166-1 alpha-2): an alert tells everybody its emergency number,
    whatever their language. ``polygon`` are its corners as ``latitude,longitude`` (WGS 84, at most
    six decimals); the last one is the first again. ``geocode`` are its codes by the name of a
    public list of areas, such as ``INSEE`` or ``NUTS3``: machines that know the list need no map.
    """

    id: Slug
    name: Annotated[str, Meta(max_length=49)]
    country: Country | None = None
    polygon: tuple[Corner, ...] = ()
    geocode: dict[AreaCode, AreaCode] = {}


class Authority(Record, frozen=True, kw_only=True):
    """Name a body that may confirm what an alert says, and the page where it says it itself.

    ``phone`` is what the team dials; it stands on the call sheet alone, nowhere that readers look.
    """

    id: Slug
    name: Annotated[str, Meta(max_length=80)]
    url: HttpsUrl
    phone: Annotated[str, Meta(max_length=40)] = ""


class OnCall(Record, frozen=True, kw_only=True):
    """Name a person of the team who answers in a crisis; for the call sheet alone.

    ``role`` is what she does, such as ``approves second``, or whose deputy she is.
    """

    name: Annotated[str, Meta(min_length=1, max_length=80)]
    role: Annotated[str, Meta(max_length=80)] = ""
    phone: Annotated[str, Meta(max_length=40)] = ""


class Corrections(Record, frozen=True, kw_only=True):
    """Say where mistakes are reported and what is done about them."""

    contact: str
    policy: str


class Brand(Record, frozen=True, kw_only=True):
    """Set the look: colours as #rrggbb, a logo in media/, font families, best first.

    ``fonts`` may be by language, ``else`` for all others.
    """

    accent: Colour = "#0b6b5d"
    ink: Colour = "#14232b"
    paper: Colour = "#fbfaf7"
    logo: str | None = None
    fonts: tuple[str, ...] | dict[str, tuple[str, ...]] | None = None


class Cards(Record, frozen=True, kw_only=True):
    """Choose designs of share images by name, as in ``templates/cards/``.

    ``main`` is what link previews and feeds show, ``photo`` the same for talking points that have
    a photo, ``families`` take turns in its place, each where it suits: none shows a claim. ``more``
    are made beside it.
    """

    main: DesignName = "fact"
    photo: DesignName = "photo"
    families: tuple[DesignName, ...] = ()
    more: tuple[DesignName, ...] = ()


DayOfYear = Annotated[str, Meta(pattern=r"^([0-9]{4}-)?(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])\Z")]
"""A day, ``2027-01-07``, or a day of every year, ``11-13``."""


class QuietDay(Record, frozen=True, kw_only=True):
    """Keep a day free of posts, or all days to ``until``; a range of every year may pass its end.

    ``languages`` are those whose posts keep still; all without any.
    """

    day: DayOfYear
    until: DayOfYear | None = None
    reason: Annotated[str, Meta(min_length=1, max_length=120)]
    languages: tuple[Tag, ...] = ()

    def holds(self, day: dt.date, language: str) -> bool:
        """Tell whether it is quiet on a day in a language (BCP 47 tag)."""
        if self.languages and language not in self.languages:
            return False
        first, last = self.day, self.until or self.day
        text = day.isoformat()[-len(first) :]
        return first <= text <= last if first <= last else text >= first or text <= last


class Schedule(Record, frozen=True, kw_only=True):
    """Plan the posts: wall times of a time zone (IANA name), from a day on.

    ``slots`` are by platform, or by ``platform/language`` for one language alone; ``timezones``
    are of languages whose readers live elsewhere; ``fixed`` are times with offset of single posts
    by ``platform/language/point``, which keep them whatever the slots say, but on a day of
    ``quiet``. ``repeats`` are weeks after which a post comes again, by platform,
    ``platform/language`` or ``platform/language/point``; the longest key counts, 0 says never.
    """

    timezone: str = "Europe/Paris"
    timezones: dict[str, str] = {}
    start: dt.date
    end: dt.date | None = None
    slots: dict[str, tuple[WallTime, ...]] = {}
    fixed: dict[str, dt.datetime] = {}
    quiet: tuple[QuietDay, ...] = ()
    repeats: dict[str, Annotated[int, Meta(ge=0, le=52)]] = {}

    def quiet_reason(self, day: dt.date, language: str) -> str:
        """Say why nothing is posted on a day in a language (BCP 47 tag); nothing where it is."""
        return next((one.reason for one in self.quiet if one.holds(day, language)), "")


class HelplineChoice(Record, frozen=True, kw_only=True):
    """Say which helplines stand on what is made in a language, for a country, or both.

    ``lines`` are ids of ``helplines.yaml``, best first; an empty list says on purpose that none
    does. ``market`` is the country (ISO 3166-1 alpha-2) that most readers live in.
    """

    language: Tag | None = None
    market: Country | None = None
    lines: tuple[Slug, ...]


class Publication(Record, frozen=True, kw_only=True):
    """Decide what must be signed before it is published.

    ``unreviewed`` says what becomes of texts and translations that nobody has approved, ``read``
    whether every sentence of the reading list must have been read; a campaign that is no sample
    requires it unless it says otherwise. With ``four_eyes`` two different people must sign.
    """

    unreviewed: Policy = "notice"
    read: ReadPolicy | None = None
    four_eyes: bool = False


class Campaign(Record, frozen=True, kw_only=True):
    """Everything that is true of the whole campaign.

    ``helplines`` choose whose number stands on pages, cards and posts: nothing is guessed, what no
    entry is for carries the address of the help page (``view.helplines``).
    ``leave_url`` is where "leave this site" leads: an everyday page that asks no questions.
    ``countries`` (ISO 3166-1 alpha-2) are those whose readers must find a helpline of their own;
    ``deny_links`` are hosts or addresses without scheme that nothing may lead to;
    ``allow_hosts`` may be named although they hide where they lead, or look like other hosts;
    ``order`` names talking points in the order of lists, after those with ``featured``;
    ``claimant`` says who makes the claims, with the verb (``Recruiters say``); without it pages say
    that it is said. ``counters_terrorism`` lets dossiers claim what Regulation (EU) 2021/784 says
    of such material. ``reporting`` are ids of services (``catalog/data/reporting.yaml``) where
    readers report what they saw; without any there is no such page.
    ``places`` and ``authorities`` are what alerts in a crisis may name, ``on_call`` the people of
    the team who answer then;
    ``waivers`` excuse rules outside of talking points, which have their own. ``digits`` are the
    numbering systems (names of CLDR) of languages whose numbers are not written with 0 to 9.
    ``carousels`` says which talking points are told in slides, too, where they do not say so
    themselves: none, those with ``featured``, or all.
    ``signing_key`` is the public key with which readers and partners check what is published.
    """

    id: Slug
    title: str
    tagline: str
    summary: str = ""
    sample: bool = False
    source_language: Tag
    languages: Annotated[tuple[Tag, ...], Meta(min_length=1)]
    base_url: HttpsUrl
    goal: Goal
    audiences: Annotated[tuple[Audience, ...], Meta(min_length=1)]
    messengers: Annotated[tuple[Messenger, ...], Meta(min_length=1)]
    platforms: tuple[Slug, ...] = ()
    hashtags: tuple[str, ...] = ()
    sponsor: Sponsor
    corrections: Corrections
    style_packs: tuple[Slug, ...] = ()
    brand: Brand = Brand()
    cards: Cards = Cards()
    carousels: Literal["none", "featured", "all"] = "none"
    digits: dict[str, Numbering] = {}
    schedule: Schedule
    publication: Publication = Publication()
    leave_url: HttpsUrl = "https://www.wikipedia.org/"
    helplines: tuple[HelplineChoice, ...] = ()
    countries: tuple[Country, ...] = ()
    signing_key: PublicKey | None = None
    deny_links: tuple[DeniedLink, ...] = ()
    allow_hosts: tuple[HostName, ...] = ()
    order: tuple[Slug, ...] = ()
    claimant: Claimant | None = None
    counters_terrorism: bool = False
    reporting: tuple[Slug, ...] = ()
    places: tuple[Place, ...] = ()
    authorities: tuple[Authority, ...] = ()
    on_call: tuple[OnCall, ...] = ()
    waivers: tuple[Waiver, ...] = ()
    updated: dt.date


def people_needed(campaign: Campaign) -> int:
    """Count the different people who must sign the same words."""
    return 2 if campaign.publication.four_eyes else 1


def must_be_read(campaign: Campaign) -> bool:
    """Tell whether publishing waits until the reading list is signed."""
    read = campaign.publication.read
    return read == "required" or (read is None and not campaign.sample)


class Window(msgspec.Struct, frozen=True, kw_only=True):
    """Say when a talking point may be posted: from ``embargo`` on, and before ``expires``."""

    embargo: dt.datetime | None = None
    expires: dt.datetime | None = None


class Repeat(msgspec.Struct, frozen=True):
    """Say after how many weeks a post comes again, and the last day on which it may."""

    weeks: int
    last: dt.date


class Timing(msgspec.Struct, frozen=True, kw_only=True):
    """Say when and in which order talking points are posted.

    Attributes:
        schedule: the campaign's.
        windows: of the talking points that have one, by id.
        order: ids in the order in which readers meet them; those that are missing come last.
        repeats: of the posts that come again, by ``platform/language/point``.
    """

    schedule: Schedule
    windows: dict[str, Window] = {}
    order: tuple[str, ...] = ()
    repeats: dict[str, Repeat] = {}
