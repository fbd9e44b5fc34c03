"""Make the film of one talking point outside a build: the same steps, keys and store."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from stopjihad.build.campaign import make_campaign_plan
from stopjihad.build.check.survey import CheckedCampaign, as_draft, survey, with_encoder, with_fonts
from stopjihad.build.request import RENDER, Progress, quiet
from stopjihad.build.work.batch import Batch, run_batch
from stopjihad.build.work.keys import step_key, versions
from stopjihad.disk import PRIVATE
from stopjihad.disk.program import code_digest
from stopjihad.model.options import Options, film_folder
from stopjihad.model.step import Plan, Step
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.kinds import COSTLY


class FilmChoice(msgspec.Struct, frozen=True, kw_only=True):
    """Say which film is wanted: talking point by id, language (empty for the source), format."""

    point: str
    language: str = ""
    format: str = "story"


def film_plan(found: CheckedCampaign, root: Path, choice: FilmChoice) -> Plan:
    """Plan one film, with what belongs to it.

    Returns:
        The steps of the film, its poster, captions, transcript, and sound where it has a voice.

    Raises:
        ProblemsFound: ``film-extra`` where no encoder is there; the campaign has errors;
            ``unknown-film``: there is no such talking point, or it is not whole in the language.
        UnknownLanguage: as in ``make_campaign_plan``.
    """
    if found.project is None:
        raise ProblemsFound(found.errors)
    lang = choice.language or found.project.campaign.record.source_language
    options = Options(only=("films",), languages=(lang,))
    ready = with_encoder(with_fonts(found, root, options), needed=True)
    plan = make_campaign_plan(ready, options)
    folder = f"site/{film_folder(lang, choice.point)}/"
    steps = tuple(
        step
        for step in plan.steps
        if step.output.startswith(folder)
        and (step.kind not in {"film", "film-poster"} or f"/{choice.format}." in step.output)
    )
    if not steps:
        raise ProblemsFound((_unknown(found, choice, lang),))
    return Plan(plan.campaign, steps, plan.inputs)


def make_film(
    root: Path, slug: str, choice: FilmChoice, today: dt.date, progress: Progress = quiet
) -> dict[str, bytes]:
    """Make one film; what was made before comes from the store.

    Args:
        today: day on which helplines must be fresh.
        progress: called with files made and to be made.

    Returns:
        Name of each file to its bytes: ``<format>.mp4``, ``<format>.png``, ``captions.srt``,
        ``captions.vtt``, ``transcript.txt``, and ``voice.opus`` where there is a voice.

    Raises:
        ProblemsFound: as for ``film_plan``, or the film's own problems.
        UnknownLanguage: as for ``film_plan``.
    """
    plan = film_plan(as_draft(survey(root, slug, today)), root, choice)
    made: dict[str, bytes] = {}
    progress(0, len(plan.steps))
    for step in sorted(plan.steps, key=lambda one: one.kind == "film"):
        (outcome,) = run_batch(film_batch(plan, step, root))
        if outcome.problems or outcome.data is None:
            raise ProblemsFound(outcome.problems)
        made[step.output.rpartition("/")[2]] = outcome.data
        progress(len(made), len(plan.steps))
    return made


def film_batch(plan: Plan, step: Step, root: Path) -> Batch:
    """Make one step of a film ready to be run, here or in another process.

    Returns:
        The batch; it gives the bytes back.
    """
    inputs = {name: plan.inputs[name] for name in step.inputs}
    key = step_key(step, plan.inputs, versions(code_digest()))
    store = str(root / PRIVATE / "store")
    return Batch(RENDER, (step,), (key,), inputs, "", store, COSTLY, "film")


def _unknown(found: CheckedCampaign, choice: FilmChoice, lang: str) -> Problem:
    assert found.project is not None
    known = [document.record.id for document in found.project.points]
    if choice.point in known:
        message = f"'{choice.point}' is not whole in '{lang}', or too little known to be spread"
        hint = "translate it first; rule AMP01 says what is not spread"
    else:
        message, hint = (
            f"there is no talking point '{choice.point}'",
            f"there are: {', '.join(known)}",
        )
    return Problem(code="unknown-film", message=message, hint=hint)
