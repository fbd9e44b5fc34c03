"""Build a campaign: load, check, plan, execute, publish."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path

import msgspec

from stopjihad.build.store import Store
from stopjihad.check.project import check_project
from stopjihad.load.project import load_project, read_sources
from stopjihad.load.shared import load_shared
from stopjihad.model.loaded import Project
from stopjihad.model.request import Options, Shared
from stopjihad.model.step import Plan
from stopjihad.problem import Problem, ProblemsFound

PRIVATE = ".stopjihad"
"""Folder of the workspace that holds the store and the state of builds; safe to delete."""

RENDER = "stopjihad.render.table:render_batch"

Progress = Callable[[int, int], None]
"""Called with outputs done and outputs to make."""


class Surveyed(msgspec.Struct, frozen=True, kw_only=True):
    """Hold a campaign as found: what could be read, and everything wrong with it."""

    project: Project | None
    shared: Shared
    problems: tuple[Problem, ...]

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems that stop a build."""
        return tuple(item for item in self.problems if item.severity == "error")


def survey(root: Path, slug: str, today: dt.date) -> Surveyed:
    """Read and check a campaign without writing anything but the store.

    Args:
        root: the workspace.
        slug: the campaign.
        today: day on which helplines must be fresh.

    Returns:
        The campaign and all its problems, sorted by place.
    """
    from stopjihad.catalog.platforms import platforms

    store = Store(root / PRIVATE / "store")
    sources, problems = read_sources(root, slug)
    project, trouble = load_project(sources, store)
    shared, more = load_shared(root, store)
    problems += trouble + more
    if project is not None:
        problems += check_project(project, today, platforms().keys())
    return Surveyed(project=project, shared=shared, problems=tuple(sorted(set(problems))))


def make_campaign_plan(found: Surveyed, options: Options) -> Plan:
    """Plan a surveyed campaign.

    Args:
        found: from ``survey``.
        options: parts and languages.

    Returns:
        The plan.

    Raises:
        ProblemsFound: the campaign has errors.
    """
    from stopjihad.catalog.platforms import platforms
    from stopjihad.plan.make import make_plan

    if found.errors or found.project is None:
        raise ProblemsFound(found.errors)
    return make_plan(found.project, branded(found), platforms(), options)


def branded(found: Surveyed) -> Shared:
    """Put the campaign's colours into the style sheet and the drawings."""
    from stopjihad.render.page import brand_drawing, brand_stylesheet, make_palette

    assert found.project is not None
    brand = found.project.campaign.record.brand
    colours = {"accent": brand.accent, "ink": brand.ink, "paper": brand.paper}
    palette = make_palette(**colours)
    assets: dict[str, bytes] = {}
    for name, data in found.shared.assets.items():
        if name.endswith(".css"):
            assets[name] = brand_stylesheet(data.decode(), **colours).encode()
        elif name.endswith(".svg"):
            assets[name] = brand_drawing(data.decode(), palette).encode()
        else:
            assets[name] = data
    return msgspec.structs.replace(found.shared, assets=assets)
