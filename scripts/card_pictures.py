"""Renew the pictures of cards in docs/pictures: every design and format in four languages."""

# ruff: noqa: INP001 - a script, not a package
from __future__ import annotations

import io
import sys
from pathlib import Path

import polib
from PIL import Image

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from stopjihad.draw import WORDS, alt_text, make_card  # noqa: E402
from stopjihad.render.card.contact_sheet import Tile, sheet_picture  # noqa: E402
from stopjihad.view.records import NamedItem, Text  # noqa: E402

from support import cards  # noqa: E402

DESIGNS = ("figure", "fact", "question", "steps", "quote", "claim-and-fact", "help")
COLOURS = 200

SAYINGS = {
    "en": {"speaker": "A survivor from Mosul", "sponsor": "Foundation for Public Dialogue"},
    "ar": {"speaker": "ناجية من الموصل", "sponsor": "مؤسسة الحوار العام"},
    "ur": {"speaker": "موصل سے بچ جانے والی ایک خاتون", "sponsor": "فاؤنڈیشن برائے عوامی مکالمہ"},
    "bn": {"speaker": "মসুল থেকে বেঁচে ফেরা একজন", "sponsor": "জনসংলাপ ফাউন্ডেশন"},
}
"""Words of the campaign; those of the theme come from its catalogues."""


def theme(lang: str) -> dict[str, str]:
    """Read the theme's words in a language, by English message."""
    path = REPOSITORY / "templates" / "locale" / f"{lang}.po"
    found = polib.pofile(str(path)) if path.exists() else ()
    return {one.msgid: one.msgstr for one in found if one.msgctxt is None}


def tile(lang: str, design: str, form: str) -> Tile:
    """Draw one card of the sheet."""
    sayings = SAYINGS[lang]
    speaker = NamedItem(id="survivors", name=Text(sayings["speaker"], lang))
    frame = cards.frame(lang, messengers=(speaker,), sponsor=Text(sayings["sponsor"], lang))
    known = theme(lang)
    words = {name: known.get(english) or english for name, english in WORDS.items()}
    link = "https://campaign.example.org/points/they-protect-muslims/"
    job = cards.job(lang, design, form, frame=frame, words=words, link=link)
    picture = make_card(job)
    assert isinstance(picture, bytes), picture
    return Tile(
        label=f"{design} · {form}",
        lang=lang,
        direction=frame.direction,
        path="",
        picture=picture,
        alt=alt_text(job),
    )


def main(folder: Path) -> None:
    """Write one sheet per language."""
    folder.mkdir(parents=True, exist_ok=True)
    for lang in SAYINGS:
        tiles = [tile(lang, design, form) for design in DESIGNS for form in cards.FORMATS]
        with Image.open(io.BytesIO(sheet_picture(tiles))) as sheet:
            half = (sheet.width // 2, sheet.height // 2)
            small = sheet.convert("RGB").resize(half, Image.Resampling.LANCZOS)
        few = small.quantize(COLOURS, dither=Image.Dither.NONE)
        few.save(folder / f"cards-{lang}.png", optimize=True)


if __name__ == "__main__":
    main(REPOSITORY / "docs" / "pictures")
