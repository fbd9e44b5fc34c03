"""Find the outputs and exporters that installed packages announce."""

from __future__ import annotations

import importlib

from stopjihad.disk.program import EntryPoint, code_of, list_entry_points
from stopjihad.model.options import PARTS
from stopjihad.model.output import EXPORTERS, OUTPUTS, AnnouncedOutput, Output
from stopjihad.problem import Problem
from stopjihad.text.ids import is_id


def announced_names(group: str) -> tuple[str, ...]:
    """Name what packages announce in a ``group`` of entry points; nothing is imported."""
    return tuple(one.name for one in list_entry_points(group))


def announced_code() -> str:
    """Digest the packages that announce outputs; empty without any."""
    return " ".join(map(code_of, list_entry_points(OUTPUTS)))


def found_outputs() -> tuple[tuple[AnnouncedOutput, ...], tuple[Problem, ...]]:
    """Import the outputs that packages announce.

    Returns:
        The outputs by name, and a problem ``output-broken`` for each that cannot be used.
    """
    found, problems = [], []
    for one in list_entry_points(OUTPUTS):
        try:
            module, _, name = one.target.partition(":")
            output = getattr(importlib.import_module(module), name)
        except Exception as error:  # noqa: BLE001  whatever a stranger's module does
            problems.append(_broken(one, f"{type(error).__name__}: {error}"))
            continue
        if not isinstance(output, Output) or output.name != one.name:
            problems.append(_broken(one, f"{one.target} is no Output of that name"))
        elif not is_id(output.name) or output.name in {*PARTS, "exports"}:
            problems.append(_broken(one, "its name is no id, or that of an output of the program"))
        else:
            found.append(AnnouncedOutput(output, one.package, code_of(one)))
    return tuple(found), tuple(problems)


def found_exporters() -> dict[str, str]:
    """Give the formats of exports that packages announce: name to ``module:function``."""
    return {one.name: one.target for one in list_entry_points(EXPORTERS) if is_id(one.name)}


def _broken(one: EntryPoint, why: str) -> Problem:
    return Problem(
        code="output-broken",
        message=f"the output '{one.name}' of {one.package} cannot be used: {why}"[:300],
        hint="ask its makers, or uninstall the package",
    )
