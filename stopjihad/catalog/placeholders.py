"""What the sample writes where a campaign writes its own: addresses and words, as data."""

from __future__ import annotations

import re
from functools import cache
from importlib import resources

import msgspec


class Placeholders(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """The rows of ``data/placeholders.yaml``.

    Attributes:
        domains: hosts that nobody can own.
        endings: top-level domains that lead nowhere.
        phrases: primary subtag to what only the sample says, in small letters.
    """

    domains: tuple[str, ...]
    endings: tuple[str, ...]
    phrases: dict[str, tuple[str, ...]]


@cache
def placeholder_data() -> Placeholders:
    """Read what counts as a placeholder."""
    data = resources.files("stopjihad.catalog").joinpath("data/placeholders.yaml").read_bytes()
    return msgspec.yaml.decode(data, type=Placeholders)


@cache
def reserved_host() -> re.Pattern[str]:
    """Match an address that leads nowhere: ``privacy@example.org``, ``https://campaign.test``.

    Endings such as ``.test`` count behind ``//`` or ``@`` only: elsewhere they may end a sentence.
    """
    known = placeholder_data()
    domains = "|".join(map(re.escape, known.domains))
    endings = "|".join(map(re.escape, known.endings))
    return re.compile(
        rf"(?:[\w.+-]+@|https?://)?(?:[\w-]+\.)*(?<![\w-])(?:{domains})(?![\w-]|\.\w)"
        rf"|(?:[\w.+-]+@|https?://)(?:[\w-]+\.)*(?:{endings})(?![\w.-])",
        re.IGNORECASE,
    )


@cache
def reserved_parts() -> tuple[str, ...]:
    """Give what every match of ``reserved_host`` has in it: looking for these costs less."""
    known = placeholder_data()
    return (*known.domains, *known.endings)
