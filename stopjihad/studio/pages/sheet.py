"""Show a talking point as its reader sees it, to be approved or sent back as one; take remarks."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from functools import partial
from typing import Literal, NamedTuple

import anyio.to_thread
import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.languages import autonym
from stopjihad.model.campaign import people_needed
from stopjihad.model.project import Project
from stopjihad.model.remark import (
    MAX_QUOTE,
    MAX_TEXT,
    Remark,
    RemarkStep,
    RemarkThread,
    assignments,
    fault_of,
    remark_threads,
)
from stopjihad.model.review import (
    Review,
    may_be_urgent,
    standing_signatures,
    urgent_signatures,
)
from stopjihad.review.ledger import Reviewer, append_remarks, append_reviews, judge, lost_approvals
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answer_missing,
    author_of,
    newest_project,
    read_json,
    refuse_in_words,
    require_project,
    show,
    show_campaign,
    texts_in,
    titles_in,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.point_parts import page_address
from stopjihad.studio.pages.review import TextBefore, earlier_words, place_of
from stopjihad.studio.pages.signatures import Sheet, ToRead, make_sheet, sentences_in
from stopjihad.studio.pages.translation import TextFinding, all_findings
from stopjihad.studio.waiting import (
    SETS,
    current_words,
    is_of,
    is_unanswered,
    set_states,
    sheet_digest,
    waiting_sheets,
)
from stopjihad.studio.words import CHANGED, NOT_SPOKEN, WHO, mark_translatable
from stopjihad.text.markdown.words import inline_words
from stopjihad.text.unicode.script import direction
from stopjihad.translate.review_sheet import diff_html
from stopjihad.translate.status import (
    SegmentState,
    approving_kind,
    key_of,
    segment_states,
    subject_of,
)
from stopjihad.translate.update import likeness


class ShownRemark(NamedTuple):
    """A remark with what became of the words it is about.

    Attributes:
        is_returned: whether it sent words back that nobody has changed since.
        difference: how they have changed since; None where they have not, or are gone.
    """

    thread: RemarkThread
    is_returned: bool
    difference: Markup | None


def shown_remark(thread: RemarkThread, states: Sequence[SegmentState]) -> ShownRemark:
    """Show a remark beside the words that stand now."""
    root = thread.root
    own = [one for one in states if one.segment.context == root.context]
    known = root.words in current_words(root.context, states)
    now = max((_plain(one) for one in own), key=partial(likeness, root.quote), default="")
    difference = None
    if not known and root.quote and now:
        difference = Markup(diff_html(root.quote, now))  # noqa: S704 (it escapes both texts)
    return ShownRemark(thread, is_unanswered(thread, states), difference)


def _plain(state: SegmentState) -> str:
    return " ".join(inline_words(state.translation or state.segment.source).split())


class SheetText(NamedTuple):
    """One text of a sheet.

    Attributes:
        parts: its words in order; every second one is a sentence of the reading list.
        by: who approved it last; empty for nobody.
        by_file: whether that person answered a file, and was not in the studio.
        before: what has changed since somebody approved it.
        waits: whether somebody must sign it still.
        reads: digests of its sentences that are to be read.
        remarks: what was said of it.
    """

    state: SegmentState
    parts: tuple[str, ...]
    by: str
    by_file: bool
    before: TextBefore | None
    waits: bool
    reads: tuple[str, ...]
    findings: tuple[TextFinding, ...]
    remarks: tuple[ShownRemark, ...]


class ReadingSheet(NamedTuple):
    """A whole as its reader sees it in one language.

    Attributes:
        address: where its page is shown as it is built; empty where it has none.
        digest: of all its words.
        others: paragraphs to read that stand in no single text.
        remarks: what was said of the whole, and on words that are gone.
        returned: digests of remarks that sent it back and are open.
        waits: how many of its texts and paragraphs are to be signed.
        may_hurry: whether one signature may be enough for a day.
        lapse: when it is taken down if nobody else signs; None for no urgent correction.
        turn: whose turn it is.
    """

    key: str
    name: str
    address: str
    digest: str
    texts: tuple[SheetText, ...]
    others: tuple[ToRead, ...]
    remarks: tuple[ShownRemark, ...]
    returned: tuple[str, ...]
    waits: int
    may_hurry: bool
    lapse: dt.datetime | None
    turn: Remark | None


class WordsOfLanguage(NamedTuple):
    """All that a campaign says in a language, and what is to be signed of it."""

    project: Project
    language: str
    states: tuple[SegmentState, ...]
    signed: Sheet
    told: dict[tuple[str, str], tuple[TextFinding, ...]]


def words_in(live: LiveCampaign, project: Project, language: str, of: str = "") -> WordsOfLanguage:
    """Gather the words of a language once, as long as the campaign stays as it is.

    Args:
        project: as it is written, or as it will be with the change set that ``of`` names.
    """
    today, name = live.today(), f"{language} {of}".rstrip()
    anchor = (project.digest, today) if of else None  # drafts are on no plan
    states = texts_in(live, language)
    if of:
        states = live.get_or_make(
            f"texts {name}", lambda: segment_states(project, language), anchor
        )
    return WordsOfLanguage(
        project,
        language,
        states,
        live.get_or_make(f"sheet {name}", lambda: make_sheet(project, language, today), anchor),
        live.get_or_make(
            f"findings {name}", lambda: all_findings(project, language, today), anchor
        ),
    )


def reading_sheet(live: LiveCampaign, words: WordsOfLanguage, key: str) -> ReadingSheet | None:
    """Gather a whole, by its ``key``, with all that is said of it; None when there is none."""
    project, language, states, signed, _ = words
    own = [one for one in states if key_of(one.segment.context) == key]
    if not own:
        return None
    threads = [
        one
        for one in remark_threads(project.remarks)
        if one.root.language == language and key_of(one.root.context) == key
    ]
    texts = _texts(words, own, threads)
    urgent = urgent_signatures(project.reviews, people_needed(project.campaign.record))
    placed = {one.thread.digest for text in texts for one in text.remarks}
    seen = {digest for text in texts for digest in text.reads}
    others = tuple(
        one for one in signed.open if key_of(one.context) == key and one.digest not in seen
    )
    return ReadingSheet(
        key=key,
        name=_name_in(live, words, key),
        address=page_address(live, _place(key), language),
        digest=sheet_digest(key, states),
        texts=texts,
        others=others,
        remarks=tuple(shown_remark(one, states) for one in threads if one.digest not in placed),
        returned=tuple(
            one.digest for one in threads if one.root.step == "send-back" and not one.resolved
        ),
        waits=sum(one.waits for one in texts) + len(seen) + len(others),
        may_hurry=people_needed(project.campaign.record) > 1
        and may_be_urgent(own[0].segment.context, "editorial"),
        lapse=min((urgent[one.digest].lapse for one in own if one.digest in urgent), default=None),
        turn=assignments(project.remarks).get((language, key)),
    )


def _name_in(live: LiveCampaign, words: WordsOfLanguage, key: str) -> str:
    """Say what a whole is called: as this language does, also where it is still a draft."""
    leads = {f"{key}/{field}" for field in ("fact", "title", "headline")}
    found = [one.translation for one in words.states if one.segment.context in leads]
    return (
        found[0]
        if found and found[0]
        else titles_in(live, words.project, words.language).get(key, key)
    )


def _place(key: str) -> str:
    """Say where the page of a whole is, below the folder of its language."""
    return key.removeprefix("pages/") if "/" in key else f"points/{key}"


def _texts(
    words: WordsOfLanguage, states: list[SegmentState], threads: list[RemarkThread]
) -> tuple[SheetText, ...]:
    project, language, every, signed, told = words
    current = [one.digest for one in every if one.digest and one.state != "stale"]
    gone = lost_approvals(project.reviews, language, current)
    approvals = {digest: one for (digest, _), one in standing_signatures(project.reviews).items()}
    urgent = urgent_signatures(project.reviews, people_needed(project.campaign.record))
    left = list(threads)
    found = []
    for state in states:
        reads = sentences_in(state, signed.open)
        own = [one for one in left if _is_about(one, state, states)]
        left = [one for one in left if one not in own]
        text, signed_last = state.segment, approvals.get(state.digest)
        found.append(
            SheetText(
                state=state,
                parts=reads[0].parts if len(reads) == 1 else (inline_words(state.translation),),
                by=signed_last.by if signed_last else "",
                by_file=signed_last is not None and signed_last.through == "file",
                before=earlier_words(state, gone) if state.state == "unreviewed" else None,
                waits=state.state == "unreviewed" or state.digest in urgent,
                reads=tuple(one.digest for one in reads),
                findings=told.get((text.context, text.source), ()),
                remarks=tuple(shown_remark(one, states) for one in own),
            )
        )
    return tuple(found)


def _is_about(thread: RemarkThread, state: SegmentState, states: list[SegmentState]) -> bool:
    """Tell whether a remark belongs to a text: to its words, else to the first of its field."""
    root = thread.root
    if root.context != state.segment.context:
        return False
    known = {one.digest for one in states if one.segment.context == root.context}
    return root.words == state.digest or root.words not in known


@with_live_campaign
def sheet(request: Request, live: LiveCampaign) -> Response:
    """Show a whole as one, to be approved or sent back."""
    project = newest_project(live)
    project = project and project.as_written
    language = request.query_params.get("language", "")
    found = None
    if project is not None and language in project.campaign.record.languages:
        words = words_in(live, project, language)
        found = reading_sheet(live, words, request.query_params.get("of", ""))
    if found is None:
        return answer_missing(request)
    place = partial(place_of, project, language)
    following = _next_key(live, project, language, found.key)
    return show_campaign(
        request,
        live,
        "sheet.html",
        sheet=found,
        tag=language,
        name=autonym(language),
        direction=direction(language),
        authored=language == project.campaign.record.source_language,
        kind=approving_kind(project, language),
        following=following,
        following_name=titles_in(live, project, language).get(following, following),
        place=lambda context: f"/c/{live.slug}{place(context)}",
        max_text=MAX_TEXT,
    )


def _next_key(live: LiveCampaign, project: Project, language: str, key: str) -> str:
    """Name the whole that waits for a reader after this one, in the order of Review.

    Nothing where none does: what was sent back waits for its writer.
    """
    waiting = live.get_or_make(
        f"waiting in {language}", lambda: waiting_sheets(project, "", [language])
    )
    keys = [one.key for one in waiting if one.key == key or not one.sent_back]
    at = keys.index(key) if key in keys else 0
    return next((one for one in (*keys[at:], *keys) if one != key), "")


@with_live_campaign
def remarks(request: Request, live: LiveCampaign) -> Response:
    """Show the remarks on a whole alone, for a page that puts them beside its fields."""
    project = newest_project(live)
    language, key = (request.query_params.get(name, "") for name in ("language", "of"))
    threads = [
        one
        for one in remark_threads(project.remarks if project else ())
        if one.root.language == language and key_of(one.root.context) == key
    ]
    states = texts_in(live, language) if threads else ()
    if project and threads and key.startswith(SETS):
        states = set_states(project.as_written, key, language)
    return show(
        request,
        "remarks.html",
        remarks=[shown_remark(one, states) for one in threads],
        live=live,
        base=f"/c/{live.slug}",
    )


class SentRemark(msgspec.Struct, forbid_unknown_fields=True):
    """A remark as a page sends it; ``words`` is the digest of what was seen.

    ``about`` is the digest of the remark that is answered or resolved.
    """

    language: str
    context: str
    step: RemarkStep | Literal[""] = ""
    text: str = ""
    words: str = ""
    about: str = ""
    to: str = ""
    due: str = ""


@refuse_in_words
async def remark(request: Request, live: LiveCampaign) -> Response:
    """Write a remark; words that are sent back lose their approvals."""
    sent: SentRemark = await read_json(request, SentRemark)
    project = require_project(live)
    if sent.language not in project.campaign.record.languages:
        raise RefusedRequest(NOT_SPOKEN, 404)
    project = project.as_written
    by = author_of(request)
    if not by:
        raise RefusedRequest(WHO, 422)
    states = segment_states(project, sent.language)
    if sent.context.startswith(SETS):
        states = set_states(project, sent.context, sent.language)
    now = request.app.state.now()
    line = _remark(sent, project, states, by, now)
    withdrawn: tuple[Review, ...] = ()
    if line.step == "send-back":
        withdrawn = _withdrawals(sent, project, states, by, now)
    # A disk that is full in between must not leave words approved that were sent back.
    await anyio.to_thread.run_sync(append_reviews, live.root, live.slug, withdrawn)
    await anyio.to_thread.run_sync(append_remarks, live.root, live.slug, (line,))
    await request.app.state.follower.read(live)
    return answer_json({"done": 1})


def _remark(
    sent: SentRemark,
    project: Project,
    states: tuple[SegmentState, ...],
    by: str,
    now: dt.datetime,
) -> Remark:
    """Make the line of a remark; what it is about must be there."""
    line: dict[str, object] = {"language": sent.language, "step": sent.step, "by": by, "on": now}
    if sent.step in {"answer", "resolve"}:
        known = {one.digest: one.root for one in remark_threads(project.remarks)}
        if sent.about not in known:
            raise RefusedRequest(CHANGED, 409)
        line |= {"context": known[sent.about].context, "about": sent.about, "text": sent.text}
    else:
        line |= {"context": sent.context, "text": sent.text, **_seen(sent, states)}
    if sent.step == "assign":
        before = assignments(project.remarks).get((sent.language, sent.context))
        line |= {"about": before.line_digest() if before else None}
        line |= {"to": sent.to.strip(), "due": sent.due or None, "words": None, "quote": ""}
    line["text"] = " ".join(str(line["text"]).split())
    try:
        made = msgspec.convert(line, type=Remark)
    except msgspec.ValidationError:
        raise RefusedRequest(UNFIT, 422) from None
    if fault_of(made):
        raise RefusedRequest(NO_WORDS, 422)
    return made


UNFIT = mark_translatable(
    "It cannot be written so: no address as a name, at most 1000 characters, a day as a day."
)
NO_WORDS = mark_translatable("Say in a sentence what is wrong, or what you ask.")


def _seen(sent: SentRemark, states: tuple[SegmentState, ...]) -> dict[str, object]:
    """Give what a remark is bound to: the words that were seen, as they still stand."""
    own = [one for one in states if one.segment.context == sent.context]
    for one in own:
        if one.digest == sent.words:
            return {"words": one.digest or None, "quote": _plain(one)[:MAX_QUOTE]}
    whole = any(is_of(one, sent.context) for one in states)
    if own or not whole or sheet_digest(sent.context, states) != sent.words:
        raise RefusedRequest(CHANGED, 409)
    return {"words": sent.words, "quote": ""}


def _withdrawals(
    sent: SentRemark,
    project: Project,
    states: tuple[SegmentState, ...],
    by: str,
    now: dt.datetime,
) -> tuple[Review, ...]:
    """Take back the approvals of words that are sent back."""
    about = [
        one
        for one in states
        if one.digest and (one.digest == sent.words or is_of(one, sent.context))
    ]
    kind = approving_kind(project, sent.language)
    subjects = [subject_of(one, authored=kind == "editorial") for one in about]
    who = Reviewer(by=by, kind=kind, on=now)
    return judge(subjects, sent.language, "withdraw", who, project.reviews)
