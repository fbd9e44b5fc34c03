"""Draw the strips of frames that the documents show, from films of the sample as they ship."""

# ruff: noqa: INP001 - a script, not a package
from __future__ import annotations

import io
from pathlib import Path

import av
from PIL import Image
from stopjihad.build.film import FilmChoice, make_film
from stopjihad.cli.common import today

REPOSITORY = Path(__file__).resolve().parent.parent
STRIPS = {"en": "strangers-in-games", "ar": "money-from-extortion", "ur": "mosul-paid-the-price"}
"""Language to a talking point."""

SHOWN = 7
"""Frames of a strip, as far from each other as they can be."""

HEIGHT, GAP = 460, 8
"""Of a frame, and between frames, px."""


def strip(film: bytes) -> Image.Image:
    """Put frames of a film side by side."""
    with av.open(io.BytesIO(film), "r") as found:
        frames = [frame.to_image() for frame in found.decode(video=0)]
    shown = [frames[at * (len(frames) - 1) // (SHOWN - 1)] for at in range(SHOWN)]
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
        picture = strip(film).quantize(96)
        picture.save(REPOSITORY / "docs/pictures" / f"film-{lang}.png", optimize=True)


if __name__ == "__main__":
    main()
