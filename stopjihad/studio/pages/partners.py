"""Partners: who gets a kit of their own, a form for a new one, and their kit, looked at first."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.build.kit import CarriedFiles, make_kits
from stopjihad.build.request import Request as BuildRequest
from stopjihad.catalog.languages import autonym, country_name
from stopjihad.disk.program import code_digest
from stopjihad.model.partner import Partner
from stopjihad.model.project import Document, Project
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.kit_signature import sign_kits
from stopjihad.render.kit.zip_file import names_in
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_missing,
    download,
    language_choices,
    newest_project,
    read_json,
    refuse_in_words,
    show_campaign,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.document import create_file, require_id
from stopjihad.studio.pages.settings import interface_of
from stopjihad.studio.sections import BY_ID, SECTIONS
from stopjihad.studio.words import mark_translatable
from stopjihad.text.yaml.tree import Value
from stopjihad.text.yaml.write import block

SECTION = BY_ID["partners"]

KINDS = {
    "club": mark_translatable("a club"),
    "school": mark_translatable("a school"),
    "faith": mark_translatable("a religious community"),
    "ngo": mark_translatable("an organisation"),
    "health": mark_translatable("a health service"),
    "government": mark_translatable("an office of the state"),
    "company": mark_translatable("a company"),
    "other": mark_translatable("somebody else"),
}


class NewPartner(msgspec.Struct, forbid_unknown_fields=True):
    """What the form of a new partner sends; who pays stands in one line, with commas between."""

    id: str
    name: str
    kind: str
    funded_by: str
    country: str
    contact: str
    known_by: str
    languages: str | list[str] = ""
    adults: str = ""


class ListedPartner(NamedTuple):
    """A partner in the list, and how many errors their file has."""

    record: Partner
    errors: int


class OfferedKit(NamedTuple):
    """What a zip holds: bytes, and how many files in each of its folders."""

    name: str
    size: int
    folders: tuple[tuple[str, int], ...]


@with_live_campaign
def partners(request: Request, live: LiveCampaign) -> Response:
    """List the partners, and offer a form for a new one."""
    errors = Counter(one.path for one in live.problems() if one.severity == "error")
    listed = [ListedPartner(one.record, errors[one.path]) for one in _partners(live)]
    return _show(request, live, partners=listed, partner=None)


@with_live_campaign
def partner(request: Request, live: LiveCampaign) -> Response:
    """Show a partner; their kit is put together where that is asked for."""
    found = _find(live, request.path_params["id"])
    if found is None:
        return answer_missing(request)
    offered: list[OfferedKit] = []
    left_out: tuple[Problem, ...] = ()
    problems: tuple[Problem, ...] = ()
    if request.query_params.get("kit"):
        try:
            made = _kits(live, found.record.id)
            offered = [_offer(name, data) for name, data in made.files.items()]
            left_out = made.left_out
        except ProblemsFound as stopped:
            problems = stopped.problems
    return _show(
        request,
        live,
        partner=found.record,
        country=country_name(found.record.country, interface_of(request)),
        spoken=[(tag, autonym(tag)) for tag in found.record.languages],
        offered=offered,
        left_out=left_out,
        stopped=problems,
    )


@with_live_campaign
def take(request: Request, live: LiveCampaign) -> Response:
    """Give a kit away."""
    found = _find(live, request.path_params["id"])
    try:
        kits = _kits(live, found.record.id).files if found else {}
    except ProblemsFound as stopped:
        return show_campaign(request, live, "problems.html", 422, problems=stopped.problems)
    name = request.path_params["name"]
    return download(kits[name], name) if name in kits else answer_missing(request)


@refuse_in_words
async def create(request: Request, live: LiveCampaign) -> Response:
    """Write the file of a new partner."""
    sent: NewPartner = await read_json(request, NewPartner)
    require_id(sent.id)
    tags = [sent.languages] if isinstance(sent.languages, str) else sent.languages
    fields: dict[str, Value] = {
        "name": _line(sent.name),
        "kind": sent.kind,
        "funded_by": [one for one in map(_line, sent.funded_by.split(",")) if one],
        "languages": [tag for tag in tags if tag],
        "country": sent.country.strip().upper(),
        "contact": _line(sent.contact),
        "known_by": _line(sent.known_by),
        "adults": "true" if sent.adults else "false",
    }
    try:
        msgspec.convert({**fields, "id": sent.id, "adults": bool(sent.adults)}, Partner)
    except msgspec.ValidationError:
        raise RefusedRequest(UNFIT, 422) from None
    text = "\n".join((*block(fields, 0), ""))
    place, address = f"partners/{sent.id}.yaml", f"campaign/partners/{sent.id}"
    answer = await create_file(request, live, place, text, address)
    await request.app.state.follower.read(live)  # the list is that of the whole campaign
    return answer


UNFIT = mark_translatable("Fill everything in; a country is two capitals, such as FR.")


def _line(text: str) -> str:
    return " ".join(text.split())


def _partners(live: LiveCampaign) -> tuple[Document[Partner], ...]:
    project: Project | None = newest_project(live)
    return project.partners if project else ()


def _find(live: LiveCampaign, name: str) -> Document[Partner] | None:
    return next((one for one in _partners(live) if one.record.id == name), None)


def _kits(live: LiveCampaign, name: str) -> CarriedFiles:
    """Make the kits of a partner once while the campaign stays as it is."""

    def make() -> CarriedFiles:
        asked = BuildRequest(out=live.root / "dist", today=live.today(), code=code_digest())
        made = make_kits(live.root, live.slug, name, asked)
        return CarriedFiles(sign_kits(live.root, live.slug, made), made.left_out)

    return live.get_or_make(f"kit/{name}", make)


def _offer(name: str, data: bytes) -> OfferedKit:
    folders = Counter(path.rpartition("/")[0] for path in names_in(data))
    return OfferedKit(name, len(data), tuple(sorted(folders.items())))


def _show(request: Request, live: LiveCampaign, **values: Any) -> Response:
    return show_campaign(
        request,
        live,
        "partners.html",
        section=SECTION,
        sections=SECTIONS,
        kinds=KINDS,
        languages=language_choices(live),
        **values,
    )
