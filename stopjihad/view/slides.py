"""Tell a talking point slide by slide, in the order that the message rules fix."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import Literal, NamedTuple

import msgspec

from stopjihad.catalog.terms import TECHNIQUES
from stopjihad.model.point import Point
from stopjihad.text.language.sentence_marks import MARKS, MarkedSentence, marked_sentences
from stopjihad.text.markdown import blocks
from stopjihad.text.unicode.graphemes import clusters
from stopjihad.view.line_facts import about_another
from stopjihad.view.records import DataView, FigureView, PointView, Prose, Text

FOLDER = "slides"
"""Folder of the pictures in that of a talking point's cards."""

FORMAT = "portrait"
"""Format of the pictures: 4:5 takes the most of a phone that all platforms allow."""

TRICK, EVIDENCE, WHAT_TO_DO = "How it misleads", "What is known", "What you can do"
"""Words above a slide, in English; themes translate them."""

WORDS = (TRICK, EVIDENCE, WHAT_TO_DO)

SWIPE = "Swipe: what is known, what you can do and who listens."
LEAF = "Page by page: what is known, what you can do and who listens."
"""What posts say that go out with slides, in English."""

Role = Literal["fact", "claim", "trick", "evidence", "figure", "chart", "todo", "help"]

FIRST, WAY = "slide-fact", "slide-way"
"""Designs of the first slide: of most talking points, and of those that offer an alternative."""

LEAST, MOST = 4, 8
"""Slides of a carousel."""

CALM = 7
"""Slides that the explanation may fill up to: readers leave longer sets before the last one. Its
first slide stands in each set that has room for it: the fact rests on it."""

TEXT, STEPS = 260, 330
"""Graphemes of running text on a slide, and of all its steps: large enough to read on a phone."""

ROWS = 4
"""Steps of a slide."""

_CITED = re.compile(r"\[\^([^\]\s]{1,60})\]")

_PARAGRAPHS, _FIGURES = 2, 2
"""Most slides of the explanation, and of figures with the chart."""


class Slide(msgspec.Struct, frozen=True, kw_only=True):
    """One picture of a carousel, or one scene of a film: what it says, and with which design.

    It is drawn with the talking point that it belongs to: fact, claim, source and drawing are the
    point's. What is None or empty does not stand on it.

    Attributes:
        role: its place in the order.
        design: name of a layout whose subject is a slide.
        number: from 1; 0 where it is not shown, as in a film.
        total: slides of the carousel.
        kicker: a few words above the title.
        title: of running text.
        text: running text, whole sentences.
        figure: the number that it shows.
        steps: what to do, one imperative each.
        first: number of the first step.
        sources: ids of the sources that it names.
    """

    role: Role
    design: str
    number: int = 0
    total: int = 0
    kicker: Text | None = None
    title: Text | None = None
    text: Text | None = None
    figure: FigureView | None = None
    steps: tuple[Text, ...] = ()
    first: int = 1
    sources: tuple[str, ...] = ()


def slide_path(lang: str, point: str, number: int) -> str:
    """Give a slide's path relative to ``site/``.

    Args:
        number: of the slide, from 1.

    Returns:
        For example ``cards/fr/letters-home/slides/1.png``.
    """
    return f"cards/{lang}/{point}/{FOLDER}/{number}.png"


def document_path(lang: str, point: str) -> str:
    """Give the path, relative to ``site/``, of the document whose pages are the slides."""
    return f"cards/{lang}/{point}/{FOLDER}/slides.pdf"


def alts_path(lang: str, point: str) -> str:
    """Give the path, relative to ``site/``, of the words that stand for the slides."""
    return f"cards/{lang}/{point}/{FOLDER}/alt.txt"


def told_in_slides(point: Point, choice: str) -> bool:
    """Tell whether a talking point has a carousel.

    Args:
        point: says so itself, or leaves it open.
    """
    if point.carousel is not None:
        return point.carousel
    return choice == "all" or (choice == "featured" and point.featured is not None)


def wrong_size(count: int) -> tuple[str, str] | None:
    """Say what is wrong with a number of slides, and how to mend it; None where it is right."""
    if count < LEAST:
        hint = "write what to do ('alternative') and a paragraph that explains the fact"
        return f"it makes {count} slides, and a carousel has {LEAST} at least", hint
    if count > MOST:
        hint = "name what to do in two or three 'steps', or leave a figure out"
        return f"it makes {count} slides, and a carousel has {MOST} at most", hint
    return None


