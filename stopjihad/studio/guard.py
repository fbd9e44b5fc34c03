"""Stand before the studio: who may ask, from where, and what every answer carries.

The rules are those of Datasette's protection against forged requests (origin and fetch metadata,
no hidden form fields), made stricter: they hold for reading too, because a campaign's drafts are
nobody else's business.

The address that the terminal shows lets a browser in: its token once, then a cookie.
Cookies do not know ports: a browser sends the cookie of ``127.0.0.1`` to every web server at that
address, other people's too. So each studio has a host name of its own, which nobody can guess and
the browser tells nobody else. The name comes from the user's key, the workspace and the port: a
page that stays open while the studio is started again finds it, with what is typed in it, and goes
on when the browser is let in once more. The cookie is new at each start: an open page asks on after
the end of the studio, and tells its cookie to whoever takes the port then. It believes no answer of
theirs: answers to a browser that was let in carry a countersign, which is in each page, and which
no browser ever sends. Chromium and Firefox look names under ``.localhost`` up themselves and never
ask the network (RFC 6761, section 6.3).
"""

from __future__ import annotations

import hashlib
import secrets
import threading
from collections.abc import Iterable
from html import escape
from pathlib import Path
from typing import NamedTuple

from starlette.types import ASGIApp, Message, Receive, Scope, Send

from stopjihad.disk import user_key

OWN = frozenset({b"same-origin", b"none"})
"""Values of Sec-Fetch-Site that are ours: our pages, or an address that a person typed."""

READING = frozenset({"GET", "HEAD"})
WRITING = READING | {"POST"}

NOTHING_ALLOWED = "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
"""Content security policy of every answer that brings none of its own."""

HEADERS = (
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"no-referrer"),
    (b"cache-control", b"no-store"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)
"""Headers of every answer (security reference S2)."""

COUNTERSIGN = b"studio"
"""Header of every answer to a browser that was let in: `Session.countersign`."""


class Rules(NamedTuple):
    """Say what is let through.

    Attributes:
        hosts: exact values of the Host header, in small letters.
        cookie: name of the session's cookie.
        session: its value.
        methods: methods that are answered.
        countersign: by which open pages know the studio.
    """

    hosts: frozenset[bytes]
    cookie: bytes
    session: bytes
    methods: frozenset[str]
    countersign: bytes


class Refusal(NamedTuple):
    """An answer that the guard gives itself."""

    status: int
    words: bytes
    headers: tuple[tuple[bytes, bytes], ...] = ()


UNKNOWN = (
    "This browser does not know the studio yet, or no longer.",
    "Ce navigateur ne connaît pas encore le studio, ou ne le connaît plus.",
)
USED = (
    "This address was used already: it lets one browser in, once.",
    "Cette adresse a déjà servi : elle n’ouvre qu’à un navigateur, une seule fois.",
)
_AGAIN = (
    "Start the studio once more, where you started it or with {command}: it opens as you left it.",
    "Démarrez-le une nouvelle fois, de là où il l’était ou avec {command} : rien n’est perdu.",
)


def closed_page(why: tuple[str, str]) -> bytes:
    """Say in English and French that a browser was not let in, and how it is let in."""
    command = "<code>stopjihad preview --open</code>"
    said = "".join(
        f'<div lang="{lang}"><h1>{escape(reason)}</h1><p>{way.format(command=command)}</p></div>'
        for lang, reason, way in zip(("en", "fr"), why, _AGAIN, strict=True)
    )
    head = '<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
    return f'<!doctype html><html lang="en">{head}<title>Studio</title>{said}</html>'.encode()


class Guard:
    """Refuse what is not ours, and give every answer its headers."""

    def __init__(self, app: ASGIApp, rules: Rules) -> None:
        """Stand before ``app``."""
        self._app, self._rules = app, rules

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "lifespan":
            await self._app(scope, receive, send)
            return
        if scope["type"] != "http":
            return
        begun, known = False, self._knows(_Headers(scope["headers"]))

        async def send_guarded(message: Message) -> None:
            nonlocal begun
            if message["type"] == "http.response.start":
                begun = True
                given = [*message.get("headers", ())]
                given += [(COUNTERSIGN, self._rules.countersign)] if known else []
                message = {**message, "headers": with_headers(given)}
            await send(message)

        refusal = self.judge(scope)
        if refusal is not None:
            await _answer(refusal, scope, send_guarded)
            return
        try:
            await self._app(scope, receive, send_guarded)
        except Exception:
            if begun:
                raise
            # What went wrong inside stays inside: the page gets a sentence, never a traceback.
            await _answer(Refusal(500, b"The studio could not answer this."), scope, send_guarded)

    def judge(self, scope: Scope) -> Refusal | None:
        """Decide about a request.

        Returns:
            The refusal, or None when the request may pass.
        """
        headers = _Headers(scope["headers"])
        host = headers.all(b"host")
        if len(host) != 1 or host[0].lower() not in self._rules.hosts:
            return Refusal(421, b"This is not the address of the studio.")
        method = scope["method"]
        if method not in self._rules.methods:
            allow = ", ".join(sorted(self._rules.methods)).encode()
            return Refusal(405, b"The studio does not answer this method.", ((b"allow", allow),))
        if scope["path"].startswith("/open/") and method in READING:
            return None  # the token may come from anywhere: a file, a link in a mail
        if not _is_ours(headers, host[0].lower(), method):
            return Refusal(403, b"Only the studio's own pages may ask.")
        return None if self._knows(headers) else _unknown(headers)

    def _knows(self, headers: _Headers) -> bool:
        """Look for the session's cookie."""
        for line in headers.all(b"cookie"):
            for part in line.split(b";"):
                name, _, value = part.strip().partition(b"=")
                if name == self._rules.cookie and secrets.compare_digest(
                    value, self._rules.session
                ):
                    return True
        return False


