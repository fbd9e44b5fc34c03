"""The studio knows of every picture what a build knows of it."""

from __future__ import annotations

import json
from pathlib import Path
from types import SimpleNamespace

import pytest
from stopjihad.build.parts import CARD_SIZES
from stopjihad.model.step import Input, Plan, Step
from stopjihad.studio.live.renderer import Renderer
from stopjihad.studio.live.snapshot import Snapshot, Uses, changed_outputs

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


def plan_of(kind: str, words: str) -> Snapshot:
    """Plan a list of drafts that names the size of one picture, made from a design."""
    picture = Step("site/cards/en/x/slides/1.png", kind, ("design/slide",))
    index = Step("posts/posts.json", "drafts-index", (CARD_SIZES,))
    plan = Plan("x", (index,), {"design/slide": Input("design/slide", words, b"")}, (picture,))
    steps, parts = ({one.output: one for one in some} for some in (plan.steps, plan.parts))
    return Snapshot(1, None, plan, steps, parts, Uses(plan))  # type: ignore[arg-type]


@pytest.mark.parametrize("kind", ["card", "slide", "slide-document"])
def test_another_design_of_slides_changes_the_list_of_drafts_too(kind: str) -> None:
    """Only those of cards did: who looked at the list was not told that slides have other sizes."""
    before, after = plan_of(kind, "one"), plan_of(kind, "other")
    assert before.uses.outputs_of(["design/slide"]) == {"posts/posts.json"}
    assert changed_outputs(before, after) == {"posts/posts.json"}
