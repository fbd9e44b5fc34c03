"""Talking points in thirteen languages, and cards made of them, without a campaign."""

from __future__ import annotations

import datetime as dt
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from stopjihad.catalog.fonts import FontBook
from stopjihad.catalog.layout import Layer, Layout
from stopjihad.draw import WORDS, CardJob
from stopjihad.load.fonts import load_fonts
from stopjihad.load.layouts import read_layouts
from stopjihad.model.point import Sensitivity, Source
from stopjihad.text.unicode.script import direction
from stopjihad.view.records import (
    ActionView,
    AlertView,
    ColumnView,
    DataView,
    FigureView,
    Frame,
    HelplineView,
    NamedItem,
    PointView,
    Prose,
    QuoteView,
    RowView,
    Text,
)
from stopjihad.view.slides import Slide

ROOT = Path(__file__).resolve().parents[2]
FORMATS = ("og", "wide", "square", "portrait", "story")
FAMILIES = ("fact", "figure", "question", "steps", "quote", "claim-and-fact")
"""Designs of talking points that are drawn without a photo and without a code."""

SLIDES = (
    "slide-fact", "slide-way", "slide-claim", "slide-text", "slide-figure", "slide-chart",
    "slide-steps", "slide-help", "film-fact", "film-step",
    "film-help",
)  # fmt: skip
"""Designs of slides and of scenes of films."""

DESIGNS = (*FAMILIES, "chart", "help", "poster", "photo")
EVERY = (*DESIGNS, "alert")
"""Designs of cards: what is not a slide."""

DRAWN = (*FAMILIES, "chart", "help", "poster")
LINK = "https://example.org/en/points/they-protect-muslims/"
TONES = ("calm", "grave", "hopeful")

TEXTS: dict[str, tuple[str, str, str, str, str]] = {
    "en": (
        "Most people ISIS killed were Muslims.",
        "They defend Muslims.",
        "Recruiters court people who want to protect others.",
        "Answers to recruiters",
        "Talk to someone",
    ),
    "fr": (
        "La plupart des personnes tuées par Daech étaient musulmanes.",
        "Ils défendent les musulmans.",
        "Les recruteurs courtisent des gens qui veulent protéger les autres.",
        "Réponses aux recruteurs",
        "Parler à quelqu’un",
    ),
    "de": (
        "Die meisten Menschen, die der IS getötet hat, waren Musliminnen und Muslime.",
        "Sie verteidigen die Muslime.",
        "Anwerber umwerben Menschen, die andere schützen wollen.",
        "Antworten auf Anwerber",
        "Mit jemandem sprechen",
    ),
    "es": (
        "La mayoría de las personas que mató el Dáesh eran musulmanas.",
        "Defienden a los musulmanes.",
        "Los reclutadores buscan a personas que quieren proteger a otras.",
        "Respuestas a los reclutadores",
        "Hablar con alguien",
    ),
    "nl": (
        "De meeste mensen die IS doodde, waren moslims.",
        "Zij verdedigen moslims.",
        "Ronselaars zoeken mensen die anderen willen beschermen.",
        "Antwoorden op ronselaars",
        "Praat met iemand",
    ),
    "tr": (
        "IŞİD’in öldürdüğü insanların çoğu Müslümandı.",
        "Müslümanları savunuyorlar.",
        "Eleman devşirenler başkalarını korumak isteyenlere yönelir.",
        "Devşirenlere yanıtlar",
        "Biriyle konuşun",
    ),
    "ru": (
        "Большинство людей, убитых ИГИЛ, были мусульманами.",
        "Они защищают мусульман.",
        "Вербовщики ищут тех, кто хочет защищать других.",
        "Ответы вербовщикам",
        "Поговорите с кем-нибудь",
    ),
    "ar": (
        "معظم من قتلهم تنظيم داعش كانوا مسلمين.",
        "إنهم يدافعون عن المسلمين.",
        "يستهدف المجنِّدون من يريد حماية غيره.",
        "إجابات على المجنِّدين",
        "تحدَّث إلى شخص ما",
    ),
    "ur": (
        "داعش نے جن لوگوں کو قتل کیا، ان میں سے زیادہ تر مسلمان تھے۔",
        "وہ مسلمانوں کا دفاع کرتے ہیں۔",
        "بھرتی کرنے والے ان لوگوں کو ڈھونڈتے ہیں جو دوسروں کی حفاظت چاہتے ہیں۔",
        "بھرتی کرنے والوں کو جواب",
        "کسی سے بات کریں",
    ),
    "ps": (
        "ډېری هغه خلک چې داعش ووژل مسلمانان وو.",
        "دوی د مسلمانانو دفاع کوي.",
        "جلبوونکي هغه خلک لټوي چې نور خلک ساتل غواړي.",
        "استخداموونکو ته ځوابونه",
        "له چا سره خبرې وکړئ",
    ),
    "bn": (
        "আইএস যাদের হত্যা করেছে তাদের বেশিরভাগই ছিলেন মুসলিম।",
        "তারা মুসলিমদের রক্ষা করে।",
        "যাঁরা অন্যদের রক্ষা করতে চান, দলে টানার লোকেরা তাঁদের খোঁজে।",
        "নিয়োগকারীদের জবাব",
        "কারও সঙ্গে কথা বলুন",
    ),
    "so": (
        "Dadka ay ISIS dishay badankoodu waxay ahaayeen Muslimiin.",
        "Waxay difaacaan Muslimiinta.",
        "Kuwa dadka qorta waxay raadiyaan dadka doonaya inay kuwa kale ilaaliyaan.",
        "Jawaabaha qorayaasha",
        "La hadal qof",
    ),
}
"""Fact, claim, warning, title and the helpline's label, by language."""

