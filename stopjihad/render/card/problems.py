"""Tell what would make a card wrong before it is drawn."""

from __future__ import annotations

import unicodedata

from stopjihad.catalog.fonts import package_for
from stopjihad.catalog.layout import Bar
from stopjihad.render.card.card import key_of, own_places
from stopjihad.render.card.content import contents
from stopjihad.render.card.ground import Hues, ground
from stopjihad.render.card.job import CardJob
from stopjihad.render.card.shape import script_of
from stopjihad.render.card.stack import Place
from stopjihad.problem import Problem
from stopjihad.view.records import PointView

EDGE = 1.0
"""How far rounding may put ink outside a box, px."""


def card_problems(job: CardJob) -> tuple[Problem, ...]:
    """Find what is wrong with a card.

    Args:
        job: the card; its ground is drawn, its own words are set, no picture is written.

    Returns:
        Sorted problems: ``card-subject`` (the design is for something else), ``card-claim`` (no
        claim, or no warning, for a design that shows the claim), ``card-glyph`` (a character
        that no font has: its name, script and the package to install), ``card-too-long`` (words
        that do not fit at the least size), ``card-contrast`` (no colour can be read there).
    """
    wrong = _subject(job)
    if wrong:
        return wrong
    words = contents(job)
    base = ground(key_of(job, words))
    placed = [*zip(base.places, base.hues, strict=True), *own_places(job, words, base)]
    found: set[Problem] = set()
    for place, shade in placed:
        found |= _of_place(job, place, shade)
    return tuple(sorted(found))


def _subject(job: CardJob) -> tuple[Problem, ...]:
    kind = "point" if isinstance(job.subject, PointView) else "helpline"
    if job.layout.subject != kind:
        message = f"the design {job.layout.name!r} is made from a {job.layout.subject}"
        return (Problem(code="card-subject", message=f"{message}, not from a {kind}"),)
    if isinstance(job.subject, PointView) and shows_claim(job):
        absent = [part for part in ("claim", "warning") if getattr(job.subject, part) is None]
        if absent:
            return (
                Problem(
                    code="card-claim",
                    message=f"{job.subject.id}: the design {job.layout.name!r} shows a claim, but "
                    f"the talking point has no {' and no '.join(absent)}",
                    hint="choose the design 'fact'",
                ),
            )
    return ()


def shows_claim(job: CardJob) -> bool:
    """Tell whether a design shows the claim."""
    from stopjihad.catalog.layout import contents_of

    return "claim" in contents_of(job.layout)


def _of_place(job: CardJob, place: Place, shade: Hues) -> set[Problem]:
    block = place.block
    if block is None or isinstance(place.item, Bar):
        return set()
    where = f"{job.subject.id}, {job.frame.lang}, {job.format}, {place.item.content}"
    found = {_missing(char, where) for char in block.shaped.missing}
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


def _missing(char: str, where: str) -> Problem:
    script = script_of(char) or "Zyyy"
    name = unicodedata.name(char, "unnamed character")
    return Problem(
        code="card-glyph",
        message=f"{where}: no font has U+{ord(char):04X} {name} (script {script})",
        hint=package_for(script),
    )
