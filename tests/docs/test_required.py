"""Which fields are required: what docs/authors.md says is what the program asks for."""

from __future__ import annotations

import re

import pytest
from msgspec import inspect as mi
from stopjihad.model.campaign import Campaign
from stopjihad.model.point import Point

from support.build import REPOSITORY

AUTHORS = (REPOSITORY / "docs" / "authors.md").read_text("utf-8")
ROW = re.compile(r"^\| ((?:`[a-z_.]+`(?:, )?)+) \| ([^|]*) \|", re.MULTILINE)
BY_RULE = {"goal.metrics"}
"""Fields that a message rule asks for: CMP01."""


def rows(heading: str) -> dict[str, str]:
    """Give the fields of the table below a heading, with what it says of each."""
    table = AUTHORS.partition(f"\n{heading}\n")[2].partition("\n#")[0]
    return {
        field: required.strip()
        for fields, required in ROW.findall(table)
        for field in re.findall(r"`([a-z_.]+)`", fields)
    }


def is_required(kind: type, path: str) -> bool:
    """Tell whether a field must be written, and all that it is part of."""
    for part in path.split("."):
        info = mi.type_info(kind)
        assert isinstance(info, mi.StructType)
        field = next(one for one in info.fields if one.encode_name == part)
        if not field.required:
            return False
        inner = field.type
        inner = inner.item_type if isinstance(inner, mi.VarTupleType) else inner
        kind = inner.cls if isinstance(inner, mi.StructType) else type(None)
    return True


@pytest.mark.parametrize(
    ("heading", "kind"), [("### Fields", Point), ("## The campaign", Campaign)]
)
def test_documents_and_program_ask_for_the_same_fields(heading: str, kind: type) -> None:
    found = rows(heading)
    assert found
    said = {field for field, required in found.items() if required == "yes"}
    known = {field for field in found if "." not in field or found[field]}
    asked = {
        field for field in known if field in BY_RULE or (field != "id" and is_required(kind, field))
    }
    assert said == asked
    missing = {one.encode_name for one in mi.type_info(kind).fields if one.required}  # type: ignore[union-attr]
    assert missing - {field.partition(".")[0] for field in said} <= {"id", "body"}
