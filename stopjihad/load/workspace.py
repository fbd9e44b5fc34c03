"""The workspace: where it is, its campaigns, and all files that one of them is made from.

Templates and assets of the workspace win over those built in, file by file; words of the theme
string by string (``theme_words``). Every file is read once, unparsed, and one digest is over all of
them; a text of which is known what it holds (``known_files``) is read only if somebody needs it.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad.load import files
from stopjihad.load.known_files import KnownFiles
from stopjihad.problem import Problem

MAX_SHARED_BYTES = 1024 * 1024
"""Largest template or asset in bytes; ours are under 40 KB."""


def find_workspace(start: Path) -> Path | None:
    """Find the nearest folder upwards that has ``campaigns/``.

    Returns:
        The workspace, or None.
    """
    for folder in (start, *start.parents):
        if (folder / "campaigns").is_dir():
            return folder
    return None


def campaign_slugs(root: Path) -> list[str]:
    """List the campaigns of a workspace: folders in ``campaigns/``, sorted by name.

    One whose name cannot be shown is a problem of each other one (``odd-name``), a link to one is
    a warning (``campaign-link``).

    Raises:
        ProblemsFound: ``campaigns/`` is a link or cannot be read.
    """
    return files.folders(root, "campaigns")


def linked_campaigns(root: Path) -> list[Problem]:
    """Find what looks like a campaign and is passed over: links to folders in ``campaigns/``.

    Returns:
        Warnings ``campaign-link``.
    """
    return [
        Problem(
            path=f"campaigns/{name}",
            code="campaign-link",
            message="this folder is a link and is passed over: links are not followed",
            hint="copy the campaign here",
            severity="warning",
        )
        for name in files.linked_folders(root, "campaigns")
    ]


def shared_root() -> Path:
    """Give the folder that holds the built-in ``templates/``, ``assets/`` and ``campaigns/``.

    Returns:
        The folder inside an installed package, or the checkout that the package runs from.
    """
    package = Path(__file__).resolve().parent.parent
    installed = package / "_share"
    return installed if installed.is_dir() else package.parent


class SharedFiles(NamedTuple):
    """Files of a folder, built in or the workspace's own.

    Attributes:
        files: path relative to the folder to bytes, sorted; the workspace's own win.
        own: paths of those that the workspace has itself.
        behind: built-in files that those stand before.
        problems: what cannot be read.
    """

    files: dict[str, bytes]
    own: frozenset[str]
    behind: dict[str, bytes]
    problems: list[Problem]


def shared_files(root: Path, folder: str) -> SharedFiles:
    """Read built-in files of a folder, each replaced by the workspace's own where it has one."""
    built_in, problems = _files_below(shared_root(), folder)
    if root.resolve() == shared_root():
        return SharedFiles(built_in, frozenset(), {}, problems)
    own, trouble = _files_below(root, folder)
    behind = {path: built_in[path] for path in own if path in built_in}
    every = dict(sorted((built_in | own).items()))
    return SharedFiles(every, frozenset(own), behind, problems + trouble)


def _files_below(root: Path, folder: str) -> tuple[dict[str, bytes], list[Problem]]:
    paths, problems = files.walk(root, folder)
    found: dict[str, bytes] = {}
    for path, data in files.read_all(root, paths, MAX_SHARED_BYTES):
        if isinstance(data, Problem):
            problems.append(data)
        else:
            found[path[len(folder) + 1 :]] = data
    return found, problems


def new_file(root: Path, name: str, **moments: str) -> str:
    """Give the text of a new file.

    Args:
        **moments: what stands in its places, such as ``today`` for ``{{today}}``.
    """
    text = shared_files(root, "templates/new").files[name].decode()
    for place, moment in moments.items():
        text = text.replace(f"{{{{{place}}}}}", moment)
    return text


def button_words(language: str) -> str:
    """Give the words on the button that a new talking point begins with.

    Args:
        language: BCP 47 tag that the campaign is written in.

    Returns:
        Words of ours, which are English; nothing in another language.
    """
    return "Talk to someone today" if language.partition("-")[0] == "en" else ""


class ChangedSince(Exception):
    """A file holds something else than a moment before: all of them must be read once more."""


class Sources(msgspec.Struct, frozen=True):
    """The bytes of a campaign's files by path.

    Attributes:
        slug: the campaign.
        files: path to bytes.
        digest: over all files.
        around: over all files, where of talking points only the paths count.
        unread: why what is there is not among the files.
        digests: path to SHA-256 of each file, in lower-case hexadecimal.
        unopened: files that are not in ``files``: `read` gives their bytes.
        root: the workspace, where some are unopened.
    """

    slug: str
    files: dict[str, bytes]
    digest: str
    around: str = ""
    unread: tuple[Problem, ...] = ()
    digests: dict[str, str] = {}
    unopened: frozenset[str] = frozenset()
    root: Path | None = None

    def read(self, path: str) -> bytes:
        """Read a file that was not read with the others.

        Raises:
            ChangedSince: it is not what it was.
        """
        data = files.read(self.root, path) if self.root is not None else b""
        if isinstance(data, Problem) or hashlib.sha256(data).hexdigest() != self.digests[path]:
            raise ChangedSince
        return data


