"""Describe authored files as JSON Schema, from the same records that reading uses."""

from __future__ import annotations

from typing import Any

import msgspec

from stopjihad.model.alert import Alert, AlertTemplate
from stopjihad.model.campaign import Campaign
from stopjihad.model.helpline import Helplines
from stopjihad.model.media import Media
from stopjihad.model.page import Page
from stopjihad.model.point import Point
from stopjihad.model.responses import Responses
from stopjihad.model.targets import Targets

_RECORDS: dict[str, tuple[type[msgspec.Struct], tuple[str, ...]]] = {
    "campaign": (Campaign, ("id",)),
    "point": (Point, ("id", "body")),
    "page": (Page, ("id", "body")),
    "alert": (Alert, ("id",)),
    "alert-template": (AlertTemplate, ("id",)),
    "helplines": (Helplines, ()),
    "media": (Media, ()),
    "responses": (Responses, ()),
    "targets": (Targets, ()),
}
"""Kind of file to its record and the fields that are not written in the YAML."""


def json_schema(name: str) -> dict[str, Any]:
    """Make the JSON Schema of a kind of file.

    Args:
        name: ``campaign``, ``point``, ``page``, ``alert``, ``alert-template``, ``helplines``,
            ``media``, ``responses`` or ``targets``.

    Returns:
        A schema of draft 2020-12.

    Raises:
        KeyError: there is no such kind.
    """
    record, elsewhere = _RECORDS[name]
    (top,), components = msgspec.json.schema_components([record], ref_template="#/$defs/{name}")
    own = dict(components.pop(top["$ref"].rpartition("/")[2]))
    own["properties"] = {
        key: value for key, value in own["properties"].items() if key not in elsewhere
    }
    own["required"] = [key for key in own.get("required", ()) if key not in elsewhere]
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **own,
        "$defs": components,
    }
