"""What was saved, by whom, and what differed word by word; fields, texts and states put back."""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Iterable, Sequence
from itertools import chain, takewhile
from typing import NamedTuple
from zoneinfo import ZoneInfo

import anyio.to_thread
import msgspec
from markupsafe import Markup
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.languages import autonym
from stopjihad.disk import PRIVATE, explain, save
from stopjihad.disk.history import FOLDER, CampaignHistory, FileVersion, history_of
from stopjihad.model.project import Project
from stopjihad.model.review import source_digest
from stopjihad.problem import ProblemsFound
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    names_of,
    newest_project,
    read_json,
    refuse_in_words,
    show_campaign,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.file_history import (
    EditStep,
    FieldChange,
    catch_up,
    edit_steps,
    field_changes,
    is_ledger,
    versions_that_differ,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.translation import (
    SourceGone,
    TranslationChange,
    TranslationClash,
    save_translation,
)
from stopjihad.studio.saver import Conflict, Saver, WantedEdit
from stopjihad.studio.words import CHANGED, Say, field_name, mark_translatable
from stopjihad.text.yaml.fields import Remove, SetField, value_at, values
from stopjihad.translate.review_sheet import diff_html

STEPS = 40
"""Steps that a page shows."""

MOST_CHANGES = 30
"""Fields that a step names: bringing translations in step changes hundreds."""

AROUND = 120
"""Letters that stand before and after what differs."""

MOST_LETTERS = 8_000
"""Letters of a field beyond which its words are not compared."""


class ChangedField(NamedTuple):
    """Show one field of a step: what it is called, what differs, and its place for a request."""

    name: str
    diff: Markup | None
    field: tuple[str | int, ...]


class StepRow(NamedTuple):
    """Show a step: the file by a name for people, its moments, and fields that differ.

    Attributes:
        more: fields that are not shown.
        kind: ``new`` for a file that was not there before, ``gone`` for one that was removed.
        fixed: whether it is never written back.
    """

    step: EditStep
    name: str
    moments: tuple[dt.datetime, ...]
    fields: tuple[ChangedField, ...]
    more: int
    kind: str
    fixed: bool


class StateRow(NamedTuple):
    """Show a file that is another one now than it was: what would go and come in it."""

    path: str
    name: str
    fields: tuple[ChangedField, ...]
    more: int
    kind: str
    careful: bool


@with_live_campaign
def history(request: Request, live: LiveCampaign) -> Response:
    """Show what was saved on a day, in a file, or what a state differs in from now."""
    kept = history_of(str(live.root), live.slug)
    asked = request.query_params
    path, at = asked.get("path", ""), asked.get("at", "")
    say, _ = speakers(request, live)
    project: Project | None = newest_project(live)
    zone = ZoneInfo(project.campaign.record.schedule.timezone if project else "UTC")
    every = kept.versions()
    if at.isdecimal() and len(at) < 10 and int(at) < len(every):
        number = int(at)
        rows = _state_rows(live, kept, number, say)
        seen = _seen(live, [row.path for row in rows])
        when = dt.datetime.fromtimestamp(every[number].when, zone)
        return show_campaign(
            request, live, "state.html", rows=rows, number=number, seen=seen, when=when
        )
    days = _days(every, zone)
    day = "" if path else asked.get("day", "") or next(iter(days), "")
    steps = edit_steps([one for one in every if path in {"", one.path}])
    if day:
        steps = [one for one in steps if _day(one.last, zone) == day]
    unknown = [] if path else [one for one in steps if one.before is None and not one.last.by]
    steps = [one for one in steps if one not in unknown]
    before = asked.get("before", "")
    if before.isdecimal() and len(before) < 10:
        steps = [one for one in steps if one.last.number < int(before)]
    return show_campaign(
        request,
        live,
        "history.html",
        rows=_step_rows(live, kept, steps[:STEPS], zone, say),
        older=steps[STEPS - 1].last.number if len(steps) > STEPS else None,
        seen=len(unknown),
        path=path,
        name=file_name(live, path, say) if path else "",
        day=day,
        days=days,
        trouble=kept.trouble,
        sound=kept.sound,
    )


def _day(known: FileVersion, zone: ZoneInfo) -> str:
    return dt.datetime.fromtimestamp(known.when, zone).date().isoformat()


def _days(versions: Iterable[FileVersion], zone: ZoneInfo) -> dict[str, int]:
    """Give the number of the last save on each day, newest day first."""
    found = {_day(one, zone): one.number for one in versions}
    return dict(sorted(found.items(), reverse=True))


def _step_rows(
    live: LiveCampaign, kept: CampaignHistory, steps: Sequence[EditStep], zone: ZoneInfo, say: Say
) -> tuple[StepRow, ...]:
    wanted = [one for step in steps for one in (step.before, step.last) if one is not None]
    contents = kept.contents(wanted)
    rows = []
    for step in steps:
        old = contents[step.before.id] if step.before else None
        new, path = contents[step.last.id], step.last.path
        kind = "new" if old is None else "gone" if new is None else ""
        fields, more = ((), 0) if kind else named_changes(path, field_changes(path, old, new), say)
        moments = tuple(dt.datetime.fromtimestamp(one.when, zone) for one in step.saves)
        fixed = is_ledger(path)
        name = file_name(live, path, say)
        rows.append(StepRow(step, name, moments, fields, more, kind, fixed))
    return tuple(rows)


def _state_rows(
    live: LiveCampaign, kept: CampaignHistory, number: int, say: Say
) -> tuple[StateRow, ...]:
    found = [
        one for one in versions_that_differ(kept, live.root, number) if not is_ledger(one.path)
    ]
    contents = kept.contents(found)
    rows = []
    for one in found:
        now, then = save.current(live.root, one.path), contents[one.id]
        kind = "back" if now is None else "gone" if then is None else ""
        changes = [] if kind else field_changes(one.path, now, then)
        fields, more = named_changes(one.path, changes, say)
        careful = one.path.endswith("helplines.yaml") or "/alerts/" in one.path
        name = file_name(live, one.path, say)
        rows.append(StateRow(one.path, name, fields, more, kind, careful))
    return tuple(rows)


def named_changes(
    path: str, changes: Sequence[FieldChange], say: Say
) -> tuple[tuple[ChangedField, ...], int]:
    """Show what differs in the fields of a file, and count fields that are not shown."""
    found = []
    for one in changes[:MOST_CHANGES]:
        po = path.endswith(".po")
        name = str(one.field[0]) if po else ".".join(map(str, one.field))
        old, new = one.old or "", one.new or ""
        old, new = _around_changes(old, new)
        short = len(old) + len(new) <= MOST_LETTERS
        diff = Markup(diff_html(old, new)) if short else None  # noqa: S704  escaped word by word
        shown = field_name(name, say)
        if po and "/" in name:
            shown = f"{shown} · {name.rpartition('/')[0]}"
        found.append(ChangedField(shown, diff, one.field))
    return tuple(found), max(0, len(changes) - MOST_CHANGES)


def _around_changes(old: str, new: str) -> tuple[str, str]:
    """Leave out what both texts begin and end with, but for some words."""
    head = max(0, _common_start(old, new) - AROUND)
    head = old.rfind(" ", 0, head) + 1
    tail = max(0, _common_start(old[head:][::-1], new[head:][::-1]) - AROUND)
    tail = old[::-1].rfind(" ", 0, tail) + 1
    start, end = "… " if head else "", " …" if tail else ""
    cut = (text[head : len(text) - tail] for text in (old, new))
    before, after = (f"{start}{text}{end}" for text in cut)
    return before, after


def _common_start(one: str, other: str) -> int:
    same = takewhile(lambda pair: pair[0] == pair[1], zip(one, other, strict=False))
    return sum(1 for _ in same)


FILES = {
    "campaign.yaml": mark_translatable("Settings"),
    "helplines.yaml": mark_translatable("Helplines"),
    "responses.yaml": mark_translatable("Replies"),
    "targets.yaml": mark_translatable("Places to publish to"),
    "reviews.jsonl": mark_translatable("Approvals"),
    "remarks.jsonl": mark_translatable("Remarks"),
    "postings.jsonl": mark_translatable("What was posted"),
    "exports.jsonl": mark_translatable("What schedulers were given"),
    "glossary.csv": mark_translatable("Glossary"),
}


def file_name(live: LiveCampaign, path: str, say: Say) -> str:
    """Name a file for people: a talking point by its fact, translations by their language."""
    project: Project | None = newest_project(live)
    folder, _, file = path.rpartition("/")
    stem = file.rpartition(".")[0]
    kind = folder.rpartition("/")[2]
    if kind == "locale" and file.endswith(".po"):
        return say(mark_translatable("Translations: %(language)s")) % {"language": autonym(stem)}
    names = names_of(project) if project else {}
    kind = "alerts" if kind == "templates" else kind
    known = names.get(stem if kind == "points" else f"{kind}/{stem}")
    known = known or (_name_apart(project, path) if project else "")
    return known or (say(FILES[file]) if file in FILES else path.split("/", 2)[-1])


def _name_apart(project: Project, path: str) -> str:
    """Name a draft, a talking point that is withdrawn, or a partner, by its file."""
    points = (*project.draft_points, *project.withdrawn_points)
    return next(
        chain(
            (one.record.fact for one in points if one.path == path),
            (one.record.title for one in project.draft_pages if one.path == path),
            (one.record.name for one in project.partners if one.path == path),
        ),
        "",
    )


def _seen(live: LiveCampaign, paths: Iterable[str]) -> str:
    """Digest what files are now: a state is put back only over what its page showed."""
    digest = hashlib.sha256()
    for path in paths:
        digest.update(f"{path}\0{_digest(save.current(live.root, path))}\0".encode())
    return digest.hexdigest()


def _digest(data: bytes | None) -> str:
    return save.ABSENT if data is None else save.digest(data)


class SentVersion(msgspec.Struct, forbid_unknown_fields=True):
    """A version to put back: a whole file, or one field of it."""

    version: str
    field: str = ""


class SentState(msgspec.Struct, forbid_unknown_fields=True):
    """A state to put back: the save after which it was, files, and what the page showed of all."""

    at: str
    seen: str
    paths: str | list[str] = ""


GONE = mark_translatable("This version is not kept any more.")
FIXED = mark_translatable("Approvals are never written back: withdraw or give them under Review.")
BACK = mark_translatable("It is as it was.")


@refuse_in_words
async def put_back(request: Request, live: LiveCampaign) -> Response:
    """Put a file, or a field of it, back as it was in a version."""
    sent: SentVersion = await read_json(request, SentVersion)
    kept = history_of(str(live.root), live.slug)
    known = next((one for one in kept.versions() if one.id == sent.version), None)
    data = kept.contents([known])[known.id] if known else None
    if known is None or (data is None and known.digest):
        raise RefusedRequest(GONE, 404)
    if is_ledger(known.path):
        raise RefusedRequest(FIXED, 422)
    await _write_back(request, live, known.path, data, sent.field)
    return answer_json({"said": speakers(request, live)[0](BACK)})


async def _write_back(
    request: Request, live: LiveCampaign, path: str, data: bytes | None, field: str
) -> None:
    saver: Saver = request.app.state.saver
    follower = request.app.state.follower
    with follower.hold_for_saving(live, live.root / path):
        try:
            if field:
                place = msgspec.json.decode(field, type=tuple[str | int, ...])
                await anyio.to_thread.run_sync(_put_field_back, saver, live, path, data, place)
            else:
                known = _digest(save.current(live.root, path))
                await anyio.to_thread.run_sync(saver.put_back, path, data, known)
        except (save.ChangedFile, SourceGone, TranslationClash):
            raise RefusedRequest(CHANGED, 409) from None
        except msgspec.MsgspecError:
            raise RefusedRequest(GONE, 422) from None
        await follower.show_saved(live, [live.root / path])


def _put_field_back(
    saver: Saver, live: LiveCampaign, path: str, data: bytes | None, place: tuple[str | int, ...]
) -> None:
    text = (data or b"").decode("utf-8", "replace").replace("\r\n", "\n")
    then = {one.field: one.old for one in field_changes(path, data, b"")}
    saved = saver.load(path)
    if path.endswith(".po"):
        now = {one.field: one.old for one in field_changes(path, saved.text.encode(), b"")}
        context, source = (*map(str, place), "", "")[:2]
        change = TranslationChange(
            language=path.rpartition("/")[2][:-3],
            key=source_digest(context, source),
            was=now.get(place) or "",
            words=then.get(place) or "",
        )
        save_translation(saver, live.root, newest_project(live), change)
        return
    old = value_at(values(text), place)
    was = value_at(values(saved.text), place)
    edit = Remove(place) if old is None else SetField(place, old)
    result = saver.save(path, [WantedEdit(edit, was)], saved.digest)
    if isinstance(result, Conflict):
        raise save.ChangedFile(path)


@refuse_in_words
async def put_state_back(request: Request, live: LiveCampaign) -> Response:
    """Put files of the campaign back as they were after a save."""
    sent: SentState = await read_json(request, SentState)
    kept = history_of(str(live.root), live.slug)
    say = speakers(request, live)[0]
    if not sent.at.isdecimal():
        raise RefusedRequest(GONE, 422)
    rows = _state_rows(live, kept, int(sent.at[:10]), say)
    if _seen(live, [row.path for row in rows]) != sent.seen:
        raise RefusedRequest(CHANGED, 409)
    chosen = {sent.paths} if isinstance(sent.paths, str) else set(sent.paths)
    then = [
        one
        for one in versions_that_differ(kept, live.root, int(sent.at[:10]))
        if one.path in chosen
    ]
    contents = kept.contents(then)
    for one in then:
        if is_ledger(one.path) or (one.digest and contents[one.id] is None):
            continue
        await _write_back(request, live, one.path, contents[one.id], "")
    return answer_json({"said": say(BACK), "address": f"/c/{live.slug}/history"})


@refuse_in_words
async def forget(request: Request, live: LiveCampaign) -> Response:
    """Forget all saves of a campaign; what its files are now is remembered anew."""
    await read_json(request, dict[str, str])
    try:
        await anyio.to_thread.run_sync(history_of(str(live.root), live.slug).forget)
    except OSError as error:
        raise ProblemsFound((explain(error, f"{PRIVATE}/{FOLDER}"),)) from None
    await anyio.to_thread.run_sync(catch_up, live.root, live.slug)
    return answer_json({"said": speakers(request, live)[0](FORGOTTEN)})


FORGOTTEN = mark_translatable("It is forgotten.")
