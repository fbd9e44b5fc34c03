"""Answer requests about translations and approvals.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route

from stopjihad.build.reviews import append_reviews
from stopjihad.build.translations import read_project, update_files
from stopjihad.catalog.languages import autonym
from stopjihad.model.loaded import Project
from stopjihad.model.review import Kind, Review, Verdict
from stopjihad.preview.edit.choices import marked
from stopjihad.preview.edit.request import Refused, read_json
from stopjihad.preview.edit.routes import answering
from stopjihad.preview.edit.translation import Clash, Gone, Translated, save_translation
from stopjihad.preview.live import Live
from stopjihad.preview.overview import LanguageRow, language_rows, open_wholes
from stopjihad.preview.reviewing import place_of, tabs, waiting
from stopjihad.preview.signing import subjects_of
from stopjihad.preview.translating import all_findings, texts_of, wholes
from stopjihad.preview.views import (
    STATE_WORDS,
    answer_json,
    live_of,
    missing,
    newest_project,
    show_campaign,
)
from stopjihad.review.ledger import Reviewer, judge
from stopjihad.text.digests import source_digest
from stopjihad.text.script import direction
from stopjihad.translate.source import target_languages
from stopjihad.translate.status import key_of, segment_states


def languages(request: Request) -> Response:
    """Show how far each language is."""
    live = live_of(request)
    if live is None:
        return missing(request)
    say, _ = request.app.state.pages.speakers(request, live)
    project = newest_project(live)
    return show_campaign(
        request,
        live,
        "translate.html",
        rows=sorted(language_rows(live), key=_left_to_do) if project else (),
        open_wholes=open_wholes(live) if project else (),
        states=_states(say),
    )


def _left_to_do(row: LanguageRow) -> int:
    """Put languages first in which something blocks, those with the most of it before others."""
    return -(row.number("stale") + row.number("untranslated"))


def language(request: Request) -> Response:
    """Show the texts of one talking point or other whole, source and translation side by side."""
    live = live_of(request)
    project = newest_project(live) if live else None
    tag = request.path_params["language"]
    if live is None or project is None or tag not in target_languages(project):
        return missing(request)
    listed = wholes(project, tag)
    key = request.query_params.get("of", "")
    if key not in {one.key for one in listed}:
        first = next((one for one in listed if one.open), listed[0])
        return RedirectResponse(f"/c/{live.slug}/translate/{tag}?of={first.key}", 303)
    say, _ = request.app.state.pages.speakers(request, live)
    source = project.campaign.record.source_language
    return show_campaign(
        request,
        live,
        "translating.html",
        tag=tag,
        name=autonym(tag),
        direction=direction(tag),
        source=source,
        source_direction=direction(source),
        wholes=listed,
        key=key,
        texts=texts_of(project, tag, key, live.today()),
        states=_states(say),
        page=_page_of(live, tag, key),
    )


class Sent(msgspec.Struct, forbid_unknown_fields=True):
    """Hold a translation as a page sends it."""

    key: str
    was: str
    words: str


@answering
async def save(request: Request, live: Live) -> Response:
    """Save one translation."""
    project = newest_project(live)
    tag = request.path_params["language"]
    if project is None or tag not in target_languages(project):
        raise Refused(marked("The campaign is not translated into this language."), 404)
    sent: Sent = await read_json(request, Sent)
    words = sent.words.replace("\r\n", "\n").strip("\n")
    given = Translated(tag, sent.key, sent.was, words)
    desk = request.app.state.desk
    try:
        path = await anyio.to_thread.run_sync(save_translation, desk, live.root, project, given)
    except Gone:
        words = marked("The source has changed meanwhile. Load the page again.")
        raise Refused(words, 409) from None
    except Clash as clash:
        await anyio.to_thread.run_sync(live.refresh)
        found = {"theirs": str(clash), **_text(live, tag, sent.key)}
        return answer_json({"conflict": found}, 409)
    await request.app.state.follower.saved(live, [live.root / path])
    await anyio.to_thread.run_sync(live.refresh)
    return answer_json(_text(live, tag, sent.key))


@answering
async def update(request: Request, live: Live) -> Response:
    """Bring the PO files in step with their source."""
    await read_json(request, dict[str, str])
    project = await anyio.to_thread.run_sync(read_project, live.root, live.slug)
    done = await anyio.to_thread.run_sync(update_files, live.root, project)
    await request.app.state.follower.saved(live, [])
    await anyio.to_thread.run_sync(live.refresh)
    return answer_json({"said": f"{sum(one.written for one in done)} / {len(done)}"})


def review(request: Request) -> Response:
    """Show what waits for approval."""
    live = live_of(request)
    project = newest_project(live) if live else None
    if live is None:
        return missing(request)
    listed = tabs(live) if project else ()
    tag = request.query_params.get("language", "")
    tag = tag if tag in {one.tag for one in listed} else next((one.tag for one in listed), "")
    return show_campaign(
        request,
        live,
        "review.html",
        tag=tag,
        name=autonym(tag) if tag else "",
        direction=direction(tag) if tag else "",
        authored=project is not None and tag == project.campaign.record.source_language,
        tabs=listed,
        place=lambda context: f"/c/{live.slug}{place_of(project, tag, context) if project else ''}",
        waiting=waiting(project, tag, live.today()) if project and tag else None,
        told=live.remember(f"findings {tag}", lambda: all_findings(project, tag, live.today()))
        if project and tag
        else {},
    )


class Judged(msgspec.Struct, forbid_unknown_fields=True):
    """Hold a verdict on some texts, sentences or findings.

    Each is named by its context and the digest of its words; ``reads`` are the digests of the
    sentences that were marked in view while their texts were approved.
    """

    language: str
    texts: list[tuple[str, str]]
    verdict: Verdict
    by: str
    role: str = ""
    kind: Kind = "native"
    reads: list[str] = []
    reason: str = ""
    until: dt.date | None = None


@answering
async def decide(request: Request, live: Live) -> Response:
    """Write a verdict into the ledger."""
    sent: Judged = await read_json(request, Judged)
    project = newest_project(live)
    if project is None:
        raise Refused(marked("The campaign cannot be read yet."), 409)
    if sent.language not in project.campaign.record.languages:
        raise Refused(marked("The campaign is not translated into this language."), 404)
    if not sent.by.strip():
        raise Refused(marked("Say who you are: a name or an alias, no address."), 422)
    if sent.kind == "exception" and sent.verdict == "approve" and not sent.reason.strip():
        raise Refused(marked("Say why the words may stand."), 422)
    lines = await anyio.to_thread.run_sync(_lines, sent, project, live.today())
    await anyio.to_thread.run_sync(append_reviews, live.root, live.slug, lines)
    await request.app.state.follower.saved(live, [])
    await anyio.to_thread.run_sync(live.refresh)
    return answer_json({"done": len(lines)})


def _lines(sent: Judged, project: Project, today: dt.date) -> tuple[Review, ...]:
    now = dt.datetime.now(dt.UTC).replace(microsecond=0)
    lines: tuple[Review, ...] = ()
    for kind, digests in (
        (sent.kind, [digest for _, digest in sent.texts]),
        ("reading", sent.reads if sent.verdict == "approve" else []),
    ):
        if not digests:
            continue
        known = subjects_of(project, sent.language, kind, today)
        if not known.keys() >= set(digests):
            words = marked("Words have changed since this page was made. Look at them again.")
            raise Refused(words, 409)
        is_exception = kind == "exception"
        who = Reviewer(
            by=sent.by.strip(),
            role=sent.role.strip(),
            kind=kind,
            on=now,
            reason=sent.reason.strip() if is_exception else "",
            until=sent.until if is_exception else None,
        )
        subjects = [known[digest] for digest in digests]
        try:
            lines += judge(subjects, sent.language, sent.verdict, who, project.reviews)
        except msgspec.ValidationError:
            words = marked("The name or role cannot be used: no address, at most 80 characters.")
            raise Refused(words, 422) from None
    return lines


def _states(say: Any) -> dict[str, str]:
    return {name: say(words) for name, words in STATE_WORDS.items()}


def _text(live: Live, tag: str, key: str) -> dict[str, Any]:
    """Describe a text as it stands now."""
    project: Project = newest_project(live)
    listed = [item.segment for item in segment_states(project, tag)]
    wholes = (
        key_of(one.context) for one in listed if source_digest(one.context, one.source) == key
    )
    whole = next(wholes, "")
    for text in texts_of(project, tag, whole, live.today()) if whole else ():
        if text.row.key == key:
            return {
                "state": text.row.state,
                "digest": text.row.digest,
                "findings": [one._asdict() for one in text.findings],
            }
    return {"state": "untranslated", "digest": "", "findings": []}


def _page_of(live: Live, tag: str, key: str) -> str:
    """Give the page on which the texts of a whole are seen, or nothing."""
    steps = live.state.newest.steps if live.state.newest else {}
    for rest in (f"points/{key}", key, key.removeprefix("pages/")):
        path = f"site/{tag}/{rest}/index.html"
        if path in steps:
            return f"/try/{live.slug}/{path[:-10]}"
    return ""


ROUTES = [
    Route("/c/{slug}/translate", languages),
    Route("/c/{slug}/translate", update, methods=["POST"]),
    Route("/c/{slug}/translate/{language}", language),
    Route("/c/{slug}/translate/{language}", save, methods=["POST"]),
    Route("/c/{slug}/review", review),
    Route("/c/{slug}/review", decide, methods=["POST"]),
]
