"""Show what waits for approval, and what was approved before."""

from __future__ import annotations

import datetime as dt
from functools import partial
from typing import NamedTuple

import anyio.to_thread
import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.languages import autonym
from stopjihad.check.reading_list import open_sentences
from stopjihad.model.campaign import people_needed
from stopjihad.model.change_set import change_sets, with_set
from stopjihad.model.own_rules import OwnRules
from stopjihad.model.project import Project
from stopjihad.model.remark import Remark, remark_threads
from stopjihad.model.review import Kind, Review, Verdict, standing_signatures
from stopjihad.review.ledger import Reviewer, append_remarks, append_reviews, judge, lost_approvals
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    names_of,
    newest_project,
    read_json,
    refuse_in_words,
    require_project,
    show_campaign,
    texts_in,
    titles_in,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.signatures import Sheet, ToRead, make_sheet, sentences_in, subjects_of
from stopjihad.studio.pages.translation import all_findings
from stopjihad.studio.waiting import returned_sets, waiting_sheets
from stopjihad.studio.words import CHANGED, NOT_SPOKEN, WHO, mark_translatable
from stopjihad.text.unicode.script import direction
from stopjihad.translate.review_sheet import diff_html
from stopjihad.translate.status import SegmentState, key_of, segment_states
from stopjihad.translate.update import ALIKE, likeness


class TextBefore(NamedTuple):
    """Show what has changed since somebody approved a text; None: the same, or not kept."""

    by: str
    on: str
    source: Markup | None
    words: Markup | None


class ReviewPair(NamedTuple):
    """Show a text beside its translation; ``by`` is who approved it, or empty.

    ``reads`` are its sentences of the reading list: who approves the text has read them;
    ``by_file``: the person answered a file, and was not in the studio.
    """

    context: str
    source: str
    words: str
    digest: str
    by: str
    on: str
    before: TextBefore | None
    reads: tuple[ToRead, ...] = ()
    by_file: bool = False


class Group(NamedTuple):
    """Gather the texts of one whole that a reviewer looks at together."""

    key: str
    name: str
    pairs: tuple[ReviewPair, ...]


class ReadingQueue(NamedTuple):
    """The queue of one language.

    Attributes:
        groups: texts that wait, by talking point or other whole.
        approved: texts that are approved, likewise.
        sheet: sentences to read and words to except.
        lost: approvals that died because words changed.
        behind: texts that are missing or out of date and cannot be judged yet.
    """

    groups: tuple[Group, ...]
    approved: tuple[Group, ...]
    sheet: Sheet
    lost: tuple[Review, ...]
    behind: int


def reading_queue(project: Project, language: str, today: dt.date) -> ReadingQueue:
    """Sort the texts of a language by whether they are approved."""
    sheet = make_sheet(project, language, today)
    states = segment_states(project, language)
    current = [item.digest for item in states if item.digest and item.state != "stale"]
    gone = tuple(lost_approvals(project.reviews, language, current))
    waits = [(item, _earlier(item, gone)) for item in states if item.state == "unreviewed"]
    shown = {review.digest for _, review in waits if review}
    approvals = {
        digest: review for (digest, _), review in standing_signatures(project.reviews).items()
    }
    return ReadingQueue(
        groups=_groups(
            project,
            [
                _waiting_pair(item, earlier)._replace(reads=sentences_in(item, sheet.open))
                for item, earlier in waits
            ],
        ),
        sheet=sheet,
        approved=_groups(
            project,
            [_approved_pair(one, approvals[one.digest]) for one in states if _is_approved(one)],
        ),
        lost=tuple(one for one in gone if one.digest not in shown and one.through != "shipping"),
        behind=sum(item.state in {"untranslated", "stale"} for item in states),
    )


def _is_approved(item: SegmentState) -> bool:
    return item.state == "approved"


def _groups(project: Project, pairs: list[ReviewPair]) -> tuple[Group, ...]:
    names = names_of(project)
    found: dict[str, list[ReviewPair]] = {}
    for pair in pairs:
        found.setdefault(key_of(pair.context), []).append(pair)
    return tuple(Group(key, names.get(key, key), tuple(own)) for key, own in found.items())


