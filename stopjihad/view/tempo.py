"""Say how long each scene of a film stands, so that everybody can read it or hear it.

How fast people read a language, and what a voice has to say of a text, stand here, too.
"""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import NamedTuple

from stopjihad.text.unicode.graphemes import count

RATE = 30
"""Frames a second, constant: Instagram takes 23 to 60."""

TRANSITION = 15
"""Frames that a transition takes."""

NUMBERS, COUNT = 16, 2
"""Numbers that are shown while one counts up, and the frames of each."""

LETTERS = 15
"""Letters a second where nothing else is said: 68 ms a letter read aloud, in 14 alphabetic
languages (Trauzettel-Klosinski and Dietz 2012, IReST); silent reading is a quarter faster."""

SLOWER = {"ar": 12, "fa": 12, "ps": 12, "ur": 12, "bn": 10, "hi": 10}
"""Letters a second of scripts that say more with one letter: Arabic writes no short vowels, in
Bengali and Devanagari a letter is a syllable. Our choice; IReST leaves these out of its mean."""

DIGIT = 5
"""Letters that a digit is worth when it is said: 2,521 is six words."""


def letters_a_second(lang: str) -> int:
    """Give how fast people read a language, in letters (grapheme clusters) a second."""
    return SLOWER.get(lang.partition("-")[0], LETTERS)


def spoken_letters(text: str) -> int:
    """Count the letters of a text as a voice says it: a digit is ``DIGIT`` of them."""
    return count(" ".join(text.split())) + (DIGIT - 1) * sum(map(str.isdecimal, text))


MOST_LETTERS = 17
"""Letters a second that captions never pass (subtitles for adults; Netflix's style guide); where
``LETTERS`` would make a film too long, all languages go faster by as much."""

SCENE = 2 * RATE
"""Frames that a scene stands still at least."""

LEAST, AIM, MOST = 12 * RATE, 15 * RATE - 2, 30 * RATE - 2
"""Frames of a silent film: what it has at least; what it is cut down to, scene by scene, as long as
a fact and who listens are left (our choice: people leave films of half a minute after seconds);
what it may have at most, where these two alone take longer. The last piece of sound makes them
15 and 30 s."""

WITH_STEP = 20 * RATE
"""Frames that a film has at most for the sake of one step."""

VOICED = 60 * RATE
"""Frames of a film with a voice at most: what the shortest limit of a platform for films like
these takes."""

PAUSE = RATE // 2
"""Frames of silence after a voice."""


class SceneWords(NamedTuple):
    """What a scene asks of its readers and of a voice.

    Attributes:
        words: what is read.
        frames: of movement before it can be read.
        voice: what is said; ``words`` where nothing is given.
    """

    words: str
    frames: int
    voice: str = ""


def lengths(scenes: Sequence[SceneWords], lang: str) -> tuple[int, ...]:
    """Give each scene the time that its words take to be read, and to be said while there is room.

    Args:
        scenes: in order; all but the first can always be said: what must stay beside its fact, and
            who listens.

    Returns:
        Frames, one number per scene: ``LEAST`` in all at least; faster, where they would be more
        than ``AIM``.
    """
    calm, fast = Fraction(letters_a_second(lang)), fastest(lang)
    read = [count(one.words) for one in scenes]
    slow = [_length(one, size, calm) for one, size in zip(scenes, read, strict=True)]
    least = list(slow)
    if sum(least) > AIM:
        least = [_length(one, size, fast) for one, size in zip(scenes, read, strict=True)]
    heard = [spoken_letters(one.voice or one.words) for one in scenes]
    said = [_frames(one, fast) for one in heard]
    least = [least[0], *map(max, least[1:], said[1:])]
    if sum(least) > AIM:
        return tuple(least)
    more = max(0, said[0] - least[0])
    least[0] += more if sum(least) + more <= AIM else 0
    wanted = [max(one, _frames(voice, calm)) for one, voice in zip(slow, heard, strict=True)]
    return tuple(part_frames(wanted, max(LEAST, min(sum(wanted), AIM)), least))


def fastest(lang: str) -> Fraction:
    """Give how many letters a second are read, and said, where time is short."""
    return letters_a_second(lang) * Fraction(MOST_LETTERS, LETTERS)


def can_be_said(text: str, frames: int, lang: str) -> bool:
    """Tell whether a voice can say a text while a scene stands."""
    return _frames(spoken_letters(text), fastest(lang)) <= frames


def stretch_to_voice(scenes: Sequence[SceneWords], seconds: float) -> tuple[int, ...]:
    """Stretch scenes to a voice that reads their words in order.

    Returns:
        Frames, one number per scene: in proportion to its words, none shorter than its captions
        and the least scene allow.
    """
    least = [_length(one, count(one.words), Fraction(MOST_LETTERS)) for one in scenes]
    wanted = max(sum(least), LEAST, round(seconds * RATE) + PAUSE)
    return tuple(part_frames([max(SCENE, count(one.words)) for one in scenes], wanted, least))


def _length(scene: SceneWords, letters: int, rate: Fraction) -> int:
    return scene.frames + max(SCENE, _frames(letters, rate))


def _frames(letters: int, rate: Fraction) -> int:
    return -(-letters * RATE * rate.denominator // rate.numerator)


def part_frames(shares: Sequence[int], whole: int, least: Sequence[int]) -> list[int]:
    """Part a number of frames in proportion to shares.

    Args:
        shares: any numbers above 0.
        whole: frames; at least the sum of ``least``.
    """
    held: set[int] = set()
    while True:
        free = whole - sum(least[at] for at in held)
        total = sum(share for at, share in enumerate(shares) if at not in held)
        found = [
            least[at] if at in held else free * share // total for at, share in enumerate(shares)
        ]
        short = {at for at, low in enumerate(least) if found[at] < low}
        if not short or len(held | short) == len(shares):
            break
        held |= short
    found = [max(one, low) for one, low in zip(found, least, strict=True)]
    found[-1] += max(0, whole - sum(found))
    return found


def movement(*, counts: bool) -> int:
    """Count the frames before a scene stands still; ``counts`` says that a number counts up."""
    return TRANSITION + (COUNT * NUMBERS + TRANSITION if counts else 0)
