"""Say who stands beside the sponsor in a partner's kit."""

from __future__ import annotations

from collections.abc import Mapping

from stopjihad.catalog.terms import MESSENGERS
from stopjihad.model.partner import Partner

TOGETHER = "Together with %(partner)s"

WORDS = (TOGETHER,)
"""Theme messages that are said here."""


def partner_name(partner: Partner, words: Mapping[str, str]) -> str:
    """Name a partner; one that is a government is always called so.

    Args:
        words: of the theme, English to the language.
    """
    if partner.kind != "government":
        return partner.name
    kind = MESSENGERS["government"].name
    return f"{partner.name} ({words.get(kind) or kind})"


def partner_line(partner: Partner, words: Mapping[str, str]) -> str:
    """Name a partner beside the sponsor; ``words`` are as ``partner_name`` has them."""
    said = partner_name(partner, words)
    return (words.get(TOGETHER) or TOGETHER).replace("%(partner)s", said)
