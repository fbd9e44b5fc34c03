"""Say what an output is, and the kinds of steps that make it.

Ours are rows of ``render.kinds``; an installed package may announce others (docs/programs.md).
"""

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


OUTPUTS = "stopjihad.outputs"
"""Group of entry points under which packages announce outputs."""

EXPORTERS = "stopjihad.exporters"
"""Group of entry points under which packages announce formats of exports."""


class Output(NamedTuple):
    """Describe an output that a package adds to every build.

    Attributes:
        name: how ``--only`` and reports call it, and the folder below ``dist/<campaign>/`` that all
            of its files are in.
        planner: ``module:function``; the function takes a ``plan.ready_points.SitePlan`` and yields
            steps. Their kind is ``module:function`` of what renders them: it takes the step and a
            ``plan.decoded.StepInputs``, and gives bytes.
    """

    name: str
    planner: str


class AnnouncedOutput(NamedTuple):
    """An output with its package in the version that is installed, and the digest of its code."""

    output: Output
    package: str
    code: str


def own_kind(output: str, renderer: str) -> str:
    """Name the kind of steps of an announced ``output`` that a dotted ``renderer`` makes."""
    return f"{output}/{renderer}"


def announced_kind(kind: str) -> StepKind | None:
    """Describe a kind of an announced output; None for one of ours."""
    output, slash, renderer = kind.partition("/")
    return StepKind(renderer, label=output) if slash else None
