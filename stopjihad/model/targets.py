"""Where a site is published: targets as data, never with a password or key in them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.point import Slug

PORTS = (1, 65_535)
MOST_GONE = 25
"""Per cent of the published files that may go in one publication without a word."""

KEPT_RELEASES = 5
KEPT_DAYS = 7

_ENDPOINT = r"^(https://|http://(127\.0\.0\.1|localhost|\[::1\])(:|/|$))[^@\s]*$"
"""Without TLS only to this computer: on the way, others could change what people read."""

Layout = Literal["releases", "plain"]
_BRANCH = r"^(?!.*(\.\.|//|/\.|\.lock(/|$)))[A-Za-z0-9]([A-Za-z0-9._/-]*[A-Za-z0-9_-])?$"
"""What ``git check-ref-format`` lets a branch be called, in letters that any system can keep."""
_NAME = r"(?!\.\.?(/|$))[^/\s]+"
State = Annotated[str, Meta(pattern=rf"^((\.\./)*{_NAME}(/{_NAME})*)?$", max_length=300)]
"""A folder, from that of the site: ``../campaign-state`` lies beside it."""
Endpoint = Annotated[str, Meta(pattern=_ENDPOINT, max_length=300)]
Port = Annotated[int, Meta(ge=PORTS[0], le=PORTS[1])]


class FolderTarget(Record, frozen=True, kw_only=True):
    """Name a folder of this computer, a mounted disk or a USB stick.

    ``layout`` is ``releases`` (a folder a release, and ``current``, which leads to the newest) or
    ``plain`` (the files themselves); then ``state`` is where publishing keeps what it remembers.
    """

    path: str
    layout: Layout = "releases"
    state: State = ""


class StoreTarget(Record, frozen=True, kw_only=True):
    """Name a bucket of S3 or of a service that speaks its language.

    ``state`` is the prefix of what publishing remembers, outside of the site's own where a bucket
    is open to everybody.
    """

    bucket: Annotated[str, Meta(max_length=63)]
    prefix: str = ""
    state: str = ""
    region: str = "us-east-1"
    endpoint: Endpoint | None = None


class SftpTarget(Record, frozen=True, kw_only=True):
    """Name a folder of a server that is reached by SFTP; the rest as in `FolderTarget`."""

    host: str
    path: str
    user: str = ""
    port: Port = 22
    layout: Layout = "releases"
    state: State = ""


REPOSITORY_PATTERN = (
    r"^(?:[hH][tT][tT][pP][sS]://[^/@\s]+/\S+"
    r"|(?:[gG][iI][tT]\+)?[sS][sS][hH]://(?:[^/@:\s-][^/@:\s]*@)?[^/@:\s-][^/@\s]*/\S+"
    r"|(?!-)(?![^/]*:[^/]*@)(?!\S*(?:://|::))\S+)$"
)
"""By TLS, by SSH, or a path: with no password in it, and by no way on which others could read or
change what is sent, or that names a command."""


class BranchTarget(Record, frozen=True, kw_only=True):
    """Name a branch of a git repository that a service shows as pages.

    ``domain`` is written to the file ``CNAME``, which some services ask for.
    """

    repository: Annotated[str, Meta(pattern=REPOSITORY_PATTERN, max_length=500)]
    branch: Annotated[str, Meta(pattern=_BRANCH, max_length=100)] = "pages"
    domain: Annotated[str, Meta(pattern=r"^[a-z0-9.-]*$", max_length=253)] = ""


class PublishTarget(Record, frozen=True, kw_only=True):
    """Say where a site goes, in one of four ways, and how careful publishing is there.

    ``exercise`` marks a target for drills, the only kind that takes one. ``most_gone`` is the share
    of the published files, in per cent, that may go at once. ``kept_releases`` can be published
    again; style sheets and fonts stay ``kept_days`` for pages in browsers that still ask for them.
    ``address`` is where readers see it: there publishing looks whether what it keeps is closed.
    """

    id: Slug
    folder: FolderTarget | None = None
    store: StoreTarget | None = None
    sftp: SftpTarget | None = None
    branch: BranchTarget | None = None
    address: Endpoint | None = None
    exercise: bool = False
    most_gone: Annotated[int, Meta(ge=0, le=100)] = MOST_GONE
    kept_releases: Annotated[int, Meta(ge=1, le=100)] = KEPT_RELEASES
    kept_days: Annotated[int, Meta(ge=0, le=365)] = KEPT_DAYS


class Targets(Record, frozen=True, kw_only=True):
    """The targets of a campaign, or those that all campaigns of a workspace share."""

    targets: Annotated[tuple[PublishTarget, ...], Meta(min_length=1)]
