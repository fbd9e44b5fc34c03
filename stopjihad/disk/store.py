"""Keep bytes that are costly to make under the key of what makes them; here, or shared.

`Store` is this user's own. One file for each key, because creating files is what a store costs on
a disk (measured on ext4: 0.1 to 0.5 ms each). A file holds a signature of its key and content
before the content and is verified whenever it is read: what is flipped, cut, emptied, exchanged for
another or written by anybody else counts as missing and is made again. Several processes may use
one store at once: every file appears whole, by a rename.

`SharedStore` is a folder that several machines see, or a bucket. Others may be able to write there,
too. So each thing is sealed with a secret that only the driver and the workers it trusts know; what
is damaged, exchanged or sealed by anybody else is not there, and is written anew. Each secret has a
folder of its own: two teams in one bucket never meet.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import os
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.disk import kernel
from stopjihad.disk.user_key import SIGNATURE_BYTES, is_signed, sign
from stopjihad.problem import Problem, ProblemsFound

DEFAULT_LIMIT = 2_000_000_000
"""Bytes that `Store.prune` leaves by default: about 60,000 share images of 30 KB."""


class StoredFile(NamedTuple):
    """Describe one file of the store: when it was written, its bytes, its folder and name."""

    written: int
    size: int
    folder: str
    name: str


_LARGE = 1 << 20


class Store:
    """Find bytes again by key."""

    def __init__(self, root: Path) -> None:
        """Use a folder, which need not exist yet."""
        self.root = root

    def get(self, key: str) -> bytes | None:
        """Find bytes by key.

        Args:
            key: letters, digits or hyphens, such as a step key.

        Returns:
            The bytes, or None when they are missing or damaged.
        """
        kept = disk.read(self._path(key))
        if not kept:
            return None
        data = kept[SIGNATURE_BYTES:]
        return data if is_signed("store", _digest(key, data), kept[:SIGNATURE_BYTES]) else None

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, if the disk takes them.

        A store only saves time: when it is full or read-only, nothing is kept and nothing is said.
        """
        signature = sign("store", _digest(key, data))
        large = len(data) > _LARGE  # is not copied; another write costs more than to copy a little
        parts = (signature, data) if large else (signature + data,)
        with contextlib.suppress(OSError):
            disk.replace(self._path(key), *parts)

    def prune(self, limit: int = DEFAULT_LIMIT) -> int:
        """Remove what was written longest ago until the store is small enough.

        Nothing breaks when another process prunes or builds meanwhile: what is gone is made again.

        Args:
            limit: bytes that may stay.
        """
        try:
            root = disk.hold(str(self.root))
        except OSError:
            return 0
        with root, disk.HeldPath(root) as way:
            kept = sorted(_files(way))
            total = sum(entry.size for entry in kept)
            removed = 0
            for entry in kept:
                if total - removed <= limit:
                    break
                with contextlib.suppress(OSError):
                    way.to(entry.folder).unlink(entry.name)
                    removed += entry.size
        return removed

    def _path(self, key: str) -> str:
        return os.path.join(self.root, key[:1], key)


def _files(way: disk.HeldPath) -> Iterator[StoredFile]:
    for folder in ("", *(one.name for one in way.to("").entries() if one.is_folder)):
        with contextlib.suppress(OSError):
            here = way.to(folder)
            for name in [one.name for one in here.entries() if not one.is_folder]:
                state = here.stat(name)
                yield StoredFile(state.st_mtime_ns, state.st_size, folder, name)


def _digest(key: str, data: bytes) -> bytes:
    """Cover the key too, so that two files that were exchanged are noticed."""
    digest = hashlib.sha256(key.encode())
    digest.update(data)
    return digest.digest()


SECRET_VARIABLE = "STOPJIHAD_STORE_KEY"  # noqa: S105 - the name of a variable
"""Holds what several people, or machines without a home folder, seal with together."""

LEAST_LETTERS = 32
"""Shortest text that is taken from the variable: 128 bits as hexadecimal digits."""

AT_ONCE = 16
"""Requests to a bucket at a time: one takes 4 ms against a server on loopback (measured)."""

_SEAL_BYTES = 32
_PERSON = b"sj-shared"


class StoreAddress(msgspec.Struct, frozen=True):
    """Say where a shared store is, and the secret that seals what is kept there.

    Workers are sent it with their work: it never shows up in their logs.
    """

    url: str
    secret: bytes

    def __repr__(self) -> str:
        """Give the place without the secret."""
        return f"StoreAddress({self.url!r})"


def store_address(place: str) -> StoreAddress:
    """Read what ``--store`` takes.

    Args:
        place: a folder, or ``s3://BUCKET/FOLDER``.

    Raises:
        ProblemsFound: ``store-address``.
    """
    url = place if "://" in place else f"file://{os.path.abspath(place)}"
    if not place or url.partition("://")[0] not in {"file", "s3"}:
        message = f"'{place}' is no place for a shared store"
        raise ProblemsFound((_wrong(message, "name a folder, or s3://BUCKET/FOLDER"),))
    given = os.environ.get(SECRET_VARIABLE, "")
    if given and len(given) < LEAST_LETTERS:
        message = f"{SECRET_VARIABLE} is too short to be a secret"
        raise ProblemsFound((_wrong(message, "make one: openssl rand -hex 32"),))
    digest = hashlib.sha256(f"{given}\0store".encode()).digest()
    return StoreAddress(url, digest if given else sign("shared", digest))