class Workspace(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one campaign is made from, as it was read at one moment.

    Attributes:
        root: the workspace.
        campaign: files of the campaign.
        templates: path relative to ``templates/`` to bytes, the workspace's own files first.
        assets: path relative to ``assets/`` to bytes, likewise.
        own_templates: paths of those that the workspace has itself.
        templates_behind: built-in templates that those stand before.
        digest: SHA-256 over all files in lower-case hexadecimal.
        around: the same, where of the campaign's talking points only the paths count.
        problems: what cannot be read.
    """

    root: Path
    campaign: Sources
    templates: dict[str, bytes]
    assets: dict[str, bytes]
    own_templates: frozenset[str] = frozenset()
    templates_behind: dict[str, bytes] = {}
    digest: str
    around: str
    problems: tuple[Problem, ...]


def read_workspace(root: Path, slug: str, known: KnownFiles | None = None) -> Workspace:
    """Read every file that a campaign is made from.

    Args:
        root: the workspace; its ``templates/`` and ``assets/`` win file by file.
    """
    campaign, problems = read_sources(root, slug, known)
    beside = hashlib.sha256()
    templates, assets = shared_files(root, "templates"), shared_files(root, "assets")
    for folder, shared in (("templates", templates), ("assets", assets)):
        problems += shared.problems
        for path, data in shared.files.items():
            beside.update(f"{folder}/{path}\0".encode() + hashlib.sha256(data).digest())
        for data in shared.behind.values():  # words of theirs are said, too
            beside.update(hashlib.sha256(data).digest())
    return Workspace(
        root=root,
        campaign=campaign,
        templates=templates.files,
        assets=assets.files,
        own_templates=templates.own,
        templates_behind=templates.behind,
        digest=_joined_digests(campaign.digest, beside.hexdigest()),
        around=_joined_digests(campaign.around, beside.hexdigest()),
        problems=tuple(problems),
    )


def _joined_digests(*digests: str) -> str:
    return hashlib.sha256("".join(digests).encode()).hexdigest()


def _lapses(ledger: bytes) -> str:
    """Tell what the clock alone has changed: signatures of which the day is over."""
    if b'"urgent"' not in ledger:
        return ""
    from stopjihad.load.clock import read_clock
    from stopjihad.load.ledger import lapses

    return lapses(ledger.decode("utf-8", "replace"), read_clock())


def read_sources(
    root: Path, slug: str, known: KnownFiles | None = None
) -> tuple[Sources, list[Problem]]:
    """Read every file of a campaign.

    Args:
        known: tells which talking points and translations need not be read; it learns what the
            others hold, and is kept.

    Returns:
        The bytes of all files, and problems of reading.
    """
    paths, problems = files.walk(root, f"campaigns/{slug}")
    problems += files.odd_names(root, "campaigns") + linked_campaigns(root)
    found: dict[str, bytes] = {}
    digests: dict[str, str] = {}
    digest, around = hashlib.sha256(), hashlib.sha256()
    points, locale = f"campaigns/{slug}/points/", f"campaigns/{slug}/locale/"

    def digest_of(path: str, handle: int) -> str:
        text = path.startswith((points, locale)) and path.endswith((".md", ".po"))
        return known.digest(path, handle) if text and known is not None else ""

    for path, data in files.read_unknown(root, paths, digest=digest_of):
        if isinstance(data, Problem):
            problems.append(data)
            continue
        if isinstance(data, files.UnchangedFile):
            digests[path] = data.sha256
        else:
            found[path] = data
            digests[path] = hashlib.sha256(data).hexdigest()
            if known is not None:
                known.learn(path, digests[path])
        own = bytes.fromhex(digests[path])
        digest.update(f"{path}\0".encode() + own)
        is_point = path.startswith(points) and path.endswith(".md")
        around.update(f"{path}\0".encode() + (b"" if is_point else own))
    if known is not None:
        known.keep()
    over = _lapses(found.get(f"campaigns/{slug}/reviews.jsonl", b"")).encode()
    digest.update(over)
    around.update(over)
    for problem in problems:  # a build says them, though none of the files it reads has changed
        digest.update(f"{problem.code}\0{problem.path}\0".encode())
    return Sources(
        slug,
        found,
        digest.hexdigest(),
        around.hexdigest(),
        unread=tuple(problems),
        digests=digests,
        unopened=frozenset(digests.keys() - found.keys()),
        root=root,
    ), problems
