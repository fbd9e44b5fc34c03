"""The theme: its templates, compiled once and kept, its words in the reader's language, marks.

Marks are the language and direction of words that differ from the page's, and what templates ask
of days, hosts, countries and numbers.
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import TYPE_CHECKING, Any, TypeVar
from urllib.parse import urlsplit

from jinja2 import Environment, FunctionLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from stopjihad.catalog.languages import cldr_locale
from stopjihad.text.template import references
from stopjihad.text.unicode.script import direction
from stopjihad.theme.job import Theme
from stopjihad.view.dates import day_text
from stopjihad.view.records import Text

if TYPE_CHECKING:
    from stopjihad.theme.sandbox import StrangerEnvironment

try:
    from markupsafe._speedups import _escape_inner as escape_inner
except ImportError:  # a build of markupsafe without its C part
    from markupsafe._native import _escape_inner as escape_inner


def as_markup(text: str) -> Markup:
    """Call a text markup: one that is escaped, or written by us.

    ``Markup(text)`` asks first whether the text has markup of its own, which takes three times as
    long; a page has some sixty.
    """
    return str.__new__(Markup, text)


def make_language_marker(lang: str, directions: dict[str, str]) -> Callable[[Text], Markup]:
    """Make the function that gives an element its ``lang`` and ``dir`` when they differ.

    Args:
        lang: BCP 47 tag of the page.

    Returns:
        A function from a text to attributes with a space before them, or to nothing.
    """
    memory: dict[str, Markup] = {lang: Markup()}

    def attributes(text: Text) -> Markup:
        found = memory.get(text.lang)
        if found is None:
            direction = directions.get(text.lang, "auto")
            found = Markup(' lang="{}" dir="{}"').format(text.lang, direction)
            memory[text.lang] = found
        return found

    return attributes


def make_writer(lang: str, mark: Callable[[Text], Markup]) -> Callable[[Text], Markup]:
    """Make the function that writes a text inside an element of the page's language.

    A text in another language gets a ``span`` of its own, so that a label keeps the place that the
    page's direction gives it while its words run in theirs. Groups of digits in text from right to
    left are held in their order.

    Args:
        lang: BCP 47 tag of the page.
    """
    plain = direction(lang) != "rtl"

    def written(text: Text) -> Markup:
        if plain and text.lang == lang:
            return as_markup(escape_inner(text.value))
        words = hold_digits(text.value, text.lang)
        if text.lang == lang:
            return words
        return Markup("<span{}>{}</span>").format(mark(text), words)

    return written


def dial_numbers(markup: Markup) -> Markup:
    """Make each emergency number of a sentence one that a phone dials when it is touched.

    Args:
        markup: a sentence of words, without numbers in its tags.

    Returns:
        The sentence, its numbers of two to four digits as links.
    """
    link = r'<a href="tel:\1"><bdi dir="ltr">\1</bdi></a>'
    return Markup(_SHORT.sub(link, str.__str__(markup)))  # noqa: S704  digits alone are set into it


_SHORT = re.compile(r"(?<![\w+#-])([0-9]{2,4})(?![\w-])")


def hold_digits(text: str, lang: str) -> Markup:
    """Write a text with its groups of digits in the order in which they are read and dialled.

    Between letters from right to left, ``114 14`` would be shown as 14 114: the groups are numbers
    of their own to the bidirectional algorithm (UAX #9, W and N rules). So would ``60%`` be shown
    with its sign on the left (``text.unicode.bidi_controls.hold_shares``).

    Args:
        lang: BCP 47 tag of the text.

    Returns:
        Markup; plain where the language runs from left to right.
    """
    if direction(lang) != "rtl" or not _GROUPS.search(text):
        return as_markup(escape_inner(text))
    parts = _GROUPS.split(text)
    held = [Markup('<bdi dir="ltr">{}</bdi>').format(part) for part in _GROUPS.findall(text)]
    return Markup().join(
        piece for pair in zip(map(escape, parts), [*held, Markup()], strict=True) for piece in pair
    )


_GROUPS = re.compile(
    r"\+?\d[\d()/.-]*(?:[ \u00a0\u202f]\(?\d[\d()/-]*)+|\d[\d.,\u066b\u066c]*[\u00a0\u202f]?%"
)
"""A number in groups: 18001 101, +45 70 10 10 10; or a share: 60%."""


@lru_cache(maxsize=4096)
def long_day(day: dt.date, lang: str, digits: str = "") -> Markup:
    """Write a day as people of a language do, inside a ``time`` element.

    Args:
        digits: numbering system of CLDR; empty for 0 to 9.

    Returns:
        Markup such as ``<time datetime="2026-11-24">24 November 2026</time>``.
    """
    words = day_text(day, lang, digits)
    return Markup('<time datetime="{}">{}</time>').format(day.isoformat(), words)


@lru_cache(maxsize=1024)
def country_name(code: str | None, lang: str) -> str:
    """Name a country in a language, from CLDR.

    Args:
        code: ISO 3166-1 alpha-2, or ``EU``.
    """
    from babel import Locale

    names = Locale.parse(cldr_locale(lang), sep="_").territories
    return str(names.get(code or "", code or ""))


def host_of(url: str) -> str:
    """Give the host of an address without ``www.``."""
    return (urlsplit(url).hostname or "").removeprefix("www.")


def contact_href(contact: str) -> str | None:
    """Make a link of a contact: an address on the web or an e-mail address.

    Args:
        contact: what the campaign wrote, such as ``corrections@example.org``.

    Returns:
        ``https:`` or ``mailto:`` address, or None when it is neither.
    """
    from urllib.parse import quote

    if contact.startswith("https://"):
        return contact
    name, at, domain = contact.partition("@")
    if at and name and "." in domain and not any(mark.isspace() for mark in contact):
        return f"mailto:{quote(contact, safe='@')}"
    return None


def text_rows(text: Text) -> int:
    """Count the rows a text needs in a box about 48 characters wide, and one to spare."""
    lines = text.value.split("\n")
    return sum(len(line) // 48 + 1 for line in lines) + 1


def locale_tag(lang: str) -> str:
    """Write a tag as Open Graph does: ``pt-BR`` becomes ``pt_BR``."""
    return str(escape(lang.replace("-", "_")))


MARKUP = frozenset({"_", "art", "day", "la", "tx"})
"""Functions of every page that return markup: they are called directly and not escaped again."""

DIRECT = MARKUP | {"__", "country", "host", "number"}
"""Functions of every page that are called directly."""


class DirectCode(CodeGenerator):
    """Write looks at attributes and calls of our own functions as Python has them.

    Jinja asks before each call whether the function wants the context, and escapes markup by
    copying it. For the functions of ``DIRECT`` and ``MARKUP`` the answers are known; a page makes
    some sixty such calls, a fifth of its time. ``a.b`` may be an item to Jinja, too, or nothing:
    here it is an attribute, which costs a tenth; a page looks at a hundred. Built-in templates are
    written so, and no others are compiled like this.
    """

    def visit_Getattr(self, node: nodes.Getattr, frame: Frame) -> None:  # noqa: N802  as below
        """Write one look at an attribute."""
        self.write("(")
        self.visit(node.node, frame)
        self.write(f").{node.attr}")

    def visit_Call(  # noqa: N802  the name Jinja's visitor looks for
        self,
        node: nodes.Call,
        frame: Frame,
        forward_caller: bool = False,  # noqa: FBT001, FBT002  Jinja's signature
    ) -> None:
        """Write one call."""
        if not _is_ours(node, DIRECT):
            super().visit_Call(node, frame, forward_caller=forward_caller)
            return
        self.visit(node.node, frame)
        self.write("(")
        for argument in node.args:
            self.visit(argument, frame)
            self.write(", ")
        for keyword in node.kwargs:
            self.write(f"{keyword.key}=")
            self.visit(keyword.value, frame)
            self.write(", ")
        self.write(")")

    def _output_child_pre(
        self, node: nodes.Expr, frame: Frame, finalize: CodeGenerator._FinalizeInfo
    ) -> None:
        if _is_ours(node, MARKUP):
            self.write("(")
        elif frame.eval_ctx.autoescape and not frame.eval_ctx.volatile:
            self.write("out(")  # the environment has no finalize: nothing else is called
        else:
            super()._output_child_pre(node, frame, finalize)

    def write_commons(self) -> None:
        """Begin a function: name what it writes values with."""
        super().write_commons()
        self.writeline("out = environment.out")


def escape_value(value: object) -> str:
    """Escape a value for a page, without wrapping the result as markup once more.

    Jinja's own makes a ``Markup`` of each value, only to join all as text: a page has 150 of them,
    a fifth of the time that its templates take.

    Args:
        value: text, markup, or anything that has a text.
    """
    kind = type(value)
    if kind is str:
        return escape_inner(value)  # type: ignore[arg-type]
    return value if kind is Markup else escape(value)  # type: ignore[return-value]


def _is_ours(node: nodes.Node, names: frozenset[str]) -> bool:
    return (
        isinstance(node, nodes.Call)
        and isinstance(node.node, nodes.Name)
        and node.node.name in names
        and node.dyn_args is None
        and node.dyn_kwargs is None
    )


class DirectEnvironment(Environment):
    """Compile built-in templates."""

    code_generator_class: type[CodeGenerator] = DirectCode
    out = staticmethod(escape_value)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give what a template may always name, as one mapping: Jinja lists it for each page."""
        return {**self.globals, **(d or {})}


_E = TypeVar("_E", bound=Environment)


def _environment(kind: type[_E], sources: dict[str, str]) -> _E:
    """Make a Jinja environment.

    Autoescape is a constant, not chosen by file name; an undefined name is an error; authored text
    is only ever data.
    """

    def load(name: str) -> tuple[str, str, None] | None:
        # The file name is what errors name; templates never change while a process lives.
        return (sources[name], name, None) if name in sources else None

    return kind(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )


@lru_cache(maxsize=8)
def direct(theme: Theme) -> DirectEnvironment:
    """Make what fills in the built-in templates of a theme; it knows no others."""
    own = {name: text for name, text in theme.templates if name in theme.built_in}
    return _environment(DirectEnvironment, own)


@lru_cache(maxsize=8)
def sandbox(theme: Theme) -> StrangerEnvironment:
    """Make what fills in a stranger's templates, and all that they bring together."""
    from stopjihad.theme.sandbox import StrangerEnvironment

    return _environment(StrangerEnvironment, dict(theme.templates))


@lru_cache(maxsize=8)
def strange(theme: Theme) -> frozenset[str]:
    """Name the templates that are a stranger's, or bring one in however indirectly."""
    found = {name for name, _ in theme.templates} - theme.built_in
    if not found:
        return frozenset()
    named = {name: references(text) for name, text in theme.templates if name in theme.built_in}
    while more := {name for name, others in named.items() if others & found} - found:
        found |= more
    return frozenset(found)


def fill(theme: Theme, name: str, values: dict[str, Any]) -> str:
    """Fill in a template: whole in the sandbox where any part of it is a stranger's."""
    if name in strange(theme):
        return _calm(sandbox(theme).fill(name, values), name, values)
    jinja = direct(theme)
    template = jinja.get_template(name)
    try:
        # As its own ``render`` does, which copies all values three times.
        context = template.new_context({**template.globals, **values}, shared=True)
        return "".join(template.root_render_func(context))
    except Exception:  # noqa: BLE001  whatever it is: Jinja names the template's line in it
        jinja.handle_exception()


def _calm(text: str, name: str, values: dict[str, Any]) -> str:
    """Refuse what a stranger's template wrote when it acts, loads, or has lost its policy."""
    from stopjihad.text.template import ACTIVE, CALM, TemplateFault
    from stopjihad.text.web.active_markup import active_markup, active_xml
    from stopjihad.theme.sandbox import TemplateRefused

    xml = name.endswith(".xml")
    wrong = active_xml(text) if xml else next(active_markup(text), "")
    whole = name == "page.html" or "policy" in values or "<html" in text.lower()
    if not wrong and not xml and whole and not _has_policy(text, values):
        wrong = "a page without its content security policy at the beginning of its head"
    if wrong:
        fault = TemplateFault(0, 0, ACTIVE, f"the template writes {wrong}", CALM)
        raise TemplateRefused(fault, name, name)
    return text


_ATTRIBUTES = r"(?: [a-z-]+=\"[^\"<>]*\")*"
_BEGINNING = re.compile(
    rf"\s*<!doctype html>\s*<html{_ATTRIBUTES}>\s*<head>\s*(?:<meta{_ATTRIBUTES}>\s*)*",
    re.IGNORECASE,
)
"""What stands before the policy: nothing that a browser could read otherwise."""


def _has_policy(text: str, values: dict[str, Any]) -> bool:
    """Tell whether the policy of a page holds for all that is in it."""
    policy = escape(values.get("policy") or values.get("csp") or "")
    own = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    before, found, _ = text.partition(own)
    return bool(found) and _BEGINNING.fullmatch(before) is not None


MESSAGES = 5000
"""Most messages of a language that are kept: a stranger's templates may have any number."""

SOURCE = "en"
"""Language of the message ids."""


def make_speakers(
    words: dict[str, str], lang: str
) -> tuple[Callable[..., Markup], Callable[..., str]]:
    """Make the two functions templates translate with.

    A message without a translation stays English. Between tags it is then wrapped in a ``span``
    with its ``lang``, so that screen readers and fonts treat it right; attributes hold no tags, so
    they have a function of their own.

    Args:
        lang: BCP 47 tag of the page.

    Returns:
        ``_`` for text between tags and ``__`` for attribute values and titles; both take the
        message and values for its ``%(name)s`` places, and escape those.
    """
    same = lang.split("-", maxsplit=1)[0] == SOURCE
    memory: dict[str, Markup] = {}

    def between_tags(message: str, **values: object) -> Markup:
        markup = memory.get(message)
        if markup is None:
            said = words.get(message)
            if said or same:
                markup = hold_digits(said or message, lang)
            else:
                markup = Markup('<span lang="en" dir="ltr">{}</span>').format(message)
            if len(memory) < MESSAGES:
                memory[message] = markup
        if not values:
            return markup
        # As markup % values, without its helper for each value: places are text, as in ``%(day)s``.
        found = {name: escape_value(value) for name, value in values.items()}
        return as_markup(str.__mod__(markup, found))

    def in_attribute(message: str, **values: object) -> str:
        text = words.get(message) or message
        return text % values if values else text

    return between_tags, in_attribute
