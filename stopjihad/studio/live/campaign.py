"""Follow a campaign: the last good plan answers requests while the newest is made or is broken."""

from __future__ import annotations

import datetime as dt
import threading
from collections import ChainMap, Counter
from collections.abc import Callable, Collection, Mapping
from hashlib import sha256
from pathlib import Path
from typing import Any, TypeVar, cast

from stopjihad.build.check.survey import CheckedCampaign
from stopjihad.disk.cache import ByteMemory
from stopjihad.load import files as loading
from stopjihad.load.documents import SourceFile
from stopjihad.model.point import Point
from stopjihad.model.project import Document
from stopjihad.model.step import Step
from stopjihad.problem import Problem
from stopjihad.studio.live.background import PatientCache, Turns, is_large, without_cycle_search
from stopjihad.studio.live.point_file import PointVerdict, judge_point_file, read_point_file
from stopjihad.studio.live.renderer import Renderer
from stopjihad.studio.live.snapshot import (
    CampaignPlace,
    KnownProblems,
    Newer,
    Own,
    ReadCampaign,
    ServedOutput,
    Snapshot,
    State,
    StateChange,
    changed_outputs,
    differs,
    digests_of,
    failure,
    gather,
    has,
    read_snapshot,
    same_looks,
    with_newer,
)

T = TypeVar("T")


