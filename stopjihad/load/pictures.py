"""Say which pictures can be used, and refuse the others before a pixel of them is decoded."""

from __future__ import annotations

import io
import struct
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

import msgspec

from stopjihad.problem import Problem

if TYPE_CHECKING:
    from PIL import Image

MOST_PIXELS = 50_000_000
"""Largest photo in px; sensors of phones end at 50 megapixels."""

MOST_MEMORY = 220_000_000
"""Most bytes that taking in a picture may cost: 300 MB (STANDARDS 3) less those of the studio."""

COPIES = 2
"""Copies of the file that are held meanwhile."""

BYTES_A_PIXEL = {"JPEG": 3.0, "progressive": 6.5, "PNG": 5.6, "PNG with alpha": 11.4, "WEBP": 20.0}
"""Bytes of memory that decoding and scaling cost for each px, as measured. A plain JPEG is read a
line at a time and scaled on the way, of a progressive one libjpeg keeps all coefficients; alpha is
multiplied out in a copy; libwebp keeps two canvases, and gives a third."""

MOST_SCANS = 100
"""Most scans of a JPEG; programs write about ten. One of 78 bytes costs as much as a whole one."""

MOST_SCANNED = 1_000_000_000
"""Most px over all scans of a JPEG: about half a second (measured: 20 ms for 36 million)."""

MOST_SIDE = 12_000
"""Longest side in px; no camera goes beyond, and a strip of 1 px height is an attack."""

LEAST_SIDE = 64
"""Shortest side in px that can still be shown."""

ENDINGS: dict[str, tuple[str, ...]] = {
    "JPEG": (".jpg", ".jpeg"),
    "MPO": (".jpg", ".jpeg"),
    "PNG": (".png",),
    "WEBP": (".webp",),
}
"""File endings by format as Pillow names it; MPO is what some phones write for a plain photo."""

OPENERS = ("JPEG", "PNG", "WEBP")
"""Pillow's readers that may look at a file at all; that of JPEG finds out about MPO."""

MODES = frozenset({"1", "L", "LA", "P", "PA", "RGB", "RGBA", "RGBX"})
"""Pixel modes of 8 bits that lead to sRGB without a printer's profile."""


MOST_READS = 4_000
"""Reads that Pillow may take for any file; it takes three or four for a piece of a file, in Python:
39 MB of empty pieces cost it 17 s and 443 MB. Cameras write less than a hundred pieces."""

BYTES_A_READ = 1_000
"""One read more for so many bytes of the file: encoders write pieces of 8 KB and more."""


class DecodedPicture(msgspec.Struct, frozen=True, kw_only=True):
    """Describe a picture from its header: format, size in px as stored, pixel mode, scans.

    ``most``: the px that a picture of this kind, in a file of this size, may have.
    """

    format: str
    width: int
    height: int
    mode: str
    scans: int = 1
    most: int = MOST_PIXELS


MOST_CHUNKS = 1_000
"""Most pieces of a WebP, which has about five; libwebp keeps 40 bytes or so of each."""


class PictureBroken(Exception):
    """Say that a picture cannot be read; the argument is the code of the problem."""


class _SizedFile(io.BytesIO):
    """Give a file to Pillow in so many reads as its size explains, and not in more."""

    def __init__(self, data: bytes) -> None:
        super().__init__(data)
        self.left = MOST_READS + len(data) // BYTES_A_READ

    def read(self, size: int | None = -1) -> bytes:
        """Read as BytesIO does; raise PictureBroken after too many reads."""
        self.left -= 1
        if self.left < 0:
            raise PictureBroken("photo-padded")
        return super().read(size)


