"""Localized records: each text carries the language its words are really in."""

from __future__ import annotations

import datetime as dt

import msgspec

from stopjihad.model.alert import AlertFacts
from stopjihad.model.helpline import (
    GENERAL_NEEDS,
    LISTENING,
    SECURITY,
    STATE,
    WrittenContact,
    needs_in_turn,
    within_market,
)
from stopjihad.model.point import (
    ActionKind,
    ChartKind,
    Mode,
    Need,
    PullFactor,
    Qualifier,
    Sensitivity,
    Source,
    Technique,
    Tone,
)


class Text(msgspec.Struct, frozen=True, array_like=True):
    """Words and the BCP 47 tag of the language they are in (it differs on fallback)."""

    value: str
    lang: str

    def __str__(self) -> str:
        """Give the words alone."""
        return self.value


class Prose(msgspec.Struct, frozen=True, array_like=True):
    """Markdown passages, each in one language; neighbours differ in language."""

    passages: tuple[Text, ...] = ()


class ActionView(msgspec.Struct, frozen=True, kw_only=True):
    """Show the one next step."""

    label: Text
    kind: ActionKind
    need: Need | None = None
    url: str | None = None
    page: str | None = None


class QuoteView(msgspec.Struct, frozen=True, kw_only=True):
    """Show somebody's own words; ``source`` is the id of the source that holds them."""

    text: Text
    speaker: Text
    source: str


class FigureView(msgspec.Struct, frozen=True, kw_only=True):
    """Show one number: ``value`` as the language writes it, ``number`` for charts.

    ``beside`` is what must stand wherever the number does; ``qualifier`` how exact it is.
    """

    value: Text
    number: float
    unit: Text | None
    label: Text
    source: str
    qualifier: Qualifier | None = None
    beside: Text | None = None


class SourceView(Source, frozen=True, kw_only=True):
    """Name a source in one language; ``local`` is its publisher's name there, where it has one."""

    local: str = ""

    @property
    def known_as(self) -> str:
        """The name in this language, else the publisher's."""
        return self.local or super().known_as

    @property
    def brief(self) -> str:
        """The publisher in as few words as possible."""
        return self.local or super().brief


class ColumnView(msgspec.Struct, frozen=True, kw_only=True):
    """Name a column of numbers; ``unit`` is None where there is none, or where it is per cent."""

    label: Text
    unit: Text | None = None


class RowView(msgspec.Struct, frozen=True, kw_only=True):
    """Show a row: ``cells`` as the language writes ``numbers``; ``at`` as it was authored."""

    label: Text | None
    at: str
    cells: tuple[Text, ...]
    numbers: tuple[float, ...]
    qualifier: Qualifier | None = None
    main: bool = False


class DataView(msgspec.Struct, frozen=True, kw_only=True):
    """Show a table and say which chart is drawn of it; ``sources`` are ids.

    ``beside`` are sentences of the text that stand wherever its numbers do.
    """

    id: str
    kind: ChartKind
    title: Text
    head: Text
    columns: tuple[ColumnView, ...]
    rows: tuple[RowView, ...]
    note: Text | None
    beside: Text | None
    percent: bool
    sources: tuple[str, ...]


Described = tuple[tuple[str, str], ...]
"""What a picture shows, in words: names of its contents, and sentences, in the order in which they
are read."""


class FilmScene(msgspec.Struct, frozen=True):
    """One scene of a film.

    Attributes:
        role: that of its slide.
        frames: how long it stands; 30 are a second.
        shown: what is read on it.
        voice: the same as a voice says it.
    """

    role: str
    frames: int
    shown: str
    voice: str


