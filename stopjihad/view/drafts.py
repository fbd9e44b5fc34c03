"""Decide whether a talking point may be posted in a language."""

from __future__ import annotations

from stopjihad.view.records import Frame, PointView


def withheld(view: PointView, frame: Frame) -> str:
    """Say why no draft is made, or nothing when one may be.

    Args:
        view: the talking point in one language.
        frame: the campaign in that language.

    Returns:
        The reason in a few words; empty when a draft is made.
    """
    if not view.complete:
        return f"not everything is translated into {view.lang}"
    if view.level == "niche":
        return "the claim is niche: posting it would spread it"
    # The source language has nothing to fall back to: its drafts say that nobody approved them.
    if not view.reviewed and frame.policy == "block" and view.lang != frame.source_language:
        return f"nobody has approved the {view.lang} text"
    return ""