ADDED = {
    "th": (
        "คนส่วนใหญ่ที่กลุ่มไอเอสฆ่าคือชาวมุสลิม",
        "พวกเขาปกป้องชาวมุสลิม",
        "คนชักชวนพูดเช่นนี้ ซึ่งไม่เป็นความจริง",
        "คำตอบถึงคนชักชวน",
        "คุยกับใครสักคน",
    )
}
"""The same in a language whose letters come from a package that has to be added."""

OPTIONAL = {"Noto Sans Thai"}
"""Families that are no dependency of the program: tests install them."""


def texts(lang: str) -> tuple[str, str, str, str, str]:
    """Give the words of a language, or the English ones."""
    return (TEXTS | ADDED).get(lang, TEXTS["en"])


@cache
def fonts() -> FontBook:
    """Give the fonts of the packages alone: tests do not depend on the system's."""
    every = every_font()
    files = tuple(font for font in every.files if font.family not in OPTIONAL)
    return FontBook(files, headlines=every.headlines)


@cache
def every_font() -> FontBook:
    """Give the fonts of the packages, with those that a campaign adds for its languages."""
    book, problems = load_fonts(ROOT, system=())
    assert not problems
    return book


@cache
def layouts() -> dict[str, Layout]:
    """Read the built-in designs."""
    folder = ROOT / "templates" / "cards"
    texts = {path.name: path.read_text(encoding="utf-8") for path in folder.glob("*.yaml")}
    found, problems = read_layouts(texts)
    assert not problems
    return found


@cache
def drawings() -> dict[str, str]:
    """Read the built-in drawings by name."""
    folder = ROOT / "assets" / "drawings"
    return {path.stem: path.read_text(encoding="utf-8") for path in sorted(folder.glob("*.svg"))}


def helpline(lang: str = "en", **changes: Any) -> HelplineView:
    """Make a helpline that speaks a language."""
    values: dict[str, Any] = {
        "id": "line",
        "country": "FR",
        "country_name": "France",
        "name": Text("Stop-Djihadisme", "fr"),
        "printed": "0800 005 696",
        "e164": "+33800005696",
        "hours": Text("9:00–18:00", lang),
        "opening": (),
        "languages": (lang,),
        "language_names": ("Français", "English"),
        "operator": "government",
        "operator_note": None,
        "anonymous": True,
        "emergency": Text("112", lang),
        "url": "https://example.org/",
        "source": "https://example.org/",
        "verified_on": dt.date(2026, 11, 1),
        "verified_how": "read",
    }
    return HelplineView(**(values | changes))


