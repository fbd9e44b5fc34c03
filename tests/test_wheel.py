"""An installed package works without the repository: templates, assets and sample travel in it."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from support.build import REPOSITORY, day_of_the_campaign

RUN = """
import sys, stopjihad
assert stopjihad.__file__.startswith(sys.argv.pop(1)), stopjihad.__file__
from stopjihad.cli.main import main
main()
"""
SOURCES = (
    "stopjihad",
    "templates",
    "assets",
    "campaigns",
    "pyproject.toml",
    "README.md",
    "LICENSE",
)


@pytest.fixture(scope="module")
def installed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the wheel from a copy of the sources and unpack it as an installer does."""
    folder = tmp_path_factory.mktemp("wheel")
    for name in SOURCES:
        source = REPOSITORY / name
        if source.is_dir():
            shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copy(source, folder / name)
    command = [sys.executable, "-m", "hatchling", "build", "-t", "wheel", "-d", "made"]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    (wheel,) = (folder / "made").glob("stopjihad-*-py3-none-any.whl")
    with zipfile.ZipFile(wheel) as archive:
        archive.extractall(folder / "installed")
    for name in SOURCES:
        source = folder / name
        shutil.rmtree(source) if source.is_dir() else source.unlink()
    return folder / "installed"


def test_an_installed_package_makes_and_builds_a_workspace(installed: Path, tmp_path: Path) -> None:
    environment = {
        **os.environ,
        "PYTHONPATH": str(installed),
        "PYTHONDONTWRITEBYTECODE": "1",  # nothing may join what the wheel held
        "SOURCE_DATE_EPOCH": day_of_the_campaign(),
    }
    for arguments in (["init", "x"], ["-C", "x", "build"]):
        done = subprocess.run(
            [sys.executable, "-W", "error", "-c", RUN, str(installed), *arguments],
            cwd=tmp_path,
            env=environment,
            check=False,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
    assert (tmp_path / "x/dist/my-campaign/site/en/index.html").is_file()


def test_the_wheel_holds_nothing_but_the_product(installed: Path) -> None:
    names = {path.name for path in installed.iterdir()}
    assert {name for name in names if not name.endswith(".dist-info")} == {"stopjihad"}
    strangers = [
        path
        for path in installed.rglob("*")
        if path.name.startswith(".") or path.suffix in (".pyc", ".orig", ".bak")
    ]
    assert strangers == []
