"""Write the same generated campaign twice: as our workspace, and as a Hugo site.

Its sentences are those of the sample campaign that stand side by side in all six languages, put
together anew: texts that nobody wrote, of words that people write. What a message rule refuses out
of its place (a claim said again, a sentence that points back) is left out, once, by that rule.
"""

from __future__ import annotations

import datetime as dt
import json
import random
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import NamedTuple

from stopjihad.catalog.frames import frame_words
from stopjihad.catalog.rules import rules
from stopjihad.check.rules.claims import repeated_words
from stopjihad.check.rules.openings import points_back
from stopjihad.check.rules.passages import Passage
from stopjihad.check.rules.wording import check_wording
from stopjihad.lexicon.grammar import Grammar, search
from stopjihad.lexicon.phrases import phrases
from stopjihad.text import po
from stopjihad.text.language.fold import WORD, fold
from stopjihad.text.language.numbers import numbers
from stopjihad.text.language.sentences import is_ended, sentences
from stopjihad.text.markdown.words import inline_words

LANGUAGES = ("en", "fr", "de", "es", "tr", "ru")
FACTORS = ("justice", "belonging", "humanitarian", "identity", "adventure", "status", "money")
SAMPLE = Path(__file__).resolve().parent.parent / "campaigns" / "stop-jihadism" / "locale"

Row = tuple[str, ...]
"""One sentence in all languages."""

_NO_LEAD: Row = ("",) * len(LANGUAGES)


class Pool(NamedTuple):
    """Hold the sample's sentences by what they may be.

    Attributes:
        sentences: all of them.
        openings: those that may begin a text.
        facts: those of them that are short enough for a headline.
        claims: those that are short enough for a claim.
        labels: labels of actions.
        endings: whole texts of what to do instead.
    """

    sentences: tuple[Row, ...]
    openings: tuple[Row, ...]
    facts: tuple[Row, ...]
    claims: tuple[Row, ...]
    labels: tuple[Row, ...]
    endings: tuple[Row, ...]


@cache
def pool() -> Pool:
    """Read the sample's sentences."""
    texts = dict(_texts())
    prose = {
        row: None
        for (context, _), found in sorted(texts.items())
        if context.rpartition("/")[2] in {"body", "alternative", "warning", "fact"}
        for row in _aligned(found)
    }
    fair = tuple(row for row in prose if _is_fair(row))
    openings = tuple(row for row in fair if not any(map(points_back, row, LANGUAGES)))
    by_field = {
        field: tuple(
            tuple(map(inline_words, row))
            for (context, _), row in sorted(texts.items())
            if context.endswith(f"/{field}") and "[^" not in row[0]
        )
        for field in ("action.label", "alternative")
    }
    return Pool(
        fair,
        openings,
        tuple(row for row in openings if all(map(_may_lead, row, LANGUAGES))),
        tuple(row for row in openings if all(len(text) <= 74 for text in row)),
        by_field["action.label"],
        by_field["alternative"],
    )


def _texts() -> Iterator[tuple[tuple[str, str], Row]]:
    """Give the texts that the sample has in all languages, by name and source."""
    found: dict[tuple[str, str], dict[str, str]] = {}
    for lang in LANGUAGES[1:]:
        for entry in po.scan((SAMPLE / f"{lang}.po").read_text("utf-8")).entries:
            if entry.context and entry.translation:
                key = (entry.context, entry.source)
                found.setdefault(key, {"en": entry.source})[lang] = entry.translation
    for key, by_language in found.items():
        if len(by_language) == len(LANGUAGES):
            yield key, tuple(by_language[lang] for lang in LANGUAGES)


def _aligned(found: Row) -> Iterator[Row]:
    """Cut texts that have as many sentences in each language into those, side by side."""
    cut = [sentences(inline_words(text), lang) for text, lang in zip(found, LANGUAGES, strict=True)]
    if len({len(some) for some in cut}) == 1:
        for row in zip(*cut, strict=True):
            if len({numbers(text) for text in row}) == 1 and all(map(_is_whole, row)):
                yield row


def _is_whole(text: str) -> bool:
    return is_ended(text) and not {'"', ":", "\n"} & set(text)


def _is_fair(row: Row, lead: Row = _NO_LEAD) -> bool:
    """Tell whether the rules of wording refuse a sentence in no language.

    Args:
        row: the sentence.
        lead: what introduces it: where that announces signs, no lawful practice may follow.

    Returns:
        True for nearly all: they are the sample's.
    """
    chosen = [rule for rule in rules().values() if rule.kind in {"frames", "phrases"}]
    return not any(
        finding
        for text, before, lang in zip(row, lead, LANGUAGES, strict=True)
        for finding in check_wording(
            chosen, lang, [Passage("x/body", text, before, "x", 1, 0, markdown=False)]
        )
    )


@cache
def _announces(text: str, lang: str) -> bool:
    """Tell whether a heading announces signs of danger: no lawful practice may stand below it."""
    known = frame_words(lang)
    if known is None:
        return False
    grammar = Grammar(lang, known.words)
    signs = grammar.compile(known.signs)  # first: a word is what phrases have numbered
    return any(True for _ in search(signs, grammar.read(WORD.findall(fold(text)))))


def _may_lead(text: str, lang: str) -> bool:
    """Tell whether a sentence may be a fact: as long as one, and its own words."""
    name = rules()["STR01"].params["set"]
    told = (phrases(lang, name), phrases(lang, f"{name}-label"))
    return 30 <= len(text) <= 110 and not any(any(one.hits(text)) for one in told if one)


