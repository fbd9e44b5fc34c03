"""Theme words that name sources and the sponsor, on cards and in posts."""

from __future__ import annotations

SOURCE = "Source: %(names)s"
SOURCES = "Sources: %(names)s"
SPONSOR = "Published by %(sponsor)s"
URGENT = "Urgent"
