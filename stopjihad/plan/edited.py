"""Put edited talking points into a plan that was made before, instead of planning all anew.

Only the text of a talking point may differ (``body``, ``alternative``): what lists, frames and
neighbours show of it is then the same, and so are all steps. Wherever that is in doubt there is no
such plan, and the whole one is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from stopjihad.model import input_names
from stopjihad.model.loaded import Document, Project
from stopjihad.model.point import Point
from stopjihad.model.step import ABSENT, Input, Plan, Step
from stopjihad.plan.editions import PointEdition, point_editions
from stopjihad.plan.inputs import Inputs, PutAside
from stopjihad.plan.site import neighbours
from stopjihad.view.records import Teaser

KINDS = frozenset({"page", "asset"})
"""Kinds of steps of which such a plan consists: others show more of a text, or are made first."""

SHARED = frozenset({"assets", "frame", "theme", "words"})
"""Kinds of inputs that pages of talking points share; teasers are needed, too."""

_TEASERS = msgspec.json.Decoder(list[Teaser])


class PointMarks(msgspec.Struct, frozen=True):
    """Tell edited talking points from others.

    Attributes:
        files: id to the digest of the file.
        briefs: id to the digest of all but the text.
    """

    files: dict[str, str]
    briefs: dict[str, str]


class LastPlan(msgspec.Struct, frozen=True):
    """A plan as it is kept for the next build.

    Attributes:
        campaign: its slug.
        steps: what is made.
        digests: name and digest of each input.
        data: bytes of inputs that the page of any talking point needs.
        marks: the talking points that it was made from.
    """

    campaign: str
    steps: tuple[Step, ...]
    digests: dict[str, str]
    data: dict[str, bytes]
    marks: PointMarks


class Edited(NamedTuple):
    """A plan with edited talking points, and what is kept of it."""

    plan: Plan
    last: LastPlan


def point_marks(project: Project) -> PointMarks:
    """Mark the talking points of a campaign."""
    return PointMarks(
        {document.record.id: document.digest for document in project.points},
        {document.record.id: _brief(document.record) for document in project.points},
    )


def kept_plan(plan: Plan, marks: PointMarks) -> LastPlan | None:
    """Say what is kept of a plan.

    Args:
        plan: complete.
        marks: the talking points that it was made from.

    Returns:
        What is kept; None when talking points cannot be put into such a plan.
    """
    if not all(step.kind in KINDS for step in plan.steps):
        return None
    kept = (name for name in plan.inputs if _is_shared(name))
    return LastPlan(
        campaign=plan.campaign,
        steps=plan.steps,
        digests={name: item.digest for name, item in plan.inputs.items()},
        data={name: plan.inputs[name].data for name in kept},
        marks=marks,
    )


def _is_shared(name: str) -> bool:
    """Tell whether the page of any talking point needs an input, or one that is made from it."""
    every = input_names.teasers(input_names.rest_of(name))  # not those of one page of a list
    return input_names.kind_of(name) in SHARED or (name == every and name.count("/") == 1)


def edited_plan(last: LastPlan, project: Project, put_aside: PutAside) -> Edited | None:
    """Put the talking points that were edited into the last plan.

    Args:
        last: made of the same campaign, but for the files of talking points.
        project: the campaign now, checked.
        put_aside: takes the bytes of inputs until steps are made.

    Returns:
        The plan, in which inputs that no edit touches have no bytes; None when it would be another
        one than that of a build of everything.
    """
    edited = [
        document
        for document in project.points
        if last.marks.files.get(document.record.id) != document.digest
    ]
    if not all(last.marks.briefs.get(one.record.id) == _brief(one.record) for one in edited):
        return None
    inputs = Inputs(put_aside)
    for name, data in last.data.items():
        inputs.add(name, data)
    if not _add_texts(last, project, edited, inputs) or not _add_near(
        last, project, edited, inputs
    ):
        return None
    added = inputs.found
    new = {name: added[name].digest for name in added if name in last.digests}
    digests = last.digests | new
    every = {
        name: added[name] if name in added else Input(name, digest, ABSENT)
        for name, digest in digests.items()
    }
    files = {document.record.id: document.digest for document in edited}
    marks = msgspec.structs.replace(last.marks, files=last.marks.files | files)
    kept = msgspec.structs.replace(last, digests=digests, marks=marks)
    return Edited(Plan(last.campaign, last.steps, every), kept)


def _brief(point: Point) -> str:
    """Digest what lists, frames and neighbours may show of a talking point."""
    brief = msgspec.structs.replace(point, body="", alternative="")
    return hashlib.sha256(msgspec.json.encode(brief, order="sorted")).hexdigest()


def _add_texts(
    last: LastPlan, project: Project, edited: Sequence[Document[Point]], inputs: Inputs
) -> bool:
    """Add the texts of talking points; tell whether they are as whole and approved as before."""
    points = [document.record for document in edited]
    source = project.campaign.record.source_language
    alternates = _alternates(last, source)
    for point in points:
        inputs.add(input_names.point(point.id), point)
    for edition in point_editions(project, points):
        lang, key = edition.lang, edition.key
        if edition.complete != (lang in alternates.get(key, ())):
            return False
        if lang != source:
            inputs.add(input_names.messages(lang, key), edition.messages)
        if not _is_approved_as_before(last, edition, inputs):
            return False
    return True


def _is_approved_as_before(last: LastPlan, edition: PointEdition, inputs: Inputs) -> bool:
    name = input_names.approval(edition.lang, edition.key)
    if edition.reviewed is None:
        return name not in last.digests
    inputs.add(name, edition.reviewed)
    return inputs.found[name].digest == last.digests.get(name)


def _alternates(last: LastPlan, source: str) -> Mapping[str, frozenset[str]]:
    """Name the languages in which each talking point was whole: its page links to them."""
    found = {}
    for step in last.steps:
        params = dict(step.params)
        if params.get("kind") == "point" and params["lang"] == source:
            found[params["id"]] = frozenset(params["alternates"].split(","))
    return found


def _add_near(
    last: LastPlan, project: Project, edited: Sequence[Document[Point]], inputs: Inputs
) -> bool:
    """Add the neighbours of talking points; tell whether they are those of the last plan."""
    for lang in project.campaign.record.languages:
        listed = _TEASERS.decode(last.data[input_names.teasers(lang)])
        near = neighbours(listed)
        for document in edited:
            name = inputs.add(input_names.near(lang, document.record.id), near(document.record))
            if inputs.found[name].digest != last.digests.get(name):
                return False
    return True
