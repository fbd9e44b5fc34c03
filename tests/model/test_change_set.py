"""A set lays its drafts over what is ready, and touches nothing else."""

from __future__ import annotations

import msgspec
from stopjihad.model.change_set import change_sets, with_set
from stopjihad.model.project import Document, Page, Project

from support.campaign import generated_project


def page(name: str, title: str, **more: object) -> Document[Page]:
    record = msgspec.convert({"id": name, "title": title, **more}, type=Page)
    return Document(path=f"campaigns/demo/pages/{name}.md", record=record, digest="")


def test_drafts_of_a_set_stand_where_they_will_stand() -> None:
    project: Project = msgspec.structs.replace(
        generated_project(1),
        pages=(page("about", "Old"), page("privacy", "P")),
        draft_pages=(
            page("about-x", "New", draft=True, change_set="x", replaces="about"),
            page("fresh", "Fresh", draft=True, change_set="x"),
            page("other", "Other", draft=True, change_set="y"),
            page("alone", "Alone", draft=True),
        ),
    )
    sets = change_sets(project)
    assert list(sets) == ["x", "y"]
    assert [(one.key, one.replaces) for one in sets["x"]] == [
        ("pages/about", "campaigns/demo/pages/about.md"),
        ("pages/fresh", ""),
    ]
    found = {one.record.id: one.record for one in with_set(project, "x").pages}
    assert {name: one.title for name, one in found.items()} == {
        "about": "New",
        "privacy": "P",
        "fresh": "Fresh",
    }
    assert not any(one.draft or one.change_set or one.replaces for one in found.values())
