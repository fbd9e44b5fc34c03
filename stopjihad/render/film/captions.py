"""Write what a film says as captions (SRT, WebVTT) and as a transcript."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise
from typing import NamedTuple

from stopjihad.render.film.motion import RATE
from stopjihad.text.unicode.graphemes import clusters, count
from stopjihad.text.unicode.script import direction

LINE = 42
"""Letters of a line, two lines a caption (BBC's and Netflix's guides say 37 to 42)."""

SHORTEST = 1.2
"""Seconds that a caption stands at least."""

RIGHT_TO_LEFT = "\u200f"
"""Opens each line of a caption that runs from right to left: players judge every line alone."""

ENDS = frozenset(".!?…؟۔।:")


class Cue(NamedTuple):
    """One caption: from and until in frames, and its words."""

    start: int
    end: int
    words: str


def cues(scenes: Iterable[tuple[str, int]]) -> tuple[Cue, ...]:
    """Cut the words of scenes into captions; none goes over the border of a scene.

    Args:
        scenes: words and frames of each.

    Returns:
        Captions without gaps; a scene without words has none.
    """
    found: list[Cue] = []
    start = 0
    for words, frames in scenes:
        pieces = _pieces(words)
        sizes = [count(one) for one in pieces]
        ends = [start + frames * sum(sizes[: at + 1]) // sum(sizes) for at in range(len(sizes))]
        for (first, last), piece in zip(pairwise([start, *ends]), pieces, strict=True):
            found.append(Cue(first, last, piece))
        start += frames
    return tuple(found)


def _pieces(words: str) -> list[str]:
    """Cut words into captions of nearly equal length, at ends of sentences where they are near."""
    letters = clusters(words.strip())
    if not letters:
        return []
    for number in range(-(-len(letters) // (2 * LINE)), len(letters) + 1):
        found = _cut(letters, number)
        if all(_fits(one) for one in found):
            return found
    return ["".join(letters)]


def _cut(letters: list[str], number: int) -> list[str]:
    share = len(letters) / number
    spaces = _breaks(letters)
    ends = {at for at in spaces if at and letters[at - 1] in ENDS}
    places = [0]
    for at in range(1, number):
        target = at * share
        near = [one for one in spaces if one > places[-1] and abs(one - target) < share / 2]
        if not near:
            near = [round(target)]
        places.append(min(near, key=lambda one: abs(one - target) - (share / 4) * (one in ends)))
    places.append(len(letters))
    return ["".join(letters[first:last]).strip() for first, last in pairwise(places)]


def _fits(words: str) -> bool:
    return all(count(line) <= LINE for line in lines(words)) or " " not in words.strip()


def lines(words: str) -> tuple[str, ...]:
    """Break a caption into one line or two, as equal as they get."""
    size = count(words)
    if size <= LINE:
        return (words,)
    spaces = _breaks(words)
    if not spaces:
        half = clusters(words)[: size // 2]
        cut = len("".join(half))
        return words[:cut], words[cut:]
    at = min(spaces, key=lambda one: max(count(words[:one]), count(words[one + 1 :])))
    return words[:at], words[at + 1 :]


def _breaks(letters: Sequence[str]) -> list[int]:
    """Find the spaces where a line may end: not those that a dot in the middle follows."""
    return [
        at
        for at, one in enumerate(letters)
        if one == " " and "".join(letters[at + 1 : at + 2]) != "·"
    ]


def srt(found: Sequence[Cue], lang: str) -> str:
    """Write captions as SubRip, which YouTube, Facebook, LinkedIn and X take; ``lang`` is a tag."""
    return "\n".join(
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_shown(cue, lang)}\n"
        for number, cue in enumerate(found, 1)
    )


def vtt(found: Sequence[Cue], lang: str) -> str:
    """Write captions as WebVTT, which browsers and Bluesky take; ``lang`` is a tag."""
    cues = (
        f"\n{_clock(cue.start, '.')} --> {_clock(cue.end, '.')} line:85% align:center\n"
        f"{_escaped(_shown(cue, lang))}\n"
        for cue in found
    )
    return "".join(("WEBVTT\n", *cues))


def transcript(scenes: Iterable[tuple[str, int]]) -> str:
    """Write what is read or heard, a paragraph a scene, each with the time at which it begins."""
    found = []
    start = 0
    for words, frames in scenes:
        if words:
            found.append(f"{start // RATE // 60}:{start // RATE % 60:02d}\n{words}\n")
        start += frames
    return "\n".join(found)


def _shown(cue: Cue, lang: str) -> str:
    mark = RIGHT_TO_LEFT if direction(lang) == "rtl" else ""
    return "\n".join(mark + line for line in lines(cue.words))


def _clock(frames: int, point: str) -> str:
    thousandths = frames * 1000 // RATE
    seconds, rest = divmod(thousandths, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{rest:03d}"


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")
