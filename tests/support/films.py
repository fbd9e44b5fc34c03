"""Films without a campaign: small ones of plain fields, and one of a talking point."""

from __future__ import annotations

import io
import wave
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import av
import msgspec
import numpy as np
from stopjihad.plan.film_story import DESIGNS, FIRST, FilmJob, scenes_of
from stopjihad.render.film.motion import Shot
from stopjihad.view.slides import slides

from support import cards

if TYPE_CHECKING:
    from stopjihad.render.film.planes import Planes

SIZE = (180, 320)
"""Width and height of a small film, px."""


def field(luma: int) -> Planes:
    """Give planes of one grey with a lighter square, like a card from far away."""
    width, height = SIZE
    planes = np.full((height * 3 // 2, width), 128, dtype=np.uint8)
    planes[:height] = luma
    planes[40:120, 20:90] = luma + 60
    return planes


def small_shots() -> list[Shot]:
    """Give the shots of a film of 8.5 s."""
    return [
        Shot(field(40), 90, "cut"),
        Shot(field(150), 90, "push"),
        Shot(field(80), 75, "fade"),
    ]


def film_job(lang: str = "en", form: str = "story", **changes: Any) -> FilmJob:
    """Make the job of a talking point's film."""
    first = cards.job(lang, FIRST, form, link="https://example.org/en/points/x/", **changes)
    view = msgspec.structs.replace(cards.point(lang), technique="false-promise")
    told = [
        msgspec.structs.replace(one, design=DESIGNS.get(one.design, one.design))
        for one in slides(view, {})
    ]
    jobs = [
        msgspec.structs.replace(first, layout=cards.layouts()[one.design], slide=one)
        for one in told
    ]
    return FilmJob(scenes=scenes_of(first, jobs))


def probe(data: bytes) -> Iterator[Any]:
    """Open a film."""
    return av.open(io.BytesIO(data), "r")


def tone(seconds: float, rate: int = 16_000) -> bytes:
    """Record a voice: a tone, as a WAV file."""
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        at = np.arange(round(seconds * rate))
        file.writeframes((8000 * np.sin(at * 440 * 2 * np.pi / rate)).astype("<i2").tobytes())
    return out.getvalue()
