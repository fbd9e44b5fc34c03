"""Write drafts: a text to paste, and the list of all drafts for other programs."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

import msgspec

from stopjihad.catalog.formats import FORMATS
from stopjihad.render.post import words
from stopjihad.render.post.script import clock
from stopjihad.text.web.links import Facet, find_facets
from stopjihad.view.draft import (
    SEPARATOR,
    Draft,
    FilmChapter,
    Part,
    ScriptScene,
    Sticker,
    StoryFrame,
)
from stopjihad.view.slides import FORMAT, document_path, slide_path


class DraftImage(msgspec.Struct, frozen=True, kw_only=True):
    """Refer to a card: ``path`` below the campaign's output, sizes in px, ``bytes`` when known."""

    path: str
    url: str
    alt: str
    width: int
    height: int
    bytes: int | None = None


class DraftDocument(msgspec.Struct, frozen=True, kw_only=True):
    """Refer to a document whose pages are slides; ``title`` stands above it in the feed."""

    path: str
    url: str
    title: str
    pages: int
    bytes: int | None = None


class DraftEntry(msgspec.Struct, frozen=True, kw_only=True):
    """One draft as ``posts.json`` lists it (DESIGN section 4).

    ``alone`` tells that the first part says everything that must be said: it may be posted without
    the rest of its thread. ``facets`` holds, for each part of a Bluesky post, the bytes that are
    links and tags: a program that posts must send them along, or nothing in the text can be
    clicked. ``again`` are the times at which it comes again. ``preheader``,
    ``comment``, ``script``, ``chapters`` and ``story`` are those of ``Draft``.
    ``document`` holds the pictures as pages, where a platform shows slides so.
    """

    campaign: str
    point: str
    language: str
    platform: str
    title: Part | None
    parts: tuple[Part, ...]
    limit: int | None
    unit: str
    link: str
    hashtags: tuple[str, ...]
    images: tuple[DraftImage, ...]
    scheduled: str | None
    status: str
    digest: str
    alone: bool = False
    facets: tuple[tuple[Facet, ...], ...] = ()
    form: str = ""
    preheader: Part | None = None
    comment: Part | None = None
    script: tuple[ScriptScene, ...] = ()
    chapters: tuple[FilmChapter, ...] = ()
    story: tuple[StoryFrame, ...] = ()
    again: tuple[str, ...] = ()
    document: DraftDocument | None = None

    @property
    def post(self) -> str:
        """The post as ``schedule.fixed`` names it: ``platform/language/point``."""
        return f"{self.platform}/{self.language}/{self.point}"


def draft_path(language: str, platform: str, point: str) -> str:
    """Give the path of a draft's text below the campaign's output."""
    return f"posts/{language}/{platform}/{point}.txt"


def is_draft(path: str) -> bool:
    """Tell a draft's text from a sheet of replies and from what all languages share."""
    match path.split("/"):
        case ["posts", _, folder, _]:
            return folder != "replies"
        case _:
            return False


def draft_bytes(draft: Draft) -> bytes:
    """Write a draft ready to paste.

    Returns:
        UTF-8 text with LF: the title, where there is one, then the posts, separated by lines that
        hold ``---`` alone; then what is pasted elsewhere, each below a line ``=== name ===``.
    """
    texts = [part.text for part in (draft.title, *draft.parts) if part]
    text = f"\n{SEPARATOR}\n".join(texts) + "\n"
    for label, beside in beside_post(draft):
        text += f"\n=== {label} ===\n{beside}\n"
    return text.encode()


def beside_post(draft: Draft) -> Iterator[tuple[str, str]]:
    """List what goes with a post and is pasted or made elsewhere.

    Yields:
        What it is, in the language of the draft where the theme can say it, and the text.
    """
    label = Labels(draft.labels)
    if draft.note:
        yield label(words.NOTE), draft.note
    if draft.preheader:
        yield label(words.PREVIEW), draft.preheader.text
    if draft.comment:
        yield label(words.FIRST_COMMENT), draft.comment.text
    for number, frame in enumerate(draft.story, 1):
        lines = [frame.text, *_sticker(frame.sticker, label)]
        yield label(words.STORY, number=str(number)), "\n".join(lines)
    if draft.script:
        last = draft.script[-1]
        seconds = str(round(last.start + last.seconds))
        yield label(words.FILM, seconds=seconds), "\n\n".join(_scenes(draft, label))


class Labels:
    """Say a label in the language of a draft, in English where the theme has no words for it."""

    def __init__(self, known: Mapping[str, str]) -> None:
        """Keep the theme's words by English message."""
        self._known = known

    def __call__(self, message: str, **values: str) -> str:
        """Say a message, its places filled with ``values``."""
        text = self._known.get(message) or message
        for name, value in values.items():
            text = text.replace(f"%({name})s", value)
        return text


def _sticker(sticker: Sticker | None, label: Labels) -> Iterator[str]:
    if sticker is None:
        return
    answers = " / ".join(sticker.answers)
    kind = words.LINK if sticker.kind == "link" else words.POLL
    yield f"[{label(kind)}] " + "\n".join(filter(None, (sticker.text, answers, sticker.link)))