def slides(view: PointView, words: Mapping[str, str]) -> tuple[Slide, ...]:
    """Cut a talking point into slides.

    The order is fixed: the fact; what is claimed, flagged, with the fact beside it; how that
    misleads; what is known, in the authors' own words or from the beginning of the explanation, in
    whole paragraphs; numbers; what to do; who listens. Nothing that belongs together is parted:
    text that is longer than a slide goes on at the end of a sentence. A sentence that the authors
    marked to stay stands in every carousel.

    Returns:
        The slides; fewer than ``LEAST`` where the talking point has too little to say, more than
        ``MOST`` where it lists too much to do.
    """
    fixed = [*_claim(view), *_trick(view, words)]
    figures = [
        Slide(role="figure", design="slide-figure", figure=one)
        if isinstance(one, FigureView)
        else Slide(role="chart", design="slide-chart")
        for one in _numbers_of(view)
    ]
    todo = list(_todo(view, words))
    others = 2 + len(fixed) + len(figures) + len(todo)
    room = min(_PARAGRAPHS, max(CALM - others, min(1, MOST - others)))
    evidence = _evidence(view, words, room)
    found = [
        Slide(role="fact", design=WAY if view.mode == "alternative" else FIRST),
        *fixed,
        *evidence,
        *figures,
        *todo,
        Slide(role="help", design="slide-help", sources=tuple(one.id for one in view.sources)),
    ]
    return tuple(
        msgspec.structs.replace(one, number=number, total=len(found))
        for number, one in enumerate(found, 1)
    )


def _numbers_of(view: PointView) -> tuple[FigureView | DataView, ...]:
    """Give what has a slide with numbers: figures one by one, then the first table as a chart."""
    charts = [one for one in view.data[:1] if not about_another(view, one)]
    figures = [one for one in view.figures if not about_another(view, one)]
    return (*figures[: _FIGURES - len(charts)], *charts)


def _claim(view: PointView) -> Iterator[Slide]:
    if view.claim is not None and view.warning is not None:
        yield Slide(role="claim", design="slide-claim")


def _trick(view: PointView, words: Mapping[str, str]) -> Iterator[Slide]:
    """Name the technique, where the theme can say it in this language."""
    if view.technique is None:
        return
    term = TECHNIQUES[view.technique]
    kicker, name, text = (_say(words, one, view.lang) for one in (TRICK, term.name, term.text))
    if name and text:
        yield Slide(role="trick", design="slide-text", kicker=kicker, title=name, text=text)


def _say(words: Mapping[str, str], message: str, lang: str) -> Text | None:
    said = words.get(message) or (message if lang.partition("-")[0] == "en" else "")
    return Text(said, lang) if said else None


class _Paragraph(NamedTuple):
    """Hold the sentences of a paragraph, and the sources that it cites."""

    sentences: tuple[MarkedSentence, ...]
    sources: tuple[str, ...]


def _evidence(view: PointView, words: Mapping[str, str], room: int) -> Iterator[Slide]:
    """Say what is known: in the authors' words, or the first paragraphs; and what must stay."""
    shown = " ".join(one.beside.value for one in _numbers_of(view) if one.beside)
    stays = [one for one in _paragraphs_that_stay(view.body) if one.sentences[0].text not in shown]
    chosen = [one for text in view.told for one in _read(text) if one]
    for paragraph in _opening_paragraphs(view.body, view.claim) if not chosen else ():
        pages = _pages(paragraph)
        held = [*chosen, *pages]
        if len(held) + bool(_missing_paragraphs(stays, held)) > room:
            break
        chosen = held
    for paragraph in _missing_paragraphs(stays, chosen):
        chosen += _pages(paragraph)
    kicker = _say(words, EVIDENCE, view.lang)
    for page in chosen:
        text = _join_sentences(page.sentences, view.lang)
        yield Slide(
            role="evidence", design="slide-text", kicker=kicker, text=text, sources=page.sources
        )


def staying_slide(view: PointView, words: Mapping[str, str]) -> Slide | None:
    """Say what stays whatever is cut, on one slide: for what is shorter than a carousel.

    Returns:
        The slide; None where the authors marked nothing.
    """
    found = list(_paragraphs_that_stay(view.body))
    if not found:
        return None
    sentences = tuple(one for paragraph in found for one in paragraph.sentences)
    return Slide(
        role="evidence",
        design="slide-text",
        kicker=_say(words, EVIDENCE, view.lang),
        text=_join_sentences(sentences, view.lang),
        sources=tuple(dict.fromkeys(name for paragraph in found for name in paragraph.sources)),
    )


