"""Names that are not UTF-8, or that hold what no reader sees: told, and the work goes on."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from support.build import stopjihad
from support.studio import running
from support.timing import until

BASE = Path(__file__).parents[1] / "invalid" / "_base"
DAY = {"SOURCE_DATE_EPOCH": "1795478400"}

PLACES = (
    b"campaigns/demo/points/caf\xe9.md",
    b"campaigns/demo/media/caf\xe9.jpg",
    b"campaigns/demo/locale/\xff.po",
    b"templates/site/caf\xe9.html",
    b"assets/caf\xe9.css",
    b"campaigns/\xff/campaign.yaml",
    b"assets/fonts/\xff.ttf",
    b"campaigns/demo/points/\xe9/inside.md",
)
SHOWN = {
    b"campaigns/demo/points/caf\xe9.md": r"campaigns/demo/points/caf\xe9.md",
    b"campaigns/\xff/campaign.yaml": r"campaigns/\xff",
    b"assets/fonts/\xff.ttf": r"assets/fonts/\xff.ttf",
    b"campaigns/demo/points/\xe9/inside.md": r"campaigns/demo/points/\xe9",
}


def workspace(folder: Path, place: bytes) -> Path:
    root = folder / "workspace"
    shutil.copytree(BASE, root)
    path = root / os.fsdecode(place)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(b"x")
    return root


@pytest.mark.parametrize("place", PLACES, ids=lambda place: place.decode("latin-1"))
@pytest.mark.parametrize("command", ["check", "build", "plan"])
def test_a_name_that_is_not_utf_8_is_a_problem(command: str, place: bytes, tmp_path: Path) -> None:
    root = workspace(tmp_path, place)
    done = stopjihad("-C", root, command, "--format", "json", **DAY)
    assert "Traceback" not in done.stderr
    assert done.returncode == 1, done.stdout + done.stderr
    said = json.loads(done.stdout or done.stderr)
    odd = [one for one in said["problems"] if one["code"] == "odd-name"]
    assert [one["path"] for one in odd] == [SHOWN.get(place, odd[0]["path"])]
    assert r"\x" in odd[0]["path"]
    done = stopjihad("-C", root, command, **DAY)
    assert (done.stdout + done.stderr).count("error[odd-name]") == 1


@pytest.mark.parametrize("name", ["a\nb.md", "a\x1b[31m.md", "a\u202eb.md", "a\u2028b.md"])
def test_a_name_with_unseen_letters_is_a_problem(name: str, tmp_path: Path) -> None:
    root = workspace(tmp_path, f"campaigns/demo/points/{name}".encode())
    done = stopjihad("-C", root, "check", **DAY)
    assert done.returncode == 1
    assert done.stdout.count("error[odd-name]") == 1
    assert "\x1b[31m" not in done.stdout
    assert len(done.stdout.splitlines()) == 2  # the problem, and the count


@pytest.mark.parametrize("place", ["points/con", "pages/aux", "points/lpt1"])
def test_a_name_that_windows_keeps_is_a_problem_before_a_build(place: str, tmp_path: Path) -> None:
    """Only the build refused it, by the names of pages that nobody had written."""
    root = tmp_path / "workspace"
    shutil.copytree(BASE, root)
    folder = root / "campaigns/demo" / Path(place).parent
    shutil.copyfile(next(folder.iterdir()), folder / f"{Path(place).name}.md")
    for command in ("check", "build"):
        done = stopjihad("-C", root, command, **DAY)
        assert done.returncode == 1
        told = [line for line in (done.stdout + done.stderr).splitlines() if "error[" in line]
        assert len(told) == 1
        assert told[0].startswith(f"campaigns/demo/{place}.md:1: error[file-name]")
        assert "Windows" in told[0]


@pytest.mark.parametrize(
    "command",
    [
        ("translate", "status"),
        ("translate", "update"),
        ("review", "status"),
        ("card", "demo"),
        ("export", "csv"),
        ("doctor",),
    ],
    ids=" ".join,
)
def test_no_other_command_falls_over_it(command: tuple[str, ...], tmp_path: Path) -> None:
    for number, place in enumerate((PLACES[0], PLACES[2], PLACES[5])):
        root = workspace(tmp_path / str(number), place)
        done = stopjihad("-C", root, *command, **DAY)
        assert "Traceback" not in done.stderr + done.stdout, place


def test_the_studio_shows_it_and_goes_on(tmp_path: Path) -> None:
    root = tmp_path / "workspace"
    shutil.copytree(BASE, root)
    with running(root) as studio:
        place = root / "campaigns/demo/points/caf\udce9.md"
        place.write_bytes(b"x")
        until(lambda: b"odd-name" in studio.ask("/c/demo/problems").body, "it is not told")
        point = root / "campaigns/demo/points/neighbours.md"
        text = point.read_text("utf-8")
        fact = next(line for line in text.splitlines() if line.startswith("fact: "))
        point.write_text(text.replace(fact, "fact: The studio goes on."), "utf-8")
        page = f"/try/demo/site/en/points/{point.stem}/"
        until(lambda: b"The studio goes on." in studio.ask(page).body, "it stopped")
        answer = studio.ask(
            "/c/demo/translate",
            "POST",
            b"{}",
            origin=studio.address,
            content_type="application/json",
        )
        assert answer.status == 507  # refused, with the reason
        assert b"md: this name is not UTF-8" in answer.body
        place.unlink()
        until(lambda: b"odd-name" not in studio.ask("/c/demo/problems").body, "it is still there")
