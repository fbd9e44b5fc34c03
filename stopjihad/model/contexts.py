"""Name what is translated: the ``msgctxt`` of a text in a PO file.

A context names a field and never a position, so that moving text makes nothing stale.
"""

from __future__ import annotations

SHARED = frozenset({"alerts", "campaign", "helplines", "media", "pages", "partners"})
"""First parts of the contexts of other texts than those of talking points."""


def point(point_id: str, field: str) -> str:
    """Name a field of a talking point: ``fact``, ``action.label``, ``posts.x``, ``body`` …."""
    return f"{point_id}/{field}"


def campaign(field: str) -> str:
    """Name a field of the campaign: ``title``, ``audiences.<id>.name``, ``hashtags`` …."""
    return f"campaign/{field}"


def page(page_id: str, field: str) -> str:
    """Name a field of a free page: ``title``, ``summary`` or ``body``."""
    return f"pages/{page_id}/{field}"


def helpline(helpline_id: str, field: str) -> str:
    """Name a field of a helpline: ``name``, ``hours``, ``operator_note``, ``passed_on`` …."""
    return f"helplines/{helpline_id}/{field}"


def alert(template_id: str, field: str) -> str:
    """Name a field of a template of alerts: ``headline``, ``actions``, ``sentences.<id>`` …."""
    return f"alerts/{template_id}/{field}"


def media(file: str) -> str:
    """Name the alternative text of a photo or drawing."""
    return f"media/{file}/alt"


def partner(partner_id: str, field: str) -> str:
    """Name a text in a partner's own words: ``intro``, or ``<point id>/hook`` and so on."""
    return f"partners/{partner_id}/{field}"
