"""Pictures that cannot or must not be used are named before they cost anything."""

from __future__ import annotations

import io
import struct
import subprocess
import sys
import zlib
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from stopjihad.load.pictures import inspect_photo, photo_problems

from support.timing import seconds_of


def saved(
    mode: str = "RGB", size: tuple[int, int] = (200, 120), form: str = "JPEG", **how: object
) -> bytes:
    out = io.BytesIO()
    Image.new(mode, size).save(out, form, **how)
    return out.getvalue()


def chunk(name: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


def png(width: int, height: int, depth: int = 8, kind: int = 2, data: bytes = b"") -> bytes:
    head = struct.pack(">IIBBBBB", width, height, depth, kind, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", data) + chunk(b"IEND", b"")


def bomb() -> bytes:
    """A PNG of 40,000 by 40,000 px in a few kB: 1.6 billion px of nothing."""
    packer = zlib.compressobj(9)
    row = b"\0" * (40_000 // 8 + 1)
    data = b"".join(packer.compress(row * 400) for _ in range(100)) + packer.flush()
    return png(40_000, 40_000, 1, 0, data)


def animated(form: str) -> bytes:
    out = io.BytesIO()
    frames = [Image.new("RGB", (100, 100), (value, 0, 0)) for value in (0, 100, 200)]
    frames[0].save(out, form, save_all=True, append_images=frames[1:], duration=100)
    return out.getvalue()


def text_bomb() -> bytes:
    packed = zlib.compress(b"A" * 300_000_000, 9)
    good = saved(form="PNG")
    return good[:33] + chunk(b"zTXt", b"Comment\0\0" + packed) + good[33:]


ATTACKS = {
    "bomb": ("a.png", bomb, "photo-too-large"),
    "strip": ("a.png", lambda: saved("L", (30_000, 70), "PNG"), "photo-too-large"),
    "tiny": ("a.png", lambda: saved("RGB", (5, 5), "PNG"), "photo-too-small"),
    "cut off": ("a.jpg", lambda: saved(size=(900, 900))[:400], "photo-broken"),
    "cut in the pixels": ("a.png", lambda: noise("PNG")[:-5000], "photo-broken"),
    "text instead": ("a.jpg", lambda: b"<html>" * 100, "photo-format"),
    "empty": ("a.jpg", lambda: b"", "photo-format"),
    "gif": ("a.gif", lambda: saved("P", form="GIF"), "photo-format"),
    "svg": ("a.svg", lambda: b"<svg xmlns='http://www.w3.org/2000/svg'/>", "photo-format"),
    "cmyk": ("a.jpg", lambda: saved("CMYK"), "photo-cmyk"),
    "16 bits grey": ("a.png", lambda: saved("I;16", form="PNG"), "photo-depth"),
    "16 bits colour": ("a.png", lambda: png(100, 100, 16, 2, deep()), "photo-depth"),
    "animated png": ("a.png", lambda: animated("PNG"), "photo-animated"),
    "animated webp": ("a.webp", lambda: animated("WEBP"), "photo-animated"),
    "wrong ending": ("a.png", saved, "photo-ending"),
    "no ending": ("photo", saved, "photo-ending"),
}


def deep() -> bytes:
    return zlib.compress(b"".join(b"\0" + b"\1\2" * 300 for _ in range(100)))


def noise(form: str) -> bytes:
    out = io.BytesIO()
    pixels = np.random.default_rng(1).integers(0, 256, (200, 200, 3), dtype=np.uint8)
    Image.fromarray(pixels).save(out, form)
    return out.getvalue()


@pytest.mark.parametrize("name", sorted(ATTACKS))
def test_each_attack_is_one_problem_and_quick(name: str) -> None:
    path, make, code = ATTACKS[name]
    data = make()
    problems = photo_problems(data, f"media/{path}")
    assert seconds_of(lambda: photo_problems(data, f"media/{path}"), 1) < 1
    assert [(problem.code, problem.path) for problem in problems] == [(code, f"media/{path}")]
    assert problems[0].hint


@pytest.mark.parametrize(
    ("path", "data"),
    [
        ("a.jpg", saved()),
        ("a.JPEG", saved("L")),
        ("a.png", saved("RGBA", form="PNG")),
        ("a.png", saved("P", form="PNG")),
        ("a.png", saved("LA", form="PNG")),
        ("a.webp", saved(form="WEBP")),
    ],
)
def test_ordinary_pictures_pass(path: str, data: bytes) -> None:
    assert photo_problems(data, path) == ()


def test_any_damage_is_a_problem_or_nothing() -> None:
    good = noise("JPEG")
    random = np.random.default_rng(7)
    for _ in range(300):
        data = bytearray(good)
        for at in random.integers(0, len(data), 8):
            data[at] = int(random.integers(0, 256))
        photo_problems(bytes(data[: int(random.integers(1, len(data)))]), "a.jpg")


def test_text_hidden_in_a_picture_does_not_swell(tmp_path: Path) -> None:
    program = (
        "import sys; sys.path[:0] = ['tests'];"
        "from stopjihad.load.pictures import photo_problems;"
        "data = open(sys.argv[1], 'rb').read(); print(photo_problems(data, 'a.png'));"
        "print(open('/proc/self/status').read().split('VmHWM:')[1].split()[0])"
    )
    file = tmp_path / "a.png"
    file.write_bytes(text_bomb())
    run = subprocess.run(
        [sys.executable, "-c", program, str(file)], check=True, capture_output=True, text=True
    )
    assert int(run.stdout.split()[-1]) < 300 * 1024


def test_a_header_is_read_without_pixels() -> None:
    found = inspect_photo(saved(size=(4000, 3000)), "a.jpg")
    assert (found.width, found.height, found.format) == (4000, 3000, "JPEG")
