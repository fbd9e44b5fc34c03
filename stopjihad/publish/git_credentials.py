"""Find user and password for a git host, and give them to no host that its owner has not named.

``targets.yaml`` comes with a workspace: whoever writes an address into it must not get a token by
that. And git reads the settings of the folder that it runs in, which may name commands: so its
helper runs elsewhere, without the workspace's settings and without our secrets.
"""

from __future__ import annotations

import os
import subprocess
from typing import NamedTuple
from urllib.parse import urlsplit

from stopjihad import disk
from stopjihad.disk.user_key import key_folder
from stopjihad.publish.destination import SECRETS, Unreachable

HOST = "STOPJIHAD_GIT_HOST"
"""Names the host that user and token are for; it is remembered beside the user's key."""

TOKEN, USER = "STOPJIHAD_GIT_TOKEN", "STOPJIHAD_GIT_USERNAME"

PATIENCE = 20
"""Seconds to wait for git's helper."""

_FILE = "git-hosts"
_HIDDEN = ("STOPJIHAD_", "AWS_", "GIT_")
_SETTINGS = ("GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_NOSYSTEM")


class Credentials(NamedTuple):
    """User and password; None where there is none."""

    user: str | None = None
    password: str | None = None


def credentials_for(location: str) -> Credentials:
    """Take user and password from the environment, or ask git's own helper for them.

    Returns:
        Nothing for addresses that are not https: SSH has its agent.

    Raises:
        Unreachable: the user has not named the host as one that may have them.
    """
    if not location.lower().startswith("https://"):
        return Credentials()
    try:
        host, path = urlsplit(location).netloc.lower(), urlsplit(location).path.lstrip("/")
    except ValueError as error:  # such as half of an IPv6 address
        raise Unreachable(f"no address: {error}") from None
    if not is_named_host(host):
        raise Unreachable(
            f"you have not named {host} as a host for your credentials: "
            f"if it is yours, publish once with {HOST}={host}"
        )
    token = os.environ.get(TOKEN)
    if token:
        return Credentials(os.environ.get(USER, "git"), token)
    return _from_helper(host, path)


def clean_environment() -> dict[str, str]:
    """Give the environment of processes that we start: no secret of ours, no repository."""
    hidden = {
        name
        for name in os.environ
        if name in SECRETS or (name.startswith(_HIDDEN) and name not in _SETTINGS)
    }
    return {name: value for name, value in os.environ.items() if name not in hidden}


def _helper_environment() -> dict[str, str]:
    return clean_environment() | {
        "GIT_DIR": os.devnull,
        "GIT_CEILING_DIRECTORIES": os.sep,
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "true",
    }


def is_named_host(host: str) -> bool:
    """Tell whether the user has named a host, now or before."""
    return host in _named_hosts()


def name_host(host: str) -> None:
    """Remember a host that the user names: from now on it may have credentials."""
    _named_hosts(host)


def _named_hosts(fresh: str = "") -> set[str]:
    """Give the hosts that the user has named, now or before, and remember them."""
    folder = key_folder()
    file = os.path.join(folder, _FILE) if folder else ""  # noqa: PTH118 (as its folder)
    known = (disk.read(file, 65_536) or b"").decode("utf-8", "replace").split() if file else []
    given = f"{os.environ.get(HOST, '')} {fresh}".lower().split()
    if file and set(given) - set(known):
        disk.replace(file, "\n".join(sorted({*known, *given})).encode() + b"\n")
    return {*known, *given}


def _from_helper(host: str, path: str) -> Credentials:
    try:
        done = subprocess.run(
            ["git", "credential", "fill"],  # noqa: S607 (the git that the user's shell finds)
            input=f"protocol=https\nhost={host}\npath={path}\n\n",
            capture_output=True,
            text=True,
            check=False,
            timeout=PATIENCE,
            env=_helper_environment(),
            cwd=os.sep,
        )
    except (OSError, ValueError, subprocess.TimeoutExpired):
        return Credentials()
    found = dict(line.split("=", 1) for line in done.stdout.splitlines() if "=" in line)
    return Credentials(found.get("username") or None, found.get("password") or None)
