"""Pictures that cost more than they show, break a build, or carry what nobody sees."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import pytest
from PIL import Image
from stopjihad.draw.pictures import cover
from stopjihad.load.pictures import inspect_photo, photo_problems
from stopjihad.problem import Problem
from stopjihad.studio.pages.media import FileName, made_anew

from support.cards import photo


def saved(form: str, size: tuple[int, int], mode: str = "RGB", **how: object) -> bytes:
    out = io.BytesIO()
    quick = {"compress_level": 1} if form == "PNG" else {}
    Image.new(mode, size).save(out, form, **quick | how)
    return out.getvalue()


def noisy(size: tuple[int, int], **how: object) -> bytes:
    """Give a JPEG in which no two px are alike: the most that decoding costs."""
    out = io.BytesIO()
    Image.effect_noise(size, 90).convert("RGB").save(out, "JPEG", **how)
    return out.getvalue()


def scanned(size: tuple[int, int], scans: int) -> bytes:
    """Repeat the last scan of a progressive JPEG: 78 bytes or so each, all of them decoded."""
    data = saved("JPEG", size, progressive=True)
    last = data.rindex(b"\xff\xda")
    return data[:last] + data[last:-2] * scans + data[-2:]


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def with_exif(form: str, exif: bytes) -> bytes:
    if form == "PNG":
        good = saved("PNG", (200, 120))
        return good[:33] + chunk(b"eXIf", exif) + good[33:]
    return saved(form, (200, 120), exif=b"Exif\0\0" + exif if form == "JPEG" else exif)


BROKEN = (b"garbage!", b"", b"II*\0", b"MM\0*\0\0\0\x08\xff\xff", b"II*\0\xff\xff\xff\xff")


@pytest.mark.parametrize("form", ["PNG", "WEBP", "JPEG"])
@pytest.mark.parametrize("exif", BROKEN)
def test_a_broken_exif_turns_nothing_and_breaks_nothing(form: str, exif: bytes) -> None:
    name = {"PNG": "a.png", "WEBP": "a.webp", "JPEG": "a.jpg"}[form]
    data = with_exif(form, exif)
    assert photo_problems(data, name) == ()
    assert cover(data, (100, 60), (0.5, 0.5)).shape == (60, 100, 3)
    again = made_anew(data, FileName.of(name))
    assert photo_problems(again, name) == ()
    assert b"garbage" not in again


def test_a_picture_is_still_turned_upright() -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    data = saved("JPEG", (200, 120), exif=exif)
    assert Image.open(io.BytesIO(made_anew(data, FileName.of("a.jpg")))).size == (120, 200)


COSTLY = {
    "3,000 scans": ("a.jpg", lambda: scanned((6000, 6000), 3000)),
    "5,000 scans of a small one": ("a.jpg", lambda: scanned((900, 900), 5000)),
    "99 scans of a large one": ("a.jpg", lambda: scanned((5000, 5000), 99)),
    "a large progressive one": ("a.jpg", lambda: scanned((7000, 7000), 1)),
    "a large PNG": ("a.png", lambda: saved("PNG", (7000, 7000), "RGBA")),
    "a large WebP": ("a.webp", lambda: saved("WEBP", (7000, 7000), method=0)),
    "a WebP of 16 megapixels": ("a.webp", lambda: saved("WEBP", (4000, 4000), method=0)),
    "a PNG of 25 megapixels with alpha": ("a.png", lambda: saved("PNG", (5000, 5000), "RGBA")),
    "a large grey PNG": ("a.png", lambda: saved("PNG", (12_000, 4_000), "L")),
}


def padded_png(piece: bytes, megabytes: int) -> bytes:
    """Put as many pieces behind the header of a PNG as fill the file."""
    good = saved("PNG", (400, 300))
    return good[:33] + piece * (megabytes * 1_000_000 // len(piece)) + good[33:]


def padded_jpeg(piece: bytes, megabytes: int) -> bytes:
    """Put them behind the first segment of a JPEG, which has 18 bytes."""
    good = saved("JPEG", (400, 300))
    return good[:20] + piece * (megabytes * 1_000_000 // len(piece)) + good[20:]


def padded_webp(megabytes: int) -> bytes:
    good = saved("WEBP", (400, 300), lossless=True)
    flags = struct.pack("<4sIIHBHB", b"VP8X", 10, 0, 399, 0, 299, 0)
    body = b"WEBP" + flags + good[12:] + (b"unkn" + bytes(4)) * (megabytes * 1_000_000 // 8)
    return b"RIFF" + struct.pack("<I", len(body)) + body


PADDED = {
    "39 MB of empty pieces": ("a.png", lambda: padded_png(chunk(b"prVt", b""), 39)),
    "5 MB of empty pieces": ("a.png", lambda: padded_png(chunk(b"prVt", b""), 5)),
    "39 MB of empty pixels": ("a.png", lambda: padded_png(chunk(b"IDAT", b""), 39)),
    "39 MB of notes": ("a.png", lambda: padded_png(chunk(b"tEXt", b"a\0b"), 39)),
    "39 MB of comments": ("a.jpg", lambda: padded_jpeg(b"\xff\xfe\0\2", 39)),
    "10 MB of comments": ("a.jpg", lambda: padded_jpeg(b"\xff\xfe\0\2", 10)),
    "39 MB of fill bytes": ("a.jpg", lambda: padded_jpeg(b"\xff", 39)),
    "39 MB of unknown pieces": ("a.webp", lambda: padded_webp(39)),
    "39 MB of nothing": ("a.jpg", lambda: padded_jpeg(b"\0", 39)),
}
"""Files of a small picture that Pillow reads piece by piece, in Python, before it shows a pixel."""

ORDINARY = {
    "a photo": ("a.jpg", photo),
    "a photo of 24 megapixels of noise": ("a.jpg", lambda: noisy((6000, 4000), quality=60)),
    "a progressive photo of 9 megapixels of noise": (
        "a.jpg",
        lambda: noisy((3600, 2400), quality=90, progressive=True),
    ),
    "a photo of 48 megapixels": ("a.jpg", lambda: saved("JPEG", (8000, 6000))),
    "a progressive photo of 24 megapixels": (
        "a.jpg",
        lambda: saved("JPEG", (6000, 4000), progressive=True),
    ),
    "a PNG of 24 megapixels": ("a.png", lambda: saved("PNG", (6000, 4000))),
    "a PNG of 18 megapixels with alpha": ("a.png", lambda: saved("PNG", (4500, 4000), "RGBA")),
    "a WebP of 10 megapixels": ("a.webp", lambda: saved("WEBP", (3600, 2800), method=0)),
}

WATCHED = """
import sys, time
from pathlib import Path
from stopjihad.load.pictures import photo_problems
from stopjihad.studio.pages.media import FileName, made_anew
from stopjihad.studio.answers import RefusedRequest
from PIL import Image
data, name = Path(sys.argv[1]).read_bytes(), sys.argv[2]
began = time.process_time()
problems = photo_problems(data, name)
checked = time.process_time() - began
try:
    made_anew(data, FileName.of(name))
