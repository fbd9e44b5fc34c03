"""Public functions say what they do, and of arguments what types and names do not say."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from support.build import REPOSITORY

Function = ast.FunctionDef | ast.AsyncFunctionDef
HELP = re.compile(r"\b(command|group)\(")
PACKAGE = REPOSITORY / "stopjihad"

TELLING = re.compile(
    r"\b(px|bytes?|seconds?|milliseconds|minutes?|graphemes?|UTF\S*|SHA\S*|hex\w*|relative|absolute"
    r"|E\.164|ISO|pt|mm|percent|None|empty|folded|escaped|aware|UTC|LF|lower|msgctxt)\b|\d|[<>%]"
    r"|Problem|``[a-z0-9]+(?:-[a-z0-9]+)+``"
)
"""Units, shapes, absences and codes of problems: a type says none of them."""

LONGEST = {"Args": 6, "Returns": 9, "Yields": 9}
"""Words of an entry up to which it must be telling: shorter ones only put a name in a sentence."""

SHARED = frozenset({"root", "slug", "lang", "language", "tag", "today", "now", "decoded"})
"""Names that mean the same everywhere: workspace, campaign, BCP 47 tag, day, moment, inputs."""


def public_functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """Give functions and methods that other modules may call, with their name."""
    for node in tree.body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node.name, node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for inner in node.body:
                # A name with capitals overrides a method of a library, which explains it.
                if isinstance(inner, Function) and re.fullmatch("[a-z][a-z0-9_]*", inner.name):
                    yield f"{node.name}.{inner.name}", inner


def sections(text: str) -> Iterator[tuple[str, list[str]]]:
    """Give the sections of a docstring with their entries, each in one line."""
    for head, body in re.findall(
        r"^(Args|Returns|Yields):\n((?:    .*\n?|\n(?=    ))+)", text, re.MULTILINE
    ):
        entries: list[str] = []
        for line in body.splitlines():
            if not entries or (head == "Args" and re.match(r"    \S", line)):
                entries.append(line.strip())
            else:
                entries[-1] += f" {line.strip()}"
        yield head, entries


def idle(text: str) -> list[str]:
    """List the entries that say no more than types and names do."""
    found = []
    for head, entries in sections(text):
        for entry in entries:
            name, _, said = entry.partition(":") if head == "Args" else (head, "", entry)
            short = len(said.split()) <= (4 if name in SHARED else LONGEST[head])
            if short and (name in SHARED or not TELLING.search(said)):
                found.append(name)
    return found


def faults(source: str) -> list[str]:
    """List what the docstrings of a module lack, and what they say for nothing."""
    tree = ast.parse(source)
    found = [] if ast.get_docstring(tree) else ["the module has no docstring"]
    for name, function in public_functions(tree):
        if any(HELP.search(ast.unparse(item)) for item in function.decorator_list):
            continue  # its docstring is the help that people read
        text = ast.get_docstring(function) or ""
        if not text.split("\n", 1)[0].endswith((".", ":", "?", "!")):
            found.append(f"{name}: the first line is no sentence")
        found += [f"{name}: the entry '{one}' says nothing" for one in idle(text)]
    return found


def test_public_functions_are_explained() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): faults(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    assert len(found) > 200
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


ENTRIES = "'M.'\ndef f(a, b):\n    '''Do it.\n\n    {}:\n        {}\n    '''"


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("def f(): pass", "module"),
        ("'M.'\ndef f(a):\n    'Do it'", "no sentence"),
        (ENTRIES.format("Args", "a: the plan."), "'a' says nothing"),
        (ENTRIES.format("Args", "root: the workspace, absolute."), "'root' says nothing"),
        (ENTRIES.format("Returns", "The plan."), "'Returns' says nothing"),
    ],
)
def test_the_check_notices_what_is_missing(source: str, fault: str) -> None:
    assert any(fault in found for found in faults(source))


@pytest.mark.parametrize(
    "entries",
    [("Args", "a: width in px."), ("Returns", "The plan, or None."), ("Args", "b: " + "word " * 9)],
)
def test_what_types_do_not_say_may_be_said(entries: tuple[str, str]) -> None:
    assert faults(ENTRIES.format(*entries)) == []
