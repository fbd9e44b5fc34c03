"""Publish into a folder of a server that is reached by SFTP.

Arguments are those of ``destination``: ``path``, ``most``, ``data``, ``headers``, ``tag``, ``new``,
``name``, ``to``, ``rooms``, ``mine``.
"""

from __future__ import annotations

import contextlib
import getpass
import io
import logging
import os
import stat
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from functools import wraps
from typing import TYPE_CHECKING, Concatenate, ParamSpec, TypeVar

from stopjihad.disk import unused_name
from stopjihad.model.targets import SftpTarget
from stopjihad.problem import ProblemsFound
from stopjihad.publish.destination import (
    ANY,
    LARGEST,
    AlteredFile,
    Content,
    LostConnection,
    ReadBack,
    ReplacedPublisher,
    TakenFile,
    TargetFile,
    Unreachable,
    digest_of,
    look_at,
    pieces_of,
    redact,
)

if TYPE_CHECKING:
    import paramiko

PIECE = 32_768
"""Bytes that are taken at a time: what one answer of a server holds."""

T = TypeVar("T")
P = ParamSpec("P")

PAUSES = (0.5, 2.0, 5.0)
"""Seconds to wait before a request whose connection was lost is made on a new one; then no more."""

PATIENCE = 20.0
"""Seconds to wait for the server to answer."""


def _read_ahead(stream: paramiko.SFTPFile, size: int) -> None:
    """Ask for all of a file at once, so that its pieces do not wait for each other.

    A thread of the library's asks; where the connection is lost it would print a traceback.
    The reader learns of the loss by itself, from the answer that does not come.
    """
    import paramiko

    ask = stream._prefetch_thread  # noqa: SLF001

    def ask_quietly(*words: object) -> None:
        with contextlib.suppress(paramiko.SSHException, OSError, EOFError):
            ask(*words)

    stream._prefetch_thread = ask_quietly  # noqa: SLF001
    stream.prefetch(size)


def _persistent(
    method: Callable[Concatenate[SftpDestination, P], T],
) -> Callable[Concatenate[SftpDestination, P], T]:
    """Make the request of a method again on a new connection when the old one was lost."""

    @wraps(method)
    def ask_again(place: SftpDestination, /, *words: P.args, **named: P.kwargs) -> T:
        if place.is_asking:  # a part of another request, which is made again as a whole
            return method(place, *words, **named)
        left = [*PAUSES]
        while True:
            before = place.connection
            try:
                with place.mark_request():
                    return method(place, *words, **named)
            except LostConnection:
                if not left:
                    raise
                time.sleep(left.pop(0))
                place.connect_anew(before)

    return ask_again


