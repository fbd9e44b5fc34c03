"""Put edited talking points into a plan that was made before, instead of planning all anew.

Only the text of a talking point may differ (``body``, ``alternative``): what lists, frames and
neighbours show of it is then the same. Where a language has it whole no more, or again, the feed,
the kit and the sitemap are planned anew, too. Wherever more may change there is no such plan, and
the whole one is made.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

import msgspec

from stopjihad.model import input_names
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Project
from stopjihad.model.step import ABSENT, Input, Plan, PutAside, Step
from stopjihad.plan.editions import PointEdition, point_editions
from stopjihad.plan.inputs import Inputs
from stopjihad.plan.lists import split, teasers
from stopjihad.plan.site import KIT_POINT, neighbours
from stopjihad.view.records import Headline

KINDS = frozenset({"page", "asset"})
"""Kinds of steps of which such a plan consists: others show more of a text, or are made first."""

SHARED = frozenset({"assets", "entries", "frame", "headlines", "past", "theme", "words"})
"""Kinds of inputs that pages of talking points share, or that those are made from which differ."""

_HEADLINES = msgspec.json.Decoder(list[Headline])
_ENTRIES = msgspec.json.Decoder(list[dict[str, Any]])

Whole = dict[str, tuple[str, ...]]
"""Talking point to the languages that have it whole, in the campaign's order."""

