"""The studio knows of every picture what a build knows of it."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from stopjihad.model.step import Step
from stopjihad.studio.live.renderer import Renderer

PARTS = {
    "site/cards/en/x/og.png": "card",
    "site/cards/en/x/slides/1.png": "slide",
    "drafts/en/x": "drafts",
}


def test_sizes_of_slides_are_known_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Without them the list of drafts named one picture where a build names the carousel."""
    renderer = Renderer(tmp_path, {})
    made = SimpleNamespace(data=b"12")
    monkeypatch.setattr(renderer, "_make", lambda *_: made)
    parts = {output: Step(output, kind, ()) for output, kind in PARTS.items()}
    found = renderer._card_sizes(SimpleNamespace(parts=parts))
    assert json.loads(found.data) == {"cards/en/x/og.png": 2, "cards/en/x/slides/1.png": 2}
