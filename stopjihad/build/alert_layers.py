"""Lay alerts over the last good site, from their own inputs alone.

What stands on the other pages is put into the place that each of them has for it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from stopjihad import disk
from stopjihad.build.alert_inputs import AlertInputs
from stopjihad.build.campaign import make_campaign_plan
from stopjihad.build.check.survey import CheckedCampaign, with_fonts
from stopjihad.build.request import rendering_of, target_of
from stopjihad.build.tree.layer import Layer, OwnTree, find_own_tree, lay
from stopjihad.build.tree.place import WHOLE, Target
from stopjihad.build.work.execute import Due, make
from stopjihad.build.work.keys import plan_keys
from stopjihad.disk.pack import pack_of_parsed
from stopjihad.disk.store import Store
from stopjihad.load.templates import load_shared
from stopjihad.load.workspace import Workspace
from stopjihad.model.options import Options, Shared
from stopjihad.model.project import Project
from stopjihad.model.step import Plan, Step
from stopjihad.problem import Problem, ProblemsFound

if TYPE_CHECKING:
    from stopjihad.build.request import Request
    from stopjihad.render.page.alert_place import AlertPlaces

PICTURES = frozenset({"alert-card", "past-card"})
"""Kinds of steps that are made when all others are out."""

NEEDED = frozenset({"page", "alert-cap"})
"""Kinds of steps without which there is no alert; every other one that fails is a debt."""

Look = Callable[[], AbstractContextManager[None]]
"""Taken in the moment in which a tree takes its place; what it raises leaves that as it was."""

_OWN = re.compile(r"site/([^/]+/)?alert/|site/cap\.xml$|alert/")
"""Outputs of an alert."""

MARK = "notice-"
"""How the fingerprint of a tree begins that an alert was laid over."""

BARE = "-bare"
"""How it ends where an alert lies on nothing: it is published over what the target holds."""


def fingerprint(options: Options, below: str) -> str:
    """Name what a layer shows, for the record of its tree.

    Args:
        below: fingerprint of the tree that it lies on.

    Returns:
        The same for the same alert; its end says whether everything else was made without faults,
        or that there is nothing else.
    """
    shown = msgspec.json.encode((options.alerts, options.past))
    end = next((end for end in (WHOLE, BARE) if below.endswith(end)), "") if below else BARE
    return f"{MARK}{hashlib.sha256(shown).hexdigest()}{end}"


class AlertLayers:
    """Make the layers of an alert from what it is made of."""

    def __init__(self, inputs: AlertInputs, request: Request, ground: Path | None = None) -> None:
        """Read the theme; the workspace's own templates, unless pages cannot be made with them.

        Args:
            ground: the folder for results that has the last good site; ``out`` when not given.
        """
        self.inputs, self.request, self._ground = inputs, request, ground or request.out
        self.how = msgspec.structs.replace(rendering_of(request), costly=frozenset(), store=None)
        self.debts: list[Problem] = []
        self.files = 0
        self.without_place: set[str] = set()
        self._shared = self._read_shared(inputs.workspace)

    @property
    def target(self) -> Target:
        """Where the site is."""
        return target_of(self.inputs.workspace, self.request)

    @property
    def ground(self) -> Target:
        """Where the last good site is."""
        there = msgspec.structs.replace(self.request, out=self._ground)
        return target_of(self.inputs.workspace, there)

    def lay(self, options: Options, look: Look, target: Target | None = None) -> OwnTree:
        """Lay all but pictures over the last good site.

        Args:
            options: with the alert that is shown, or none.
            look: taken in the moment of the exchange.
            target: where the outcome goes; that of the request when not given.

        Raises:
            ProblemsFound: a page of it cannot be made, or as for ``lay``.
        """
        plan, made = self._made_pages(options)
        keys, places = plan_keys(plan, self.how.versions), _places(plan)
        below = self.ground

        def find() -> tuple[OwnTree, Layer]:
            found = find_own_tree(below)
            mark = fingerprint(options, found.record.fingerprint if found.record else "")
            fill = partial(self._fill, places)
            return found, Layer(plan, keys, made, is_alert_file, fill, mark)

        return self._with_room(lambda: lay(find, (target or self.target)._replace(last_look=look)))

    def _with_room(self, work: Callable[[], OwnTree]) -> OwnTree:
        """Lay; on a full disk what builds keep to be quicker makes room for an alert."""
        try:
            return work()
        except ProblemsFound as found:
            full = any(one.code == "disk-full" for one in found.problems)
            store = self.target.state / "store"
            if not full or not Store(store).prune(0):
                raise
            shown = disk.shown_path(str(store), self.inputs.workspace.root)
            message = "the disk is full: what builds had kept to be quicker was removed for room"
            hint = "free some space"
            problem = Problem(path=shown, code="disk-full", message=message, hint=hint)
            self.debts.append(problem)
            return work()

    def _fill(self, places: AlertPlaces, path: str, data: bytes) -> bytes | None:
        """Fill the place of an alert in a file, and remember pages that have none."""
        top, _, rest = path.partition("/")
        filled = places.fill(rest, data) if top == "site" else None
        if filled is None and top == "site" and rest.endswith(".html"):
            self.without_place.add(path)
        return filled

    def draw(self, options: Options, look: Look) -> None:
        """Lay the pictures over the site that has everything else; what fails is a debt."""
        found = CheckedCampaign(project=self.inputs.project, shared=self._shared, problems=())
        if not _narrow_plan(self._plan(options, self._shared), _is_picture).steps:
            return
        found = with_fonts(found, self.inputs.workspace.root, Options())
        self.debts += [one for one in found.problems if one.severity == "error"]
        plan = _narrow_plan(self._plan(options, found.shared), _is_picture)
        made, failed = self._make(plan)
        self.debts += failed.values()
        keys = plan_keys(plan, self.how.versions)

        def find() -> tuple[OwnTree, Layer]:
            there = find_own_tree(self.target, exercise=options.exercise)
            mark = fingerprint(options, there.record.fingerprint if there.record else "")
            return there, Layer(plan, keys, made, _nothing_else, _as_it_is, mark)

        if made:
            lay(find, self.target._replace(last_look=look))

    def _made_pages(self, options: Options) -> tuple[Plan, dict[str, bytes]]:
        """Make all but pictures; with the program's own templates where others do not serve."""
        for workspace in (None, _with_our_templates(self.inputs.workspace)):
            if workspace is not None:
                self._shared = self._read_shared(workspace)
            plan = _narrow_plan(
                self._plan(options, self._shared), lambda step: step.kind not in PICTURES
            )
            made, failed = self._make(plan)
            needed = {step.output for step in plan.steps if step.kind in NEEDED}
            self.debts += failed.values()
            if needed.isdisjoint(failed):
                return plan, made
        raise ProblemsFound(tuple(failed[path] for path in sorted(needed & failed.keys())))

    def _read_shared(self, workspace: Workspace) -> Shared:
        with pack_of_parsed(workspace.root, workspace.campaign.slug) as pack:
            shared, problems = load_shared(workspace, pack)
        self.debts += [one for one in problems if one.severity == "error"]
        return shared

    def _plan(self, options: Options, shared: Shared) -> Plan:
        options = msgspec.structs.replace(options, only=("alert",), languages=(), alerted=True)
        project = self.inputs.project
        try:
            plan = make_campaign_plan(_as_read(project, shared), options)
        except Exception:  # noqa: BLE001  a talking point with a fault may break any of it
            project = msgspec.structs.replace(project, points=())
            plan = make_campaign_plan(_as_read(project, shared), options)
        return _narrow_plan(
            plan, lambda one: one.kind == "asset" or is_alert_file(one.output, one.kind)
        )

    def _make(self, plan: Plan) -> tuple[dict[str, bytes], dict[str, Problem]]:
        """Make the files of a plan; give them, and what stands in the way of others."""
        keys = plan_keys(plan, self.how.versions)
        due = Due(plan.steps, keys, plan.inputs, "", self.request.out.name)
        made: dict[str, bytes] = {}
        failed: dict[str, Problem] = {}
        for outcome in make(due, self.how, ""):
            if outcome.data is not None:
                made[outcome.output] = outcome.data
            else:
                failed[outcome.output] = outcome.problems[0]
        self.files += len(made)
        return made, failed


