"""The glossary of a campaign: what a word is called in each language, and what it is never called.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

import csv
import io
from typing import Literal, NamedTuple

import anyio.to_thread
import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.languages import autonym
from stopjihad.disk import save
from stopjihad.model.project import Glossary, Term
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    newest_project,
    read_json,
    refuse_in_words,
    show_campaign,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.follower import Follower
from stopjihad.studio.saver import Conflict, Saver
from stopjihad.studio.sections import SECTIONS
from stopjihad.studio.words import CHANGED, mark_translatable


class WordIn(NamedTuple):
    """Show a term in one language: its forms, the usual one first, and forms that are wrong."""

    tag: str
    name: str
    forms: str
    never: str


class ListedTerm(NamedTuple):
    """Show one term; ``was`` is its name in the file, empty for a new one."""

    was: str
    note: str
    words: tuple[WordIn, ...]


def listed_terms(live: LiveCampaign) -> tuple[ListedTerm, ...]:
    """List the terms of a campaign in the order of the file, each in all its languages."""
    project = newest_project(live)
    glossary: Glossary | None = project.glossary if project else None
    tags = project.campaign.record.languages if project else ()
    terms = glossary.terms if glossary else ()
    return tuple(_listed(term, tags) for term in (*terms, Term(term="")))


def _listed(term: Term, tags: tuple[str, ...]) -> ListedTerm:
    return ListedTerm(
        term.term,
        term.note,
        tuple(
            WordIn(
                tag,
                autonym(tag),
                " | ".join(term.forms.get(tag, ())),
                " | ".join(term.forbidden.get(tag, ())),
            )
            for tag in tags
        ),
    )


@with_live_campaign
def glossary(request: Request, live: LiveCampaign) -> Response:
    """Show the glossary as forms."""
    *terms, fresh = listed_terms(live)
    return show_campaign(
        request, live, "settings-glossary.html", sections=SECTIONS, terms=terms, fresh=fresh
    )


class SentTerm(msgspec.Struct, forbid_unknown_fields=True):
    """One term as the page sends it: a text or a list for each language, in the page's order."""

    was: str
    term: str = ""
    note: str = ""
    tag: list[str] | str = []
    forms: list[str] | str = []
    never: list[str] | str = []
    do: Literal["keep", "remove"] = "keep"


@refuse_in_words
async def change(request: Request, live: LiveCampaign) -> Response:
    """Keep a term, or take one away; the rows of all others stay byte for byte."""
    sent: SentTerm = await read_json(request, SentTerm)
    term = " ".join(sent.term.split())
    if sent.do == "keep" and not term:
        raise RefusedRequest(mark_translatable("Say which word it is."), 422)
    path = f"campaigns/{live.slug}/locale/glossary.csv"
    saver: Saver = request.app.state.saver
    follower: Follower = request.app.state.follower
    if not (live.root / path).is_file():
        await anyio.to_thread.run_sync(saver.create, path, "term,note,forbidden\n")
    saved = saver.load(path)
    text = with_term(saved.text, sent, term)
    with follower.hold_for_saving(live, live.root / path):
        try:
            result = await anyio.to_thread.run_sync(saver.write, path, text, saved.digest)
        except save.ChangedFile:
            raise RefusedRequest(CHANGED, 409) from None
        if isinstance(result, Conflict):
            raise RefusedRequest(CHANGED, 409)
    await follower.read(live)
    return answer_json({})


def with_term(text: str, sent: SentTerm, term: str) -> str:
    """Put a term into the text of a glossary, in the place of its row or at the end.

    Raises:
        RefusedRequest: another row has this name, or the row is gone.
    """
    head, rows = _rows(text)
    at = [number for number, (_, cells) in enumerate(rows) if _name(head, cells) == sent.was]
    place = at[0] if sent.was and at else None
    if sent.was and place is None:
        raise RefusedRequest(CHANGED, 409)
    others = {_name(head, cells) for number, (_, cells) in enumerate(rows) if number != place}
    if sent.do == "keep" and term in others:
        raise RefusedRequest(mark_translatable("There is such a word already."), 409)
    said = dict(
        zip(_list(sent.tag), zip(_list(sent.forms), _list(sent.never), strict=True), strict=True)
    )
    new = [name for name, (forms, _) in said.items() if name not in head and forms.strip()]
    before = rows[place][1] if place is not None else [""] * len(head)
    cells = dict(zip(head, before, strict=True))
    cells |= {"term": term, "note": " ".join(sent.note.split())}
    cells |= {
        name: _cell(forms) for name, (forms, _) in said.items() if name in head or name in new
    }
    kept = [
        one for one in cells.get("forbidden", "").split("|") if one.partition(":")[0] not in said
    ]
    wrong = [f"{name}:{one}" for name, (_, never) in said.items() for one in _forms(never)]
    cells["forbidden"] = "|".join(filter(None, (*kept, *wrong)))
    if new:  # a language that no row had: every row gets a cell more
        end = head.index("forbidden") if "forbidden" in head else len(head)
        head = [*head[:end], *new, *head[end:]]
        rows = [("", [*own[:end], *("" for _ in new), *own[end:]]) for _, own in rows]
    if "forbidden" not in head:
        head = [*head, "forbidden"]
        rows = [("", [*own, ""]) for _, own in rows]
    line = ("", [cells.get(name, "") for name in head])
    if sent.do == "remove":
        rows = [row for number, row in enumerate(rows) if number != place]
    elif place is None:
        rows = [*rows, line]
    else:
        rows[place] = line
    return "".join((_line(head), *(raw or _line(own) for raw, own in rows)))


def _rows(text: str) -> tuple[list[str], list[tuple[str, list[str]]]]:
    """Read the head, and each row as it stands with its cells; empty rows are left out."""
    lines = text.splitlines(keepends=True)
    reader = csv.reader(lines, strict=True)
    found: list[tuple[str, list[str]]] = []
    head: list[str] = []
    start = 0
    try:
        for row in reader:
            raw, start = "".join(lines[start : reader.line_num]), reader.line_num
            if not any(cell.strip() for cell in row):
                continue
            if not head:
                head = [cell.strip() for cell in row]
            else:
                found.append((raw if raw.endswith("\n") else f"{raw}\n", row))
    except csv.Error:
        head = []
    if "term" not in head or any(len(cells) != len(head) for _, cells in found):
        raise RefusedRequest(
            mark_translatable("The glossary cannot be read. Mend its file first."), 409
        )
    return head, found


def _name(head: list[str], cells: list[str]) -> str:
    return cells[head.index("term")].strip()


def _list(sent: list[str] | str) -> list[str]:
    return [sent] if isinstance(sent, str) else sent


def _forms(text: str) -> list[str]:
    return [" ".join(one.split()) for one in text.split("|") if one.strip()]


def _cell(text: str) -> str:
    return "|".join(_forms(text))


def _line(cells: list[str]) -> str:
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerow(cells)
    return stream.getvalue()