class LiveCampaign:
    """Keep the state of one campaign; many threads may ask."""

    def __init__(
        self,
        root: Path,
        slug: str,
        renderer: Renderer,
        today: Callable[[], dt.date],
        now: Callable[[], dt.datetime],
    ) -> None:
        """Read the campaign.

        Args:
            today: gives the day that counts for helplines.
            now: gives the moment that counts for alerts.
        """
        self.root, self.slug, self.today, self.now = root, slug, today, now
        self._renderer = renderer
        self._memory = ByteMemory()
        self.turns = Turns()
        self._reading, self._changing = threading.Lock(), threading.Lock()
        self._newer: dict[str, Newer] = {}
        self._kept: tuple[Snapshot | None, dict[str, Any]] = (None, {})
        self._trouble: dict[str, tuple[Problem, ...]] = {}
        self._anchored: dict[str, tuple[Any, Any]] = {}
        self._judged: tuple[Problem, ...] = ()
        self._gathered = gather(((), (), self._judged))
        self._own: dict[str, Own] = {}
        self._verdicts: dict[str, tuple[CheckedCampaign, dt.date, PointVerdict]] = {}
        self.apart = is_large(root, slug)
        with without_cycle_search():
            taken = read_snapshot(self._place(), self._memory, 1, {})
        errors = taken.errors or self._probe(taken.snapshot)
        good = None if errors else taken.snapshot
        self._shown = digests_of(taken.found.project)
        self.state = State(1, good, taken.snapshot, good, None, taken.found, errors, taken.drafted)

    def patch(self, paths: Collection[Path]) -> StateChange | None:
        """Show saved talking points at once, before everything is read again.

        Args:
            paths: absolute paths that were saved.

        Returns:
            What changed; None when only ``refresh`` can tell.
        """
        with self._changing:
            old = self.state
            number = old.number + 1
            files = [read_point_file(self.root, self.slug, path) for path in paths]
            saved = [self.verdict(file) for file in files if file is not None]
            # One that breaks again as before has the same mistakes, and is another file.
            changed = len(saved) < len(files)
            changed = changed or any(self._shown.get(one.path) != one.digest for one in saved)
            for one in saved:
                self._note(one, number)
            good = with_newer(old.good, self._newer, sound=True)
            newest = with_newer(old.newest, self._newer, sound=False)
            drafted = old.drafted and with_newer(old.drafted, self._newer, sound=False)
            outputs = changed_outputs(old.good, good) if old.good and good else frozenset()
            changed = changed or bool(outputs) or drafted is not old.drafted
            changed = changed or differs(old.newest, newest)
            self.state = old._replace(
                number=number if changed else old.number, good=good, newest=newest, drafted=drafted
            )
            quick = len(saved) == len(files) and all(
                one.whole
                and one.sound
                and one.document
                and not one.document.record.draft
                and has(good, one.document)
                for one in saved
            )
            return self._state_change(outputs) if quick else None

    def verdict(self, file: SourceFile) -> PointVerdict:
        """Say what is wrong with a version of a talking point.

        Returns:
            The verdict: found once for a version, as long as the rest of the campaign stays.
        """
        state, today = self.state, self.today()
        kept = self._verdicts.get(file.path)
        if kept is not None:
            found, day, known = kept
            if found is state.found and day == today and known.digest == file.digest:
                return known
        project = state.newest.found.project if state.newest else None
        fresh = judge_point_file(file, project, today, self._memory)
        self._verdicts[file.path] = (state.found, today, fresh)
        return fresh

    def has_shown(self, paths: Collection[Path]) -> bool:
        """Tell whether files are as they were when they were shown last.

        What the studio saves comes back from the watcher: nothing is left to do for it then.

        Args:
            paths: absolute paths that were saved.
        """
        with self._changing:
            inside = all(path.is_relative_to(self.root) for path in paths)
            if self._reading.locked() or not inside:
                return False
            for path in paths:
                shown = path.relative_to(self.root).as_posix()
                data = loading.read(self.root, shown)
                if isinstance(data, Problem) or self._shown.get(shown) != sha256(data).hexdigest():
                    return False
            return True

    def refresh(self) -> StateChange:
        """Read everything again after a save.

        Returns:
            What changed. Pages that were made before stay available when the files are broken,
            and when we are: what reading raises becomes the problem ``preview-failed``.
        """
        try:
            return self._refresh()
        except Exception as error:  # noqa: BLE001 - the next save must still be followed
            found = self.state.found
            with self._changing:
                return self._settle(ReadCampaign(found, None, (failure(error),)), 0)

    def _refresh(self) -> StateChange:
        with self._reading, without_cycle_search():
            began, turns = self.state.number, self.turns
            cache, known = PatientCache(self._memory, turns), self._known_points()
            taken = read_snapshot(self._place(), cache, began + 1, known, turns.stand_back)
            new, errors = taken.snapshot, taken.errors
            old = self.state
            unproven = old.settled is None or old.errors or not (new and same_looks(old, new))
            if new is not None and not errors and unproven:
                errors = self._probe(new)
            with self._changing:
                return self._settle(taken._replace(errors=errors), began)

    def serve(self, output: str, *, newest: bool = False) -> ServedOutput | None:
        """Make an output of the last good plan.

        Args:
            output: a path as the plan has it; it is looked up, never joined to a folder.
            newest: take the files as they are, mistakes and all.

        Returns:
            The bytes, those of the plan before when the newest fails; None for an unknown path.
        """
        shown = self.state.newest
        if shown is not None and shown.until is not None and shown.until <= self.now():
            self.refresh()  # an alert is over: no file tells so
        state = self.state
        plan, fallback = (state.newest, state.good) if newest else (state.good, state.before)
        if newest and state.drafted is not None and not (plan and output in plan.steps):
            plan = state.drafted
        if plan is None or output not in plan.steps:
            return None
        with self.turns.first():
            made = self._renderer.make(plan, output)
        if not newest:
            self._trouble.pop(output, None)
        if made.data is not None:
            return ServedOutput(made.data, ())
        if not newest:
            self._trouble[output] = made.problems
        if fallback is not None and output in fallback.steps:
            earlier = self._renderer.make(fallback, output)
            return ServedOutput(earlier.data, made.problems)
        return ServedOutput(None, made.problems)

    def render(self, plan: Snapshot, output: str) -> ServedOutput | None:
        """Make an output of a plan that is not shown to everyone.

        Args:
            plan: made apart, such as that of an alert nobody has approved yet.
            output: a path as the plan has it; it is looked up, never joined to a folder.

        Returns:
            The bytes, or what is wrong; None for an unknown path.
        """
        if output not in plan.steps:
            return None
        made = self._renderer.make(plan, output)
        return ServedOutput(made.data, made.problems)

    def part(self, name: str) -> ServedOutput | None:
        """Make an input that is itself made, such as the drafts of a talking point.

        Args:
            name: of the input, such as ``drafts/fr/they-came-home``; it is looked up.

        Returns:
            Its bytes, from the files as they are; None for an unknown name.
        """
        plans = (self.state.newest, self.state.drafted)
        plan = next((one for one in plans if one is not None and name in one.parts), None)
        if plan is None:
            return None
        made = self._renderer.make_part(plan, name)
        return ServedOutput(made.data, made.problems)

    def get_or_make(self, name: str, make: Callable[[], T], anchor: object = None) -> T:
        """Give a costly result, made once for the same source.

        Args:
            anchor: names the source, equal anchors give equal results; None for the campaign as a
                whole, until it changes.
        """
        if anchor is not None:
            kept = self._anchored.get(name)
            if kept is None or kept[0] != anchor:
                kept = self._anchored[name] = (anchor, make())
            return cast("T", kept[1])
        plan = self.state.newest
        if self._kept[0] is not plan:
            self._kept = (plan, {})
        results = self._kept[1]
        if name not in results:
            results[name] = make()
        return cast("T", results[name])

    def judge(self, problems: tuple[Problem, ...], began: int) -> StateChange:
        """Take over what message rules say about a campaign that is judged apart.

        Args:
            began: number of the state when its files began to be read.
        """
        with self._changing:
            old = self.state
            changed = set(problems) != set(self._judged)
            self._judged = problems
            self._own = {path: own for path, own in self._own.items() if own.number > began}
            self.state = old._replace(number=old.number + 1 if changed else old.number)
            return self._state_change(frozenset())

    def render_alone(self, work: Callable[[], T]) -> T:
        """Render something of one's own while nothing else is rendered."""
        return self._renderer.render_alone(work)

    @property
    def newest_steps(self) -> Mapping[str, Step]:
        """Give the steps of the campaign as it is being written, by output; none without a plan."""
        newest = self.state.newest
        return newest.steps if newest else {}

    @property
    def written_steps(self) -> Mapping[str, Step]:
        """Give the steps of the campaign as it is being written, and those of drafts."""
        state = self.state  # once: a point that is made ready goes from one plan to the other
        steps = state.newest.steps if state.newest else {}
        return ChainMap(dict(steps), dict(state.drafted.steps)) if state.drafted else steps

    @property
    def draft_points(self) -> tuple[Document[Point], ...]:
        """Give the talking points that are drafts, as far as they can be read."""
        project = self.state.drafted.found.project if self.state.drafted else None
        return project.points if project else ()

    def problems(self) -> tuple[Problem, ...]:
        """Give everything wrong now, sorted by place: in files, and in what was rendered.

        For a talking point saved since the last full reading it gives what its editor shows.
        """
        known, own = self._known_problems(), dict(self._own)
        newer = self._newer_problems(known, own)
        if not own and not newer:
            return known.ordered
        standing = [one for one in known.ordered if one.path not in own]
        return tuple(sorted([*standing, *newer]))

    def count(self, severity: str) -> int:
        """Count the problems of a severity that stand now, without listing them."""
        known, own = self._known_problems(), dict(self._own)
        found = known.numbers.get(severity, Counter())
        replaced = sum(found[path] for path in own)
        newer = sum(one.severity == severity for one in self._newer_problems(known, own))
        return found.total() - replaced + newer

    def _state_change(self, outputs: frozenset[str]) -> StateChange:
        numbers = [self.count(severity) for severity in ("error", "warning", "info")]
        return StateChange(self.state.number, outputs, *numbers)

    def _known_problems(self) -> KnownProblems:
        """Give what was wrong when everything was read; gathered again when that changes."""
        sources = (self.state.errors, self.state.found.problems, self._judged)
        known = self._gathered
        if not known.is_of(sources):
            known = self._gathered = gather(sources)
        return known

    def _newer_problems(self, known: KnownProblems, own: Mapping[str, Own]) -> set[Problem]:
        """Give what was found since: in outputs, and in talking points that were saved."""
        rendered = {one for found in list(self._trouble.values()) for one in found}
        found = {one for one in rendered if one.path not in own}
        found |= {one for mine in own.values() for one in mine.problems}
        return {one for one in found if one.path in own or one not in known.every}

    def _settle(self, taken: ReadCampaign, began: int) -> StateChange:
        """Replace the state by what reading gave, and by points that were saved since it began."""
        old = self.state
        new = None if taken.errors else taken.snapshot
        fresh = {path: one for path, one in self._newer.items() if one.number > began}
        # Points that were sound when last saved stay in the last good plan, whatever broke since.
        good = with_newer(new or old.good, fresh if new else self._newer, sound=True)
        read = taken.snapshot or old.newest
        newest = with_newer(read, fresh if taken.snapshot else self._newer, sound=False)
        if new is not None:
            self._trouble, self._newer = {}, fresh
        if not self.apart:  # everything was judged by all rules
            self._own = {path: own for path, own in self._own.items() if own.number > began}
        if good is None or old.good is None:
            outputs = frozenset(good.steps if good else ())
        else:
            outputs = changed_outputs(old.good, good)
        drafted = with_newer(taken.drafted, fresh, sound=False)
        changed = bool(outputs) or taken.errors != old.errors or differs(old.newest, newest)
        changed = changed or differs(old.drafted, drafted)
        before = old.settled if new is not None else old.before
        self._shown = {**digests_of(taken.found.project), **{k: v.digest for k, v in fresh.items()}}
        self.state = State(
            number=old.number + 1 if changed else old.number,
            good=good,
            newest=newest,
            settled=new or old.settled,
            before=before,
            found=taken.found,
            errors=taken.errors,
            drafted=drafted,
        )
        return self._state_change(outputs)

    def _note(self, one: PointVerdict, number: int) -> None:
        """Keep a talking point that was saved, until everything is read again."""
        self._shown[one.path] = one.digest
        if one.judged:
            self._own[one.path] = Own(number, one.problems)
        if one.document is not None:
            self._newer[one.path] = Newer(number, one.document, one.whole and one.sound, one.digest)

    def _known_points(self) -> dict[str, Document[Point]]:
        project = self.state.newest.found.project if self.state.newest else None
        return {one.path: one for one in project.points} if project else {}

    def _place(self) -> CampaignPlace:
        return CampaignPlace(self.root, self.slug, self.today(), self.now(), judged=not self.apart)

    def _probe(self, snapshot: Snapshot | None) -> tuple[Problem, ...]:
        """Render one page of each kind: a broken template must not replace a good site."""
        found: set[Problem] = set()
        kinds: set[str] = set()
        for output, step in snapshot.steps.items() if snapshot else ():
            kind = dict(step.params).get("kind", "")
            if snapshot and step.kind == "page" and kind not in kinds:
                kinds.add(kind)
                found.update(self._renderer.make(snapshot, output).problems)
        return tuple(sorted(found))
