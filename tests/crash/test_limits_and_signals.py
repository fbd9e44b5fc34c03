"""The real command under limits and signals: its site is the old or the new one, and whole."""

from __future__ import annotations

import os
import random
import re
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from support.build import stopjihad

BASE = Path(__file__).parents[1] / "invalid" / "_base"
DAY = "1795478400"
NEW = "The new site says so."
MB = 1024 * 1024

LIMITS: tuple[tuple[str, int], ...] = (
    *(("NOFILE", value) for value in (6, 8, 10, 12, 16, 20, 24, 32, 64)),
    *(("AS", value * MB) for value in (120, 160, 200, 260, 320, 400, 600)),
    *(("FSIZE", value) for value in (0, 1_000, 4_000, 16_000, 64_000, 256_000)),
    *(("CPU", value) for value in (1, 2)),
    *(("tmpfs", value) for value in (60, 80, 100, 120, 160, 200, 260, 320, 400, 600)),
    *(("chattr", value) for value in range(6)),
)
SIGNALS = ("INT", "TERM", "HUP", "QUIT", "XFSZ", "PIPE", "KILL")

IMPORTING = re.compile(
    r"^Exception ignored in: <function _get_module_lock\b.*?^KeyboardInterrupt: *\n",
    re.MULTILINE | re.DOTALL,
)
"""What Python says where Ctrl+C meets it as it lets go of an import's lock; the build goes on."""

FROZEN = (
    ("dist/demo", "+i"),
    ("dist/demo/site", "+a"),
    ("dist/demo/site/en/index.html", "+i"),
    ("dist/demo/manifest.json", "+a"),
    ("dist/.stopjihad/demo", "+i"),
    ("dist", "+a"),
)


def tree(folder: Path) -> dict[str, bytes]:
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def command(root: Path, out: Path, limit: tuple[str, int] | None = None) -> subprocess.Popen[str]:
    """Start a build of the site."""
    code = "from stopjihad.cli.main import main; main(prog_name='stopjihad')"
    if limit is not None:
        name, value = limit
        limiting = f"resource.setrlimit(resource.RLIMIT_{name}, ({value}, {value}))"
        code = f"import resource; {limiting}; {code}"
    return subprocess.Popen(
        [sys.executable, "-c", code, "-C", str(root), "build", "-o", str(out), "--only", "site"],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": DAY},
    )


def built(root: Path, out: Path) -> None:
    """Build the site without a limit."""
    ended = stopjihad("-C", root, "build", "-o", out, "--only", "site", SOURCE_DATE_EPOCH=DAY)
    assert ended.returncode == 0, ended.stderr


def done(process: subprocess.Popen[str]) -> tuple[int, str]:
    _, said = process.communicate(timeout=120)
    return process.returncode, said


@pytest.fixture
def tmp_path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Give a folder on a disk that knows attributes: disks in memory do not."""
    return tmp_path_factory.mktemp("limits")


class Case:
    """Hold a workspace with a published site, and the files of the site before and after."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.root = folder / "w"
        shutil.copytree(BASE, self.root)
        self.page = self.root / "campaigns/demo/pages/about.md"
        self.words = self.page.read_text("utf-8")
        built(self.root, folder / "old")
        self.page.write_text(f"{self.words}\n{NEW}\n", "utf-8")
        built(self.root, folder / "new")
        self.old, self.new = tree(folder / "old/demo"), tree(folder / "new/demo")
        assert self.old != self.new

    def publish(self, out: Path) -> None:
        """Publish the old site, and write what makes the new one."""
        self.page.write_text(self.words, "utf-8")
        built(self.root, out)
        assert tree(out / "demo") == self.old
        self.page.write_text(f"{self.words}\n{NEW}\n", "utf-8")

    def is_whole(self, out: Path, said: str) -> None:
        """Look at what is published after a build that may have failed; then build again."""
        assert "Traceback" not in IMPORTING.sub("", said), said[-2000:]
        assert tree(out / "demo") in (self.old, self.new)

    def recovers(self, out: Path) -> None:
        built(self.root, out)
        assert tree(out / "demo") == self.new


