"""Public functions say what they do, what they take and what they give."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import pytest

from support.build import REPOSITORY

Function = ast.FunctionDef | ast.AsyncFunctionDef
HELP = re.compile(r"\b(command|group)\(")
NOTHING = {"None", "NoReturn"}
PACKAGE = REPOSITORY / "stopjihad"


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


def arguments(function: Function) -> list[str]:
    """Name the arguments that a caller passes."""
    spec = function.args
    names = [arg.arg for arg in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls") and not name.startswith("_")]


def faults(source: str) -> list[str]:
    """List what the docstrings of a module lack.

    Two arguments or more are explained each: under ``Args``, or once for all functions of a
    module by name in the module's own docstring.
    """
    tree = ast.parse(source)
    module = ast.get_docstring(tree) or ""
    found = [] if module else ["the module has no docstring"]
    for name, function in public_functions(tree):
        if any(HELP.search(ast.unparse(item)) for item in function.decorator_list):
            continue  # its docstring is the help that people read
        text = ast.get_docstring(function) or ""
        if not text.split("\n", 1)[0].endswith((".", ":", "?", "!")):
            found.append(f"{name}: the first line is no sentence")
        names = arguments(function)
        if len(names) < 2 and "Args:" not in text:
            continue
        known = text + module
        missing = [item for item in names if f"{item}:" not in text and f"``{item}``" not in known]
        if missing:
            found.append(f"{name}: nothing explains {', '.join(missing)}")
        gives = function.returns is not None and ast.unparse(function.returns) not in NOTHING
        if gives and "Args:" in text and "Returns:" not in text and "Yields:" not in text:
            found.append(f"{name}: no Returns")
    return found


def test_public_functions_are_explained() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): faults(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    assert len(found) > 200
    assert {path: lacks for path, lacks in found.items() if lacks} == {}


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("def f(): pass", "module"),
        ("'M.'\ndef f(a):\n    'Do it'", "no sentence"),
        ("'M.'\ndef f(a, b):\n    'Do it.'", "nothing explains a, b"),
        ("'M.'\nclass C:\n    def f(self, a, b):\n        'Do ``a``.'", "nothing explains b"),
        ("'M.'\ndef f(a) -> int:\n    '''Do.\n\n    Args:\n        a: x.\n    '''", "no Returns"),
    ],
)
def test_the_check_notices_what_is_missing(source: str, fault: str) -> None:
    assert any(fault in found for found in faults(source))


def test_arguments_that_all_functions_share_are_explained_once() -> None:
    assert faults("'Take ``a`` and ``b``.'\ndef f(a, b):\n    'Do it.'") == []
