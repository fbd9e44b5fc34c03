"""Every module imports alone, and the command line starts without what only rendering needs."""

from __future__ import annotations

import os
import pkgutil
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import stopjihad

from support.build import SMALL

HEAVY = ("PIL", "babel", "jinja2", "markdown", "numpy", "starlette", "uharfbuzz", "yaml")
# Imports each module named on the command line in a fork of an interpreter that has imported
# nothing of ours yet: as good as a fresh one, and a hundred of them take seconds.
IMPORT_EACH = """
import os, sys
import babel.dates, jinja2, markdown, msgspec, numpy, PIL.Image, starlette.applications, yaml
failed = []
for name in sys.argv[1:]:
    pid = os.fork()
    if pid == 0:
        try:
            __import__(name)
        except BaseException:
            import traceback
            traceback.print_exc()
            os._exit(1)
        os._exit(0)
    if os.waitpid(pid, 0)[1]:
        failed.append(name)
print(*failed)
"""


def modules() -> list[str]:
    found = pkgutil.walk_packages(stopjihad.__path__, "stopjihad.")
    return ["stopjihad", *sorted(module.name for module in found)]


def python(*args: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", *args], check=False, capture_output=True, text=True
    )


@pytest.mark.skipif(not hasattr(os, "fork"), reason="this system cannot fork")
@pytest.mark.parametrize("step", [12, pytest.param(1, marks=pytest.mark.long)])
def test_every_module_imports_in_a_fresh_interpreter(step: int) -> None:
    """The quick form imports every twelfth: each imports most of what it needs anew, too."""
    done = python("-c", IMPORT_EACH, *modules()[::step])
    assert (done.stdout.split(), done.stderr, done.returncode) == ([], "", 0)


def test_the_import_check_notices_a_module_that_needs_another_to_be_imported_first() -> None:
    done = python("-c", IMPORT_EACH, "json", "stopjihad.no_such_module")
    assert done.stdout.split() == ["stopjihad.no_such_module"]


def test_the_command_line_imports_nothing_that_only_rendering_needs() -> None:
    done = python("-c", "import stopjihad.cli.main, sys; print(*sys.modules)")
    assert done.returncode == 0, done.stderr
    assert sorted(set(HEAVY) & set(done.stdout.split())) == []


def cpu_seconds(code: str) -> float:
    """Measure CPU time of a new interpreter: other work on the machine hardly changes it."""
    process = subprocess.Popen([sys.executable, "-c", code])
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode == 0
    return usage.ru_utime + usage.ru_stime


def test_the_command_line_starts_in_at_most_half_as_long_again_as_click_alone() -> None:
    """60 ms are promised where click takes 40 (figures of one machine, so the ratio counts)."""
    ours, click = [], []
    for _ in range(9):
        click.append(cpu_seconds("import click"))
        ours.append(cpu_seconds("import stopjihad.cli.main"))
    assert min(ours) <= 1.5 * min(click)


UNCHANGED = """
import sys
from stopjihad.cli.main import main
sys.argv[1:] = ["-C", sys.argv[1], "build", "--only", "site", "--jobs", "1", "--quiet"]
try:
    main()
finally:
    print(*sys.modules)
"""


def test_a_build_that_finds_nothing_changed_imports_nothing_that_makes(tmp_path: Path) -> None:
    """It took half of its time to import what it did not use."""
    shutil.copytree(SMALL / "campaigns", tmp_path / "campaigns")
    first, again = (set(python("-c", UNCHANGED, str(tmp_path)).stdout.split()) for _ in range(2))
    makes = ("build.campaign", "build.check.survey", "build.tree.tree", "build.work.execute")
    rooms = ("check", "plan", "render.page", "theme")
    unused = {f"stopjihad.{name}" for name in (*makes, *rooms)} | {"concurrent.futures", "jinja2"}
    assert unused <= first
    assert "stopjihad.build.driver" in again
    assert not unused & again
