"""Tell what would make a card wrong before it is drawn."""

from __future__ import annotations

import unicodedata

import msgspec

from stopjihad.catalog.fonts import package_for
from stopjihad.catalog.formats import CARD_BYTES
from stopjihad.catalog.layout import Bar, Code, contents_of, file_ending
from stopjihad.draw.card import Card, draw_card, set_card
from stopjihad.draw.job import CardJob
from stopjihad.draw.scheme import Hues
from stopjihad.draw.shape import script_of
from stopjihad.draw.stack import StackItem
from stopjihad.problem import Problem
from stopjihad.view.records import AlertView, HelplineView, PastView, PointView, Prose


def card_problems(job: CardJob) -> tuple[Problem, ...]:
    """Find what is wrong with a card.

    Args:
        job: the card; its words are set, no picture is written.

    Returns:
        Sorted problems: ``card-subject`` (the design is for something else), ``card-claim`` (no
        claim, or no warning, for a design that shows the claim), ``card-quote``, ``card-figure``,
        ``card-chart``, ``card-question``, ``card-steps`` (no quotation, number, table, question, or
        nothing to do, for a design that shows one), ``card-glyph`` (a character
        that no font has: its name, script and the package to install), ``card-too-long`` (words
        that do not fit at the least size), ``card-contrast`` (no colour can be read there),
        ``card-photo`` (a photo is needed),
        ``card-link`` (an address is needed for a QR code).
    """
    wrong = _subject(job)
    if wrong:
        return wrong
    return problems_of(job, set_card(job))


def problems_of(job: CardJob, card: Card) -> tuple[Problem, ...]:
    """Find what is wrong with a card that is set.

    Returns:
        Problems, sorted. What is wrong only because a logo stands on the card says so.
    """
    found = _of_places(job, card)
    if found and job.logo:
        bare = msgspec.structs.replace(job, logo=b"")
        known = {_problem_sameness(one) for one in _of_places(bare, set_card(bare))}
        found = {one if _problem_sameness(one) in known else _for_logo(one) for one in found}
    return tuple(sorted(found))


def _of_places(job: CardJob, card: Card) -> set[Problem]:
    found: set[Problem] = set()
    for place, shade in card.placed:
        found |= _of_place(job, place, shade)
    return found


def _problem_sameness(problem: Problem) -> tuple[str, str]:
    """Say which problem of which words it is, without sizes: those change with a logo."""
    return problem.code, problem.message.partition(": ")[0]


def _for_logo(problem: Problem) -> Problem:
    message = f"{problem.message} beside the brand's logo"
    hint = (
        "without a logo they would: shorten them, or move the layer 'logo' in a copy of the design"
    )
    return msgspec.structs.replace(problem, message=message, hint=hint)


def make_card(job: CardJob) -> bytes | tuple[Problem, ...]:
    """Render a card, or say what is wrong with it: ``card_problems`` and ``render_card`` in one.

    Returns:
        The bytes of the picture, or the problems when there are any: those of ``card_problems``,
        and ``card-too-heavy`` for a file over ``CARD_BYTES``.
    """
    card = set_checked_card(job)
    if not isinstance(card, Card):
        return card
    picture = draw_card(card)
    return picture if len(picture) <= CARD_BYTES else (_heavy(job, len(picture)),)


def set_checked_card(job: CardJob) -> Card | tuple[Problem, ...]:
    """Set a card without drawing it, or say what is wrong with it, as ``card_problems`` does."""
    wrong = _subject(job)
    if wrong:
        return wrong
    card = set_card(job)
    return problems_of(job, card) or card


def _heavy(job: CardJob, size: int) -> Problem:
    return Problem(
        code="card-too-heavy",
        message=f"{job.subject.id}, {job.frame.lang}, {job.format}: the picture has {size} bytes, "
        f"and some platforms take {CARD_BYTES} at most",
        hint="use fewer gradients, or a calmer photo",
    )


_NEEDED = {
    "claim": ("claim", ("claim", "warning")),
    "quote": ("quote", ("quote",)),
    "figure.value": ("figure", ("figures",)),
    "chart.title": ("chart", ("data",)),
    "question": ("question", ("question",)),
    "step.1": ("steps", ("steps",)),
}
"""Contents that a design shows, to what they are called in problems, and to the fields of a talking
point that they need: a card without them would be empty."""


_KINDS = {PointView: "point", HelplineView: "helpline", AlertView: "alert", PastView: "alert"}


def _subject(job: CardJob) -> tuple[Problem, ...]:
    kind = "slide" if job.slide else _KINDS[type(job.subject)]
    if job.layout.subject != kind:
        message = f"the design {job.layout.name!r} is made from a {job.layout.subject}"
        return (Problem(code="card-subject", message=f"{message}, not from a {kind}"),)
    shown = contents_of(job.layout)
    for content, (name, needed) in _NEEDED.items() if kind in {"point", "slide"} else ():
        absent = [part for part in needed if not _has(job, part)]
        if absent and content in shown:
            article = "" if name.endswith("s") else "a "
            return (
                Problem(
                    code=f"card-{name}",
                    message=f"{job.subject.id}: the design {job.layout.name!r} shows {article}"
                    f"{name}, but the talking point has no {' and no '.join(absent)}",
                    hint="choose the design 'fact'",
                ),
            )
    if any(isinstance(layer, Code) for layer in job.layout.layers) and not job.link:
        message = f"{job.subject.id}: the design {job.layout.name!r} needs an address"
        return (Problem(code="card-link", message=message, hint="give the campaign a base_url"),)
    if file_ending(job.layout) == "jpg" and not job.photo:
        message = f"{job.subject.id}: the design {job.layout.name!r} needs a photo"
        return (Problem(code="card-photo", message=message, hint="choose the design 'fact'"),)
    return ()


def _has(job: CardJob, part: str) -> bool:
    """Tell whether a talking point has a field; the steps and number of a slide are its own."""
    if job.slide is not None and part in {"steps", "figures"}:
        return True
    field = getattr(job.subject, part)
    return bool(field.passages) if isinstance(field, Prose) else bool(field)


def _of_place(job: CardJob, place: StackItem, shade: Hues) -> set[Problem]:
    block = place.block
    if block is None or isinstance(place.item, Bar):
        return set()
    form = f"slide {job.slide.number}" if job.slide else job.format
    where = f"{job.subject.id}, {job.frame.lang}, {form}, {place.item.content}"
    found = {missing_letter(char, where) for char in block.shaped.missing}
    if not place.fits:
        found.add(
            Problem(
                code="card-too-long",
                message=f"{where}: the text does not fit at {block.size:g} px",
                hint="shorten it, or allow a smaller size in the design",
            )
        )
    if not shade.readable:
        found.add(
            Problem(
                code="card-contrast",
                message=f"{where}: no colour has a contrast of 4.5 with all that is behind it",
                hint="change the brand's colours or the design's",
            )
        )
    return found


def missing_letter(char: str, where: str) -> Problem:
    """Say that no font has a character, ``where`` it stands, and what brings it."""
    script = script_of(char) or "Zyyy"
    name = unicodedata.name(char, "unnamed character")
    return Problem(
        code="card-glyph",
        message=f"{where}: no font has U+{ord(char):04X} {name} (script {script})",
        hint=package_for(script),
    )
