"""The project: all that is authored for one campaign, with the file and the places of its values.

The records of its smaller files stand here, too: free pages, the glossary, the plan for replies.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated, Generic, Literal, TypeVar

import msgspec
from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.alert import Alert, AlertTemplate, DrillRow
from stopjihad.model.campaign import Campaign
from stopjihad.model.helpline import Helpline, Helplines
from stopjihad.model.media import Media
from stopjihad.model.own_rules import OwnRules
from stopjihad.model.partner import Partner
from stopjihad.model.point import Need, Point, Slug, Source
from stopjihad.model.posting import Posting
from stopjihad.model.queued import QueuedPost
from stopjihad.model.remark import Remark
from stopjihad.model.review import Review
from stopjihad.model.translation import Translations


class Discussion(Record, frozen=True, kw_only=True):
    """Say that a page has questions about a talking point, whose fact it opens with.

    ``age`` is that of the youngest readers who can follow its words, in years. ``faith`` says that
    the talking point speaks of people of a religion as such: a school where the State keeps
    religion out of class gets it only by name. ``politics`` says that it asks for something
    political, a letter to a member of parliament or a demonstration: such a school gets its lesson
    page, and the rest only by name.
    """

    point: Slug
    setting: Literal["classroom", "talk"]
    age: Annotated[int, Meta(ge=8, le=21)]
    faith: bool = False
    politics: bool = False


class Page(Record, frozen=True, kw_only=True):
    """A free page: about, privacy, accessibility, for parents ….

    ``label`` names it in the menu, in at most 20 code points; the title does where there is none.
    ``sources`` are those that its text cites, as a talking point does; ``media`` are pictures that
    it shows, the first above its text; ``need`` says which helplines stand below it; ``draft``,
    ``change_set`` and ``replaces`` are those of a talking point. A page with ``discussion`` is
    there in the languages in which page and talking point are whole, and in their kits.
    """

    id: Slug
    draft: bool = False
    change_set: Slug | None = None
    replaces: Slug | None = None
    discussion: Discussion | None = None
    title: str
    summary: str = ""
    label: Annotated[str, Meta(max_length=20)] = ""
    menu: bool = False
    need: Need | None = None
    sources: tuple[Source, ...] = ()
    media: tuple[str, ...] = ()
    body: str = ""


class Term(msgspec.Struct, frozen=True, kw_only=True):
    """One row of the glossary.

    Attributes:
        term: name of the row.
        note: when and how to use it.
        forms: tag of a language to the forms that are right in it, the usual one first.
        forbidden: tag of a language to forms that are wrong in it.
        line: line in the file, from 1.
    """

    term: str
    note: str = ""
    forms: dict[str, tuple[str, ...]] = {}
    forbidden: dict[str, tuple[str, ...]] = {}
    line: int = 0


class Glossary(msgspec.Struct, frozen=True, kw_only=True):
    """The terms of ``locale/glossary.csv``."""

    path: str
    terms: tuple[Term, ...] = ()


class Reply(Record, frozen=True, kw_only=True):
    """Pair what people write with an answer; ``note`` is for the team alone.

    ``short`` is the answer as it is posted, one text in the source language or one by language, as
    ``says`` and ``note`` are; ``point`` the talking point whose fact and source stand below it;
    without one, ``page`` is the page of the site that it leads to. ``need`` asks for the number of
    a helpline below the answer: what is confided belongs there, not below a post. ``danger`` asks
    for the emergency number above it.
    """

    says: str | dict[str, str]
    answer: str
    short: str | dict[str, str] | None = None
    point: Slug | None = None
    page: Literal["about", "help", "privacy", "report"] | None = None
    need: Need | None = None
    danger: bool = False
    note: str | dict[str, str] = ""

    def heard(self, lang: str, source_language: str) -> str:
        """Give what people write; in the source language where it has no words in ``lang``.

        Args:
            lang: BCP 47 tag of those who read it.
            source_language: that of the campaign: a single text is in it.
        """
        said = self.says
        return _in_language(said, lang, source_language) or _in_language(
            said, source_language, source_language
        )

    def posted_answer(self, lang: str, source_language: str) -> str:
        """Give the answer as it is posted; empty where there is none in the language.

        Args:
            lang: BCP 47 tag of the post.
            source_language: that of the campaign: a single text is in it.
        """
        return _in_language(self.short or "", lang, source_language)

    def team_note(self, lang: str, source_language: str) -> str:
        """Give what the team is told alone; empty where nothing is said in the language."""
        return _in_language(self.note, lang, source_language)


def _in_language(said: str | dict[str, str], lang: str, source_language: str) -> str:
    """Give what is said in a language; a single text is in the source language."""
    if isinstance(said, dict):
        return said.get(lang, "")
    return said if lang == source_language else ""


class Responses(Record, frozen=True, kw_only=True):
    """Hold ``responses.yaml``.

    Attributes:
        netiquette: house rules, as the public reads them.
        replies: common replies, each with an answer.
        no_answer: what is never answered, and what is done instead: hide, report, block.
    """

    netiquette: str
    replies: Annotated[tuple[Reply, ...], Meta(min_length=1)]
    no_answer: tuple[str, ...] = ()


R = TypeVar("R", bound=msgspec.Struct)


class Document(msgspec.Struct, Generic[R], frozen=True, kw_only=True):
    """A record and where it was written.

    Attributes:
        path: file relative to the workspace, with forward slashes.
        record: the authored values.
        digest: SHA-256 of the file's bytes, lower-case hexadecimal.
        places: where the values are, from `written_places`; ``body`` is the line on which the
            Markdown starts.
    """

    path: str
    record: R
    digest: str
    places: str = ""

    def place(self, field: str) -> tuple[int, int]:
        """Find the nearest known place of a field: its own, or that of what holds it.

        Args:
            field: field path such as ``sources.0.url``.

        Returns:
            Line and column from 1, or zeros when nothing is known.
        """
        while field:
            start = self.places.find(f"\n{field}\t")
            if start >= 0:
                end = self.places.index("\n", start + 1)
                line, column = self.places[start + len(field) + 2 : end].split("\t")
                return int(line), int(column)
            field = field.rpartition(".")[0]
        return (0, 0)


def written_places(places: Mapping[str, tuple[int, int]]) -> str:
    """Write places as one text: thousands of dictionaries would be as large as what is authored.

    Args:
        places: field path (``sources.0.url``) to line and column, counted from 1.

    Returns:
        A line for each, between line feeds. Names with tabs or line feeds are left out: they have
        the place of what holds them.
    """
    lines = [
        f"{field}\t{line}\t{column}\n"
        for field, (line, column) in places.items()
        if "\t" not in field and "\n" not in field
    ]
    return "".join(("\n", *lines)) if lines else ""


class Project(msgspec.Struct, frozen=True, kw_only=True):
    """Everything authored for one campaign, sorted by path.

    ``points`` and ``pages`` are those that are ready; ``draft_points`` and ``draft_pages`` are the
    others, as far as they can be read: they are checked, and nothing is made of them. Of
    ``withdrawn_points`` only what became of them is told.
    ``media`` maps a file's path to the SHA-256 of its bytes; ``media_notes`` are the files that
    explain pictures, ``responses`` is the plan for replies, ``drills`` are results of exercises,
    ``rules`` what is added to the message rules, ``partners`` who gets a kit of their own;
    ``before_lapses`` is the project with what was taken down for want of a second signature;
    ``broken`` names files that could not be read, whose absence is no second mistake; ``digest``
    covers every file read.
    """

    campaign: Document[Campaign]
    points: tuple[Document[Point], ...]
    pages: tuple[Document[Page], ...]
    draft_points: tuple[Document[Point], ...] = ()
    draft_pages: tuple[Document[Page], ...] = ()
    withdrawn_points: tuple[Document[Point], ...] = ()
    helplines: Document[Helplines] | None
    translations: tuple[Translations, ...]
    alerts: tuple[Document[Alert], ...] = ()
    alert_templates: tuple[Document[AlertTemplate], ...] = ()
    reviews: tuple[Review, ...] = ()
    remarks: tuple[Remark, ...] = ()
    postings: tuple[Posting, ...] = ()
    exports: tuple[QueuedPost, ...] = ()
    glossary: Glossary | None = None
    media: dict[str, str] = {}
    media_notes: tuple[Document[Media], ...] = ()
    responses: Document[Responses] | None = None
    drills: tuple[DrillRow, ...] = ()
    rules: tuple[Document[OwnRules], ...] = ()
    partners: tuple[Document[Partner], ...] = ()
    before_lapses: Project | None = None
    broken: tuple[str, ...] = ()
    digest: str = ""

    @property
    def as_written(self) -> Project:
        """The project with all that may be signed, what was taken down among it."""
        return self.before_lapses or self

    @property
    def all_helplines(self) -> tuple[Helpline, ...]:
        """The helplines; none where their file is missing."""
        return self.helplines.record.helplines if self.helplines else ()

    def translation(self, language: str) -> Translations | None:
        """Give the translations into a language (BCP 47 tag)."""
        return next((one for one in self.translations if one.language == language), None)
