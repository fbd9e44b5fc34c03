"""Turn steps of cards and carousels into pictures, the words that stand for them, and a document.

Throughout, ``step`` names in its params the language, the talking point or helpline, and what of
them is drawn; ``decoded`` holds the values of its inputs, ``design/<name>`` of each ``design``
among them; ``lang`` is a BCP 47 tag, ``subject`` or ``view`` what the cards are about.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import msgspec

from stopjihad.catalog.fonts import FontBook
from stopjihad.catalog.layout import Art, Logo
from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.problem import Problem
from stopjihad.render.alert.words import address, frame_of, past_of
from stopjihad.render.card import CardJob, alt_text, make_card
from stopjihad.render.card.alt import alt_parts, as_text
from stopjihad.render.card.encoder import About, BoundPage, document
from stopjihad.render.card.job import words_in
from stopjihad.render.steps import Decoded
from stopjihad.view.records import Described, Frame, HelplineView, PointView
from stopjihad.view.slides import FORMAT, Slide, wrong_size


def render_card_step(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Draw one card.

    Args:
        step: its params name design, format and language, the talking point or helpline, and
            photo and focus where the design shows one.

    Returns:
        The picture's bytes, or what would be wrong with it.
    """
    return make_card(card_job(step, decoded))


def card_job(step: Step, decoded: Decoded) -> CardJob:
    """Collect all that decides a card."""
    params = dict(step.params)
    across, _, down = params.get("focus", "50,50").partition(",")
    subject = _subject(step, params, decoded)
    return CardJob(
        **_common(params, subject, decoded),
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


def render_alert_card(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Draw the picture of a notice in one format.

    Args:
        step: its params name notice, format and language.

    Returns:
        A PNG, or what would be wrong with it.
    """
    params = dict(step.params)
    frame = frame_of(decoded, params["lang"], params["alert"])
    common = _common({"design": "alert", "lang": frame.lang, "id": params["alert"]}, None, decoded)
    about = {"frame": frame, "link": address(frame), "subject": frame.alert}
    return make_card(
        CardJob(**{**common, **about}, format=params["format"], fonts=decoded.value("fonts"))
    )


def render_past_card(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Draw the picture that says that a notice was taken away, where that of the notice stood.

    Args:
        step: its params name notice, format and language.

    Returns:
        A PNG, or what would be wrong with it.
    """
    params = dict(step.params)
    view = past_of(decoded, params["lang"], params["alert"])
    common = _common({"design": "alert", "lang": params["lang"], "id": view.id}, None, decoded)
    common["link"] = address(common["frame"])
    return make_card(
        CardJob(**common, format=params["format"], subject=view, fonts=decoded.value("fonts"))
    )


def render_alt_step(step: Step, decoded: Decoded) -> bytes:
    """Write the alternative text of a design's cards: its words are the same in all formats.

    Args:
        step: its params name design and language, and the talking point or helpline.

    Returns:
        UTF-8 text with a line feed at its end.
    """
    params = dict(step.params)
    subject = _subject(step, params, decoded)
    return f"{describe(params['design'], params['lang'], subject, decoded)}\n".encode()


def describe(design: str, lang: str, subject: PointView | HelplineView, decoded: Decoded) -> str:
    """Say in words what the cards of a design show: the alternative text."""
    return as_text(describe_parts(design, lang, subject, decoded))


def describe_parts(
    design: str, lang: str, subject: PointView | HelplineView, decoded: Decoded
) -> Described:
    """Say part by part what the cards of a design show: names of contents and sentences."""
    return alt_parts(worded_job(design, lang, subject, decoded))


def worded_job(
    design: str, lang: str, subject: PointView | HelplineView, decoded: Decoded
) -> CardJob:
    """Collect what decides the words of a card: a job without fonts and pictures."""
    common = _common({"design": design, "lang": lang, "id": subject.id}, subject, decoded)
    return CardJob(**common, format="og", subject=subject, fonts=FontBook(()))


def slide_words(lang: str, view: PointView, decoded: Decoded) -> tuple[str, ...]:
    """Say in words what the slides of a talking point show.

    ``slides/<lang>/<id>`` is among the inputs, and each design that they name.

    Returns:
        One alternative text per slide, in order.
    """
    return tuple(map(as_text, describe_slides(lang, view, decoded)))


def describe_slides(lang: str, view: PointView, decoded: Decoded) -> tuple[Described, ...]:
    """Say slide by slide, and part by part, what the slides of a talking point show."""
    found = []
    for slide in decoded.value(input_names.slides(lang, view.id)):
        common = _common({"design": slide.design, "lang": lang, "id": view.id}, view, decoded)
        job = CardJob(**common, format=FORMAT, subject=view, fonts=FontBook(()), slide=slide)
        found.append(alt_parts(job))
    return tuple(found)


def _common(
    params: dict[str, str], subject: PointView | HelplineView | None, decoded: Decoded
) -> dict[str, Any]:
    """Give what pictures and words of a card are both made from; a notice is no ``subject``."""
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


def _subject(step: Step, params: dict[str, str], decoded: Decoded) -> PointView | HelplineView:
    if "helpline" not in params:
        return decoded.view(step, params["id"], params["lang"])
    frame: Frame = decoded.value(input_names.frame(params["lang"]))
    return next(line for line in frame.helplines if line.id == params["helpline"])


KEPT = 16
"""Pictures kept in a process, about 60 KB each: a document is made beside its slides."""


def render_slide(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Draw one slide.

    Args:
        step: its params name talking point, language, format, number of the slide, and drawing.

    Returns:
        A PNG, or what would be wrong with it.
    """
    number = int(dict(step.params)["slide"])
    return _drawn(_Drawing(step, _told(step, decoded)[number - 1], decoded))


def render_alts(step: Step, decoded: Decoded) -> bytes:
    """Write what the slides say, for people who cannot see them: a paragraph each.

    Args:
        step: its params name talking point and language.

    Returns:
        UTF-8 text; an empty line stands between slides.
    """
    params = dict(step.params)
    view = decoded.view(step, params["id"], params["lang"])
    return ("\n\n".join(slide_words(params["lang"], view, decoded)) + "\n").encode()


def render_document(step: Step, decoded: Decoded) -> bytes | tuple[Problem, ...]:
    """Bind the slides into a document for LinkedIn: a page each, with the very pixels.

    Args:
        step: its params name talking point, language, format and drawing.

    Returns:
        A PDF with title, language, sponsor and alternative texts, or what would be wrong with it:
        ``carousel-size``, and the problems of its slides.
    """
    drawings = [_Drawing(step, slide, decoded) for slide in _told(step, decoded)]
    wrong = wrong_size(len(drawings))
    if wrong is not None:
        return (_wrong(drawings[0].job, *wrong),)
    pages: list[BoundPage] = []
    problems: list[Problem] = []
    for one in drawings:
        made = _drawn(one)
        if isinstance(made, tuple):
            problems += made
        else:
            pages.append(BoundPage(made, alt_text(one.job)))
    return tuple(problems) if problems else document(pages, _about(drawings[0].job))


def _wrong(job: CardJob, message: str, hint: str) -> Problem:
    """Say that a translation makes too few slides, or too many."""
    frame = job.frame
    return Problem(
        path=f"campaigns/{frame.campaign}/points/{job.subject.id}.md",
        code="carousel-size",
        message=f"in {frame.lang} {message}",
        hint=hint,
    )


_PICTURES: tuple[tuple[type, str], ...] = ((Art, "drawing"), (Logo, "logo"))
"""Layers that show an input of their own, and its kind: other slides do not depend on it."""


class _Drawing:
    """A slide to be drawn; equal ones give the same picture: it is drawn once for both outputs."""

    def __init__(self, step: Step, slide: Slide, decoded: Decoded) -> None:
        own = msgspec.structs.replace(step, params=(*step.params, ("design", slide.design)))
        self.job = msgspec.structs.replace(card_job(own, decoded), slide=slide)
        design = input_names.design(slide.design)
        layers = self.job.layout.layers
        shown = {name for kind, name in _PICTURES if any(isinstance(one, kind) for one in layers)}
        left = {"design", "drawing", "logo"} - shown
        names = [
            name for name in step.inputs if input_names.kind_of(name) not in left or name == design
        ]
        params = dict(step.params)
        where = (params["lang"], params["id"], params["format"], slide.number)
        self.key = (where, *((name, decoded.digest(name)) for name in names))

    def __hash__(self) -> int:
        return hash(self.key)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Drawing) and self.key == other.key


@lru_cache(maxsize=KEPT)
def _drawn(one: _Drawing) -> bytes | tuple[Problem, ...]:
    return make_card(one.job)


def _told(step: Step, decoded: Decoded) -> tuple[Slide, ...]:
    params = dict(step.params)
    found: tuple[Slide, ...] = decoded.value(input_names.slides(params["lang"], params["id"]))
    return found


def _about(job: CardJob) -> About:
    frame = job.frame
    assert isinstance(job.subject, PointView)
    return About(
        title=job.subject.fact.value,
        author=frame.sponsor.value,
        lang=frame.lang,
        rtl=frame.direction == "rtl",
    )