def frame(lang: str = "en", **changes: Any) -> Frame:
    """Make what the cards of a language share."""
    title = texts(lang)[3]
    values: dict[str, Any] = {
        "campaign": "sample",
        "lang": lang,
        "direction": direction(lang),
        "title": Text(title, lang),
        "tagline": Text(title, lang),
        "summary": Text(title, lang),
        "sample": True,
        "base_url": "https://example.org/",
        "source_language": "en",
        "languages": (),
        "audiences": (),
        "messengers": (NamedItem(id="survivors", name=Text(title, lang)),),
        "claimant": Text("Recruiters say", "en"),
        "pull_factors": (),
        "menu": (),
        "pages": (),
        "sponsor": Text(title, lang),
        "funders": (),
        "disclosure": Text(title, lang),
        "sponsor_url": None,
        "corrections_contact": "press@example.org",
        "corrections_policy": Text(title, lang),
        "helplines": (helpline(lang),),
        "standing": (helpline(lang),),
        "hashtags": (),
        "accent": "#0b6b5d",
        "ink": "#14232b",
        "paper": "#fbfaf7",
        "policy": "notice",
        "updated": dt.date(2026, 11, 1),
    }
    return Frame(**(values | changes))


SOURCE = Source(
    id="un",
    title="Report on the protection of civilians",
    publisher="Office of the UN High Commissioner for Human Rights",
    short="UN",
    url="https://www.ohchr.org/",
    published=dt.date(2017, 11, 2),
    accessed=dt.date(2026, 11, 24),
)


def point(lang: str = "en", **changes: Any) -> PointView:
    """Make a talking point."""
    fact, claim, warning, title, label = texts(lang)
    values: dict[str, Any] = {
        "id": "they-protect-muslims",
        "lang": lang,
        "mode": "debunk",
        "fact": Text(fact, lang),
        "claim": Text(claim, lang),
        "warning": Text(warning, lang),
        "technique": None,
        "pull_factor": "justice",
        "audiences": (),
        "messenger": "survivors",
        "action": ActionView(label=Text(label, lang), kind="helpline"),
        "alternative": Prose((Text(f"{warning} {label}. {fact}", lang),)),
        "steps": (Text(f"{warning}", lang), Text(f"{label}.", lang), Text(fact, lang)),
        "question": Text(f"{title}?", lang),
        "figures": (
            FigureView(
                value=Text("2,521", lang),
                number=2521,
                unit=Text(title, lang),
                label=Text(fact, lang),
                source="un",
                qualifier="at-least",
                beside=Text(warning, lang),
            ),
        ),
        "data": (table(lang, title, label),),
        "quote": QuoteView(text=Text(fact, lang), speaker=Text(title, lang), source="un"),
        "body": Prose(),
        "sources": (SOURCE,),
        "posts": {},
        "sensitivity": Sensitivity(),
        "level": None,
        "approved_on": None,
        "updated": None,
        "complete": True,
        "reviewed": True,
    }
    return PointView(**(values | changes))


def table(lang: str, title: str, label: str) -> DataView:
    """Make a table of three bars, the last one long."""
    return DataView(
        id="made",
        kind="bar",
        title=Text(title, lang),
        head=Text(label, lang),
        columns=(ColumnView(label=Text(label, lang)),),
        rows=tuple(
            RowView(
                label=Text(label, lang),
                at="",
                cells=(Text(f"{number:,}", lang),),
                numbers=(number,),
                qualifier="at-least" if number == 12 else None,
            )
            for number in (12, 130, 2521)
        ),
        note=Text(title, lang),
        beside=None,
        percent=False,
        sources=("un",),
    )


