"""What a build is asked to make, and what it takes from templates and assets."""

from __future__ import annotations

import msgspec

PARTS = ("site", "cards", "posts")
"""Parts of a build that ``--only`` can choose."""

CARD_FORMATS = ("og", "square")
"""Formats made for every talking point; the names are those of catalog/formats."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Choose parts and languages.

    Attributes:
        only: parts to make; empty for all.
        languages: tags to make; empty for all of the campaign.
        formats: card formats to make.
    """

    only: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = CARD_FORMATS

    def wants(self, part: str) -> bool:
        """Tell whether a part is to be made."""
        return not self.only or part in self.only


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what comes from templates and assets instead of the campaign.

    Attributes:
        theme: file name relative to ``templates/site/`` to source text.
        assets: file name relative to ``assets/`` to bytes.
        words: language to the theme's catalogue, msgid to msgstr.
        card_layouts: file name relative to ``templates/cards/`` to source text.
        post_templates: file name relative to ``templates/posts/`` to source text.
        fonts: the font book as plain data, with paths and digests.
    """

    theme: dict[str, str]
    assets: dict[str, bytes]
    words: dict[str, dict[str, str]]
    card_layouts: dict[str, str] = {}
    post_templates: dict[str, str] = {}
    fonts: bytes = b"{}"
