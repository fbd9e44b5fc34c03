"""Change sets: drafts that are read, approved, let go out, and put back as one."""

from __future__ import annotations

import datetime as dt
import hashlib
from functools import partial
from typing import Any, Literal, NamedTuple
from zoneinfo import ZoneInfo

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from stopjihad.catalog.languages import autonym
from stopjihad.disk import save
from stopjihad.disk.history import history_of
from stopjihad.disk.save import ChangedFile
from stopjihad.model.change_set import SetMember, change_sets, with_set
from stopjihad.model.project import Project
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answer_missing,
    newest_project,
    read_json,
    refuse_in_words,
    require_project,
    show_campaign,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.file_history import field_changes
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.document import require_id
from stopjihad.studio.pages.history import ChangedField, named_changes
from stopjihad.studio.pages.point_parts import page_address
from stopjihad.studio.pages.sheet import ReadingSheet, reading_sheet, shown_remark, words_in
from stopjihad.studio.released_sets import (
    MARKS,
    ReleasedSet,
    put_set_back,
    release_set,
    released_sets,
    rewrite_of,
    unread_members,
)
from stopjihad.studio.saver import Conflict, Saver, WantedEdit
from stopjihad.studio.waiting import (
    SETS,
    open_threads,
    returned_sets,
    set_states,
    sheet_digest,
)
from stopjihad.studio.words import CHANGED, Say, mark_translatable
from stopjihad.text.unicode.script import direction
from stopjihad.text.yaml.fields import Remove, SetField, value_at, values
from stopjihad.translate.status import approving_kind, key_of

SHOWN = 5
"""Sets that went out which the list names."""


class SetText(NamedTuple):
    """A text that may be put into a set: its file, its words, and whether readers see it."""

    path: str
    name: str
    draft: bool


class SetRow(NamedTuple):
    """A set in the list."""

    name: str
    members: tuple[SetMember, ...]


class ReleasedRow(NamedTuple):
    """A set that went out, its moment, and what it is called in a request."""

    released: ReleasedSet
    when: dt.datetime
    id: str


class SetSheet(NamedTuple):
    """A draft of a set as its reader sees it.

    Attributes:
        edit: address of its editor.
        page: address of its page as it will be; empty where it has none.
        fields: what differs from what readers see, of a text that takes another one's place.
        problems: how many things are wrong with it.
    """

    member: SetMember
    sheet: ReadingSheet
    edit: str
    page: str
    fields: tuple[ChangedField, ...]
    problems: int


@with_live_campaign
def show_sets(request: Request, live: LiveCampaign) -> Response:
    """List sets, those that went out, and what may be put into one."""
    project: Project | None = newest_project(live)
    if project is None:
        return answer_missing(request)
    project = project.as_written
    zone = ZoneInfo(project.campaign.record.schedule.timezone)
    rows = tuple(SetRow(name, members) for name, members in change_sets(project).items())
    released = released_sets(history_of(str(live.root), live.slug))[:SHOWN]
    return show_campaign(
        request,
        live,
        "change-sets.html",
        rows=rows,
        released=[
            ReleasedRow(one, dt.datetime.fromtimestamp(one.when, zone), _id(one))
            for one in released
        ],
        texts=_texts(project),
        returned=returned_sets(project),
    )


def _texts(project: Project) -> tuple[SetText, ...]:
    """List what may be put into a set: drafts in none, and texts that nobody rewrites in one."""
    documents: tuple[Any, ...] = (
        *project.draft_points,
        *project.draft_pages,
        *project.points,
        *project.pages,
    )
    rewritten = {one.replaces for members in change_sets(project).values() for one in members}
    return tuple(
        SetText(one.path, getattr(one.record, "fact", "") or one.record.title, one.record.draft)
        for one in documents
        if not one.record.change_set and one.path not in rewritten
    )


def _id(released: ReleasedSet) -> str:
    return f"{released.name}-{released.when}"


@with_live_campaign
def show_set(request: Request, live: LiveCampaign) -> Response:
    """Show all texts of a set, one after the other, as their readers will see them."""
    project: Project | None = newest_project(live)
    name = request.path_params["id"]
    if project is None:
        return answer_missing(request)
    members = change_sets(project.as_written).get(name)
    if not members:  # it went out, while this page was open perhaps
        return RedirectResponse(f"/c/{live.slug}/sets", 303)
    project = project.as_written
    tag = project.campaign.record.source_language
    sheets = _sheets(live, project, name, members, speakers(request, live)[0])
    edits = {one.sheet.key: one.edit for one in sheets}
    states, threads = set_states(project, SETS + name, tag), open_threads(project, tag)
    remarks = [shown_remark(one, states) for one in threads.get(SETS + name, ())]
    return show_campaign(
        request,
        live,
        "change-set.html",
        set_name=name,
        sheets=sheets,
        unread=_unread(live, project, name),
        waits=sum(one.sheet.waits for one in sheets),
        seen=_seen(sheets),
        remarks=remarks,
        words=sheet_digest(SETS + name, states),
        tag=tag,
        direction=direction(tag),
        authored=True,
        language=autonym(tag),
        kind=approving_kind(project, tag),
        place=lambda context: edits.get(key_of(context), ""),
    )


