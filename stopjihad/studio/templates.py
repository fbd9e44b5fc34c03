"""The studio's own pages: their templates, style sheet, scripts and words, read once and filled.

A page is in the language of whoever looks.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import PurePosixPath
from typing import Any, NamedTuple

import msgspec
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from stopjihad.catalog import headers
from stopjihad.load import files
from stopjihad.load.po import read_words
from stopjihad.load.workspace import MAX_SHARED_BYTES, shared_root
from stopjihad.problem import Problem
from stopjihad.studio.finding_words import FindingWords
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.remedies import remedy_of
from stopjihad.studio.words import Say, field_name, hint_of
from stopjihad.theme.theme import SOURCE, make_speakers

_SHOWN = "css csv html ics jpg json mp4 opus png svg txt vtt webp woff woff2 xlsx xml zip"
TYPES = {f".{ending}": headers.TYPES[ending] for ending in _SHOWN.split()}
TYPES |= dict.fromkeys(("", ".srt"), headers.TYPES["txt"])
"""Ending of a file to its media type. Scripts are missing: no output of a campaign is one."""

ACCENT, INK, PAPER = "#0b6b5d", "#14232b", "#fbfaf7"
"""Colours of the studio: those a campaign has that chooses none."""


class Asset(NamedTuple):
    """A file of the studio and its media type."""

    data: bytes
    type: str


class OwnFiles(NamedTuple):
    """The studio's own files.

    Attributes:
        templates: file name to source.
        assets: file name to what is served below ``/studio/``.
        words: language to English words to translated ones.
        findings: language to English sentences of findings to what is said for them.
    """

    templates: dict[str, str]
    assets: dict[str, Asset]
    words: dict[str, dict[str, str]]
    findings: dict[str, dict[str, str]]


def media_type(path: str) -> str:
    """Give the media type of an output by its ending; unknown ones are to be saved, not shown."""
    return TYPES.get(PurePosixPath(path).suffix, "application/octet-stream")


def own_files() -> OwnFiles:
    """Read the studio's files; a workspace cannot replace them.

    Raises:
        RuntimeError: the installation is damaged.
    """
    texts = {name: data.decode() for name, data in _below("templates/studio").items()}
    assets = {name: _asset(name, data) for name, data in _below("assets/studio").items()}
    assets["mark.svg"] = _asset("mark.svg", _below("assets")["favicon.svg"])
    templates = {name: text for name, text in texts.items() if name.endswith(".html")}
    return OwnFiles(templates, assets, _words_in(texts, "locale"), _words_in(texts, "findings"))


def _words_in(texts: Mapping[str, str], folder: str) -> dict[str, dict[str, str]]:
    """Read the PO files of a folder: language to English words to translated ones."""
    words: dict[str, dict[str, str]] = {}
    for name, text in texts.items():
        path = PurePosixPath(name)
        if path.parts[0] == folder and path.suffix == ".po":
            words[path.stem], problems = read_words(text, f"templates/studio/{name}")
            if problems:
                raise RuntimeError(str(problems[0]))
    return words


def _below(folder: str) -> dict[str, bytes]:
    paths, problems = files.walk(shared_root(), folder)
    found: dict[str, bytes] = {}
    for path in paths:
        data = files.read(shared_root(), path, MAX_SHARED_BYTES)
        if isinstance(data, Problem):
            problems.append(data)
        else:
            found[path[len(folder) + 1 :]] = data
    if problems:
        raise RuntimeError(str(problems[0]))
    return found


def _asset(name: str, data: bytes) -> Asset:
    from stopjihad.theme import brand_drawing, brand_stylesheet, make_palette

    if name.endswith(".css"):
        css = brand_stylesheet(data.decode(), accent=ACCENT, ink=INK, paper=PAPER)
        return Asset(css.encode(), TYPES[".css"])
    if name.endswith(".svg"):
        drawing = brand_drawing(data.decode(), make_palette(ACCENT, INK, PAPER))
        return Asset(drawing.encode(), TYPES[".svg"])
    if name.endswith(".js"):
        return Asset(data, headers.TYPES["js"])
    return Asset(data, media_type(name))


COOKIE = "stopjihad-language"
"""Cookie that remembers the interface's language."""

HEADER = "interface-language"
"""Header in which a page says which language it is in."""

STUDIO_POLICY = (
    "default-src 'none'; img-src 'self' blob:; media-src 'self'; style-src 'self'; "
    "font-src 'self'; script-src 'self'; connect-src 'self'; frame-src 'self'; base-uri 'none'; "
    "form-action 'self'; frame-ancestors 'self'"
)
"""Content security policy of the studio's pages: only what we serve, nothing inline."""

_RANGE = re.compile(r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,20})?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?")


def as_json(value: Any) -> Markup:
    """Write a value into a data block of a page.

    Returns:
        JSON in which nothing can end the block: the browser's own escape for ``<``.
    """
    return Markup(msgspec.json.encode(value).decode().replace("<", "\\u003c"))  # noqa: S704


