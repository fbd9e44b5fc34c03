"""The talking point: one claim answered, or one truth told, with its sources and its next step.

Its tables, from which charts are drawn, stand first.
"""

from __future__ import annotations

import datetime as dt
from typing import Annotated, Literal

from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.correction import Correction, Withdrawal

ChartKind = Literal["bar", "dot", "line", "pictogram", "timeline"]
Qualifier = Literal["at-least", "about", "up-to"]


class DataColumn(Record, frozen=True, kw_only=True):
    """Name what the numbers of a column are; ``unit`` is ``%`` or what is counted."""

    label: Annotated[str, Meta(max_length=80)]
    unit: Annotated[str, Meta(max_length=40)] = ""


class DataRow(Record, frozen=True, kw_only=True):
    """Hold one row: a number for each column; ``at`` is a year, a month or a day.

    ``label`` says whose numbers they are, or what happened; ``qualifier`` how exact they are.
    ``source`` is that of the row, where it is not that of the table. ``main`` marks the row that
    the fact speaks of: it is drawn in the accent, and rows that are not marked in grey.
    """

    label: Annotated[str, Meta(max_length=100)] = ""
    at: Annotated[str, Meta(pattern=r"^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$")] | None = None
    values: tuple[float, ...] = ()
    qualifier: Qualifier | None = None
    main: bool = False
    source: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)] | None = None


class DataTable(Record, frozen=True, kw_only=True):
    """Hold a table and the kind of chart that shows it.

    ``head`` names what its rows are; ``source`` is the id of the talking point's source that holds
    the numbers; ``note`` is what must stand with them. ``start`` is there to be refused: axes start
    at zero.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]
    kind: ChartKind
    title: Annotated[str, Meta(max_length=120)]
    head: Annotated[str, Meta(max_length=40)]
    columns: tuple[DataColumn, ...] = ()
    rows: Annotated[tuple[DataRow, ...], Meta(min_length=1)]
    note: Annotated[str, Meta(max_length=200)] = ""
    source: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
    start: float = 0.0

    @property
    def sources(self) -> tuple[str, ...]:
        """Give the ids of all its sources, each once."""
        found = (self.source, *(row.source for row in self.rows))
        return tuple(dict.fromkeys(one for one in found if one))


Mode = Literal["debunk", "prebunk", "alternative", "testimony"]
PullFactor = Literal[
    "justice", "belonging", "humanitarian", "identity", "adventure", "status", "security", "money"
]
Technique = Literal[
    "false-promise",
    "emotional-lure",
    "us-vs-them",
    "false-authority",
    "cherry-picking",
    "false-dilemma",
    "conspiracy",
    "decontextualised-media",
    "glorification",
    "dehumanisation",
    "isolation",
]
Tone = Literal["grave", "calm", "hopeful"]
Address = Literal["formal", "informal"]
Level = Literal["niche", "crossing", "mainstream"]
ActionKind = Literal["helpline", "report", "link", "page", "share"]
Need = Literal[
    "worried",
    "relatives",
    "young",
    "women",
    "exit",
    "victims",
    "hatred",
    "grief",
    "despair",
    "missing",
    "money",
]
"""What brings a reader to a helpline: worry about somebody, as anyone or as a relative; being
young, being a woman, wanting out, having been hurt by a crime or an attack or having lost somebody,
meeting hatred, grief or anger, despair, a child that is missing, money. Where nothing is said:
someone who listens."""
HowRead = Literal["whole", "part", "opening", "report"]
Slug = Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=80)]
HttpsUrl = Annotated[str, Meta(pattern=r"^https://[^\s<>\"'\\]+$", max_length=2048)]


Claimant = Annotated[str, Meta(max_length=60, pattern=r"[^\s:\uff1a]$")]
"""Who makes a claim, with the verb and without the colon: ``Some videos say``."""

FACT_GRAPHEMES = 140
"""Longest fact in graphemes; reference: talking-point schema, section 7."""

LINE_GRAPHEMES = 45
"""Longest line in graphemes: two lines of a card in its largest letters."""

CLAIM_CHARACTERS = 75
"""Longest claim in characters; Google's ClaimReview guideline for ``claimReviewed``."""

QUOTE_GRAPHEMES = 240
"""Longest quotation in graphemes: what the testimony card still sets in letters of 28 units."""

