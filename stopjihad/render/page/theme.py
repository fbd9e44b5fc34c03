"""The theme: its templates, compiled once and kept, and its words in the reader's language."""

from __future__ import annotations

from collections.abc import Callable, MutableMapping
from functools import lru_cache
from typing import Any

from jinja2 import Environment, FunctionLoader, StrictUndefined, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from stopjihad.render.page.job import Theme
from stopjihad.render.page.marks import hold_digits

try:
    from markupsafe._speedups import _escape_inner as escape_inner
except ImportError:  # a build of markupsafe without its C part
    from markupsafe._native import _escape_inner as escape_inner

MARKUP = frozenset({"_", "art", "day", "la", "tx"})
"""Functions of every page that return markup: they are called directly and not escaped again."""

DIRECT = MARKUP | {"__", "country", "host", "number"}
"""Functions of every page that are called directly."""


class PageCode(CodeGenerator):
    """Write calls of our own functions as plain calls.

    Jinja asks before each call whether the function wants the context, and escapes markup by
    copying it. For the functions of ``DIRECT`` and ``MARKUP`` the answers are known; a page makes
    some sixty such calls, a fifth of its time.
    """

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


def escaped(value: object) -> str:
    """Escape a value for a page, without wrapping the result as markup once more.

    Jinja's own makes a ``Markup`` of each value, only to join all as text: a page has 150 of them,
    a fifth of the time that its templates take.

    Args:
        value: text, markup, or anything that has a text.

    Returns:
        What ``markupsafe.escape`` gives, as text.
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


class PageEnvironment(Environment):
    """Compile templates with ``PageCode``."""

    code_generator_class = PageCode
    out = staticmethod(escaped)

    def make_globals(self, d: MutableMapping[str, Any] | None) -> MutableMapping[str, Any]:
        """Give what a template may always name, as one mapping: Jinja lists it for each page."""
        return {**self.globals, **(d or {})}


@lru_cache(maxsize=4)
def environment(theme: Theme) -> Environment:
    """Make the Jinja environment of a theme.

    Autoescape is a constant, not chosen by file name; an undefined name is an error; templates
    are trusted files of the theme, authored text is only ever data.

    Args:
        theme: the template files.

    Returns:
        The environment, shared by all pages of the process.
    """
    sources = dict(theme.templates)

    def load(name: str) -> tuple[str, str, None] | None:
        # The file name is what errors name; templates never change while a process lives.
        return (sources[name], name, None) if name in sources else None

    return PageEnvironment(
        loader=FunctionLoader(load),
        autoescape=True,
        undefined=StrictUndefined,
        extensions=["jinja2.ext.i18n"],
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        cache_size=-1,
    )


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
        words: msgid to msgstr.
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
            memory[message] = markup
        if not values:
            return markup
        # As markup % values, without its helper for each value: places are text, as in ``%(day)s``.
        found = {name: escape(value) for name, value in values.items()}
        return Markup(str.__mod__(markup, found))  # noqa: S704  values are escaped

    def in_attribute(message: str, **values: object) -> str:
        text = words.get(message) or message
        return text % values if values else text

    return between_tags, in_attribute
