"""Cards can be read back: tesseract reads ours as well as the same words drawn by Pango."""

from __future__ import annotations

import io
import shutil
import subprocess
import unicodedata

import numpy as np
import pytest
from PIL import Image, ImageOps
from stopjihad.render.card.card import set_card
from stopjihad.render.card.debug import card_pixels
from stopjihad.render.card.typeface import GRID
from stopjihad.text.unicode.bidi import strip_controls
from stopjihad.text.unicode.script import likely_script

from support import cards

pytestmark = pytest.mark.judge

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

ALPHABETIC = {"en", "fr", "de", "es", "nl", "tr", "ru", "so"}
FACES = {
    "ar": "Noto Sans Arabic",
    "ur": "Noto Sans Arabic",
    "ps": "Noto Sans Arabic",
    "bn": "Hind Siliguri",
    "th": "Noto Sans Thai",
}
SHORT = ("og", "story")
"""Formats of the quick run: the widest lines and the narrowest."""

WORST = 0.03
"""How much less of our words than of Pango's may be read: three points of a hundred."""

LEAST = 0.95
"""Share of characters that must be read in Latin and Cyrillic letters."""

MARGIN = 40
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


def plain(text: str) -> str:
    text = unicodedata.normalize("NFKC", strip_controls(text))
    return "".join(text.split()).replace("’", "'").replace("‘", "'")


def differing(drawn: str, seen: str) -> int:
    """Count the characters that were read wrongly, left out or invented: the edit distance."""
    first, second = plain(drawn), plain(seen)
    row = list(range(len(second) + 1))
    for at, char in enumerate(first, 1):
        before, row[0] = row[0], at
        for index, other in enumerate(second, 1):
            before, row[index] = (
                row[index],
                min(row[index] + 1, row[index - 1] + 1, before + (char != other)),
            )
    return row[-1]


def agreement(lines: list[str], seen: list[str]) -> float:
    """Give the share of all characters of some lines that agree."""
    wrong = sum(map(differing, lines, seen))
    return 1 - wrong / max(sum(len(plain(line)) for line in lines), 1)


def ours(
    lang: str, form: str, design: str = "fact", text: str = ""
) -> tuple[list[str], list[np.ndarray], float]:
    """Draw a card and cut out the lines of its headline; give their words and size too."""
    subject = cards.point(lang, **({"fact": cards.Text(text, lang)} if text else {}))
    card = set_card(cards.job(lang, design, form, subject=subject))
    (place,) = (place for place, _ in card.placed if getattr(place.item, "content", "") == "fact")
    block = place.block
    scale = block.size / GRID
    pixels = card_pixels(card)
    pictures = []
    for line, left, baseline in zip(block.lines, place.lefts, block.baselines, strict=True):
        rows = (
            int(place.top + baseline - line.top * scale),
            place.top + baseline - line.bottom * scale,
        )
        columns = int(left + line.left * scale), left + max(line.right, line.width) * scale
        cut = pixels[rows[0] - 1 : int(rows[1]) + 2, columns[0] - 1 : int(columns[1]) + 2]
        framed = np.pad(cut, ((MARGIN, MARGIN), (MARGIN, MARGIN), (0, 0)), mode="edge")
        pictures.append(framed)
    lines = [block.shaped.text[line.start : line.end] for line in block.lines]
    return lines, pictures, block.size


def pangos(lang: str, line: str, size: float) -> np.ndarray:
    """Draw a line with Pango at the same size, dark on light."""
    import pyvips

    face = FACES.get(lang, "Noto Sans")
    fonts = cards.every_font().files
    files = {font.family: font.path for font in fonts if font.weight in {0, 700}}
    text = pyvips.Image.text(
        line.replace("&", "&amp;").replace("<", "&lt;"),
        font=f"{face} Bold {size:g}",
        fontfile=files[face],
        dpi=72,
    )
    cover = np.frombuffer(text.write_to_memory(), dtype=np.uint8).reshape(text.height, text.width)
    page = np.full((text.height + 2 * MARGIN, text.width + 2 * MARGIN), 250, dtype=np.uint8)
    page[MARGIN:-MARGIN, MARGIN:-MARGIN] = 250 - (cover.astype(int) * 225 // 255).astype(np.uint8)
    return page


def compare(lang: str, drawn: tuple[tuple[str, str, str], ...]) -> None:
    """Read our lines and Pango's: format, design and words say which headlines."""
    words: list[str] = []
    found: list[str] = []
    judged: list[str] = []
    for form, design, text in drawn:
        lines, pictures, size = ours(lang, form, design, text)
        words += lines
        pairs = zip(lines, pictures, strict=True)
        found += [read_twice(line, picture, lang, size) for line, picture in pairs]
        judged += [read_twice(line, pangos(lang, line, size), lang, size) for line in lines]
    read_back, by_pango = agreement(words, found), agreement(words, judged)
    assert read_back >= by_pango - WORST, (words, found, judged)
    if lang in ALPHABETIC:
        assert read_back >= LEAST, found


@pytest.mark.parametrize("lang", sorted(READERS))
def test_words_read_back_as_well_as_pangos(lang: str) -> None:
    compare(lang, tuple((form, "fact", "") for form in SHORT))


@pytest.mark.long
@pytest.mark.parametrize("form", cards.FORMATS)
@pytest.mark.parametrize("lang", sorted(READERS))
def test_words_of_every_format_read_back_as_well_as_pangos(lang: str, form: str) -> None:
    fact, claim, warning, title, label = cards.texts(lang)
    headlines = (fact, f"{warning} {claim}", f"{title} {label} {warning}")
    designs = ("fact", "claim-and-fact")
    compare(lang, tuple((form, design, text) for design in designs for text in headlines))


def test_the_judge_can_tell() -> None:
    """A mirrored line is not read: the comparison would notice."""
    lines, pictures, size = ours("ar", "og")
    assert agreement(lines[:1], [read(pictures[0][:, ::-1].copy(), "ar", size)]) < 0.5
