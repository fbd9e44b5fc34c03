"""Public functions say what they do, what they take and what they give."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from support.build import REPOSITORY

Function = ast.FunctionDef | ast.AsyncFunctionDef
PACKAGE = REPOSITORY / "stopjihad"


def public_functions(tree: ast.Module) -> Iterator[tuple[str, Function]]:
    """Give functions and methods that other modules may call, with their name."""
    for node in tree.body:
        if isinstance(node, Function) and not node.name.startswith("_"):
            yield node.name, node
        if isinstance(node, ast.ClassDef) and not node.name.startswith("_"):
            for inner in node.body:
                if isinstance(inner, Function) and not inner.name.startswith("_"):
                    yield f"{node.name}.{inner.name}", inner


def arguments(function: Function) -> list[str]:
    """Name the arguments that a caller passes."""
    spec = function.args
    names = [arg.arg for arg in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)]
    return [name for name in names if name not in ("self", "cls") and not name.startswith("_")]


def faults(source: str) -> list[str]:
    """List what the docstrings of a module lack."""
    tree = ast.parse(source)
    found = [] if ast.get_docstring(tree) else ["the module has no docstring"]
    for name, function in public_functions(tree):
        if any("command" in ast.unparse(item) for item in function.decorator_list):
            continue  # its docstring is the help that people read
        text = ast.get_docstring(function) or ""
        summary = text.split("\n", 1)[0]
        if not summary.endswith((".", ":", "?", "!")):
            found.append(f"{name}: the first line is no sentence")
        names = arguments(function)
        # One argument may be explained by the summary when its name stands there.
        if len(names) >= 2 or (names and "\n" in text):
            missing = [
                item for item in names if f"{item}:" not in text and f"``{item}``" not in text
            ]
            if "Args:" not in text and missing:
                found.append(f"{name}: no Args")
            elif missing:
                found.append(f"{name}: Args lack {', '.join(missing)}")
            gives = function.returns is not None and ast.unparse(function.returns) not in (
                "None",
                "NoReturn",
            )
            if gives and "Returns:" not in text and "Yields:" not in text and "Args:" in text:
                found.append(f"{name}: no Returns")
    return found


@pytest.mark.parametrize(
    "path",
    [
        pytest.param(path, id=path.relative_to(PACKAGE).as_posix())
        for path in sorted(PACKAGE.rglob("*.py"))
    ],
)
def test_public_functions_are_explained(path: Path) -> None:
    assert faults(path.read_text("utf-8")) == []
