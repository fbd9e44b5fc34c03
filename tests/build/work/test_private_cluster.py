"""``build --machines N``: a cluster that nobody else can use, and that ends with the build."""

from __future__ import annotations

import ipaddress
import os
import shutil
import signal
import ssl
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import pytest

from support.build import CAMPAIGN, SMALL, day_of_the_campaign, stopjihad
from support.listening import Listening, listening, wait_until
from support.toy import tree

PROGRAM = "from stopjihad.cli.main import main; main(prog_name='stopjihad')"
MEMBERS = 3
"""A scheduler and two workers."""


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    shutil.copytree(SMALL / "campaigns", tmp_path / "campaigns")
    return tmp_path


@contextmanager
def build(root: Path, *words: str) -> Iterator[subprocess.Popen[str]]:
    """Start a build on two workers; whatever is left of it is ended with the block."""
    process = subprocess.Popen(
        [sys.executable, "-c", PROGRAM, "-C", str(root), "build", "--machines", "2", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": day_of_the_campaign()},
        start_new_session=True,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


def sampled(process: subprocess.Popen[str]) -> set[Listening]:
    """Look at all that a build listens on, again and again until it ends."""
    seen: set[Listening] = set()
    while process.poll() is None:
        seen |= listening(process.pid)
        time.sleep(0.1)
    return seen


def test_a_build_on_workers_of_its_own_listens_on_loopback_alone(
    workspace: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    alone = tmp_path_factory.mktemp("alone")
    shutil.copytree(workspace / "campaigns", alone / "campaigns")
    words = ("build", "--quiet", "--only", "site")
    made = stopjihad("-C", alone, *words, SOURCE_DATE_EPOCH=day_of_the_campaign())
    assert not made.returncode, made.stderr
    with build(workspace, *words[1:]) as process:
        seen = sampled(process)
        out, err = process.communicate()
    assert (process.returncode, out, err) == (0, "", "")
    assert tree(workspace / "dist" / CAMPAIGN) == tree(alone / "dist" / CAMPAIGN)
    assert len(seen) == MEMBERS
    assert all(ipaddress.ip_address(one.host).is_loopback for one in seen), seen


def test_nobody_else_is_let_in(workspace: Path) -> None:
    """Another account of this machine reaches the ports, but has no certificate of this build."""
    with build(workspace) as process:
        places = wait_until(lambda: _all_there(process))
        stranger = ssl.create_default_context()
        stranger.check_hostname, stranger.verify_mode = False, ssl.CERT_NONE
        for one in places:
            assert one.refuses(stranger), one


@pytest.mark.parametrize(
    "number",
    [
        signal.SIGKILL,
        pytest.param(signal.SIGINT, marks=pytest.mark.long),
        pytest.param(signal.SIGTERM, marks=pytest.mark.long),
    ],
)
def test_however_a_build_ends_its_workers_do(number: int, workspace: Path) -> None:
    with build(workspace) as process:
        wait_until(lambda: _all_there(process))
        members = psutil.Process(process.pid).children(recursive=True)
        assert len(members) >= MEMBERS
        os.kill(process.pid, number)
        process.wait(30)
        _, alive = psutil.wait_procs(members, timeout=20)
        assert not alive
    assert not (workspace / "dist").exists()


def _all_there(process: subprocess.Popen[str]) -> set[Listening]:
    found = listening(process.pid)
    return found if len(found) == MEMBERS else set()


def test_a_folder_with_modules_of_a_stranger_runs_none_of_them(workspace: Path) -> None:
    """A workspace may hold a ``json.py``: the folder of a command is no place for modules."""
    ran = workspace / "ran"
    for name in ("json", "dask", "stopjihad", "sitecustomize"):
        (workspace / f"{name}.py").write_text(f"open({str(ran)!r}, 'w')\nraise SystemExit\n")
    command = [Path(sys.executable).with_name("stopjihad"), "build", "--machines", "1", "--quiet"]
    done = subprocess.run(
        [*command, "--only", "site"],
        cwd=workspace,
        check=False,
        capture_output=True,
        text=True,
        env={**os.environ, "SOURCE_DATE_EPOCH": day_of_the_campaign()},
    )
    assert (done.returncode, done.stderr) == (0, "")
    assert not ran.exists()


def test_two_ways_at_once_are_refused(workspace: Path) -> None:
    with build(workspace, "--executor", "tls://127.0.0.1:9") as process:
        _, err = process.communicate()
    assert process.returncode == 2
    assert "--machines and --executor" in err
