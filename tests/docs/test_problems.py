"""Every problem code of the program is explained: what it means and how to mend it."""

from __future__ import annotations

import ast
import re
from collections import Counter

import pytest

from support.build import REPOSITORY

CODE = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)+|[a-z]{4,20}")
SPEAKS = re.compile(r"[Pp]roblem|Findings:|Warnings:|The (?:error|warning|info) ``")
LISTED = re.compile(r"``([a-z0-9]+(?:-[a-z0-9]+)+)``")
ROW = re.compile(r"^\| `([a-z0-9-]+)` \| (.+?) \| (.+?) \|$", re.MULTILINE)
HELPERS = {"at": 2, "add": 1, "_problem": 0, "MarkdownProblem": 2, "PairFinding": 0, "_warning": 0}
"""Functions that make a problem, and which argument is its code."""


def codes_of(source: str) -> set[str]:
    """Find the codes that a module gives to problems.

    They stand as ``code="…"`` or as an argument of a helper; codes that are put together at run
    time are listed in the docstring of their function.
    """
    found: set[str] = set()
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Call):
            words = [word.value for word in node.keywords if word.arg == "code"]
            name = ast.unparse(node.func).rsplit(".", 1)[-1]
            if name in HELPERS and len(node.args) > HELPERS[name]:
                words.append(node.args[HELPERS[name]])
            found |= {word.value for word in words if isinstance(word, ast.Constant)}
        if isinstance(node, ast.FunctionDef):
            text = ast.get_docstring(node) or ""
            start = SPEAKS.search(text)
            found |= set(LISTED.findall(text[start.start() :] if start else ""))
    return {code for code in found if isinstance(code, str) and CODE.fullmatch(code)}


def used() -> set[str]:
    found: set[str] = set()
    for path in (REPOSITORY / "stopjihad").rglob("*.py"):
        found |= codes_of(path.read_text("utf-8"))
    return found


def explained() -> dict[str, tuple[str, str]]:
    rows = ROW.findall((REPOSITORY / "docs/problems.md").read_text("utf-8"))
    assert [code for code, times in Counter(row[0] for row in rows).items() if times > 1] == []
    return {code: (meaning, mend) for code, meaning, mend in rows}


def test_every_code_of_the_program_is_explained_and_no_other() -> None:
    assert sorted(used() - set(explained())) == [], "used but not explained"
    assert sorted(set(explained()) - used()) == [], "explained but not used"


def test_every_folder_of_invalid_input_is_named_after_a_code() -> None:
    folders = {
        path.name.partition("+")[0] for path in (REPOSITORY / "tests/invalid").glob("[a-z]*")
    }
    assert folders
    assert sorted(folders - set(explained())) == []


def test_explanations_say_something_of_their_own() -> None:
    for code, (meaning, mend) in explained().items():
        assert len(meaning) > 20, code
        assert len(mend) > 8, code
        assert meaning != mend, code


LISTING = """
def f():
    '''Do it.

    Yields:
        Problems: ``g-h``, ``i-j``
        and ``k-l``.
    '''
"""


@pytest.mark.parametrize(
    ("source", "codes"),
    [
        ("Problem(code='a-b', message='x')", {"a-b"}),
        ("yield at(document, 'field', 'c-d', 'message')", {"c-d"}),
        ("self.add(node, 'e-f', 'message')", {"e-f"}),
        (LISTING, {"g-h", "i-j", "k-l"}),
        ("found.add('l-m')", set()),
    ],
)
def test_codes_are_found_however_they_are_written(source: str, codes: set[str]) -> None:
    assert codes_of(source) == codes
