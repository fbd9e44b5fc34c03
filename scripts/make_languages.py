"""Write stopjihad/catalog/languages.json from CLDR as Babel carries it.

Run after an update of Babel: ``python scripts/make_languages.py``. The file exists so that no build
has to import Babel (0.1 s) to know how a language is called and which way it is written.
"""

# ruff: noqa: INP001  a script, no package
from __future__ import annotations

import json
import sys
from importlib.metadata import version
from pathlib import Path

from babel import Locale, localedata

TARGET = Path(__file__).parent.parent / "stopjihad" / "catalog" / "languages.json"


def main() -> int:
    """Write the file."""
    rows = dict(filter(None, (_row(name) for name in sorted(localedata.locale_identifiers()))))
    source = f"Unicode CLDR, read through Babel {version('babel')}"
    lines = ",\n".join(
        f"{json.dumps(tag)}: {json.dumps(row, ensure_ascii=False)}" for tag, row in rows.items()
    )
    head = f'"source": {json.dumps(source)},\n"columns": ["autonym", "english", "digits"]'
    TARGET.write_text(f'{{\n{head},\n"rows": {{\n{lines}\n}}\n}}\n', encoding="utf-8")
    return 0


def _row(name: str) -> tuple[str, list[str]] | None:
    locale = Locale.parse(name)
    if locale.variant or locale.language in {"root", "und"}:
        return None
    autonym = locale.get_display_name(name)
    english = locale.get_display_name("en")
    if not autonym or not english:
        return None
    digits = str(locale.other_numbering_systems.get("native", "latn"))
    return name.replace("_", "-"), [_plain(autonym), english, digits]


def _plain(name: str) -> str:
    """Drop invisible direction marks: the name stands in an element of its own direction."""
    return "".join(char for char in name if char not in "\u200e\u200f\u061c")


if __name__ == "__main__":
    sys.exit(main())
