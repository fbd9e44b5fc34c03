"""A class name means one thing in the whole house."""

from __future__ import annotations

import ast
from collections import defaultdict

from support.build import REPOSITORY


def test_no_class_name_is_used_twice() -> None:
    places = defaultdict(set)
    for path in (REPOSITORY / "stopjihad").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.ClassDef):
                places[node.name].add(path.relative_to(REPOSITORY).as_posix())
    assert len(places) > 400
    assert {name: sorted(found) for name, found in places.items() if len(found) > 1} == {}
