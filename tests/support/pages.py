"""Parse published pages into what tests ask about: links, texts, attributes."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from html.parser import HTMLParser
from pathlib import Path, PurePosixPath
from urllib.parse import unquote, urlsplit

import pytest

RIGHT_TO_LEFT = frozenset({"ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})
"""Languages written from right to left in their usual script (CLDR)."""

NOT_FOUND = "404.html"
"""The one page that hosts show under any address: its links start at the root of the host."""

_OF_HEADS = ("html", "link", "meta")
"""Elements that are read without the body of a page: a twentieth of it."""

_ADDRESSES = ("href", "src", "srcset", "action", "poster", "data", "cite", "formaction")


@dataclass(frozen=True)
class Element:
    """Hold one start tag."""

    tag: str
    attributes: dict[str, str]

    def get(self, name: str) -> str:
        """Give an attribute, or nothing."""
        return self.attributes.get(name, "")


@dataclass
class Page:
    """Hold one published page; ``path`` is relative to the site, with forward slashes."""

    site: Path
    path: str

    @cached_property
    def html(self) -> str:
        """Give the source."""
        return (self.site / self.path).read_text("utf-8")

    @cached_property
    def elements(self) -> list[Element]:
        """Give all start tags in their order; most tests look at few of a thousand pages."""
        return _elements(self.html)

    @cached_property
    def head(self) -> list[Element]:
        """Give ``html`` and what its head has, where all such elements stand there, else all."""
        head, _, body = self.html.partition("</head>")
        return self.elements if any(f"<{tag}" in body for tag in _OF_HEADS) else _elements(head)

    @property
    def root(self) -> Element:
        """Give the element ``html``."""
        return self.all("html")[0]

    @property
    def lang(self) -> str:
        """Give the language of the page."""
        return self.root.get("lang")

    @property
    def kind(self) -> str:
        """Name the kind of page: its path without language and id."""
        parts = PurePosixPath(self.path).parts
        if len(parts) == 1 or len(parts) == 2:
            return "home" if len(parts) == 2 else parts[0]
        return parts[1] if len(parts) == 3 else f"{parts[1]}/*"

    @property
    def framed(self) -> bool:
        """Tell whether it stands in frames of other sites, without a menu around it."""
        return self.kind == "embed/*"

    @property
    def ids(self) -> set[str]:
        """Give the targets of fragments."""
        return {element.get("id") for element in self.elements if element.get("id")}

    def all(self, tag: str, **wanted: str) -> list[Element]:
        """Find elements by tag and exact attributes."""
        return [
            element
            for element in (self.head if tag in _OF_HEADS else self.elements)
            if element.tag == tag
            and all(element.get(name.rstrip("_")) == value for name, value in wanted.items())
        ]

    def rel(self, name: str) -> list[Element]:
        """Find ``link`` elements by one of their relations."""
        return [link for link in self.all("link") if name in link.get("rel").split()]

    def addresses(self) -> list[tuple[Element, str]]:
        """Give every address the page mentions in an attribute, with its element."""
        found = []
        for element in self.elements:
            for name in _ADDRESSES:
                value = element.get(name)
                if not value:
                    continue
                several = [part.split()[0] for part in value.split(",")]
                found += [(element, item) for item in (several if name == "srcset" else [value])]
        return found

    def target(self, address: str) -> tuple[str, str] | None:
        """Resolve an address to a path in the site and a fragment; None for other places."""
        parts = urlsplit(address)
        if parts.scheme or parts.netloc:
            return None
        if not parts.path:
            return self.path, unquote(parts.fragment)
        at_root = parts.path.startswith("/")
        steps = [] if at_root else list(PurePosixPath(self.path).parent.parts)
        for step in unquote(parts.path).split("/"):
            if step == "..":
                if not steps:
                    return "../" + unquote(parts.path), ""
                steps.pop()
            elif step not in ("", "."):
                steps.append(step)
        ending = "/" if parts.path.endswith("/") else ""
        return "/".join(steps) + ending, unquote(parts.fragment)


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.elements: list[Element] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = {name: value or "" for name, value in attrs}
        self.elements.append(Element(tag, attributes))


def _elements(html: str) -> list[Element]:
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return reader.elements


def read_site(site: Path) -> dict[str, Page]:
    """Give every page of a site, by path."""
    paths = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
    return {path: Page(site, path) for path in paths}


LOOKED_AT = ("en", "fr", "ar")
"""Languages whose pages browsers see all of: the source, a longer one, and right to left."""


def seen_in_browsers(
    pages: dict[str, Page], languages: tuple[str, ...], *, thorough: bool
) -> list[str]:
    """Choose the pages that browsers visit; all pages of all languages would take minutes.

    Args:
        pages: every page of the site, by path.
        languages: tags of all its languages.
        thorough: take every page of three languages, and one of each kind in the others; else one
            of each kind in the three, and a talking point in the others.

    Returns:
        Their paths.
    """
    others = one_of_each_kind(pages, tuple(tag for tag in languages if tag not in LOOKED_AT))
    if not thorough:
        chosen = one_of_each_kind(pages, LOOKED_AT)
        chosen += [page for page in others if page.kind == "points/*"]
        return sorted(page.path for page in chosen)
    known = {page.path for page in others}
    return sorted(known | {path for path in pages if path.split("/")[0] in LOOKED_AT})


by_thoroughness = pytest.mark.parametrize(
    "thorough",
    [
        pytest.param(False, id="each-kind"),
        pytest.param(True, id="every-page", marks=pytest.mark.long),
    ],
)
"""Which pages a browser visits: the long form looks at every page."""


def kinds_in_turn(pages: dict[str, Page], *, thorough: bool) -> list[Page]:
    """Choose a page of each kind, the first in English, the second in French, then in Arabic.

    The long form takes each kind in all three. Pages without a language are among both.
    """
    every = one_of_each_kind(pages, LOOKED_AT)
    kinds = sorted({page.kind for page in every if "/" in page.path})
    turn = {kind: LOOKED_AT[place % len(LOOKED_AT)] for place, kind in enumerate(kinds)}
    return [page for page in every if thorough or page.lang == turn.get(page.kind, page.lang)]


def one_of_each_kind(pages: dict[str, Page], languages: tuple[str, ...]) -> list[Page]:
    """Choose the longest page of each kind in each language, and the pages without a language."""
    chosen: dict[tuple[str, str], Page] = {}
    for page in pages.values():
        folder = page.path.split("/")[0] if "/" in page.path else ""
        if folder and folder not in languages:
            continue
        best = chosen.get((folder, page.kind))
        if best is None or len(page.html) > len(best.html):
            chosen[folder, page.kind] = page
    return [chosen[key] for key in sorted(chosen)]
