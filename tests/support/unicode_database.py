"""Read Unicode's own tests from Debian's package unicode-data; judge by a part of them, or by all.

All cases take a minute. ``make test`` asks every 64th of code that all cases have judged before:
``tests/data/judged_whole.json`` holds a digest of that code and of the tables that it reads. Once
either changes, ``make test`` asks every case; ``make test-long`` always does. ``make judge`` asks
every case and keeps the digests.
"""

from __future__ import annotations

import ast
import hashlib
import importlib
import json
import re
import sys
from pathlib import Path
from types import ModuleType

import pytest
from stopjihad.text.unicode.data import UNICODE_VERSION

DATABASE = Path("/usr/share/unicode")
JUDGED = (
    "stopjihad.text.unicode.bidi",
    "stopjihad.text.language.fold",
    "stopjihad.text.unicode.linebreak",
    "stopjihad.text.unicode.script",
)
"""Modules that are judged by a part where all has judged them before."""
KEPT = Path(__file__).parents[1] / "data" / "judged_whole.json"
PART = 64
by_share = pytest.mark.parametrize(
    "share", ["every-64th", pytest.param("every", marks=pytest.mark.long)]
)


def judge(name: str) -> list[str]:
    """Give the lines of a test file; skip where the machine has another version of Unicode.

    Args:
        name: path below the folder of the package.

    Returns:
        The lines without line ends.
    """
    path = DATABASE / name
    if not path.exists():
        pytest.fail(f"install Debian's package unicode-data: {path} is missing")
    lines = path.read_text(encoding="utf-8").splitlines()
    version = re.search(r"-(\d+\.\d+\.\d+)\.txt", lines[0])
    if version is None or version[1] != UNICODE_VERSION:
        pytest.skip(f"{lines[0]} judges another version than ours, {UNICODE_VERSION}")
    return lines


def step_of(share: str, module: ModuleType) -> int:
    """Give the distance from a case that is asked to the next: 1 asks every case.

    Args:
        share: which form of the test runs (``by_share``).
        module: what is judged.
    """
    known = json.loads(KEPT.read_text("utf-8")).get(module.__name__)
    return PART if share == "every-64th" and known == digest(module.__name__) else 1


def digest(name: str) -> str:
    """Give the digest of a module and of all of ``stopjihad.text`` that it imports.

    It is of what the code does: comments, docstrings, imports and names of files stay out.
    """
    codes = sorted(_code(Path(str(sys.modules[one].__file__))) for one in _reached(name))
    return hashlib.sha256("\0".join(codes).encode()).hexdigest()


def _code(path: Path) -> str:
    tree = ast.parse(path.read_bytes())
    for node in ast.walk(tree):
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef):
            node.body = [part for part in node.body if not _says_nothing(part)]
    return ast.dump(tree)


def _says_nothing(part: ast.stmt) -> bool:
    if isinstance(part, ast.Expr) and isinstance(part.value, ast.Constant):
        return isinstance(part.value.value, str)
    return isinstance(part, ast.Import | ast.ImportFrom)


def _reached(name: str) -> set[str]:
    found: set[str] = set()
    waiting = [name]
    while waiting:
        one = waiting.pop()
        if one in found or one not in sys.modules or not one.startswith("stopjihad.text"):
            continue
        found.add(one)
        tree = ast.parse(Path(str(sys.modules[one].__file__)).read_bytes())
        for node in ast.walk(tree):
            if isinstance(node, ast.ImportFrom) and node.module:
                waiting += [node.module, *(f"{node.module}.{item.name}" for item in node.names)]
            elif isinstance(node, ast.Import):
                waiting += [item.name for item in node.names]
    return found


if __name__ == "__main__":
    status = pytest.main(["-m", "long", "-k", "every", "tests/text"])
    if status == pytest.ExitCode.OK:
        for judged in JUDGED:
            importlib.import_module(judged)
        digests = {judged: digest(judged) for judged in JUDGED}
        KEPT.write_text(json.dumps(digests, indent=2) + "\n", "utf-8")
    raise SystemExit(status)
