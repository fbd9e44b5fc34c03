"""Renew the pictures of cards in docs/pictures: every design and format in four languages."""

# ruff: noqa: INP001 - a script, not a package
from __future__ import annotations

import io
import sys
from pathlib import Path

from PIL import Image

REPOSITORY = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from stopjihad.render.card import WORDS, Tile, alt_text, make_card, sheet_picture  # noqa: E402
from stopjihad.view.records import Named, Text  # noqa: E402

from support import cards  # noqa: E402

DESIGNS = ("fact", "claim-and-fact", "testimony", "help")
COLOURS = 200

SAYINGS = {
    "en": {"speaker": "A survivor from Mosul", "sponsor": "Foundation for Public Dialogue"},
    "ar": {
        "speaker": "ناجية من الموصل",
        "sponsor": "مؤسسة الحوار العام",
        "fact": "حقيقة",
        "false": "غير صحيح",
        "testimony": "بكلماتها",
        "help": "يمكنك التحدث إلى من يصغي إليك",
        "anonymous": "لا يلزمك ذكر اسمك",
        "languages": "نتحدث {languages}",
    },
    "ur": {
        "speaker": "موصل سے بچ جانے والی ایک خاتون",
        "sponsor": "فاؤنڈیشن برائے عوامی مکالمہ",
        "fact": "حقیقت",
        "false": "جھوٹ",
        "testimony": "ان کے اپنے الفاظ میں",
        "help": "آپ کسی سے بات کر سکتے ہیں",
        "anonymous": "نام بتانا ضروری نہیں",
        "languages": "ہم {languages} بولتے ہیں",
    },
    "bn": {
        "speaker": "মসুল থেকে বেঁচে ফেরা একজন",
        "sponsor": "জনসংলাপ ফাউন্ডেশন",
        "fact": "তথ্য",
        "false": "মিথ্যা",
        "testimony": "তাঁর নিজের কথায়",
        "help": "আপনি কারও সঙ্গে কথা বলতে পারেন",
        "anonymous": "নাম বলতে হবে না",
        "languages": "আমরা {languages} বলি",
    },
}


def tile(lang: str, design: str, form: str) -> Tile:
    """Draw one card of the sheet."""
    sayings = SAYINGS[lang]
    speaker = Named(id="survivors", name=Text(sayings["speaker"], lang))
    frame = cards.frame(lang, messengers=(speaker,), sponsor=Text(sayings["sponsor"], lang))
    words = {name: sayings.get(name, english) for name, english in WORDS.items()}
    words["talk"] = cards.TEXTS[lang][4]
    job = cards.job(lang, design, form, frame=frame, words=words)
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
