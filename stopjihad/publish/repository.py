"""Reach a git repository: one of this computer itself, or one elsewhere through a copy of our own.

The copy lies below the user's cache folder, is marked with the user's key, and belongs to one
publisher at a time; so a lock of git that is found in it was left by one of ours that was killed.
What is read and written are objects in packs of limited size, so that none is in memory whole.
What a stranger's repository may raise in the library is listed nowhere: `ask_library` turns all of
it into one line.

Throughout, ``ref`` is the whole name of a branch, ``tip`` and ``commit`` are names of commits in
hexadecimal, empty for none, and ``ids`` those of objects.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import tempfile
import time
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from stopjihad import disk
from stopjihad.disk import user_key
from stopjihad.disk.lock import sole_writer
from stopjihad.problem import ProblemsFound
from stopjihad.publish.clock import ask_clock
from stopjihad.publish.destination import AlteredFile, Pieces, Unreachable, redact
from stopjihad.publish.git_credentials import credentials_for
from stopjihad.publish.git_ssh import SshProcesses
from stopjihad.publish.schema import plain

if TYPE_CHECKING:
    from dulwich.client import GitClient
    from dulwich.object_store import DiskObjectStore
    from dulwich.objects import ShaFile
    from dulwich.repo import Repo

T = TypeVar("T")

PORTION = 8 * 1024 * 1024
"""Bytes of objects from which on a pack is written: what is in memory at a time."""

MAPPED = 32 * 1024 * 1024
"""Bytes of packs that are mapped at a time."""

PATIENCE = 1.0
"""Seconds for which another git may hold the lock of a branch before we ask whose it is."""

SILENCE = 60
"""Seconds for which a host may say nothing, by https."""

MOST_PACKS = 100
"""Packs of our copy: each publication adds one or two, and each is looked into for each object."""

_COPY = "copy.git"
_MARK = "stopjihad-mark"
_MOVING = "stopjihad-moving"
_TIP = b"refs/heads/tip"
_ELSEWHERE = re.compile(r"(?i:https|ssh|git\+ssh)://|[^/\\]{2,}:")
_DECLINED = re.compile(r"declined|denied|prohibited|protected|checked out", re.IGNORECASE)
_PARTS = ("HEAD", "config", "packed-refs", "objects", "refs", "shallow", "commondir")


class Repository(Protocol):
    """Keep objects and the branch that they are on."""

    store: DiskObjectStore

    def tip(self, ref: bytes) -> bytes:
        """Give the commit of a branch, and see to it that its objects can be read."""

    def move(self, ref: bytes, tip: bytes, commit: bytes, ids: Sequence[bytes]) -> None:
        """Let a branch lead to another commit, in one step, if it is where it was.

        Raises:
            Altered: it is not.
        """

    def clock(self) -> float | None:
        """Give the Unix time by the host's own clock; None where it tells nobody."""


class Home(NamedTuple):
    """A folder of this user for one repository; no other publisher uses it meanwhile."""

    path: str

    def note(self, commit: bytes) -> None:
        """Note the commit that a branch is moved to; empty when it has been moved."""
        disk.replace(os.path.join(self.path, _MOVING), commit)  # noqa: PTH118 (as its folder)

    @property
    def noted_commit(self) -> bytes:
        """The commit that a publisher which was killed was moving a branch to."""
        return disk.read(os.path.join(self.path, _MOVING), 64) or b""  # noqa: PTH118


