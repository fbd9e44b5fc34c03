"""Find out with whom a workspace shares: the remote and the branch that its git settings name.

The settings came with the workspace, so they are a stranger's word: an address alone is taken from
them, and it must be one by which nobody can read along, and that starts nothing.
"""

from __future__ import annotations

import re
from io import BytesIO
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import urlsplit

from stopjihad import disk
from stopjihad.model.targets import REPOSITORY_PATTERN
from stopjihad.publish.destination import Unreachable
from stopjihad.publish.git_credentials import is_named_host
from stopjihad.publish.repository import ask_library
from stopjihad.publish.schema import plain
from stopjihad.publish.team.shared_tree import WITH_GIT, cannot_share

if TYPE_CHECKING:
    from dulwich.config import ConfigFile

_BYTES = 64 * 1024
_NAME = re.compile(rb"[A-Za-z0-9_][A-Za-z0-9._-]{0,99}")
BRANCH = re.compile(
    rb"refs/heads/(?!.*(?:\.\.|//|\.lock(?:/|\Z)|/\.))[A-Za-z0-9_][\w./+-]{0,199}(?<![./])"
)
_PATH = re.compile(r"(?:~?/|\.\.?/|[A-Za-z]:[/\\])[^\x00-\x1f]*")


class TeamRemote(NamedTuple):
    """A remote: its name, its address, the branch there, and our ref for what was there last."""

    name: str
    address: str
    branch: bytes
    tracking: bytes

    @property
    def host(self) -> str:
        """Host that would get the user's credentials: of addresses by https alone."""
        if not self.address.lower().startswith("https://"):
            return ""
        return urlsplit(self.address).netloc.lower()

    @property
    def is_known(self) -> bool:
        """Whether it needs no credentials of the user, or the user has named its host."""
        return not self.host or is_named_host(self.host)


def team_remote(folder: str, branch: bytes) -> TeamRemote:
    """Read whom a branch is shared with.

    Raises:
        ProblemsFound: ``share-repository``: nobody, or in a way that is not known here.
    """
    config = _read_config(folder)
    _refuse_odd_forms(config)
    short = branch.removeprefix(b"refs/heads/")
    names = [section[1] for section in config.sections() if section[0] == b"remote" and section[1:]]
    if not names:
        raise cannot_share(
            "the workspace shares with nobody: its git has no remote",
            "who keeps the repository types once: git remote add origin ADDRESS",
        )
    given = _value(config, (b"branch", short), b"remote")
    name = given or (b"origin" if b"origin" in names else names[0])
    there = _value(config, (b"branch", short), b"merge") or branch
    if name not in names or not _NAME.fullmatch(name) or not BRANCH.fullmatch(there):
        raise cannot_share("its git settings name no remote branch that is known here", WITH_GIT)
    address = _value(config, (b"remote", name), b"url").decode("utf-8", "replace")
    tracking = b"refs/remotes/" + name + b"/" + there.removeprefix(b"refs/heads/")
    return TeamRemote(name.decode(), _checked_address(address), there, tracking)


def _read_config(folder: str) -> ConfigFile:
    from dulwich.config import ConfigFile

    data = disk.read_below(folder, "config", _BYTES) or b""
    try:
        return ask_library(lambda: ConfigFile.from_file(BytesIO(data), expand_includes=False))
    except Unreachable as error:
        raise cannot_share(f"its git settings cannot be read: {error}", WITH_GIT) from None


def _value(config: ConfigFile, section: tuple[bytes, ...], name: bytes) -> bytes:
    try:
        found = config.get(section, name)
    except KeyError:
        return b""
    return found if isinstance(found, bytes) else b""


def _refuse_odd_forms(config: ConfigFile) -> None:
    """Refuse repositories that keep objects, refs or files in a way that is not known here."""
    known = {b"objectformat": b"sha1", b"refstorage": b"files"}
    odd = [
        name.decode("utf-8", "replace")
        for name, value in (config.items((b"extensions",)) if _has_extensions(config) else ())
        if name.lower() != b"noop" and known.get(name.lower()) != value.lower()
    ]
    if _value(config, (b"core",), b"sparsecheckout").lower() == b"true":
        odd.append("sparseCheckout")
    if _value(config, (b"core",), b"bare").lower() == b"true":
        odd.append("bare")
    if odd:
        raise cannot_share(f"git keeps this repository in its own way ({plain(odd[0])})", WITH_GIT)


def _has_extensions(config: ConfigFile) -> bool:
    return (b"extensions",) in list(config.sections())


def _checked_address(address: str) -> str:
    """Refuse an address by which others read along, or that names a command or a password."""
    address = address.removeprefix("file://")
    if address.lower().startswith("https://") and ":" not in address[8:].partition("@")[0]:
        user, sign, rest = address[8:].partition("@")
        address = f"https://{rest}" if sign and "/" not in user else address
    known = re.fullmatch(REPOSITORY_PATTERN, address) or _PATH.fullmatch(address)
    if not known or len(address) > 500 or plain(address) != address:
        raise cannot_share(
            "the address of the remote is none for sharing: https, SSH or a folder, no password",
            "who keeps the repository types once: git remote set-url origin ADDRESS",
        )
    return address
