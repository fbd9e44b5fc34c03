"""What a page is made from: plain data, decided by the plan."""

from __future__ import annotations

import datetime as dt

import msgspec

from stopjihad.catalog.platforms import ReportingService
from stopjihad.model.point import Need
from stopjihad.view.discussions import DiscussionView
from stopjihad.view.records import (
    Frame,
    Headline,
    MistakeView,
    PointView,
    Prose,
    SourceView,
    Teaser,
    Text,
    WithdrawnView,
)


class Theme(msgspec.Struct, frozen=True):
    """The site's template files, compiled once for each object: hand the same to every page.

    Attributes:
        templates: name relative to ``templates/site/`` and source text.
        built_in: names of those that are so; every other one is a stranger's.
    """

    templates: tuple[tuple[str, str], ...]
    built_in: frozenset[str] = frozenset()


class FoundFact(msgspec.Struct, frozen=True):
    """Name a talking point under a word: pages that show it depend on no more of it."""

    id: str
    fact: Text


class IndexedPoint(msgspec.Struct, frozen=True):
    """Pair a word, as it is written, with the talking points that say it."""

    word: str
    facts: tuple[FoundFact, ...]


class Letter(msgspec.Struct, frozen=True):
    """The words of one letter, as headings write it; ``id`` names it in ASCII: ``u0061``."""

    letter: str
    id: str
    words: tuple[IndexedPoint, ...] = ()


class WordPlace(msgspec.Struct, frozen=True):
    """Say on which page of the index, from 1, the words of a letter begin."""

    letter: str
    id: str
    page: int


class PagePicture(msgspec.Struct, frozen=True, kw_only=True):
    """Refer to a published image.

    ``path`` is relative to ``site/``; width and height are px, ``size`` is bytes (0: unknown).
    ``credit`` says who made a photo and what allows it.
    """

    format: str
    path: str
    width: int
    height: int
    mime: str
    alt: Text
    size: int = 0
    credit: str = ""


class PageDraft(msgspec.Struct, frozen=True, kw_only=True):
    """A post draft ready to copy; ``platform`` is its id, ``name`` what people call it.

    ``title`` is its title or subject; ``beside`` are labels and texts that are pasted elsewhere.
    """

    platform: str
    name: str
    parts: tuple[Text, ...]
    title: Text | None = None
    beside: tuple[tuple[str, Text], ...] = ()
    count: int = 0
    limit: int = 0


class PageFilm(msgspec.Struct, frozen=True, kw_only=True):
    """Offer a film; ``path`` is that of the MP4, and ``poster`` the picture that it begins with."""

    path: str
    poster: PagePicture


class PageFilms(msgspec.Struct, frozen=True, kw_only=True):
    """Offer the films of a talking point, one a format, with what is said in them as files.

    ``voice`` is the sound alone; empty where nobody speaks.
    """

    films: tuple[PageFilm, ...]
    transcript: str
    captions: tuple[str, ...]
    voice: str = ""


class FreePage(msgspec.Struct, frozen=True, kw_only=True):
    """A page written by the campaign, in the reader's language."""

    id: str
    title: Text
    summary: Text | None = None
    body: Prose = Prose()
    sources: tuple[SourceView, ...] = ()
    pictures: tuple[PagePicture, ...] = ()
    need: Need | None = None
    reviewed: bool = True
    complete: bool = True
    discussion: DiscussionView | None = None


class KitItem(msgspec.Struct, frozen=True, kw_only=True):
    """Offer one talking point's downloads.

    ``page`` is its page in the kit, relative to ``site/``; where nothing is made that a page could
    offer, the page of the talking point.
    """

    headline: Headline
    page: str
    image: PagePicture | None = None


class KitHelpline(msgspec.Struct, frozen=True, kw_only=True):
    """Offer the cards of one helpline, one design of it, in every format."""

    name: Text
    images: tuple[PagePicture, ...]


class PaperFile(msgspec.Struct, frozen=True, kw_only=True):
    """Offer a document for paper.

    ``path`` is relative to ``site/``, ``title`` a message of the theme; ``point`` is the talking
    point that it is about, empty for one of the whole language. ``kit`` tells whether kits hold it.
    """

    path: str
    lang: str
    title: str
    point: str = ""
    kit: bool = False