@contextmanager
def disk(folder: Path, kilobytes: int) -> Iterator[bool]:
    """Give a disk of a size, when this machine lets us mount one."""
    folder.mkdir(exist_ok=True)
    size = ["-o", f"size={kilobytes}k"]
    asked = ["mount", "-t", "tmpfs", *size, "t", str(folder)]
    mounted = not subprocess.run(asked, check=False, capture_output=True).returncode
    try:
        yield mounted
    finally:
        if mounted:
            subprocess.run(["umount", folder], check=True)


def limited(case: Case, limit: tuple[str, int]) -> bool:
    """Build under one limit; False when this machine cannot set it."""
    name, value = limit
    out = case.folder / "dist"
    shutil.rmtree(out, ignore_errors=True)
    if name == "tmpfs":
        with disk(out, 8_000) as mounted:
            if not mounted:
                return False
            case.publish(out)
            used = sum(path.lstat().st_blocks for path in out.rglob("*")) // 2
            resize = ["mount", "-o", f"remount,size={used + value - 50}k", out]
            subprocess.run(resize, check=True)
            case.is_whole(out, done(command(case.root, out))[1])
            subprocess.run(["mount", "-o", "remount,size=8000k", out], check=True)
            case.recovers(out)
        return True
    case.publish(out)
    if name == "chattr":
        place, flag = FROZEN[value]
        path = case.folder / place
        if subprocess.run(["chattr", flag, path], check=False, capture_output=True).returncode:
            return False
        try:
            case.is_whole(out, done(command(case.root, out))[1])
        finally:
            subprocess.run(["chattr", "-R", "-f", "-i", "-a", out], check=False)
    else:
        case.is_whole(out, done(command(case.root, out, limit))[1])
    case.recovers(out)
    return True


def under_limits(folder: Path, limits: tuple[tuple[str, int], ...]) -> None:
    case = Case(folder)
    held = [limit for limit in limits if limited(case, limit)]
    missing = [limit for limit in limits if limit not in held]
    print(f"HELD: {len(held)} of {len(limits)} limits; not settable here: {missing}")  # noqa: T201
    assert {name for name, _ in held} >= {"NOFILE", "AS", "FSIZE"}


def under_signals(folder: Path, times: int) -> None:
    case = Case(folder)
    out = folder / "dist"
    case.publish(out)
    began = time.monotonic()
    assert done(command(case.root, out))[0] == 0
    whole = time.monotonic() - began
    case.recovers(out)
    chance = random.Random(times)
    counted = 0
    for name in SIGNALS:
        for turn in range(times):
            case.publish(out)
            process = command(case.root, out)
            time.sleep(chance.uniform(0.1 + turn * whole / times, (turn + 1) * whole / times + 0.1))
            process.send_signal(getattr(signal, f"SIG{name}"))
            case.is_whole(out, done(process)[1])
            case.recovers(out)
            counted += 1
    print(f"HELD: {counted} of {times * len(SIGNALS)} signals")  # noqa: T201 - docs quote it


def test_some_limits_leave_a_whole_site(tmp_path: Path) -> None:
    under_limits(tmp_path, (("NOFILE", 12), ("AS", 260 * MB), ("FSIZE", 4_000), ("CPU", 1)))


def test_signals_leave_a_whole_site(tmp_path: Path) -> None:
    under_signals(tmp_path, 1)


@pytest.mark.long
def test_forty_limits_leave_a_whole_site(tmp_path: Path) -> None:
    assert len(LIMITS) == 40
    under_limits(tmp_path, LIMITS)


@pytest.mark.long
def test_forty_two_signals_leave_a_whole_site(tmp_path: Path) -> None:
    under_signals(tmp_path, 6)
