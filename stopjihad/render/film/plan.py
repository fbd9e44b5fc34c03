"""Plan films: of each talking point and language three formats, captions, transcript and poster."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

import msgspec

from stopjihad.model import input_names
from stopjihad.model.options import FILM_FORMATS, VOICE, film_folder
from stopjihad.model.step import Step
from stopjihad.plan.deck import Deck, card_params
from stopjihad.plan.film_story import FIRST
from stopjihad.plan.planner import Offers, PlannedOutput, PlanRequest
from stopjihad.plan.ready_points import SitePlan, ready_points
from stopjihad.view.records import Frame, Text

WORDS = {"srt": "captions.srt", "vtt": "captions.vtt", "txt": "transcript.txt"}
"""What a film says, by ending, and how the file is called."""


def film_frame(frame: Frame) -> Frame:
    """Leave out what no film shows: a change of the menu or of a date makes none anew."""
    return msgspec.structs.replace(
        frame,
        languages=(),
        audiences=(),
        pull_factors=(),
        menu=(),
        pages=(),
        summary=Text("", frame.lang),
        funders=(),
        disclosure=Text("", frame.lang),
        sponsor_url=None,
        corrections_contact="",
        corrections_policy=Text("", frame.lang),
        helplines=(),
        hashtags=(),
        policy="",
        updated=dt.date.min,
        alerts=(),
        unspoken=(),
        alerted=False,
        signing_key="",
    )


def plan_output(asked: PlanRequest, offers: Offers) -> PlannedOutput:
    """Plan films where they will be there, and offer the designs of their scenes to scripts."""
    offers = offers._replace(scenes=scene_designs(asked.deck))
    if not asked.beside.has("films"):
        return PlannedOutput((), offers)
    asked.campaign.inputs.add("encoder", asked.shared.encoder)
    steps = tuple(plan_films(asked.campaign, asked.deck, asked.shared.voices))
    voices = frozenset(asked.shared.voices)
    return PlannedOutput(steps, offers._replace(films=FILM_FORMATS, voices=voices))


def scene_designs(deck: Deck) -> tuple[str, ...]:
    """Name the designs of the scenes of films."""
    return tuple(name for name, layout in deck.designs.items() if layout.subject == "slide")


def plan_films(plan: SitePlan, deck: Deck, voices: Mapping[str, bytes]) -> Iterator[Step]:
    """Plan the films of a campaign.

    Args:
        plan: the campaign and its inputs; ``encoder`` is one of them.
        voices: recorded voices by ``<language>/<talking point>``; they are added to the inputs.
    """
    frames = {lang: film_frame(frame) for lang, frame in plan.frames.items()}
    for edition, point, inputs in ready_points(plan):
        folder = f"site/{film_folder(edition.lang, point.id)}"
        shown = {"design": FIRST, "lang": edition.lang, **card_params(point, deck)}
        for name in ("photo", "focus"):
            shown.pop(name, None)
        needed = {*inputs, "fonts", *map(input_names.design, scene_designs(deck))}
        needed.remove(input_names.frame(edition.lang))
        needed.add(plan.inputs.add(input_names.film_frame(edition.lang), frames[edition.lang]))
        if "drawing" in shown:
            needed.add(input_names.drawing(shown["drawing"]))
        if deck.logo:
            needed.add("logo")
        for form in FILM_FORMATS:
            params = tuple(sorted({**shown, "format": form}.items()))
            yield Step(f"{folder}/{form}.png", "film-poster", tuple(sorted(needed)), params)
        voice = voices.get(f"{edition.lang}/{point.id}")
        if voice is not None:
            name = plan.inputs.add(input_names.voice(edition.lang, point.id), voice)
            needed.add(name)
            yield Step(f"{folder}/{VOICE}", "film-sound", ("encoder", name))
        filmed = tuple(sorted({*needed, "encoder"}))
        for form in FILM_FORMATS:
            params = tuple(sorted({**shown, "format": form}.items()))
            yield Step(f"{folder}/{form}.mp4", "film", filmed, params)
        for end, file in WORDS.items():
            told = {**shown, "format": FILM_FORMATS[0], "words": end}
            yield Step(f"{folder}/{file}", "film-words", filmed, tuple(sorted(told.items())))
