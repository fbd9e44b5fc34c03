"""Let in whoever has the address that the terminal shows: a token once, then a cookie."""

from __future__ import annotations

import secrets
import threading

BYTES = 32
"""Random bytes of a token and of a session: 256 bits, as the module `secrets` advises."""


class Session:
    """Hold the secret of one run of the studio."""

    def __init__(self) -> None:
        """Choose secrets."""
        self.secret = secrets.token_urlsafe(BYTES)
        self._token = secrets.token_urlsafe(BYTES)
        self._lock = threading.Lock()

    @property
    def token(self) -> str:
        """Give the token of the next opening address."""
        return self._token

    def use(self, token: str) -> bool:
        """Let a browser in.

        Args:
            token: what its address says.

        Returns:
            True once for each token; the next browser needs the next one.
        """
        with self._lock:
            if not secrets.compare_digest(token.encode("utf-8", "replace"), self._token.encode()):
                return False
            self._token = secrets.token_urlsafe(BYTES)
            return True
