"""What shall be on the target: files by path, and where their bytes come from."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from pathlib import Path

import msgspec

from stopjihad import disk
from stopjihad.build.tree.manifest import Manifest, load
from stopjihad.catalog.headers import headers_of, kind_of
from stopjihad.problem import Problem, ProblemsFound

SITE = "site/"
"""Files of a build below this folder are published, and no others."""

PUBLIC_MANIFEST = "manifest.json"
"""Lists the files of the site for those who check them; below ``site/``."""

_FIRST, _PAGES, _FEEDS, _LAST = range(4)
_RANKS = {"feed": _FEEDS, "map": _FEEDS, "manifest": _LAST, "signature": _LAST}


class ReleaseFile(msgspec.Struct, frozen=True, array_like=True, order=True, gc=False):
    """Describe one file; ``cache`` is its header ``Cache-Control``."""

    path: str
    sha256: str
    bytes: int
    cache: str

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

        Nothing of an alert that is over stays.
        """
        return self.rank == _FIRST and kind_of(self.path).name != "alert"


class Release(msgspec.Struct, frozen=True, kw_only=True):
    """What shall be on the target.

    Attributes:
        campaign: its slug.
        build: digest of the build's step keys.
        files: sorted by path.
        read: gives the bytes of a path.
        alert: whether an alert runs.
        exercise: whether it is a drill.
    """

    campaign: str
    build: str
    files: tuple[ReleaseFile, ...]
    read: Callable[[str], bytes]
    alert: bool = False
    exercise: bool = False

    @property
    def digest(self) -> str:
        """SHA-256 of paths, contents and headers."""
        return hashlib.sha256(msgspec.json.encode(self.files)).hexdigest()


class PublicManifest(msgspec.Struct, frozen=True, tag_field="format", tag="stopjihad-site/1"):
    """List the files of a site; the same site gives the same bytes."""

    campaign: str
    files: dict[str, str]


def describe(path: str, data: bytes, *, alert: bool) -> ReleaseFile:
    """Describe a file by its bytes.

    Args:
        path: below ``site/``.
        data: its content.
        alert: whether an alert runs.

    Returns:
        The file.
    """
    cache = headers_of(path, alert=alert)["Cache-Control"]
    return ReleaseFile(path, hashlib.sha256(data).hexdigest(), len(data), cache)


def site_release(built: Path) -> Release:
    """Take the site of a finished build.

    Args:
        built: folder ``dist/<campaign>``.

    Returns:
        The release, with a list of its files for those who check it.

    Raises:
        ProblemsFound: ``publish-not-built``; ``publish-changed`` when a file is not as it was
            built.
    """
    manifest = load(str(built / "manifest.json"))
    if manifest is None or not any(file.path.startswith(SITE) for file in manifest.files):
        problem = Problem(
            path=str(built),
            code="publish-not-built",
            message="there is no finished site",
            hint=f"make it first: stopjihad build {built.name}",
        )
        raise ProblemsFound((problem,))
    files = tuple(_checked(built, manifest))
    # The page of alerts is always there; cards, drafts and messages only with a notice that holds.
    alert = any(file.kind.startswith("alert-") for file in manifest.files)
    contents = dict(files)
    return with_files(manifest, contents, alert=alert)


def with_files(manifest: Manifest, contents: Mapping[str, bytes], *, alert: bool) -> Release:
    """Make a release of files.

    Args:
        manifest: of the build they come from.
        contents: bytes by path below ``site/``.
        alert: whether an alert runs.

    Returns:
        The release.
    """
    digests = {path: hashlib.sha256(data).hexdigest() for path, data in sorted(contents.items())}
    listed = msgspec.json.encode(PublicManifest(manifest.campaign, digests))
    whole = {**contents, PUBLIC_MANIFEST: msgspec.json.format(listed, indent=1) + b"\n"}
    return Release(
        campaign=manifest.campaign,
        build=manifest.build,
        files=tuple(describe(path, data, alert=alert) for path, data in sorted(whole.items())),
        read=whole.__getitem__,
        alert=alert,
        exercise=manifest.exercise,
    )


def _checked(built: Path, manifest: Manifest) -> list[tuple[str, bytes]]:
    found, wrong = [], []
    for file in manifest.files:
        if not file.path.startswith(SITE):
            continue
        data = disk.read_below(str(built), file.path)
        if data is None or hashlib.sha256(data).hexdigest() != file.sha256:
            wrong.append(
                Problem(
                    path=str(built / file.path),
                    code="publish-changed",
                    message="this file is not as it was built",
                    hint=f"build again: stopjihad build {built.name}",
                )
            )
            continue
        found.append((file.path.removeprefix(SITE), data))
    if wrong:
        raise ProblemsFound(tuple(wrong))
    return found
