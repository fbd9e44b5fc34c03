"""Collect what the team's pages say and keep ``templates/team/locale`` in step with it.

Run as a program after changing one of their templates:
``.venv/bin/python tests/support/team_messages.py`` rewrites ``team.pot`` and brings new messages
into each PO file, without touching what is translated. What the site says, too, stays there.
"""

from __future__ import annotations

from jinja2.ext import babel_extract
from polib import POEntry, POFile
from stopjihad.render.team.words import TABLES

from support import theme_messages

TEMPLATES = theme_messages.ROOT / "templates" / "team"
LOCALE = TEMPLATES / "locale"


def collect() -> dict[str, list[str]]:
    """Give every message of the team's pages with the files it stands in, in reading order."""
    found: dict[str, list[str]] = {}
    for path in sorted(TEMPLATES.glob("*.html")):
        place = path.relative_to(theme_messages.ROOT).as_posix()
        with path.open("rb") as file:
            for _, _, message, _ in babel_extract(file, ("_", "__"), (), {}):
                text = message[0] if isinstance(message, tuple) else message
                if text is not None:
                    found.setdefault(text, []).append(place)
    for table in TABLES.values():
        for text in table.values():
            found.setdefault(text, []).append("stopjihad/render/team/words.py")
    known = theme_messages.collect()
    return {text: list(dict.fromkeys(at)) for text, at in found.items() if text not in known}


def template() -> POFile:
    """Make the template of the catalogues."""
    made = POFile(wrapwidth=100)
    made.metadata = dict(theme_messages.HEADER)
    for message, places in collect().items():
        entry = POEntry(msgid=message, occurrences=[(place, "") for place in places])
        entry.flags = ["python-format"] if "%(" in message else []
        made.append(entry)
    return made


if __name__ == "__main__":
    pot = template()
    pot.save(str(LOCALE / "team.pot"))
    for catalogue in sorted(LOCALE.glob("*.po")):
        theme_messages.update(catalogue, pot)
