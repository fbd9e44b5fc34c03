"""What all pages of one language share, made once: words, header, helpline band, footer."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from functools import lru_cache
from typing import Any, NamedTuple, TypeVar

import msgspec
from markupsafe import Markup, escape

from stopjihad.catalog import terms
from stopjihad.catalog.languages import language_name
from stopjihad.model.helpline import before_police
from stopjihad.model.point import Need
from stopjihad.theme.job import PageJob, Theme
from stopjihad.theme.theme import (
    as_markup,
    contact_href,
    country_name,
    dial_numbers,
    fill,
    host_of,
    long_day,
    make_language_marker,
    make_speakers,
    make_writer,
)
from stopjihad.view.alert_phrases import MARKED, PastWords, banner_past, holding_line, holds
from stopjihad.view.claim import FLAGGED, IT_IS_SAID, claim_words
from stopjihad.view.helplines import (
    answering_message,
    emergency_line,
    number_heading,
    others_nearby,
    primary,
    speaks,
    state_warning,
)
from stopjihad.view.notation import native_text
from stopjihad.view.page_address import EVERY_SITE, free_path, root_of
from stopjihad.view.records import AlertElsewhere, AlertView, Frame, HelplineView, PointView, Text

CSP = (
    "default-src 'none'; img-src 'self'; style-src 'self'; font-src 'self'; "
    "base-uri 'none'; form-action 'none'"
)
"""Content Security Policy of every page (reference: security.md, S24)."""

_REST = "\0"
"""Stands for the page's path below its language in the cached header; YAML allows no NUL."""

_BEHIND = Markup(" · {}")

BAND_LINES = 2
"""Most helplines in the band of a page."""


_ENCODER = msgspec.json.Encoder(order="sorted")


T = TypeVar("T")


class MenuLink(NamedTuple):
    """Name an entry of a menu; ``aside`` tells that phones show it behind the word "Menu"."""

    id: str
    href: str
    label: Markup
    inner: bool = False
    aside: bool = False


class Chrome(NamedTuple):
    """What stands around the content of a page."""

    header: Markup
    footer: Markup