def _approved_pair(item: SegmentState, review: Review) -> ReviewPair:
    day = review.on.date().isoformat()
    text = item.segment
    pair = ReviewPair(
        text.context, text.source, item.translation, item.digest, review.by, day, None
    )
    return pair._replace(by_file=review.through == "file")


def _waiting_pair(item: SegmentState, earlier: Review | None) -> ReviewPair:
    before = _before(earlier, item) if earlier else None
    text = item.segment
    return ReviewPair(text.context, text.source, item.translation, item.digest, "", "", before)


def _earlier(item: SegmentState, gone: tuple[Review, ...]) -> Review | None:
    """Find the approval that a text had before its words changed.

    Paragraphs of one field share their context: the one whose words are most alike is meant.
    """
    own = [review for review in gone if review.context == item.segment.context]
    kept = [review for review in own if review.is_kept()]
    alike = max(kept, key=lambda review: _likeness(review, item), default=None)
    if alike is not None and _likeness(alike, item) >= ALIKE:
        return alike
    return None if kept else next(reversed(own), None)


def earlier_words(item: SegmentState, gone: tuple[Review, ...]) -> TextBefore | None:
    """Show how a text differs from what somebody approved; ``gone`` are approvals that died."""
    earlier = _earlier(item, gone)
    return _before(earlier, item) if earlier else None


def _likeness(review: Review, item: SegmentState) -> float:
    """Compare two texts and their translations, word by word: 0 to 1, the likelier of the two."""
    pairs = ((review.source, item.segment.source), (review.words, item.translation))
    return max(likeness(one, other) for one, other in pairs)


def _before(review: Review, item: SegmentState) -> TextBefore:
    kept = review.is_kept()
    return TextBefore(
        by=review.by,
        on=review.on.date().isoformat(),
        source=_difference(review.source, item.segment.source) if kept else None,
        words=_difference(review.words, item.translation) if kept else None,
    )


def _difference(old: str, new: str) -> Markup | None:
    # The helper escapes both texts; its own marks are <del> and <ins>.
    return None if old == new else Markup(diff_html(old, new))  # noqa: S704


class Tab(NamedTuple):
    """Show a language and how much waits in it: texts to approve, sentences to read."""

    tag: str
    name: str
    direction: str
    texts: int
    sentences: int


def tabs(live: LiveCampaign) -> tuple[Tab, ...]:
    """List the languages of a campaign that can be read, the source language first.

    Returns:
        One tab a language; found out once as long as the campaign stays as it is.
    """
    project: Project = newest_project(live)
    campaign = project.campaign.record
    order = sorted(campaign.languages, key=lambda tag: tag != campaign.source_language)

    def make() -> tuple[Tab, ...]:
        return tuple(
            Tab(
                tag=tag,
                name=autonym(tag),
                direction=direction(tag),
                texts=sum(one.state == "unreviewed" for one in texts_in(live, tag)),
                sentences=len(open_sentences(project, tag)),
            )
            for tag in order
        )

    return live.get_or_make("review-tabs", make)


def place_of(project: Project, language: str, context: str) -> str:
    """Say where words are corrected: an address below that of the campaign in the studio.

    Args:
        language: BCP 47 tag of the words.
        context: field that they stand in, or the subject of a finding.
    """
    campaign = project.campaign.record
    name = context.removeprefix("points/")
    if language != campaign.source_language:
        return f"/translate/{language}?of={key_of(name)}"
    first, _, rest = name.partition("/")
    if first in {one.record.id for one in project.points}:
        return f"/points/{first}"
    if first == "alerts":
        return f"/campaign/alerts/{rest.partition('/')[0]}"
    files = {
        "pages": f"pages/{rest.partition('/')[0]}.md",
        "helplines": "helplines.yaml",
        "responses": "responses.yaml",
    }
    return f"/file?path=campaigns/{campaign.id}/{files.get(first, 'campaign.yaml')}"


def _own_rules(project: Project, tag: str) -> tuple[OwnRules, ...]:
    """Give what the campaign adds to the message rules in a language."""
    primary = tag.partition("-")[0]
    return tuple(one.record for one in project.rules if one.record.language == primary)


