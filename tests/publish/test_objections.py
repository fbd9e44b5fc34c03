"""What publications of earlier versions say is still understood."""

from __future__ import annotations

import msgspec
from stopjihad.publish.objections import Contents


def test_a_record_of_before_still_names_its_alert() -> None:
    """It was called a notice: without its name a way back would show a withdrawn one again."""
    found = msgspec.json.decode(b'{"notice":"ab12 cd34","told":"ef56"}', type=Contents)
    assert (found.alert, found.told) == ("ab12 cd34", "ef56")
    assert b'"notice":"ab12 cd34"' in msgspec.json.encode(found)
