"""What people posted by hand: said with day and link, listed, taken back."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.model.posting import Posting, draft_digest, fault_of, standing_postings
from stopjihad.model.project import Project
from stopjihad.render.post.files import draft_sum
from stopjihad.review.ledger import append_postings
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    author_of,
    platform_choices,
    read_json,
    refuse_in_words,
    require_project,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.board import drafts_of, states
from stopjihad.studio.words import CHANGED, WHO, mark_translatable


class PostedPlace(NamedTuple):
    """Show where a post stands; ``digest`` names its line.

    ``changed`` says whether the draft says something else now; None where there is none any more.
    """

    posting: Posting
    digest: str
    changed: bool | None


def posted_places(live: LiveCampaign, postings: Iterable[Posting]) -> tuple[PostedPlace, ...]:
    """Say of each posting whether the words of its draft are still those that were posted."""
    found = []
    for one in postings:
        now = _words_now(live, one.post)
        changed = None if not now else bool(one.words) and one.words != now
        found.append(PostedPlace(one, one.line_digest(), changed))
    return tuple(found)


def _words_now(live: LiveCampaign, post: str) -> str:
    """Digest the draft of a post as it is now; empty where there is none."""
    platform, language, point = post.split("/")
    if (language, point) not in states(live):
        return ""
    drafts = drafts_of(live, language, point)
    return next((draft_digest(draft_sum(one)) for one in drafts if one.platform == platform), "")


class SentPosting(msgspec.Struct, forbid_unknown_fields=True):
    """What was posted: a post, its day, its link; or, with ``about``, which line is wrong."""

    post: str = ""
    day: str = ""
    link: str = ""
    about: str = ""


@refuse_in_words
async def mark(request: Request, live: LiveCampaign) -> Response:
    """Write down that a person posted something by hand, or that it is not so."""
    sent: SentPosting = await read_json(request, SentPosting)
    project = require_project(live)
    by = author_of(request)
    if not by:
        raise RefusedRequest(WHO, 422)
    line = _make_posting(live, project, sent)
    line |= {"by": by, "on": request.app.state.now()}
    try:
        made = msgspec.convert(line, type=Posting)
    except msgspec.ValidationError:
        raise RefusedRequest(UNFIT, 422) from None
    if fault_of(made):
        raise RefusedRequest(UNFIT, 422)
    if made.day and made.day > live.today():
        raise RefusedRequest(mark_translatable("That day has not come yet."), 422)
    await anyio.to_thread.run_sync(append_postings, live.root, live.slug, (made,))
    await request.app.state.follower.read(live)
    return answer_json({"done": 1})


UNFIT = mark_translatable(
    "Say the day on which it was posted; a link begins with https:// and has no spaces."
)


def _make_posting(live: LiveCampaign, project: Project, sent: SentPosting) -> dict[str, object]:
    """Make the line, but for who says it and when; what it is about must be there."""
    if sent.about:
        known = {one.line_digest(): one for one in standing_postings(project.postings)}
        if sent.about not in known:
            raise RefusedRequest(CHANGED, 409)
        about = known[sent.about]
        return {**_names(about.post), "step": "take-back", "about": sent.about}
    if sent.post not in known_posts(live):
        raise RefusedRequest(mark_translatable("There is no such post."), 404)
    line: dict[str, object] = {**_names(sent.post), "step": "post", "day": sent.day or None}
    return line | {"link": sent.link.strip(), "words": _words_now(live, sent.post) or None}


def _names(post: str) -> dict[str, str]:
    return dict(zip(("platform", "language", "point"), post.split("/"), strict=True))


def known_posts(live: LiveCampaign) -> frozenset[str]:
    """Name every draft that there is, as ``platform/language/point``."""
    platforms = platform_choices(live)
    return frozenset(
        f"{one.value}/{language}/{point}" for language, point in states(live) for one in platforms
    )
