"""Write the generated campaign as a Hugo site whose pages hold the same parts as ours."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

from corpus import LANGUAGES, Point, sources, text_of

LAYOUTS = Path(__file__).resolve().parent / "hugo"
"""Layouts and words of the Hugo site."""


def write_hugo(root: Path, count: int) -> None:
    """Write the site.

    Args:
        root: new folder.
        count: talking points; pages are six times as many.
    """
    for name in ("i18n", "static"):
        (root / name).mkdir(parents=True)
    shutil.copytree(LAYOUTS / "layouts", root / "layouts")
    (root / "hugo.toml").write_text(_config(), "utf-8")
    words = (LAYOUTS / "words.txt").read_text("utf-8").split()
    for lang in LANGUAGES:
        rows = "".join(f'{word} = "{word.capitalize()} words in {lang}"\n' for word in words)
        (root / "i18n" / f"{lang}.toml").write_text(rows, "utf-8")
        folder = root / "content" / lang / "points"
        folder.mkdir(parents=True)
        (folder / "_index.md").write_text("---\ntitle: Facts\n---\n", "utf-8")
        (folder.parent / "_index.md").write_text("---\ntitle: Home\n---\n", "utf-8")
    css = Path(__file__).resolve().parent.parent / "assets" / "site.css"
    (root / "static" / "site.css").write_bytes(css.read_bytes())
    for number in range(count):
        point = Point(number)
        for lang in LANGUAGES:
            path = root / "content" / lang / "points" / f"{point.id}.md"
            path.write_text(hugo_point(point, lang), "utf-8")


def hugo_point(point: Point, lang: str, body: str = "") -> str:
    """Write one page's source: the same fields, in Hugo's front matter; references as footnotes.

    Args:
        point: the talking point.
        lang: BCP 47 tag.
        body: its text where it is another.

    Returns:
        Front matter and Markdown.
    """
    fields = {
        "title": text_of(point, lang, "fact"),
        "claim": text_of(point, lang, "claim"),
        "warning": text_of(point, lang, "warning"),
        "action": text_of(point, lang, "action.label"),
        "alternative": text_of(point, lang, "alternative"),
        "factors": [point.factor],
        "date": "2026-11-24",
        "sources": sources(point),
    }
    body = body or text_of(point, lang, "body")
    for number in range(3):
        link = f"[{number + 1}](#source-s{number})"
        body = body.replace(f"[^s{number}]", link)
    front = "".join(f"{key}: {json.dumps(value)}\n" for key, value in fields.items())
    return f"---\n{front}---\n{body}\n"


def _config() -> str:
    languages = "".join(
        f"[languages.{lang}]\nlanguageName = '{lang}'\ncontentDir = 'content/{lang}'\n"
        f"title = 'Bench'\nweight = {index}\n"
        for index, lang in enumerate(LANGUAGES, 1)
    )
    return (
        "baseURL = 'https://bench.example.org/'\ndefaultContentLanguage = 'en'\n"
        "defaultContentLanguageInSubdir = true\nrelativeURLs = true\ndisableKinds = ['404']\n"
        "enableRobotsTXT = true\n[taxonomies]\nfactor = 'factors'\n"
        "[outputs]\nhome = ['HTML', 'RSS']\nsection = ['HTML']\ntaxonomy = ['HTML']\n"
        f"term = ['HTML']\n[services.rss]\nlimit = 20\n{languages}"
    )
