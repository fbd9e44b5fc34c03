"""A campaign at one moment: what was found, the plan made of it, and what requests see of both.

``Snapshot`` is one plan; ``State`` holds the plans and problems that answer requests.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from msgspec.structs import replace

from stopjihad.build.campaign import brand_shared
from stopjihad.build.check.survey import CheckedCampaign, survey, with_fonts
from stopjihad.build.live_alert import require_same, show_alerts
from stopjihad.build.parts import CARD_SIZES
from stopjihad.disk.cache import Cache
from stopjihad.load import files
from stopjihad.load.documents import SourceFile, read_source
from stopjihad.model import input_names
from stopjihad.model.options import Options
from stopjihad.model.point import Point
from stopjihad.model.project import Document, Project
from stopjihad.model.step import Input, Plan, Step
from stopjihad.plan.inputs import Inputs, go_on
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.plan import make_plan
from stopjihad.studio.live.point_file import unfinished_document


def has_size(step: Step) -> bool:
    """Tell whether drafts name the size of what is made: cards, slides, the documents of these."""
    return step.output.startswith("site/")


class Uses:
    """What is made from each input of a plan, so that a save need not look through all steps."""

    def __init__(self, plan: Plan) -> None:
        """Look through the steps once."""
        self._outputs: dict[str, list[str]] = {}
        self._parts: dict[str, list[Step]] = {}
        for step in plan.steps:
            for name in step.inputs:
                self._outputs.setdefault(name, []).append(step.output)
        for step in plan.parts:
            for name in step.inputs:
                self._parts.setdefault(name, []).append(step)

    def outputs_of(self, inputs: Iterable[str]) -> frozenset[str]:
        """Name the outputs that are made from some inputs, or from what is made from them."""
        found = set(inputs)
        waiting = list(found)
        while waiting:
            for step in self._parts.get(waiting.pop(), ()):
                made = {step.output, CARD_SIZES} if has_size(step) else {step.output}
                waiting += made - found
                found |= made
        return frozenset(path for name in found for path in self._outputs.get(name, ()))


class Snapshot(NamedTuple):
    """A plan that can be rendered.

    Attributes:
        number: counts the plans of this run, from 1.
        found: the campaign as it was read.
        plan: everything that it becomes.
        steps: output path to its step: the map that requests are answered from.
        parts: name of an input to the step that makes it.
        uses: what is made from each input; the same object as long as no step is another one.
        saved: inputs that were put in after the plan was made, by name; they stand before its own.
        until: when the alert that stands on its pages ends; None without one.
    """

    number: int
    found: CheckedCampaign
    plan: Plan
    steps: Mapping[str, Step]
    parts: Mapping[str, Step]
    uses: Uses
    saved: Mapping[str, Input] = MappingProxyType({})
    until: dt.datetime | None = None

    def input(self, name: str) -> Input | None:
        """Find an input that is there before anything is made; None for another name."""
        return self.saved.get(name) or self.plan.inputs.get(name)


class ReadCampaign(NamedTuple):
    """What reading the campaign gave.

    ``snapshot`` is None when nothing can be planned; with ``errors`` it shows work in progress and
    must not be taken for a good plan. ``drafted`` is a plan of drafts alone, None without any.
    """

    found: CheckedCampaign
    snapshot: Snapshot | None
    errors: tuple[Problem, ...]
    drafted: Snapshot | None = None


class CampaignPlace(NamedTuple):
    """Say which campaign is meant, the day that counts for its helplines, the moment for alerts.

    ``judged``: message rules are applied with everything else; else somebody judges it apart.
    """

    root: Path
    slug: str
    today: dt.date
    now: dt.datetime
    judged: bool = True


def read_snapshot(
    place: CampaignPlace,
    cache: Cache,
    number: int,
    known: Mapping[str, Document[Point]],
    between: Callable[[], None] = go_on,
) -> ReadCampaign:
    """Read, check and plan a campaign as it is now.

    Args:
        known: talking points by path as they could be read last; they stand in for files that
            are no YAML at the moment.
        between: called between two inputs of the plan, so that others may take a turn.
    """
    options = Options(again=True)
    found = survey(place.root, place.slug, place.today, cache, judged=place.judged)
    found = with_fonts(found, place.root, options)
    if found.project is None:
        return ReadCampaign(found, None, found.errors)
    try:
        shown = _with_broken(found, place.root, known) if found.errors else found
        assert shown.project is not None
        options, changed = _with_alert(shown.project, options, place.now)
        plan = make_plan(
            shown.project, brand_shared(shown), options, found.problems, between=between
        )
    except Exception:
        if not found.errors:
            raise
        return ReadCampaign(found, None, found.errors)  # mistakes that no plan can be made around
    snapshot = _planned(number, shown, plan, options)
    drafted = _drafted(number, found, place.root, options)
    return ReadCampaign(found, snapshot, (*found.errors, *changed), drafted)


def _planned(number: int, found: CheckedCampaign, plan: Plan, options: Options) -> Snapshot:
    return Snapshot(
        number,
        found,
        plan,
        {step.output: step for step in plan.steps},
        {step.output: step for step in plan.parts},
        Uses(plan),
        until=min((one.alert.ends for one in options.alerts), default=None),
    )


def _drafted(number: int, found: CheckedCampaign, root: Path, options: Options) -> Snapshot | None:
    """Plan what drafts would become, apart from all that is ready: their writers look at it."""
    project = found.project
    assert project is not None
    # What was made ready since the files were read is on no other plan, unless errors are.
    read_again = _unfinished(project, root, {})
    begun = [one for one in read_again if one.record.draft or not found.errors]
    points = tuple(sorted((*project.draft_points, *begun), key=lambda one: one.path))
    if not points and not project.draft_pages:
        return None
    pages = (*project.pages, *project.draft_pages)
    alone = replace(
        found,
        project=replace(project, points=points, pages=pages, draft_points=(), draft_pages=()),
    )
    assert alone.project is not None
    try:
        plan = make_plan(alone.project, brand_shared(alone), options)
    except Exception:  # noqa: BLE001 - a half draft that no plan can be made around
        return None
    return _planned(number, alone, plan, options)


def _with_alert(
    project: Project, options: Options, now: dt.datetime
) -> tuple[Options, tuple[Problem, ...]]:
    """Put the alert that holds into a plan, as a build would, or say why a build is refused."""
    try:
        require_same(project, now)
    except ProblemsFound as refused:
        return options, refused.problems
    return show_alerts(project, options, now), ()


def _with_broken(
    found: CheckedCampaign, root: Path, known: Mapping[str, Document[Point]]
) -> CheckedCampaign:
    """Add talking points that cannot be read by the schema, as far as they can be read."""
    project = found.project
    assert project is not None
    points = {one.path: one for one in project.points}
    for one in _unfinished(project, root, known):
        if not one.record.draft:
            points.setdefault(one.path, one)
    ordered = tuple(points[path] for path in sorted(points))
    return replace(found, project=replace(project, points=ordered))


def _unfinished(
    project: Project, root: Path, known: Mapping[str, Document[Point]]
) -> Iterator[Document[Point]]:
    """Read talking points that the schema refuses as far as they can be read."""
    for path in project.broken:
        if "/points/" not in path:
            continue
        file = read_source(root, path, files.MAX_TEXT_BYTES)
        document = known.get(path)  # as it was before two versions met in it
        if isinstance(file, SourceFile):
            document = unfinished_document(path, file.text, project) or document
        if document is not None:
            yield document


def changed_outputs(before: Snapshot, after: Snapshot) -> frozenset[str]:
    """Name the outputs that may look different now.

    Returns:
        Paths of outputs that are new, gone, or made from something else than before.
    """
    changed = changed_inputs(before, after)
    if before.uses is after.uses:  # talking points were put in: no step is another one
        return after.uses.outputs_of(changed)
    stale = _with_parts(before, after, changed)
    outputs = set(before.steps.keys() ^ after.steps.keys())
    for path, step in after.steps.items():
        if path in outputs:
            continue
        if step != before.steps[path] or not stale.isdisjoint(step.inputs):
            outputs.add(path)
    return frozenset(outputs)


def changed_inputs(before: Snapshot, after: Snapshot) -> set[str]:
    """Name the inputs that are new, gone or different."""
    if before.uses is after.uses:  # only what was put in since can differ
        names = before.saved.keys() | after.saved.keys()
        return {name for name in names if _digest(before, name) != _digest(after, name)}
    old, new = ({**one.plan.inputs, **one.saved} for one in (before, after))
    changed = set(old.keys() ^ new.keys())
    for name, item in new.items():
        other = old.get(name)
        if other is not item and other is not None and other.digest != item.digest:
            changed.add(name)
    return changed


def _digest(snapshot: Snapshot, name: str) -> str:
    found = snapshot.input(name)
    return found.digest if found is not None else ""


def _with_parts(before: Snapshot, after: Snapshot, inputs: set[str]) -> set[str]:
    """Add the inputs that are made from changed ones, or made in another way."""
    changed = set(inputs)
    for name, step in after.parts.items():
        if step != before.parts.get(name) or not changed.isdisjoint(step.inputs):
            changed.add(name)
            if has_size(step):
                changed.add(CARD_SIZES)
    return changed


def with_point(snapshot: Snapshot, document: Document[Point], number: int) -> Snapshot | None:
    """Put a newer version of one talking point into a plan, without planning anew.

    What only planning can tell stays as it was for the moment: which translations are stale, what
    lists and neighbours say.

    Args:
        document: the talking point as it is now.

    Returns:
        The plan with the same steps; None when it has no such talking point.
    """
    name = input_names.point(document.record.id)
    project = snapshot.found.project
    if name not in snapshot.plan.inputs or project is None:
        return None
    place = next((at for at, one in enumerate(project.points) if one.path == document.path), None)
    points = project.points
    if place is not None:
        points = (*points[:place], document, *points[place + 1 :])
    new = Inputs()
    new.add(name, document.record)
    found = replace(snapshot.found, project=replace(project, points=points))
    return snapshot._replace(number=number, found=found, saved={**snapshot.saved, **new.found})


def digests_of(project: Project | None) -> dict[str, str]:
    """Name the versions of the files that a campaign was read from.

    Args:
        project: the campaign, or None when it cannot be read.

    Returns:
        Path relative to the workspace to SHA-256, of talking points, pages and translations.
    """
    if project is None:
        return {}
    found = {one.path: one.digest for one in project.points}
    found |= {one.path: one.digest for one in project.pages}
    found |= {one.path: one.digest for one in project.translations}
    return {path: digest for path, digest in found.items() if digest}


class State(NamedTuple):
    """What all requests see; it is replaced whole.

    Attributes:
        number: counts the changes of this run, from 1.
        good: the newest plan that can be rendered; None when there never was one.
        settled: the newest good plan that came from reading everything.
        before: the settled plan before that; it answers where the newest fails.
        newest: the plan of the files as they are, with mistakes that can be planned around; for
            people who are writing.
        drafted: a plan of drafts alone, for those who write them; None without any.
        found: the campaign as it is on disk now.
        errors: why the files as they are now make no plan, or no page.
    """

    number: int
    good: Snapshot | None
    newest: Snapshot | None
    settled: Snapshot | None
    before: Snapshot | None
    found: CheckedCampaign
    errors: tuple[Problem, ...]
    drafted: Snapshot | None = None


class StateChange(NamedTuple):
    """Tell what a save changed: outputs that may look different, and how many problems stand."""

    number: int
    outputs: frozenset[str]
    errors: int
    warnings: int
    notes: int


class ServedOutput(NamedTuple):
    """The bytes of an output, and what is wrong with its newest version."""

    data: bytes | None
    problems: tuple[Problem, ...]


class Newer(NamedTuple):
    """A talking point that was saved after everything was read.

    ``sound``: without errors; ``digest`` is that of its file.
    """

    number: int
    document: Document[Point]
    sound: bool
    digest: str


class Own(NamedTuple):
    """What is wrong with a talking point as it was saved when the state had this number."""

    number: int
    problems: tuple[Problem, ...]


class KnownProblems(NamedTuple):
    """Everything wrong that was found when all was read.

    Attributes:
        sources: the tuples it was gathered from; the same objects, or it is out of date.
        every: all problems.
        ordered: the same, sorted by place.
        numbers: severity to the numbers of such problems by path of the file.
    """

    sources: tuple[tuple[Problem, ...], ...]
    every: frozenset[Problem]
    ordered: tuple[Problem, ...]
    numbers: Mapping[str, Counter[str]]

    def is_of(self, sources: tuple[tuple[Problem, ...], ...]) -> bool:
        """Tell whether it was gathered from these very tuples."""
        return all(mine is theirs for mine, theirs in zip(self.sources, sources, strict=True))


def gather(sources: tuple[tuple[Problem, ...], ...]) -> KnownProblems:
    """Gather problems from several places, each once."""
    every = frozenset[Problem]().union(*sources)
    numbers: dict[str, Counter[str]] = {}
    for one in every:
        numbers.setdefault(one.severity, Counter())[one.path] += 1
    return KnownProblems(sources, every, tuple(sorted(every)), numbers)


def failure(error: Exception) -> Problem:
    """Describe a fault of ours that stands in the way of reading."""
    words = " ".join(str(error).split())[:200]
    return Problem(
        code="preview-failed",
        message=f"the campaign cannot be read: {type(error).__name__}: {words}",
        hint="this is a fault of the program; undo the last change and report it",
    )


def with_newer(
    plan: Snapshot | None, newer: Mapping[str, Newer], *, sound: bool
) -> Snapshot | None:
    """Put points that were saved meanwhile into a plan.

    Args:
        plan: the plan, or None.
        sound: take only those without errors, and no drafts.

    Returns:
        The plan with the points that it has a place for.
    """
    for one in newer.values():
        ready = one.sound and not one.document.record.draft
        if plan is not None and (ready or not sound):
            plan = with_point(plan, one.document, one.number) or plan
    return plan


def has(plan: Snapshot | None, document: Document[Point]) -> bool:
    """Tell whether ``plan`` has a place for the talking point of ``document``."""
    return plan is not None and input_names.point(document.record.id) in plan.plan.inputs


def differs(old: Snapshot | None, new: Snapshot | None) -> bool:
    """Tell whether two plans are made from other inputs, words that are still wrong among them.

    Args:
        old: what was shown; None when nothing was.
    """
    if old is None or new is None:
        return old is not new
    return bool(changed_inputs(old, new))


def same_looks(state: State, new: Snapshot) -> bool:
    """Tell whether templates, words and designs of ``new`` are those of ``state``."""
    return state.settled is not None and _looks(state.settled) == _looks(new)


def _looks(snapshot: Snapshot) -> dict[str, str]:
    return {
        name: item.digest
        for name, item in snapshot.plan.inputs.items()
        if input_names.kind_of(name) in _LOOKS
    }


_LOOKS = frozenset({"theme", "words", "design", "post-template", "platform"})
"""First parts of the names of such inputs."""
