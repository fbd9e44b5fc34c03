"""Publish into a bucket of S3 or of a service that speaks its language.

Arguments are those of ``destination``: ``path``, ``most``, ``data``, ``headers``, ``tag``, ``new``,
``name``, ``to``.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import hashlib
import http.client
import os
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from functools import partial
from typing import Any, Literal, TypeVar

from stopjihad import disk
from stopjihad.model.targets import StoreTarget
from stopjihad.publish.clock import ask_clock
from stopjihad.publish.destination import (
    ANY,
    LARGEST,
    AlteredFile,
    Content,
    LostConnection,
    Pieces,
    ReadBack,
    TakenFile,
    TargetFile,
    Unreachable,
    look_at,
    pieces_of,
    redact,
)

T = TypeVar("T")

CREDENTIALS = (
    "AWS_ACCESS_KEY_ID",
    "AWS_WEB_IDENTITY_TOKEN_FILE",
    "AWS_CONTAINER_CREDENTIALS_RELATIVE_URI",
    "AWS_CONTAINER_CREDENTIALS_FULL_URI",
)
"""Variables of which one says where credentials come from."""

PATIENCE = 30.0
"""Seconds for which a store may say nothing while a large file goes up or is read back."""

SLOWEST = 120.0
"""Seconds that a request may take as a whole: 16 MiB go up at a time, at 1.1 Mbit a second."""

SIGNED = 3600
"""Seconds for which the address holds to which a large file goes up: it must begin by then."""

PAUSES = (0.2, 0.5, 1.0, 2.0, 5.0)
"""Seconds to wait before a request that failed is made again; then no more. The library itself
makes none again whose answer was lost if it has a condition, and those are nearly all."""


class BucketDestination:
    """Keep files in a bucket; conditions are those of the service (If-Match, If-None-Match)."""

    parallel = 16
    conditional = True
    headed = True

    def __init__(self, target: StoreTarget) -> None:
        """Prepare requests; none is made yet.

        Raises:
            Unreachable: there are no credentials in the environment.
        """
        import obstore
        from obstore.store import S3Store

        if not any(os.environ.get(name) for name in CREDENTIALS):
            raise Unreachable("no credentials: set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY")
        local = bool(target.endpoint and target.endpoint.startswith("http://"))
        self._api = obstore
        where: Any = {"endpoint": target.endpoint} if target.endpoint else {}
        self._store = S3Store(
            target.bucket,
            region=target.region,
            client_options={
                "allow_http": local,
                "timeout": f"{SLOWEST:.0f}s",
                "connect_timeout": "10s",
            },
            retry_config={"max_retries": 0},
            **where,
        )

    def read(self, path: str, most: int = LARGEST) -> TargetFile | None:
        """Read a file."""

        def get() -> TargetFile:
            found = self._api.get(self._store, path)
            headers = {str(name): str(value) for name, value in found.attributes.items()}
            data = bytes(found.bytes()) if found.meta["size"] <= most else b""
            return TargetFile(data, found.meta["e_tag"] or "", headers)

        try:
            return self._ask_again(get, path)
        except FileNotFoundError:
            return None

    def look(self, path: str) -> ReadBack | None:
        """Read a file back."""

        def get() -> ReadBack:
            with self._open_answer("GET", path) as answer:
                told = ((name, answer.headers[name]) for name in ("Content-Type", "Cache-Control"))
                said = {name: value for name, value in told if value}
                return look_at(iter(partial(answer.read, disk.PIECE), b""), said)

        try:
            return self._ask_again(get, path)
        except FileNotFoundError:
            return None

    def create(self, path: str, data: Content, headers: Mapping[str, str]) -> str:
        """Write a file that must not be there."""
        return self._put(path, data, headers, "create")

    def replace(self, path: str, data: Content, headers: Mapping[str, str], tag: str) -> str:
        """Write a file in place of another."""
        return self._put(path, data, headers, "overwrite" if tag == ANY else {"e_tag": tag})

    def copy(self, path: str, new: str) -> None:
        """Copy a file inside the store, with its headers."""
        try:
            self._ask_again(lambda: self._api.copy(self._store, path, new), path)
        except FileNotFoundError:
            return

    def remove(self, path: str) -> None:
        """Remove a file."""
        try:
            self._ask_again(lambda: self._api.delete(self._store, path), path)
        except FileNotFoundError:
            return

    def tags(self, below: str) -> dict[str, str] | None:
        """Give the tags of all files: one request for a thousand."""
        return {
            path.removeprefix(below): tag
            for path, tag in self._list_below(below)
            if path.startswith(below)
        }

    def tag_of(self, data: Content) -> str:
        """Give the tag that a store gives to what went up in one request: its MD5."""
        digest = hashlib.md5(usedforsecurity=False)
        for piece in pieces_of(data):
            digest.update(piece)
        return f'"{digest.hexdigest()}"'

    def names(self, folder: str) -> list[str]:
        """List the names in a folder."""
        base = f"{folder}/"
        return sorted({path[len(base) :].partition("/")[0] for path, _ in self._list_below(base)})

    def prune(self, folder: str) -> None:
        """Remove everything below a folder."""
        for path, _ in self._list_below(f"{folder}/"):
            self.remove(path)

    def lead(self, name: str, to: str) -> None:
        """Refuse: a bucket has no links."""
        raise Unreachable(f"a bucket cannot lead from {name} to {to}")

    def leads_to(self, _name: str) -> str:
        """Give nothing: a bucket has no links."""
        return ""

    def fence(self, _rooms: str, _mine: str) -> None:
        """Do nothing: conditions keep others out."""

    def clock(self, folder: str) -> float | None:
        """Give the clock of the service, as it says with any answer."""
        limit = dt.timedelta(seconds=SIGNED)
        return ask_clock(self._api.sign(self._store, "HEAD", f"{folder}/clock", limit))

    def close(self) -> None:
        """Do nothing: connections end by themselves."""

    def _put(self, path: str, data: Content, headers: Mapping[str, str], mode: Any) -> str:
        tries = 0

        def put() -> str:
            nonlocal tries
            tries += 1
            if isinstance(data, Pieces):
                return self._send_file(path, data, headers, mode)
            given = self._api.put(
                self._store,
                path,
                data,
                attributes=dict(headers),
                mode=mode,
                use_multipart=False,
            )
            return given["e_tag"] or ""

        try:
            return self._ask_again(put, path)
        except (TakenFile, AlteredFile):
            there = self.read(path, 0) if tries > 1 else None
            if there is not None and there.tag == self.tag_of(data):
                return there.tag  # it went up, and the answer was lost
            raise

    def _send_file(self, path: str, data: Pieces, headers: Mapping[str, str], mode: Any) -> str:
        """Write a large file as it is read: the library takes only all of it for one request."""
        conditions = {"create": {"If-None-Match": "*"}, "overwrite": {}}
        wanted = {"If-Match": mode["e_tag"]} if isinstance(mode, dict) else conditions[mode]
        told = {**headers, **wanted, "Content-Length": str(data.size)}
        conflict = TakenFile if mode == "create" else AlteredFile
        with self._open_answer("PUT", path, data.begin(), told, conflict) as answer:
            return str(answer.headers["ETag"] or "")

    @contextlib.contextmanager
    def _open_answer(
        self,
        method: Literal["GET", "PUT"],
        path: str,
        data: Iterator[bytes] | None = None,
        headers: Mapping[str, str] | None = None,
        conflict: type[Exception] = AlteredFile,
    ) -> Iterator[http.client.HTTPResponse]:
        """Ask for a file that is not held whole; a slow network has as long as it goes on."""
        where = self._api.sign(self._store, method, path, dt.timedelta(seconds=SIGNED))
        asked = urllib.request.Request(  # noqa: S310 (an address of the library's own)
            where, method=method, data=data, headers=dict(headers or {})
        )
        try:
            with urllib.request.urlopen(asked, timeout=PATIENCE) as answer:  # noqa: S310
                yield answer
        except urllib.error.HTTPError as error:
            error.close()
            if error.code in {409, 412}:
                raise conflict(path) from None
            if error.code in {401, 403}:
                raise Unreachable("it does not accept these credentials for this bucket") from None
            if error.code == 404:
                raise FileNotFoundError(path) from None
            raise LostConnection(f"it answered {error.code}") from None
        except (OSError, http.client.HTTPException) as error:
            raise LostConnection(redact(str(error))) from None

    def _list_below(self, below: str) -> list[tuple[str, str]]:
        def collect() -> list[tuple[str, str]]:
            chunks = self._api.list(self._store, below.rstrip("/") or None)
            return [(item["path"], item["e_tag"] or "") for chunk in chunks for item in chunk]

        return self._ask_again(collect, below)

    def _ask_again(self, request: Callable[[], T], path: str) -> T:
        """Make a request, again when the connection was lost."""
        for pause in PAUSES:
            with contextlib.suppress(LostConnection):
                return self._asked_once(request, path)
            time.sleep(pause)
        return self._asked_once(request, path)

    def _asked_once(self, request: Callable[[], T], path: str) -> T:
        from obstore import exceptions

        try:
            return request()
        except (FileNotFoundError, Unreachable):
            raise
        except exceptions.AlreadyExistsError:
            raise TakenFile(path) from None
        except exceptions.PreconditionError:
            raise AlteredFile(path) from None
        except (exceptions.PermissionDeniedError, exceptions.UnauthenticatedError):
            raise Unreachable("it does not accept these credentials for this bucket") from None
        except (exceptions.BaseError, OSError) as error:
            raise LostConnection(redact(str(error))) from None
