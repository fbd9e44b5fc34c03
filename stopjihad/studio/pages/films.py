"""Films in the gallery: made when somebody plays them, in a process of their own."""

from __future__ import annotations

import re
import threading

from msgspec.structs import replace
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.build.film import FilmChoice, film_batch, film_plan
from stopjihad.build.work.processes import processes
from stopjihad.build.work.worker import run_batch
from stopjihad.model.request import FILM_FORMATS
from stopjihad.problem import ProblemsFound
from stopjihad.studio.frame import live_of, missing, refuse
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.own_files import media_type

FILM = "film"
"""What the gallery calls films beside the designs of cards."""

_RANGE = re.compile(r"bytes=(\d{1,12})-(\d{0,12})")

_ONE = threading.Lock()
"""One film at a time: each takes a core for some seconds and 250 MiB."""


def film_file(live: LiveCampaign, choice: FilmChoice, name: str) -> bytes | None:
    """Make a film, or a file that belongs to it; what was made before comes from the store.

    Args:
        choice: which film.
        name: of the file, such as ``captions.vtt``.

    Returns:
        Its bytes; None where there is no such file.

    Raises:
        ProblemsFound: as for ``build.film.make_film``.
    """
    newest = live.state.newest
    # What is wrong elsewhere in the campaign is no reason not to look at a film.
    found = replace(newest.found if newest else live.state.found, problems=())
    plan = live.get_or_make(
        f"film-plan {choice}", lambda: live.alone(lambda: film_plan(found, live.root, choice))
    )
    step = next((one for one in plan.steps if one.output.endswith(f"/{name}")), None)
    if step is None:
        return None
    batch = film_batch(plan, step, live.root)
    if step.kind == "film":
        with _ONE, processes(1) as executor:
            (outcome,) = executor.submit(run_batch, batch).result()
    else:
        (outcome,) = live.alone(lambda: run_batch(batch))
    if outcome.problems:
        raise ProblemsFound(outcome.problems)
    return outcome.data


def film(request: Request) -> Response:
    """Show a film or a file that belongs to it: every part of its name is looked up."""
    live = live_of(request)
    path = request.path_params
    form, _, name = path["name"].partition("-")
    if live is None or form not in FILM_FORMATS:
        return missing(request)
    choice = FilmChoice(point=path["subject"], language=path["language"], format=form)
    try:
        data = film_file(live, choice, name or f"{form}.mp4")
    except ProblemsFound as found:
        return refuse(" ".join(f"{one.message}. {one.hint}" for one in found.problems), 404)
    if data is None:
        return missing(request)
    return part_of(data, request.headers.get("range", ""), media_type(name or f"{form}.mp4"))


def part_of(data: bytes, wanted: str, kind: str) -> Response:
    """Answer with a file, or with the part of it that a player asks for (RFC 9110, section 14).

    Args:
        data: the whole file.
        wanted: value of the header ``Range``; what is not one range of bytes is passed over.
        kind: media type.

    Returns:
        The answer.
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