STEP_CHARACTERS, SLIDE_CHARACTERS = 140, 240
"""Longest step, and longest text of a slide, in code points: what stands in letters that a phone
shows readably."""

LONG_NAME = 40
"""Code points of a publisher's name that fit in one line of a card beside the date."""


class Source(Record, frozen=True, kw_only=True):
    """Name a public document that supports a fact; ``short`` is its publisher in few words.

    ``about_line`` is the id of the one helpline that it speaks of: what cites it stands above no
    other number. ``primary`` marks the document of those who found, decided or saw it themselves:
    a court, a count, a study, an office, a person. ``read`` says how much of it was read on the
    day ``accessed``; ``report`` means that only reports of it were. ``passage``
    says for the team where in it what is cited stands, with the figures there: page, paragraph,
    what was not read.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
    title: str
    publisher: str
    short: Annotated[str, Meta(max_length=40)] = ""
    url: HttpsUrl
    published: dt.date | None = None
    accessed: dt.date
    read: HowRead | None = None
    primary: bool = False
    about_line: Slug | None = None
    passage: Annotated[str, Meta(max_length=400)] = ""
    archived_url: HttpsUrl | None = None

    @property
    def known_as(self) -> str:
        """The publisher without who published it again; the short name of a long one."""
        name = self.publisher.partition(" (")[0]
        return name if len(name) <= LONG_NAME else self.brief

    @property
    def brief(self) -> str:
        """The publisher in as few words as possible."""
        return self.short or self.publisher.partition(" (")[0]


class Prevalence(Record, frozen=True, kw_only=True):
    """Say how far a claim has spread, how that is known and when it was judged."""

    level: Level
    evidence: str
    assessed: dt.date


class Action(Record, frozen=True, kw_only=True):
    """Ask the reader for one next step.

    ``need`` says which helpline's number stands beside the talking point, whatever the step is;
    without it that of one who listens, never of the police.
    """

    label: str
    kind: ActionKind
    need: Need | None = None
    url: HttpsUrl | None = None
    page: Slug | None = None


class Sensitivity(Record, frozen=True, kw_only=True):
    """Say what a reader should be spared; age in years."""

    graphic: bool = False
    minimum_age: Annotated[int, Meta(ge=0, le=21)] = 0


class Quote(Record, frozen=True, kw_only=True):
    """Somebody's own words, as they were published or given to the campaign.

    ``source`` is the id of the talking point's source that holds them; ``consent`` says how and
    when the speaker agreed to be quoted.
    """

    text: str
    speaker: str
    source: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]
    consent: str


class Figure(Record, frozen=True, kw_only=True):
    """Hold one number of a fact: what big-number cards show, and charts are drawn from.

    ``unit`` is what is counted ("civilians killed"; ``%`` stands beside the number), ``label`` the
    rest of the sentence; ``source`` is the id of the talking point's source that holds the number.
    ``qualifier`` says how exact it is. ``beside`` is the sentence that makes it fair: it stands
    wherever the number does. Without it, those of the text that are marked to stay stand there.
    """

    value: float
    qualifier: Qualifier | None = None
    unit: Annotated[str, Meta(max_length=60)] = ""
    label: Annotated[str, Meta(max_length=140)]
    beside: Annotated[str, Meta(max_length=140)] = ""
    source: Annotated[str, Meta(pattern=r"^[a-z0-9][a-z0-9-]*$", max_length=40)]


class Waiver(Record, frozen=True, kw_only=True):
    """Excuse one rule, by name and until a day.

    ``where`` narrows a waiver of the whole campaign to a subject such as ``pages/about``.
    """

    rule: str
    reason: str
    by: str
    until: dt.date
    where: str = ""


class Point(Record, frozen=True, kw_only=True):
    """State a talking point in the source language.

    ``fact`` leads every artefact: at most 140 graphemes (reference: message rules, section 7).
    ``line`` says the core of it in at most 45 graphemes, above the fact and never without it.
    ``claim`` is a paraphrase of at most 75 characters (Google ClaimReview guideline).
    ``claimant`` says who makes it, with the verb (``Some videos say``), where that is not who the
    campaign names. ``about_line`` is the id of the one helpline that the fact is true of.
    ``pull_factor`` is the wish that the claim speaks to; lists group by it.
    ``alternative`` and ``body`` are Markdown. ``steps`` are what to do, two or three imperatives:
    numbered on page, cards and slides, in drafts after the alternative. ``slides`` say what is
    known in a carousel, where else the explanation begins; they cite as it does. ``question`` is
    what a reader asks whom the fact answers, at most 120 code points; the search page lists it.
    ``hook`` is the first line of posts: one text, or one by id of an audience. ``no_primary`` says
    why no source is primary.
    ``figures`` are numbers of the fact or the text; the first is the one on a card.
    ``data`` are tables, of which charts are drawn; the first one stands on a card. ``drawing``
    names a file of ``assets/drawings/``; ``tone`` is how cards look: where it is not said, grave
    for a graphic text and calm else. ``cards`` are designs; the first is what previews show.
    ``address`` is how readers are spoken to, in all languages or by language (``else`` for others).
    ``carousel`` says whether it is told in slides, too; what it leaves open the campaign decides.
    ``draft`` says that it is still being written: it is checked, and nothing is made of it;
    ``change_set`` names the drafts that it goes out with, ``replaces`` the talking point whose
    place it takes then.
    ``featured`` is its place on the home page and in lists, from 1; talking points without it stand
    after. ``corrections`` say what was wrong with it; ``withdrawn`` that it is told no more: its
    page says so, and nothing else is made of it. Posts are planned from ``embargo`` on and before
    ``expires``.
    """

    id: Slug
    draft: bool = False
    change_set: Slug | None = None
    replaces: Slug | None = None
    mode: Mode
    fact: str
    line: str | None = None
    about_line: Slug | None = None
    claim: str | None = None
    warning: str | None = None
    technique: Technique | None = None
    claimant: Claimant | None = None
    pull_factor: PullFactor | None = None
    prevalence: Prevalence | None = None
    audiences: tuple[Slug, ...]
    messenger: Slug
    action: Action
    alternative: str = ""
    steps: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=STEP_CHARACTERS)], ...],
        Meta(max_length=3),
    ] = ()
    slides: Annotated[
        tuple[Annotated[str, Meta(min_length=1, max_length=SLIDE_CHARACTERS)], ...],
        Meta(max_length=2),
    ] = ()
    quote: Quote | None = None
    figures: tuple[Figure, ...] = ()
    data: tuple[DataTable, ...] = ()
    sources: Annotated[tuple[Source, ...], Meta(min_length=1)]
    no_primary: str = ""
    media: tuple[str, ...] = ()
    drawing: Slug | None = None
    tone: Tone | None = None
    address: Address | dict[str, Address] | None = None
    cards: tuple[Annotated[str, Meta(pattern=r"^[a-z]+(-[a-z]+)*$", max_length=40)], ...] = ()
    carousel: bool | None = None
    hook: str | dict[str, str] | None = None
    posts: dict[str, str] = {}
    sensitivity: Sensitivity = Sensitivity()
    waivers: tuple[Waiver, ...] = ()
    question: Annotated[str, Meta(max_length=120)] | None = None
    featured: Annotated[int, Meta(ge=1, le=999)] | None = None
    reviewed: dt.date | None = None
    corrections: Annotated[tuple[Correction, ...], Meta(max_length=20)] = ()
    withdrawn: Withdrawal | None = None
    embargo: dt.datetime | None = None
    expires: dt.datetime | None = None
    body: str = ""

    @property
    def hooks(self) -> dict[str, str]:
        """The hooks by field: ``hook``, or ``hook.<audience>`` in the order of the audiences."""
        if not isinstance(self.hook, dict):
            return {"hook": self.hook} if self.hook else {}
        order = {name: place for place, name in enumerate(self.audiences)}
        named = sorted(self.hook.items(), key=lambda one: (order.get(one[0], len(order)), one[0]))
        return {f"hook.{name}": text for name, text in named if text}

    @property
    def last_change(self) -> dt.date | None:
        """The day of its last change that readers are told of; None where none is named."""
        days = [one.day for one in self.corrections] + ([self.reviewed] if self.reviewed else [])
        return max(days, default=None)

    @property
    def mood(self) -> Tone:
        """The tone of its cards: what is said, else grave for a graphic text and calm else."""
        return self.tone or ("grave" if self.sensitivity.graphic else "calm")
