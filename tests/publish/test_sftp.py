"""A server by SFTP: who is let in, what is linked and not sent again, what is never removed."""

from __future__ import annotations

import contextlib
import copy
import getpass
import hashlib
import os
import shutil
import socket
import subprocess
import threading
import time
from pathlib import Path
from typing import Any

import pytest
from msgspec.structs import replace
from stopjihad import disk
from stopjihad.model.targets import SftpTarget
from stopjihad.problem import ProblemsFound
from stopjihad.publish import sftp
from stopjihad.publish.channel import layout, open_channel
from stopjihad.publish.deployment import explain_target, publish
from stopjihad.publish.destination import ANY, ReplacedPublisher, Unreachable
from stopjihad.publish.folder import FolderDestination
from stopjihad.publish.plain_layout import Plain
from stopjihad.publish.sftp import SftpDestination
from stopjihad.publish.site_record import STATE

from support.servers import Sshd, sftp_target
from support.targets import (
    Mortal,
    contents,
    files_below,
    publication,
    toy_release,
    toy_site,
)


@pytest.fixture
def settings(sshd: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SftpTarget:
    """Describe the server as somebody does whose home folder knows it."""
    monkeypatch.setenv("HOME", str(sshd.home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    return SftpTarget(
        host="127.0.0.1", port=sshd.port, user=getpass.getuser(), path=str(tmp_path / "web")
    )


def test_a_server_that_is_not_known_is_refused(settings: SftpTarget) -> None:
    with pytest.raises(Unreachable, match="known_hosts"):
        SftpDestination(replace(settings, host="localhost"))


def test_a_stranger_is_not_let_in(
    settings: SftpTarget, sshd: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".ssh").mkdir()
    shutil.copyfile(sshd.home / ".ssh/known_hosts", tmp_path / ".ssh/known_hosts")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(Unreachable) as found:
        SftpDestination(settings)
    assert "\n" not in str(found.value)


def test_the_key_comes_from_the_agent(
    settings: SftpTarget, sshd: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".ssh").mkdir()
    shutil.copyfile(sshd.home / ".ssh/known_hosts", tmp_path / ".ssh/known_hosts")
    monkeypatch.setenv("HOME", str(tmp_path))
    socket = tmp_path / "agent"
    with subprocess.Popen(
        ["ssh-agent", "-D", "-a", str(socket)], stdout=subprocess.DEVNULL
    ) as agent:
        while not socket.exists():
            assert agent.poll() is None
        monkeypatch.setenv("SSH_AUTH_SOCK", str(socket))
        key = str(sshd.home / ".ssh/id_ed25519")
        subprocess.run(["ssh-add", "-q", key], check=True, env={**os.environ})
        place = SftpDestination(settings)
        assert place.names("") == [] or place.names("nothing") == []
        place.close()
        agent.terminate()


def test_the_key_comes_from_the_file_that_the_environment_names(
    settings: SftpTarget, sshd: Sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".ssh").mkdir()
    shutil.copyfile(sshd.home / ".ssh/known_hosts", tmp_path / ".ssh/known_hosts")
    monkeypatch.setenv("HOME", str(tmp_path))
    with pytest.raises(Unreachable):
        SftpDestination(settings)
    monkeypatch.setenv("STOPJIHAD_SFTP_KEY", str(sshd.home / ".ssh/id_ed25519"))
    SftpDestination(settings).close()


def test_what_did_not_change_is_a_second_name_of_the_same_file(
    settings: SftpTarget, sshd: Sshd, tmp_path: Path
) -> None:
    target = sftp_target(sshd, tmp_path / "web", "releases")
    place = SftpDestination(settings)
    channel = layout(place, "releases", target)
    files = toy_site(1)
    asked = publication(tmp_path, target)
    first = publish(channel, toy_release(files), asked).id
    files["en/p1/index.html"] += b" changed"
    second = publish(channel, toy_release(files), asked).id
    place.close()
    one, two = (tmp_path / "web/releases" / name for name in (first, second))
    assert (one / "robots.txt").samefile(two / "robots.txt")
    assert not (one / "en/p1/index.html").samefile(two / "en/p1/index.html")


def test_a_record_that_names_files_elsewhere_removes_none(
    settings: SftpTarget, sshd: Sshd, tmp_path: Path
) -> None:
    """Somebody who may write to the web space writes a record: it is not believed."""
    precious = tmp_path / "precious.html"
    precious.write_text("mine", "utf-8")
    target = sftp_target(sshd, tmp_path / "web", "plain")
    place = SftpDestination(settings)
    channel = layout(place, "plain", target)
    asked = publication(tmp_path, target)
    publish(channel, toy_release(toy_site(1)), asked)
    pointer = tmp_path / "web/.stopjihad/published.json"
    text = pointer.read_text("utf-8")
    assert '"en/p1/index.html"' in text
    pointer.write_text(text.replace('"en/p1/index.html"', '"../precious.html"'), "utf-8")
    assert channel.read_published() is None
    with pytest.raises(ProblemsFound, match="publish-not-ours"):
        publish(channel, toy_release(toy_site(2)), asked)
    place.close()
    assert precious.read_text("utf-8") == "mine"


@pytest.mark.parametrize("kind", ["server", "folder"])
def test_who_lost_its_room_can_end_no_write_that_was_on_its_way(
    kind: str, settings: SftpTarget, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The other publisher comes when our bytes are there, and before they are moved into place."""
    web = tmp_path / "web"
    place = SftpDestination(settings) if kind == "server" else FolderDestination(str(web))
    other = copy.copy(place)
    place.create("index.html", b"old", {})
    place.fence("rooms", "a")
    place.replace("index.html", b"ours", {}, ANY)
    assert (web / "index.html").read_bytes() == b"ours"
    assert list((web / "rooms/a").iterdir()) == []

    def late(inner: Any) -> Any:
        def call(*args: Any, **more: Any) -> Any:
            found = inner(*args, **more)
            other.fence("rooms", "b")
            other.replace("index.html", b"theirs", {}, ANY)
            return found

        return call

    if isinstance(place, SftpDestination):
        monkeypatch.setattr(place, "_write_aside", late(place._write_aside))
    else:
        create_from = disk.create_from
        once = late(create_from)

        def first(*args: Any, **more: Any) -> None:
            monkeypatch.setattr(disk, "create_from", create_from)
            once(*args, **more)

        monkeypatch.setattr(disk, "create_from", first)
    with pytest.raises(ReplacedPublisher):
        place.replace("index.html", b"late", {}, ANY)
    for write in (place.create, lambda *args: place.replace(*args, ANY)):
        with pytest.raises(ReplacedPublisher):
            write("new.html", b"late", {})
    with pytest.raises(ReplacedPublisher):
        place.copy("index.html", "copy.html")
    with pytest.raises(ReplacedPublisher):
        place.lead("current", "elsewhere")
    with pytest.raises(ReplacedPublisher):
        place.remove("index.html")
    assert (web / "index.html").read_bytes() == b"theirs"
    assert {path.name for path in web.iterdir()} == {"index.html", "rooms"}
    assert [path.name for path in (web / "rooms").iterdir()] == ["b"]
    place.close()


def test_a_lost_connection_is_made_anew_and_the_publication_goes_on(
    sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cut at every fifth request that changes something; the host stays."""
    monkeypatch.setenv("HOME", str(sshd.home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setattr(sftp, "PAUSES", (0.0,) * 20)
    target = sftp_target(sshd, tmp_path / "web", "plain")
    assert target.sftp is not None
    place = SftpDestination(target.sftp)

    class Cutting(Mortal):
        def __getattr__(self, name):
            if name in self.CHANGES and len(self.requests) % 5 == 4:
                self.place._client.close()
            return super().__getattr__(name)

    release = toy_release(toy_site(1))
    done = publish(Plain(Cutting(place), "", STATE, target), release, publication(tmp_path, target))
    place.close()
    assert done.uploads == len(release.files)
    assert place.connection > 2
    assert files_below(tmp_path / "web") == contents(release)


def test_a_host_that_is_gone_is_said_with_the_right_remedy(
    sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(sshd.home))
    gone = sftp_target(sshd._replace(port=9), tmp_path / "web", "plain")
    with pytest.raises(ProblemsFound) as found, explain_target(gone), open_channel(gone, tmp_path):
        pass
    (problem,) = found.value.problems
    assert "does not answer" in problem.message
    assert "goes on where it stopped" in problem.hint
    assert "credentials" not in str(problem)


def test_reading_a_large_file_back_costs_what_its_bytes_do(
    settings: SftpTarget, tmp_path: Path
) -> None:
    """Four times the bytes, not sixteen times the work: a film is read back after it went up."""
    place = SftpDestination(settings)
    spent = []
    for megabytes in (4, 16):
        data = os.urandom(megabytes * 1_000_000)
        place.replace("film.mp4", data, {}, ANY)
        began = time.process_time()
        found = place.read("film.mp4")
        spent.append(time.process_time() - began)
        assert found is not None
        assert found.data == data
    place.close()
    assert spent[1] < 10 * spent[0] + 0.2, spent


def test_a_server_that_gives_a_file_without_an_end_is_not_read_for_ever(
    settings: SftpTarget, monkeypatch: pytest.MonkeyPatch
) -> None:
    from paramiko import SFTPFile

    place = SftpDestination(settings)
    place.replace("film.mp4", b"x" * 99_999, {}, ANY)
    monkeypatch.setattr(SFTPFile, "read", lambda _, size: b"y" * size)
    found = place.look("film.mp4")
    place.close()
    assert found is not None
    assert found.sha256 == hashlib.sha256(b"y" * 99_999).hexdigest()


class Network:
    """Lead to a server until it goes silent: connections stay, and nothing comes any more."""

    def __init__(self, port: int) -> None:
        self.server, self.silent = port, threading.Event()
        self.entrance = socket.create_server(("127.0.0.1", 0))
        self.port: int = self.entrance.getsockname()[1]
        self.open = [self.entrance]
        threading.Thread(target=self._lead, daemon=True).start()

    def _lead(self) -> None:
        with contextlib.suppress(OSError):
            while True:
                one, _ = self.entrance.accept()
                self.open.append(one)
                if self.silent.is_set():
                    continue
                other = socket.create_connection(("127.0.0.1", self.server))
                self.open.append(other)
                for pair in ((one, other), (other, one)):
                    threading.Thread(target=self._pass, args=pair, daemon=True).start()

    def _pass(self, one: socket.socket, other: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while data := one.recv(65_536):
                if not self.silent.is_set():
                    other.sendall(data)

    def close(self) -> None:
        for one in self.open:
            one.close()


def test_a_network_that_goes_away_is_not_waited_for_without_an_end(
    sshd, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    network = Network(sshd.port)
    home = Path(shutil.copytree(sshd.home, tmp_path / "home"))
    known = home / ".ssh/known_hosts"
    known.write_text(known.read_text("utf-8").replace(str(sshd.port), str(network.port)), "utf-8")
    monkeypatch.setenv("HOME", str(home))
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    monkeypatch.setattr(sftp, "PAUSES", (0.1,))
    settings = sftp_target(sshd._replace(port=network.port), tmp_path / "web", "plain").sftp
    assert settings is not None
    place = SftpDestination(settings)
    place.replace("a", b"there", {}, ANY)
    monkeypatch.setattr(sftp, "PATIENCE", 1.0)
    place.connect_anew(place.connection)
    assert place.read("a") is not None
    network.silent.set()
    began = time.monotonic()
    with pytest.raises(Unreachable):
        place.read("a")
    assert time.monotonic() - began < 30
    network.close()
    place.close()


@pytest.mark.parametrize("error", [EOFError(), OSError("Socket is closed"), TimeoutError()])
def test_a_connection_lost_while_a_large_file_is_asked_for_prints_no_traceback(
    settings: SftpTarget, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    from paramiko import SFTPClient
    from paramiko.sftp import CMD_READ

    place = SftpDestination(settings)
    place.replace("film.mp4", bytes(300_000), {}, ANY)
    request = SFTPClient._async_request

    def lose(client: SFTPClient, file: object, kind: int, *words: object) -> int:
        if kind == CMD_READ:
            place.close()
            raise error
        return request(client, file, kind, *words)

    printed: list[threading.ExceptHookArgs] = []
    monkeypatch.setattr(threading, "excepthook", printed.append)
    monkeypatch.setattr(sftp, "PAUSES", ())
    monkeypatch.setattr(SFTPClient, "_async_request", lose)
    with pytest.raises(Unreachable):
        place.read("film.mp4")
    assert not printed