class LocalRepository:
    """A repository of this computer: nothing of its settings or hooks is read or run."""

    def __init__(self, folder: str, home: Home) -> None:
        """Open ``folder``, which has HEAD, objects and refs; ``home`` is ours."""
        from dulwich.object_store import DiskObjectStore
        from dulwich.refs import DiskRefsContainer

        self.store: DiskObjectStore = DiskObjectStore(
            os.path.join(folder, "objects"),  # noqa: PTH118 (the library takes texts)
            packed_git_limit=MAPPED,
        )
        self._refs, self._folder, self._home = DiskRefsContainer(folder), folder, home

    def tip(self, ref: bytes) -> bytes:
        """Give the commit of a branch."""
        refs: Any = self._refs
        return bytes(
            ask_library(lambda: refs.read_loose_ref(ref) or refs.get_packed_refs().get(ref) or b"")
        )

    def move(self, ref: bytes, tip: bytes, commit: bytes, ids: Sequence[bytes]) -> None:
        """Let a branch lead to another commit."""
        from dulwich.file import FileLocked

        del ids  # they are there
        refs: Any = self._refs
        before = self._home.noted_commit
        self._home.note(commit)
        until = time.monotonic() + PATIENCE

        def lead() -> bool | None:
            with contextlib.suppress(FileLocked):
                return bool(refs.set_if_equals(ref, tip or b"0" * 40, commit))
            return None

        while (done := ask_library(lead)) is None:
            if time.monotonic() > until:
                self._unlock(ref, before)
            time.sleep(0.05)
        self._home.note(b"")
        if not done:
            raise AlteredFile(ref.decode())

    def note(self, ref: bytes, commit: bytes) -> None:
        """Let a ref of our own lead to a commit, wherever it was."""
        refs: Any = self._refs
        ask_library(lambda: refs.set_if_equals(ref, None, commit))

    def clock(self) -> None:
        """Give nothing: its clock is that of this machine."""

    def _unlock(self, ref: bytes, before: bytes) -> None:
        """Remove the lock of a branch that a publisher of ours left when it was killed.

        Raises:
            Unreachable: nothing says that it is ours.
        """
        name = f"{ref.decode()}.lock"
        found = disk.read_below(self._folder, name, 64)
        if not before or found is None or found.strip() not in {b"", before}:
            raise Unreachable(f"another git holds {name} in it: wait for it, or remove the file")
        above, _, file = name.rpartition("/")
        with disk.open_root(self._folder) as top, top.into(above) as here:
            here.forget(file)


class RemoteRepository:
    """A repository elsewhere, and our copy of what we have seen of it."""

    def __init__(self, location: str, client: GitClient, path: str, copy: Repo) -> None:
        """Take the address of a repository, a way to it, its ``path`` there, and our ``copy``."""
        self._location, self._client, self._path, self._copy = location, client, path.encode(), copy
        self.store: DiskObjectStore = copy.object_store
        self.store.packed_git_limit = MAPPED

    def tip(self, ref: bytes) -> bytes:
        """Ask for the commit of a branch, and fetch it."""
        client: Any = self._client
        refs: Any = ask_library(lambda: client.get_refs(self._path).refs)
        found = bytes(refs.get(ref) or b"")
        store: Any = self.store
        if found and found not in store:
            ask_library(
                lambda: client.fetch(
                    self._path, self._copy, determine_wants=lambda _refs, _depth=None: [found]
                )
            )
        if found:
            ask_library(lambda: self._note_commit(found))
        return found

    def move(self, ref: bytes, tip: bytes, commit: bytes, ids: Sequence[bytes]) -> None:
        """Send what is new, and let the branch lead to it."""
        from dulwich.pack import full_unpacked_object

        there: list[bytes] = []

        def update(refs: Any) -> Any:
            there.append(bytes(refs.get(ref) or b""))
            return {ref: commit} if there == [tip] else refs

        def new_objects(*_: Any, **__: Any) -> tuple[int, Iterator[Any]]:
            store: Any = self.store
            return len(ids), (full_unpacked_object(store[id_]) for id_ in ids)

        send: Any = self._client.send_pack
        done = ask_library(lambda: send(self._path, update, new_objects))
        said = str((done.ref_status or {}).get(ref) or "")
        if there == [tip] and _DECLINED.search(said):
            raise Unreachable(f"it does not take the branch: {redact(plain(said))}")
        if there != [tip] or said:
            raise AlteredFile(ref.decode())
        ask_library(lambda: self._note_commit(commit))

    def clock(self) -> float | None:
        """Give the clock of a host that is asked by https; SSH tells none."""
        by_web = self._location.lower().startswith("https://")
        return ask_clock(self._location) if by_web else None

    def _note_commit(self, commit: bytes) -> None:
        refs: Any = self._copy.refs
        if refs.read_loose_ref(_TIP) != commit:
            refs.set_if_equals(_TIP, None, commit)


def add_objects(store: DiskObjectStore, objects: Iterable[ShaFile]) -> None:
    """Write objects in packs of `PORTION` bytes.

    Args:
        objects: those that are not there; each is asked for when the ones before are written.
    """
    from dulwich.pack import full_unpacked_object

    portion: list[Any] = []
    size = 0
    for one in objects:
        portion.append(full_unpacked_object(one))
        size += one.raw_length()
        if size >= PORTION:
            _add(store, portion)
            portion, size = [], 0
    _add(store, portion)


