"""Write the same generated campaign twice: as our workspace, and as a Hugo site."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

LANGUAGES = ("en", "fr", "de", "es", "tr", "ru")
FACTORS = ("justice", "belonging", "humanitarian", "identity", "adventure", "status", "money")
_SYLLABLES = tuple(one + two for one in "bdfglmnprstv" for two in "aeiou")


def words(source: random.Random, count: int) -> str:
    """Make words of two or three syllables.

    Args:
        source: random numbers.
        count: how many words.

    Returns:
        The words with single spaces.
    """
    return " ".join(
        "".join(source.choices(_SYLLABLES, k=source.choice((1, 2, 2, 3)))) for _ in range(count)
    )


def sentence(source: random.Random, count: int) -> str:
    """Make one sentence of ``count`` words."""
    return words(source, count).capitalize() + "."


def paragraphs(source: random.Random) -> list[str]:
    """Make the blocks of a body of about 2,200 bytes: prose, a heading, a list, emphasis."""
    blocks = []
    for number in range(5):
        lines = [sentence(source, 14) for _ in range(4)]
        lines[0] = lines[0][:-1] + f" [^s{number % 3}]."
        lines[1] = f"**{words(source, 2).capitalize()}** {lines[1]}"
        blocks.append(" ".join(lines))
    blocks.insert(2, f"## {sentence(source, 4)[:-1]}")
    blocks.insert(5, "\n".join(f"- {sentence(source, 8)}" for _ in range(3)))
    return blocks


class Point:
    """Hold one generated talking point in all languages."""

    def __init__(self, number: int) -> None:
        """Make point ``number``; the same number always gives the same words."""
        source = random.Random(number)
        self.id = f"point-{number:05d}"
        self.factor = FACTORS[number % len(FACTORS)]
        self.texts = {lang: self._texts(source) for lang in LANGUAGES}

    @staticmethod
    def _texts(source: random.Random) -> dict[str, object]:
        return {
            "fact": sentence(source, 12),
            "claim": sentence(source, 6)[:74],
            "warning": sentence(source, 8),
            "action.label": sentence(source, 4)[:-1],
            "alternative": [" ".join(sentence(source, 10) for _ in range(2))],
            "body": paragraphs(source),
        }


def text_of(point: Point, lang: str, field: str) -> str:
    """Give a field of a point as one text; blocks are joined by blank lines."""
    value = point.texts[lang][field]
    return value if isinstance(value, str) else "\n\n".join(value)  # type: ignore[arg-type]


def sources(point: Point) -> list[dict[str, str]]:
    """Give three sources of a point."""
    return [
        {
            "id": f"s{number}",
            "title": f"Report {number} on {point.id}",
            "publisher": "Institute",
            "url": f"https://example.org/{point.id}/{number}",
            "published": "2020-05-17",
            "accessed": "2026-11-24",
        }
        for number in range(3)
    ]


def write_workspace(root: Path, count: int) -> None:
    """Write a workspace of ``count`` talking points in six languages.

    Args:
        root: new folder.
        count: talking points; pages are six times as many.
    """
    base = root / "campaigns" / "bench"
    for name in ("points", "pages", "locale"):
        (base / name).mkdir(parents=True)
    (base / "campaign.yaml").write_text(_CAMPAIGN, "utf-8")
    today = dt.datetime.now(dt.UTC).date()
    days = {"today": today - dt.timedelta(days=1), "later": today + dt.timedelta(days=90)}
    (base / "helplines.yaml").write_text(_HELPLINES % days, "utf-8")
    for page in ("about", "privacy", "accessibility"):
        text = f"---\ntitle: {page.capitalize()}\nsummary: About this site.\n---\nWords.\n"
        (base / "pages" / f"{page}.md").write_text(text, "utf-8")
    points = [Point(number) for number in range(count)]
    for point in points:
        (base / "points" / f"{point.id}.md").write_text(workspace_point(point), "utf-8")
    for lang in LANGUAGES[1:]:
        (base / "locale" / f"{lang}.po").write_text(_po(points, lang), "utf-8")


def workspace_point(point: Point) -> str:
    """Write a talking point as our front matter and Markdown, in English."""
    listed = "".join(
        "  - {" + ", ".join(f'{key}: "{value}"' for key, value in row.items()) + "}\n"
        for row in sources(point)
    )
    return (
        f"---\nmode: debunk\nfact: {text_of(point, 'en', 'fact')}\n"
        f"claim: {text_of(point, 'en', 'claim')}\nwarning: {text_of(point, 'en', 'warning')}\n"
        f"technique: us-vs-them\npull_factor: {point.factor}\n"
        "prevalence: {level: crossing, evidence: Seen., assessed: 2026-11-01}\n"
        "audiences: [everyone]\nmessenger: team\n"
        f"action: {{label: {text_of(point, 'en', 'action.label')}, kind: helpline}}\n"
        f"alternative: |\n  {text_of(point, 'en', 'alternative')}\n"
        f"sources:\n{listed}---\n{text_of(point, 'en', 'body')}\n"
    )


def _po(points: list[Point], lang: str) -> str:
    entries = [f'msgid ""\nmsgstr ""\n"Language: {lang}\\n"\n']
    for point in points:
        for field, value in point.texts["en"].items():
            other = point.texts[lang][field]
            pairs = [(value, other)] if isinstance(value, str) else zip(value, other, strict=True)  # type: ignore[call-overload]
            for english, translated in pairs:
                entries += [
                    f'msgctxt "{point.id}/{field}"\nmsgid "{one}"\nmsgstr "{two}"\n'
                    for one, two in _segments(english, translated)
                ]
    return "\n".join(entries)


def _segments(english: str, translated: str) -> list[tuple[str, str]]:
    """Cut a block into what a translator sees: list items apart, headings without marks."""
    if english.startswith("- "):
        rows = zip(english.split("\n"), translated.split("\n"), strict=True)
        return [(one[2:], two[2:]) for one, two in rows]
    return [(english.removeprefix("## "), translated.removeprefix("## "))]


_CAMPAIGN = """\
title: Bench
sample: true
tagline: Facts first
source_language: en
languages: [en, fr, de, es, tr, ru]
base_url: https://bench.example.org
goal: {statement: Measure., metrics: [{name: Time, baseline: "1", target: "0.5", date: 2027-06-30}]}
audiences: [{id: everyone, name: Everyone, persona: A reader., stage: public}]
messengers: [{id: team, name: The team, kind: ngo}]
sponsor: {name: Bench team, funders: [Bench fund], disclosure: Generated text.}
corrections: {contact: bench@example.org, policy: None.}
schedule: {start: 2026-12-01}
publication: {unreviewed: allow}
updated: 2026-11-24
"""

_HELPLINES = """\
helplines:
  - id: line
    country: FR
    name: Helpline
    phone: {e164: "+33800005696", printed: "0 800 005 696"}
    hours: Monday to Friday
    languages: [en, fr, de, es, tr, ru]
    operator: ngo
    emergency: "112"
    url: https://example.org/line
    source: https://example.org/line
    anonymous: true
    verified: {on: %(today)s, how: read}
    review_by: %(later)s
"""
