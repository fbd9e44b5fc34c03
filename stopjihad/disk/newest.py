"""Remember at home which of the things that this user signed is the newest in its place.

A signature says who wrote a thing, not when: an older one that somebody puts back is signed as
well. So the digest of the newest one lies beside the key, signed for its place, where nothing that
comes with a workspace or an output folder reaches it. A place without such a record has no newest
thing, whatever lies there.

Throughout, ``place``, and ``one`` and ``other`` of two, is the absolute path of a file or folder,
and ``digest`` names what lies there.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Iterator

from stopjihad.disk.anchor import hold
from stopjihad.disk.files import read, replace_in
from stopjihad.disk.user_key import SIGNATURE_BYTES, is_kept, is_signed, key_folder, sign

_FOLDER = "newest"
_MOST = 4
"""Digests that count at most: a process that is killed in the moment of an exchange leaves that of
before beside its own, until the next one comes to its end."""

_LARGEST = 1 << 12
"""Bytes of the largest record that is read."""


def is_newest(place: str, digest: str) -> bool:
    """Tell whether what lies in a place is what this user's program put there last.

    Where no key is kept, nothing that another process signed is believed anyway: then it is.
    """
    return not is_kept() or digest in _digests(_real(place))


@contextlib.contextmanager
def taking_place(place: str, digest: str) -> Iterator[None]:
    """Remember what takes a place while a block puts it there; until its end both count.

    Raises:
        OSError: the disk refuses; the block has not begun.
    """
    real = _real(place)
    _keep(real, (digest, *_digests(real)))
    yield
    with contextlib.suppress(OSError):  # it is there: the next one makes up for it
        _keep(real, (digest,))


@contextlib.contextmanager
def remember_exchange(one: str, other: str) -> Iterator[None]:
    """Remember that two places exchange what lies there, while a block does it.

    Raises:
        OSError: the disk refuses; the block has not begun.
    """
    places = _real(one), _real(other)
    first, second = (_digests(place) for place in places)
    _keep(places[0], (*second, *first))
    _keep(places[1], (*first, *second))
    yield
    with contextlib.suppress(OSError):
        _keep(places[0], second)
        _keep(places[1], first)


def forget_newest(place: str) -> None:
    """Let nothing that lies in a place be the newest."""
    if is_kept():
        with contextlib.suppress(FileNotFoundError), hold(_folder()) as folder:
            folder.forget(_name(_real(place)))


def _real(place: str) -> str:
    return os.path.realpath(place)


def _folder() -> str:
    return os.path.join(key_folder(), _FOLDER)


def _name(real: str) -> str:
    return hashlib.sha256(os.fsencode(real)).hexdigest()[:32]


def _digests(real: str) -> tuple[str, ...]:
    sealed = read(os.path.join(_folder(), _name(real)), _LARGEST) or b""
    signature, data = sealed[:SIGNATURE_BYTES], sealed[SIGNATURE_BYTES:]
    if not data or not is_signed("newest", _signed_place(real, data), signature):
        return ()
    return tuple(data.decode("ascii").split("\n"))


def _signed_place(real: str, data: bytes) -> bytes:
    """Bind a record to its place: that of another one is signed, too."""
    return hashlib.sha256(os.fsencode(real) + b"\0" + data).digest()


def _keep(real: str, digests: tuple[str, ...]) -> None:
    """Write a record; it must be on the disk before one thing takes the place of another."""
    if not is_kept():
        return
    known = tuple(dict.fromkeys(digests))[:_MOST]
    sync, data = len(known) > 1, "\n".join(known).encode("ascii")
    with hold(_folder(), make=True) as folder:
        replace_in(folder, _name(real), sign("newest", _signed_place(real, data)), data, sync=sync)
