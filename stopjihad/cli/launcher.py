"""Write the file that people double-click to open the studio of a workspace.

It names this computer's Python and finds the workspace by its own folder: so the workspace may be
moved, and on another computer it says what to do. Git is told to leave it out.
"""

from __future__ import annotations

import shlex
from typing import NamedTuple

DESKTOP, COMMAND, BATCH = "Studio.desktop", "Studio.command", "Studio.bat"
NAMES = (DESKTOP, COMMAND, BATCH)
"""Names of launchers: Linux, macOS, Windows."""

_LOST = "stopjihad is not where it was when this file was made."
_AGAIN = "Install it, then write in a terminal, in this folder: stopjihad init . --launcher"
_CLOSE = "Close this window when your work is done. Nothing is lost."


class Launcher(NamedTuple):
    """A file of the workspace; ``mode`` is its permissions."""

    name: str
    data: bytes
    mode: int = 0o755


def make_launcher(system: str, python: str) -> Launcher:
    """Write the launcher of a system; one that is not known is taken for Linux.

    Args:
        system: one of ``linux``, ``darwin``, ``win32``.
        python: absolute path of the interpreter that has the program.
    """
    if system == "win32":
        return Launcher(BATCH, _batch(python).encode())
    if system == "darwin":
        lines = ("#!/bin/sh", *_statements(python, f"file=$0; {_BESIDE}"), "")
        return Launcher(COMMAND, "\n".join(lines).encode(errors="surrogateescape"))
    return Launcher(DESKTOP, _desktop_entry(python).encode(errors="surrogateescape"))


def _statements(python: str, here: str) -> tuple[str, ...]:
    """Give what a shell does; its window stays open until what went wrong was read.

    Args:
        here: statement that makes ``here`` the folder of the launcher.
    """
    lost, again, close = map(shlex.quote, (_LOST, _AGAIN, _CLOSE))
    return (
        f"python={shlex.quote(python)}",
        f'[ -x "$python" ] || {{ echo {lost}; echo {again}; read -r _; exit 1; }}',
        here,
        f"echo {close}",
        '"$python" -P -m stopjihad -C "$here" preview --open || { read -r _; exit 1; }',
    )


_DECODE = "import sys, urllib.parse as p; print(p.unquote(sys.argv[1][7:]))"
_ADDRESS = f'case $file in file://*) file=$("$python" -c {shlex.quote(_DECODE)} "$file");; esac'
"""Makes a path of what some desktops give as an address."""

_BESIDE = "case $file in */*) here=${file%/*};; *) here=.;; esac"
"""Finds the folder of the launcher."""


def _desktop_entry(python: str) -> str:
    """Write a desktop entry (Desktop Entry Specification 1.5); ``%k`` is where it lies itself."""
    script = "; ".join(_statements(python, f"file=$1; {_ADDRESS}; {_BESIDE}"))
    return (
        "[Desktop Entry]\n"
        "Type=Application\n"
        "Name=Studio\n"
        "Name[fr]=Atelier\n"
        "Comment=Write, look, translate and publish\n"
        "Icon=accessories-text-editor\n"
        "Terminal=true\n"
        f"Exec=sh -c {_exec_quoted(script)} studio %k\n"
    )


def _exec_quoted(argument: str) -> str:
    """Quote an argument of ``Exec``, then the value that it stands in: both have backslashes."""
    for letter in ("\\", '"', "`", "$"):
        argument = argument.replace(letter, f"\\{letter}")
    quoted = f'"{argument}"'.replace("%", "%%")
    return quoted.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r")


def _batch(python: str) -> str:
    """Write a batch file: UTF-8 from its second line on, every percent sign doubled."""
    name = python.replace("%", "%%")
    lines = (
        "@echo off",
        "chcp 65001 >nul",
        "setlocal DisableDelayedExpansion",
        "title Studio",
        f'if not exist "{name}" goto lost',
        f"echo {_CLOSE}",
        f'"{name}" -P -m stopjihad -C "%~dp0." preview --open',
        "if errorlevel 1 pause",
        "exit /b",
        ":lost",
        f"echo {_LOST}",
        f"echo {_AGAIN}",
        "pause",
        "",
    )
    return "\r\n".join(lines)
