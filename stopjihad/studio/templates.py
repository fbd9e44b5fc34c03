"""Fill the studio's own templates, in the language of whoever looks."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec
from jinja2 import DictLoader, Environment, StrictUndefined
from markupsafe import Markup, escape
from starlette.requests import Request
from starlette.responses import HTMLResponse

from stopjihad.render.page.theme import SOURCE, make_speakers
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.own_files import OwnFiles
from stopjihad.studio.remedies import hint_of, remedy_of
from stopjihad.studio.words import field_name

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


Say = Callable[[str], str]
"""Translates words of the program."""


def as_json(value: Any) -> Markup:
    """Write a value into a data block of a page.

    Args:
        value: anything that msgspec encodes.

    Returns:
        JSON in which nothing can end the block: the browser's own escape for ``<``.
    """
    return Markup(msgspec.json.encode(value).decode().replace("<", "\\u003c"))  # noqa: S704


_LIT = re.compile(r"(?:https?://|www\.)[^\s<>&]+(?:&amp;[^\s<>&]+)*|(?<![&\w])#\w+")


def lit(text: str) -> Markup:
    """Mark addresses and hashtags of a post, as platforms do.

    Args:
        text: the post.

    Returns:
        The same text, escaped, with marks that add no letter.
    """
    marked_up = _LIT.sub(r'<span class="lit">\g<0></span>', str(escape(text)))
    return Markup(marked_up)  # noqa: S704 - escaped above; the pattern takes whole entities


class Templates:
    """Render the studio's pages: autoescaped, undefined names are errors."""

    def __init__(self, own_files: OwnFiles) -> None:
        """Compile templates when they are first used."""
        self._words = {SOURCE: {}, **own_files.words}
        self._environment = Environment(
            loader=DictLoader(own_files.templates),
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
            request: decides the language.
            live: the campaign; its theme says what techniques and formats are called.

        Returns:
            Two functions from English words to words of the interface's language.
        """
        lang = self.language_of(request)
        words = self._words[lang]
        theme = live.state.found.shared.words.get(lang, {})
        return (lambda text: words.get(text, text)), (lambda text: theme.get(text, text))

    def fill(self, template: str, lang: str, values: Mapping[str, Any]) -> str:
        """Fill a template.

        Args:
            template: file name below ``templates/studio/``.
            lang: language of the interface.
            values: what the template shows.

        Returns:
            HTML.
        """
        between, inside = make_speakers(dict(self._words[lang]), lang)
        speakers = {
            "_": between,
            "__": inside,
            "ui": lang,
            "interfaces": self.languages,
            "json": as_json,
            "field_name": lambda context: field_name(context, inside),
            "hint_of": lambda problem: hint_of(problem, inside),
            "remedy_of": lambda problem, base: remedy_of(problem, base, inside),
        }
        return self._environment.get_template(template).render({**values, **speakers})

    def answer(
        self, request: Request, template: str, values: Mapping[str, Any], status: int = 200
    ) -> HTMLResponse:
        """Answer a request with a page of the studio.

        Args:
            request: decides the language.
            template: file name below ``templates/studio/``.
            values: what the template shows.
            status: of the answer.

        Returns:
            The page, under the studio's content security policy.
        """
        lang = self.language_of(request)
        given = {"here": request.url.path, "read_only": request.app.state.read_only}
        html = self.fill(template, lang, {**given, **values})
        response = HTMLResponse(
            html, status, {"content-security-policy": STUDIO_POLICY, "content-language": lang}
        )
        asked = request.query_params.get("interface") == lang
        if asked and HEADER not in request.headers:  # a page that renews itself chooses nothing
            response.set_cookie(COOKIE, lang, httponly=True, samesite="strict")
        return response
