"""Write what a film says as captions (SRT, WebVTT) and as a transcript."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from html import escape
from itertools import accumulate, pairwise
from typing import NamedTuple

from stopjihad.text.unicode.graphemes import clusters, count
from stopjihad.text.unicode.script import direction
from stopjihad.view import tempo
from stopjihad.view.tempo import RATE

LINE = 42
"""Letters of a line, two lines a caption (BBC's and Netflix's guides say 37 to 42)."""

SHORTEST = 1.2
"""Seconds that a caption stands at least."""

RIGHT_TO_LEFT = "\u200f"
"""Opens each line of a caption that runs from right to left: players judge every line alone."""

ENDS = frozenset(".!?…؟۔।")
"""Marks that end a sentence, in the scripts of the program's languages."""

PAUSES = frozenset(",;،؛—–")
"""Marks at which a voice pauses."""

LEADS_IN = ":"
"""What it ends says nothing without what comes after it ("Recruiters say:")."""

CLOSING = "”’»›\"')]\u200e\u200f"
"""What may stand behind the mark at the end of a sentence."""

CAPTION, IN_SENTENCE, AT_PAUSE, BEFORE_SHORT, SHORT, IN_NUMBER = 1.0, 2.0, 0.75, 0.5, 3.0, 6.0
LED_IN = 4.0
"""What a caption costs, and what more does where it ends: in a sentence, at a pause in it, before a
sentence so short that it speaks of the one before it ("That is false."), too early to be read,
between two groups of digits, or behind what only leads in. A sentence more than a caption is worth
another one."""

UNEVEN = 0.2
"""What a full caption costs beside a short one: of equal ways the most even one is taken."""

SHORT_LETTERS = 24
"""Letters below which a caption is short: at 17 letters a second they stand 1.4 s."""


class Cue(NamedTuple):
    """One caption: from and until in frames, and its words."""

    start: int
    end: int
    words: str


def cues(scenes: Iterable[tuple[str, int]]) -> tuple[Cue, ...]:
    """Cut the words of scenes into captions; none goes over the border of a scene."""
    found: list[Cue] = []
    start = 0
    for words, frames in scenes:
        pieces = _pieces(words)
        sizes = [count(one) for one in pieces]
        ends = accumulate(_times(sizes, frames), initial=start)
        for (first, last), piece in zip(pairwise(ends), pieces, strict=True):
            found.append(Cue(first, last, piece))
        start += frames
    return tuple(found)


def _times(sizes: list[int], frames: int) -> list[int]:
    """Part the frames of a scene by letters; no caption goes faster than can be read."""
    if not sizes:
        return []
    most = tempo.MOST_LETTERS
    least = [max(round(SHORTEST * RATE), -(-size * RATE // most)) for size in sizes]
    return tempo.part_frames(sizes, frames, least if sum(least) <= frames else [0] * len(sizes))


def _pieces(words: str) -> list[str]:
    """Cut words into captions: by sentences, or of nearly equal length where spaces are rare."""
    letters = clusters(words.strip())
    if not letters:
        return []
    whole = _by_sentences(letters)
    if whole:
        return whole
    for number in range(-(-len(letters) // (2 * LINE)), len(letters) + 1):
        found = _cut(letters, number)
        if all(_fits(one) for one in found):
            return found
    return ["".join(letters)]


def _by_sentences(letters: list[str]) -> list[str]:
    """Cut at the cheapest of all spaces; gives nothing where those are too far apart."""
    places = [0, *(at + 1 for at in _breaks(letters)), len(letters)]
    best: list[tuple[float, int]] = [(0.0, 0)]
    for last in range(1, len(places)):
        found = [
            (best[first][0] + CAPTION + _cost(letters, places[first], places[last]), first)
            for first in range(last)
            if places[last] - places[first] <= 2 * LINE + 1
            and _fits("".join(letters[places[first] : places[last]]).strip())
        ]
        best.append(min(found, default=(float("inf"), 0)))
    if best[-1][0] == float("inf"):
        return []
    ends = [len(places) - 1]
    while ends[-1]:
        ends.append(best[ends[-1]][1])
    return [
        "".join(letters[places[first] : places[last]]).strip()
        for first, last in pairwise(reversed(ends))
    ]


def _cost(letters: list[str], first: int, last: int) -> float:
    """Say how much worse than a whole sentence a caption is, from its first letter to its last."""
    size = last - first
    cost = UNEVEN * (size / (2 * LINE)) ** 2
    cost += SHORT if size < SHORT_LETTERS and size < len(letters) else 0.0
    if last == len(letters):
        return cost
    before, rest = "".join(letters[first:last]).rstrip(), letters[last:]
    bare = before.rstrip(CLOSING)
    if bare[-1:] in ENDS:
        ends = (at for at, one in enumerate(rest) if one in ENDS)
        return cost + (BEFORE_SHORT if next(ends, len(rest)) < SHORT_LETTERS else 0.0)
    if before[-1:].isdigit() and rest[0][:1].isdigit():
        return cost + IN_NUMBER
    whole = "".join(letters[:last])
    if whole.count("(") > whole.count(")"):
        return cost + IN_SENTENCE + AT_PAUSE
    if bare[-1:] == LEADS_IN:
        return cost + LED_IN
    at_pause = bare[-1:] in PAUSES or rest[0][:1] == "("
    return cost + (AT_PAUSE if at_pause else IN_SENTENCE)


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
        f"{number}\n{_clock(cue.start, ',')} --> {_clock(cue.end, ',')}\n{_show_cue(cue, lang)}\n"
        for number, cue in enumerate(found, 1)
    )


def vtt(found: Sequence[Cue], lang: str) -> str:
    """Write captions as WebVTT, which browsers and Bluesky take; ``lang`` is a tag."""
    cues = (
        f"\n{_clock(cue.start, '.')} --> {_clock(cue.end, '.')} line:85% align:center\n"
        f"{escape(_show_cue(cue, lang), quote=False)}\n"
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


def _show_cue(cue: Cue, lang: str) -> str:
    mark = RIGHT_TO_LEFT if direction(lang) == "rtl" else ""
    return "\n".join(mark + line for line in lines(cue.words))


def _clock(frames: int, point: str) -> str:
    thousandths = frames * 1000 // RATE
    seconds, rest = divmod(thousandths, 1000)
    return f"{seconds // 3600:02d}:{seconds // 60 % 60:02d}:{seconds % 60:02d}{point}{rest:03d}"
