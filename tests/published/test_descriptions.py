"""Descriptions of drafts' pictures in the sample: what the picture shows, within every limit."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from stopjihad.build.cards import CardChoice
from stopjihad.catalog.platforms import platforms
from stopjihad.draw.alt import alt_parts
from stopjihad.render.post.pictures import fit_description
from stopjihad.text.count import utf16_units
from stopjihad.text.language.sentences import sentences
from stopjihad.view.claim import claim_words
from stopjihad.view.records import PointView
from stopjihad.view.slides import FORMAT

from published.test_cards import everyone, languages, studio


def words_beside(published: Path, path: str) -> str:
    """Give the words that the kit has for a picture, from the file beside it."""
    file = published / path
    said = (file.parent / "alt.txt").read_text("utf-8").removesuffix("\n")
    return said.split("\n\n")[int(file.stem) - 1] if file.parent.name == "slides" else said


def test_drafts_say_what_their_very_picture_shows(published: Path) -> None:
    """They said the fact alone: of a card with steps no step, of one with a number no source."""
    rows, read, beyond = platforms(), 0, 0
    for draft in json.loads((published / "posts" / "posts.json").read_bytes()):
        limit = rows[draft["platform"]].alt_limit
        for image in draft["images"]:
            said = words_beside(published, image["path"])
            if limit is None or utf16_units(said) <= limit.value:
                assert image["alt"] == said, image["path"]
                read += 1
                beyond += draft["parts"][0]["text"].find(said) < 0
            else:
                assert utf16_units(image["alt"]) <= limit.value
                assert bool(image["alt"]) is (limit.value > 0)
    assert beyond == read > 2000


@pytest.mark.parametrize("lang", languages())
def test_no_platform_gets_a_description_that_is_cut_or_a_claim_alone(lang: str) -> None:
    """Every card and slide of the sample for all platforms, those too that it does not use."""
    jobs = [studio().job(choice) for choice in studio().choices(lang, ("og",))]
    for point in everyone():
        choice = CardChoice(subject=point, language=lang, format=FORMAT)
        jobs += studio().slides(choice)
    shortened = answered = 0
    for job in jobs:
        parts = {name: text.replace("\u00a0", " ") for name, text in alt_parts(job)}
        for row in platforms().values():
            said = fit_description(alt_parts(job), row, lang)
            most = row.alt_limit.value if row.alt_limit else None
            if most is not None:
                assert utf16_units(said) <= most
                assert bool(said) is (most > 0), (job.subject.id, row.id)
            rest = f"{said} "
            for name, part in parts.items():
                for piece in sentences(part, lang) if name == "slide.text" else (part,):
                    rest = rest.removeprefix(f"{piece} ")
            assert rest.strip() == "", (job.subject.id, row.id)
            if said and "fact" in parts:
                assert parts["fact"] in said
            if parts.get("chart.rows", "-") in said and "chart.note" in parts:
                assert parts["chart.note"] in said
            if isinstance(job.subject, PointView) and job.subject.claim and "claim" in parts:
                claim = claim_words(job.subject.claim.value, job.words["alt-claim"], lang)
                if claim[:-1] in said:
                    assert parts["claim"] in said
                    assert parts["warning"] in said.partition(parts["claim"])[2]
                    answered += 1
            shortened += most not in {None, 0} and said != " ".join(parts.values())
    assert answered > 100
    assert shortened > 5


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_description_says_what_a_chart_counts_before_its_numbers(lang: str) -> None:
    choice = CardChoice(subject="somali-families-pay", language=lang, format=FORMAT)
    (job,) = (one for one in studio().slides(choice) if one.slide and one.slide.role == "chart")
    assert isinstance(job.subject, PointView)
    label = job.subject.data[0].columns[0].label.value
    parts = dict(alt_parts(job))
    assert parts["chart.rows"].startswith(label)
    assert label not in parts["chart.note"]
