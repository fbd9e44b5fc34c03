"""Words that people have excused are excused in what is built: nobody is asked a second time."""

from __future__ import annotations

import datetime as dt

import msgspec
from stopjihad.catalog.rules import rules
from stopjihad.check.rules.artefact_words import ExpectedWords, expected_words
from stopjihad.check.rules.artefacts import Judge
from stopjihad.model.review import Review, exception_digest

from support.messages import laid_over

FACT = "A safe house was waiting for nobody, and no good pay."
CLAIM = "A safe house and good pay are waiting."
PAGE = f"""<!doctype html><title>{FACT} | Demo</title>
<meta property="og:title" content="{FACT}"><main><h1>{FACT}</h1></main>"""


def found(words: str) -> set[str]:
    project = laid_over({"point": {"fact": FACT, "claim": CLAIM}})
    (point,) = project.points
    name = point.record.id
    signed = Review(
        language="en",
        context=f"points/{name}",
        digest=exception_digest("STR02", "en", f"points/{name}", words),
        verdict="approve",
        kind="exception",
        by="Nour",
        on=dt.datetime(2026, 11, 20, tzinfo=dt.UTC),
        rule="STR02",
        words=words,
        reason="These nouns are needed.",
    )
    project = msgspec.structs.replace(project, reviews=(signed,))
    judge = Judge(expected_words(project, ()), rules())
    return {
        finding.message
        for finding in judge.page(f"site/en/points/{name}/index.html", PAGE)
        if finding.rule == "STR02"
    }


def test_an_exception_of_a_fact_reaches_title_heading_and_previews() -> None:
    assert len(found("Another sentence.")) == 3
    assert found(FACT) == set()


def test_only_the_excused_sentence_is_taken_out() -> None:
    point = ExpectedWords("x", "en", "", "", "", niche=False, level="", excused=("Good pay.",))
    assert point.without_excused("Good pay. A house.").split() == [".", "a", "house."]
