"""Make, show and list the post drafts of a talking point."""

from __future__ import annotations

from typing import Any

from stopjihad.model.step import Step
from stopjihad.render.decode import Decoded


def page_drafts(step: Step, decoded: Decoded) -> tuple[Any, ...]:
    """Show the drafts."""
    return ()
