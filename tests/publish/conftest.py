"""Targets of every kind on real servers, each with a way to see it as readers do."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from stopjihad.publish.sftp import SftpDestination

from support.servers import (
    KEY_ID,
    SECRET,
    Case,
    Sshd,
    Store,
    elsewhere,
    folder_case,
    on_disk,
    sftp_target,
    store_case,
    wait_for,
)


@pytest.fixture(autouse=True)
def own_cache(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Keep copies of branches out of this user's own cache."""
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))


@pytest.fixture(scope="session")
def store() -> Iterator[Store]:
    """Run moto's server on loopback."""
    import boto3
    from moto.server import ThreadedMotoServer

    logging.getLogger("werkzeug").setLevel(logging.CRITICAL)
    server = ThreadedMotoServer(ip_address="127.0.0.1", port=0, verbose=False)
    server.start()
    endpoint = "http://{}:{}".format(*server.get_host_and_port())
    client = boto3.client(
        "s3",
        endpoint_url=endpoint,
        region_name="us-east-1",
        aws_access_key_id=KEY_ID,
        aws_secret_access_key=SECRET,
    )
    yield Store(endpoint, client)
    server.stop()


@pytest.fixture(scope="session")
def sshd(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sshd]:
    """Run Debian's sshd on loopback for this user alone."""
    folder = tmp_path_factory.mktemp("sshd")
    home = folder / "home"
    (home / ".ssh").mkdir(parents=True, mode=0o700)
    for path in (folder / "host", home / ".ssh" / "id_ed25519"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(path)], check=True)
    allowed = folder / "authorized_keys"
    shutil.copyfile(home / ".ssh" / "id_ed25519.pub", allowed)
    allowed.chmod(0o600)
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    key = (folder / "host.pub").read_text("utf-8").split()
    (home / ".ssh" / "known_hosts").write_text(f"[127.0.0.1]:{port} {key[0]} {key[1]}\n", "utf-8")
    if os.geteuid() == 0:
        Path("/run/sshd").mkdir(exist_ok=True)  # where Debian's sshd as root gives up its rights
    settings = folder / "sshd_config"
    plain = (
        f"Port {port}\nListenAddress 127.0.0.1\nHostKey {folder / 'host'}\n"
        f"AuthorizedKeysFile {allowed}\nStrictModes no\nUsePAM no\nPidFile none\n"
        "PasswordAuthentication no\nPermitRootLogin prohibit-password\n"
        "Subsystem sftp internal-sftp\nMaxStartups 100\nMaxSessions 50\n"
    )
    # Connections that tests cut off are no attack: since OpenSSH 9.8 some of them lock all out.
    settings.write_text(f"{plain}PerSourcePenalties no\n", "utf-8")
    if subprocess.run(["/usr/sbin/sshd", "-t", "-f", str(settings)], check=False).returncode:
        settings.write_text(plain, "utf-8")
    with subprocess.Popen(
        ["/usr/sbin/sshd", "-D", "-f", str(settings), "-E", str(folder / "log")]
    ) as server:
        wait_for(port)
        yield Sshd(port, home)
        server.terminate()


@pytest.fixture
def credentials(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put credentials where they come from: the environment."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", KEY_ID)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET)


KINDS = [
    "folder-releases",
    "folder-plain",
    "store",
    "sftp-releases",
    # What it is made of is tested above: the layout on a disk, the server with the other layout.
    pytest.param("sftp-plain", marks=pytest.mark.long),
]


@pytest.fixture(params=KINDS)
def case_factory(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Callable[[Path], Case]]:
    """Make empty targets of each kind."""
    kind, _, name = request.param.partition("-")
    if kind == "folder":
        yield lambda path: folder_case(path, name)
    elif kind == "store":
        request.getfixturevalue("credentials")
        server = request.getfixturevalue("store")
        yield lambda _path: store_case(server)
    else:
        sshd = request.getfixturevalue("sshd")
        monkeypatch.setenv("HOME", str(sshd.home))
        monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
        opened = []

        def make(path: Path) -> Case:
            target = sftp_target(sshd, path, name)
            assert target.sftp is not None
            path.parent.mkdir(parents=True, exist_ok=True)
            place = opened[0] if opened else SftpDestination(target.sftp)
            here = place if not opened else elsewhere(place, path)
            opened.append(place)
            return Case(target, here, name, on_disk(path, name))

        yield make
        for place in opened[:1]:
            place.close()


@pytest.fixture
def case(case_factory: Callable[[Path], Case], tmp_path: Path) -> Case:
    """Give a target of each kind, empty."""
    return case_factory(tmp_path / "web")
