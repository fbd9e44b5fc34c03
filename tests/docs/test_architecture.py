"""The map of the house names files that are there."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path

import pytest

from support.build import REPOSITORY

TEXT = (REPOSITORY / "docs/architecture.md").read_text("utf-8")
ROOTS = ("templates/", "assets/", "tests/", "docs/")
PATH = re.compile(r"[\w-]+(?:/[\w.-]+)*(?:\.(?:py|js|yaml|json|md)|/)")
WRITTEN = {"points/they-protect-muslims.md", "campaigns/", "dist/", "manifest.json"}


def named() -> list[str]:
    """Give every path that the map names: in code marks, and in its picture."""
    picture, *_ = re.findall(r"```\n(.*?)```", TEXT, re.DOTALL)
    marked = re.findall(r"`([^`\n]+)`", TEXT.replace(picture, ""))
    found = {path for part in marked if (match := PATH.fullmatch(part)) for path in [match[0]]}
    found |= {path for path in PATH.findall(picture) if path.endswith(".py") or path in ROOTS}
    return sorted(found - WRITTEN)


@pytest.mark.parametrize("path", named())
def test_each_path_on_the_map_is_there(path: str) -> None:
    inside = path.startswith(ROOTS)
    place = REPOSITORY / path if inside else REPOSITORY / "stopjihad" / path
    assert place.is_dir() if path.endswith("/") else place.is_file()


def test_the_map_names_many_places_and_every_room() -> None:
    assert len(named()) > 60
    rooms = [path.name for path in (REPOSITORY / "stopjihad").iterdir() if path.is_dir()]
    for room in rooms:
        if not room.startswith("_"):
            assert re.search(rf"\b{room}\b", TEXT), f"nothing says what {room}/ is for"


def test_the_order_of_rooms_is_the_one_that_is_checked() -> None:
    project = tomllib.loads((REPOSITORY / "pyproject.toml").read_text("utf-8"))
    layers = project["tool"]["importlinter"]["contracts"][0]["layers"]
    checked = [{name.split(".")[1] for name in row.split(" | ")} for row in reversed(layers)]
    (line,) = re.findall(r"^`(problem .*)`$", TEXT, re.MULTILINE)
    assert [set(row.split(" | ")) for row in line.split(" < ")] == checked


def parts_of(folder: Path) -> set[str]:
    files = {path.stem for path in folder.glob("*.py") if path.stem != "__init__"}
    return files | {path.parent.name for path in folder.glob("*/__init__.py")}


def maps() -> dict[str, set[str]]:
    """Give for each package whose docstring is a map of it what differs between the two."""
    found = {}
    for path in sorted((REPOSITORY / "stopjihad").rglob("__init__.py")):
        text = ast.get_docstring(ast.parse(path.read_text("utf-8"))) or ""
        said, there = set(re.findall(r"``([a-z_]+)``", text)), parts_of(path.parent)
        if 2 * len(said & there) > len(there) > 1:
            found[path.parent.relative_to(REPOSITORY / "stopjihad").as_posix()] = said ^ there
    return found


def test_a_package_whose_docstring_is_a_map_has_all_of_its_files_on_it_and_no_other() -> None:
    known = {"build", "check/rules", "disk", "draw", "publish", "studio/pages"}
    assert known <= set(maps())
    assert {name: differing for name, differing in maps().items() if differing} == {}
