"""Choose the picture that link previews of a page show, where the page is not a talking point's."""

from __future__ import annotations

from collections.abc import Sequence

import msgspec

from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.plan.editions import Edition
from stopjihad.plan.inputs import Inputs
from stopjihad.render.page.lists import teasers
from stopjihad.view.designs import CardSet, write_sets
from stopjihad.view.records import Headline

EMBEDS = ("embed", "oembed")
"""Kinds of what other sites show of a talking point: the page in a frame, and how it is found."""

OWN = frozenset({"point", "kit-point", "feed", *EMBEDS})
"""Kinds of page that show pictures of their own, or none."""

HELPING = frozenset({"help", "page"})
"""Kinds whose previews show a helpline: the help page, and pages for parents and the like."""


class Preview(msgspec.Struct, frozen=True):
    """The pictures of one language.

    Attributes:
        lead: name of the input that holds the headline whose card stands for the campaign.
        cards: of that talking point, the first design.
        lines: of the first helpline that has cards; empty where none has.
        form: the format, ``og`` where it is made.
    """

    lead: str
    cards: CardSet
    lines: tuple[CardSet, ...]
    form: str

    def on(self, step: Step) -> Step:
        """Give a page its picture; a page that has its own stays as it is."""
        kind = dict(step.params)["kind"]
        if kind in OWN:
            return step
        form = ("preview-format", self.form)
        if kind in HELPING and self.lines:
            inputs = (input_names.design(self.lines[0].design),)
            params = (form, ("preview-line", write_sets(self.lines)))
        else:
            inputs = (self.lead,)
            params = (form, ("preview", write_sets([self.cards])))
        return msgspec.structs.replace(
            step,
            inputs=tuple(sorted({*step.inputs, *inputs})),
            params=tuple(sorted((*step.params, *params))),
        )


def choose_preview(
    edition: Edition,
    headlines: Sequence[Headline],
    sets: dict[str, tuple[CardSet, ...]],
    lines: Sequence[CardSet],
    made: tuple[Inputs, Sequence[str]],
) -> Preview | None:
    """Choose the card of the talking point that the editor put first and that is whole.

    Args:
        made: inputs of the plan, one is added; and the formats that are made.

    Returns:
        The pictures; None where no card is made.
    """
    inputs, formats = made
    first = next((item for item in headlines if edition.shows(item.id)), None)
    if first is None or not formats:
        return None
    lead = inputs.add(input_names.lead(edition.lang), teasers([first])[0])
    form = "og" if "og" in formats else formats[0]
    return Preview(lead, sets[first.id][0], tuple(lines[:1]), form)
