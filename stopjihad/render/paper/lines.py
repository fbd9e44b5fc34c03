"""Choose the helplines of paper: it hangs where people read it whom nobody knows."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

from stopjihad.model.helpline import HURT, SECURITY, SECURITY_NEEDS
from stopjihad.model.point import Need
from stopjihad.view.helplines import StatedHelpline, number_heading, state_helplines
from stopjihad.view.records import Frame, PointView

PARENTS = "For parents"
CHILD = "For a child in danger"
TALK = "Talk to someone"


class PaperLines(NamedTuple):
    """Helplines of one sheet.

    Attributes:
        heading: what stands above the first, or above the address of the help page, in English.
        lines: that number, then others for the same need.
        worry: whom to ask about a worry, below; None where nothing asks for it.
        worry_heading: what stands above that number; empty where ``heading`` says it.
    """

    heading: str
    lines: tuple[StatedHelpline, ...] = ()
    worry: StatedHelpline | None = None
    worry_heading: str = ""


def choose_lines(
    frame: Frame, words: Mapping[str, str], view: PointView | None, *, lesson: bool
) -> PaperLines:
    """Choose whose numbers stand on a sheet, those of others before those of the police.

    A number of the police stands only where a worry about somebody is asked for, and never first:
    above it stands a line of others that is there for the same, else one that listens. Where a text
    tells of one service, its number stands alone.

    Args:
        view: the talking point; None for paper of a whole language.
        lesson: a class has it in hands: lines for the young stand on it where there are any.
    """
    asked = _need(frame, view, lesson=lesson and bool(state_helplines(frame, words, "young")))
    if view is not None and view.misplaced:
        return PaperLines(_heading(asked, served=False))
    found = state_helplines(frame, words, asked)
    if view is not None and found and _tells_of(view, found[0]):
        return PaperLines(_heading(asked, served=True), found[:1])
    police = next((one for one in found if _is_police(one)), None)
    others = tuple(one for one in found if one is not police)
    about = asked in SECURITY_NEEDS
    quiet = (one for one in others if not (_is_police(one) or (about and one.line.passes_on)))
    near = next((one for one in quiet if _is_near(frame, one)), None)
    if near is not None:
        rest = tuple(one for one in others if one is not near)
        return PaperLines(_heading(asked, served=True), (near, *rest), police)
    if asked in HURT:
        return PaperLines(_heading(asked, served=False))
    listening = state_helplines(frame, words, None)[:1]
    worry, heading = police, _heading("worried", served=True)
    if not about and not listening:
        worried = state_helplines(frame, words, "worried")
        worry = next((one for one in worried if not _is_police(one)), None)
    if listening:
        return PaperLines(TALK, (*listening, *others), worry, heading)
    return PaperLines(_heading(asked, served=False), (), worry, heading)


def _need(frame: Frame, view: PointView | None, *, lesson: bool) -> Need | None:
    if lesson:
        return "young"
    need = view.action.need if view else None
    return frame.need_met(need) if need in HURT else need


def _heading(need: Need | None, *, served: bool) -> str:
    return number_heading(need, served=served) or TALK


def _tells_of(view: PointView, one: StatedHelpline) -> bool:
    """Tell whether a talking point tells of the service whose number stands beside it."""
    about = {source.about_line for source in view.sources if source.about_line}
    return view.one_line and (not about or one.line.id in about)


def _is_near(frame: Frame, one: StatedHelpline) -> bool:
    return not frame.market or one.line.country == frame.market


def _is_police(one: StatedHelpline) -> bool:
    return one.line.operator in SECURITY


class CarriedLine(NamedTuple):
    """A number that stands without a name, below ``heading``, a message of the theme in English."""

    heading: str
    stated: StatedHelpline


def lines_to_carry(frame: Frame, words: Mapping[str, str]) -> tuple[CarriedLine, ...]:
    """Choose lines that can be carried without a name, each once: none that tells on its bearer.

    None of the police, whose number never stands without who answers, nor any that is there for a
    worry about somebody or for a way out: whoever finds it knows why it is carried. None for women:
    "For women" alone does not say that it is about violence, and a card that says so endangers
    whoever is found with it. For parents it is one that they call about anything. For the young,
    that of the State stands, too, with the words that it may pass on what is said: it is the one
    that must act.
    """
    found: dict[str, CarriedLine] = {}
    for one in _carried(frame, words):
        found.setdefault(one.stated.line.e164, one)
    return tuple(found.values())


def _carried(frame: Frame, words: Mapping[str, str]) -> Iterator[CarriedLine]:
    def quiet(need: Need) -> Iterator[StatedHelpline]:
        lines = state_helplines(frame, words, need)
        return (one for one in lines if _is_near(frame, one) and not one.line.passes_on)

    def first(heading: str, lines: Iterator[StatedHelpline]) -> Iterator[CarriedLine]:
        return (CarriedLine(heading, one) for one in [next(lines, None)] if one)

    young = state_helplines(frame, words, "young")
    must_act = (one for one in young if one.line.operator == "government" and one.line.passes_on)
    general = (one for one in quiet("relatives") if not {"worried", "exit"} & {*one.line.needs})
    yield from first(TALK, quiet("grief"))
    yield from first(_heading("young", served=True), quiet("young"))
    yield from first(CHILD, must_act)
    yield from first(_heading("despair", served=True), quiet("despair"))
    yield from first(PARENTS, general)
    yield from first(_heading("victims", served=True), quiet("victims"))