@contextmanager
def open_picture(data: bytes) -> Iterator[Image.Image]:
    """Open a picture without decoding it, whatever it is.

    Args:
        data: bytes of the file.

    Yields:
        The picture; what goes wrong while it is used is caught too.

    Raises:
        PictureBroken: with ``photo-format``, ``photo-too-large``, ``photo-padded`` or
            ``photo-broken``.
    """
    from PIL import (  # WebP must be imported to be known; JPEG and PNG always are
        Image,
        UnidentifiedImageError,
        WebPImagePlugin,  # noqa: F401
    )

    if _chunks(data) > MOST_CHUNKS:
        raise PictureBroken("photo-padded")
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            with Image.open(_SizedFile(data), formats=OPENERS) as image:
                yield image
        except Image.DecompressionBombError as error:
            raise PictureBroken("photo-too-large") from error
        except UnidentifiedImageError as error:
            raise PictureBroken("photo-format") from error
        except _DAMAGE as error:
            raise PictureBroken("photo-broken") from error


def _chunks(data: bytes) -> int:
    """Count the pieces of a WebP (RFC 9649, section 2.3), no further than matters."""
    at, found = 12, 0
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return 0
    while at + 8 <= len(data) and found <= MOST_CHUNKS:
        size = int.from_bytes(data[at + 4 : at + 8], "little")
        at += 8 + size + (size & 1)
        found += 1
    return found


_DAMAGE = (
    OSError,
    ValueError,
    SyntaxError,
    EOFError,
    MemoryError,
    ArithmeticError,
    LookupError,
    TypeError,
    struct.error,
)
"""What Pillow raises for damaged files: found by changing bytes of good ones."""


def inspect_photo(data: bytes, path: str) -> DecodedPicture | Problem:
    """Read the header of a picture.

    Args:
        data: bytes of the file.
        path: the file, for the problem; its ending must fit what is inside.

    Returns:
        What it is, or why it cannot be used: ``photo-format``, ``photo-ending``,
        ``photo-too-large``, ``photo-too-small``, ``photo-animated``, ``photo-cmyk``,
        ``photo-depth``, ``photo-padded`` or ``photo-broken``.
    """
    try:
        with open_picture(data) as image:
            jpeg = image.format in {"JPEG", "MPO"}
            found = DecodedPicture(
                format=image.format or "",
                width=image.width,
                height=image.height,
                mode=image.mode,
                scans=data.count(b"\xff\xda") if jpeg else 1,
                most=_most_pixels(image, len(data)),
            )
            frames = 1 if image.format == "MPO" else getattr(image, "n_frames", 1)
            deep = _deep(data)
    except PictureBroken as broken:
        return damage(broken, path)
    return _refuse(found, path, frames, deep) or found


def _most_pixels(image: Image.Image, size: int) -> int:
    """Say how many px may be decoded within `MOST_MEMORY` from a file of so many bytes."""
    kind = "JPEG" if image.format == "MPO" else image.format or ""
    if kind == "JPEG" and "progressive" in image.info:
        kind = "progressive"
    if kind == "PNG" and "A" in image.getbands():
        kind = "PNG with alpha"
    return int((MOST_MEMORY - COPIES * size) / BYTES_A_PIXEL[kind])


def upright(pixels: Image.Image, image: Image.Image) -> Image.Image:
    """Turn pixels as the camera was held.

    Args:
        image: a picture from ``open_picture``, whose EXIF says how.

    Returns:
        The pixels, turned; as they are when the EXIF cannot be read.
    """
    from PIL import Image

    turn = _turn(image)
    return pixels.transpose(Image.Transpose[turn]) if turn else pixels


def upright_size(data: bytes) -> tuple[int, int]:
    """Give width and height in px of a picture in which ``photo_problems`` found nothing wrong."""
    with open_picture(data) as image:
        width, height = image.size
        return (height, width) if _turn(image) in _LYING else (width, height)


def _turn(image: Image.Image) -> str | None:
    """Name the turn that sets a picture upright; None where it stands, or the EXIF is damaged."""
    try:
        return _TURNS.get(image.getexif().get(ORIENTATION, 1))
    except _DAMAGE:
        return None


ORIENTATION = 0x0112
"""Tag of EXIF (CIPA DC-008) that says how a camera was held."""

