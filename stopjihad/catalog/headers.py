"""What a web server says with each file of a site: its type, and how long it may be kept.

The one table for stores that take headers (``stopjihad.publish``), the file ``_headers`` and the
examples for servers (``render.page.site_files``).
"""

from __future__ import annotations

import re
from typing import NamedTuple

FOREVER = 31_536_000
"""Seconds of a year: a file whose name holds a hash of its content never changes."""


class FileKind(NamedTuple):
    """Say what holds for files of one kind.

    Attributes:
        name: for people.
        pattern: matches paths below ``site/``, with forward slashes.
        seconds: how long a copy may be shown without asking again.
        alert: the same while an alert runs.
    """

    name: str
    pattern: re.Pattern[str]
    seconds: int
    alert: int

    def cache_control(self, *, alert: bool = False) -> str:
        """Give the value of the header ``Cache-Control``."""
        seconds = self.alert if alert else self.seconds
        return f"public, max-age={seconds}" + (", immutable" if seconds >= FOREVER else "")


KINDS = (
    FileKind("asset", re.compile(r"^assets/.*\.[0-9a-f]{8,64}\.[a-z0-9]+$"), FOREVER, FOREVER),
    FileKind("signature", re.compile(r"\.minisig$"), 60, 30),
    FileKind("manifest", re.compile(r"^(manifest\.json|\.well-known/.*)$"), 60, 30),
    FileKind("alert", re.compile(r"(^|/)alert/|^cap\.xml$"), 30, 30),
    FileKind("feed", re.compile(r"(^|/)feed\.xml$|^kits/feed\.json$"), 60, 30),
    FileKind("picture", re.compile(r"\.(png|jpe?g|webp|avif|gif|svg|ico)$"), 3600, 300),
    FileKind("map", re.compile(r"^(sitemap\.xml|robots\.txt)$"), 3600, 300),
    FileKind(
        "download",
        re.compile(r"\.(zip|pdf|mp4|opus|srt|vtt|csv|xlsx|ics|txt|json|woff2?)$"),
        300,
        60,
    ),
    FileKind("page", re.compile(r"\.html$"), 300, 30),
    FileKind("other", re.compile(r""), 300, 30),
)
"""The first kind that matches a path holds."""

TYPES = {
    "css": "text/css; charset=utf-8",
    "csv": "text/csv; charset=utf-8",
    "gif": "image/gif",
    "html": "text/html; charset=utf-8",
    "ico": "image/x-icon",
    "ics": "text/calendar; charset=utf-8",
    "jpeg": "image/jpeg",
    "jpg": "image/jpeg",
    "js": "text/javascript; charset=utf-8",
    "json": "application/json",
    "minisig": "text/plain; charset=utf-8",
    "mp4": "video/mp4",
    "pdf": "application/pdf",
    "opus": "audio/ogg",
    "png": "image/png",
    "srt": "application/x-subrip; charset=utf-8",
    "svg": "image/svg+xml",
    "txt": "text/plain; charset=utf-8",
    "vtt": "text/vtt; charset=utf-8",
    "webp": "image/webp",
    "woff": "font/woff",
    "woff2": "font/woff2",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "xml": "application/xml; charset=utf-8",
    "zip": "application/zip",
}
"""Content type by ending, from the registry of media types (IANA); text is UTF-8, always."""

SPECIAL_TYPES = (
    (
        re.compile(r"(^|/)feed\.xml$|^kits/feed\.json$"),
        "application/atom+xml; charset=utf-8",
    ),  # RFC 4287
    (re.compile(r"(^|[./])cap\.xml$|\.cap$"), "application/cap+xml; charset=utf-8"),  # CAP 1.2
    (re.compile(r"^(_headers|nginx\.conf|\.htaccess)$"), "text/plain; charset=utf-8"),
)

SECURITY = (
    ("Referrer-Policy", "no-referrer"),
    ("X-Content-Type-Options", "nosniff"),
    ("X-Frame-Options", "DENY"),
    ("Cross-Origin-Opener-Policy", "same-origin"),
    (
        "Permissions-Policy",
        "camera=(), geolocation=(), microphone=(), payment=(), browsing-topics=()",
    ),
)
"""Headers of every answer; the content security policy comes before them."""


FRAMES = ":lang/embed/*"
"""What other sites may show in frames, and nothing else, as `HostRule` has patterns."""

FRAMED = "frame-ancestors *"
"""What the policy of these pages says besides that of every page."""


def kind_of(path: str) -> FileKind:
    """Give the kind of a file by its path below ``site/``."""
    return next(kind for kind in KINDS if kind.pattern.search(path))


def content_type(path: str) -> str:
    """Give the content type of a file by its path below ``site/``."""
    for pattern, value in SPECIAL_TYPES:
        if pattern.search(path):
            return value
    return TYPES.get(path.rpartition(".")[2].lower(), "application/octet-stream")


def headers_of(path: str, *, alert: bool = False) -> dict[str, str]:
    """Give the headers that a store keeps with a file."""
    cache = kind_of(path).cache_control(alert=alert)
    return {"Content-Type": content_type(path), "Cache-Control": cache}


class HostRule(NamedTuple):
    """Say which paths one line of ``_headers`` is about, as Netlify and Cloudflare read it.

    Attributes:
        pattern: below ``site/``; ``*`` stands for anything, ``:lang`` for one folder.
        sample: a path that it matches, whose headers they all have.
    """

    pattern: str
    sample: str

    @property
    def headers(self) -> dict[str, str]:
        """The headers: the type only where hosts would guess another."""
        found = headers_of(self.sample)
        return found if self.sample.endswith(".xml") else {"Cache-Control": found["Cache-Control"]}


HOST_RULES = (
    HostRule("assets/*", "assets/site.0123456789ab.css"),
    HostRule("cards/*", "cards/en/point/og.png"),
    HostRule(":lang/feed.xml", "en/feed.xml"),
    HostRule("sitemap.xml", "sitemap.xml"),
    HostRule("manifest.json", "manifest.json"),
)
"""Hosts that read ``_headers`` let pages be asked for each time; alerts are pages there."""
