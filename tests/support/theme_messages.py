"""Collect the theme's messages and keep ``templates/locale`` in step with them.

Run as a program after changing a template or a term:
``.venv/bin/python tests/support/theme_messages.py`` rewrites ``theme.pot`` and brings new messages
into each PO file, without touching what is translated.
"""

from __future__ import annotations

from itertools import chain
from pathlib import Path

import polib
from babel.messages.extract import extract_python
from jinja2.ext import babel_extract
from stopjihad.catalog import terms
from stopjihad.catalog.first_words import URGENT as URGENT_SENTENCES
from stopjihad.catalog.paper import said_in
from stopjihad.catalog.platforms import services
from stopjihad.draw.job import WORDS as CARD_WORDS
from stopjihad.load.paper import read_papers
from stopjihad.render.kit.points import HUNG
from stopjihad.render.paper.words import WORDS as PAPER_WORDS
from stopjihad.render.post.words import WORDS
from stopjihad.view.alert_phrases import WORDS as ALERT_WORDS
from stopjihad.view.partner_line import WORDS as PARTNER_WORDS
from stopjihad.view.partner_mail import WORDS as MAIL_WORDS
from stopjihad.view.slides import WORDS as SLIDE_WORDS

ROOT = Path(__file__).parents[2]
LOCALE = ROOT / "templates" / "locale"
HEADER = {
    "Project-Id-Version": "stopjihad",
    "MIME-Version": "1.0",
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
}

HTML = ("render/page", "theme")
"""Rooms whose code says theme messages."""

TERMS = (
    terms.SETTINGS,
    terms.TECHNIQUES,
    terms.PULL_FACTORS,
    terms.MODES,
    terms.MESSENGERS,
    terms.OPERATORS,
    terms.NEEDS,
    terms.WRITING,
    terms.VERIFICATIONS,
    terms.READINGS,
    terms.FORMATS,
)


def term_messages() -> tuple[str, ...]:
    """List every label and sentence of the terms once, in reading order."""
    found = {text: None for table in TERMS for term in table.values() for text in term if text}
    found |= dict.fromkeys(terms.BYLINES.values())
    return tuple(found)


def paper_messages() -> list[str]:
    """Give what layouts of paper are called, and what they say."""
    folder = ROOT / "templates" / "paper"
    texts = {path.name: path.read_text("utf-8") for path in folder.iterdir()}
    layouts = read_papers(texts)[0].values()
    said = [one for layout in layouts for panel in layout.panels for one in said_in(panel.items)]
    return [*(layout.title for layout in layouts), *said]


def collect() -> dict[str, list[str]]:
    """Give every message of the theme with the files it stands in, in reading order."""
    found: dict[str, list[str]] = {}

    def add(message: str | tuple[str | None, ...] | None, place: str) -> None:
        text = message[0] if isinstance(message, tuple) else message
        if text is None:  # the argument is a variable: its values are terms, added below
            return
        places = found.setdefault(text, [])
        if place not in places:
            places.append(place)

    for path in sorted((ROOT / "templates" / "site").rglob("*.html")):
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, ("_", "__"), (), {}):
                add(message, path.relative_to(ROOT).as_posix())
    for path in chain(*(sorted((ROOT / "stopjihad" / room).glob("*.py")) for room in HTML)):
        with path.open("rb") as file:
            for _, _, message, _ in extract_python(file, ("speak", "speak_attribute"), (), {}):
                add(message, path.relative_to(ROOT).as_posix())
    for title in ("About this site", "Privacy", "Accessibility"):
        add(title, "stopjihad/render/page/kinds.py")
    for message in term_messages():
        add(message, "stopjihad/catalog/terms.py")
    for place, words in (
        ("stopjihad/render/post/words.py", WORDS),
        ("stopjihad/draw/job.py", CARD_WORDS.values()),
        ("templates/paper", paper_messages()),
        ("stopjihad/render/paper/words.py", PAPER_WORDS),
        ("stopjihad/view/slides.py", SLIDE_WORDS),
        ("stopjihad/render/kit/points.py", HUNG),
        ("stopjihad/catalog/first_words.py", [one.meaning for one in URGENT_SENTENCES]),
    ):
        for message in words:
            add(message, place)
    told = {
        "partner_line": PARTNER_WORDS,
        "partner_mail": MAIL_WORDS,
        "alert_phrases": ALERT_WORDS,
    }
    for name, message in ((name, one) for name, words in told.items() for one in words):
        add(message, f"stopjihad/view/{name}.py")
    for service in services():
        if service.kind == "portal":
            add(service.name, "stopjihad/catalog/data/reporting.yaml")
        add(service.how, "stopjihad/catalog/data/reporting.yaml")
    return found


def template(messages: dict[str, list[str]]) -> polib.POFile:
    """Make the template of catalogues from messages with the files they stand in."""
    made = polib.POFile(wrapwidth=100)
    made.metadata = dict(HEADER)
    for message, places in messages.items():
        flags = ["python-format"] if "%(" in message else []
        entry = polib.POEntry(msgid=message, occurrences=[(place, "") for place in places])
        entry.flags = flags
        made.append(entry)
    return made


def update(path: Path, made: polib.POFile) -> None:
    """Rewrite a catalogue in the template's order; translations stay with their message.

    So do informal ones, entries of the context ``informal``: a language has them where it needs to.
    """
    entries = list(polib.pofile(str(path))) if path.exists() else []
    old = {entry.msgid: entry for entry in entries if entry.msgctxt is None}
    informal = {entry.msgid: entry for entry in entries if entry.msgctxt == "informal"}
    new = polib.POFile(wrapwidth=100)
    new.metadata = HEADER | {"Language": path.stem}
    for entry in made:
        kept = old.get(entry.msgid)
        new.append(
            polib.POEntry(
                msgid=entry.msgid,
                msgstr=kept.msgstr if kept else "",
                comment=kept.comment if kept else "",
                tcomment=kept.tcomment if kept else "",
                occurrences=entry.occurrences,
                flags=entry.flags,
            )
        )
        if entry.msgid in informal:
            new.append(informal[entry.msgid])
    new.save(str(path))


if __name__ == "__main__":
    LOCALE.mkdir(exist_ok=True)
    pot = template(collect())
    pot.save(str(LOCALE / "theme.pot"))
    for path in sorted(LOCALE.glob("*.po")):
        update(path, pot)