class Site:
    """Keep the shared values of one language for as long as a process renders its pages."""

    def __init__(
        self, theme: Theme, frame: Frame, words: dict[str, str], assets: dict[str, str]
    ) -> None:
        """Make words, markers and the values that every template may use."""
        self.theme = theme
        self._drawings = dict(theme.templates)
        self._words = words
        self.frame = frame
        self.speak, self.speak_attribute = make_speakers(words, frame.lang)
        directions = {item.tag: item.direction for item in frame.languages}
        self.mark = make_language_marker(frame.lang, directions)
        self.write = make_writer(frame.lang, self.mark)
        self._arts: dict[str, Markup] = {}
        self._chromes: dict[tuple[str, str, bool, bool], tuple[list[str], Markup]] = {}
        self._bands: dict[tuple[str, Need | None, tuple[str, ...]], Markup] = {}
        self._once: dict[str, Any] = {}
        lang = frame.lang
        self.values: dict[str, Any] = {
            "_": self.speak,
            "__": self.speak_attribute,
            "la": self.mark,
            "tx": self.write,
            "art": self.art,
            "day": lambda day: long_day(day, lang, frame.digits),
            "dialled": dial_numbers,
            "number": lambda number: native_text(str(number), frame.digits),
            "country": lambda code: country_name(code, lang),
            "host": host_of,
            "lang": lang,
            "dir": frame.direction,
            "frame": frame,
            "assets": assets,
            "csp": CSP,
            "techniques": terms.TECHNIQUES,
            "pull_factors": terms.PULL_FACTORS,
            "settings": terms.SETTINGS,
            "modes": terms.MODES,
            "messengers": terms.MESSENGERS,
            "operators": terms.OPERATORS,
            "speaks": speaks,
            "tongue": self.tongue,
            "state_warning": self.state_warning,
            "verifications": terms.VERIFICATIONS,
            "formats": terms.FORMATS,
            "contact_href": contact_href(frame.corrections_contact),
        }

    def fill(self, name: str, values: dict[str, Any]) -> str:
        """Render a template of the theme.

        Args:
            name: file name relative to ``templates/site/``.
        """
        return fill(self.theme, name, values)

    def flag(self, point: PointView) -> Markup:
        """Write a claim struck through, between who claims it and that it is false.

        Returns:
            Markup, empty without a claim.
        """
        claim = point.claim
        if claim is None:
            return Markup()
        words = claim_words(claim.value, self.speak_attribute(FLAGGED), claim.lang)
        struck = as_markup(f"<s>{self.write(Text(words, claim.lang))}</s>")
        named = point.claimant or self.frame.claimant
        own = named is not None and named.lang == self.frame.lang
        who = self.write(named) if named and own else self.speak(IT_IS_SAID)
        return self.speak(FLAGGED, claimant=who, claim=struck)

    def get_or_make(self, name: str, make: Callable[[Site], T]) -> T:
        """Give a value that depends on nothing but the language, made when first asked for."""
        if name not in self._once:
            self._once[name] = make(self)
        found: T = self._once[name]
        return found

    def tongue(self, line: HelplineView) -> Markup:
        """Say how a line answers that does not in the readers' language; else nothing."""
        if speaks(line, self.frame.lang):
            return Markup()
        if line.interpreters:
            told = self.speak("with an interpreter: say your language when you call")
            return _BEHIND.format(told)
        lang = self.frame.lang
        names = self.speak(", ").join(language_name(one, lang) for one in line.languages)
        own = language_name(primary(lang), lang)
        return _BEHIND.format(self.speak(answering_message(line, lang), language=names, other=own))

    def state_warning(self, line: HelplineView) -> Markup:
        """Say what becomes of what is said to a line of the State."""
        return self.speak(state_warning(line))

    def art(self, name: str) -> Markup:
        """Give a drawing of the theme.

        Args:
            name: file name in ``art/`` without its ending.
        """
        found = self._arts.get(name)
        if found is None:
            found = Markup(self._drawings[f"art/{name}.svg"].strip())  # noqa: S704  shapes alone
            self._arts[name] = found
        return found

    def chrome(self, section: str, root: str, rest: str, *, inner: bool, kit: bool) -> Chrome:
        """Give header and footer for a page.

        Args:
            section: id of the menu entry the page belongs to.
            root: prefix that leads to the top of the site.
            rest: path of the page below its language's folder.
            inner: whether the page is below the menu entry rather than the entry itself.
        """
        key = (section, root, inner, kit)
        made = self._chromes.get(key)
        if made is None:
            made = self._make_chrome(section, root, inner=inner, kit=kit)
            self._chromes[key] = made
        parts, footer = made
        return Chrome(as_markup(rest.join(parts)), footer)  # slugs and slashes

    def _make_chrome(
        self, section: str, root: str, *, inner: bool, kit: bool
    ) -> tuple[list[str], Markup]:
        """Make both parts; the header is cut where the page's path belongs."""
        menu, links = self._menus(section, inner=inner, kit=kit)
        alert = self.alert(section, root)
        values = self.values | {
            "root": root,
            "home": f"{root}{self.frame.lang}/",
            "rest": _REST,
            "section": section,
            "menu": menu,
            "links": links,
            "autonym": self._autonym(),
            "alert": alert,
            "notice": alert,  # as headers of workspaces name it; until 0.2
            **self._in_danger(section),
        }
        header, footer = (
            Markup(self.fill(name, values).strip())  # noqa: S704  made by autoescape
            for name in ("header.html", "footer.html")
        )
        return str.split(header, _REST), footer

    def band(self, root: str, need: Need | None, own: tuple[HelplineView, ...] = ()) -> Markup:
        """Give the helplines that stand below a page.

        Args:
            root: prefix that leads to the top of the site.
            need: what brings its readers to one; None for someone who listens or, where nobody
                does, for whom to ask about a worry.
            own: the lines that the page shows before its words: below them stand the same, else a
                page for parents of adults ends with a line for children.

        Returns:
            Markup, empty for a campaign without helplines.
        """
        key = (root, need, tuple(line.id for line in own))
        made = self._bands.get(key)
        if made is None and self.frame.helplines:
            need = self.frame.need_met(need)
            lines = own or before_police(self.frame.lines(need)[:BAND_LINES])
            instead = () if lines else others_nearby(self.frame)
            values = self.values | {
                "home": f"{root}{self.frame.lang}/",
                "band": True,  # asked for by templates of workspaces
                "helplines": lines or instead,
                "instead": bool(instead),
                "heading": number_heading(need, served=bool(lines)),
            }
            made = Markup(self.fill("band.html", values).strip())  # noqa: S704  made by autoescape
            self._bands[key] = made
        return made or Markup()

    def alert(self, section: str, root: str) -> Markup:
        """Write what an alert changes on a page: whom to call in danger, and the banner.

        Comments around it name the arguments, so that an alert can be put into a page that is there
        (``render.page.alert_place``).

        Args:
            section: id of the menu entry that the page belongs to; empty before a language is
                chosen.
            root: prefix that leads to the top of the site.
        """
        values = self.values | {
            "root": root,
            "home": f"{root}{self.frame.lang}/",
            "section": section,
            **self._in_danger(section),
        }
        return Markup(self.fill("notice.html", values).strip())  # noqa: S704  by autoescape

    def _in_danger(self, section: str) -> dict[str, Any]:
        """Give what to dial, banner and what was; a header of a workspace may name them itself."""
        here = section or holds(self.frame)  # danger is where the alert says
        return {
            "danger": self.danger() if here else self.danger_anywhere(),
            "banner": self.banner(),
            "banner_of": self.banner_of,
            "holding": self.holding,
            "former": self.former() if section != "alert" else (),
        }

    def banner(self) -> Markup:
        """Say the first alert that stands on every page, with words in this language or without.

        In a language in which none has words it says that there is one.
        """
        alert = self.frame.alert or self.frame.elsewhere
        return self.banner_of(alert) if alert else Markup()

    def banner_of(self, alert: AlertView | AlertElsewhere) -> Markup:
        """Say an alert in a line; that of an exercise begins with the word."""
        if isinstance(alert, AlertView):
            headline = Markup("{}").format(alert.headline)
        else:
            headline = self.speak("Current alert")
        return self.speak(MARKED, headline=headline) if alert.exercise else headline

    def holding(self, alert: AlertView | AlertElsewhere) -> str:
        """Say when an alert was sent and until when it holds."""
        return holding_line(alert, self._words)

    def former(self) -> tuple[PastWords, ...]:
        """Say what was taken away, as long as readers are told."""
        return banner_past(self.frame, self._words)

    def danger_anywhere(self) -> Markup:
        """Say how to find what to dial, as on pages before a language was chosen."""
        return dial_numbers(
            self.speak(
                "Call the emergency number of the country you are in. "
                "In the European Union it is 112."
            )
        )

    def number(self, frame: Frame) -> Markup:
        """Give what to dial in the emergency of a ``frame``; nothing where no country is known."""
        line = emergency_line(frame)
        return dial_numbers(escape(line.emergency.value)) if line else Markup()

    def danger(self, frame: Frame | None = None) -> Markup:
        """Say what to dial in an emergency: the number of a country, or how to find one's own.

        Args:
            frame: about one alert; the site's own when not given.
        """
        line = emergency_line(frame or self.frame)
        if line is None:
            return self.danger_anywhere()
        return self.speak(
            "Call %(numbers)s (%(country)s).",
            numbers=dial_numbers(self.write(line.emergency)),
            country=line.country_name,
        )

    def _menus(
        self, section: str, *, inner: bool, kit: bool
    ) -> tuple[tuple[MenuLink, ...], tuple[MenuLink, ...]]:
        speak = self.speak
        free = [
            MenuLink(
                item.id,
                free_path(item.id),
                self.write(item.name),
            )
            for item in self.frame.menu
            if item.id not in EVERY_SITE
        ]
        facts, help_, find, report, about, privacy, access, share, signed = (
            MenuLink(name, f"{name}/index.html", label, inner and name == section)
            for name, label in (
                ("points", speak("The facts")),
                ("help", speak("Get help")),
                ("search", speak("Search")),
                ("report", speak("Report content")),
                ("about", speak("About")),
                ("privacy", speak("Privacy")),
                ("accessibility", speak("Accessibility")),
                ("kit", speak("Share kit")),
                ("signed", speak("Check that this is us")),
            )
        )
        shared = [share] if kit else []
        checked = [signed] if self.frame.signing_key else []
        labels = {item.id: item.note for item in self.frame.menu if item.note}
        short = [
            item._replace(label=self.write(labels[item.id])) if item.id in labels else item
            for item in free
        ]
        told = [report] if self.frame.reporting else []
        rest = (*short[1:], find, *told, *shared, about)
        return (
            (
                facts._replace(label=speak("Facts")),
                help_._replace(label=speak("Help")),
                *short[:1],
                *(item._replace(aside=True) for item in rest),
            ),
            (facts, help_, *free, find, *told, *shared, about, privacy, access, *checked),
        )

    def _autonym(self) -> str:
        tag = self.frame.lang
        return next((item.autonym for item in self.frame.languages if item.tag == tag), tag)