class SftpDestination:
    """Keep files below a folder of a server; tags are digests of what we read or wrote."""

    parallel = 4
    conditional = False
    headed = False

    def __init__(self, target: SftpTarget) -> None:
        """Connect, with the keys of the agent or of ``~/.ssh``, to a host that is known there.

        Raises:
            Unreachable: the server does not answer, is not known, or refuses.
        """
        logging.getLogger("paramiko").addHandler(logging.NullHandler())  # we tell ourselves
        self._target = target
        self._base = target.path.rstrip("/") or "/"
        self.connection = 0
        self._mine = threading.local()
        self._lock = threading.Lock()
        self._folders: set[str] = set()
        self._room = ""
        self._client = self._connect_client()

    def connect_anew(self, before: int) -> None:
        """Connect again unless another thread has; ``before`` is the number of the lost one."""
        with self._lock:
            if self.connection == before:
                self._client.close()
                with contextlib.suppress(LostConnection):  # the request says so, too
                    self._client = self._connect_client()
                    self.connection += 1

    def _connect_client(self) -> paramiko.SSHClient:
        import paramiko

        target, client = self._target, paramiko.SSHClient()
        with self._explain_errors(), contextlib.ExitStack() as failed:
            failed.callback(client.close)
            client.load_system_host_keys()
            client.connect(
                target.host,
                target.port,
                target.user or getpass.getuser(),
                password=os.environ.get("STOPJIHAD_SFTP_PASSWORD") or None,
                key_filename=os.environ.get("STOPJIHAD_SFTP_KEY") or None,
                timeout=PATIENCE,
                banner_timeout=PATIENCE,
                auth_timeout=PATIENCE,
            )
            failed.pop_all()
        return client

    @_persistent
    def read(self, path: str, most: int = LARGEST) -> TargetFile | None:
        """Read a regular file: opening a pipe would make the server wait."""
        with self._explain_errors():
            try:
                state = self._sftp.lstat(self._at(path))
                if not stat.S_ISREG(state.st_mode or 0):
                    return None
                size = state.st_size or 0
                whole = io.BytesIO()  # it gives what it holds without a copy of it
                whole.writelines(self._pieces(path, size) if size <= most else ())
                data = whole.getvalue()
            except FileNotFoundError:
                return None
        return TargetFile(data, digest_of(data))

    @_persistent
    def look(self, path: str) -> ReadBack | None:
        """Read a file back."""
        with self._explain_errors():
            try:
                state = self._sftp.lstat(self._at(path))
                if not stat.S_ISREG(state.st_mode or 0):
                    return None
                return look_at(self._pieces(path, state.st_size or 0))
            except FileNotFoundError:
                return None

    @_persistent
    def create(self, path: str, data: Content, _headers: Mapping[str, str]) -> str:
        """Write a file that must not be there."""
        with self._explain_errors():
            fresh = self._write_aside(path, data)
            try:
                # Unlike posix_rename this replaces nothing (OpenSSH makes it of link and unlink).
                self._sftp.rename(fresh, self._at(path))
            except OSError:
                self._require_room(path)
                self._sftp.remove(fresh)
                if self._is_there(path):
                    found = self.look(path)
                    if found is not None and found.sha256 == digest_of(data):
                        return found.sha256  # it went up before the connection was lost
                    raise TakenFile(path) from None
                raise
        return digest_of(data)

    @_persistent
    def replace(self, path: str, data: Content, _headers: Mapping[str, str], tag: str) -> str:
        """Write a file in place of another."""
        if tag != ANY:
            found = self.look(path)
            if found is None or found.sha256 != tag:
                raise AlteredFile(path)
        with self._explain_errors():
            fresh = self._write_aside(path, data)
            self._move(fresh, path)
        return digest_of(data)

    @_persistent
    def copy(self, path: str, new: str) -> None:
        """Give a file a second name, or a copy where the server makes no links."""
        with self._explain_errors():
            fresh = self._fresh(new)
            try:
                self._link(self._at(path), fresh)
            except OSError:
                self._require_room(new)
                found = self.read(path)
                if found is not None:
                    self.replace(new, found.data, {}, ANY)
                return
            self._move(fresh, new)
            if not self._room:  # a room goes with what stays where both are the same file already
                with contextlib.suppress(OSError):
                    self._sftp.remove(fresh)

    @_persistent
    def remove(self, path: str) -> None:
        """Remove a file, and folders that are empty without it."""
        with self._explain_errors():
            fresh = f"{self._at(self._room)}/{unused_name('.gone-')}" if self._room else ""
            try:
                if fresh:
                    self._sftp.posix_rename(self._at(path), fresh)
                self._sftp.remove(fresh or self._at(path))
            except FileNotFoundError:
                self._require_room(path)
        above = path.rpartition("/")[0]
        while above:
            try:
                self._sftp.rmdir(self._at(above))
            except OSError:
                return
            self._folders.discard(above)
            above = above.rpartition("/")[0]

    def tags(self, _below: str) -> dict[str, str] | None:
        """Give nothing: asking for each folder takes longer than the files are worth."""
        return None

    def tag_of(self, data: Content) -> str:
        """Give the digest of a content."""
        return digest_of(data)

    @_persistent
    def names(self, folder: str) -> list[str]:
        """List the names in a folder."""
        with self._explain_errors():
            try:
                return list(self._sftp.listdir(self._at(folder)))
            except FileNotFoundError:
                return []

    @_persistent
    def prune(self, folder: str) -> None:
        """Remove a folder with all that is in it; links are not followed."""
        with self._explain_errors(), contextlib.suppress(FileNotFoundError):
            for entry in self._sftp.listdir_attr(self._at(folder)):
                inner = f"{folder}/{entry.filename}"
                if stat.S_ISDIR(entry.st_mode or 0):
                    self.prune(inner)
                else:
                    self._sftp.remove(self._at(inner))
            self._sftp.rmdir(self._at(folder))
            self._folders.discard(folder)

    @_persistent
    def lead(self, name: str, to: str) -> None:
        """Let a name lead to a folder."""
        with self._explain_errors():
            self._make_folder("")
            fresh = self._fresh(name)
            try:
                self._sftp.symlink(to, fresh)
            except OSError:
                self._require_room(name)
                raise
            self._move(fresh, name)

    @_persistent
    def leads_to(self, name: str) -> str:
        """Tell where a name leads."""
        with self._explain_errors():
            try:
                return self._sftp.readlink(self._at(name)) or ""
            except OSError:
                return ""

    @_persistent
    def fence(self, rooms: str, mine: str) -> None:
        """Begin writes in a room of our own, and move all other rooms away."""
        self._room = ""
        if not mine:
            return
        for name in self.names(rooms):
            if name != mine:
                gone = unused_name(".gone-")
                with self._explain_errors(), contextlib.suppress(FileNotFoundError):
                    self._sftp.posix_rename(
                        self._at(f"{rooms}/{name}"), self._at(f"{rooms}/{gone}")
                    )
                self.prune(f"{rooms}/{gone}")
        self._room = f"{rooms}/{mine}"
        with self._explain_errors():
            self._make_folder(self._room)

    @_persistent
    def clock(self, folder: str) -> float | None:
        """Give the clock of the server: when it says that a file was written."""
        with self._explain_errors():
            fresh = self._write_aside(f"{folder}/clock", b"")
            state = self._sftp.lstat(fresh)
            self._sftp.remove(fresh)
        return None if state.st_mtime is None else float(state.st_mtime)

    @property
    def is_asking(self) -> bool:
        """Tell whether this thread is within a request."""
        return getattr(self._mine, "asking", False)

    @contextlib.contextmanager
    def mark_request(self) -> Iterator[None]:
        """Mark a request of this thread while the block makes it."""
        self._mine.asking = True
        try:
            yield
        finally:
            self._mine.asking = False

    def close(self) -> None:
        """End the connection."""
        self._client.close()

    @property
    def _sftp(self) -> paramiko.SFTPClient:
        """A channel of this thread's own: requests of one wait for each other."""
        if getattr(self._mine, "connection", -1) != self.connection:
            import paramiko

            number, transport = self.connection, self._client.get_transport()
            if transport is None or not transport.is_active():
                raise EOFError("the connection was lost")
            channel = transport.open_session(timeout=PATIENCE)
            channel.settimeout(PATIENCE)  # a network that went away says nothing
            channel.invoke_subsystem("sftp")
            self._mine.sftp = paramiko.SFTPClient(channel)
            self._mine.connection = number
        found: paramiko.SFTPClient = self._mine.sftp
        return found

    def _pieces(self, path: str, size: int) -> Iterator[bytes]:
        """Read a file, of which a server gives no more than it said.

        One request for all would copy what has come so far at each piece.
        """
        with self._sftp.open(self._at(path), "rb") as stream:
            if size > stream.MAX_REQUEST_SIZE:
                _read_ahead(stream, size)
            while size > 0 and (piece := stream.read(min(PIECE, size))):
                size -= len(piece)
                yield piece

    def _at(self, path: str) -> str:
        """Give the whole path on the server.

        Raises:
            Unreachable: the path leads out of the folder.
        """
        if ".." in path.split("/") or "\0" in path:
            raise Unreachable("it names a path that leads out of its folder")
        return f"{self._base}/{path}" if path else self._base

    def _is_there(self, path: str) -> bool:
        try:
            self._sftp.stat(self._at(path))
        except FileNotFoundError:
            return False
        return True

    def _fresh(self, path: str) -> str:
        """Give an unused name in our room, or beside a file, whose folder is made."""
        folder = path.rpartition("/")[0]
        self._make_folder(folder)
        folder = self._room or folder
        return self._at(f"{folder}/{unused_name('.new-')}" if folder else unused_name(".new-"))

    def _write_aside(self, path: str, data: Content) -> str:
        """Write a file that is not in its place yet, and give its whole path."""
        fresh = self._fresh(path)
        try:
            with self._sftp.open(fresh, "wx") as stream:
                stream.set_pipelined(pipelined=True)
                for piece in pieces_of(data):
                    stream.write(piece)
        except OSError:
            self._require_room(path)
            raise
        except ProblemsFound:  # it is not what was built any more
            self._sftp.remove(fresh)
            raise
        return fresh

    def _move(self, fresh: str, path: str) -> None:
        try:
            self._sftp.posix_rename(fresh, self._at(path))
        except OSError:
            self._require_room(path)
            raise

    def _require_room(self, path: str) -> None:
        """Say that another publisher took our room away, if that is so."""
        if self._room and not self._is_there(self._room):
            raise ReplacedPublisher(path) from None

    def _make_folder(self, folder: str) -> None:
        """Make a folder and those above it, each asked for once."""
        if folder in self._folders:
            return
        if folder:
            self._make_folder(folder.rpartition("/")[0])
        with self._lock:
            if folder not in self._folders:
                try:
                    self._sftp.mkdir(self._at(folder))
                except OSError:
                    if not self._is_there(folder):
                        raise
                self._folders.add(folder)

    def _link(self, path: str, new: str) -> None:
        """Ask for a hard link, an extension of OpenSSH (PROTOCOL, section 4.5)."""
        from paramiko.sftp import CMD_EXTENDED

        self._sftp._request(CMD_EXTENDED, "hardlink@openssh.com", path, new)  # noqa: SLF001

    @contextlib.contextmanager
    def _explain_errors(self) -> Iterator[None]:
        import paramiko

        unanswered = paramiko.ssh_exception.NoValidConnectionsError
        lost = (paramiko.SSHException, EOFError, ConnectionError, TimeoutError, unanswered)
        refused = (paramiko.AuthenticationException, paramiko.BadHostKeyException)
        try:
            yield
        except (paramiko.SSHException, OSError, EOFError, ValueError) as error:
            said = redact(str(error) or type(error).__name__)
            is_lost = isinstance(error, lost) or said == "Socket is closed"
            if is_lost and not isinstance(error, refused) and "known_hosts" not in said:
                raise LostConnection(said) from None
            raise Unreachable(said) from None
