"""A double click opens the studio of the workspace in which the launcher lies, wherever that is."""

from __future__ import annotations

import shlex
import stat
import subprocess
import sys
from pathlib import Path
from urllib.parse import quote

import pytest
from click.testing import CliRunner
from stopjihad.cli.launcher import NAMES, make_launcher
from stopjihad.cli.main import main

from support.launcher import exec_words

ODD = 'it\'s "50% of $HOME" `here` \\n & more; né'
"""A folder's name in which every letter that some shell takes for its own stands."""


@pytest.fixture
def python(tmp_path: Path) -> Path:
    """Give a Python of an odd name that says what it was asked, and decodes as one does."""
    place = tmp_path / f"python {ODD}"
    decode = f'if [ "$1" = -c ]; then exec {shlex.quote(sys.executable)} "$@"; fi'
    stub = f'#!/bin/sh\n{decode}\nprintf "%s\\n" "$@"\n'
    place.write_text(stub)
    place.chmod(0o755)
    return place


@pytest.mark.parametrize("as_address", [False, True])
def test_a_desktop_entry_opens_the_workspace_that_it_lies_in(
    tmp_path: Path, python: Path, *, as_address: bool
) -> None:
    entry = make_launcher("linux", str(python)).data.decode()
    folder = tmp_path / f"moved {ODD}"
    place = str(folder / "Studio.desktop")
    words = exec_words(entry, f"file://{quote(place)}" if as_address else place)
    assert words[0] == "sh"
    told = subprocess.run(words, capture_output=True, text=True, check=True).stdout
    said, *asked = told.splitlines()
    assert "Close this window" in said
    assert asked == ["-P", "-m", "stopjihad", "-C", str(folder), "preview", "--open"]


def test_a_mac_launcher_opens_the_workspace_that_it_lies_in(tmp_path: Path, python: Path) -> None:
    made = make_launcher("darwin", str(python))
    place = tmp_path / ODD / made.name
    place.parent.mkdir()
    place.write_bytes(made.data)
    place.chmod(made.mode)
    told = subprocess.run([str(place)], capture_output=True, text=True, check=True).stdout
    assert str(place.parent) in told.splitlines()


@pytest.mark.parametrize("system", ["linux", "darwin"])
def test_a_program_that_is_gone_is_said_in_words(tmp_path: Path, system: str) -> None:
    made = make_launcher(system, str(tmp_path / "no python"))
    place = tmp_path / made.name
    place.write_bytes(made.data)
    words = exec_words(made.data.decode(), str(place)) if system == "linux" else ["sh", str(place)]
    done = subprocess.run(words, capture_output=True, text=True, check=False, input="\n")
    assert done.returncode == 1
    assert "init . --launcher" in done.stdout


def test_a_batch_file_names_its_own_folder_and_doubles_percent_signs() -> None:
    made = make_launcher("win32", r"C:\Users\50% Zoë\python.exe")
    text = made.data.decode("utf-8")
    assert text.count("\r\n") == text.count("\n")
    run = next(line for line in text.split("\r\n") if "-m stopjihad" in line)
    assert run == r'"C:\Users\50%% Zoë\python.exe" -P -m stopjihad -C "%~dp0." preview --open'
    assert text.index("chcp 65001") < text.index("Zoë")


def test_a_workspace_has_the_launcher_of_this_computer_and_git_leaves_it_out(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "a b"
    made = CliRunner().invoke(main, ["init", str(folder)])
    assert made.exit_code == 0, made.output
    name = make_launcher(sys.platform, sys.executable).name
    assert f"Double-click '{name}'" in made.output
    assert stat.S_IMODE((folder / name).stat().st_mode) & stat.S_IXUSR
    ignored = (folder / ".gitignore").read_text().splitlines()
    assert {f"/{one}" for one in NAMES} <= set(ignored)
    (folder / name).write_text("an old one")
    again = CliRunner().invoke(main, ["init", str(folder), "--launcher"])
    assert again.exit_code == 0, again.output
    assert (folder / name).read_bytes() == make_launcher(sys.platform, sys.executable).data
