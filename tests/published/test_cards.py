"""Every card of the sample campaign: nothing clipped, overlapping, outside, or hard to read."""

from __future__ import annotations

import datetime as dt
import json
import re
from functools import cache
from pathlib import Path

import pytest
import yaml
from stopjihad.build.cards import CardChoice, CardStudio
from stopjihad.build.check.survey import survey, with_fonts
from stopjihad.draw.alt import alt_text
from stopjihad.draw.card import set_card
from stopjihad.draw.content import chart_on
from stopjihad.draw.problems import problems_of
from stopjihad.model.options import Options
from stopjihad.text.language.numbers import numbers
from stopjihad.text.unicode.bidi import levels, visual_runs
from stopjihad.view.slides import FORMAT, LEAST, MOST

from support.build import CAMPAIGN, REPOSITORY, day_of_the_campaign
from support.card_checks import check_card
from support.cards import FORMATS

SHORT = ("og", "story")
"""Formats of the quick run: the least room, and the most that platforms cover."""


def languages() -> list[str]:
    text = (REPOSITORY / "campaigns" / CAMPAIGN / "campaign.yaml").read_text("utf-8")
    return list(yaml.safe_load(text)["languages"])


@cache
def studio() -> CardStudio:
    """Read the sample campaign as its own day knows it."""
    day = dt.datetime.fromtimestamp(int(day_of_the_campaign()), dt.UTC).date()
    found = survey(REPOSITORY, CAMPAIGN, day, thorough=False)
    return CardStudio(with_fonts(found, REPOSITORY, Options()), REPOSITORY)


def check(lang: str, formats: tuple[str, ...], *, share: int = 1) -> int:
    """Judge the cards of a language, or every so many of them; gives their number.

    Languages begin with different cards: a third of each looks at every card in four languages.
    """
    checked = 0
    choices = list(studio().choices(lang, formats))
    for choice in choices[languages().index(lang) % share :: share]:
        job = studio().job(choice)
        card = set_card(job)
        assert not problems_of(job, card), choice
        check_card(card)
        checked += 1
    return checked


@pytest.mark.parametrize("lang", languages())
def test_cards_are_whole_and_readable(lang: str) -> None:
    assert check(lang, SHORT, share=3) >= 50 // 3


@pytest.mark.long
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", languages())
def test_cards_of_every_format_are_whole_and_readable(lang: str, form: str) -> None:
    assert check(lang, (form,)) >= 25


@pytest.mark.parametrize("lang", languages())
def test_posters_have_room_for_the_helpline_of_each_language(lang: str) -> None:
    """German, Russian and Arabic ones were refused in og: their helpline has a long name."""
    choice = CardChoice(subject="stay-in-contact", language=lang, format="og", design="poster")
    job = studio().job(choice)
    assert not problems_of(job, set_card(job))


@pytest.mark.parametrize("lang", languages())
def test_the_figure_of_mosul_stands_with_those_whom_others_killed(lang: str) -> None:
    """The card said how many ISIS killed and left out the 3,200 that every post must say."""
    choice = CardChoice(subject="mosul-paid-the-price", language=lang, design="figure")
    job = studio().job(choice)
    assert "3200" in numbers(alt_text(job))
    words = [place.block for place, _ in set_card(job).placed if place.block]
    assert any("3200" in numbers(block.shaped.text) for block in words)


@pytest.mark.parametrize("lang", ["ar", "ur", "ps"])
def test_signs_of_per_cent_stand_on_one_side_in_every_line_of_a_chart(lang: str) -> None:
    """After "about" the sign was on the left of 25, in the line below on the right of 17."""
    choice = CardChoice(subject="scholars-said-no", language=lang, design="chart")
    chart = chart_on(studio().job(choice))
    assert chart is not None
    for row in chart.rows:
        (text,) = row.texts
        _, found = levels(text, 1)
        order = [
            at
            for start, end, level in visual_runs(found)
            for at in (range(start, end)[::-1] if level & 1 else range(start, end))
        ]
        digit = next(at for at, letter in enumerate(text) if letter.isdecimal())
        assert order.index(text.index("%")) > order.index(digit), ascii(text)


def check_slides(lang: str, formats: tuple[str, ...], points: list[str]) -> None:
    """Judge the slides of talking points."""
    for form in formats:
        for point in points:
            jobs = studio().slides(CardChoice(subject=point, language=lang, format=form))
            assert LEAST <= len(jobs) <= MOST, point
            for job in jobs:
                card = set_card(job)
                assert not problems_of(job, card), (point, job.slide)
                check_card(card)


def everyone() -> list[str]:
    return [one.record.id for one in studio().project.points]


@pytest.mark.parametrize("lang", ["en", "so", "ar", "ur", "bn"])
def test_slides_are_whole_and_readable(lang: str) -> None:
    """One talking point a language, another in each: their slides differ in number and length."""
    points = everyone()
    check_slides(lang, ("portrait",), [points[languages().index(lang) * 2 % len(points)]])


@pytest.mark.long
@pytest.mark.parametrize("form", FORMATS)
@pytest.mark.parametrize("lang", languages())
def test_slides_of_every_format_are_whole_and_readable(lang: str, form: str) -> None:
    """Films show the same slides in other formats."""
    check_slides(lang, (form,), everyone())


@pytest.mark.parametrize(
    "lang",
    [
        one if one in {"en", "ar", "ur", "bn"} else pytest.param(one, marks=pytest.mark.long)
        for one in languages()
    ],
)
def test_no_two_neighbours_of_the_grid_look_alike(lang: str) -> None:
    before = len(studio().problems)
    grid = studio().grid(lang)
    assert len(grid) >= 20
    assert sum("slide-" in tile.label for tile in grid) >= 6, "first slides, as posts show them"
    assert studio().problems[before:] == []


def test_posts_follow_each_other_as_the_grid_shows_them(published: Path) -> None:
    """The grid was in the order of the site, and posts went out by the names of files."""
    order = [tile.label.split(" ")[0] for tile in reversed(studio().grid("en"))]
    posted: dict[str, list[tuple[str, str]]] = {}
    for draft in json.loads((published / "posts" / "posts.json").read_bytes()):
        if draft["platform"] == "instagram" and draft["scheduled"]:
            when = (draft["scheduled"], draft["point"])
            posted.setdefault(draft["language"], []).append(when)
    assert len(posted) == len(languages())
    for lang, found in posted.items():
        points = [point for _, point in sorted(found)]
        start = order.index(points[0])
        assert points == (order[start:] + order[:start])[: len(points)], lang


@pytest.mark.parametrize("lang", ["ur", "bn"])
def test_alternative_texts_end_sentences_as_their_language_does(lang: str) -> None:
    """A dot stood after charts, sources and helplines in Urdu and Bengali."""
    jobs = [studio().job(choice) for choice in studio().choices(lang, ("square",))]
    for point in everyone():
        jobs += studio().slides(CardChoice(subject=point, language=lang, format=FORMAT))
    for said in map(alt_text, jobs):
        assert not re.search(r"[^\x00-\x7f][%”»]?\.(\s|$)", said), said
