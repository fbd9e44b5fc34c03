"""Lay a few files over a finished tree: all others stay as they are, whatever the sources say now.

It waits for no build: it has a stage of its own, and holds the place of the tree for the exchange
alone. A build that is under way looks at the ledger last, and begins anew.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

from stopjihad import __version__, disk
from stopjihad.build.tree import manifest, published, swap
from stopjihad.build.tree.arrangement import arrange, carry_over
from stopjihad.build.tree.index import Index, Origin
from stopjihad.build.tree.inventory import NOTHING, Inventory, take_inventory
from stopjihad.build.tree.manifest import MadeFile, Manifest
from stopjihad.build.tree.place import KEPT, OURS, Target, output_problems
from stopjihad.build.tree.published import find_index, newest_index
from stopjihad.build.tree.stage import Stage, discard
from stopjihad.build.tree.swap import Content
from stopjihad.build.work.keys import digest_of_build
from stopjihad.disk import kernel
from stopjihad.disk.lock import sole_writer
from stopjihad.model.step import Plan
from stopjihad.problem import Problem, ProblemsFound

_STAGE = "layer-"
"""How stages of layers begin: a build that starts meanwhile clears away only its own."""

_LOCK = "layer"

PATIENCE = 60.0
"""Seconds to wait for another layer: it takes some of them."""

_TRIES = 5
"""How often to begin anew because builds exchanged the tree meanwhile."""


class OwnTree(NamedTuple):
    """A finished tree of this user's own, by its signed record.

    Attributes:
        folder: where it is.
        record: what is known of it; None where there is none.
        files: those of its files that are as they were built.
        manifest: what made them.
    """

    folder: Path
    record: Index | None
    files: Inventory
    manifest: Manifest

    @property
    def lost_paths(self) -> tuple[str, ...]:
        """Paths that are not as they were built: they are left out."""
        return tuple(path for path in self.files.wrong if path != OURS)


class Layer(NamedTuple):
    """What is laid over a tree.

    Attributes:
        plan: steps of the files.
        keys: of the steps.
        made: bytes by path.
        covers: tells by path and kind which files of the tree go where they are not made anew.
        fill: gives another file of the tree by path and bytes as it shall be; None for the same.
        mark: what it is, for the record of the tree.
    """

    plan: Plan
    keys: Mapping[str, str]
    made: Mapping[str, bytes]
    covers: Callable[[str, str], bool]
    fill: Callable[[str, bytes], bytes | None]
    mark: str


def find_own_tree(target: Target, *, exercise: bool = False) -> OwnTree:
    """Find the finished tree, as far as it is as it was built.

    Returns:
        The tree; without files where no signed record, or no list of its files, is there.
    """
    out = str(target.out)
    index = newest_index(target.work, out)
    if index is not None and index.origin.workspace == os.path.realpath(target.workspace):
        found = take_inventory(out, index, 0)
        data = disk.read_below(out, OURS) if OURS in found.files else None
        listed = manifest.decode(data) if data is not None else None
        own = listed is not None and listed.campaign == target.out.name
        if listed is not None and own and (exercise or not listed.exercise):
            return OwnTree(target.out, index, found, listed)
    return OwnTree(target.out, None, NOTHING, Manifest(target.out.name, __version__, "", {}, ()))


def lay(find: Callable[[], tuple[OwnTree, Layer]], target: Target) -> OwnTree:
    """Put a layer over a tree, and the outcome in the place of what is there.

    Args:
        find: gives the tree, and the layer for it; asked again where a build exchanges the tree.
        target: where the outcome goes; its last look is taken in the moment of the exchange.

    Raises:
        ProblemsFound: the folder is not ours, or the disk refuses. What is there stays as it was.
        Busy: other layers take longer than a minute, or a tree has been exchanged for a second.
        OutdatedPlan: as the last look says.
    """
    problems = output_problems(
        target.out, target.workspace, target.sources, ours=find_index_of(target) is not None
    )
    if problems:
        raise ProblemsFound(tuple(problems))
    try:
        with sole_writer(Path(target.work, _LOCK), PATIENCE) as lock:
            _sweep(target.work)
            for _ in range(_TRIES):
                below, layer = find()
                with contextlib.suppress(swap.ReplacedFile, FileNotFoundError):
                    if _lay_once(below, layer, target, lock):
                        return below
    except OSError as error:
        shown = disk.shown_path(str(error.filename or target.out), target.workspace)
        raise ProblemsFound((disk.explain(error, shown),)) from error
    message = "builds keep exchanging this folder"
    hint = "let them come to their end, and try again"
    shown = disk.shown_path(str(target.out), target.workspace)
    raise ProblemsFound((Problem(path=shown, code="output-changed", message=message, hint=hint),))


def find_index_of(target: Target) -> Index | None:
    """Find what is known of the tree of a target."""
    return find_index(target.work, str(target.out))


def _lay_once(below: OwnTree, layer: Layer, target: Target, lock: int) -> bool:
    """Lay once; tell whether it was done: no where another tree has the place meanwhile."""
    now_there = find_index_of(target)
    kinds = {file.path: file for file in below.manifest.files}
    stay = {
        path
        for path in below.files.files
        if path in kinds and path not in layer.made and not layer.covers(path, kinds[path].kind)
    }
    filled = dict(_fill_pages(below, layer, stay))
    new = {**layer.made, **filled}
    name = disk.unused_name(_STAGE)
    root = os.path.join(target.work, name)
    with disk.hold(target.work) as held:
        held.mkdir(name)
    done = False
    try:
        stage = Stage(root, set(), set(), {})
        arranged = arrange(stage, str(below.folder), stay - filled.keys(), [*new, OURS])
        carry_over(str(target.out), root, KEPT)
        contents, build = _write(below, layer, stay, new, root)
        kernel.flush(root)
        marks = swap.mark_all(arranged, contents, below.files, swap.file_time(lock))
        state = os.lstat(root)
        origin = Origin(
            state.st_dev, state.st_ino, state.st_uid, os.path.realpath(target.workspace)
        )
        index = Index(layer.mark, build, *marks, origin)
        with sole_writer(Path(target.work, swap.PLACE), swap.PATIENCE):
            if published.is_other_tree(now_there, find_index_of(target)):
                return False
            with target.last_look():
                swap.swap(target.work, str(target.out), root, index, None)
        done = True
    finally:
        if not done:  # else it is the tree that was replaced: a publication may still read it
            discard(root)
    return True


def _fill_pages(below: OwnTree, layer: Layer, paths: Iterable[str]) -> Iterable[tuple[str, bytes]]:
    with disk.hold(str(below.folder)) if below.files.files else contextlib.nullcontext() as folder:
        for path in sorted(paths):
            if not path.endswith((".html", ".xml")):
                continue
            above, _, name = path.rpartition("/")
            assert folder is not None
            with folder.into(above) as inner:
                data = disk.read_in(inner, name)
            if data is None or hashlib.sha256(data).hexdigest() != below.files.files[path].sha256:
                raise swap.ReplacedFile(path)
            made = layer.fill(path, data)
            if made is not None and made != data:
                yield path, made


def _write(
    below: OwnTree, layer: Layer, stay: set[str], new: Mapping[str, bytes], root: str
) -> tuple[dict[str, Content], str]:
    """Write what is new, and the list of all files; give the content of each, and the build."""
    made: dict[str, MadeFile] = {}
    contents: dict[str, Content] = {}
    with disk.NewFiles(root) as files:
        for path, data in sorted(new.items()):
            files.create(path, data)
            made[path] = MadeFile(hashlib.sha256(data).hexdigest(), len(data))
            key = layer.keys.get(path) or _key(below.files.files[path].key, made[path].sha256)
            contents[path] = Content(key, made[path].sha256)
    for path in stay - new.keys():
        mark = below.files.files[path]
        contents[path] = Content(mark.key, mark.sha256)
    steps = tuple(step for step in layer.plan.steps if step.output in layer.made)
    named = {name for step in steps for name in step.inputs}
    inputs = {name: item for name, item in layer.plan.inputs.items() if name in named}
    plan = Plan(layer.plan.campaign, steps, inputs)
    build = digest_of_build(
        plan.campaign, __version__, [contents[path].key for path in sorted(contents)]
    )
    head = manifest.ManifestHead(plan.campaign, __version__, build)
    rest = manifest.rest_of(below.manifest, stay, plan)
    listed = tuple(
        manifest.restate_file(file, contents[file.path].key, made.get(file.path))
        for file in rest.files
    )
    keys = {step.output: contents[step.output].key for step in steps}
    listed_now = manifest.encode(head, plan, keys, made, manifest.Rest(listed, rest.inputs))
    disk.create_below(root, OURS, listed_now)
    contents[OURS] = Content("", hashlib.sha256(listed_now).hexdigest())
    return contents, build


def _key(before: str, sha256: str) -> str:
    """Name a file that a layer changed: no step has this key, so that the next build makes it."""
    return hashlib.sha256(f"layer {before} {sha256}".encode()).hexdigest()


def _sweep(work: str) -> None:
    """Remove what layers of before left, such as the tree that the last one replaced."""
    with disk.hold(work) as held:
        for name in held.names():
            if name.startswith(_STAGE):
                with contextlib.suppress(OSError):
                    held.remove(name)
