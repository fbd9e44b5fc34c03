"""Reach a scheduler of Dask: its address, the certificates that prove it, and a client for it.

A scheduler of Dask lets everybody who reaches it run any code on its workers, and a worker's answer
becomes a page: so only addresses with certificates are taken.
"""

from __future__ import annotations

import logging
from contextlib import suppress
from importlib.util import find_spec
from typing import Any
from urllib.parse import urlsplit

from stopjihad.problem import Problem, ProblemsFound

ANSWER = 10
"""Seconds in which a scheduler must answer, and a first worker must be there."""

_OURS = {
    "distributed.admin.large-graph-warning-threshold": "1GB",
    "distributed.admin.low-level-log-length": 10,
}
"""Settings of Dask. It warns of large tasks; inputs are sent with their batch on purpose. And it
keeps, for people who look for its faults, the last messages that were sent, 1,000 unless told: with
inputs in them, hundreds of megabytes."""


def scheduler_address(url: str) -> str:
    """Read the address of a scheduler.

    Raises:
        ProblemsFound: ``executor-address``.
    """
    scheme, _, place = url.partition("://")
    with suppress(ValueError):
        parts = urlsplit(f"//{place}")
        if parts.hostname and parts.port and parts.netloc == place and "@" not in place:
            if scheme == "tls":
                return url
            message = f"nothing proves who answers at {url}"
            hint = "use certificates, tls://HOST:PORT; or on this machine alone: --machines 2"
            raise ProblemsFound((_address(message, hint),))
    message = f"'{url}' is no address of a scheduler"
    raise ProblemsFound((_address(message, "write tls://HOST:8786"),))


def _address(message: str, hint: str) -> Problem:
    return Problem(code="executor-address", message=message, hint=hint)


def connect_to(address: str, security: Any = None) -> Any:
    """Connect to a scheduler.

    Args:
        security: certificates, as ``distributed.Security``; those of the environment if not given.

    Returns:
        A client of Dask that makes no objects of what it is sent.

    Raises:
        ProblemsFound: ``executor-address``, ``executor-missing`` or ``executor-silent``.
    """
    require_dask("--executor")
    import dask
    from distributed import Client
    from distributed.security import Security

    from stopjihad.build.work import driver_comm

    for name in list(logging.root.manager.loggerDict):  # what matters is said by us
        if name.partition(".")[0] in {"asyncio", "distributed", "tornado"}:
            logging.getLogger(name).setLevel(logging.CRITICAL)
    dask.config.set(_OURS)
    driver_comm.register()
    security = security or Security(require_encryption=True)
    if security.get_connection_args("client")["ssl_context"] is None:
        message = f"there are no certificates for {address}"
        hint = "set DASK_DISTRIBUTED__COMM__TLS__CA_FILE and its like: docs/machines.md"
        raise ProblemsFound((_address(message, hint),))
    place = address.replace("tls://", f"{driver_comm.SCHEME}://", 1)
    try:
        return Client(
            place,
            timeout=ANSWER,
            set_as_default=False,
            security=security,
            deserializers=["msgpack"],
            direct_to_workers=False,
        )
    except Exception as error:  # noqa: BLE001 - of the network, or of whoever answers there
        message = f"no scheduler answers at {address}: {words_of(error)}"
        raise ProblemsFound((silent_scheduler(message),)) from None


def require_dask(option: str) -> None:
    """Refuse an ``option`` whose packages are not installed: ``executor-missing``."""
    if find_spec("distributed") is None or find_spec("cryptography") is None:
        message = f"{option} needs the packages 'distributed' and 'cryptography'"
        hint = "pip install 'stopjihad[machines]'"
        found = Problem(code="executor-missing", message=message, hint=hint)
        raise ProblemsFound((found,))


def silent_scheduler(message: str) -> Problem:
    """Say in one line that a scheduler or its workers do not answer."""
    hint = "see that scheduler and workers run, then build again: docs/machines.md"
    return Problem(code="executor-silent", message=message, hint=hint)


def words_of(error: BaseException) -> str:
    """Give the words of an error on one line, at most 200 characters."""
    return " ".join(str(error).split())[:200] or type(error).__name__