def _sheets(
    live: LiveCampaign, project: Project, name: str, members: tuple[SetMember, ...], say: Say = str
) -> tuple[SetSheet, ...]:
    tag = project.campaign.record.source_language
    words = words_in(live, with_set(project, name), tag, name)
    wrong = [one.path for one in live.problems() if one.severity != "info"]
    found = []
    for one in members:
        sheet = reading_sheet(live, words, one.key)
        place = one.path.split("/", 2)[2].removesuffix(".md")
        if sheet is not None:
            shown = place if place.startswith("points/") else place.removeprefix("pages/")
            page = page_address(live, place, tag) or page_address(live, shown, tag)
            edit = f"/c/{live.slug}/{place}"
            fields = _differences(live, one, say)
            found.append(SetSheet(one, sheet, edit, page, fields, wrong.count(one.path)))
    return tuple(found)


def _differences(live: LiveCampaign, member: SetMember, say: Say) -> tuple[ChangedField, ...]:
    """Compare a rewritten text with what readers see, field by field."""
    if not member.replaces:
        return ()
    old, new = (save.current(live.root, path) for path in (member.replaces, member.path))
    changes = field_changes(member.path, old, new)
    return named_changes(member.path, [one for one in changes if one.field[:1] not in HELD], say)[0]


HELD = {(name,) for name in MARKS}
"""Fields that hold a draft back: they are no words of it."""


def _unread(live: LiveCampaign, project: Project, name: str) -> list[str]:
    return unread_members(live.root, project.broken, name)


def _seen(sheets: tuple[SetSheet, ...]) -> str:
    """Digest all words of a set: it goes out only as somebody saw it."""
    digest = hashlib.sha256()
    for one in sheets:
        digest.update(f"{one.member.path}\0{one.sheet.digest}\0".encode())
    return digest.hexdigest()


class SentSet(msgspec.Struct, forbid_unknown_fields=True):
    """A step with a set: texts are paths; ``seen`` digests what was shown of all of it."""

    step: Literal["put", "leave", "ready", "back"]
    name: str = ""
    texts: str | list[str] = ""
    seen: str = ""
    id: str = ""


@refuse_in_words
async def change(request: Request, live: LiveCampaign) -> Response:
    """Put texts into a set or out of it, let it go out, or put it back."""
    sent: SentSet = await read_json(request, SentSet)
    project = require_project(live)
    project = project.as_written
    saver: Saver = request.app.state.saver
    base, say = f"/c/{live.slug}/sets", speakers(request, live)[0]
    steps = {
        "put": partial(_put, saver, project, sent),
        "leave": partial(_leave, saver, project, sent),
        "ready": partial(_let_go, live, saver, project, sent),
        "back": partial(_take_back, live, saver, sent),
    }
    try:
        await anyio.to_thread.run_sync(steps[sent.step])
    except ChangedFile:
        raise RefusedRequest(CHANGED, 409) from None
    await request.app.state.follower.read(live)
    if sent.step in {"put", "leave"}:
        return answer_json({"address": f"{base}/{sent.name}" if sent.step == "put" else base}, 201)
    return answer_json({"said": say(OUT if sent.step == "ready" else BACK), "address": base})


OUT = mark_translatable("All of it is ready: it goes out with the next publication.")
BACK = mark_translatable("All of it is as it was before. Publish, and readers see that.")
NOTHING = mark_translatable("Choose at least one text.")
WAITS = mark_translatable("It is not approved as a whole yet.")
UNREAD = mark_translatable("A text of it cannot be read. Mend it first.")
TAKEN = mark_translatable("There is a text of this name already. Call the set otherwise.")


def _put(saver: Saver, project: Project, sent: SentSet) -> None:
    require_id(sent.name)
    known = {one.path: one for one in _texts(project)}
    chosen = {sent.texts} if isinstance(sent.texts, str) else set(sent.texts)
    if not chosen - {""} or not chosen <= known.keys():
        raise RefusedRequest(NOTHING, 422)
    for path in sorted(chosen):
        saved = saver.load(path)
        if known[path].draft:
            edit = WantedEdit(SetField(("change_set",), sent.name), None)
            if isinstance(saver.save(path, [edit], saved.digest), Conflict):
                raise ChangedFile(path)
            continue
        id_ = path.rpartition("/")[2].removesuffix(".md")
        text = rewrite_of(saved.text, sent.name, id_)
        try:
            saver.create(f"{path.removesuffix('.md')}-{sent.name}.md", text)
        except ChangedFile:
            raise RefusedRequest(TAKEN, 409) from None


def _leave(saver: Saver, project: Project, sent: SentSet) -> None:
    for one in change_sets(project).get(sent.name, ()):
        if one.path == sent.texts:
            saved = saver.load(one.path)
            if one.replaces:
                saver.put_back(one.path, None, saved.digest)
                continue
            was = value_at(values(saved.text), ("change_set",))
            edit = WantedEdit(Remove(("change_set",)), was)
            if isinstance(saver.save(one.path, [edit], saved.digest), Conflict):
                raise ChangedFile(one.path)


def _let_go(live: LiveCampaign, saver: Saver, project: Project, sent: SentSet) -> None:
    members = change_sets(project).get(sent.name, ())
    if _unread(live, project, sent.name):
        raise RefusedRequest(UNREAD, 409)
    sheets = _sheets(live, project, sent.name, members)
    if not members or len(sheets) != len(members) or _seen(sheets) != sent.seen:
        raise RefusedRequest(CHANGED, 409)
    if any(one.sheet.waits for one in sheets):
        raise RefusedRequest(WAITS, 409)
    release_set(saver, members)


def _take_back(live: LiveCampaign, saver: Saver, sent: SentSet) -> None:
    found = released_sets(history_of(str(live.root), live.slug))[:SHOWN]
    released = next((one for one in found if _id(one) == sent.id), None)
    if released is None:
        raise RefusedRequest(mark_translatable("This version is not kept any more."), 404)
    put_set_back(live.root, saver, released)