class _Same:
    """Compare by identity and keep the value alive, so that an id is never reused."""

    __slots__ = ("value",)

    def __init__(self, value: Any) -> None:
        self.value = value

    def __hash__(self) -> int:
        return id(self.value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.value is other.value


class _Equal:
    """Compare a language's shared values by their canonical bytes."""

    __slots__ = ("digest", "parts")

    def __init__(self, *parts: Any) -> None:
        self.parts = parts
        self.digest = hashlib.sha256(_ENCODER.encode(parts)).digest()

    def __hash__(self) -> int:
        return hash(self.digest)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Equal) and self.digest == other.digest


@lru_cache(maxsize=64)
def _equal_site(key: _Equal) -> Site:
    return Site(*key.parts)


@lru_cache(maxsize=64)
def _same_site(theme: _Same, frame: _Same, words: _Same, assets: _Same) -> Site:
    return _equal_site(_Equal(theme.value, frame.value, words.value, assets.value))


def site_of(theme: Theme, job: PageJob) -> Site:
    """Give the shared values of a page's language, made when first asked for.

    Found by the identity of theme, frame, words and assets, and when these objects are new by
    their canonical bytes: comparing a frame for each page would cost more than many pages do.
    """
    return _same_site(_Same(theme), _Same(job.frame), _Same(job.words), _Same(job.assets))


def prefix_of(job: PageJob) -> str:
    """Give the prefix of a page's links to the top of the site."""
    return root_of(job.path) if job.root is None else job.root
