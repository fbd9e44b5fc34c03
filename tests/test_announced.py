"""A package adds an output and an exporter without touching the program; its faults are its own."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from support.build import REPOSITORY, stopjihad
from support.studio import copy_workspace

CODE = (REPOSITORY / "tests" / "example" / "stopjihad_digest.py").read_text("utf-8")
POINTS = """[stopjihad.outputs]
digest = stopjihad_digest:DIGEST

[stopjihad.exporters]
counted = stopjihad_digest:count_drafts
"""


def install(folder: Path, code: str = CODE, version: str = "1.0", points: str = POINTS) -> Path:
    """Put a package where Python looks for it, as an installer does."""
    folder.mkdir(exist_ok=True)
    for old in folder.glob("*.dist-info"):
        (old / "entry_points.txt").unlink()
        old.rmdir()
    info = folder / f"stopjihad_digest-{version}.dist-info"
    info.mkdir()
    (info / "entry_points.txt").write_text(points, "utf-8")
    (folder / "stopjihad_digest.py").write_text(code, "utf-8")
    return folder


def run(root: Path, *args: str, **more: str) -> subprocess.CompletedProcess[str]:
    return stopjihad("-C", root, *args, packages=root.parent / "site", **more)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    found = copy_workspace(tmp_path)
    install(found.parent / "site")
    return found


def made(root: Path) -> dict[str, str]:
    (out,) = (path for path in (root / "dist").iterdir() if not path.name.startswith("."))
    return {path.name: path.read_text("utf-8") for path in sorted((out / "digest").iterdir())}


def test_an_output_of_a_package_is_built_planned_chosen_and_listed(root: Path) -> None:
    done = run(root, "build", "--only", "digest")
    assert not done.returncode, done.stderr
    assert "digest" in done.stdout
    texts = made(root)
    assert sorted(texts) == ["ar.txt", "en.txt", "fr.txt"]
    assert len(texts["en.txt"].splitlines()) > 2
    (out,) = (path for path in (root / "dist").iterdir() if not path.name.startswith("."))
    listed = json.loads((out / "manifest.json").read_text("utf-8"))["files"]
    assert {row["path"] for row in listed} == {f"digest/{name}" for name in texts}
    planned = json.loads(run(root, "plan", "--format", "json").stdout)
    kinds = {step["step"]["output"]: step["step"]["kind"] for step in planned["plans"][0]["steps"]}
    assert kinds["digest/en.txt"] == "digest/stopjihad_digest:render_digest"
    again = run(root, "build", "--only", "digest")
    assert "nothing changed" in again.stdout


def test_another_version_makes_everything_of_it_anew_and_nothing_else(root: Path) -> None:
    run(root, "build", "--only", "digest,site")
    install(root.parent / "site", CODE.replace('"\\n".join', '"\\n\\n".join'), version="1.1")
    done = run(root, "build", "--only", "digest,site", "--format", "json")
    (built,) = json.loads(done.stdout)["builds"]
    assert built["report"]["made"] == 3
    assert "\n\n" in made(root)["en.txt"]


def test_a_fault_of_a_package_is_told_as_its_own_and_changes_nothing(root: Path) -> None:
    run(root, "build", "--only", "digest")
    before = made(root)
    install(root.parent / "site", CODE.replace("frame.title.value", "frame.nothing"))
    done = run(root, "build", "--only", "digest")
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert "output 'digest' of stopjihad_digest 1.0 failed" in done.stderr
    assert made(root) == before
    install(root.parent / "site", CODE.replace('f"digest/{edition', 'f"site/{edition'))
    assert "is not below digest/" in run(root, "build").stderr
    install(root.parent / "site", "raise RuntimeError('no ink')")
    done = run(root, "check")
    assert "the output 'digest' of stopjihad_digest 1.0 cannot be used" in done.stdout + done.stderr


def test_no_package_takes_the_place_of_ours(root: Path) -> None:
    points = POINTS.replace("digest = ", "site = ")
    install(root.parent / "site", CODE.replace('Output("digest"', 'Output("site"'), points=points)
    done = run(root, "build")
    assert done.returncode == 1
    assert "output 'site' of stopjihad_digest 1.0 cannot be used" in done.stderr


def test_an_exporter_of_a_package_is_a_format_like_ours(root: Path) -> None:
    run(root, "build", "--only", "site,posts")
    done = run(root, "export", "counted", "-o", str(root.parent / "counted"))
    assert not done.returncode, done.stderr
    assert int((root.parent / "counted" / "count.txt").read_text("utf-8")) > 0
    refused = run(root, "export", "countde")
    assert refused.returncode == 2