def _scenes(draft: Draft, label: Labels) -> Iterator[str]:
    for one in draft.script:
        seen = words.SEEN_ONLY if one.unsaid else words.SEEN
        texts = {seen: one.shown, words.HEARD: one.spoken}
        if one.shown == one.spoken:
            texts = {words.BOTH: one.spoken}
        lines = (f"[{label(name)}] {text}" for name, text in texts.items() if text)
        yield "\n".join((f"{clock(one.start)}–{clock(one.start + one.seconds)}", *lines))


def draft_sum(draft: Draft) -> str:
    """Give the SHA-256 of a draft's text, in hexadecimal digits."""
    return hashlib.sha256(draft_bytes(draft)).hexdigest()


def entry(
    draft: Draft,
    base_url: str,
    cards: Mapping[str, int | None],
    scheduled: str | None = None,
    again: tuple[str, ...] = (),
) -> DraftEntry:
    """List a draft.

    Args:
        base_url: address under which the site is published, without a slash at its end.
        cards: paths of the cards that exist, relative to ``site/``, with their size in bytes when
            it is known.
        scheduled: when it is to be posted, in ISO 8601 with offset.
        again: further moments at which it comes again, in the form of ``scheduled``.
    """
    return DraftEntry(
        campaign=draft.campaign,
        point=draft.point,
        language=draft.language,
        platform=draft.platform,
        title=draft.title,
        parts=draft.parts,
        alone=len(draft.parts) == 1 or not draft.handwritten,
        limit=draft.limit,
        unit=draft.unit,
        link=draft.link,
        hashtags=draft.hashtags,
        images=_slides(draft, base_url, cards) or _images(draft, base_url, cards),
        document=_document(draft, base_url, cards),
        scheduled=scheduled,
        again=again,
        status=draft.status,
        digest=draft_sum(draft),
        facets=_facets(draft),
        form=draft.form,
        preheader=draft.preheader,
        comment=draft.comment,
        script=draft.script,
        chapters=draft.chapters,
        story=draft.story,
    )


def _facets(draft: Draft) -> tuple[tuple[Facet, ...], ...]:
    if draft.platform != "bluesky":
        return ()
    return tuple(find_facets(part.text) for part in draft.parts)


def _slides(draft: Draft, base_url: str, cards: Mapping[str, int | None]) -> tuple[DraftImage, ...]:
    """Refer to the slides that go with a draft as pictures, all of them or none."""
    if not draft.carousel:
        return ()
    form = FORMATS[FORMAT]
    paths = [
        slide_path(draft.language, draft.point, number)
        for number in range(1, len(draft.slides) + 1)
    ]
    if not all(path in cards for path in paths):
        return ()
    return tuple(
        DraftImage(
            path=f"site/{path}",
            url=f"{base_url}/{path}",
            alt=alt,
            width=form.width,
            height=form.height,
            bytes=cards[path],
        )
        for path, alt in zip(paths, draft.slides, strict=True)
    )


def _document(draft: Draft, base_url: str, cards: Mapping[str, int | None]) -> DraftDocument | None:
    """Refer to the slides that go with a draft as a document."""
    path = document_path(draft.language, draft.point)
    if draft.carousel != "document" or path not in cards:
        return None
    return DraftDocument(
        path=f"site/{path}",
        url=f"{base_url}/{path}",
        title=draft.heading,
        pages=len(draft.slides),
        bytes=cards[path],
    )


def _images(draft: Draft, base_url: str, cards: Mapping[str, int | None]) -> tuple[DraftImage, ...]:
    """Take the wanted card, or the nearest format that was made."""
    if not draft.card:
        return ()
    wanted = FORMATS[draft.card]
    ratio = wanted.width / wanted.height
    near = sorted(FORMATS.values(), key=lambda item: abs(item.width / item.height - ratio))
    for form in (wanted, *near):
        for ending in ("png", "jpg"):
            path = f"cards/{draft.language}/{draft.point}/{form.name}.{ending}"
            if path in cards:
                image = DraftImage(
                    path=f"site/{path}",
                    url=f"{base_url}/{path}",
                    alt=draft.alt,
                    width=form.width,
                    height=form.height,
                    bytes=cards[path],
                )
                return (image,)
    return ()


def entry_bytes(item: DraftEntry) -> bytes:
    """Write one entry as a line of JSON without line feed."""
    return msgspec.json.encode(item)


def renew_entry(
    published: Mapping[str, Any],
    cards: Mapping[str, int | None],
    scheduled: str | None,
    again: tuple[str, ...],
) -> bytes:
    """Write the entry of a draft that did not change; its cards and its times may have.

    Args:
        cards: as in ``entry``; an image that is there no more is left out.
    """
    images = [
        image | {"bytes": cards[path]}
        for image in published["images"]
        if (path := image["path"].removeprefix("site/")) in cards
    ]
    document = published.get("document")
    if document is not None:
        path = document["path"].removeprefix("site/")
        document = document | {"bytes": cards[path]} if path in cards else None
    now = {"images": images, "document": document, "scheduled": scheduled, "again": again}
    return msgspec.json.encode({**published, **now})


def posts_json(lines: Iterable[bytes]) -> Iterator[bytes]:
    """Write ``posts.json`` piece by piece, so that memory stays flat.

    Yields:
        Pieces of one JSON array with one entry a line.
    """
    yield b"["
    between = b"\n"
    for line in lines:
        yield between + line
        between = b",\n"
    yield b"\n]\n"
