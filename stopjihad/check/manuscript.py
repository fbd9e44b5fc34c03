"""Check what texts bring along from where they were typed: word processors, chats, copies of files.

None of it is forbidden anywhere; it goes out as it stands, and nobody meant it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Sequence

from stopjihad.check.finding import at
from stopjihad.model.point import Point
from stopjihad.model.project import Document
from stopjihad.problem import Problem
from stopjihad.text.language.typography import take_quotes_away

_LEAST_CAPITALS = 12
"""Letters of a sentence from which capitals alone are shouting, not a name such as UNHCR."""

_UNNAMED = re.compile(r"(?:tbd|tba|tbc|todo|n/?a|xxx*|test|[?.…\-_]+|.)", re.IGNORECASE)
"""What is written where a name comes later."""


def check_manuscript(document: Document[Point]) -> Iterator[Problem]:
    """Check the texts that lead a talking point, and the names of its sources.

    Yields:
        Warnings ``text-quoted``, ``text-capitals``, ``text-emoji`` and ``source-unnamed``.
    """
    point = document.record
    for field, text in (("fact", point.fact), ("action.label", point.action.label)):
        if text.strip()[:1] in "\"'“”„«‘" and take_quotes_away(text) != text.strip():
            message = f"{field} stands in quotation marks from end to end: readers see them"
            hint = 'take them away; for YAML straight ones stand outside: fact: "…"'
            yield at(document, field, "text-quoted", message, hint, "warning")
        cased = [letter for letter in text if letter.isupper() or letter.islower()]
        if len(cased) >= _LEAST_CAPITALS and all(letter.isupper() for letter in cased):
            message = f"{field} is in capitals alone: screen readers spell it, people hear shouting"
            yield at(document, field, "text-capitals", message, "write it as a sentence", "warning")
    emoji = next((letter for letter in point.fact if _is_emoji(letter)), "")
    if emoji:
        name = unicodedata.name(emoji, "")
        message = f"the fact has an emoji, U+{ord(emoji):04X} {name}: cards cannot draw it"
        hint = "leave it out of the fact; posts may have it"
        yield at(document, "fact", "text-emoji", message, hint, "warning")
    for index, source in enumerate(point.sources):
        for field, text in (("title", source.title), ("publisher", source.publisher)):
            if _UNNAMED.fullmatch(text.strip()):
                message = f"the {field} of the source '{source.id}' is '{text.strip()}'"
                where = f"sources.{index}.{field}"
                hint = "write it as the document itself has it"
                yield at(document, where, "source-unnamed", message, hint, "warning")


def check_copies(points: Sequence[Document[Point]]) -> Iterator[Problem]:
    """Find talking points that say what another one says, as a copied file does: ``name-2``.

    Yields:
        Warnings ``point-copied``, at the one with the longer name.
    """
    facts = {one.record.id: " ".join(one.record.fact.casefold().split()) for one in points}
    for document in points:
        name = document.record.id
        parts = name.split("-")
        shorter = ("-".join(parts[:size]) for size in range(1, len(parts)))
        original = next((one for one in shorter if facts.get(one) == facts[name]), "")
        if original:
            message = f"'{original}' has the same fact: it would go out twice"
            hint = "delete the copy, or give it a fact of its own"
            yield at(document, "fact", "point-copied", message, hint, "warning")


def _is_emoji(letter: str) -> bool:
    """Tell whether a letter is a picture: those planes hold nothing else (Unicode 16, blocks)."""
    return 0x1F000 <= ord(letter) <= 0x1FAFF or 0x2600 <= ord(letter) <= 0x27BF
