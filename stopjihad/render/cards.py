"""Turn a card step and its decoded inputs into a picture, or into the words that stand for it."""

from __future__ import annotations

from typing import Any

from stopjihad.catalog.fonts import FontBook
from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.problem import Problem
from stopjihad.render.card import WORDS, CardJob, make_card
from stopjihad.render.card.alt import alt_parts, as_text
from stopjihad.render.decode import Decoded
from stopjihad.view.records import Described, Frame, HelplineView, PointView
from stopjihad.view.slides import FORMAT


def render_card_step(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Draw one card.

    Args:
        step: its params name design, format and language, the talking point or helpline, and
            photo and focus where the design shows one.
        decoded: the values of its inputs.

    Returns:
        The picture's bytes, or what would be wrong with it.
    """
    return make_card(card_job(step, decoded))


def card_job(step: Step, decoded: Decoded) -> CardJob:
    """Collect all that decides a card.

    Args:
        step: as for ``render_card_step``.
        decoded: the values of its inputs.

    Returns:
        The job.
    """
    params = dict(step.params)
    across, _, down = params.get("focus", "50,50").partition(",")
    subject = _subject(step, params, decoded)
    return CardJob(
        **_common(params, decoded),
        format=params["format"],
        subject=subject,
        drawing=decoded.value(input_names.drawing(params["drawing"]))
        if "drawing" in params
        else "",
        theme=subject.pull_factor if isinstance(subject, PointView) else "",
        tone=subject.tone if isinstance(subject, PointView) else "calm",
        fonts=decoded.value("fonts"),
        photo=decoded.raw(input_names.photo(params["photo"])) if "photo" in params else b"",
        focus=(int(across) / 100, int(down) / 100),
        logo=decoded.raw("logo") if "logo" in step.inputs else b"",
    )


def render_alert_card(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Draw the picture of a notice in one format.

    Args:
        step: its params name format and language.
        decoded: the values of its inputs.

    Returns:
        A PNG, or what would be wrong with it.
    """
    params = dict(step.params)
    frame: Frame = decoded.value(input_names.frame(params["lang"]))
    if frame.alert is None:
        raise ValueError(f"{frame.lang}: no notice to draw")
    common = _common({"design": "alert", "lang": frame.lang, "id": frame.alert.id}, decoded)
    common["link"] = f"{frame.base_url}/{frame.lang}/alert/"
    job = CardJob(
        **common, format=params["format"], subject=frame.alert, fonts=decoded.value("fonts")
    )
    return make_card(job)


def render_alt_step(step: Step, decoded: Decoded) -> bytes:
    """Write the alternative text of a design's cards: its words are the same in all formats.

    Args:
        step: its params name design and language, and the talking point or helpline.
        decoded: the values of its inputs.

    Returns:
        UTF-8 text with a line feed at its end.
    """
    params = dict(step.params)
    subject = _subject(step, params, decoded)
    return f"{describe(params['design'], params['lang'], subject, decoded)}\n".encode()


def describe(design: str, lang: str, subject: PointView | HelplineView, decoded: Decoded) -> str:
    """Say in words what the cards of a design show.

    Args:
        design: name of the design; ``design/<name>`` is among the inputs.
        lang: BCP 47 tag.
        subject: talking point or helpline.
        decoded: the values of the inputs.

    Returns:
        The alternative text.
    """
    return as_text(describe_parts(design, lang, subject, decoded))


def describe_parts(
    design: str, lang: str, subject: PointView | HelplineView, decoded: Decoded
) -> Described:
    """Say part by part what the cards of a design show.

    Args:
        design: as for ``describe``.
        lang: as for ``describe``.
        subject: as for ``describe``.
        decoded: as for ``describe``.

    Returns:
        Names of contents and sentences.
    """
    return alt_parts(worded_job(design, lang, subject, decoded))


def worded_job(
    design: str, lang: str, subject: PointView | HelplineView, decoded: Decoded
) -> CardJob:
    """Collect what decides the words of a card, and not its pixels.

    Args:
        design: as for ``describe``.
        lang: as for ``describe``.
        subject: as for ``describe``.
        decoded: as for ``describe``.

    Returns:
        A job without fonts and pictures.
    """
    common = _common({"design": design, "lang": lang, "id": subject.id}, decoded)
    return CardJob(**common, format="og", subject=subject, fonts=FontBook(()))


def slide_words(lang: str, view: PointView, decoded: Decoded) -> tuple[str, ...]:
    """Say in words what the slides of a talking point show.

    Args:
        lang: BCP 47 tag.
        view: the talking point.
        decoded: holds ``slides/<lang>/<id>`` and the designs that they name.

    Returns:
        One alternative text per slide, in order.
    """
    return tuple(map(as_text, describe_slides(lang, view, decoded)))


def describe_slides(lang: str, view: PointView, decoded: Decoded) -> tuple[Described, ...]:
    """Say part by part what the slides of a talking point show.

    Args:
        lang: as for ``slide_words``.
        view: as for ``slide_words``.
        decoded: as for ``slide_words``.

    Returns:
        Names of contents and sentences, slide by slide.
    """
    found = []
    for slide in decoded.value(input_names.slides(lang, view.id)):
        common = _common({"design": slide.design, "lang": lang, "id": view.id}, decoded)
        job = CardJob(**common, format=FORMAT, subject=view, fonts=FontBook(()), slide=slide)
        found.append(alt_parts(job))
    return tuple(found)


def _common(params: dict[str, str], decoded: Decoded) -> dict[str, Any]:
    """Give what pictures and words of a card are both made from."""
    lang = params["lang"]
    frame: Frame = decoded.value(input_names.frame(lang))
    theme = decoded.value(input_names.words(lang))
    page = "help" if "helpline" in params else f"points/{params['id']}"
    return {
        "layout": decoded.value(input_names.design(params["design"])),
        "frame": frame,
        "words": {name: theme.get(english) or english for name, english in WORDS.items()},
        "link": f"{frame.base_url}/{lang}/{page}/",
    }


def _subject(step: Step, params: dict[str, str], decoded: Decoded) -> PointView | HelplineView:
    if "helpline" not in params:
        return decoded.view(step, params["id"], params["lang"])
    frame: Frame = decoded.value(input_names.frame(params["lang"]))
    return next(line for line in frame.helplines if line.id == params["helpline"])
