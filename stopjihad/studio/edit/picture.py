"""Take a picture in: decoded, turned upright, and encoded from fresh pixels."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import PurePath
from typing import NamedTuple

from stopjihad.catalog.photos import opened, photo_problems, upright
from stopjihad.studio.interface import marked
from stopjihad.studio.requests import RefusedRequest
from stopjihad.text.yaml.write import entry

LONGEST = 3000
"""Longest side in px of a stored picture: twice the widest card, enough to crop."""

QUALITY = 90
"""JPEG and WebP quality; cards are made from it and encoded once more."""

_FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


class PictureNotes(NamedTuple):
    """What is known of a picture."""

    source: str
    licence: str
    consent: str
    alt: str


class FileName(NamedTuple):
    """The name of a stored picture, made of nothing but safe letters."""

    stem: str
    ending: str

    @classmethod
    def of(cls, given: str) -> FileName:
        """Make a name from that of an uploaded file.

        Args:
            given: any text.

        Returns:
            Small letters, digits and hyphens, at most 60, and a known ending.

        Raises:
            RefusedRequest: the ending is of no picture that we take.
        """
        path = PurePath(given.replace("\\", "/").rpartition("/")[2])
        ending = path.suffix.lower().lstrip(".").replace("jpeg", "jpg")
        if ending not in _FORMATS:
            raise RefusedRequest(marked("Choose a JPEG, PNG or WebP file."), 422)
        words = unicodedata.normalize("NFKD", path.stem).lower()
        stem = "-".join(filter(None, re.split(r"[^a-z0-9]+", words)))[:60].strip("-")
        return cls(stem or "picture", ending)

    @property
    def whole(self) -> str:
        """Give the name with its ending."""
        return f"{self.stem}.{self.ending}"


def made_anew(data: bytes, name: FileName) -> bytes:
    """Encode a picture from its pixels alone, without any other content of the file.

    Args:
        data: the file as it was sent.
        name: decides the format.

    Returns:
        The picture to store.

    Raises:
        RefusedRequest: it is no picture that can be used.
    """
    problems = photo_problems(data, name.whole)
    if problems:
        raise RefusedRequest(" ".join(f"{one.message}. {one.hint}" for one in problems), 422)
    from PIL import Image

    with opened(data) as image:
        image.draft("RGB", (LONGEST, LONGEST))
        image.thumbnail((LONGEST, LONGEST))
        mode = "RGBA" if "A" in image.getbands() and name.ending != "jpg" else "RGB"
        pixels = upright(image.convert(mode), image)
        fresh = Image.new(mode, pixels.size)
        if mode == "RGBA":  # what full transparency hides is not stored either
            fresh.paste(pixels, mask=pixels.getchannel("A").point(lambda value: value and 255))
        else:
            fresh.paste(pixels)
        stream = io.BytesIO()
        fresh.save(stream, _FORMATS[name.ending], quality=QUALITY)
    return stream.getvalue()


def notes_text(notes: PictureNotes) -> str:
    """Write the file that explains a picture.

    Args:
        notes: what is known of it.

    Returns:
        YAML.
    """
    lines = [
        line
        for name, value in notes._asdict().items()
        if value
        for line in entry(name, " ".join(value.split()), 0)
    ]
    return "\n".join(lines) + "\n"
