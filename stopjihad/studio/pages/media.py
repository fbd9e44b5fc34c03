"""Pictures of a campaign: shown from the map of them, taken in and described."""

from __future__ import annotations

import io
import re
import unicodedata
from pathlib import PurePath
from typing import TYPE_CHECKING, NamedTuple

import anyio.to_thread
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.disk import save
from stopjihad.load import files as loading
from stopjihad.load.pictures import PictureBroken, damage, inspect_photo, open_picture, upright
from stopjihad.problem import Problem
from stopjihad.studio.answers import (
    RefusedRequest,
    answer_json,
    answer_missing,
    newest_project,
    read,
    refuse_in_words,
    require_project,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.settings import save_fields
from stopjihad.studio.templates import media_type
from stopjihad.studio.words import mark_translatable
from stopjihad.text.yaml.fields import SetField
from stopjihad.text.yaml.write import entry

if TYPE_CHECKING:
    from PIL import Image


PICTURES = re.compile(r"\.(jpe?g|png|webp)$", re.IGNORECASE)


@with_live_campaign
def picture(request: Request, live: LiveCampaign) -> Response:
    """Show a picture of the campaign from the map of them."""
    project = newest_project(live)
    path = f"campaigns/{live.slug}/media/{request.path_params['name']}"
    if project is None or path not in project.media or not PICTURES.search(path):
        return answer_missing(request)
    data = loading.read(live.root, path, loading.MAX_MEDIA_BYTES)
    if isinstance(data, Problem):
        return answer_missing(request)
    return Response(data, headers={"content-type": media_type(path.lower())})


@refuse_in_words
async def add_picture(request: Request, live: LiveCampaign) -> Response:
    """Decode a picture, make it anew, and store it with what is known of it."""
    asked = request.query_params
    notes = PictureNotes(**{name: asked.get(name, "").strip() for name in PictureNotes._fields})
    name = FileName.of(asked.get("name", ""))
    if not (notes.alt and notes.source and notes.licence):
        words = mark_translatable("Say what it shows, who made it, and what allows us to use it.")
        raise RefusedRequest(words, 422)
    data = await read(request, loading.MAX_MEDIA_BYTES)
    if not data:
        raise RefusedRequest(mark_translatable("Choose a file first."), 422)
    fresh = await anyio.to_thread.run_sync(made_anew, data, name)
    folder = f"campaigns/{live.slug}/media"
    try:
        said = notes_text(notes).encode()
        save.write(live.root, f"{folder}/{name.whole}.yaml", said, save.ABSENT)
        save.write(live.root, f"{folder}/{name.whole}", fresh, save.ABSENT)
    except save.ChangedFile:
        words = mark_translatable("There is a picture of this name already. Rename the file.")
        raise RefusedRequest(words, 409) from None
    await request.app.state.follower.read(live)
    say, _ = speakers(request, live)
    return answer_json({"name": name.whole, "said": say(ADDED)}, 201)


@refuse_in_words
async def add_logo(request: Request, live: LiveCampaign) -> Response:
    """Store a logo anew, in the place of one of the same name, and have the campaign show it."""
    name = FileName.of(request.query_params.get("name", ""))
    data = await read(request, loading.MAX_MEDIA_BYTES)
    fresh = await anyio.to_thread.run_sync(made_anew, data, name)
    project = require_project(live)
    campaign = project.campaign.record
    notes = PictureNotes(campaign.sponsor.name, "own", "", campaign.title)
    folder = f"campaigns/{live.slug}/media"
    for path, content in (
        (f"{folder}/{name.whole}.yaml", notes_text(notes).encode()),
        (f"{folder}/{name.whole}", fresh),
    ):
        old = save.current(live.root, path)
        save.write(live.root, path, content, save.ABSENT if old is None else save.digest(old))
    edit = SetField(("brand", "logo"), name.whole)
    await save_fields(request, live, "campaign.yaml", lambda _: [edit])
    await request.app.state.follower.read(live)
    return answer_json({}, 201)


ADDED = mark_translatable("Added and ticked: the page, cards and posts show it now.")

LONGEST = {"jpg": 3000, "png": 2400, "webp": 2400}
"""Longest side in px of a stored picture: more than the widest card, enough to crop, and what each
format can be written in within two seconds."""

QUALITY = 90
"""JPEG and WebP quality; cards are made from it and encoded once more."""

_FORMATS = {"jpg": "JPEG", "png": "PNG", "webp": "WEBP"}


HEIC = mark_translatable(
    "This is a HEIC picture. Send it by e-mail from the iPhone: it arrives as a JPEG. Take that."
)
"""What people do about a format that no decoder of ours reads."""


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

        Returns:
            Small letters, digits and hyphens, at most 60, and a known ending.

        Raises:
            RefusedRequest: the ending is of no picture that we take.
        """
        path = PurePath(given.replace("\\", "/").rpartition("/")[2])
        ending = path.suffix.lower().lstrip(".").replace("jpeg", "jpg")
        if ending in {"heic", "heif"}:
            raise RefusedRequest(HEIC, 422)
        if ending not in _FORMATS:
            raise RefusedRequest(mark_translatable("Choose a JPEG, PNG or WebP file."), 422)
        words = unicodedata.normalize("NFKD", path.stem).lower()
        stem = "-".join(filter(None, re.split(r"[^a-z0-9]+", words)))[:60].strip("-")
        return cls(stem or "picture", ending)

    @property
    def whole(self) -> str:
        """Give the name with its ending."""
        return f"{self.stem}.{self.ending}"


def made_anew(data: bytes, name: FileName) -> bytes:
    """Encode a picture from its pixels alone, without any other content of the file.

    Raises:
        RefusedRequest: it is no picture that can be used.
    """
    found = inspect_photo(data, name.whole)
    if isinstance(found, Problem):
        raise _refusal_of(found)
    try:
        fresh = _pixels(data, name.ending)
    except PictureBroken as broken:
        raise _refusal_of(damage(broken, name.whole)) from None
    stream = io.BytesIO()
    fresh.save(stream, _FORMATS[name.ending], quality=QUALITY, method=1, compress_level=4)
    return stream.getvalue()


def _refusal_of(problem: Problem) -> RefusedRequest:
    return RefusedRequest(problem, 422)


def _pixels(data: bytes, ending: str) -> Image.Image:
    """Decode a picture, scaled down and upright; nothing else of the file stays in memory."""
    from PIL import Image

    longest = LONGEST[ending]
    with open_picture(data) as image:
        image.draft("RGB", (longest, longest))
        image.thumbnail((longest, longest))
        mode = "RGBA" if "A" in image.getbands() and ending != "jpg" else "RGB"
        pixels = upright(image.convert(mode), image)
    fresh = Image.new(mode, pixels.size)
    if mode == "RGBA":  # what full transparency hides is not stored either
        fresh.paste(pixels, mask=pixels.getchannel("A").point(lambda value: value and 255))
    else:
        fresh.paste(pixels)
    return fresh


def notes_text(notes: PictureNotes) -> str:
    """Write the file that explains a picture."""
    lines = [
        line
        for name, value in notes._asdict().items()
        if value
        for line in entry(name, " ".join(value.split()), 0)
    ]
    return "\n".join(lines) + "\n"