class PointView(msgspec.Struct, frozen=True, kw_only=True):
    """Show a talking point to readers of ``lang``.

    ``complete`` is True when no segment fell back to the source language: only then does the page
    carry hreflang and enter the sitemap, and only then are cards and drafts made.
    ``reviewed`` is True when every text of it is approved, on ``approved_on`` the last;
    ``updated`` is the day that the authors name for its last change. ``told`` are the authors' own
    words for slides. For posts, which show them:
    ``card`` and ``slides`` say what its card and the slides of its carousel show, ``film`` is its
    film. ``elsewhere`` are the sources that speak of another helpline than the one whose number
    stands beside it, ``misplaced`` tells that the fact does, ``one_line`` that only the first
    number may stand there, because it tells of a service (``view.line_facts``).
    """

    id: str
    lang: str
    mode: Mode
    fact: Text
    line: Text | None = None
    claim: Text | None
    warning: Text | None
    technique: Technique | None
    claimant: Text | None = None
    pull_factor: PullFactor | None = None
    audiences: tuple[str, ...]
    messenger: str
    action: ActionView
    alternative: Prose
    steps: tuple[Text, ...] = ()
    told: tuple[Text, ...] = ()
    quote: QuoteView | None = None
    body: Prose
    sources: tuple[SourceView, ...]
    posts: dict[str, Text]
    hook: Text | None = None
    question: Text | None = None
    figures: tuple[FigureView, ...] = ()
    data: tuple[DataView, ...] = ()
    corrections: tuple[CorrectionView, ...] = ()
    drawing: str = ""
    tone: Tone = "calm"
    sensitivity: Sensitivity
    level: str | None
    approved_on: dt.date | None
    updated: dt.date | None
    complete: bool
    reviewed: bool
    card: Described = ()
    slides: tuple[Described, ...] = ()
    film: tuple[FilmScene, ...] = ()
    elsewhere: frozenset[str] = frozenset()
    misplaced: bool = False
    one_line: bool = False


class CorrectionView(msgspec.Struct, frozen=True, kw_only=True):
    """Tell readers what was wrong until a day; words that are not translated are None."""

    day: dt.date
    why: Text | None = None
    was: Text | None = None


class WithdrawnView(msgspec.Struct, frozen=True, kw_only=True):
    """Tell readers that a talking point is told no more; words not translated are None.

    ``question`` is what it answered, ``need`` says which helplines stand on its page. ``deleted``
    says that its file is gone without a word, and ``day`` is None where nobody knows when.
    """

    id: str
    day: dt.date | None
    deleted: bool = False
    why: Text | None = None
    question: Text | None = None
    need: Need | None = None


class MistakeView(msgspec.Struct, frozen=True, kw_only=True):
    """Tell who has a kit what was wrong in it; words not translated, and an unknown day, are None.

    ``said`` is the fact as it is told now, or what was asked; ``withdrawn`` that it is not told.
    """

    id: str
    day: dt.date | None
    said: Text | None = None
    why: Text | None = None
    was: Text | None = None
    withdrawn: bool = False


class Teaser(msgspec.Struct, frozen=True, kw_only=True):
    """Name a talking point in lists and in neighbours' links: pages that show it depend on this."""

    id: str
    fact: Text
    mode: Mode
    pull_factor: PullFactor | None = None
    audiences: tuple[str, ...]
    question: Text | None = None
    drawing: str = ""


class Headline(Teaser, frozen=True, kw_only=True):
    """Name a talking point in feeds and the kit, which also ask how new and how whole it is."""

    updated: dt.date
    complete: bool
    corrected: CorrectionView | None = None


class HelplineView(msgspec.Struct, frozen=True, kw_only=True):
    """Show a helpline; ``printed`` is the number as people read it, ``e164`` as phones dial it.

    Nothing shows a number without country, name and who answers: ``view.helplines`` says them.
    """

    id: str
    country: str
    country_name: str
    name: Text
    printed: str
    e164: str
    hours: Text
    opening: tuple[str, ...]
    languages: tuple[str, ...]
    language_names: tuple[str, ...]
    operator: str
    operator_note: Text | None
    anonymous: bool | None
    emergency: Text
    url: str
    source: str
    verified_on: dt.date
    verified_how: str
    short_name: str = ""
    at_some_hours: tuple[str, ...] = ()
    interpreters: bool | None = None
    passed_on: Text | None = None
    must_tell: bool = False
    minors: bool | None = None
    needs: tuple[Need, ...] = GENERAL_NEEDS
    writes: tuple[WrittenContact, ...] = ()
    night: Text | None = None

    def serves(self, need: Need | None) -> bool:
        """Tell whether its number may stand where something is needed.

        Where nothing is said, someone who listens is meant, as for grief.
        """
        return (need or LISTENING) in self.needs

    @property
    def local(self) -> bool:
        """Whether its number rings in its own country alone."""
        return not self.e164.startswith("+")

    @property
    def passes_on(self) -> bool:
        """Whether what is said may go on: of the police always, of the state where it says so."""
        told = self.operator in STATE and self.passed_on is not None
        return self.operator in SECURITY or told

    @property
    def never_closed(self) -> bool:
        """Tell whether it answers day and night."""
        return self.opening == ("Mo-Su",)

    @property
    def known_as(self) -> str:
        """The name on cards and in posts: the short one, unless it is letters that say nothing."""
        return self.name.value if self.short_name.isupper() else self.short_name or self.name.value


