"""Refuse output paths that some disk, web server or zip program would confuse or not take."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable, Iterable

from stopjihad.model.step import Step
from stopjihad.problem import Problem

MAX_NAME_BYTES = 255
"""Longest name of a file or folder in bytes of UTF-8 (NAME_MAX of Linux and macOS; measured:
255 is a limit of bytes there, ``é`` times 128 fails)."""

MAX_PATH_BYTES = 1024
"""Longest path below the output folder in bytes of UTF-8 (PATH_MAX of macOS; Linux has 4,096)."""

RESERVED = frozenset(
    {"con", "prn", "aux", "nul", "conin$", "conout$"}
    | {f"{port}{digit}" for port in ("com", "lpt") for digit in "0123456789¹²³"}
)
"""Names Windows keeps for devices, with any extension.
Source: Microsoft, Naming Files, Paths, and Namespaces."""

OURS = "manifest.json"
"""The one file of an output folder that is not made by a step."""

KEPT = "exports"
"""The one folder of an output folder that builds carry over: ``stopjihad export`` writes it."""

_FORBIDDEN = frozenset('<>:"|?*\\') | frozenset(map(chr, range(32))) | {"\x7f"}


def folded(part: str) -> str:
    """Give the form under which two names are the same on some disk.

    Args:
        part: one name of a path.

    Returns:
        The name in NFC, case folded, without the dots and spaces at its end that Windows drops.
    """
    if part.isascii():
        return part.lower().rstrip(". ")
    whole = unicodedata.normalize("NFC", unicodedata.normalize("NFD", part).casefold())
    return whole.rstrip(". ")


def name_problems(steps: Iterable[Step]) -> list[Problem]:
    """Find every output path that cannot be written everywhere, and every two that collide.

    A path collides with another when they are equal after folding, or when one would be a folder
    on the way to the other.

    Args:
        steps: steps of a plan; their outputs are relative to the output folder.

    Returns:
        Problems ``output-collision`` (naming both steps) and ``output-name``.
    """
    problems: list[Problem] = []
    fold, fault = _remembering(folded), _remembering(_part_fault)
    files = {OURS: Step(OURS, "manifest"), KEPT: Step(KEPT, "export")}
    folders: dict[str, Step] = {}
    for step in steps:
        parts = step.output.split("/")
        wrong = next(filter(None, map(fault, parts)), "") or _path_fault(step.output)
        if wrong:
            problems.append(_bad_name(step.output, wrong))
            continue
        form = "/".join(map(fold, parts))
        other = folders.get(form) or files.setdefault(form, step)
        if other is step:
            other = _claim_folders(form, step, files, folders)
        if other is not step:
            problems.append(_collision(step, other))
    return problems


def _remembering(function: Callable[[str], str]) -> Callable[[str], str]:
    """Remember results while one plan is looked at: names of folders come again and again."""
    known: dict[str, str] = {}

    def remembered(part: str) -> str:
        if part not in known:
            known[part] = function(part)
        return known[part]

    return remembered


def _claim_folders(form: str, step: Step, files: dict[str, Step], folders: dict[str, Step]) -> Step:
    """Note the folders above a file; give the step whose file is where a folder must be."""
    folder = form.rpartition("/")[0]
    while folder and folder not in folders:
        if folder in files:
            return files[folder]
        folders[folder] = step
        folder = folder.rpartition("/")[0]
    return step


def _path_fault(output: str) -> str:
    if len(output) * 4 > MAX_PATH_BYTES and len(output.encode()) > MAX_PATH_BYTES:
        return f"the path is longer than {MAX_PATH_BYTES} bytes"
    return ""


def _part_fault(part: str) -> str:
    if part in {"", ".", ".."}:
        return "it has an empty part or one of dots"
    size = len(part.encode("utf-8", "surrogatepass"))
    if size > MAX_NAME_BYTES:
        return f"a name of {size} bytes is longer than {MAX_NAME_BYTES} bytes"
    return _spelling_fault(part)


def _spelling_fault(part: str) -> str:
    if not _FORBIDDEN.isdisjoint(part):
        return 'names cannot hold control characters or any of < > : " | ? * \\'
    if any("\ud800" <= letter <= "\udfff" for letter in part):
        return "it has half a surrogate pair"
    if part[-1] in ". ":
        return "Windows drops a dot or a space at the end of a name"
    if part.partition(".")[0].rstrip(" ").casefold() in RESERVED:
        return "Windows keeps this name for a device"
    return ""


def _bad_name(output: str, fault: str) -> Problem:
    shown = output if output.isprintable() else output.encode("unicode_escape").decode("ascii")
    return Problem(
        code="output-name",
        message=f"{shown[:200]} cannot be the path of a file: {fault}",
        hint="choose a shorter, plainer id",
    )


def _collision(step: Step, other: Step) -> Problem:
    first, second = sorted((_described(step), _described(other)))
    return Problem(
        code="output-collision",
        message=f"{first} and {second} would be the same file or folder on some disks",
        hint="rename one of them",
    )


def _described(step: Step) -> str:
    source = f" from {step.inputs[0]}" if step.inputs else ""
    return f"{step.output} ({step.kind}{source})"
