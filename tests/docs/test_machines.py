"""The commands of docs/machines.md do what it says, as they are written there."""

from __future__ import annotations

import ipaddress
import os
import re
import shutil
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from support.build import CAMPAIGN, REPOSITORY, SMALL, day_of_the_campaign
from support.listening import listening, wait_until

TEXT = (REPOSITORY / "docs/machines.md").read_text("utf-8")


def commands(first: str) -> str:
    """Give the commands of the one example that begins with some words."""
    (found,) = re.findall(rf"```sh\n({re.escape(first)}.*?)```", TEXT, re.DOTALL)
    return str(found)


@contextmanager
def running(command: str, folder: Path, log: str) -> Iterator[subprocess.Popen[bytes]]:
    """Run commands of a shell beside the test, and end all that they started with it."""
    with (folder / log).open("wb") as out:
        process = subprocess.Popen(
            ["sh", "-ec", f"{commands('export DASK_DISTRIBUTED__COMM__REQUIRE')}\n{command}"],
            cwd=folder,
            env=own_environment(),
            stdout=out,
            stderr=out,
            start_new_session=True,
        )
    try:
        yield process
    finally:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def own_environment() -> dict[str, str]:
    """Put the programs of this Python first, as in an environment that is active."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    return {**os.environ, "PATH": path, "SOURCE_DATE_EPOCH": day_of_the_campaign()}


def test_the_commands_for_many_machines_as_they_are_written(tmp_path: Path) -> None:
    """Only the name of the scheduler's machine and its port are those of this one."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = str(free.getsockname()[1])

    def here(text: str) -> str:
        return text.replace("scheduler.example.org", "127.0.0.1").replace("8786", port)

    subprocess.run(
        ["sh", "-ec", commands("openssl")], cwd=tmp_path, check=True, capture_output=True
    )
    shutil.copytree(SMALL / "campaigns", tmp_path / "campaigns")
    scheduler, worker = here(commands("dask scheduler")), here(commands("dask worker"))
    with running(scheduler, tmp_path, "scheduler.log") as first:
        wait_until(lambda: (own := listening(first.pid)) and int(port) in {a.port for a in own})
        with running(worker, tmp_path, "worker.log") as second:
            wait_until(lambda: b"Starting established connection" in log_of(tmp_path))
            driver = here(commands("export DASK_DISTRIBUTED__COMM__TLS__CA_FILE"))
            done = subprocess.run(
                ["sh", "-ec", f"{driver.rstrip()} --quiet --only site"],
                cwd=tmp_path,
                env=own_environment(),
                check=False,
                capture_output=True,
                text=True,
            )
            places = listening(first.pid) | listening(second.pid)
            stranger = ssl.create_default_context()
            stranger.check_hostname, stranger.verify_mode = False, ssl.CERT_NONE
            open_to_all = [one for one in places if not ipaddress.ip_address(one.host).is_loopback]
            assert [one for one in open_to_all if not one.refuses(stranger)] == []
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (tmp_path / "dist" / CAMPAIGN / "site" / "index.html").exists()
    assert int(port) in {one.port for one in places}


def log_of(folder: Path) -> bytes:
    return (folder / "worker.log").read_bytes()


def test_each_example_of_a_shell_is_run_by_a_test() -> None:
    """Here, in tests/build/work/test_private_cluster.py, or as an option of the same command."""
    known = (
        "stopjihad build --machines 2",
        "openssl",
        "export DASK_DISTRIBUTED__COMM__REQUIRE",
        "dask scheduler",
        "dask worker",
        "export DASK_DISTRIBUTED__COMM__TLS__CA_FILE",
        "stopjihad build --executor tls://scheduler.example.org:8786 --store",
        "export STOPJIHAD_STORE_KEY",
    )
    for example in re.findall(r"```sh\n(.*?)```", TEXT, re.DOTALL):
        assert example.startswith(known), example