@with_live_campaign
def review(request: Request, live: LiveCampaign) -> Response:
    """Show what waits for approval."""
    project = newest_project(live)
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
        change_sets=tuple(change_sets(project.as_written)) if project else (),
        returned=returned_sets(project) if project else (),
        sheets=waiting_sheets(project, "", [tag]) if project and tag else (),
        names=titles_in(live, project, tag) if project and tag else {},
        single="single" in request.query_params,
        today=live.today(),
        waiting=reading_queue(project, tag, live.today()) if project and tag else None,
        own_rules=_own_rules(project, tag) if project else (),
        told=live.get_or_make(f"findings {tag}", lambda: all_findings(project, tag, live.today()))
        if project and tag
        else {},
    )


class SentVerdict(msgspec.Struct, forbid_unknown_fields=True):
    """A verdict on some texts, sentences or findings.

    Each is named by its context and the digest of its words; ``reads`` are the digests of the
    sentences that were marked in view while their texts were approved, ``resolves`` those of
    remarks that sent them back before; ``urgent`` lets one signature be enough for a day;
    ``change_set`` names the drafts that the texts are of.
    """

    language: str
    texts: list[tuple[str, str]]
    verdict: Verdict
    by: str
    role: str = ""
    kind: Kind = "native"
    reads: list[str] = []
    resolves: list[str] = []
    urgent: bool = False
    change_set: str = ""
    reason: str = ""
    until: dt.date | None = None


@refuse_in_words
async def decide(request: Request, live: LiveCampaign) -> Response:
    """Write a verdict into the ledger."""
    sent: SentVerdict = await read_json(request, SentVerdict)
    project = require_project(live)
    project = project.as_written
    if sent.change_set:
        project = with_set(project, sent.change_set)
    if sent.language not in project.campaign.record.languages:
        raise RefusedRequest(NOT_SPOKEN, 404)
    if not sent.by.strip():
        raise RefusedRequest(WHO, 422)
    if sent.kind == "exception" and sent.verdict == "approve" and not sent.reason.strip():
        raise RefusedRequest(mark_translatable("Say why the words may stand."), 422)
    work = partial(_lines, sent, project, live.today(), request.app.state.now())
    lines = await anyio.to_thread.run_sync(work)
    await anyio.to_thread.run_sync(append_reviews, live.root, live.slug, lines)
    if lines and sent.verdict == "approve":
        closing = _closing(sent, project, request.app.state.now())
        await anyio.to_thread.run_sync(append_remarks, live.root, live.slug, closing)
    await request.app.state.follower.read(live)
    return answer_json({"done": len(lines)})


def _closing(sent: SentVerdict, project: Project, now: dt.datetime) -> tuple[Remark, ...]:
    """Resolve what sent words back that are approved now."""
    return tuple(
        Remark(
            language=one.root.language,
            context=one.root.context,
            step="resolve",
            by=sent.by.strip(),
            on=now,
            about=one.digest,
        )
        for one in remark_threads(project.remarks)
        if one.digest in sent.resolves and not one.resolved and one.root.language == sent.language
    )


def _lines(
    sent: SentVerdict, project: Project, today: dt.date, now: dt.datetime
) -> tuple[Review, ...]:
    lines: tuple[Review, ...] = ()
    for kind, digests in (
        (sent.kind, [digest for _, digest in sent.texts]),
        ("reading", sent.reads if sent.verdict == "approve" else []),
    ):
        if not digests:
            continue
        known = subjects_of(project, sent.language, kind, today)
        if not known.keys() >= set(digests):
            raise RefusedRequest(CHANGED, 409)
        is_exception = kind == "exception"
        who = Reviewer(
            by=sent.by.strip(),
            role=sent.role.strip(),
            kind=kind,
            on=now,
            reason=sent.reason.strip() if is_exception else "",
            until=sent.until if is_exception else None,
            urgent=sent.urgent and people_needed(project.campaign.record) > 1,
        )
        subjects = [known[digest] for digest in digests]
        try:
            lines += judge(subjects, sent.language, sent.verdict, who, project.reviews)
        except msgspec.ValidationError:
            words = mark_translatable(
                "The name or role cannot be used: no address, at most 80 characters."
            )
            raise RefusedRequest(words, 422) from None
    return lines
