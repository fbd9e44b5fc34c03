"""Judge the template of a stranger before it is compiled: what it names, includes and is made of.

A template that is not built in came with a workspace, so it is a stranger's. What it may do when it
runs is ``theme.sandbox``; here is what its source says already.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache
from itertools import islice
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.text.web.active_markup import active_markup

if TYPE_CHECKING:
    from jinja2 import Environment, nodes


class TemplateFault(NamedTuple):
    """What is wrong with a template, and where: line and column from 1, 0 where unknown."""

    line: int
    column: int
    code: str
    message: str
    hint: str


REACH = "template-reach"
"""Code of a template that reaches for what it may not have."""

BROKEN = "template-error"
"""Code of a template that cannot be filled in."""

LIMIT = "template-limit"
"""Code of a template that would cost more than a page may."""

ACTIVE = "template-active"
"""Code of a template that writes what runs in a browser, or loads from elsewhere."""

LONGEST = 64 * 1024
"""Characters of a template; ours have at most 16,000. To compile more takes seconds."""

MOST = 100
"""Faults of a kind that are told of a template: each costs a look through its line."""

TOGETHER = 8 * LONGEST
"""Characters of all templates of a workspace: ours have 60,000 together, and to compile as many as
this takes some ten seconds."""

SMALLER = "a page is a few lists and their values: make loops shorter, and texts smaller"

MEND = "mend the template, or delete your copy of it to use the built-in one"

PLAIN = "a template prints values and goes through lists; docs/designers.md lists what it may use"

CALM = "pages run nothing, frame nothing and load nothing from elsewhere: take it out"

SPOKEN = frozenset({"_", "__"})
"""Names of the functions that translate: the only ones that begin with an underscore."""

_KINDS = frozenset(
    {
        *("Template", "Output", "TemplateData", "For", "If", "With", "Block", "Extends"),
        *("Include", "Import", "FromImport", "Macro", "CallBlock", "FilterBlock", "Assign"),
        *("AssignBlock", "Name", "Const", "Tuple", "List", "Dict", "Pair", "Keyword", "CondExpr"),
        *("Filter", "Test", "Call", "Getitem", "Getattr", "Slice", "Concat", "Compare"),
        *("Operand", "Not", "And", "Or", "Neg", "Pos", "Add", "Sub", "Mul", "Div", "FloorDiv"),
        *("Mod", "Pow", "Scope"),
    }
)
"""Kinds of nodes that a template may be made of; that of ``autoescape`` is none of them."""

_BY_NAME = frozenset(
    {"attr", "groupby", "join", "map", "max", "min", "rejectattr", "selectattr", "sort", "sum"}
    | {"unique"}
)
"""Filters that look at an attribute whose name is an argument."""


def is_hidden(name: str) -> bool:
    """Tell whether a name is one of Python's own: as Python reads it, it begins with ``_``."""
    return unicodedata.normalize("NFKC", name).startswith("_")


@cache
def _syntax() -> Environment:
    """Give what parses a template as pages do."""
    from jinja2 import Environment

    return Environment(autoescape=True, trim_blocks=True, lstrip_blocks=True)


def template_faults(source: str) -> list[TemplateFault]:
    """Find what a stranger's template may not say.

    Returns:
        Problems in the order of lines: ``template-reach``, ``template-active`` (what stands on one
        line; the rest is seen in the page); one ``template-error`` where it cannot be read at all,
        one ``template-limit`` where it is too long.
    """
    from jinja2 import TemplateSyntaxError

    if len(source) > LONGEST:
        message = f"the template has more than {LONGEST} characters"
        return [TemplateFault(0, 0, LIMIT, message, SMALLER)]
    try:
        tree = _syntax().parse(source)
        kinds = _names(source), _nodes(tree, source.split("\n")), _active(source)
        found = {fault for kind in kinds for fault in islice(kind, MOST)}
    except TemplateSyntaxError as error:
        message = f"the template cannot be read: {error.message}"
        return [TemplateFault(error.lineno, 0, BROKEN, message, MEND)]
    except RecursionError:
        message = "the template is nested too deep to be read"
        return [TemplateFault(0, 0, BROKEN, message, MEND)]
    return sorted(found)


def _names(source: str) -> Iterator[TemplateFault]:
    """Find names that begin with an underscore: all that leads out of a template does."""
    lines = source.split("\n")
    for line, token, text in _syntax().lex(source):
        if token == "name" and text not in SPOKEN and is_hidden(text):  # noqa: S105  of the lexer
            yield _reach(lines, line, text)


def _active(source: str) -> Iterator[TemplateFault]:
    for number, line in enumerate(source.split("\n"), start=1):
        for words in active_markup(line):
            yield TemplateFault(number, 0, ACTIVE, f"the template writes {words}", CALM)


def _nodes(tree: nodes.Template, lines: list[str]) -> Iterator[TemplateFault]:
    from jinja2 import nodes

    for node in tree.find_all(nodes.Node):
        kind = type(node).__name__
        if kind not in _KINDS:
            message = "a template of a workspace may not use this tag"
            yield TemplateFault(node.lineno or 0, 0, REACH, message, PLAIN)
        elif isinstance(node, nodes.Include | nodes.Extends | nodes.Import | nodes.FromImport):
            if not _is_fixed(node.template):
                message = "the name of another template is calculated"
                yield TemplateFault(node.lineno, 0, REACH, message, "write its name in quotes")
        elif isinstance(node, nodes.Getitem):
            yield from _spelled_names(lines, node.arg)
        elif isinstance(node, nodes.Filter) and node.name in _BY_NAME:
            for given in (*node.args, *(pair.value for pair in node.kwargs)):
                yield from _spelled_names(lines, given)


def _is_fixed(name: nodes.Expr) -> bool:
    from jinja2 import nodes

    listed = name.items if isinstance(name, nodes.List | nodes.Tuple) else [name]
    return all(isinstance(one, nodes.Const) and isinstance(one.value, str) for one in listed)


def _spelled_names(lines: list[str], node: nodes.Expr) -> Iterator[TemplateFault]:
    """Find a name that begins with an underscore and is written in quotes."""
    from jinja2 import nodes

    if isinstance(node, nodes.Const) and isinstance(node.value, str):
        for part in re.split("[.,]", node.value):
            if is_hidden(part.strip()):
                yield _reach(lines, node.lineno, part.strip())


def _reach(lines: list[str], line: int, name: str) -> TemplateFault:
    found = re.search(rf"(?<!\w){re.escape(name)}(?!\w)", lines[line - 1])
    message = f"the name {name[:60]!r} begins with an underscore: such names lead into the program"
    return TemplateFault(line, found.start() + 1 if found else 0, REACH, message, PLAIN)


@lru_cache(maxsize=256)
def references(source: str) -> frozenset[str]:
    """Name the templates that one of ours extends, includes or imports.

    Args:
        source: text of a built-in template: each name in it is written out.
    """
    from jinja2 import meta

    return frozenset(filter(None, meta.find_referenced_templates(_syntax().parse(source))))