class LanguageView(msgspec.Struct, frozen=True, kw_only=True):
    """Name a language of the campaign as its speakers write it."""

    tag: str
    autonym: str
    direction: str


class NamedItem(msgspec.Struct, frozen=True, kw_only=True):
    """Name an audience, a messenger or a menu page.

    ``note`` is a page's short name, and what is said to an audience on its page, which ``title``
    heads and the talking points of ``first`` begin.
    """

    id: str
    name: Text
    title: Text | None = None
    note: Text | None = None
    first: tuple[str, ...] = ()
    kind: str = ""
    need: Need | None = None


class AlertView(msgspec.Struct, frozen=True, kw_only=True):
    """Show an alert in a crisis to readers of ``lang``: its six parts, slots filled, digits set.

    Attributes:
        id: name of its file.
        incident: id of its template.
        lang: BCP 47 tag.
        exercise: whether nothing has happened: then everything shown says so first.
        place: where.
        headline: its first words, without the mark of an exercise.
        empathy: words for people who are afraid.
        confirmed: what the authority has confirmed, sentence by sentence.
        unknown: what is not known yet.
        actions: what to do now.
        short: the first of them in at most 45 characters, for texts with little room; may be empty.
        update: when it speaks again.
        look: where checked news is.
        authority: who confirmed it.
        official: https address of the authority's own news.
        sent: when it was sent, as its readers write it.
        sent_time: the time of day alone.
        until: when it ends, as its readers write it.
        sent_at: the same moment with its offset.
        ends_at: the same moment with its offset.
        lines: ids of the helplines that stand on it.
        alone: whether one person answers for it, and no second one has approved it yet.
        updated: whether an earlier message of it was sent before this one.
        country: whose emergency number its readers are told (ISO 3166-1 alpha-2); empty where it is
            not known.
    """

    id: str
    incident: str
    lang: str
    exercise: bool
    place: str
    headline: str
    empathy: str
    confirmed: tuple[str, ...]
    unknown: str
    actions: tuple[str, ...]
    update: str
    look: str
    authority: str
    official: str
    sent: str
    sent_time: str
    until: str
    sent_at: dt.datetime
    ends_at: dt.datetime
    lines: tuple[str, ...] = ()
    short: str = ""
    alone: bool = False
    updated: bool = False
    country: str = ""


class AlertMessage(msgspec.Struct, frozen=True, kw_only=True):
    """A message for machines: what it is about, and its words in each language.

    Attributes:
        facts: what it is about.
        views: its words, one of each language.
    """

    facts: AlertFacts
    views: tuple[AlertView, ...]


class CapEntry(msgspec.Struct, frozen=True, kw_only=True):
    """List a message for machines: name, moment, what it is (``Alert``, …), a line of its words."""

    identifier: str
    sent: dt.datetime
    kind: str
    title: str


class AlertElsewhere(msgspec.Struct, frozen=True, kw_only=True):
    """Say of an alert that has no words in a language where it can be read.

    Attributes:
        languages: those in which it holds, of those that are built.
        exercise: whether nothing has happened.
        sent: when it was sent, as readers of this language write it.
        until: when it ends, in the same way.
        updated: whether an earlier message of it was sent before.
        id: name of its file.
        sent_at: when it was sent, with its offset.
        ends_at: when it ends, with its offset.
    """

    languages: tuple[LanguageView, ...]
    exercise: bool
    sent: str
    until: str
    updated: bool
    id: str
    sent_at: dt.datetime
    ends_at: dt.datetime