def _add(store: DiskObjectStore, portion: list[Any]) -> None:
    """Write one pack; a lock of its index that stays was left by a publisher that was killed.

    A pack is named by what is in it, and git itself locks no index: who was killed while it wrote
    these objects would otherwise stop everybody who publishes them again.
    """
    from dulwich.file import FileLocked

    until = time.monotonic() + PATIENCE

    def add() -> None:
        while True:
            try:
                store.add_pack_data(len(portion), iter(portion))
            except FileLocked as error:
                if time.monotonic() > until:
                    lock = Path(os.fsdecode(error.lockfilename))
                    with disk.hold(str(lock.parent)) as here:
                        here.forget(lock.name)
                time.sleep(0.05)
            else:
                return

    ask_library(add)


def make_trees(files: Iterable[tuple[bytes, bytes, int]]) -> list[Any]:
    """Make the trees of files, each after those that it holds; the last one is the whole.

    A file is its path, its blob and its mode.
    """
    from dulwich.index import commit_tree

    class TreeCollector(list[Any]):
        """Take trees instead of a store."""

        def add_object(self, tree: Any) -> None:
            self.append(tree)

    made: Any = TreeCollector()
    entries: Any = list(files)
    commit_tree(made, entries)
    return list(made)


def add_large(store: Any, data: Pieces) -> bytes:
    """Write a blob as a file of its own, a piece at a time; packs are made of what is held.

    Returns:
        Its name in hexadecimal.
    """
    head = b"blob %d\0" % data.size
    digest = hashlib.sha1(head, usedforsecurity=False)
    for piece in data.begin():
        digest.update(piece)
    name = digest.hexdigest()
    if name.encode() not in store:
        with disk.open_root(os.fspath(store.path)) as top, top.make_step(name[:2], 0o777) as folder:
            fresh = disk.unused_name("tmp_obj_")
            try:
                disk.create_from(folder, fresh, _deflate_object(head, data), data.size, mode=0o444)
                folder.rename(fresh, folder, name[2:])
            finally:
                folder.forget(fresh)
    return name.encode()


def _deflate_object(head: bytes, data: Pieces) -> Iterator[bytes]:
    packer = zlib.compressobj(1)  # films and pictures are dense already
    yield packer.compress(head)
    for piece in data.begin():
        yield packer.compress(piece)
    yield packer.flush()


@contextmanager
def open_repository(repository: str, root: Path) -> Iterator[tuple[Repository, Home]]:
    """Reach a repository while a block runs.

    Args:
        repository: its address, or a path, which starts at the workspace when it is relative.

    Raises:
        Unreachable: there is none, it does not answer, or it is no plain one.
        Busy: another command of this user is publishing there.
    """
    elsewhere = _ELSEWHERE.match(repository) is not None
    location = repository if elsewhere else str((root / Path(repository).expanduser()).absolute())
    with ExitStack() as stack:
        home = stack.enter_context(_home(location, root))
        if not elsewhere:
            here = LocalRepository(plain_repository(location), home)
            with contextlib.closing(here.store):
                yield here, home
            return
        yield stack.enter_context(_remote(location, home)), home


@contextmanager
def _remote(location: str, home: Home) -> Iterator[RemoteRepository]:
    from dulwich.client import get_transport_and_path
    from dulwich.config import ConfigDict
    from dulwich.repo import Repo

    user, password = credentials_for(location)
    settings = ConfigDict()  # nobody else's
    settings.set(b"http", b"timeout", b"%d" % SILENCE)
    client, path = ask_library(
        lambda: get_transport_and_path(
            location, quiet=True, username=user, password=password, config=settings
        )
    )
    with disk.hold(home.path) as here:
        if len(list(disk.below(home.path, f"{_COPY}/objects/pack"))) > 2 * MOST_PACKS:
            here.remove(_COPY)  # it is fetched again, in one pack
        if not here.is_there(_COPY):
            fresh = disk.unused_name(f"{_COPY}.")
            here.mkdir(fresh, 0o700)
            ask_library(lambda: Repo.init_bare(f"{home.path}/{fresh}")).close()
            here.rename(fresh, here, _COPY)  # made whole: none is found half
    copy = ask_library(lambda: Repo(f"{home.path}/{_COPY}"))
    with contextlib.closing(copy), contextlib.closing(SshProcesses()) as processes:
        processes.serve(client)
        yield RemoteRepository(location, client, path, copy)


