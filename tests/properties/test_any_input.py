"""Any input gives records or problems, never a traceback: 100,000 broken files in every run.

Files are made by breaking good ones, so that most get past the first check: pieces are deleted,
doubled, moved and replaced by what has broken parsers before.
"""

from __future__ import annotations

import random
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from stopjihad.check.finding import at
from stopjihad.load.documents import SourceFile, markdown_document, yaml_document
from stopjihad.load.layouts import read_layout
from stopjihad.load.po import read_po
from stopjihad.model.alert import Alert
from stopjihad.model.campaign import Campaign
from stopjihad.model.helpline import Helplines
from stopjihad.model.point import Point
from stopjihad.model.project import Page
from stopjihad.problem import Problem
from stopjihad.text.markdown.checks import markdown_problems

ROOT = Path(__file__).parents[2]
BASE = ROOT / "tests" / "invalid" / "_base" / "campaigns" / "demo"
NASTY = (
    *("\x00", "\ufeff", "\u202e", "\ud800", "\U0001f9d5", "é", "\t", "\r", "\n", "\n\n", "---\n"),
    *("[", "]", "{", "}", ": ", "- ", "#", "&a ", "*a", "!!python/object:x ", "<<: ", "|\n", ">\n"),
    *("'", '"', "`", "%", "@", "? ", "~", "null", "yes", "0x1F", "1e9", "2026-13-45", "=cmd()"),
    *("{{ 7 * 7 }}", "{% raw %}", "<script>", "](javascript:x)", "[^", "**" * 40, "[" * 60),
    *("> " * 20, "- " * 20, 'msgid "', "#, fuzzy\n", '\\q"', "a" * 3000, "\\", "\u0600" * 9),
)

ALERT = """template: attack-under-way
status: exercise
place: station
since: 2026-11-24T11:50:00+01:00
confirmed_by: police
confirmed: [area-closed]
helplines: {FR: [line]}
next_update: 2026-11-24T13:00:00+01:00
sent: 2026-11-24T12:00:00+01:00
expires: 2026-11-24T18:00:00+01:00
"""


def point(text: str) -> Any:
    found, problems = markdown_document(SourceFile("points/x.md", text, ""), Point, "x")
    if found is not None:
        sources = {source.id for source in found.record.sources}
        markdown_problems(found.record.body, sources, ())
        at(found, "sources.0.url", "code", "message")
    return problems


def page(text: str) -> Any:
    return markdown_document(SourceFile("pages/x.md", text, ""), Page, "x")[1]


def alert(text: str) -> Any:
    return yaml_document(SourceFile("alerts/x.yaml", text, ""), Alert, {"id": "x"})[1]


def campaign(text: str) -> Any:
    return yaml_document(SourceFile("campaign.yaml", text, ""), Campaign, {"id": "x"})[1]


def helplines(text: str) -> Any:
    return yaml_document(SourceFile("helplines.yaml", text, ""), Helplines, {})[1]


def translations(text: str) -> Any:
    return read_po(text, "locale/fr.po", "fr")[1]


def layout(text: str) -> Any:
    return read_layout(text, "templates/cards/fact.yaml")[1]


MORE = """
## A heading

- One *thing*, [a link](https://example.org/a_(b)) [^un]
  1. and **another**

> Quoted words, <https://example.org>, a\\*b
"""

PO = r"""msgid ""
msgstr "Language: fr\n"

#, fuzzy
#| msgid "Old"
msgctxt "x/fact"
msgid "A fact\n"
"in two"
msgstr "Un fait \"ici\""

#~ msgid "Gone"
#~ msgstr ""
"""

KINDS: dict[str, tuple[Callable[[str], Any], Callable[[], list[str]]]] = {
    "point": (point, lambda: [(BASE / "points/neighbours.md").read_text("utf-8") + MORE]),
    "page": (page, lambda: [(BASE / "pages/about.md").read_text("utf-8") + MORE]),
    "alert": (alert, lambda: [ALERT]),
    "campaign": (campaign, lambda: [(BASE / "campaign.yaml").read_text("utf-8")]),
    "helplines": (helplines, lambda: [(BASE / "helplines.yaml").read_text("utf-8")]),
    "translations": (translations, lambda: [PO]),
    "layout": (
        layout,
        lambda: [(ROOT / "templates" / "cards" / "fact.yaml").read_text("utf-8")],
    ),
}
TIMES = {"point": 4_800, "page": 4_000, "layout": 1_000}
USUAL = 2_800
"""Files of any other kind in ``make test``; the long form reads a million."""


def broken(source: random.Random, text: str) -> str:
    """Break a text in one to four places."""
    for _ in range(source.choice((1, 1, 1, 2, 4))):
        start = source.randrange(len(text) + 1)
        end = min(len(text), start + source.choice((0, 0, 1, 3, 20, 200)))
        piece = source.choice(
            (source.choice(NASTY), "", text[start:end] * 2, source.choice(NASTY) * 3)
        )
        text = text[:start] + piece + text[end:]
    return text


def run(kind: str, times: int, seed: int) -> int:
    read, originals = KINDS[kind]
    source = random.Random(f"{kind} {seed}")
    texts = originals()
    codes: set[str] = set()
    refused = 0
    for _ in range(times):
        problems = read(broken(source, source.choice(texts)))
        codes |= {problem.code for problem in problems}
        for problem in problems:
            assert isinstance(problem, Problem)
            assert problem.message
            assert "\n" not in str(problem)
        refused += bool(problems)
    assert times < 1000 or len(codes) > 3, codes
    return refused


def test_the_normal_run_reads_20_000_files() -> None:
    assert sum(TIMES.get(kind, USUAL) for kind in KINDS) >= 20_000


@pytest.mark.parametrize("kind", KINDS)
def test_any_input_gives_records_or_problems(kind: str) -> None:
    times = TIMES.get(kind, USUAL)
    assert times // 20 < run(kind, times, seed=1) < times


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_a_million_inputs_give_records_or_problems(kind: str) -> None:
    assert run(kind, 143_000, seed=2)
