"""Records read from the kept form are the same bytes as those read from the file."""

from __future__ import annotations

import msgspec
import pytest
from stopjihad.model import Record, campaign, helpline, point


def records() -> list[type[Record]]:
    found: list[type[Record]] = []
    for module in (campaign, helpline, point):
        found += [
            one
            for one in vars(module).values()
            if isinstance(one, type) and issubclass(one, Record) and one is not Record
        ]
    return found


@pytest.mark.parametrize("record", records(), ids=lambda one: one.__name__)
def test_defaults_have_the_type_of_their_field(record: type[Record]) -> None:
    """0 for 0.0 came back as 0.0: pages of seven talking points were made anew for nothing."""
    for field in msgspec.structs.fields(record):
        if field.default is not msgspec.NODEFAULT and field.type is float:
            assert type(field.default) is float, field.name