Lists = dict[str, list[Headline]]
"""Language to what its lists, feed and kit say of talking points."""


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
        free: whether the same pages are planned wherever talking points are whole: pictures and
            pages of the kit are of whole ones alone.
        build: digest of all step keys, when it was published.
    """

    campaign: str
    steps: tuple[Step, ...]
    digests: dict[str, str]
    data: dict[str, bytes]
    marks: PointMarks
    free: bool
    build: str = ""


class Edited(NamedTuple):
    """A plan with edited talking points.

    Attributes:
        plan: the plan.
        last: what is kept of it.
        inputs: names of inputs that have other bytes than before.
        outputs: outputs whose steps have other parameters.
    """

    plan: Plan
    last: LastPlan
    inputs: frozenset[str]
    outputs: frozenset[str]


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
    kept = (name for name in plan.inputs if input_names.kind_of(name) in SHARED)
    params = {param for step in plan.steps for param in step.params}
    pictures = any(name.startswith("preview") for name, _ in params)
    return LastPlan(
        campaign=plan.campaign,
        steps=plan.steps,
        digests={name: item.digest for name, item in plan.inputs.items()},
        data={name: plan.inputs[name].data for name in kept},
        marks=marks,
        free=not pictures and ("kind", KIT_POINT) not in params,
    )


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
    whole = _add_texts(last, project, [document.record for document in edited], inputs)
    lists = {
        lang: _HEADLINES.decode(last.data[input_names.headlines(lang)])
        for lang in project.campaign.record.languages
    }
    if whole is None or not _add_near(last, lists, edited, inputs):
        return None
    changed = _changed(last, project, whole)
    if changed and not _add_lists(last, lists, changed, inputs):
        return None
    steps = _linked(last.steps, changed) if changed else last.steps
    return _put_together(last, steps, edited, inputs)


def _put_together(
    last: LastPlan, steps: tuple[Step, ...], edited: Sequence[Document[Point]], inputs: Inputs
) -> Edited:
    added = inputs.found
    new = {name: added[name].digest for name in added if name in last.digests}
    digests = last.digests | new
    every = {
        name: added[name] if name in added else Input(name, digest, ABSENT)
        for name, digest in digests.items()
    }
    files = {document.record.id: document.digest for document in edited}
    kept = msgspec.structs.replace(
        last,
        steps=steps,
        digests=digests,
        data={name: added[name].data for name in last.data},
        marks=msgspec.structs.replace(last.marks, files=last.marks.files | files),
    )
    return Edited(
        Plan(last.campaign, steps, every),
        kept,
        frozenset(name for name, digest in new.items() if digest != last.digests[name]),
        frozenset(
            one.output for one, other in zip(steps, last.steps, strict=True) if one is not other
        ),
    )


def _brief(point: Point) -> str:
    """Digest what lists, frames and neighbours may show of a talking point."""
    brief = msgspec.structs.replace(point, body="", alternative="")
    return hashlib.sha256(msgspec.json.encode(brief, order="sorted")).hexdigest()


def _add_texts(
    last: LastPlan, project: Project, points: Sequence[Point], inputs: Inputs
) -> Whole | None:
    """Add the texts of talking points; say where they are whole, or None if approvals differ."""
    source = project.campaign.record.source_language
    whole: Whole = {}
    for point in points:
        inputs.add(input_names.point(point.id), point)
        whole[point.id] = ()
    for edition in point_editions(project, points):
        lang, key = edition.lang, edition.key
        if edition.complete:
            whole[key] += (lang,)
        if lang != source:
            inputs.add(input_names.messages(lang, key), edition.messages)
        if not _is_approved_as_before(last, edition, inputs):
            return None
    return whole


def _is_approved_as_before(last: LastPlan, edition: PointEdition, inputs: Inputs) -> bool:
    name = input_names.approval(edition.lang, edition.key)
    if edition.reviewed is None:
        return name not in last.digests
    inputs.add(name, edition.reviewed)
    return inputs.found[name].digest == last.digests.get(name)


def _changed(last: LastPlan, project: Project, whole: Whole) -> Whole:
    """Choose the talking points that other languages have whole than before."""
    source = project.campaign.record.source_language
    before = {
        params["id"]: params["alternates"]
        for step in last.steps
        if step.output.startswith(f"site/{source}/points/")
        if (params := dict(step.params))["kind"] == "point"
    }
    return {key: langs for key, langs in whole.items() if before.get(key) != ",".join(langs)}


def _linked(steps: Iterable[Step], changed: Whole) -> tuple[Step, ...]:
    """Let pages of talking points link to the languages that have these whole."""

    def linked(step: Step) -> Step:
        if changed.keys().isdisjoint(step.output.split("/")):  # most of them: quicker than below
            return step
        params = dict(step.params)
        if params.get("kind") != "point" or params["id"] not in changed:
            return step
        params["alternates"] = ",".join(changed[params["id"]])
        return msgspec.structs.replace(step, params=tuple(sorted(params.items())))

    return tuple(map(linked, steps))


def _add_lists(last: LastPlan, lists: Lists, changed: Whole, inputs: Inputs) -> bool:
    """Add what tells where talking points are whole; tell whether the same pages show it."""
    if not last.free:
        return False
    known = {name for name in last.digests if input_names.kind_of(name) == "kit"}
    for lang, before in lists.items():
        headlines = [
            msgspec.structs.replace(item, complete=lang in changed[item.id])
            if item.id in changed
            else item
            for item in before
        ]
        inputs.add(input_names.headlines(lang), headlines)
        parts = split(headlines, lambda item: item.complete)
        for number, items in enumerate(parts, start=1):
            name = inputs.add(input_names.kit(lang, number), items)
            if name not in known:
                return False
            known.discard(name)
    if known:
        return False
    rests = {f"points/{key}/index.html": list(langs) for key, langs in changed.items()}
    entries = _ENTRIES.decode(last.data["entries"])
    for entry in entries:
        entry["languages"] = rests.get(entry["rest"], entry["languages"])
    inputs.add("entries", entries)
    return True


def _add_near(
    last: LastPlan, lists: Lists, edited: Sequence[Document[Point]], inputs: Inputs
) -> bool:
    """Add the neighbours of talking points; tell whether they are those of the last plan."""
    for lang, headlines in lists.items():
        near = neighbours(teasers(headlines))
        for document in edited:
            name = inputs.add(input_names.near(lang, document.record.id), near(document.record))
            if inputs.found[name].digest != last.digests.get(name):
                return False
    return True