class KitZip(msgspec.Struct, frozen=True, kw_only=True):
    """Offer a kit as one file.

    Attributes:
        path: of the zip, relative to ``site/``.
        lang: BCP 47 tag.
        audience: whom its talking points are for; empty for everybody.
        point: the only talking point in it; empty for several.
        facts: how many talking points are in it.
        size: bytes, rounded; 0 where that is not known.
    """

    path: str
    lang: str
    audience: str = ""
    point: str = ""
    facts: int = 1
    size: int = 0


class PageEdition(msgspec.Struct, frozen=True, kw_only=True):
    """Pair the frame of a language with the theme's words in it."""

    frame: Frame
    words: dict[str, str] = {}


class ListEntry(msgspec.Struct, frozen=True, kw_only=True):
    """List a page in the sitemap.

    ``rest`` is the path below the language's folder (``points/x/index.html``); ``languages`` are
    the tags in which the page is really translated.
    """

    rest: str
    languages: tuple[str, ...]
    updated: dt.date | None = None


class PageJob(msgspec.Struct, frozen=True, kw_only=True):
    """Everything one page shows.

    Attributes:
        frame: what all pages of the language share; hand the same object to all its pages.
        words: theme catalogue of the language, msgid to msgstr; empty for English.
        path: output relative to ``site/``.
        assets: logical name to published name, relative to ``site/``.
        alternates: tags of the languages in which this page is really translated.
        point: the talking point (kinds ``point`` and ``kit-point``).
        previous: the talking point before it in reading order.
        next: the talking point after it.
        related: talking points on the same pull factor, without this one.
        points: talking points to list (``home``, ``points``, ``audience``, ``pull-factor``,
            ``search``).
        news: talking points to announce (``feed``).
        withdrawn: talking points that are told no more (``feed``, ``withdrawn``).
        mistakes: what was wrong, in the order of ``plan.mistakes`` (``kit-version``).
        topic: audience id or pull factor of a list page.
        number: which page of a list it is, from 1.
        count: how many pages the list has.
        places: where each letter of the index of words begins (``search``, ``words``).
        letters: words with the talking points that say them (``words``).
        page: authored words of a free page (``about``, ``privacy``, ``accessibility``, ``page``).
        services: where content is reported (``report``).
        images: cards of the talking point, or the one image of another page.
        photos: photos that a talking point's page shows.
        credit: who made the photo on these cards, and its licence; empty without one.
        slides: slides of the talking point (``kit-point``).
        document: path of the PDF whose pages they are.
        films: films of the talking point (``kit-point``); None where none were made.
        drafts: post drafts of the talking point (``kit-point``).
        kit: what the kit offers (``kit``).
        kit_helplines: cards of helplines that the kit offers (``kit``).
        zips: kits as one file (``kit``, ``kit-point``).
        papers: documents for paper (``kit``, ``kit-point``).
        discussions: pages with questions about the talking point (``kit-point``).
        editions: all languages (``chooser``, ``not-found``).
        entries: pages of the sitemap.
        has_kit: whether the language has kit pages to link to.
        has_embed: whether other sites may show the talking point in a frame.
        root: prefix of links instead of ``../../``; only 404 pages need it.
    """

    frame: Frame
    words: dict[str, str] = {}
    path: str
    assets: dict[str, str] = {}
    alternates: tuple[str, ...] = ()
    point: PointView | None = None
    previous: Teaser | None = None
    next: Teaser | None = None
    related: tuple[Teaser, ...] = ()
    points: tuple[Teaser, ...] = ()
    news: tuple[Headline, ...] = ()
    withdrawn: tuple[WithdrawnView, ...] = ()
    mistakes: tuple[MistakeView, ...] = ()
    topic: str = ""
    number: int = 1
    count: int = 1
    letters: tuple[Letter, ...] = ()
    places: tuple[WordPlace, ...] = ()
    page: FreePage | None = None
    services: tuple[ReportingService, ...] = ()
    images: tuple[PagePicture, ...] = ()
    photos: tuple[PagePicture, ...] = ()
    credit: str = ""
    slides: tuple[PagePicture, ...] = ()
    document: str = ""
    films: PageFilms | None = None
    drafts: tuple[PageDraft, ...] = ()
    kit: tuple[KitItem, ...] = ()
    kit_helplines: tuple[KitHelpline, ...] = ()
    zips: tuple[KitZip, ...] = ()
    papers: tuple[PaperFile, ...] = ()
    discussions: tuple[DiscussionView, ...] = ()
    editions: tuple[PageEdition, ...] = ()
    entries: tuple[ListEntry, ...] = ()
    has_kit: bool = False
    has_embed: bool = False
    root: str | None = None