def paragraphs(source: random.Random, claim: Row) -> list[Row]:
    """Make the blocks of a body of about 2,200 bytes: prose, a heading, a list, emphasis."""
    blocks = []
    for number in range(5):
        first = _chosen(source, pool().openings, claim)
        rest = [_chosen(source, pool().sentences, claim) for _ in range(4)]
        blocks.append(
            tuple(
                " ".join([f"{one} [^s{number % 3}]", f"**{two}**", *others])
                for one, two, *others in zip(first, *rest, strict=True)
            )
        )
    short = [row for row in pool().claims if not _repeats(row, claim)]
    heading = source.choice([row for row in short if not any(map(_announces, row, LANGUAGES))])
    blocks.insert(2, tuple(f"## {text.rstrip('.')}" for text in heading))
    lead = tuple(f"{two}\n{five}" for two, five in zip(blocks[2], blocks[4], strict=True))
    items = source.sample(short, 3)
    # A file of translations holds each text of a field once: no item says what the heading says.
    while heading in items or not all(_is_fair(item, lead) for item in items):
        items = source.sample(short, 3)
    blocks.insert(
        5, tuple("\n".join(f"- {one}" for one in own) for own in zip(*items, strict=True))
    )
    return blocks


def _chosen(source: random.Random, some: tuple[Row, ...], claim: Row) -> Row:
    """Choose a sentence that does not say a claim again."""
    while True:
        row = source.choice(some)
        if not _repeats(row, claim):
            return row


@cache
def _repeats(row: Row, claim: Row) -> bool:
    params = {"share": 0.3, "least": 2}
    rows = zip(row, claim, LANGUAGES, strict=True)
    return any(repeated_words(text, own, lang, params) for text, own, lang in rows)


class Point:
    """Hold one generated talking point in all languages."""

    def __init__(self, number: int) -> None:
        """Make point ``number``; the same number always gives the same words."""
        source = random.Random(number)
        known = pool()
        self.id = f"point-{number:05d}"
        self.factor = FACTORS[number % len(FACTORS)]
        claim = source.choice(known.claims)
        rows: dict[str, Row | list[Row]] = {
            "fact": _chosen(source, known.facts, claim),
            "claim": claim,
            "warning": _chosen(source, known.openings, claim),
            "action.label": source.choice(known.labels),
            "alternative": [source.choice(known.endings)],
            "body": paragraphs(source, claim),
        }
        self.texts = {
            lang: {
                field: row[index] if isinstance(row, tuple) else [block[index] for block in row]
                for field, row in rows.items()
            }
            for index, lang in enumerate(LANGUAGES)
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
    points = [Point(number) for number in range(count)]
    write_campaign(root / "campaigns" / "bench", points, {lang: lang for lang in LANGUAGES})


def write_campaign(base: Path, points: Sequence[Point], tags: Mapping[str, str]) -> None:
    """Write a campaign.

    Args:
        base: its new folder.
        points: its talking points.
        tags: each language of the campaign, English first, to the one whose words it has.
    """
    for name in ("points", "pages", "locale"):
        (base / name).mkdir(parents=True)
    known = {"languages": ", ".join(tags)}
    (base / "campaign.yaml").write_text(_CAMPAIGN % known, "utf-8")
    today = dt.datetime.now(dt.UTC).date()
    days = {"today": today - dt.timedelta(days=1), "later": today + dt.timedelta(days=90)}
    (base / "helplines.yaml").write_text(_HELPLINES % (days | known), "utf-8")
    for page in ("about", "privacy", "accessibility"):
        text = f"---\ntitle: {page.capitalize()}\nsummary: About this site.\n---\nWords.\n"
        (base / "pages" / f"{page}.md").write_text(text, "utf-8")
    for point in points:
        (base / "points" / f"{point.id}.md").write_text(workspace_point(point), "utf-8")
    for tag, lang in tags.items():
        if tag != "en":
            (base / "locale" / f"{tag}.po").write_text(_po(points, lang, tag), "utf-8")


def workspace_point(point: Point) -> str:
    """Write a talking point as our front matter and Markdown, in English."""
    listed = "".join(
        "  - {" + ", ".join(f'{key}: "{value}"' for key, value in row.items()) + "}\n"
        for row in sources(point)
    )
    return (
        f"---\nmode: debunk\nfact: {_quoted(point, 'fact')}\n"
        f"claim: {_quoted(point, 'claim')}\nwarning: {_quoted(point, 'warning')}\n"
        f"technique: us-vs-them\npull_factor: {point.factor}\n"
        "prevalence: {level: crossing, evidence: Seen., assessed: 2026-11-01}\n"
        "audiences: [everyone]\nmessenger: team\n"
        f"action: {{label: {_quoted(point, 'action.label')}, kind: helpline}}\n"
        f"alternative: |\n  {text_of(point, 'en', 'alternative')}\n"
        f"sources:\n{listed}---\n{text_of(point, 'en', 'body')}\n"
    )


def _quoted(point: Point, field: str) -> str:
    return json.dumps(text_of(point, "en", field), ensure_ascii=False)


def _po(points: Sequence[Point], lang: str, tag: str) -> str:
    entries = [f'msgid ""\nmsgstr ""\n"Language: {tag}\\n"\n']
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
languages: [%(languages)s]
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
    languages: [%(languages)s]
    operator: ngo
    emergency: "112"
    url: https://example.org/line
    source: https://example.org/line
    anonymous: true
    verified: {on: %(today)s, how: read}
    review_by: %(later)s
"""
