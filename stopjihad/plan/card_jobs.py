"""Collect what decides a card from the inputs of a step, and say in words what it shows.

Throughout, ``step`` names in its params the language, the talking point or helpline, and what of
them is drawn; ``decoded`` holds the values of its inputs, ``design/<name>`` of each ``design``
among them; ``lang`` is a BCP 47 tag, ``subject`` or ``view`` what the cards are about.
"""

from __future__ import annotations

from typing import Any

from stopjihad.catalog.fonts import FontBook
from stopjihad.draw.alt import alt_parts, as_text
from stopjihad.draw.job import CardJob, words_in
from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.view.records import Described, Frame, HelplineView, PointView
from stopjihad.view.slides import FORMAT


def card_job(step: Step, decoded: StepInputs) -> CardJob:
    """Collect all that decides a card."""
    params = dict(step.params)
    across, _, down = params.get("focus", "50,50").partition(",")
    subject = subject_of(step, params, decoded)
    return CardJob(
        **common_job(params, subject, decoded),
        format=params["format"],
        subject=subject,
        drawing=decoded.value(input_names.drawing(params["drawing"]))
        if "drawing" in params
        else "",
        theme=(subject.pull_factor or "") if isinstance(subject, PointView) else "",
        tone=subject.tone if isinstance(subject, PointView) else "calm",
        fonts=decoded.value("fonts"),
        photo=decoded.raw(input_names.photo(params["photo"])) if "photo" in params else b"",
        focus=(int(across) / 100, int(down) / 100),
        logo=decoded.raw("logo") if "logo" in step.inputs else b"",
    )


def describe(design: str, lang: str, subject: PointView | HelplineView, decoded: StepInputs) -> str:
    """Say in words what the cards of a design show: the alternative text."""
    return as_text(describe_parts(design, lang, subject, decoded))


def describe_parts(
    design: str, lang: str, subject: PointView | HelplineView, decoded: StepInputs
) -> Described:
    """Say part by part what the cards of a design show: names of contents and sentences."""
    return alt_parts(worded_job(design, lang, subject, decoded))


def worded_job(
    design: str, lang: str, subject: PointView | HelplineView, decoded: StepInputs
) -> CardJob:
    """Collect what decides the words of a card: a job without fonts and pictures."""
    common = common_job({"design": design, "lang": lang, "id": subject.id}, subject, decoded)
    return CardJob(**common, format="og", subject=subject, fonts=FontBook(()))


def slide_words(lang: str, view: PointView, decoded: StepInputs) -> tuple[str, ...]:
    """Say in words what the slides of a talking point show.

    ``slides/<lang>/<id>`` is among the inputs, and each design that they name.
    """
    return tuple(map(as_text, describe_slides(lang, view, decoded)))


def describe_slides(lang: str, view: PointView, decoded: StepInputs) -> tuple[Described, ...]:
    """Say slide by slide, and part by part, what the slides of a talking point show."""
    found = []
    for slide in decoded.value(input_names.slides(lang, view.id)):
        common = common_job({"design": slide.design, "lang": lang, "id": view.id}, view, decoded)
        job = CardJob(**common, format=FORMAT, subject=view, fonts=FontBook(()), slide=slide)
        found.append(alt_parts(job))
    return tuple(found)


def common_job(
    params: dict[str, str], subject: PointView | HelplineView | None, decoded: StepInputs
) -> dict[str, Any]:
    """Give what pictures and words of a card are both made from.

    Args:
        params: name design, language, and what the card is about.
    """
    lang = params["lang"]
    frame: Frame = decoded.value(input_names.frame(lang))
    if isinstance(subject, PointView):
        theme = decoded.words_of(subject.id, lang)
    else:
        theme = decoded.words(lang, informal=False)
    page = "help" if "helpline" in params else f"points/{params['id']}"
    return {
        "layout": decoded.value(input_names.design(params["design"])),
        "frame": frame,
        "words": words_in(theme),
        "link": f"{frame.base_url}/{lang}/{page}/",
    }


def subject_of(step: Step, params: dict[str, str], decoded: StepInputs) -> PointView | HelplineView:
    """Give what a card is about: a talking point or a helpline in the language of ``params``."""
    if "helpline" not in params:
        return decoded.view(step, params["id"], params["lang"])
    frame: Frame = decoded.value(input_names.frame(params["lang"]))
    return next(line for line in frame.helplines if line.id == params["helpline"])
