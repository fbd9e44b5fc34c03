"""A talking point is whole: what fits, what it names, and that its numbers are said."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest
from stopjihad.model.point import QUOTE_GRAPHEMES

from support.messages import laid_over, problems_of

BODY = "A leaked order cut every wage by half, and nobody was exempt. [^un]"
FIGURE = {"value": 50, "unit": "percent", "label": "less pay", "source": "un"}
SAID = {"body": f"{BODY} Wages fell by 50 % in 2015."}
QUOTE = {"text": "They took my brother.", "speaker": "Nadia", "source": "un", "consent": "Yes."}
UN = {"title": "A report", "publisher": "UN", "accessed": "2026-11-20", "primary": True}
CTC = {**UN, "id": "ctc", "url": "https://example.org/ctc"}
BARE = {"claim": None, "warning": None, "technique": None, "prevalence": None}
SOURCES = [{**UN, "id": "un", "url": "https://example.org/un"}, CTC]


def told(point: dict[str, Any]) -> list[str]:
    codes = TOLD
    found = problems_of(laid_over({"point": point}))
    return sorted(one.code for one in found if one.code in codes)


TOLD = frozenset(
    {
        *("fact-too-long", "line-too-long", "claim-too-long", "body-missing", "warning-missing"),
        *("technique-missing", "prevalence-missing", "claim-missing", "claim-unwanted"),
        *("unknown-source", "uncited-source", "quote-missing", "quote-too-long"),
        *("figure-unsaid", "data-negative", "unknown-audience", "action-target", "reserved-id"),
    }
)


@pytest.mark.parametrize(
    ("point", "codes"),
    [
        ({"fact": "é" * 140}, []),
        ({"fact": "é" * 141}, ["fact-too-long"]),
        ({"line": "é" * 45}, []),
        ({"line": "é" * 46}, ["line-too-long"]),
        ({"claim": "b" * 75}, []),
        ({"claim": "b" * 76}, ["claim-too-long"]),
        ({"warning": None}, ["warning-missing"]),
        ({"technique": None}, ["technique-missing"]),
        ({"prevalence": None}, ["prevalence-missing"]),
        ({"claim": None}, ["claim-missing"]),
        ({"mode": "alternative"}, ["claim-unwanted"]),
        ({"mode": "testimony"}, ["quote-missing"]),
        ({"mode": "testimony", "quote": QUOTE}, []),
        ({"quote": {**QUOTE, "source": "nu"}}, ["unknown-source"]),
        ({"quote": {**QUOTE, "text": "é" * QUOTE_GRAPHEMES}}, []),
        ({"quote": {**QUOTE, "text": "é" * (QUOTE_GRAPHEMES + 1)}}, ["quote-too-long"]),
        ({"mode": "alternative", **BARE}, []),
        ({"mode": "prebunk", **BARE}, []),
        ({"audiences": ["relatives", "pupils"]}, ["unknown-audience"]),
        ({"sources": SOURCES}, ["uncited-source"]),
        ({"sources": SOURCES, "alternative": "Advice is free. [^ctc]"}, []),
        ({"sources": SOURCES, "quote": {**QUOTE, "source": "ctc"}}, []),
        ({"sources": [*SOURCES[:1], {**CTC, "id": "stay"}]}, ["reserved-id", "uncited-source"]),
        ({"hook": {"relatives": "Ask."}}, []),
        ({"hook": {"pupils": "Ask."}}, ["unknown-audience"]),
        ({"hook": "Ask."}, []),
        ({"action": {"label": "Read it", "kind": "link"}}, ["action-target"]),
        ({"action": {"label": "Read it", "kind": "link", "url": "https://example.org/a"}}, []),
        ({"action": {"label": "Read it", "kind": "page", "page": "gone"}}, ["action-target"]),
        ({"action": {"label": "Read it", "kind": "page", "page": "about"}}, []),
    ],
)
def test_a_talking_point_is_whole(point: dict[str, Any], codes: list[str]) -> None:
    assert told(point) == codes


@pytest.mark.parametrize(
    ("figure", "codes"),
    [
        ({}, []),
        ({"value": 60}, ["figure-unsaid"]),
        ({"value": -50}, ["data-negative"]),
        ({"value": 0, "beside": "None of 50."}, ["figure-unsaid"]),
        ({"source": "nu"}, ["unknown-source"]),
        ({"beside": "In 2015 it was more."}, []),
        ({"beside": "In 2014 it was more."}, ["figure-unsaid"]),
    ],
)
def test_a_number_on_a_card_is_said_in_the_text(figure: dict[str, Any], codes: list[str]) -> None:
    assert told({**SAID, "figures": [FIGURE | figure]}) == codes


@pytest.mark.parametrize("name", ["campaign", "pages", "helplines", "alerts", "media", "theme"])
def test_a_name_that_translations_use_otherwise_is_refused(name: str) -> None:
    found = [one.code for one in problems_of(laid_over({"id": name}))]
    assert "reserved-id" in found


@pytest.mark.parametrize(("broken", "missing"), [((), True), (("pages/gone.md",), False)])
def test_a_page_that_cannot_be_read_is_not_missing(
    broken: tuple[str, ...], *, missing: bool
) -> None:
    action = {"label": "Read it", "kind": "page", "page": "gone"}
    project = laid_over({"point": {"action": action}})
    paths = tuple(f"campaigns/demo/{path}" for path in broken)
    found = problems_of(msgspec.structs.replace(project, broken=paths))
    assert ("action-target" in {one.code for one in found}) is missing
