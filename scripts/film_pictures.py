"""Draw the strips of frames that the documents show, from films of the sample as they ship."""

# ruff: noqa: INP001 - a script, not a package
from __future__ import annotations

import io
from pathlib import Path

import av
import numpy as np
from PIL import Image
from stopjihad.build.film import FilmChoice, make_film
from stopjihad.cli.common import today
from stopjihad.render.film.encoder import STANDS

REPOSITORY = Path(__file__).resolve().parent.parent
STRIPS = {"en": "strangers-in-games", "ar": "money-from-extortion", "ur": "mosul-paid-the-price"}
"""Language to a talking point."""

MOST = 6
"""Frames of a strip."""

MOVES = 0.25
"""Mean difference of two frames, of 255, above which something moves."""

HEIGHT, GAP = 460, 8
"""Of a frame, and between frames, px."""


def moments(film: bytes) -> list[int]:
    """Give the first frame, one in each movement, and one after it: texts decide when those are."""
    moving: list[int] = []
    with av.open(io.BytesIO(film), "r") as found:
        before = None
        for at, frame in enumerate(found.decode(video=0)):
            small = np.asarray(frame.to_image(width=72, height=128).convert("L"), dtype=np.int16)
            if before is not None and np.abs(small - before).mean() > MOVES:
                moving.append(at)
            before = small
    wanted = [0]
    for first, last in runs(moving):
        wanted += [first + (last - first) // 3, last + 4]
    return wanted if len(wanted) <= MOST else [*wanted[: MOST - 1], wanted[-1]]


def runs(moving: list[int]) -> list[tuple[int, int]]:
    """Join numbers that are near each other; gives the first and the last of each run."""
    found: list[tuple[int, int]] = []
    for at in moving:
        near = found and at - found[-1][1] < STANDS
        found = [*found[:-1], (found[-1][0], at)] if near else [*found, (at, at)]
    return found


def strip(film: bytes, wanted: list[int]) -> Image.Image:
    """Put frames of a film side by side."""
    with av.open(io.BytesIO(film), "r") as found:
        frames = {
            at: frame.to_image() for at, frame in enumerate(found.decode(video=0)) if at in wanted
        }
    shown = [frames[at] for at in sorted(frames)]
    width = HEIGHT * shown[0].width // shown[0].height
    picture = Image.new("RGB", (len(shown) * (width + GAP) - GAP, HEIGHT), "white")
    for at, one in enumerate(shown):
        picture.paste(
            one.resize((width, HEIGHT), Image.Resampling.LANCZOS), (at * (width + GAP), 0)
        )
    return picture


def main() -> None:
    """Write docs/pictures/film-<language>.png."""
    for lang, point in STRIPS.items():
        made = make_film(
            REPOSITORY, "stop-jihadism", FilmChoice(point=point, language=lang), today()
        )
        film = made["story.mp4"]
        picture = strip(film, moments(film)).quantize(96)
        picture.save(REPOSITORY / "docs/pictures" / f"film-{lang}.png", optimize=True)


if __name__ == "__main__":
    main()
