"""What shall be on a target: files with their digests and headers, and the way to their bytes."""

from __future__ import annotations

import contextlib
import hashlib
from collections.abc import Callable, Iterator, Mapping
from functools import partial

import msgspec

from stopjihad import disk
from stopjihad.build.tree.index import FileMark
from stopjihad.build.tree.manifest import MadeFile, Manifest
from stopjihad.catalog.headers import content_type, headers_of, kind_of
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.destination import Content, Pieces, TargetFile
from stopjihad.publish.objections import Contents
from stopjihad.publish.schema import Bytes, Mark, Sha256OrNone

LARGE = 4 * disk.PIECE
"""Bytes of the largest file that is held whole while it goes up."""

SITE = "site/"
"""Files of a build below this folder are published, and no others."""

PUBLIC_MANIFEST = "manifest.json"
"""Lists the files of the site for those who check them; below ``site/``."""

_FIRST, _PAGES, _FEEDS, _LAST = range(4)
_LOOK = (".css", ".woff", ".woff2", ".svg")
"""Endings of what gives pages their look, and says nothing."""
_RANKS = {"feed": _FEEDS, "map": _FEEDS, "manifest": _LAST, "signature": _LAST}


class ReleaseFile(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """Describe one file; ``cache`` is its header ``Cache-Control``."""

    path: str
    sha256: Sha256OrNone
    bytes: Bytes
    cache: Mark

    @property
    def headers(self) -> dict[str, str]:
        """What readers are told with the file."""
        return {"Content-Type": content_type(self.path), "Cache-Control": self.cache}

    @property
    def rank(self) -> int:
        """Tell when it goes up: what pages show, pages, what lists pages, what signs them all."""
        if self.path.endswith(".html"):
            return _PAGES
        kind = kind_of(self.path).name
        if kind == "alert" and self.path.endswith((".xml", ".json")):
            return _FEEDS
        return _RANKS.get(kind, _FIRST)

    @property
    def lingers(self) -> bool:
        """Tell whether it stays for a while when it goes: pages that are open still ask for it.

        Only what gives a page its look does. Cards, films, photos and their texts say something:
        they may have been taken back because it is wrong, or because somebody no longer agrees.
        """
        return kind_of(self.path).name == "asset" and self.path.endswith(_LOOK)


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """What shall be on the target.

    Attributes:
        campaign: its slug.
        build: digest of the build's step keys.
        files: sorted by path.
        read: gives the bytes of a path.
        pieces: begins to read a path piece by piece, where that can be.
        alert: whether an alert runs.
        exercise: whether it is a drill.
        said: what may not hold for ever.
        vouched: whether more than a target's word says what it is.
        over_target: whether it is an alert alone, to be laid over what a target holds.
    """

    campaign: str
    build: str
    files: tuple[ReleaseFile, ...]
    read: Callable[[str], bytes]
    pieces: Callable[[str], Iterator[bytes]] | None = None
    alert: bool = False
    exercise: bool = False
    said: Contents = Contents()
    vouched: bool = True
    over_target: bool = False

    def content(self, file: ReleaseFile) -> Content:
        """Give what a file holds: all of it, or the way to read it where it is large."""
        if self.pieces is None or file.bytes <= LARGE:
            return self.read(file.path)
        return Pieces(file.bytes, file.sha256, partial(self.pieces, file.path))

    @property
    def digest(self) -> str:
        """SHA-256 of paths, contents and headers."""
        return hashlib.sha256(msgspec.json.encode(self.files)).hexdigest()


class PublicManifest(
    msgspec.Struct, frozen=True, tag_field="format", tag="stopjihad-site/1", omit_defaults=True
):
    """List the files of a site, and what in it may not hold for ever."""

    campaign: str
    files: dict[str, str]
    says: Contents = Contents()


def describe(path: str, data: bytes, *, alert: bool) -> ReleaseFile:
    """Describe a file by its bytes."""
    made = MadeFile(hashlib.sha256(data).hexdigest(), len(data))
    return describe_made(path, made, alert=alert)


def describe_made(path: str, made: MadeFile, *, alert: bool) -> ReleaseFile:
    """Describe a file by what is known of its bytes."""
    cache = headers_of(path, alert=alert)["Cache-Control"]
    return ReleaseFile(path, made.sha256, made.size, cache)


def site_release(
    folder: disk.Folder, manifest: Manifest, marks: Mapping[str, FileMark], said: Contents
) -> Release:
    """Take the site of a finished build.

    Args:
        folder: ``dist/<campaign>``, held open for as long as files are read.
        manifest: what the build says of its files.
        marks: what this user signed of each file, by path relative to the folder.

    Returns:
        The release, with a list of its files for those who check it. Reading raises
        `ProblemsFound` (``publish-changed``) for a file that is not as it was built.

    Raises:
        ProblemsFound: ``publish-not-built``: there is no site in it.
    """
    site = {path.removeprefix(SITE): marks[path] for path in marks if path.startswith(SITE)}
    if not site:
        message, hint = "there is no finished site", "build everything first: stopjihad build"
        problem = Problem(path=folder.path, code="publish-not-built", message=message, hint=hint)
        raise ProblemsFound((problem,))

    def read(path: str) -> bytes:
        above, _, name = f"{SITE}{path}".rpartition("/")
        data = None
        with contextlib.suppress(OSError), folder.into(above) as here:
            data = disk.read_in(here, name)
        if data is None or hashlib.sha256(data).hexdigest() != site[path].sha256:
            raise ProblemsFound((_changed_file(folder, path),))
        return data

    def pieces(path: str) -> Iterator[bytes]:
        above, _, name = f"{SITE}{path}".rpartition("/")
        digest, size, last = hashlib.sha256(), 0, b""
        with contextlib.suppress(OSError), folder.into(above) as here:
            for piece in disk.pieces_in(here, name):
                digest.update(piece)
                size += len(piece)
                if size > site[path].size:
                    break
                if last:
                    yield last
                last = piece
        if digest.hexdigest() != site[path].sha256:
            raise ProblemsFound((_changed_file(folder, path),))
        yield last

    # The page of alerts is always there; cards, drafts and messages only with an alert that holds.
    alert = any(file.kind.startswith("alert-") for file in manifest.files)
    described = [
        describe_made(path, MadeFile(mark.sha256, mark.size), alert=alert)
        for path, mark in site.items()
    ]
    return with_list(
        Release(
            campaign=manifest.campaign,
            build=manifest.build,
            files=tuple(described),
            read=read,
            pieces=pieces,
            alert=alert,
            exercise=manifest.exercise,
            said=said,
        )
    )


def with_files(manifest: Manifest, contents: Mapping[str, bytes], *, alert: bool) -> Release:
    """Make a release of files.

    Args:
        contents: bytes by path below ``site/``.
    """
    described = [describe(path, data, alert=alert) for path, data in contents.items()]
    return with_list(
        Release(
            campaign=manifest.campaign,
            build=manifest.build,
            files=tuple(described),
            read=contents.__getitem__,
            pieces=lambda path: iter((contents[path],)),
            alert=alert,
            exercise=manifest.exercise,
        )
    )


def with_list(release: Release) -> Release:
    """Add the list of its files to a ``release`` that has none."""
    digests = {file.path: file.sha256 for file in sorted(release.files)}
    encoded = msgspec.json.encode(PublicManifest(release.campaign, digests, release.said.public))
    listed = msgspec.json.format(encoded, indent=1) + b"\n"
    read, pieces = release.read, release.pieces

    def in_pieces(path: str) -> Iterator[bytes]:
        return iter((listed,)) if path == PUBLIC_MANIFEST or pieces is None else pieces(path)

    return msgspec.structs.replace(
        release,
        files=tuple(
            sorted((*release.files, describe(PUBLIC_MANIFEST, listed, alert=release.alert)))
        ),
        read=lambda path: listed if path == PUBLIC_MANIFEST else read(path),
        pieces=in_pieces if pieces else None,
    )


def _changed_file(folder: disk.Folder, path: str) -> Problem:
    return Problem(
        path=f"{folder.path}/{SITE}{path}",
        code="publish-changed",
        message="this file is not as it was built",
        hint="build again, then publish: what went up so far is no publication yet",
    )


def check_digest(found: TargetFile | None, path: str, sha256: str) -> bytes:
    """Give what was read if it has this digest.

    Raises:
        ProblemsFound: ``publish-lost``.
    """
    if found is None or hashlib.sha256(found.data).hexdigest() != sha256:
        message = "the target no longer has what this publication needs"
        hint = "build the older state from your repository, and publish that"
        problem = Problem(path=path, code="publish-lost", message=message, hint=hint)
        raise ProblemsFound((problem,))
    return found.data


def verify_release(release: Release) -> Release:
    """Compare each file of a release with its digest as it is read.

    Args:
        release: its list is somebody's whom we believe, its bytes come from elsewhere.

    Returns:
        The release; reading raises `ProblemsFound` (``publish-lost``) for other bytes, or none.
    """
    wanted = {file.path: file.sha256 for file in release.files}
    inner = release.read

    def read(path: str) -> bytes:
        try:
            found = TargetFile(inner(path), "")
        except KeyError:
            found = None
        return check_digest(found, path, wanted[path])

    return msgspec.structs.replace(release, read=read)
