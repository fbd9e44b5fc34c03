"""Turn the steps of films and their decoded inputs into films, captions, transcripts and sound."""

from __future__ import annotations

from stopjihad.draw import make_card
from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.plan.card_jobs import card_job
from stopjihad.plan.decoded import StepInputs
from stopjihad.plan.film_story import FilmJob, film_scenes, first_scene
from stopjihad.problem import Problem
from stopjihad.render.film import film
from stopjihad.view.records import PointView


def film_job(step: Step, decoded: StepInputs) -> FilmJob:
    """Collect all that decides a film.

    Args:
        step: its params are those of a card of the first scene's design.
    """
    lang = dict(step.params)["lang"]
    decoded = decoded.standing_in(input_names.film_frame(lang), input_names.frame(lang))
    first = card_job(step, decoded)
    assert isinstance(first.subject, PointView)
    voice = input_names.voice(lang, first.subject.id)
    return FilmJob(
        scenes=film_scenes(first, decoded),
        voice=decoded.raw(voice) if voice in step.inputs else b"",
    )


def render_poster(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Draw the poster of a film: its first scene.

    Args:
        step: its params are those of a card of the first scene's design.
    """
    lang = dict(step.params)["lang"]
    frame = input_names.film_frame(lang)
    decoded = decoded.standing_in(frame, input_names.frame(lang))
    return make_card(first_scene(card_job(step, decoded)))


def render_film(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Make one film: an MP4 file, or what is wrong.

    Args:
        step: its params name talking point, language and format.

    Returns:
        The bytes, or problems.
    """
    try:
        return film.make_film(film_job(step, decoded))
    except ValueError as error:
        return (_unheard(step, error),)


_WORDS = {"srt": film.srt, "vtt": film.vtt, "txt": film.transcript}


def render_words(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Write what a film says.

    Args:
        step: its param ``words`` is the ending of the file: srt, vtt or txt.

    Returns:
        UTF-8 text with line feeds, or problems.
    """
    write = _WORDS[dict(step.params)["words"]]
    try:
        return write(film_job(step, decoded)).encode()
    except ValueError as error:
        return (_unheard(step, error),)


def render_sound(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Give the voice of a film alone."""
    voice = next(name for name in step.inputs if input_names.kind_of(name) == "voice")
    try:
        return film.sound(decoded.raw(voice))
    except ValueError as error:
        return (_unheard(step, error),)


def _unheard(step: Step, error: ValueError) -> Problem:
    *_, lang, point, _ = step.output.split("/")
    return Problem(
        path=f"media/voice/{lang}/{point}",
        code="film-voice",
        message=f"the voice cannot be decoded: {error}",
        hint="record it again as FLAC, mono, 48 kHz",
    )
