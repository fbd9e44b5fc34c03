"""Make a film of a talking point from its story: picture, sound, captions and transcript."""

from __future__ import annotations

from stopjihad.draw.card import Card
from stopjihad.draw.job import CardJob
from stopjihad.draw.problems import set_checked_card
from stopjihad.plan.film_story import FilmJob, FilmStory, role_of, tell
from stopjihad.problem import Problem
from stopjihad.render.film import captions
from stopjihad.render.film.card_sheet import CardSheet, draw_behind, draw_still, sheet_of
from stopjihad.render.film.counter import count_up, grow_number
from stopjihad.render.film.encoder import SILENT, Track, decode_sound, encode, encode_sound
from stopjihad.render.film.motion import Entry, Shot, play
from stopjihad.render.film.reveal import reveal_card
from stopjihad.render.film.sound import make_bed
from stopjihad.view import tempo
from stopjihad.view.slides import Role
from stopjihad.view.tempo import RATE

ENTRIES: dict[Role, Entry] = {
    "fact": "cut",
    "claim": "push",
    "trick": "fade",
    "evidence": "fade",
    "figure": "push",
    "chart": "fade",
    "todo": "push",
    "help": "fade",
}

WHOLE_SCENES: frozenset[Role] = frozenset({"claim", "chart"})
"""Scenes that come whole."""


def make_film(job: FilmJob) -> bytes | tuple[Problem, ...]:
    """Make a film.

    Returns:
        An MP4 file, the same bytes for the same job and libraries; or what is wrong: the problems
        of its cards, and those of ``length_problems``.

    Raises:
        ValueError: the voice cannot be decoded.
    """
    track = _track(job)
    told = tell(job, track.seconds)
    drawn = draw_shots(told)
    if isinstance(drawn[0], Problem):
        return tuple(one for one in drawn if isinstance(one, Problem))
    shots = [one for one in drawn if isinstance(one, Shot)]
    if not track.samples:
        first = job.scenes[0]
        grave = first.tone == "grave"
        track = make_bed(sum(told.frames), RATE, first.subject.id, grave=grave)
    return encode(play(shots, mirrored=job.scenes[0].frame.direction == "rtl"), track)


def tell_job(job: FilmJob) -> FilmStory:
    """Say what a film says and when, as long as its voice lasts.

    Raises:
        ValueError: the voice cannot be decoded.
    """
    return tell(job, _track(job).seconds)


def _track(job: FilmJob) -> Track:
    return decode_sound(job.voice) if job.voice else SILENT


def draw_shots(told: FilmStory) -> tuple[Shot | Problem, ...]:
    """Draw the scenes of a film; gives shots alone, or problems alone."""
    shots: list[Shot] = []
    problems = list(length_problems(told))
    entries = [ENTRIES[role_of(scene)] for scene in told.scenes]
    for at, (scene, frames) in enumerate(zip(told.scenes, told.frames, strict=True)):
        card = set_checked_card(scene)
        if not isinstance(card, Card):
            problems += card
            continue
        sheet = sheet_of(card)
        behind = draw_behind(card) if "fade" in entries[at : at + 2] else None
        shot = Shot(draw_still(card, sheet), frames, entries[at], ground=behind)
        moved = 0 if entries[at] == "cut" else tempo.TRANSITION
        shots.append(_with_changes(shot, scene, sheet, moved))
    return tuple(problems) or tuple(shots)


def _with_changes(shot: Shot, scene: CardJob, sheet: CardSheet | None, moved: int) -> Shot:
    """Say how a shot changes: lines, a number, a drawing; ``moved`` frames are its entry.

    A claim comes whole, with its flag and its answer: no picture of the film shows it alone.
    """
    role = role_of(scene)
    if role in WHOLE_SCENES or sheet is None:
        return shot
    if role == "figure" and scene.slide and scene.slide.figure:
        counting = count_up(scene, sheet, scene.slide.figure)
        if counting is not None:
            return grow_number(shot, counting, moved)
    first, changes = reveal_card(sheet, moved, shot.frames, enters=not moved)
    return shot._replace(first=first, changes=changes)


def length_problems(told: FilmStory) -> tuple[Problem, ...]:
    """Find a film that is too long: ``film-too-long``."""
    most = tempo.VOICED if told.voiced else tempo.MOST
    if sum(told.frames) <= most:
        return ()
    job = told.scenes[0]
    seconds = sum(told.frames) / RATE
    return (
        Problem(
            code="film-too-long",
            message=f"{job.subject.id}, {job.frame.lang}: the film would last {seconds:.0f} s, "
            f"{round(most / RATE)} s at most",
            hint="shorten the texts, or record the voice faster",
        ),
    )


def srt(job: FilmJob) -> str:
    """Write the captions of a film as SubRip."""
    return captions.srt(captions.cues(tell_job(job).timed_scenes), job.lang)


def vtt(job: FilmJob) -> str:
    """Write the captions of a film as WebVTT."""
    return captions.vtt(captions.cues(tell_job(job).timed_scenes), job.lang)


def transcript(job: FilmJob) -> str:
    """Write what a film says, and where more of it is."""
    told = tell_job(job)
    paragraphs = [
        (" ".join(filter(None, both)), frames)
        for *both, frames in zip(told.words, told.sources, told.frames, strict=True)
    ]
    return f"{captions.transcript(paragraphs)}\n{job.scenes[0].link}\n"


def sound(voice: bytes) -> bytes:
    """Give a recorded voice as it is sent through messengers: Opus in Ogg.

    Raises:
        ValueError: it cannot be decoded.
    """
    return encode_sound(decode_sound(voice))
