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
STRIPS = {
    "en": ("strangers-in-games", (0, 178, 204, 240, 500, 870)),
    "ar": ("mosul-paid-the-price", (0, 230, 246, 262, 300, 890)),
    "ur": ("most-victims-are-muslims", (0, 281, 284, 420, 661, 800)),
}
"""Language to a talking point and the numbers of frames."""

HEIGHT, GAP = 460, 8
"""Of a frame, and between frames, px."""


def strip(film: bytes, wanted: tuple[int, ...]) -> Image.Image:
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
    for lang, (point, wanted) in STRIPS.items():
        made = make_film(
            REPOSITORY, "stop-jihadism", FilmChoice(point=point, language=lang), today()
        )
        picture = strip(made["story.mp4"], wanted).quantize(96)
        picture.save(REPOSITORY / "docs/pictures" / f"film-{lang}.png", optimize=True)


if __name__ == "__main__":
    main()