def job(lang: str = "en", design: str = "fact", form: str = "og", **changes: Any) -> CardJob:
    """Make a card of a talking point, or of a helpline for the design ``help``."""
    values: dict[str, Any] = {
        "layout": layouts()[design],
        "format": form,
        "subject": helpline(lang) if design == "help" else point(lang),
        "frame": frame(lang),
        "words": WORDS | {"talk": texts(lang)[4]},
        "fonts": every_font() if lang in ADDED else fonts(),
        "link": LINK if design in {"poster", "alert"} else "",
        "photo": photo() if design == "photo" else b"",
        "drawing": drawings()["letter"],
        "theme": "justice",
    }
    return CardJob(**(values | changes))


def prose(text: str, lang: str = "en") -> Prose:
    """Make one passage of Markdown."""
    return Prose((Text(text, lang),))


def changed(card: CardJob, layers: tuple[Layer, ...]) -> CardJob:
    """Give a card other layers."""
    layout = msgspec.structs.replace(card.layout, layers=layers)
    return msgspec.structs.replace(card, layout=layout)


def alert(lang: str, text: str) -> AlertView:
    """Make an alert in a crisis that says a text."""
    sent = dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
    return AlertView(
        id="notice",
        incident="attack-under-way",
        lang=lang,
        exercise=True,
        place="",
        headline=text,
        empathy="",
        confirmed=(),
        unknown="",
        actions=(texts(lang)[2],),
        update=texts(lang)[0],
        look="",
        authority="",
        official="https://police.example.org",
        sent="12:00",
        sent_time="12:00",
        until="18:00",
        sent_at=sent,
        ends_at=sent + dt.timedelta(hours=6),
    )


def told_job(lang: str, design: str, form: str, text: str, **changes: Any) -> CardJob:
    """Make a card of any design that says a text where the design has most room for one."""
    words = Text(text, lang)
    subject: PointView | HelplineView | AlertView = point(
        lang,
        fact=words,
        question=words,
        quote=QuoteView(text=words, speaker=Text(texts(lang)[3], lang), source="un"),
        data=(table(lang, text, texts(lang)[4]),),
    )
    if design == "help":
        subject = helpline(lang, hours=words)
    if design == "alert":
        subject = alert(lang, text)
    return job(lang, design, form, subject=subject, **changes)


def slide_job(lang: str, design: str, form: str, text: str, **changes: Any) -> CardJob:
    """Make a slide that says a text where its design has most room for one."""
    words = Text(text, lang)
    step = max(1, -(-len(text) // 4))
    pieces = [text[at : at + step].strip() for at in range(0, len(text), step)]
    slide = Slide(
        role="evidence",
        design=design,
        number=2,
        total=6,
        kicker=Text(texts(lang)[3], lang),
        text=words,
        steps=tuple(Text(piece, lang) for piece in pieces if piece),
        sources=("un",),
        figure=msgspec.structs.replace(point(lang).figures[0], label=words),
    )
    facts = (
        {"fact": words} if design in {"slide-fact", "slide-way", "slide-claim", "film-fact"} else {}
    )
    subject = point(lang, **facts)
    values = {"layout": layouts()[design], "subject": subject, "slide": slide, "link": LINK}
    return job(lang, "fact", form, **(values | changes))


@cache
def photo(width: int = 1600, height: int = 1200) -> bytes:
    """Paint a picture with light and dark parts and keep it as a JPEG."""
    import io

    import numpy as np
    from PIL import Image

    x = np.linspace(0, 1, width)[None, :]
    y = np.linspace(0, 1, height)[:, None]
    red = 255 * (0.5 + 0.5 * np.sin(9 * x + 4 * y))
    green = 255 * (0.3 + 0.7 * y + 0 * x)
    blue = 255 * (0.5 + 0.5 * np.cos(7 * y - 3 * x))
    pixels = np.stack([red, np.broadcast_to(green, red.shape), blue], axis=-1)
    out = io.BytesIO()
    Image.fromarray(np.clip(pixels, 0, 255).astype(np.uint8)).save(out, "JPEG", quality=90)
    return out.getvalue()