except RefusedRequest:
    pass
peak = int(Path("/proc/self/status").read_text().split("VmHWM:")[1].split()[0]) // 1024
print(*(one.code for one in problems), f"{checked:.2f}", f"{time.process_time() - began:.2f}", peak)
"""


def watched(data: bytes, name: str, folder: Path) -> tuple[list[str], float, float, int]:
    """Check and take in a picture in a process of its own: codes, seconds, seconds, MB."""
    file = folder / "picture"
    file.write_bytes(data)
    run = subprocess.run(
        [sys.executable, "-c", WATCHED, str(file), name], check=True, capture_output=True, text=True
    )
    *codes, checked, taken, peak = run.stdout.split()
    return codes, float(checked), float(taken), int(peak)


@pytest.mark.parametrize("kind", COSTLY)
def test_a_costly_picture_is_refused_by_its_header(kind: str, tmp_path: Path) -> None:
    name, make = COSTLY[kind]
    codes, checked, taken, peak = watched(make(), name, tmp_path)
    print(f"{kind}: {codes} {checked} s {taken} s {peak} MB")  # noqa: T201 - docs quote it
    assert codes == ["photo-too-large"]
    assert taken < 2
    assert peak < 300


@pytest.mark.parametrize("kind", PADDED)
def test_a_padded_picture_is_refused_before_it_is_read(kind: str, tmp_path: Path) -> None:
    """39 MB took 17 s to check, 26 s to take in, and 443 MB."""
    name, make = PADDED[kind]
    codes, checked, taken, peak = watched(make(), name, tmp_path)
    print(f"{kind}: {codes} {checked} s {taken} s {peak} MB")  # noqa: T201 - docs quote it
    assert codes == ["photo-padded"]
    assert taken < 2
    assert peak < 300


def test_a_picture_of_many_ordinary_pieces_is_no_padded_one() -> None:
    """Encoders cut pixels into pieces of some kilobytes; cameras write a hundred notes."""
    data = saved("PNG", (1200, 900), compress_level=0)
    start = data.index(b"IDAT") - 4
    pixels = zlib.compress(zlib.decompress(idat(data)), 0)
    pieces = [pixels[at : at + 4096] for at in range(0, len(pixels), 4096)]
    assert len(pieces) > 700
    cut = data[:start] + b"".join(chunk(b"IDAT", one) for one in pieces) + chunk(b"IEND", b"")
    assert photo_problems(cut, "a.png") == ()
    notes = b"".join(b"\xff\xfe" + struct.pack(">H", 12) + b"0123456789" for _ in range(300))
    plain = saved("JPEG", (400, 300))
    assert photo_problems(plain[:2] + notes + plain[2:], "a.jpg") == ()


def idat(data: bytes) -> bytes:
    """Give the packed pixels of a PNG."""
    at, found = 8, b""
    while at < len(data):
        size = struct.unpack(">I", data[at : at + 4])[0]
        if data[at + 4 : at + 8] == b"IDAT":
            found += data[at + 8 : at + 8 + size]
        at += size + 12
    return found


LIKE_OTHERS = (
    "a progressive photo of 9 megapixels of noise",
    "a progressive photo of 24 megapixels",
    "a PNG of 18 megapixels with alpha",
)
"""Kinds that cost less than another one."""


@pytest.mark.parametrize(
    "kind",
    [
        pytest.param(kind, marks=pytest.mark.long if kind in LIKE_OTHERS else ())
        for kind in ORDINARY
    ],
)
def test_an_ordinary_picture_is_taken_within_bounds(kind: str, tmp_path: Path) -> None:
    name, make = ORDINARY[kind]
    codes, checked, taken, peak = watched(make(), name, tmp_path)
    print(f"{kind}: {codes} {checked} s {taken} s {peak} MB")  # noqa: T201 - docs quote it
    assert codes == []
    assert taken < 2
    assert peak < 300


def test_what_full_transparency_hides_is_not_stored() -> None:
    image = Image.new("RGBA", (200, 120), (200, 10, 10, 255))
    image.paste((12, 34, 56, 0), (0, 0, 100, 120))
    image.paste((90, 90, 90, 1), (100, 0, 110, 120))
    for name in ("a.png", "a.webp"):
        out = io.BytesIO()
        image.save(out, "PNG" if name == "a.png" else "WEBP", lossless=True, exact=True)
        stored = Image.open(io.BytesIO(made_anew(out.getvalue(), FileName.of(name))))
        if name == "a.png":
            assert stored.getpixel((150, 60)) == (200, 10, 10, 255)
            assert stored.getpixel((105, 60)) == (90, 90, 90, 1)
        # Beyond the edge, where a lossy WebP smooths what is seen.
        hidden = {stored.getpixel((x, y)) for x in range(0, 80, 7) for y in range(0, 120, 7)}
        assert {one[3] for one in hidden} == {0}
        assert (12, 34, 56, 0) not in hidden
        assert name == "a.webp" or hidden == {(0, 0, 0, 0)}


def test_the_header_alone_says_so() -> None:
    found = inspect_photo(scanned((900, 900), 5000), "a.jpg")
    assert isinstance(found, Problem)
    assert "scans" in found.message
