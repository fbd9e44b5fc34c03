"""Credentials: from the environment and from programs that keep them; never in what is printed.

What a library says in its errors passes `redacted` before anybody reads it.
"""

from __future__ import annotations

import os
import re
from collections.abc import Mapping

SECRETS = (
    "AWS_SECRET_ACCESS_KEY",
    "AWS_SESSION_TOKEN",
    "AWS_ACCESS_KEY_ID",
    "STOPJIHAD_SFTP_PASSWORD",
    "STOPJIHAD_GIT_USERNAME",
    "STOPJIHAD_GIT_TOKEN",
    "STOPJIHAD_KEY_PASSWORD",
)
"""Variables whose values are never printed."""

LONGEST = 300
"""Characters of a library's message that are shown."""

_USER = re.compile(r"(?<=://)[^/@\s]+@")


def redacted(text: str, environment: Mapping[str, str] = os.environ) -> str:
    """Take credentials out of a message and cut it to one line.

    Args:
        text: what a library says.
        environment: variables of the process.

    Returns:
        The first line, in which each secret is replaced by three dots.
    """
    line = next((line.strip() for line in text.splitlines() if line.strip()), "no reason given")
    for name in SECRETS:
        value = environment.get(name, "")
        if len(value) >= 3:
            line = line.replace(value, "…")
    return _USER.sub("…@", line)[:LONGEST]