_TURNS = {
    2: "FLIP_LEFT_RIGHT",
    3: "ROTATE_180",
    4: "FLIP_TOP_BOTTOM",
    5: "TRANSPOSE",
    6: "ROTATE_270",
    7: "TRANSVERSE",
    8: "ROTATE_90",
}

_LYING = frozenset({"TRANSPOSE", "ROTATE_270", "TRANSVERSE", "ROTATE_90"})
"""Turns that make width of height."""


def _deep(data: bytes) -> bool:
    """Tell from a PNG's header (PNG 3rd edition, 11.2.1) whether it has 16 bits a channel."""
    return data[:8] == b"\x89PNG\r\n\x1a\n" and data[12:16] == b"IHDR" and data[24] == 16


def photo_problems(data: bytes, path: str) -> tuple[Problem, ...]:
    """Find out whether a picture can be used, by decoding it once.

    Args:
        data: bytes of the file.
    """
    found = inspect_photo(data, path)
    if isinstance(found, Problem):
        return (found,)
    try:
        with open_picture(data) as image:
            image.draft("RGB", (LEAST_SIDE, LEAST_SIDE))
            image.load()
    except PictureBroken as broken:
        return (damage(broken, path),)
    return ()


def damage(broken: PictureBroken, path: str) -> Problem:
    """Describe a picture that cannot be read."""
    code = str(broken)
    return _problem(path, code, *_WORDS[code])


_WORDS = {
    "photo-too-large": (
        "the picture has too many pixels",
        f"at most {MOST_PIXELS // 10**6} megapixels",
    ),
    "photo-padded": (
        "the file consists of padding, or of thousands of tiny pieces",
        "export it again as an ordinary picture",
    ),
    "photo-format": ("this is no JPEG, PNG or WebP picture", "export it again as JPEG"),
    "photo-broken": (
        "the picture is cut off or damaged",
        "copy it again from where it came from",
    ),
}


def _refuse(found: DecodedPicture, path: str, frames: int, deep: bool) -> Problem | None:  # noqa: FBT001
    """Say why a picture with a readable header cannot be used."""
    short, long = sorted((found.width, found.height))
    size = f"{found.width} × {found.height} px"
    ending = PurePosixPath(path).suffix.lower()
    kind = "JPEG" if found.format == "MPO" else found.format
    rules = (
        (
            short * long > MOST_PIXELS or long > MOST_SIDE,
            ("photo-too-large", f"the picture is {size}", f"at most {MOST_SIDE} px a side"),
        ),
        (
            short * long > found.most,
            (
                "photo-too-large",
                f"the picture is {size}",
                f"at most {found.most // 10**6} megapixels for a {kind} of this kind",
            ),
        ),
        (
            found.scans > MOST_SCANS or found.scans * short * long > MOST_SCANNED,
            (
                "photo-too-large",
                f"the picture has {found.scans} scans",
                "export it again as an ordinary JPEG",
            ),
        ),
        (
            short < LEAST_SIDE,
            ("photo-too-small", f"the picture is only {size}", "use the original"),
        ),
        (
            ending not in ENDINGS[found.format],
            (
                "photo-ending",
                f"the file is a {kind}, but is named {ending or 'without an ending'}",
                f"name it {ENDINGS[found.format][0]}",
            ),
        ),
        (frames > 1, ("photo-animated", "the picture moves", "export one frame of it")),
        (
            found.mode in {"CMYK", "YCCK"},
            ("photo-cmyk", "the picture is in CMYK", "export it as sRGB: print colours differ"),
        ),
        (
            deep or found.mode not in MODES,
            (
                "photo-depth",
                "the picture does not have 8 bits a channel",
                "export it with 8 bits a channel",
            ),
        ),
    )
    wrong = next((words for broken, words in rules if broken), None)
    return _problem(path, *wrong) if wrong else None


def _problem(path: str, code: str, message: str, hint: str) -> Problem:
    return Problem(path=path, code=code, message=message, hint=hint)
