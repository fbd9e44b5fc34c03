"""The map of the house names files that are there."""

from __future__ import annotations

import re
import tomllib

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