def _missing_paragraphs(
    stays: Iterable[_Paragraph], chosen: Iterable[_Paragraph]
) -> list[_Paragraph]:
    said = {one for page in chosen for one in page.sentences}
    return [one for one in stays if not said.issuperset(one.sentences)]


def _paragraphs(prose: Prose) -> Iterator[_Paragraph | None]:
    """Read prose block by block: None stands for anything but a paragraph."""
    for passage in prose.passages:
        yield from _read(passage)


@lru_cache(maxsize=256)
def _read(passage: Text) -> tuple[_Paragraph | None, ...]:
    return tuple(
        _Paragraph(marked_sentences(block.text, passage.lang), _cited_sources(block.text))
        if isinstance(block, blocks.Paragraph)
        else None
        for block in blocks.parse(passage.value)
    )


def _cited_sources(markdown: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(name for name in _CITED.findall(markdown) if name not in MARKS))


def _opening_paragraphs(prose: Prose, claim: Text | None) -> Iterator[_Paragraph]:
    """Give the paragraphs before the first heading, list or quotation, none with the claim."""
    barred = claim.value.casefold().rstrip(".!?…؟۔।") if claim else ""
    for paragraph in _paragraphs(prose):
        words = " ".join(one.text for one in paragraph.sentences) if paragraph else ""
        if paragraph is None or (barred and barred in words.casefold()):
            return
        yield paragraph


def _paragraphs_that_stay(prose: Prose) -> Iterator[_Paragraph]:
    """Give the sentences that stay whatever is cut, with those tied to them."""
    for paragraph in _paragraphs(prose):
        for unit in _units(paragraph.sentences) if paragraph else ():
            if paragraph and any(one.stays for one in unit):
                yield _Paragraph(unit, paragraph.sources)


def _units(sentences: Iterable[MarkedSentence]) -> list[tuple[MarkedSentence, ...]]:
    """Group sentences that may not be parted."""
    units: list[tuple[MarkedSentence, ...]] = []
    for one in sentences:
        if one.together and units:
            units[-1] = (*units[-1], one)
        else:
            units.append((one,))
    return units


def _pages(paragraph: _Paragraph) -> list[_Paragraph]:
    """Cut a paragraph at the ends of sentences into as few slides as hold it, evenly filled."""
    units = _units(paragraph.sentences)
    sizes = [sum(_size(one.text) for one in unit) for unit in units]
    return [
        _Paragraph(tuple(one for unit in units[start:end] for one in unit), paragraph.sources)
        for start, end in _cuts(sizes, TEXT, len(units))
    ]


def _todo(view: PointView, words: Mapping[str, str]) -> Iterator[Slide]:
    """Say what to do: the steps, numbered; where there are none, the alternative as it is."""
    sizes = [_size(one.value) for one in view.steps]
    for start, end in _cuts(sizes, STEPS, ROWS):
        steps = view.steps[start:end]
        yield Slide(role="todo", design="slide-steps", steps=steps, first=start + 1)
    first = next((one for one in _paragraphs(view.alternative) if one), None)
    if first is None or view.steps:
        return
    kicker, lang = _say(words, WHAT_TO_DO, view.lang), view.alternative.passages[0].lang
    for page in _pages(first):
        text = _join_sentences(page.sentences, lang)
        yield Slide(
            role="todo", design="slide-text", kicker=kicker, text=text, sources=page.sources
        )


def _cuts(sizes: Sequence[int], most: int, rows: int) -> list[tuple[int, int]]:
    """Part things in order into the fewest runs, the fullest of them as small as it can be.

    Args:
        sizes: of each thing, graphemes.
        most: graphemes of a run; a single thing may be larger.

    Returns:
        First index and the index after the last, per run.
    """
    runs = _greedy(sizes, most, rows)
    smaller = range(max(sizes, default=0), most)
    at = bisect_left(smaller, -len(runs), key=lambda one: -len(_greedy(sizes, one, rows)))
    return _greedy(sizes, smaller[at], rows) if at < len(smaller) else runs


def _greedy(sizes: Sequence[int], most: int, rows: int) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    start, held = 0, 0
    for at, size in enumerate(sizes):
        if at > start and (held + size > most or at - start == rows):
            runs.append((start, at))
            start, held = at, 0
        held += size
    return [*runs, (start, len(sizes))] if sizes else runs


def _size(text: str) -> int:
    return len(text) if text.isascii() else sum(1 for _ in clusters(text))


def _join_sentences(sentences: Sequence[MarkedSentence], lang: str) -> Text:
    between = "" if lang.partition("-")[0] in {"zh", "ja"} else " "
    return Text(between.join(one.text for one in sentences), lang)