def _as_read(project: Project, shared: Shared) -> CheckedCampaign:
    return CheckedCampaign(project=project, shared=shared, problems=())


def _with_our_templates(workspace: Workspace) -> Workspace:
    """Leave out what a workspace has put before the program's own templates."""
    templates = {**workspace.templates, **workspace.templates_behind}
    return msgspec.structs.replace(
        workspace, templates=templates, own_templates=frozenset(), templates_behind={}
    )


def is_alert_file(path: str, kind: str = "") -> bool:
    """Tell by ``path`` below ``dist/<campaign>/``, or ``kind``, whether a file is an alert's."""
    return kind.startswith("alert-") or _OWN.match(path) is not None


def _is_picture(step: Step) -> bool:
    return step.kind in PICTURES


def _nothing_else(_path: str, _kind: str) -> bool:
    return False


def _as_it_is(_path: str, _data: bytes) -> bytes | None:
    return None


def _narrow_plan(plan: Plan, wanted: Callable[[Step], bool]) -> Plan:
    steps = tuple(step for step in plan.steps if wanted(step))
    named = {name for step in steps for name in step.inputs}
    return Plan(plan.campaign, steps, {k: v for k, v in plan.inputs.items() if k in named})


def _places(plan: Plan) -> AlertPlaces:
    from stopjihad.plan.decoded import StepInputs
    from stopjihad.render.page.alert_place import AlertPlaces

    pages = {
        dict(step.params)["lang"]: step
        for step in plan.steps
        if step.kind == "page" and dict(step.params)["kind"] == "alert"
    }
    return AlertPlaces(pages, StepInputs(plan.inputs))
