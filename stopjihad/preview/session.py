"""Let in whoever has the address that the terminal shows: a token once, then a cookie.

Cookies do not know ports: a browser sends the cookie of ``127.0.0.1`` to every web server at that
address, other people's too. So each run has a host name of its own, which nobody can guess and the
browser tells nobody else. Chromium and Firefox look names under ``.localhost`` up themselves and
never ask the network (RFC 6761, section 6.3).
"""

from __future__ import annotations

import secrets
import threading

BYTES = 32
"""Random bytes of a token and of a session: 256 bits, as the module `secrets` advises."""

NAME_BYTES = 16
"""Random bytes of the host name: 128 bits; a label of a name has at most 63 letters."""


class Session:
    """Hold the secrets of one run of the studio, and the addresses made of them."""

    def __init__(self, port: int, *, numeric: bool = False) -> None:
        """Choose secrets.

        Args:
            port: port that browsers name.
            numeric: whether the studio goes by ``127.0.0.1`` instead of a name of its own.
        """
        self.secret = secrets.token_urlsafe(BYTES)
        name = "127.0.0.1" if numeric else f"{secrets.token_hex(NAME_BYTES)}.localhost"
        self.host = name if port == 80 else f"{name}:{port}"
        self._token = secrets.token_urlsafe(BYTES)
        self._lock = threading.Lock()

    @property
    def token(self) -> str:
        """Give the token of the next opening address."""
        return self._token

    @property
    def opening(self) -> str:
        """Give the address that lets the next browser in."""
        return f"http://{self.host}/open/{self._token}"

    def knows(self, token: str) -> bool:
        """Tell whether a token would let a browser in; it is not used up."""
        return secrets.compare_digest(token.encode("utf-8", "replace"), self._token.encode())

    def use(self, token: str) -> bool:
        """Let a browser in.

        Args:
            token: what its address says.

        Returns:
            True once for each token; the next browser needs the next one.
        """
        with self._lock:
            if not self.knows(token):
                return False
            self._token = secrets.token_urlsafe(BYTES)
            return True
