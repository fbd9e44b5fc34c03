"""What the studio's views read and answer with: bodies, JSON, the campaign of an address, pages."""

from __future__ import annotations

import functools
import io
import zipfile
from collections.abc import Awaitable, Callable, Iterable
from typing import Any
from urllib.parse import unquote

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.languages import autonym
from stopjihad.disk.history import saving_as
from stopjihad.model.project import Project
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.templates import Templates, media_type
from stopjihad.studio.words import Choice, Say, mark_translatable
from stopjihad.text.yaml.patch import CannotChange
from stopjihad.text.yaml.tree import NoSuchPlace
from stopjihad.translate.status import SegmentState, StatusRow, rows, segment_states

MAX_BYTES = 1024 * 1024
"""Largest request in bytes: a form sends single fields, the largest file has 256 KB."""


class RefusedRequest(Exception):
    """Say that something cannot be done, and the status of the answer.

    The reason is a sentence for people, or a problem of what they sent.
    """

    def __init__(self, reason: str | Problem, status: int = 400) -> None:
        """Keep both."""
        super().__init__(str(reason))
        self.reason = reason
        self.status = status


async def read(request: Request, limit: int = MAX_BYTES) -> bytes:
    """Read the body of a request.

    Args:
        limit: most bytes accepted.

    Raises:
        RefusedRequest: it is larger.
    """
    found = bytearray()
    async for chunk in request.stream():
        found += chunk
        if len(found) > limit:
            raise RefusedRequest(f"more than {limit} bytes were sent")
    return bytes(found)


async def read_json(request: Request, kind: Any) -> Any:
    """Read JSON of a known form.

    Args:
        request: the request; its type must say JSON, which no form of another page can.

    Raises:
        RefusedRequest: it is not of this form.
    """
    if request.headers.get("content-type", "").partition(";")[0] != "application/json":
        raise RefusedRequest("JSON is wanted")
    try:
        return msgspec.json.decode(await read(request), type=kind)
    except (msgspec.DecodeError, msgspec.ValidationError) as error:
        raise RefusedRequest(str(error)) from None


STATE_WORDS = {
    "approved": mark_translatable("approved"),
    "unreviewed": mark_translatable("translated, not approved"),
    "stale": mark_translatable("out of date"),
    "untranslated": mark_translatable("not translated"),
}
"""State of a translated text to its name, the furthest first."""


def state_words(say: Say) -> dict[str, str]:
    """Name the states of a translated text as ``say`` translates them, the furthest first."""
    return {name: say(words) for name, words in STATE_WORDS.items()}


def live_of(request: Request) -> LiveCampaign | None:
    """Find the campaign that an address names.

    Returns:
        The campaign, or None.
    """
    lives: dict[str, LiveCampaign] = request.app.state.lives
    return lives.get(request.path_params["slug"])


def show(request: Request, template: str, status: int = 200, **values: Any) -> Response:
    """Answer with a page of the studio."""
    pages: Templates = request.app.state.templates
    return pages.answer(request, template, values, status)


def show_campaign(
    request: Request, live: LiveCampaign, template: str, status: int = 200, **values: Any
) -> Response:
    """Answer with a page about a campaign.

    Args:
        **values: what the template shows beside the campaign.
    """
    found = live.problems()
    frame = {
        "live": live,
        "project": newest_project(live),
        "problems": found,
        "errors": sum(one.severity == "error" for one in found),
        "warnings": sum(one.severity == "warning" for one in found),
        "notes": sum(one.severity == "info" for one in found),
        "version": version_of(live),
    }
    return show(request, template, status, **{**frame, **values})


def newest_project(live: LiveCampaign) -> Any:
    """Give the campaign as it is being written, or as it could be read last."""
    state = live.state
    return state.newest.found.project if state.newest else state.found.project


def require_project(live: LiveCampaign) -> Project:
    """Give the campaign as `newest_project` does.

    Raises:
        RefusedRequest: it could not be read since the studio was started.
    """
    found: Project | None = newest_project(live)
    if found is None:
        raise RefusedRequest(mark_translatable("The campaign cannot be read yet."), 409)
    return found


def language_choices(live: LiveCampaign) -> tuple[Choice, ...]:
    """List the languages of a campaign by their own names, in its order."""
    project: Project | None = newest_project(live)
    tags = project.campaign.record.languages if project else ()
    return tuple(Choice(tag, autonym(tag)) for tag in tags)


def names_of(project: Project) -> dict[str, str]:
    """Name everything that is translated as a whole.

    Returns:
        Key as ``translate.status.key_of`` gives it to what it is called in the source language.
    """
    helplines = project.all_helplines
    return {
        "campaign": project.campaign.record.title,
        **{one.record.id: one.record.fact for one in project.points},
        **{f"pages/{one.record.id}": one.record.title for one in project.pages},
        **{f"alerts/{one.record.id}": one.record.headline for one in project.alert_templates},
        **{f"helplines/{one.id}": one.name for one in helplines},
        **{
            f"media/{note.path.rpartition('/')[2].removesuffix('.yaml')}": note.record.alt
            for note in project.media_notes
        },
    }


def facts_in(live: LiveCampaign, tag: str) -> dict[str, str]:
    """Give the facts of all talking points in a language, in the source's where it has none."""
    project: Project = newest_project(live)
    found = {one.record.id: one.record.fact for one in project.points}
    if tag != project.campaign.record.source_language:
        for item in texts_in(live, tag):
            point, _, field = item.segment.context.partition("/")
            if field == "fact" and point in found and item.state in {"unreviewed", "approved"}:
                found[point] = item.translation
    return found


