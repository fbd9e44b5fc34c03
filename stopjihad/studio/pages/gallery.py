"""All cards and films of a campaign: every design, format and language, made when looked at."""

from __future__ import annotations

import re
import threading
import zipfile
from collections.abc import Iterator
from typing import NamedTuple

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.build.cards import CardChoice
from stopjihad.build.cards import CardStudio as CardMaker
from stopjihad.build.film import FilmChoice, film_batch, film_plan
from stopjihad.build.work.batch import run_batch
from stopjihad.build.work.processes import processes
from stopjihad.catalog import terms
from stopjihad.catalog.formats import FORMATS
from stopjihad.catalog.languages import autonym
from stopjihad.catalog.layout import Layout, file_ending
from stopjihad.model.options import FILM_FORMATS
from stopjihad.model.point import Point
from stopjihad.model.project import Project
from stopjihad.problem import ProblemsFound
from stopjihad.studio.answers import (
    answer_missing,
    download_all,
    newest_project,
    problem_words,
    refuse,
    show_campaign,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.templates import media_type
from stopjihad.studio.words import Choice, Say, mark_translatable
from stopjihad.view.designs import suits
from stopjihad.view.helplines import chosen
from stopjihad.view.slides import FORMAT as SLIDE_FORMAT
from stopjihad.view.source_segments import point_segments, stood_in

FILM, SLIDES = "film", "slides"
"""What the gallery calls films and carousels beside the designs of cards."""

DESIGNS = {
    "fact": mark_translatable("Fact"),
    "figure": mark_translatable("Big number"),
    "question": mark_translatable("Question"),
    "steps": mark_translatable("What to do"),
    "claim-and-fact": mark_translatable("Claim and fact"),
    "quote": mark_translatable("Quotation"),
    "chart": mark_translatable("Chart"),
    "help": mark_translatable("Help"),
    SLIDES: mark_translatable("Slides"),
    FILM: mark_translatable("Film"),
    "photo": mark_translatable("Photo"),
    "poster": mark_translatable("Poster"),
}
"""Designs that come with the program, and what they are called; others go by their file name."""


class GalleryQuery(NamedTuple):
    """Say which cards are looked at; an empty language means all."""

    design: str
    format: str
    language: str


class GalleryTile(NamedTuple):
    """Show one picture; ``address`` is where it is drawn, ``name`` its name in an archive.

    ``output`` is the path of a slide, empty for a card, which is drawn of its subject; ``film`` is
    the address of the film whose poster the card is; empty for a card alone.
    """

    address: str
    name: str
    subject: str
    words: str
    language: str
    width: int
    height: int
    film: str = ""
    output: str = ""


class Gallery(NamedTuple):
    """What the gallery shows, and what can be chosen."""

    wanted: GalleryQuery
    tiles: tuple[GalleryTile, ...]
    designs: tuple[Choice, ...]
    formats: tuple[Choice, ...]
    languages: tuple[Choice, ...]


def make_gallery(live: LiveCampaign, wanted: GalleryQuery, say: Say, term: Say) -> Gallery | None:
    """List cards.

    Args:
        wanted: which; unknown names give the first of their kind.

    Returns:
        The gallery, or None when the campaign cannot be read.
    """
    project: Project | None = newest_project(live)
    if project is None:
        return None
    layouts: dict[str, Layout] = live.state.found.shared.designs
    cards = [name for name, one in layouts.items() if one.subject in ("point", "helpline")]
    designs = (*cards, SLIDES, FILM)
    formats = {FILM: FILM_FORMATS, SLIDES: (SLIDE_FORMAT,)}.get(wanted.design, tuple(FORMATS))
    campaign = project.campaign.record
    chosen = GalleryQuery(
        wanted.design if wanted.design in designs else "fact",
        wanted.format if wanted.format in formats else formats[0],
        wanted.language
        if wanted.language in {"all", *campaign.languages}
        else campaign.source_language,
    )
    return Gallery(
        wanted=chosen,
        tiles=tuple(_tiles(live, project, chosen)),
        designs=tuple(Choice(name, say(DESIGNS.get(name, name))) for name in designs),
        formats=tuple(Choice(name, term(terms.FORMATS[name].name)) for name in formats),
        languages=tuple(Choice(tag, autonym(tag)) for tag in campaign.languages),
    )


def draw(live: LiveCampaign, choice: CardChoice) -> bytes:
    """Draw a card, each once as long as the campaign stays as it is.

    Raises:
        ProblemsFound: there is no such card, or it cannot be drawn.
    """
    made: bytes = live.get_or_make(
        f"card {choice}", lambda: live.render_alone(lambda: _maker(live).picture(choice))
    )
    return made


def pictures(
    live: LiveCampaign, tiles: tuple[GalleryTile, ...], wanted: GalleryQuery
) -> Iterator[tuple[str, bytes]]:
    """Draw what tiles show.

    Yields:
        Name and bytes of each; cards that cannot be drawn are left out.
    """
    for tile in tiles:
        data = _picture(live, tile, wanted)
        if data is not None:
            yield tile.name, data


def _picture(live: LiveCampaign, tile: GalleryTile, wanted: GalleryQuery) -> bytes | None:
    """Draw what a tile shows; None where it cannot be drawn."""
    if tile.output:
        served = live.serve(tile.output, newest=True)
        return served.data if served else None
    choice = CardChoice(
        subject=tile.subject, language=tile.language, format=wanted.format, design=wanted.design
    )
    try:
        return draw(live, choice)
    except ProblemsFound:
        return None


def _maker(live: LiveCampaign) -> CardMaker:
    def make() -> CardMaker:
        newest = live.state.newest
        found = newest.found if newest else live.state.found
        # What is wrong elsewhere in the campaign is no reason not to look at a card.
        return CardMaker(replace(found, problems=()), live.root)

    return live.get_or_make("card-maker", make)


def _tiles(live: LiveCampaign, project: Project, wanted: GalleryQuery) -> Iterator[GalleryTile]:
    if wanted.design == SLIDES:
        yield from _slides(live, project, wanted)
        return
    filmed = wanted.design == FILM
    design = "fact" if filmed else wanted.design
    layout: Layout = live.state.found.shared.designs[design]
    campaign = project.campaign.record
    tags = campaign.languages if wanted.language == "all" else (wanted.language,)
    shape = FORMATS[wanted.format]
    suffix = file_ending(layout)
    for tag in tags:
        for subject, words in _subjects(project, layout, tag):
            film = f"/film/{live.slug}/{tag}/{subject}/{wanted.format}" if filmed else ""
            yield GalleryTile(
                film=film,
                address=f"/card/{live.slug}/{design}/{tag}/{subject}/{wanted.format}",
                name=f"{tag}/{subject}-{wanted.design}-{wanted.format}.{suffix}",
                subject=subject,
                words=words,
                language=tag,
                width=shape.width,
                height=shape.height,
            )


def _slides(live: LiveCampaign, project: Project, wanted: GalleryQuery) -> Iterator[GalleryTile]:
    """Name the slides that a build would make, carousel by carousel."""
    steps = live.newest_steps
    facts = {one.record.id: one.record.fact for one in project.points}
    shape = FORMATS[SLIDE_FORMAT]
    for output, step in steps.items():
        params = dict(step.params) if step.kind == "slide" else {}
        lang = params.get("lang", "")
        if not params or wanted.language not in ("all", lang):
            continue
        number = output.rpartition("/")[2].partition(".")[0]
        yield GalleryTile(
            address=f"/try/{live.slug}/{output}",
            name=f"{lang}/{params['id']}-{number}.png",
            subject=params["id"],
            words=f"{number} · {facts.get(params['id'], '')}",
            language=lang,
            width=shape.width,
            height=shape.height,
            output=output,
        )


def _subjects(project: Project, layout: Layout, tag: str) -> Iterator[tuple[str, str]]:
    """Name what a design is made from: helplines, or talking points that suit it."""
    if layout.subject == "helpline":
        lines = project.all_helplines
        for line in chosen(project.campaign.record, lines, tag):
            yield line.id, line.name
        return
    for document in project.points:
        point = document.record
        if _is_whole(project, point, tag) and suits(layout, point):
            yield point.id, point.fact


def _is_whole(project: Project, point: Point, tag: str) -> bool:
    if tag == project.campaign.record.source_language:
        return True
    file = project.translation(tag)
    current = {(m.context, m.source) for m in file.messages if not m.stale} if file else set()
    return all(
        (context, text) in current or stood_in(context) for context, text in point_segments(point)
    )


@with_live_campaign
def gallery(request: Request, live: LiveCampaign) -> Response:
    """Show all cards of a design, a format and a language."""
    asked = request.query_params
    say, term = speakers(request, live)
    wanted = GalleryQuery(*(asked.get(name, "") for name in GalleryQuery._fields))
    found = make_gallery(live, wanted, say, term)
    if found is not None and "zip" in asked and found.wanted.design != FILM:
        name = f"{live.slug}-{found.wanted.design}-{found.wanted.format}.zip"
        packed = pictures(live, found.tiles, found.wanted)
        return download_all(packed, name, zipfile.ZIP_STORED)
    return show_campaign(request, live, "gallery.html", gallery=found, query=request.url.query)


@with_live_campaign
def card(request: Request, live: LiveCampaign) -> Response:
    """Draw one card: every part of its name is looked up."""
    path = request.path_params
    choice = CardChoice(
        subject=path["subject"],
        language=path["language"],
        format=path["format"],
        design=path["design"],
        debug="lines" in request.query_params,
    )
    try:
        data = draw(live, choice)
    except ProblemsFound as found:
        return refuse(problem_words(request, found.problems), 404)
    kind = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return Response(data, headers={"content-type": kind})


_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")

_ONE = threading.Lock()
"""One film at a time: each takes a core for some seconds and 250 MiB."""


def film_file(live: LiveCampaign, choice: FilmChoice, name: str) -> bytes | None:
    """Make a film, or a file that belongs to it; what was made before comes from the store.

    Returns:
        Its bytes; None where there is no such file.

    Raises:
        ProblemsFound: as for ``build.film.make_film``.
    """
    newest = live.state.newest
    # What is wrong elsewhere in the campaign is no reason not to look at a film.
    found = replace(newest.found if newest else live.state.found, problems=())
    plan = live.get_or_make(
        f"film-plan {choice}",
        lambda: live.render_alone(lambda: film_plan(found, live.root, choice)),
    )
    step = next((one for one in plan.steps if one.output.endswith(f"/{name}")), None)
    if step is None:
        return None
    batch = film_batch(plan, step, live.root)
    if step.kind == "film":
        with _ONE, processes(1) as workers:
            (outcome,) = workers.executor.submit(run_batch, batch).result()
    else:
        (outcome,) = live.render_alone(lambda: run_batch(batch))
    if outcome.problems:
        raise ProblemsFound(outcome.problems)
    return outcome.data


@with_live_campaign
def film(request: Request, live: LiveCampaign) -> Response:
    """Show a film or a file that belongs to it: every part of its name is looked up."""
    path = request.path_params
    form, _, name = path["name"].partition("-")
    if form not in FILM_FORMATS:
        return answer_missing(request)
    choice = FilmChoice(point=path["subject"], language=path["language"], format=form)
    try:
        data = film_file(live, choice, name or f"{form}.mp4")
    except ProblemsFound as found:
        return refuse(problem_words(request, found.problems), 404)
    if data is None:
        return answer_missing(request)
    return part_of(data, request.headers.get("range", ""), media_type(name or f"{form}.mp4"))


def part_of(data: bytes, wanted: str, kind: str) -> Response:
    """Answer with a file, or with the part of it that a player asks for (RFC 9110, section 14).

    Args:
        wanted: value of the header ``Range``; what is not one range of bytes is passed over.
    """
    headers = {"content-type": kind, "accept-ranges": "bytes"}
    asked = _RANGE.fullmatch(wanted.strip())
    if asked is None:
        return Response(data, headers=headers)
    first = int(asked[1])
    last = min(int(asked[2] or len(data)), len(data) - 1)
    if first > last:
        return Response(status_code=416, headers={"content-range": f"bytes */{len(data)}"})
    headers["content-range"] = f"bytes {first}-{last}/{len(data)}"
    return Response(data[first : last + 1], 206, headers)
