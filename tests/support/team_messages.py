"""Collect what the team's pages say and keep ``templates/team/locale`` in step with it.

Run as a program after changing one of their templates:
``PYTHONPATH=tests .venv/bin/python -m support.team_messages`` rewrites ``team.pot`` and brings
new messages into each PO file, without touching what is translated. What the site
says, too, stays there.
"""

from __future__ import annotations

from jinja2.ext import babel_extract
from stopjihad.render.team.pages import TABLES

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
        for value in table.values():
            for text in filter(None, (value,) if isinstance(value, str) else value):
                found.setdefault(text, []).append("stopjihad/render/team/pages.py")
    known = theme_messages.collect()
    return {text: list(dict.fromkeys(at)) for text, at in found.items() if text not in known}


if __name__ == "__main__":
    pot = theme_messages.template(collect())
    pot.save(str(LOCALE / "team.pot"))
    for catalogue in sorted(LOCALE.glob("*.po")):
        theme_messages.update(catalogue, pot)
