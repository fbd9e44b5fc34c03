"""Write all answers of a language as one page: it is opened from a stick, without a network.

Nothing in it is loaded, runs or is kept; its title names nobody.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from markupsafe import Markup

from stopjihad.catalog.terms import TECHNIQUES
from stopjihad.model import input_names
from stopjihad.model.point import Point
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.plan.ready_points import SitePlan
from stopjihad.problem import Problem
from stopjihad.theme.job import PageJob
from stopjihad.theme.site import Site, site_of
from stopjihad.theme.word_index import Searchable, index_words
from stopjihad.view.records import Frame, PointView, Teaser, Text
from stopjihad.view.running_text import RunningText, running_text

NAME = "answers.html"
MOST = 1_000_000
"""Bytes at most: what an old phone opens at once."""

POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'"


class KitAnswer(NamedTuple):
    """A talking point as the page shows it: texts are plain, ``trick`` names how it misleads."""

    view: PointView
    flag: Markup
    trick: str
    why: str
    body: tuple[RunningText, ...]
    instead: tuple[Text, ...]


def plan_answers(plan: SitePlan, lang: str, points: Sequence[Point]) -> Step:
    """Plan the page of a language."""
    own = [input_names.point(point.id) for point in points]
    if lang != plan.project.campaign.record.source_language:
        own += [input_names.messages(lang, point.id) for point in points]
    inputs = {"theme", input_names.frame(lang), input_names.words(lang), *own}
    params = (("lang", lang), ("points", ",".join(point.id for point in points)))
    return Step(f"site/kits/{lang}/{NAME}", "kit-answers", tuple(sorted(inputs)), params)


def render_answers(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Write the page.

    Returns:
        HTML in UTF-8; ``stick-too-large`` where it is too large for one page.
    """
    params = dict(step.params)
    lang = params["lang"]
    frame: Frame = decoded.typeset(input_names.frame(lang))
    words = decoded.value(input_names.words(lang))
    site = site_of(decoded.theme(), PageJob(frame=frame, words=words, path=NAME))
    views = [decoded.typeset_view(step, name, lang) for name in params["points"].split(",")]
    values = {
        **site.values,
        "policy": POLICY,
        "alerts": tuple(frame.alerts),
        "mark": site.banner_of,
        "holding": site.holding,
        "answers": tuple(_answer(view, site, words) for view in views),
        "letters": index_words(map(_searchable, views), lang),
        "danger": site.danger(),
    }
    page = site.fill("kit-answers.html", values).encode()
    return page if len(page) <= MOST else (too_large(f"{lang}, {NAME}", len(page), MOST),)


def too_large(what: str, size: int, most: int) -> Problem:
    """Say that something is larger than a stick may hold; sizes are bytes."""
    return Problem(
        code="stick-too-large",
        message=f"{what}: {size} bytes, and {most} are the most",
        hint="make a kit of fewer talking points for a partner, or write shorter ones",
    )


def _answer(view: PointView, site: Site, words: dict[str, str]) -> KitAnswer:
    term = TECHNIQUES[view.technique] if view.technique else None
    english = view.lang.partition("-")[0] == "en"
    name, why = ((words.get(one) or (one if english else "")) for one in term or ("", ""))
    return KitAnswer(
        view=view,
        flag=site.flag(view),
        trick=name,
        why=why,
        body=tuple(running_text(view.body)),
        instead=tuple(one.text for one in running_text(view.alternative)),
    )


def _searchable(view: PointView) -> Searchable:
    teaser = Teaser(
        id=view.id,
        fact=view.fact,
        mode=view.mode,
        pull_factor=view.pull_factor,
        audiences=view.audiences,
        question=view.question,
    )
    said = (view.fact, view.question, view.claim, view.warning)
    return Searchable(teaser, tuple(text for text in said if text is not None))