_LIT = re.compile(r"(?:https?://|www\.)[^\s<>&]+(?:&amp;[^\s<>&]+)*|(?<![&\w])#\w+")


def lit(text: str) -> Markup:
    """Mark addresses and hashtags of a post, as platforms do.

    Returns:
        The same text, escaped, with marks that add no letter.
    """
    marked_up = _LIT.sub(r'<span class="lit">\g<0></span>', str(escape(text)))
    return Markup(marked_up)  # noqa: S704 - escaped above; the pattern takes whole entities


def _say_finding(words: FindingWords, sentence: str) -> Markup:
    """Say a sentence of a finding between tags; one that no form fits is marked as English."""
    if words.knows(sentence):
        return escape(words.say(sentence))
    return Markup('<span lang="en" dir="ltr">{}</span>').format(sentence)


class Templates:
    """Render the studio's pages: autoescaped, undefined names are errors."""

    def __init__(self, own: OwnFiles) -> None:
        """Compile templates when they are first used."""
        self._words = {SOURCE: {}, **own.words}
        forms = {form: form for words in own.findings.values() for form in words}
        self.findings = {
            lang: FindingWords(forms | own.findings[lang], lang, self._label_in(lang))
            for lang in self._words
        }
        self._environment = Environment(
            loader=DictLoader(own.templates),
            autoescape=True,
            undefined=StrictUndefined,
            extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            cache_size=-1,
        )
        self._environment.filters["lit"] = lit

    @property
    def languages(self) -> tuple[str, ...]:
        """Name the languages of the interface, English first."""
        return tuple(self._words)

    def language_of(self, request: Request) -> str:
        """Choose the interface's language.

        A page that asks for a part of itself names the language it has; then counts what was
        chosen, now or before, and at last what the browser wants.
        """
        for chosen in (
            request.headers.get(HEADER),
            request.query_params.get("interface"),
            request.cookies.get(COOKIE),
        ):
            if chosen in self._words:
                return chosen
        ranges: list[tuple[float, int, str]] = []
        for part in request.headers.get("accept-language", "")[:200].split(","):
            found = _RANGE.fullmatch(part)
            if found and found[1].lower() in self._words:
                ranges.append((-float(found[2] or 1), len(ranges), found[1].lower()))
        return min(ranges)[2] if ranges else SOURCE

    def speakers(self, request: Request, live: LiveCampaign) -> tuple[Say, Say]:
        """Give the functions that translate in code: the studio's words, and the theme's.

        Args:
            live: the campaign; its theme says what techniques and formats are called.

        Returns:
            Two functions from English words to words of the interface's language.
        """
        lang = self.language_of(request)
        words = self._words[lang]
        theme = live.state.found.shared.words.get(lang, {})
        return (lambda text: words.get(text, text)), (lambda text: theme.get(text, text))

    def _label_in(self, lang: str) -> Say:
        words = self._words[lang]
        return lambda field: field_name(field, lambda text: words.get(text, text))

    def finding_words(self, request: Request) -> FindingWords:
        """Give the words for findings in the language of whoever asks."""
        return self.findings[self.language_of(request)]

    def hints(self, request: Request) -> Callable[[str, str], str]:
        """Give the function that says the hint of a problem of some code to whoever asks."""
        lang = self.language_of(request)
        words, said = self._words[lang], self.findings[lang].say
        return lambda code, hint: hint_of(code, hint, lambda text: words.get(text, text), said)

    def fill(self, template: str, lang: str, values: Mapping[str, Any]) -> str:
        """Fill a template."""
        between, inside = make_speakers(dict(self._words[lang]), lang)
        said = self.findings[lang]
        speakers = {
            "_": between,
            "__": inside,
            "ui": lang,
            "interfaces": self.languages,
            "json": as_json,
            "field_name": lambda context: field_name(context, inside),
            "finding": partial(_say_finding, said),
            "hint_of": lambda problem: hint_of(problem.code, problem.hint, inside, said.say),
            "remedy_of": lambda problem, base: remedy_of(problem, base, inside),
        }
        return self._environment.get_template(template).render({**values, **speakers})

    def answer(
        self, request: Request, template: str, values: Mapping[str, Any], status: int = 200
    ) -> HTMLResponse:
        """Answer a request with a page of the studio."""
        lang = self.language_of(request)
        state = request.app.state
        given = {"here": request.url.path, "read_only": state.read_only}
        given["studio"] = state.session.countersign
        html = self.fill(template, lang, {**given, **values})
        response = HTMLResponse(
            html, status, {"content-security-policy": STUDIO_POLICY, "content-language": lang}
        )
        asked = request.query_params.get("interface") == lang
        if asked and HEADER not in request.headers:  # a page that renews itself chooses nothing
            response.set_cookie(COOKIE, lang, httponly=True, samesite="strict")
        return response
