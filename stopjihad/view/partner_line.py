"""Say who stands beside the sponsor in a partner's kit."""

from __future__ import annotations

from collections.abc import Mapping

from stopjihad.catalog.terms import MESSENGERS
from stopjihad.model.partner import Partner

TOGETHER = "Together with %(partner)s"

WORDS = (TOGETHER,)
"""Theme messages that are said here."""


def partner_line(partner: Partner, words: Mapping[str, str]) -> str:
    """Name a partner beside the sponsor; one that is a government is always called so.

    Args:
        words: of the theme, English to the language.
    """
    said = partner.name
    if partner.kind == "government":
        kind = MESSENGERS["government"].name
        said = f"{said} ({words.get(kind) or kind})"
    return (words.get(TOGETHER) or TOGETHER).replace("%(partner)s", said)
