"""Tell what a film of a talking point says: which scenes, how long each stands, which words."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import msgspec

from stopjihad.draw.alt import alt_parts, contact_aloud
from stopjihad.draw.job import CardJob
from stopjihad.model import input_names
from stopjihad.plan.card_jobs import worded_job
from stopjihad.plan.decoded import StepInputs
from stopjihad.text.language.typography import ascii_digits
from stopjihad.view import tempo
from stopjihad.view.records import FilmScene, PointView
from stopjihad.view.slides import Role, Slide, slides, staying_slide
from stopjihad.view.tempo import movement

FIRST = "film-fact"
"""Design of the first scene, whose picture is the poster of the film."""

DESIGNS = {"slide-help": "film-help", "slide-steps": "film-step"}
"""Designs of scenes that a film sets larger than a carousel does."""

ORDER: tuple[Role, ...] = (
    "fact", "claim", "trick", "evidence", "figure", "chart", "todo", "help",
)  # fmt: skip
"""Scenes of a film in the order that the message rules fix; of each the first slide. The evidence
is what authors marked to stay whatever is cut; where a figure carries it, it is not said twice."""

SHORTER: tuple[dict[Role, int], ...] = (
    {},
    {"chart": 0},
    {"chart": 0, "todo": 2},
    {"chart": 0, "todo": 2, "trick": 0},
    {"chart": 0, "todo": 2, "trick": 0, "figure": 0},
    {"chart": 0, "todo": 0, "trick": 0},
    {"chart": 0, "todo": 0, "trick": 0, "figure": 0},
    {"chart": 0, "trick": 0, "claim": 0},
    {"chart": 0, "todo": 2, "trick": 0, "claim": 0},
    {"chart": 0, "todo": 0, "trick": 0, "claim": 0},
    {"chart": 0, "todo": 1, "trick": 0, "claim": 0, "figure": 0},
    {"chart": 0, "todo": 0, "trick": 0, "claim": 0, "figure": 0},
)
"""What is left out of a film that would be longer than people watch: all but two steps of what to
do, and scenes left out (0), tried in turn. What is claimed never stands without the fact and the
warning: both are on its own slide, and go with it. Where it is left out, so is a number that the
fact says already. At last one step alone is left, and it may take a film to ``tempo.WITH_STEP``:
readers of films without one missed it more than they minded five seconds."""

UNREAD = frozenset({"source", "figure.source", "chart.source", "sources", "link"})
"""What stands on the picture for those who want to check it, and is not read out."""

LAST_ONLY = frozenset({"contact", "word.help"})
"""What every card shows and a film says once, at its end."""

NAMED = "sponsor"
"""A film's last scene names who publishes it, whatever that picture says of it. It stands on every
picture from the first on: nobody needs time at the end to read it, nor a caption."""

SEEN = frozenset({"line", NAMED})
"""What captions and voices leave to the picture: the line, which the fact says whole, and who
publishes the film, though a voice does say that."""


class FilmJob(msgspec.Struct, frozen=True, kw_only=True):
    """All that decides a film.

    Attributes:
        scenes: the cards, in order; the first is the poster.
        voice: a recorded voice that reads the words of the scenes, as a file; empty for silence.
    """

    scenes: tuple[CardJob, ...]
    voice: bytes = b""

    @property
    def lang(self) -> str:
        """The language of the film."""
        return self.scenes[0].frame.lang


class FilmStory(NamedTuple):
    """What a film says.

    Attributes:
        scenes: the cards that it shows, in order.
        words: what each of them says that none before it has said.
        captions: the same without what is ``SEEN``; with a voice, all of it.
        voices: the same as a voice says it: without the line, the number of the helpline, or the
            address of the help page, which stand on the screen.
        sources: what stands on each and is not read out.
        frames: how long each stands.
        voiced: whether a voice is heard.
    """

    scenes: tuple[CardJob, ...]
    words: tuple[str, ...]
    captions: tuple[str, ...]
    voices: tuple[str, ...]
    sources: tuple[str, ...]
    frames: tuple[int, ...]
    voiced: bool

    @property
    def timed_scenes(self) -> tuple[tuple[str, int], ...]:
        """The captions and frames of each scene."""
        return tuple(zip(self.captions, self.frames, strict=True))


def first_scene(job: CardJob) -> CardJob:
    """Give the first scene of the film of a talking point: the fact, below its line."""
    return msgspec.structs.replace(job, slide=Slide(role="fact", design=FIRST))


def scenes_of(first: CardJob, slides: Iterable[CardJob]) -> tuple[CardJob, ...]:
    """Choose the scenes of a film.

    Args:
        first: the talking point's card of the design ``FIRST``.

    Returns:
        The cards in order, without numbers: a film has no pages.
    """
    found: dict[Role, CardJob] = {"fact": first_scene(first)}
    for job in slides:
        if job.slide is not None and job.slide.role in ORDER:
            still = msgspec.structs.replace(job.slide, number=0, total=0)
            found.setdefault(job.slide.role, msgspec.structs.replace(job, slide=still))
    return tuple(found[role] for role in ORDER if role in found)


def tell(job: FilmJob, seconds: float = 0) -> FilmStory:
    """Say what a film says and when, without drawing it.

    Args:
        seconds: how long its voice lasts; 0 for silence.

    Returns:
        Scenes, words and times. A film that would be longer than ``tempo.AIM`` without a voice
        is made ``SHORTER``; with one it has the same scenes, which are those that its speaker was
        given to read.
    """
    parts: dict[_SceneKey, _Parts] = {}
    aloud = contact_aloud(job.scenes[-1])
    for most in SHORTER:
        scenes = tuple(_shorten_scenes(job.scenes, most))
        lines = _lines(scenes, parts, aloud)
        moves = [
            movement(counts=role_of(one) == "figure") if at else 0 for at, one in enumerate(scenes)
        ]
        asked = [
            tempo.SceneWords(line.fresh, moved, line.voice)
            for line, moved in zip(lines, moves, strict=True)
        ]
        frames = tempo.lengths(asked, job.lang)
        aim = tempo.WITH_STEP if most.get("todo") == 1 else tempo.AIM
        if sum(frames) <= aim and _one_step(scenes, most):
            break
    if seconds:
        read = [
            tempo.SceneWords(line.words, moved) for line, moved in zip(lines, moves, strict=True)
        ]
        frames = tempo.stretch_to_voice(read, seconds)
    sources = tuple(
        " ".join(text for name, text in parts[_key(scene)] if name in UNREAD) for scene in scenes
    )
    words, captions, _, voices = (tuple(texts) for texts in zip(*lines, strict=True))
    captions = words if seconds else captions
    return FilmStory(scenes, words, captions, voices, sources, frames, bool(seconds))


def _one_step(scenes: Sequence[CardJob], most: dict[Role, int]) -> bool:
    """Tell whether a film that is cut down to one step has one.

    Steps are asked of readers; the first sentence of running text may be a kind word and no more.
    """
    asked = [one.slide for one in scenes if role_of(one) == "todo" and one.slide]
    return most.get("todo") != 1 or any(one.steps for one in asked)


def _shorten_scenes(scenes: Sequence[CardJob], most: dict[Role, int]) -> Iterator[CardJob]:
    kept = [job for job in scenes if most.get(role_of(job)) != 0]
    if most.get("claim") == 0 and any(role_of(job) == "claim" for job in scenes):
        kept = [job for job in kept if not _repeats(job)]
    beside = {one.slide.figure.beside for one in kept if one.slide and one.slide.figure}
    for job in kept:
        count = most.get(role_of(job))
        if count is None and not (job.slide and job.slide.text in beside - {None}):
            yield job
        elif count and job.slide is not None:
            slide = msgspec.structs.replace(job.slide, steps=job.slide.steps[:count])
            yield msgspec.structs.replace(job, slide=slide)


_MARKS = ".,;:!?…«»“”\"'()،؛؟۔।\u202f\u00a0"
"""What stands at the ends of words and is none of them."""

_NUMBER = re.compile(r"\d(?:[\d.,'’\u066b\u066c\u00a0\u202f]*\d)?")
"""A number with separators of thousands or decimals."""


def _repeats(job: CardJob) -> bool:
    """Tell whether a scene counts what the fact says: it would follow the fact and say it again."""
    if job.slide is None or job.slide.figure is None or not isinstance(job.subject, PointView):
        return False
    said, shown = (
        {"".join(filter(str.isdigit, one)) for one in _NUMBER.findall(ascii_digits(text.value))}
        for text in (job.subject.fact, job.slide.figure.value)
    )
    return shown <= said


def role_of(job: CardJob) -> Role:
    """Say what a scene is for."""
    return job.slide.role if job.slide else "fact"


def say_scenes(scenes: Sequence[CardJob]) -> tuple[str, ...]:
    """Say in words what each scene says that none before it has said."""
    return tuple(one.words for one in _lines(scenes, {}, contact_aloud(scenes[-1])))


class _SceneLine(NamedTuple):
    """What a scene says: all, in a caption, what takes time to be read, and aloud."""

    words: str
    caption: str
    fresh: str
    voice: str


_Parts = tuple[tuple[str, str], ...]

_SceneKey = tuple[Role, int]
"""Role and number of steps: two scenes of one film differ in one of them."""


def _key(job: CardJob) -> _SceneKey:
    return role_of(job), len(job.slide.steps) if job.slide else 0


def _lines(
    scenes: Sequence[CardJob], parts: dict[_SceneKey, _Parts], aloud: str
) -> tuple[_SceneLine, ...]:
    """Say what is read on each scene and what a voice says, of what none before it has said.

    Args:
        parts: what scenes say; what is missing is added.
        aloud: where to turn to, as a voice says it.
    """
    heard: set[str] = set()
    found = []
    for at, job in enumerate(scenes):
        key = _key(job)
        if key not in parts:
            parts[key] = alt_parts(job)
        last = at == len(scenes) - 1
        barred = UNREAD if last else UNREAD | LAST_ONLY
        named = [(name, text) for name, text in parts[key] if name not in {*barred, NAMED}]
        if last:
            named.append((NAMED, job.frame.sponsor.value))
        new = [(name, text) for name, text in named if text not in heard]
        fact = dict(new).get("fact", "")
        fresh = (fresh_words(text, fact) if name == "line" else text for name, text in new)
        voice = (aloud if name in LAST_ONLY else text for name, text in new if name != "line")
        found.append(
            _SceneLine(
                " ".join(text for _, text in new),
                " ".join(text for name, text in new if name not in SEEN),
                " ".join(one for one, (name, _) in zip(fresh, new, strict=True) if name != NAMED),
                " ".join(voice),
            )
        )
        heard.update(text for _, text in named)
    return tuple(found)


def fresh_words(line: str, fact: str) -> str:
    """Give the words of a line that its fact does not say again, two of them in a row at least.

    Who has just read a phrase in large letters takes it in at a glance when it comes again.
    """
    words = line.split()
    bare, said = ([one.strip(_MARKS).casefold() for one in text.split()] for text in (line, fact))
    known = set(pairwise(said))
    again = {
        at
        for start, pair in enumerate(pairwise(bare))
        if pair in known
        for at in (start, start + 1)
    }
    return " ".join(word for at, word in enumerate(words) if at not in again)


def film_scenes(first: CardJob, decoded: StepInputs) -> tuple[CardJob, ...]:
    """Give the scenes of the film that a card of the first scene's design begins."""
    assert isinstance(first.subject, PointView)
    words = decoded.words_of(first.subject.id, first.frame.lang)
    stays = staying_slide(first.subject, words)
    told = [
        msgspec.structs.replace(one, design=DESIGNS.get(one.design, one.design))
        for one in slides(first.subject, words)
        if one.role != "evidence"
    ]
    cards = (
        msgspec.structs.replace(
            first, layout=decoded.value(input_names.design(one.design)), slide=one
        )
        for one in (*told, *filter(None, (stays,)))
    )
    return scenes_of(first, cards)


def tell_film(view: PointView, decoded: StepInputs) -> tuple[FilmScene, ...]:
    """Say what the silent film of a talking point shows and when, without drawing it.

    Args:
        decoded: the values of the inputs; the designs of its scenes are among them.

    Returns:
        Its scenes, words and times; those of all formats are the same.
    """
    first = worded_job(FIRST, view.lang, view, decoded)
    told = tell(FilmJob(scenes=film_scenes(first, decoded)))
    return tuple(
        FilmScene(role_of(scene), frames, words, voice)
        for scene, frames, words, voice in zip(
            told.scenes, told.frames, told.words, told.voices, strict=True
        )
    )
