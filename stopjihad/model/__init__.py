"""Frozen records shared by every stage, and their base class; no behaviour beyond construction."""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Authored values without behaviour; equal values are equal records."""
