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


PLAIN = re.compile(r"\b(str|int|float|bytes|bool|Any|object|Callable)\b")
"""Types that say too little: a unit, a shape or a meaning belongs to them."""


CAMPAIGN = re.compile(r"\b(Project|Case)\b")
"""Types whose arguments were explained as "the campaign" ninety times."""


def arguments(function: Function) -> list[tuple[str, str]]:
    """Name the arguments that a caller passes, each with its type."""
    spec = function.args
    named = [
        (arg.arg, ast.unparse(arg.annotation) if arg.annotation else "Any")
        for arg in (*spec.posonlyargs, *spec.args, *spec.kwonlyargs)
    ]
    return [one for one in named if one[0] not in ("self", "cls") and not one[0].startswith("_")]


def unexplained(function: Function, known: str) -> list[str]:
    """List the arguments whose meaning neither their type nor a docstring says.

    A function of one argument says in its sentence what it takes; a record has fields that are
    explained where it is defined.
    """
    named = arguments(function)
    if len(named) < 2:
        return []
    plain = [name for name, kind in named if PLAIN.search(kind)]
    return [name for name in plain if f"{name}:" not in known and f"``{name}``" not in known]


def repeated(function: Function, text: str) -> list[str]:
    """List the entries of records that only say the argument's name or type again."""
    found = []
    for name, kind in arguments(function):
        if PLAIN.search(kind):
            continue
        entry = re.search(rf"^ +{name}: (.+)\.$", text, re.MULTILINE)
        said = set(re.findall(r"[a-z]+", entry[1].lower())) if entry else set()
        own = set(name.lower().split("_"))
        own |= {word.lower() for word in re.findall(r"[A-Z][a-z]+", kind)} | {"the", "a", "an"}
        own |= {"campaign"} if CAMPAIGN.search(kind) else set()
        if entry and said <= own:
            found.append(name)
    return found


def faults(source: str) -> list[str]:
    """List what the docstrings of a module lack, and what they say for nothing.

    Arguments are explained under ``Args``, in the function's sentence, or once for all functions
    of a module by name in the module's own docstring.
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
        missing = unexplained(function, text + module)
        if missing:
            found.append(f"{name}: nothing explains {', '.join(missing)}")
        found += [
            f"{name}: '{one}' is explained by its own name" for one in repeated(function, text)
        ]
    return found


def test_public_functions_are_explained() -> None:
    found = {
        path.relative_to(PACKAGE).as_posix(): faults(path.read_text("utf-8"))
        for path in sorted(PACKAGE.rglob("*.py"))
    }
    assert len(found) > 200
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("source", "fault"),
    [
        ("def f(): pass", "module"),
        ("'M.'\ndef f(a):\n    'Do it'", "no sentence"),
        ("'M.'\ndef f(a: int, b: str):\n    'Do it.'", "nothing explains a, b"),
        ("'M.'\nclass C:\n    def f(self, a, b):\n        'Do ``a``.'", "nothing explains b"),
        (
            "'M.'\ndef f(plan: Plan):\n    '''Do.\n\n    Args:\n        plan: the plan.\n    '''",
            "'plan' is explained by its own name",
        ),
    ],
)
def test_the_check_notices_what_is_missing(source: str, fault: str) -> None:
    assert any(fault in found for found in faults(source))


def test_arguments_that_all_functions_share_are_explained_once() -> None:
    assert faults("'Take ``a`` and ``b``.'\ndef f(a, b):\n    'Do it.'") == []


def test_records_explain_themselves() -> None:
    assert faults("'M.'\ndef f(plan: Plan, one: Step) -> Input:\n    'Do it.'") == []
