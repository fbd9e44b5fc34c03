"""Write the generated campaign as a Hugo site that has the pages of ours, and their parts.

As somebody writes it who knows Hugo: what is the same on all pages of a language is a cached
partial, lists are taxonomies that Hugo cuts into pages, words are ``i18n``. Where two ways would
do, the one that costs Hugo less was taken: front matter is JSON, references are HTML in the text,
weights give the order, and what we find while we build (words of the search, descriptions) is
written down in front matter.
"""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
from corpus import FACTORS, LANGUAGES, Point, sources, text_of
from stopjihad.catalog.languages import language
from stopjihad.catalog.platforms import services
from stopjihad.catalog.terms import PULL_FACTORS
from stopjihad.load.po import read_words
from stopjihad.theme.job import Letter
from stopjihad.theme.word_index import Searchable, index_words, places_of, split_index
from stopjihad.view.records import Teaser, Text

HOUSE = Path(__file__).resolve().parent.parent
LAYOUTS = HOUSE / "bench" / "hugo"
"""Layouts of the Hugo site, words that they say, and the pages that each language has once."""

DESCRIPTION = 200
"""Longest description of a page in code points: the beginning of its text, as in ours."""

INDEX = 48
"""Most facts on a page of the index of words, as in ours (``render/page/plan.py``)."""

UPDATED = "2026-11-24"

_PLACE = re.compile(r"%\((\w+)\)s")
_REFERENCE = re.compile(r" \[\^(s(\d))\]")
_MARKS = re.compile(r" \[\^s\d\]|\*\*|^(?:##|-) ", re.MULTILINE)


def write_hugo(root: Path, count: int) -> None:
    """Write the site.

    Args:
        root: folder that has nothing in it.
        count: talking points.
    """
    shutil.copytree(LAYOUTS / "layouts", root / "layouts")
    shutil.copytree(HOUSE / "assets" / "drawings", root / "layouts" / "_partials" / "art")
    for drawing in (root / "layouts" / "_partials" / "art").iterdir():
        drawing.rename(drawing.with_suffix(".html"))
    globe = (HOUSE / "templates" / "site" / "art" / "globe.svg").read_text("utf-8")
    _write(root / "layouts" / "_partials" / "art" / "globe.html", globe.strip())
    _write(root / "hugo.json", _json(_config()))
    for name in ("site.css", "favicon.svg"):
        _write(root / "static" / "assets" / name, (HOUSE / "assets" / name).read_text("utf-8"))
    points = [Point(number) for number in range(count)]
    places = {}
    for lang in LANGUAGES:
        content = root / "content" / lang
        for name, text in _fixed(lang):
            _write(content / name, text)
        for point in points:
            _write(content / "points" / f"{point.id}.md", hugo_point(point, lang))
        places[lang], pages = _search(points, lang)
        for number, page in enumerate(pages, start=1):
            front = page | {"number": number, "count": len(pages)}
            _write(content / "search" / "words" / f"{number}.md", _page(front))
        _write(root / "i18n" / f"{lang}.json", _json(_words(lang)))
    _write(root / "data" / "places.json", _json(places))


def hugo_point(point: Point, lang: str, body: str = "") -> str:
    """Write one page's source: the same fields, in Hugo's front matter.

    Args:
        point: the talking point.
        lang: BCP 47 tag.
        body: its text where it is another.

    Returns:
        Front matter and Markdown.
    """
    text = body or text_of(point, lang, "body")
    plain = _MARKS.sub("", text.replace("\n\n", " "))
    fields = {
        "title": text_of(point, lang, "fact"),
        "description": f"{plain[:DESCRIPTION].rpartition(' ')[0]}…",
        "claim": text_of(point, lang, "claim"),
        "warning": text_of(point, lang, "warning"),
        "action": text_of(point, lang, "action.label"),
        "alternative": text_of(point, lang, "alternative"),
        "factors": [point.factor],
        "audiences": ["everyone"],
        "date": UPDATED,
        "weight": int(point.id.rpartition("-")[2]) + 1,
        "sources": sources(point),
    }
    seen: set[str] = set()

    def reference(match: re.Match[str]) -> str:
        name, number = match.groups()
        anchor = "" if name in seen else f' id="ref-{name}"'
        seen.add(name)
        link = f'<a href="#source-{name}"{anchor} role="doc-noteref">{int(number) + 1}</a>'
        return f"<sup>{link}</sup>"

    return _page(fields, _REFERENCE.sub(reference, text))


