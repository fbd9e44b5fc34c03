"""Values of a campaign that machines believe."""

from __future__ import annotations

import msgspec
import pytest
from stopjihad.model.campaign import Corner


@pytest.mark.parametrize("corner", ["90,180", "-90.0,-180.000", "48.84,2.37", "-0.5,179.999999"])
def test_corners_on_the_earth_are_taken(corner: str) -> None:
    assert msgspec.convert(corner, Corner) == corner


@pytest.mark.parametrize(
    "corner", ["99.84,2.37", "90.1,2", "48.84,180.5", "48.84,999.3", "-91,0", "0,-200", "48.84"]
)
def test_corners_lie_on_the_earth(corner: str) -> None:
    """They were sent to machines that warn people."""
    with pytest.raises(msgspec.ValidationError):
        msgspec.convert(corner, Corner)
