"""Keep two publishers apart: one holds a lease on the target, renews it, and stops when it is lost.

A publisher that was killed leaves its lease. The next one of the same workspace knows it by its
number and goes on at once; others wait until it was not renewed for `LEASE` seconds.
"""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Collection

import msgspec

from stopjihad.publish.destination import AlteredFile, Destination, TakenFile
from stopjihad.publish.schema import LEASE_BYTES, Count, IdOrNone, Moment, NonceOrNone, decode
from stopjihad.publish.site_record import PRIVATE_HEADERS

NAME = "lease.json"
ROOMS = "rooms"
"""Folder in which each publisher begins its writes, where a target knows no conditions."""

LEASE = 120.0
"""Seconds after which a lease that nobody renewed counts for nothing."""

RENEWAL = 15.0
"""Seconds after which the next request renews the lease first: no request can follow a lease that
another publisher may have taken."""

AHEAD = 600.0
"""Seconds by which the clock of another publisher may be ahead of ours."""

Clock = Callable[[], float]


class Lease(msgspec.Struct, frozen=True, kw_only=True):
    """Say who is publishing what.

    Attributes:
        nonce: random number of the publisher.
        release: id of what is being published.
        since: Unix time of the start, in seconds.
        renewed: Unix time of the last renewal, in seconds.
        done: how many uploads, in their order, are finished.
    """

    nonce: NonceOrNone
    release: IdOrNone
    since: Moment
    renewed: Moment
    done: Count = 0


class TargetBusy(Exception):
    """Say that another publisher is at work."""

    def __init__(self, lease: Lease) -> None:
        """Keep their lease."""
        super().__init__(lease.release)
        self.lease = lease


class Unconditional(Exception):
    """Say that a store takes no conditions: two publishers could mix their sites there."""


def find(place: Destination, state: str) -> Lease | None:
    """Read the lease on a target.

    Returns:
        The lease; None when there is none.
    """
    found = place.read(f"{state}/{NAME}", LEASE_BYTES)
    return _decode_lease(found.data) if found else None


class HeldLease:
    """The lease on a target while a block runs; it stays when the block is cut short."""

    def __init__(
        self, place: Destination, state: str, lease: Lease, clock: Clock = time.time
    ) -> None:
        """Start without the lease; ``lease`` is what shall stand there."""
        self._place, self._path, self._lease, self._clock = place, f"{state}/{NAME}", lease, clock
        self._tag = ""
        self._at = 0.0
        self._lock = threading.Lock()
        self._finished: set[int] = set()

    def take(self, known: Collection[str], *, force: bool) -> Lease | None:
        """Take the lease.

        Args:
            known: numbers of our own publishers that did not come to their end.
            force: whether to take it from another publisher.

        Returns:
            The lease of a publication that was cut short; None when there is none.

        Raises:
            Leased: another publisher holds it.
            Unconditional: the store takes no conditions.
        """
        if not self._place.conditional:
            self._place.fence(self._rooms, "")
        found = self._place.read(self._path, LEASE_BYTES)
        theirs = None
        try:
            if found is None:
                self._tag = self._place.create(self._path, self._encode_lease(), PRIVATE_HEADERS)
            else:
                theirs = _decode_lease(found.data)
                if not (self._is_over(theirs) or force or theirs.nonce in known):
                    raise TargetBusy(theirs)
                self._tag = self._place.replace(
                    self._path, self._encode_lease(), PRIVATE_HEADERS, found.tag
                )
        except (TakenFile, AlteredFile):
            raise TargetBusy(find(self._place, self._path.rpartition("/")[0]) or NOBODY) from None
        self._at = self._clock()
        if self._place.conditional:
            self._try_conditions()
        else:
            self._place.fence(self._rooms, self._lease.nonce)
        return theirs

    def check(self) -> None:
        """Renew the lease when it is time; call it before each request that changes something.

        Raises:
            Leased: another publisher took it.
        """
        with self._lock:
            if abs(self._clock() - self._at) > RENEWAL:
                self._renew()

    def finish(self, number: int) -> None:
        """Note that an upload is finished; ``number`` is its place in their order, from 0."""
        with self._lock:
            self._finished.add(number)

    def let_go(self) -> None:
        """Remove the lease."""
        self._place.remove(self._path)
        if not self._place.conditional:
            self._place.fence(self._rooms, "")
            self._place.prune(f"{self._rooms}/{self._lease.nonce}")

    @property
    def _rooms(self) -> str:
        return f"{self._path.rpartition('/')[0]}/{ROOMS}"

    def _is_over(self, other: Lease) -> bool:
        """Tell whether nobody renewed a lease for long; one from the future was never true.

        Who holds it all the same is shut out before anything is written: nothing can mix.
        """
        age = self._clock() - other.renewed
        return age > LEASE or age < -AHEAD

    def _renew(self) -> None:
        done = self._lease.done
        while done in self._finished:
            done += 1
        self._lease = msgspec.structs.replace(self._lease, done=done, renewed=self._clock())
        try:
            self._tag = self._place.replace(
                self._path, self._encode_lease(), PRIVATE_HEADERS, self._tag
            )
        except AlteredFile:
            folder = self._path.rpartition("/")[0]
            raise TargetBusy(find(self._place, folder) or NOBODY) from None
        self._at = self._clock()

    def _try_conditions(self) -> None:
        try:
            self._place.create(self._path, self._encode_lease(), PRIVATE_HEADERS)
        except TakenFile:
            return
        self.let_go()
        raise Unconditional

    def _encode_lease(self) -> bytes:
        return msgspec.json.encode(self._lease)


NOBODY = Lease(nonce="", release="", since=0, renewed=0)


def _decode_lease(data: bytes) -> Lease:
    """Decode a lease; a damaged one is of nobody and long ago."""
    return decode(data, Lease, LEASE_BYTES) or NOBODY
