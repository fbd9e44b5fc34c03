"""Ask a person who is elsewhere by a file, about a whole or an alert, and take her code."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.build import approval_file, text_approval
from stopjihad.build.alert_inputs import read_for_alert
from stopjihad.build.alert_sheet import shared_words
from stopjihad.build.invitation import IssuedFile
from stopjihad.build.text_approval import AskedWhole, TakenAnswer
from stopjihad.disk.lock import Busy
from stopjihad.model.project import Project
from stopjihad.problem import ProblemsFound
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    read_json,
    refuse_in_words,
    require_project,
    speakers,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.studio_alert import refusal_words
from stopjihad.studio.words import NOT_SPOKEN, RUNNING, WHO, mark_translatable

_UNSAFE = re.compile("[^a-z0-9]+")

MADE = mark_translatable(
    "The file is in your downloads. Send it so that only this person reads it, then delete it."
)
UNFIT = mark_translatable("The name cannot be used: no address, at most 80 characters.")
APPROVED = mark_translatable("Approved.")
SENT_BACK = mark_translatable("The person said no: it is sent back. Ask why.")


class SentPerson(msgspec.Struct, forbid_unknown_fields=True):
    """Who is asked; about which whole, where no alert is meant."""

    to: str
    language: str = ""
    of: str = ""


class SentCode(msgspec.Struct, forbid_unknown_fields=True):
    """A code that came back; ``step`` is the button's name."""

    language: str
    of: str
    code: str
    step: str = ""


@refuse_in_words
async def ask_about_texts(request: Request, live: LiveCampaign) -> Response:
    """Make a file that asks about a whole in a language."""
    sent: SentPerson = await read_json(request, SentPerson)
    project = require_project(live).as_written
    of = _whole(project, sent.of, sent.language)

    def issue() -> IssuedFile:
        shared = shared_words(live.root, live.slug)
        now: dt.datetime = request.app.state.now()
        return text_approval.issue(live.root, project, of, sent.to.strip(), shared, now)

    try:
        return await _answer_file(request, live, sent.to, issue)
    except ProblemsFound as found:
        raise RefusedRequest(found.problems[0], 409) from None


@refuse_in_words
async def ask_about_alert(request: Request, live: LiveCampaign) -> Response:
    """Make a file that asks whether an alert may go out."""
    sent: SentPerson = await read_json(request, SentPerson)
    say, _ = speakers(request, live)

    def issue() -> IssuedFile:
        project = read_for_alert(live.root, live.slug).project
        shared = shared_words(live.root, live.slug)
        moment = (request.app.state.now(), ())
        name = request.path_params["id"]
        return approval_file.issue(live.root, project, name, sent.to.strip(), shared, moment)

    try:
        return await _answer_file(request, live, sent.to, issue)
    except ProblemsFound as found:
        words = " ".join(refusal_words(one, say) for one in found.problems)
        raise RefusedRequest(words, 409) from None


@refuse_in_words
async def take_code(request: Request, live: LiveCampaign) -> Response:
    """Take the code of a person who was asked about a whole."""
    sent: SentCode = await read_json(request, SentCode)
    project = require_project(live).as_written
    of = _whole(project, sent.of, sent.language)
    say, _ = speakers(request, live)

    def take() -> TakenAnswer:
        shared, now = shared_words(live.root, live.slug), request.app.state.now()
        return text_approval.take_answer(live.root, project, of, sent.code, shared, now)

    try:
        taken = await anyio.to_thread.run_sync(take)
    except Busy:
        raise RefusedRequest(RUNNING, 409) from None
    except ProblemsFound as found:
        raise RefusedRequest(found.problems[0], 409) from None
    await request.app.state.follower.read(live)
    return answer_json({"said": say(APPROVED if taken.answer == "yes" else SENT_BACK)})


def _whole(project: Project, key: str, language: str) -> AskedWhole:
    if language not in project.campaign.record.languages:
        raise RefusedRequest(NOT_SPOKEN, 404)
    return AskedWhole(key, language)


async def _answer_file(
    request: Request, live: LiveCampaign, to: str, issue: Callable[[], IssuedFile]
) -> Response:
    """Answer with a file for the browser to save, as text: a page of the studio it is not."""
    if not to.strip():
        raise RefusedRequest(WHO, 422)
    say, _ = speakers(request, live)
    try:
        issued = await anyio.to_thread.run_sync(issue)
    except msgspec.ValidationError:
        raise RefusedRequest(UNFIT, 422) from None
    except Busy:
        raise RefusedRequest(RUNNING, 409) from None
    name = f"{_UNSAFE.sub('-', to.lower()).strip('-') or 'approval'}.html"
    return answer_json({"name": name, "page": issued.data.decode(), "said": say(MADE)})
