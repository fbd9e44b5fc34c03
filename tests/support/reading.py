"""Read pictures back with tesseract, and count what was read wrongly."""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata

import numpy as np
from PIL import Image, ImageOps
from stopjihad.text.unicode.bidi_controls import strip_controls
from stopjihad.text.unicode.script import likely_script

READERS = {
    "en": "eng",
    "fr": "fra",
    "de": "deu",
    "es": "spa",
    "nl": "nld",
    "tr": "tur",
    "ru": "rus",
    "ar": "ara",
    "ur": "urd",
    "ps": "pus",
    "bn": "ben",
    "so": "eng",
    "th": "tha",
}
"""Debian's tesseract data by language; it has none for Somali, whose letters are those of English.
Thai stands for languages without spaces, in a font that a campaign has to add."""

MODES = {"Arab": (13, 32), "Beng": (7, 46), "Cyrl": (7, 46), "Latn": (7, 46), "Thai": (7, 46)}
"""How tesseract reads a script best, judged by what it makes of Pango's lines: page mode (7 is one
line, 13 a raw line without guesses about layout) and px per em."""


LARGER = 1.3
"""Share by which a line that was misread is enlarged for a second look, ours and Pango's alike."""


def read_twice(line: str, pixels: np.ndarray, lang: str, size: float) -> str:
    """Read a line, once more in another size when that differs, and give the better reading.

    What tesseract makes of a hairline depends on where it falls between pixels: one size alone
    says more of that than of the words.
    """
    first = read(pixels, lang, size)
    if not differing(line, first):
        return first
    second = read(pixels, lang, size / LARGER)
    return min(first, second, key=lambda seen: differing(line, seen))


def read(pixels: np.ndarray, lang: str, size: float) -> str:
    """Read a line whose letters are ``size`` px per em, brought to the size it is best at."""
    tesseract = shutil.which("tesseract")
    assert tesseract, "there is no tesseract: 'make system' installs it"
    out = io.BytesIO()
    mode, best = MODES[likely_script(lang)]
    image = Image.fromarray(pixels).convert("L")
    if np.median(np.asarray(image)) < 128:  # light words on dark: tesseract is made for print
        image = ImageOps.invert(image)
    scaled = (round(image.width * best / size), round(image.height * best / size))
    image.resize(scaled, Image.Resampling.LANCZOS).save(out, "PNG", dpi=(300, 300))
    for tried in (mode, 13):  # where it finds no line at all, it is told that there is one
        done = subprocess.run(
            [tesseract, "-", "-", "-l", READERS[lang], "--psm", str(tried)],
            input=out.getvalue(),
            check=True,
            capture_output=True,
            env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
        )
        if done.stdout.strip():
            break
    return done.stdout.decode()


def read_scattered(pixels: np.ndarray, languages: str) -> str:
    """Read all words of a picture, wherever they stand.

    Args:
        pixels: light words on dark.
        languages: names of tesseract, joined by ``+``.
    """
    tesseract = shutil.which("tesseract")
    assert tesseract, "there is no tesseract: 'make system' installs it"
    whole, found = ImageOps.invert(Image.fromarray(pixels).convert("L")), []
    for share in (1, 0.5):  # it passes over letters that are too small or too large for it
        out = io.BytesIO()
        size = (round(whole.width * share), round(whole.height * share))
        whole.resize(size, Image.Resampling.LANCZOS).save(out, "PNG", dpi=(300, 300))
        done = subprocess.run(
            [tesseract, "-", "-", "-l", languages, "--psm", "11"],
            input=out.getvalue(),
            check=True,
            capture_output=True,
            env={"OMP_THREAD_LIMIT": "1", "PATH": "/usr/bin:/bin"},
        )
        found.append(done.stdout.decode())
    return "\n".join(found)


def plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", strip_controls(text))
    return "".join(text.split()).replace("’", "'").replace("‘", "'")


def differing(drawn: str, seen: str, *, within: bool = False) -> int:
    """Count the characters that were read wrongly, left out or invented: the edit distance.

    With ``within`` what was read may have other words before and after.
    """
    first, second = plain(drawn), plain(seen)
    row = [0] * (len(second) + 1) if within else list(range(len(second) + 1))
    for at, char in enumerate(first, 1):
        before, row[0] = row[0], at
        for index, other in enumerate(second, 1):
            before, row[index] = (
                row[index],
                min(row[index] + 1, row[index - 1] + 1, before + (char != other)),
            )
    return min(row) if within else row[-1]
