"""Say what an output is: the kinds of steps that make it."""

from __future__ import annotations

from typing import NamedTuple


class StepKind(NamedTuple):
    """Describe one kind of step.

    Attributes:
        render: ``module:function`` below ``stopjihad.render``; the function takes the step and the
            decoded inputs, and gives bytes or problems.
        libraries: packages that decide its bytes.
        costly: whether outputs are kept in the store: making them costs more than reading them.
        label: how a build's report counts them; empty for what is not counted.
        templates: folder that a mistake in a template is looked for in.
        weight: work in pages, of kinds that are not ``costly`` like a card.
    """

    render: str
    libraries: tuple[str, ...] = ()
    costly: bool = False
    label: str = ""
    templates: str = "templates/site"
    weight: int = 0
