"""Turn a step of paper into its document."""

from __future__ import annotations

from collections.abc import Iterator

from stopjihad.catalog.fonts import FontBook
from stopjihad.catalog.paper import PaperLayout, said_in
from stopjihad.draw.encoder import About
from stopjihad.draw.pdf import write_paper
from stopjihad.draw.problems import missing_letter
from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.problem import Problem
from stopjihad.render.paper.sheet import SheetSet, lay_out
from stopjihad.render.paper.sheet_job import SheetJob
from stopjihad.render.paper.subject import PaperSubject
from stopjihad.render.paper.words import paper_words, theme_words
from stopjihad.view.discussions import DiscussionView, lesson_talk
from stopjihad.view.look import Look
from stopjihad.view.page_address import absolute
from stopjihad.view.records import Frame

LESSON = "lesson"
"""Layout that a class has in hands."""


def render_paper(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Write a document for paper.

    Args:
        step: its params name layout and language, and the talking point where it is about one.

    Returns:
        A PDF; or what is wrong: ``paper-too-long``, ``paper-font``, ``card-glyph``.
    """
    params = dict(step.params)
    subject = subject_of(step, decoded)
    drawing = params.get("drawing", "")
    job = sheet_job(
        decoded.value(input_names.paper(params["layout"])),
        subject,
        decoded.value(input_names.drawing(drawing)) if drawing else "",
        decoded.value("fonts"),
    )
    laid = lay_out(job)
    where = ", ".join(filter(None, (params.get("id"), params["lang"], params["layout"])))
    problems = tuple(_faults(where, laid))
    return problems or write_paper(laid.sheets, laid.elements, about_paper(subject, job.layout))


def sheet_job(
    layout: PaperLayout, subject: PaperSubject, drawing: str, fonts: FontBook
) -> SheetJob:
    """Collect all that decides paper.

    Args:
        drawing: text of the SVG that shows the talking point; empty for none.
    """
    frame, view = subject.frame, subject.view
    theme, tone = (view.pull_factor or "", view.tone) if view else ("", "calm")
    return SheetJob(
        layout=layout,
        contents=paper_words(subject),
        said={
            one: theme_words(subject, one)
            for panel in layout.panels
            for one in said_in(panel.items)
        },
        link=subject.link,
        look=Look(frame.brand, theme, tone),
        drawing=drawing,
        fonts=fonts,
        rtl=frame.direction == "rtl",
        lang=frame.lang,
    )


def about_paper(subject: PaperSubject, layout: PaperLayout) -> About:
    """Say what a document is: the fact and the campaign are its title, else what people call it."""
    frame, view = subject.frame, subject.view
    if layout.unnamed:
        words = theme_words(subject, layout.title).paragraphs
        title = words[0].text if words else frame.lang
        return About(title, "", frame.lang, frame.direction == "rtl")
    title = f"{view.fact.value} · {frame.title.value}" if view else frame.title.value
    return About(title, frame.sponsor.value, frame.lang, frame.direction == "rtl")


def subject_of(step: Step, decoded: StepInputs) -> PaperSubject:
    """Collect what paper is about."""
    params = dict(step.params)
    lang, point = params["lang"], params.get("id", "")
    frame: Frame = decoded.value(input_names.frame(lang))
    page = f"{lang}/points/{point}/" if point else f"{lang}/help/"
    view = decoded.view(step, point, lang) if point else None
    words = decoded.words_of(point, lang) if point else decoded.words(lang, informal=False)
    name = input_names.discussions(lang, point)
    talks: tuple[DiscussionView, ...] = decoded.value(name) if name in step.inputs else ()
    link, lesson = absolute(frame.base_url, page), params["layout"] == LESSON
    return PaperSubject(frame, words, view, link, lesson_talk(talks), lesson)


def _faults(where: str, laid: SheetSet) -> Iterator[Problem]:
    for char in laid.missing:
        yield missing_letter(char, where)
    for family in laid.strange:
        yield Problem(
            code="paper-font",
            message=f"{where}: the font {family} has outlines of PostScript: none are embedded",
            hint="name one with outlines of TrueType first in 'brand.fonts'",
        )
    if laid.full:
        yield Problem(
            code="paper-too-long",
            message=f"{where}: the words do not fit on it in the smallest letters",
            hint=f"shorten {' and '.join(laid.full)}, or give more room in a copy of the layout",
        )
