"""An edit makes what shows it, and nothing else."""

from __future__ import annotations

import datetime as dt
from functools import cache

from msgspec.structs import replace
from stopjihad.build.campaign import brand_shared
from stopjihad.build.check.survey import survey
from stopjihad.disk.cache import NoCache
from stopjihad.model.options import Options
from stopjihad.model.project import Project
from stopjihad.model.step import Plan
from stopjihad.render.plan import make_plan

from support.build import SMALL

DAY = dt.date(2026, 11, 28)


@cache
def small() -> tuple[Project, object]:
    (slug,) = (path.name for path in (SMALL / "campaigns").iterdir())
    found = survey(SMALL, slug, DAY, NoCache(), judged=False)
    assert found.project is not None
    return found.project, brand_shared(found)


def plan_of(project: Project) -> Plan:
    shared = small()[1]
    return make_plan(project, shared, Options(only=("site",)))  # type: ignore[arg-type, attr-defined]


def changed(before: Plan, after: Plan) -> set[str]:
    """Name the inputs that are other ones."""
    every = before.inputs.keys() | after.inputs.keys()
    return {name for name in every if before.inputs.get(name) != after.inputs.get(name)}


def test_a_text_without_a_translation_makes_no_list_and_no_neighbour_anew() -> None:
    """787 pages were made for it once, and 17 of them were other ones."""
    project, _ = small()
    (file, *others) = project.translations
    point = project.points[0].record
    messages = tuple(one for one in file.messages if one.source not in point.body)
    assert len(messages) < len(file.messages)
    lacking = replace(file, messages=messages)
    edited = replace(project, translations=(lacking, *others))
    names = changed(plan_of(project), plan_of(edited))
    assert f"messages/{file.language}/{point.id}" in names
    assert f"headlines/{file.language}" in names
    assert not [
        name for name in names if name.startswith(("near/", "teasers/", "lead/", "letters/"))
    ]


def test_a_fact_of_other_words_makes_lists_and_neighbours_anew() -> None:
    project, _ = small()
    document, *others = project.points
    edited = replace(document, record=replace(document.record, fact="Other words."))
    names = changed(plan_of(project), plan_of(replace(project, points=(edited, *others))))
    source = project.campaign.record.source_language
    assert {f"teasers/{source}", f"near/{source}/{others[0].record.id}"} <= names