def _search(
    points: Sequence[Point], lang: str
) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Give where each letter begins, and the front matter of each page of words."""
    found = index_words(
        (
            Searchable(
                _teaser(point, lang), (_text(point, lang, "fact"), _text(point, lang, "claim"))
            )
            for point in points
        ),
        lang,
    )
    pages = split_index(found, INDEX)
    places = [msgspec.to_builtins(place) for place in places_of(pages)]
    return places, [_words_page(page, lang) for page in pages]


def _text(point: Point, lang: str, field: str) -> Text:
    return Text(text_of(point, lang, field), lang)


def _teaser(point: Point, lang: str) -> Teaser:
    return Teaser(
        id=point.id,
        fact=_text(point, lang, "fact"),
        mode="debunk",
        pull_factor=point.factor,
        audiences=("everyone",),
    )


def _words_page(letters: Sequence[Letter], lang: str) -> dict[str, Any]:
    """Give what a page of words says, titles and addresses with it: nothing is looked up."""
    shown = [
        {
            "id": letter.id,
            "letter": letter.letter,
            "words": [
                {
                    "word": item.word,
                    "facts": [
                        {"href": f"/{lang}/points/{fact.id}/", "title": fact.fact.value}
                        for fact in item.facts
                    ],
                }
                for item in letter.words
            ],
        }
        for letter in letters
    ]
    ends = dict.fromkeys((letters[0].letter, letters[-1].letter))
    find = _say("Find a fact", lang)
    return {
        "title": f"{'–'.join(ends)} · {find}",
        "type": "words",
        "description": "Facts first",
        "sitemap": {"disable": True},
        "range": "–".join(ends),
        "letters": shown,
    }


def _fixed(lang: str) -> Iterator[tuple[str, str]]:
    """Give the sources of the pages that a language has once: path and text."""
    for folder, title in (("points", "The facts"), ("kit", "Share kit"), ("search", "Find a fact")):
        front = {"title": _say(title, lang), "description": "Facts first", "type": folder}
        yield f"{folder}/_index.md", _page(front)
    yield "_index.md", _page({"title": "Bench", "description": "Facts first"})
    for factor in FACTORS:
        term = PULL_FACTORS[factor]
        front = {"title": _say(term.name, lang), "description": _say(term.text, lang)}
        yield f"factors/{factor}/_index.md", _page(front)
    front = {"title": "Everyone", "description": _say("For everyone", lang)}
    yield "audiences/everyone/_index.md", _page(front)
    for name, page in _pages().items():
        blocks = page.blocks + (_services() if name == "report" else ())
        front = {
            "title": _say(page.title, lang),
            "description": _say(page.intro, lang),
            "type": name,
        }
        yield f"{name}.md", _page(front, "\n\n".join(block.written(lang) for block in blocks))


class _Block(msgspec.Struct, frozen=True):
    """A line of Markdown: marks, a message, and what follows it in every language."""

    mark: str = ""
    say: str = ""
    more: str = ""

    def written(self, lang: str) -> str:
        return f"{self.mark}{_say(self.say, lang)}{self.more}"


class _Fixed(msgspec.Struct, frozen=True):
    title: str
    blocks: tuple[_Block, ...]
    intro: str = "About this site."


@cache
def _pages() -> dict[str, _Fixed]:
    return msgspec.yaml.decode((LAYOUTS / "pages.yaml").read_bytes(), type=dict[str, _Fixed])


def _services() -> tuple[_Block, ...]:
    """Give the services that take reports, national ones first."""
    rows = sorted(services(), key=lambda row: row.kind, reverse=True)
    return tuple(
        block
        for row in rows
        for block in (
            _Block(f'### <a href="{row.url}" rel="noopener noreferrer"><bdi>{row.name}</bdi></a>'),
            _Block(say=row.how),
        )
    )


@cache
def _catalogue(lang: str) -> Mapping[str, str]:
    if lang == "en":
        return {}
    path = HOUSE / "templates" / "locale" / f"{lang}.po"
    words, _ = read_words(path.read_text("utf-8"), str(path))
    return words


def _say(message: str, lang: str) -> str:
    """Say a message of our theme in a language, in English where it has no translation."""
    return _catalogue(lang).get(message, message)


def _words(lang: str) -> dict[str, dict[str, str]]:
    """Give what the layouts say, as Hugo's translations: ``%(name)s`` is ``{{ .name }}`` there."""
    words = msgspec.yaml.decode((LAYOUTS / "words.yaml").read_bytes(), type=dict[str, str])
    for factor in FACTORS:
        term = PULL_FACTORS[factor]
        words |= {f"factor-{factor}": term.name, f"factor-{factor}-text": term.text}
    return {
        key: {"other": _PLACE.sub(r"{{ .\1 }}", _say(message, lang))}
        for key, message in words.items()
    }


def _page(front: dict[str, Any], body: str = "") -> str:
    return f"{_json(front)}\n{body}\n"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=1)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def _config() -> dict[str, Any]:
    sponsor = {"@type": "Organization", "name": "Bench team"}
    funder = {"@type": "Organization", "name": "Bench fund"}
    return {
        "baseURL": "https://bench.example.org/",
        "defaultContentLanguage": "en",
        "defaultContentLanguageInSubdir": True,
        "relativeURLs": True,
        "disableKinds": ["404", "taxonomy"],
        "enableRobotsTXT": True,
        "taxonomies": {"factor": "factors", "audience": "audiences"},
        "pagination": {"pagerSize": 24, "disableAliases": True},
        "mediaTypes": {"application/atom+xml": {"suffixes": ["xml"]}},
        "outputFormats": {"ATOM": {"mediaType": "application/atom+xml", "baseName": "feed"}},
        "outputs": {"home": ["HTML", "ATOM"], "section": ["HTML"], "term": ["HTML"]},
        "markup": {"goldmark": {"parser": {"autoHeadingID": False}, "renderer": {"unsafe": True}}},
        "languages": {
            lang: {
                "label": language(lang).autonym,
                "locale": lang,
                "contentDir": f"content/{lang}",
                "title": "Bench",
                "weight": index,
            }
            for index, lang in enumerate(LANGUAGES, 1)
        },
        "params": {
            "sponsor": "Bench team",
            "funder": "Bench fund",
            "disclosure": "Generated text.",
            "tagline": "Facts first",
            "updated": UPDATED,
            "factors": list(FACTORS),
            "author": sponsor | {"funder": [funder]},
            "publisher": sponsor,
        },
    }