@contextmanager
def _home(location: str, root: Path) -> Iterator[Home]:
    """Give this user's own folder for a repository, made anew when our key did not mark it."""
    name = hashlib.sha256(f"{root}\0{location}".encode()).hexdigest()[:24]
    base = user_key.cache_folder()
    with ExitStack() as stack:
        if not base:
            base = stack.enter_context(tempfile.TemporaryDirectory(prefix="stopjihad-"))
        above = os.path.join(base, "publish")  # noqa: PTH118 (as its folder)
        stack.enter_context(sole_writer(Path(above, f"{name}.lock")))
        folder = os.path.join(above, name)  # noqa: PTH118
        with disk.hold(above, make=True) as held:
            if not _is_marked(held, name):
                held.remove(name)
                held.mkdir(name, 0o700)
                with held.step(name) as fresh:
                    disk.create_in(fresh, _MARK, _mark(held.stat(name)))
            _sweep(folder)
        yield Home(folder)


def _is_marked(held: disk.Folder, name: str) -> bool:
    """Tell whether our key marked a folder, and only plain files and folders are in it."""
    try:
        state = held.stat(name)
        with held.step(name) as here:
            if disk.read_in(here, _MARK, 64) != _mark(state):
                return False
        whole = os.path.join(held.path, name)  # noqa: PTH118 (as its folder)
        return stat.S_ISDIR(state.st_mode) and not _odd(whole, "")
    except OSError:
        return False


def _mark(state: os.stat_result) -> bytes:
    place = f"{state.st_dev} {state.st_ino}".encode()
    return user_key.sign("branch", hashlib.sha256(place).digest())


def _odd(folder: str, within: str) -> str:
    """Name something that is no plain file or folder, or that leads to another repository."""
    for path, _, entry in disk.below(folder, within):
        leads = path.endswith(("objects/info/alternates", "objects/info/http-alternates"))
        if leads or not (entry.is_folder or entry.is_file):
            return path
    return ""


def _sweep(folder: str) -> None:
    """Remove locks and packs that a publisher of ours left unfinished: nobody else writes here."""
    for path, above, entry in list(disk.below(folder)):
        unfinished = entry.name.startswith(("tmp_", f"{_COPY}."))
        if unfinished or (entry.is_file and entry.name.endswith(".lock")):
            del above
            whole = Path(folder, path)
            with disk.hold(str(whole.parent)) as here:
                here.remove(whole.name)


def plain_repository(location: str) -> str:
    """Find the folder of a repository of this computer.

    Args:
        location: absolute path of it, or of the folder that has it as ``.git``.

    Raises:
        Unreachable: there is none, or something in it leads elsewhere or would never end.
    """
    for folder in (location, os.path.join(location, ".git")):  # noqa: PTH118 (as its folder)
        if disk.read_below(folder, "HEAD", 4_096) is not None:
            break
    else:
        raise Unreachable("there is no repository")
    for part in _PARTS:
        state = _state(folder, part)
        if state is None:
            continue
        odd = "" if stat.S_ISREG(state) else _odd(folder, part) if stat.S_ISDIR(state) else part
        if odd:
            raise Unreachable(f"{odd} in the repository leads elsewhere or is no file")
    return folder


def _state(folder: str, name: str) -> int | None:
    try:
        return os.lstat(os.path.join(folder, name)).st_mode  # noqa: PTH118 (as its folder)
    except OSError:
        return None


def ask_library(request: Callable[[], T]) -> T:
    """Make a request of the library.

    Raises:
        Unreachable: whatever it raised, in one line.
    """
    from dulwich.errors import NotGitRepository

    try:
        return request()
    except (AlteredFile, Unreachable, ProblemsFound):
        raise
    except NotGitRepository:
        raise Unreachable("there is no repository") from None
    except Exception as error:  # noqa: BLE001 (see above: strangers' objects raise anything)
        raise Unreachable(redact(str(error) or type(error).__name__)) from None