class _Headers:
    """Look headers up, however many of a name there are."""

    def __init__(self, pairs: Iterable[tuple[bytes, bytes]]) -> None:
        self._pairs = tuple(pairs)

    def all(self, name: bytes) -> list[bytes]:
        return [value for key, value in self._pairs if key.lower() == name]


def _unknown(headers: _Headers) -> Refusal:
    """Refuse who has no cookie: a person with a page, a program with a sentence."""
    if b"text/html" in b",".join(headers.all(b"accept")):
        return Refusal(403, closed_page(UNKNOWN), ((b"content-type", b"text/html"),))
    return Refusal(403, UNKNOWN[0].encode())


def _is_ours(headers: _Headers, host: bytes, method: str) -> bool:
    """Tell whether a request comes from our own page, or from a person's own hand."""
    origins, sites = headers.all(b"origin"), headers.all(b"sec-fetch-site")
    if any(origin.lower() != b"http://" + host for origin in origins):
        return False
    if any(site not in OWN for site in sites):
        return False
    if method in READING:
        return True
    return len(origins) == 1 and b"none" not in sites


def with_headers(given: Iterable[tuple[bytes, bytes]]) -> list[tuple[bytes, bytes]]:
    """Add the headers that every answer carries.

    Returns:
        Headers with ours; a content security policy only where the answer has none.
    """
    fixed = {name for name, _ in HEADERS}
    kept = [(name, value) for name, value in given if name.lower() not in fixed]
    kept += HEADERS
    if not any(name.lower() == b"content-security-policy" for name, _ in kept):
        kept.append((b"content-security-policy", NOTHING_ALLOWED.encode()))
    return kept


async def _answer(refusal: Refusal, scope: Scope, send: Send) -> None:
    body = refusal.words + b"\n"
    headers = [(b"content-length", str(len(body)).encode()), *refusal.headers]
    if not any(name == b"content-type" for name, _ in headers):
        headers.append((b"content-type", b"text/plain; charset=utf-8"))
    await send({"type": "http.response.start", "status": refusal.status, "headers": headers})
    sent = b"" if scope["method"] == "HEAD" else body
    await send({"type": "http.response.body", "body": sent})


BYTES = 32
"""Random bytes of a token and of a session: 256 bits, as the module `secrets` advises."""

NAME_BYTES = 16
"""Bytes of the host name, which only this user's key makes: 128 bits; a label has at most 63
letters."""


class Session:
    """The secrets of a studio, and the addresses made of them."""

    def __init__(self, port: int, root: Path, *, numeric: bool = False) -> None:
        """Choose secrets.

        Args:
            numeric: whether the studio goes by ``127.0.0.1`` instead of a name of its own.
        """
        place = f"{port}\0{root}".encode(errors="surrogateescape")
        self.secret = secrets.token_urlsafe(BYTES)
        digest = hashlib.sha256(place).digest()
        own = user_key.sign("studio", digest)[:NAME_BYTES].hex()
        self.countersign = user_key.sign("countersign", digest)[:NAME_BYTES].hex()
        name = "127.0.0.1" if numeric else f"{own}.localhost"
        self.host = name if port == 80 else f"{name}:{port}"
        self._token = secrets.token_urlsafe(BYTES)
        self._lock = threading.Lock()

    @property
    def token(self) -> str:
        """Give the token of the next opening address."""
        return self._token

    @property
    def opening_address(self) -> str:
        """Give the address that lets the next browser in."""
        return f"http://{self.host}/open/{self._token}"

    def knows(self, token: str) -> bool:
        """Tell whether a token would let a browser in; it is not used up."""
        return secrets.compare_digest(token.encode("utf-8", "replace"), self._token.encode())

    def use(self, token: str) -> bool:
        """Let a browser in.

        Returns:
            True once for each token; the next browser needs the next one.
        """
        with self._lock:
            if not self.knows(token):
                return False
            self._token = secrets.token_urlsafe(BYTES)
            return True
