"""Put a text into every free field of a record."""

from __future__ import annotations

from typing import Any

import msgspec
from stopjihad.view.records import Prose, Text

SKIPPED = {"lang", "direction", "tag", "base_url", "campaign", "source_language", "id", "policy"}
"""Fields whose form the schema fixes: they cannot hold such text."""

FIXED_FORM = {
    "accent", "ink", "paper", "country", "e164", "url", "source", "operator", "verified_how",
    "mode", "market", "technique", "pull_factor", "pull_factors", "audiences_ids", "messenger",
    "level", "kind", "page", "format", "mime", "path", "platform", "leave_url", "sponsor_url",
    "pages", "archived_url", "topic", "root", "words", "assets", "alternates", "languages",
    "opening", "official", "lines", "incident", "need", "needs", "to",
}  # fmt: skip


def poison(value: Any, text: str) -> Any:
    """Replace every free text below a record by ``text``; Markdown stays, it has its own tests."""
    if isinstance(value, Text):
        return Text(text, value.lang)
    if isinstance(value, Prose):
        return value
    if isinstance(value, tuple):
        return tuple(poison(item, text) for item in value)
    if isinstance(value, msgspec.Struct):
        changes = {}
        for name in value.__struct_fields__:
            old = getattr(value, name)
            if name in SKIPPED or name in FIXED_FORM:
                continue
            if isinstance(old, str) and old:
                changes[name] = text
            elif isinstance(old, (tuple, msgspec.Struct)):
                changes[name] = poison(old, text)
        return msgspec.structs.replace(value, **changes)
    return text if isinstance(value, str) and value else value