def _wrong(message: str, hint: str) -> Problem:
    return Problem(code="store-address", message=message, hint=hint)


class SharedStore:
    """Find bytes again by key, on any machine; the first one put under a key stays."""

    def __init__(self, address: StoreAddress) -> None:
        """Prepare requests; none is made yet.

        Raises:
            ProblemsFound: ``store-missing`` without the package that speaks to stores,
                ``store-address`` when it cannot be used.
        """
        try:
            import obstore
            from obstore import exceptions
            from obstore.store import LocalStore, from_url
        except ImportError:
            message = "--store needs the package 'obstore'"
            hint = "pip install 'stopjihad[machines]'"
            found = Problem(code="store-missing", message=message, hint=hint)
            raise ProblemsFound((found,)) from None
        kernel.share_arena()  # obstore reads in threads of its own, and who writes in others
        self._api, self._errors = obstore, exceptions
        self._secret = address.secret
        own = hashlib.blake2b(b"folder", key=address.secret, digest_size=10, person=_PERSON)
        self._folder = own.hexdigest()
        self.local = address.url.startswith("file://")
        self._root = address.url.removeprefix("file://")
        try:
            if self.local:
                self._store: Any = LocalStore(self._root, mkdir=True)
            else:
                self._store = from_url(address.url, **_options())
        except (exceptions.BaseError, OSError, ValueError) as error:
            message = f"the store {address.url} cannot be used: {_line(error)}"
            hint = "see that it is there and may be written"
            raise ProblemsFound((_wrong(message, hint),)) from None

    def get(self, key: str) -> bytes | None:
        """Find bytes by key.

        Args:
            key: letters and digits, such as a step key.

        Returns:
            The bytes, or None when they are missing, damaged or not sealed by us.
        """
        found = self._read(self._path(key))
        if found is None:
            return None
        kept = memoryview(found)
        seal, data = bytes(kept[:_SEAL_BYTES]), kept[_SEAL_BYTES:]
        return bytes(data) if hmac.compare_digest(self._seal(key, data), seal) else None

    def _read(self, path: str) -> Any:
        """Read what is there; in a folder files alone: a pipe never ends, a link leads away."""
        if self.local:
            return disk.read_below(self._root, path)
        try:
            return self._api.get(self._store, path).bytes()
        except (self._errors.BaseError, OSError):
            return None

    def get_all(self, keys: Sequence[str]) -> list[bytes | None]:
        """Find several things, from a bucket at the same time; in the order of ``keys``."""
        if self.local or len(keys) < 2:
            return [self.get(key) for key in keys]
        from concurrent.futures import ThreadPoolExecutor

        with ThreadPoolExecutor(min(AT_ONCE, len(keys))) as threads:
            return list(threads.map(self.get, keys))

    def put(self, key: str, data: bytes) -> None:
        """Keep bytes under a key, if the store takes them: it only saves time."""
        self.keep(key, data)

    def keep(self, key: str, data: bytes) -> bool:
        """Keep ``data`` under ``key``; tell whether something is there now that is believed."""
        sealed = self._seal(key, data) + data
        try:
            self._write(key, sealed, "create")
        except self._errors.AlreadyExistsError:
            if self.get(key) is not None:
                return True
        except (self._errors.BaseError, OSError):
            return False
        else:
            return True
        try:  # what is there is not ours, or damaged
            self._write(key, sealed, "overwrite")
        except (self._errors.BaseError, OSError):
            return False
        return True

    def require(self) -> None:
        """Try to write.

        Raises:
            ProblemsFound: ``store-address`` when it cannot be written.
        """
        try:
            self._write("0" * 64, b"", "overwrite")
        except (self._errors.BaseError, OSError) as error:
            message = f"the store cannot be written: {_line(error)}"
            hint = "see that it is there, and that its credentials are in the environment"
            raise ProblemsFound((_wrong(message, hint),)) from None

    def _write(self, key: str, data: bytes, mode: Any) -> None:
        self._api.put(self._store, self._path(key), data, mode=mode, use_multipart=False)

    def _path(self, key: str) -> str:
        return f"{self._folder}/{key[:2]}/{key}"

    def _seal(self, key: str, data: bytes | memoryview) -> bytes:
        """Cover the key too, so that two things that were exchanged are noticed."""
        digest = hashlib.sha256(key.encode() + b"\0")
        digest.update(data)
        return hashlib.blake2b(
            digest.digest(), digest_size=_SEAL_BYTES, key=self._secret, person=_PERSON
        ).digest()


def _options() -> dict[str, Any]:
    """Say how a bucket is asked; credentials and region come from the environment."""
    endpoint = os.environ.get("AWS_ENDPOINT_URL", "")
    http = endpoint.startswith(("http://127.0.0.1", "http://localhost", "http://[::1]"))
    return {
        "client_options": {"allow_http": http, "timeout": "30s", "connect_timeout": "10s"},
        "retry_config": {"max_retries": 3},
    }


def _line(error: Exception) -> str:
    return str(error).split("\n", 1)[0][:200]


@cache
def open_shared(address: StoreAddress) -> SharedStore:
    """Open a shared store, once in each process.

    Raises:
        ProblemsFound: as ``SharedStore``.
    """
    return SharedStore(address)
