"""Write sheets of replies: what a team answers below its posts, short enough for the platform."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from stopjihad.catalog.platforms import Platform, measure
from stopjihad.model import input_names
from stopjihad.model.helpline import SECURITY
from stopjihad.model.project import Reply, Responses
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.render.post import words as said
from stopjihad.render.post.files import Labels
from stopjihad.render.post.prose import BULLET, flatten, join
from stopjihad.render.post.words import say
from stopjihad.view import credit_words
from stopjihad.view.alert_phrases import call
from stopjihad.view.helplines import (
    StatedHelpline,
    fill_line,
    help_address,
    number_heading,
    state_helplines,
)
from stopjihad.view.page_address import INDEX, free_path
from stopjihad.view.records import Frame, PointView


class ReplySheet(NamedTuple):
    """What the replies of one language on one platform are made from."""

    frame: Frame
    platform: Platform
    words: Mapping[str, str]
    points: Mapping[str, PointView]

    def address(self, path: str) -> str:
        """Give the absolute address of a page of the language, ``path`` below its folder."""
        return f"{self.frame.base_url.rstrip('/')}/{self.frame.lang}/{path.removesuffix(INDEX)}"


def render_replies(step: Step, decoded: StepInputs) -> bytes:
    """Write what is answered on one platform in one language, and what is not.

    Args:
        step: kind ``replies``; names language and platform, and the talking points of the replies.

    Returns:
        UTF-8 text. A reply that has no words in the language, or that does not fit the platform, is
        left out.
    """
    params = dict(step.params)
    lang, responses = params["lang"], decoded.value(input_names.RESPONSES)
    named = {reply.point for reply in responses.replies if reply.point}
    known = [name for name in sorted(named) if input_names.point(name) in step.inputs]
    views = {name: decoded.view(step, name, lang) for name in known}
    sheet = ReplySheet(
        frame=decoded.value(input_names.frame(lang)),
        platform=decoded.value(input_names.platform(params["platform"])),
        words=decoded.value(input_names.words(lang)),
        points={name: view for name, view in views.items() if view.complete},
    )
    return "\n".join(_lines(responses, sheet)).encode()


def _lines(responses: Responses, sheet: ReplySheet) -> Iterator[str]:
    label = Labels(sheet.words)
    own = sheet.frame.lang == sheet.frame.source_language
    yield label(said.REPLIES, platform=sheet.platform.name)
    yield f"\n{label(said.NO_QUOTES)}"
    if sheet.frame.reporting:
        yield label(said.REPORT_INSTEAD, link=sheet.address(free_path("report")))
    for reply in sorted(responses.replies, key=lambda one: not one.danger):
        text = reply_text(reply, sheet)
        if text:
            heard = reply.heard(sheet.frame.lang, sheet.frame.source_language)
            yield f"\n=== {heard} ===\n[{label(said.REPLY)}] {text}"
            if reply.danger:
                yield f"[{label(credit_words.URGENT)}] {label(said.CALL_YOURSELF)}"
            note = reply.team_note(sheet.frame.lang, sheet.frame.source_language)
            if note:
                yield f"[{label(said.NOTE)}] {note.strip()}"
    if own and responses.no_answer:
        yield f"\n=== {label(said.NO_REPLY)} ==="
        yield from (f"{BULLET}{one}" for one in responses.no_answer)
    yield ""


def reply_text(reply: Reply, sheet: ReplySheet) -> str:
    """Write one reply: the answer, whom to call, the fact with its source, the address.

    Returns:
        The fullest version that fits the platform; the source never goes without the fact, nor the
        fact without the sentences that must stand beside it; whom to call always stands. Empty when
        none fits.
    """
    lang, source = sheet.frame.lang, sheet.frame.source_language
    answer = reply.posted_answer(lang, source) or (reply.answer if lang == source else "")
    proof = _proof(reply, sheet)
    if not answer or (reply.point and not proof):
        return ""
    for calls in _calls(reply, sheet):
        for link in dict.fromkeys((_link(reply, sheet), "")):
            parts = (" ".join(answer.split()), calls, proof, link)
            text = "\n\n".join(filter(None, parts))
            if measure(sheet.platform, text).fits:
                return text
    return ""


def _calls(reply: Reply, sheet: ReplySheet) -> tuple[str, ...]:
    """Say whom to call in danger, and who listens in private; the fullest first."""
    frame, words = sheet.frame, sheet.words
    danger = call(frame, words) if reply.danger else ""
    if not reply.need:
        return (danger,)
    found = state_helplines(frame, words, reply.need)[:1]
    heading = number_heading(reply.need, served=bool(found))
    if reply.danger and not found:  # a line for anything helps more than an address
        found = state_helplines(frame, words, None)[:1]
        heading = "" if found else heading
    heading = say(words, frame.lang, heading or said.HELP)
    lines = [*reversed(found[0].fullest)] if found else [help_address(frame)]
    other = _other(reply, found[0], sheet) if found else None
    if other and found[0].line.operator not in SECURITY:
        lines = [f"{lines[0]}\n{other.brief}", *lines]
    elif other and not reply.danger:
        both = [f"{other.brief}\n{line}" for line in lines]
        lines = [*both, *reversed(other.fullest), *lines]
    ended = unicodedata.category(heading[-1]).startswith("P")
    headed = [f"{heading} {one}" if ended else fill_line(words, heading, one) for one in lines]
    headed += lines[-1:]  # whom to call before what for
    return tuple("\n".join(filter(None, (danger, one))) for one in headed)


def _other(reply: Reply, first: StatedHelpline, sheet: ReplySheet) -> StatedHelpline | None:
    """Find whom one can call instead for the same: the next of the country without police."""
    for one in state_helplines(sheet.frame, sheet.words, reply.need):
        near = one.line.country == first.line.country and one.line.id != first.line.id
        if near and one.line.operator not in SECURITY:
            return one
    return None


def _proof(reply: Reply, sheet: ReplySheet) -> str:
    view = sheet.points.get(reply.point or "")
    if view is None:
        return ""
    claim = view.claim.value if view.claim else ""
    prose = flatten(view.body, view.lang, fact=view.fact.value, claim=claim)
    names = view.sources[0].brief
    source = say(sheet.words, view.lang, credit_words.SOURCE, names=names)
    return "\n".join(filter(None, (view.fact.value.strip(), join(prose, 0, flat=True), source)))


def _link(reply: Reply, sheet: ReplySheet) -> str:
    if reply.point:
        return sheet.address(f"points/{reply.point}/")
    return sheet.address(free_path(reply.page)) if reply.page else ""