def titles_in(live: LiveCampaign, project: Project, tag: str) -> dict[str, str]:
    """Name everything that is translated as a whole, in a language as far as it is translated."""
    found = names_of(project)
    leads = {(key, field) for key in found for field in ("fact", "title", "headline")}
    for item in texts_in(live, tag):
        key, _, field = item.segment.context.rpartition("/")
        if (key, field) in leads and item.state in {"unreviewed", "approved"}:
            found[key] = item.translation
    return found


def texts_in(live: LiveCampaign, tag: str) -> tuple[SegmentState, ...]:
    """Say where each text of a campaign stands in one language.

    Returns:
        Texts in reading order; found out once as long as the campaign stays as it is.
    """
    return live.get_or_make(
        f"texts {tag}", lambda: segment_states(newest_project(live).as_written, tag)
    )


def status_rows(live: LiveCampaign) -> tuple[StatusRow, ...]:
    """Count the texts of a campaign that can be read by state, whole and language; kept."""
    return live.get_or_make("translation-rows", lambda: rows(newest_project(live)))


def answer_missing(request: Request) -> Response:
    """Answer for an address that leads nowhere, or nowhere until the campaign can be read again."""
    lives: dict[str, LiveCampaign] = request.app.state.lives
    live = lives.get(request.path_params.get("slug", ""))
    if live is not None and newest_project(live) is None:
        return show_campaign(request, live, "unread.html", 503)
    return show(request, "missing.html", 404, slugs=tuple(lives))


def version_of(live: LiveCampaign) -> str:
    """Number the state that a page shows; the page compares it with the numbers of events."""
    return str(live.state.number)


def answer_json(value: Any, status: int = 200) -> Response:
    """Answer a script of the studio."""
    return Response(msgspec.json.encode(value), status, {"content-type": "application/json"})


def refuse(words: str, status: int = 400) -> Response:
    """Answer a script of the studio that something cannot be done."""
    return answer_json({"refused": words}, status)


def speakers(request: Request, live: LiveCampaign) -> tuple[Say, Say]:
    """Give the functions that translate the studio's words, and the theme's, for a viewer."""
    pages: Templates = request.app.state.templates
    return pages.speakers(request, live)


def problem_words(request: Request, problems: Iterable[Problem]) -> str:
    """Say what is wrong in which file and how it is mended, in the language of whoever asks."""
    pages: Templates = request.app.state.templates
    words, hints = pages.finding_words(request), pages.hints(request)
    found = []
    for one in problems:
        file = one.path.rpartition("/")[2]
        where = f"{file}: " if file and file not in one.message else ""
        found.append(f"{where}{words.say(one.message)}. {hints(one.code, one.hint)}".strip())
    return " ".join(found)


def author_of(request: Request) -> str:
    """Give what the person at a browser calls itself; empty for who has not said it."""
    name = unquote(request.headers.get("author", ""))[:80].strip()
    return name if name.isprintable() and "@" not in name else ""


def with_live_campaign(
    page: Callable[[Request, LiveCampaign], Response],
) -> Callable[[Request], Response]:
    """Wrap what shows something of a campaign: an address that names none leads nowhere."""

    @functools.wraps(page)
    def endpoint(request: Request) -> Response:
        live = live_of(request)
        return answer_missing(request) if live is None else page(request, live)

    return endpoint


Work = Callable[[Request, LiveCampaign], Awaitable[Response]]


def refuse_in_words(work: Work) -> Callable[[Request], Awaitable[Response]]:
    """Wrap what saves: what goes wrong becomes a sentence for the page."""

    @functools.wraps(work)
    async def endpoint(request: Request) -> Response:
        live = live_of(request)
        if live is None:
            return refuse("There is no such campaign.", 404)
        say, _ = speakers(request, live)
        try:
            with saving_as(author_of(request)):
                return await work(request, live)
        except RefusedRequest as refused:
            if isinstance(refused.reason, Problem):
                return refuse(problem_words(request, (refused.reason,)), refused.status)
            return refuse(say(refused.reason), refused.status)
        except (NoSuchPlace, CannotChange):
            return refuse(say(UNCHANGEABLE), 422)
        except ProblemsFound as found:
            return refuse(problem_words(request, found.problems), 507)

    return endpoint


UNCHANGEABLE = mark_translatable(
    "This field cannot be changed here. Open the file and change it there."
)


def download(data: bytes, name: str) -> Response:
    """Answer with a file to be saved.

    Args:
        data: its bytes.
        name: made by us: letters, digits, dots and hyphens.
    """
    headers = {
        "content-type": media_type(name),
        "content-disposition": f'attachment; filename="{name}"',
    }
    return Response(data, headers=headers)


EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Time of files in our archives: the earliest that the format knows, so that equal files give
equal archives (security reference R10)."""


def download_all(
    files: Iterable[tuple[str, bytes]], name: str, compression: int = zipfile.ZIP_DEFLATED
) -> Response:
    """Answer with several files to be saved, packed into one.

    Args:
        files: name and bytes of each.
        compression: of ``zipfile``; pictures are stored as they are, they are compressed already.

    Returns:
        The answer: a ZIP archive; the same files give the same bytes.
    """
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", compression) as archive:
        for own, data in files:
            info = zipfile.ZipInfo(own, EARLIEST)
            info.external_attr, info.create_system = 0o644 << 16, 3
            info.compress_type = compression
            archive.writestr(info, data)
    return download(stream.getvalue(), name)


def platform_choices(live: LiveCampaign) -> tuple[Choice, ...]:
    """List the platforms that drafts are made for."""
    project: Project | None = newest_project(live)
    shared = live.state.found.shared
    names = project.campaign.record.platforms if project else ()
    return tuple(
        Choice(name, shared.platforms[name].name)
        for name in names
        if name in shared.platforms and name in shared.post_templates
    )