class PastView(msgspec.Struct, frozen=True, kw_only=True):
    """Tell readers of an alert that holds no longer.

    Attributes:
        id: name of its file.
        lang: BCP 47 tag of the readers' language.
        headline: its headline; empty in a language in which it was not read.
        sent: when its last message was sent, as its readers write it.
        withdrawn: whether it should never have been sent.
        quiet: whether it said itself that there is no danger: its end is no news.
        replaced: whether a later alert speaks of the same place.
        cause: why it was taken away.
        when: when that was, as its readers write it.
        at: the same moment with its offset.
        told: whether its words are still told; later only that there is none.
        exercise: whether nothing had happened: then what is told says so first.
    """

    id: str
    lang: str
    headline: str
    sent: str
    withdrawn: bool
    quiet: bool
    replaced: bool
    cause: str
    when: str
    at: dt.datetime
    told: bool
    exercise: bool = False


class Frame(msgspec.Struct, frozen=True, kw_only=True):
    """What every page, card and draft of one language shares.

    ``helplines`` are all of the campaign's, as the help page lists them. ``standing`` are those
    that the campaign chose for this language and that answer in it, best first; ``lines`` gives
    those of them that serve a need. ``market`` is the country that its readers are taken to live in
    (ISO 3166-1 alpha-2); empty when the campaign does not say. ``emergency_country`` is
    the one whose emergency number they are told: their market, or that of an alert's place.
    ``digits`` is the numbering system of its numbers; empty for 0 to 9. ``unread`` says that
    sentences still wait for a reader: what is made is a draft, not to be published. ``alerts`` are
    the alerts that stand on everything now, in their order; ``unspoken`` says where others are
    read, which have no words in this language; ``alerted`` that there is one, or was one: then
    there is a page for it; ``past`` are those that hold no longer, the last one first: pages and
    what stands beside them have it.
    ``signing_key`` is the public key that what is published is checked with; empty for none.
    ``claimant`` says who makes the claims; ``reporting`` that there is a page for what was seen.
    ``informal`` are ids of the audiences to whom this language speaks informally. ``needs`` are
    those that talking points, pages and audiences ask helplines for. ``partner`` names whom a kit
    is for, where it may: then ``sponsor`` names them, too.
    """

    campaign: str
    lang: str
    direction: str
    title: Text
    tagline: Text
    summary: Text
    sample: bool
    unread: bool = False
    base_url: str
    source_language: str
    languages: tuple[LanguageView, ...]
    audiences: tuple[NamedItem, ...]
    messengers: tuple[NamedItem, ...]
    pull_factors: tuple[str, ...]
    needs: tuple[Need, ...] = ()
    menu: tuple[NamedItem, ...]
    pages: tuple[str, ...]
    sponsor: Text
    funders: tuple[str, ...]
    disclosure: Text
    sponsor_url: str | None
    corrections_contact: str
    corrections_policy: Text
    helplines: tuple[HelplineView, ...]
    standing: tuple[HelplineView, ...] = ()
    market: str = ""
    emergency_country: str = ""
    hashtags: tuple[str, ...]
    accent: str
    ink: str
    paper: str
    policy: str
    updated: dt.date
    alerts: tuple[AlertView, ...] = ()
    unspoken: tuple[AlertElsewhere, ...] = ()
    alerted: bool = False
    past: tuple[PastView, ...] = ()
    leave_url: str = "https://www.wikipedia.org/"
    digits: str = ""
    signing_key: str = ""
    claimant: Text | None = None
    reporting: bool = False
    informal: tuple[str, ...] = ()
    partner: str = ""

    @property
    def brand(self) -> tuple[str, str, str]:
        """Accent, ink and paper, as ``view.look.Look`` has them."""
        return self.accent, self.ink, self.paper

    @property
    def alert(self) -> AlertView | None:
        """The first alert that holds; None without one that has words in this language."""
        return self.alerts[0] if self.alerts else None

    @property
    def elsewhere(self) -> AlertElsewhere | None:
        """Where the first alert is read, if none has words in this language."""
        return self.unspoken[0] if self.unspoken and not self.alerts else None

    def need_met(self, need: Need | None, kind: ActionKind | None = None) -> Need | None:
        """Tell whose lines stand, under words of their own, where something is needed.

        Args:
            kind: of the call to action right above them; None where there is none.
        """
        turn = needs_in_turn(need, kind)
        met = next((one for one in turn if self.lines(one)), turn[-1])
        return None if met == LISTENING and need is None else met

    def lines(self, need: Need | None) -> tuple[HelplineView, ...]:
        """Give the helplines that stand where something is needed, best first.

        Those of other countries alone stand on the help page, and nowhere else.
        """
        return within_market((line for line in self.standing if line.serves(need)), self.market)
