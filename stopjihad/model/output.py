"""Say what an output is, and the kinds of steps that make it.

Ours are rows of `OURS` and ``render.kinds``; an installed package may announce others
(docs/programs.md).
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
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


_NOBODY: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Output(NamedTuple):
    """Describe an output of every build.

    Attributes:
        name: how ``--only`` and reports call it, and the folder below ``dist/<campaign>/`` that all
            files of an announced one are in.
        planner: ``module:function``. One that a package adds takes a
            ``plan.ready_points.SitePlan`` and yields steps. Their kind is ``module:function`` of
            what renders them: it takes the step and a ``plan.decoded.StepInputs``, and gives bytes.
            One of ours takes and gives what `plan.planner` says.
        folder: below ``dist/<campaign>/``, where it is not the name.
        after: outputs whose offers its planner reads.
        on_demand: whether it is made only when ``--only`` names it: it takes minutes, not seconds.
        shown_by: kind of its steps to the outputs whose pages show or link what they make.
    """

    name: str
    planner: str
    folder: str = ""
    after: tuple[str, ...] = ()
    on_demand: bool = False
    shown_by: Mapping[str, tuple[str, ...]] = _NOBODY


OURS = (
    Output(
        "site", "stopjihad.render.page.plan:plan_output", after=("cards", "films", "kits", "paper")
    ),
    Output(
        "cards",
        "stopjihad.render.card.plan:plan_output",
        folder="site/cards",
        shown_by=MappingProxyType(
            {
                "card": ("site", "dossiers", "kits"),
                "card-alt": ("site", "dossiers", "kits"),
                "slide": ("site",),
                "slide-document": ("site",),
                "slide-alts": ("site",),
            }
        ),
    ),
    Output(
        "posts",
        "stopjihad.render.post.plan:plan_output",
        after=("cards", "films"),
        shown_by=MappingProxyType({"draft": ("kits",), "replies": ("kits",)}),
    ),
    Output("report", "stopjihad.render.team.plan:plan_report_output"),
    Output(
        "dossiers",
        "stopjihad.render.team.plan:plan_dossier_output",
        after=("cards",),
        shown_by=MappingProxyType({"dossier": ("report",)}),
    ),
    Output("alert", "stopjihad.render.alert.plan:plan_output"),
    Output(
        "originals",
        "stopjihad.render.kit.originals:plan_output",
        shown_by=MappingProxyType({"original-slides": ("kits",), "original-document": ("kits",)}),
    ),
    Output(
        "kits",
        "stopjihad.render.kit.plan:plan_output",
        folder="site/kits",
        after=("cards", "paper"),
        shown_by=MappingProxyType({"kit": ("site",)}),
    ),
    Output(
        "paper",
        "stopjihad.render.paper.plan:plan_output",
        folder="site/paper",
        on_demand=True,
        shown_by=MappingProxyType({"paper": ("site", "kits")}),
    ),
    Output("films", "stopjihad.render.film.plan:plan_output", folder="site/films", on_demand=True),
)
"""The outputs of this package, in the order in which ``--only`` names them."""


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
