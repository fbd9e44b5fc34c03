"""Reach a git repository: one of this computer itself, or one elsewhere through a copy of our own.

What a stranger's repository may raise in the library is listed nowhere: `ask_library` turns all of
it into one line.

Throughout, ``ref`` is the whole name of a branch, ``tip`` and ``commit`` are names of commits in
hexadecimal, empty for none, and ``ids`` those of objects.
"""

from __future__ import annotations

import contextlib
import os
import re
import stat
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, TypeVar

from stopjihad import disk
from stopjihad.problem import ProblemsFound
from stopjihad.publish.clock import ask_clock
from stopjihad.publish.destination import AlteredFile, Unreachable, redact
from stopjihad.publish.git_credentials import credentials_for
from stopjihad.publish.git_home import COPY, Home, find_odd, open_home
from stopjihad.publish.git_ssh import SshProcesses
from stopjihad.publish.schema import plain

if TYPE_CHECKING:
    from dulwich.client import GitClient
    from dulwich.object_store import DiskObjectStore
    from dulwich.repo import Repo

T = TypeVar("T")

MAPPED = 32 * 1024 * 1024
"""Bytes of packs that are mapped at a time."""

PATIENCE = 1.0
"""Seconds for which another git may hold the lock of a branch before we ask whose it is."""

SILENCE = 60
"""Seconds for which a host may say nothing, by https."""

MOST_PACKS = 100
"""Packs of our copy: each publication adds one or two, and each is looked into for each object."""

_TIP = b"refs/heads/tip"
_ELSEWHERE = re.compile(r"(?i:https|ssh|git\+ssh)://|[^/\\]{2,}:")
_DECLINED = re.compile(r"declined|denied|prohibited|protected|checked out", re.IGNORECASE)
_REFUSALS = (
    (
        "CERTIFICATE_VERIFY_FAILED",
        "its certificate is not to be trusted: another machine may answer in its place",
        "sign in to your network if it asks you to; else ask who keeps the repository",
    ),
    (
        "Host key verification failed",
        "its SSH key is not known on this computer, or has changed",
        "ask who keeps the repository to look at it, and to connect from here once with ssh",
    ),
    (
        "^HTTPUnauthorized",
        "it takes no name and token that git on this computer has for it",
        "ask who keeps the repository for a token; git keeps it when it fetches once",
    ),
    (
        "Permission denied",
        "it does not know the SSH key of this computer",
        "give the public key of this computer to whoever keeps the repository",
    ),
    (
        "http resp 403",
        "it does not let you in, or does not let you write",
        "ask who keeps the repository to let you read and write",
    ),
    (
        "^NotGitRepository|does not appear to be a git repository",
        "there is no repository, or none that you may see",
        "ask who keeps the repository for its address, and whether you may see it",
    ),
    ("http resp 5..", "it is out of order", "try again later: nothing is lost"),
    (
        "http resp 3..|^GitProtocolError: Redirected",
        "it has another address now",
        "ask who keeps the repository for its address, and whether you may see it",
    ),
)
"""What the library and ``ssh`` say, what that means, and who mends it."""

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
        home = stack.enter_context(open_home(location, root))
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
        if len(list(disk.below(home.path, f"{COPY}/objects/pack"))) > 2 * MOST_PACKS:
            here.remove(COPY)  # it is fetched again, in one pack
        if not here.is_there(COPY):
            fresh = disk.unused_name(f"{COPY}.")
            here.mkdir(fresh, 0o700)
            ask_library(lambda: Repo.init_bare(f"{home.path}/{fresh}")).close()
            here.rename(fresh, here, COPY)  # made whole: none is found half
    copy = ask_library(lambda: Repo(f"{home.path}/{COPY}"))
    with (
        contextlib.closing(copy),
        contextlib.closing(SshProcesses()) as processes,
        ExitStack() as answers,
    ):
        processes.serve(client)
        _close_answers(client, answers)
        yield RemoteRepository(location, client, path, copy)


def _close_answers(client: GitClient, stack: ExitStack) -> None:
    """Have the answers of a host by https closed in the end: the library leaves refusals open."""
    pool: Any = getattr(client, "pool_manager", None)
    if pool is None:
        return
    request = pool.request
    stack.callback(pool.clear)
    pool.request = lambda *asked, **named: stack.enter_context(
        contextlib.closing(request(*asked, **named))
    )


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
        odd = "" if stat.S_ISREG(state) else find_odd(folder, part) if stat.S_ISDIR(state) else part
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
    try:
        return request()
    except (AlteredFile, Unreachable, ProblemsFound):
        raise
    except Exception as error:  # noqa: BLE001 (see above: strangers' objects raise anything)
        raise _explain_refusal(f"{type(error).__name__}: {error}", str(error)) from None


def _explain_refusal(kind: str, said: str) -> Unreachable:
    for sign, *words in _REFUSALS:
        if re.search(sign, kind):
            return Unreachable(*words)
    return Unreachable(redact(said or kind))
