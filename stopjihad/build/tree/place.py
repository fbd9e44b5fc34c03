"""Say where a tree is published, whether that folder may be written, and under which names."""

from __future__ import annotations

import os
import unicodedata
from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import NamedTuple

from stopjihad import disk
from stopjihad.build.tree import manifest
from stopjihad.disk import PRIVATE
from stopjihad.model.step import Step
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.text.ids import DEVICES

_REPOSITORIES = (".git", ".hg", ".svn", ".jj", "_darcs", ".bzr")


def output_problems(
    out: Path, workspace: Path, sources: Iterable[Path], *, ours: bool = False
) -> list[Problem]:
    """Check the place of an output folder before anything is written.

    Args:
        out: output folder of one campaign, absolute.
        workspace: links are refused on the way from here to ``out``.
        sources: folders that people write; output may be neither inside nor above any.
        ours: whether an index tells that we wrote the folder, so that it needs no manifest.

    Returns:
        Problems ``output-in-source``, ``output-private``, ``output-link``, ``output-file``,
        ``output-not-ours``.
    """
    shown = _shown_path(out, workspace)
    clash = _clash(out, sources)
    if clash:
        return [_problem("output-in-source", shown, f"this is inside or above {clash.name}/")]
    if _is_private(out, workspace):
        message = f"this is inside of {PRIVATE}/, which this program keeps for itself"
        return [_problem("output-private", shown, message)]
    link = _link(out, workspace)
    if link:
        message = f"{_shown_path(link, workspace)} is a link"
        hint = "give the folder it leads to"
        return [Problem(path=shown, code="output-link", message=message, hint=hint)]
    return _occupied_folder(out, workspace, ours=ours)


def _occupied_folder(out: Path, workspace: Path, *, ours: bool) -> list[Problem]:
    """Say what is there already, if we did not make it."""
    there = next(path for path in (out, *out.parents) if os.path.lexists(path))
    if not there.is_dir():
        message = "this is a file; results go into a folder"
        return [_problem("output-file", _shown_path(there, workspace), message)]
    if there != out:
        return []
    with disk.hold(str(out)) as held:
        empty = not held.names()
    if not (ours or empty or manifest.is_manifest(str(out / "manifest.json"))):
        message = "the folder holds files we did not make"
        return [_problem("output-not-ours", _shown_path(out, workspace), message)]
    return []


def repository_problems(out: Path, names: Iterable[str], shown: str) -> list[Problem]:
    """Refuse to replace a tree in which somebody keeps a version history.

    Args:
        names: paths in it to look at, relative to it.

    Returns:
        At most one problem ``output-not-ours``.
    """
    for name in names:
        if name.rpartition("/")[2] in _REPOSITORIES and os.path.lexists(out / name):
            message = f"{name} in it is a repository, which the next build would remove"
            return [_problem("output-not-ours", shown, message)]
    return []


def require_same_workspace(out: Path, workspace: Path, other: str) -> None:
    """Refuse an output folder outside of the workspace that another workspace was built into.

    A workspace that is no more, or that was moved here, is no other one.

    Args:
        out: output folder of one campaign, absolute.
        other: path of the workspace that the folder was made from.

    Raises:
        ProblemsFound: ``output-of-another``.
    """
    if out.is_relative_to(workspace) or not (Path(other) / "campaigns" / out.name).is_dir():
        return
    if os.path.realpath(workspace) != other and not os.path.samefile(workspace, other):
        message = f"this is the site of the workspace {other}, which it would replace"
        raise ProblemsFound((_problem("output-of-another", _shown_path(out, workspace), message),))


def all_names(out: Path) -> list[str]:
    """List everything in a folder of which nothing is remembered.

    Returns:
        Paths relative to it.
    """
    return [path for path, _, _ in disk.below(str(out))]


def _problem(code: str, shown: str, message: str) -> Problem:
    hint = "choose another output folder"
    return Problem(path=shown, code=code, message=message, hint=hint)


def _clash(out: Path, sources: Iterable[Path]) -> Path | None:
    real = Path(os.path.realpath(out))
    for source in sources:
        other = Path(os.path.realpath(source))
        if real.is_relative_to(other) or other.is_relative_to(real):
            return source
        if _holds(other, real) or _holds(real, other):
            return source
    return None


def _is_private(out: Path, workspace: Path) -> bool:
    """Tell whether a path leads into a private folder: the workspace's, or one beside a tree."""
    real, root = Path(os.path.realpath(out)), Path(os.path.realpath(workspace))
    above = [path for path in (real, *real.parents) if not root.is_relative_to(path)]
    return any(path.name.casefold() == PRIVATE for path in above)


def _holds(folder: Path, path: Path) -> bool:
    """Tell whether a folder is the path or above it, by inode: spelling may differ in case."""
    try:
        state = os.stat(folder)
    except OSError:
        return False
    for above in (path, *path.parents):
        try:
            if os.path.samestat(os.stat(above), state):
                return True
        except OSError:
            continue
    return False


def _link(out: Path, workspace: Path) -> Path | None:
    inside = out.is_relative_to(workspace)
    private = out.parent / PRIVATE
    parts = [private / out.name, private, out, *(out.parents if inside else (out.parent,))]
    for part in parts:
        if inside and part == workspace:
            return None
        if part.is_symlink():
            return part
    return None


def _shown_path(path: Path, workspace: Path) -> str:
    return (path.relative_to(workspace) if path.is_relative_to(workspace) else path).as_posix()


WHOLE = "-whole"
"""End of the fingerprint of a tree that has everything of its campaign, and is no draft."""


class OutdatedPlan(Exception):
    """Say that the ledger no longer holds what a tree was planned with: it is planned anew."""


class Target(NamedTuple):
    """Say where a tree is published.

    Attributes:
        out: folder of the published tree, ``dist/<campaign>``, absolute.
        state: private folder of the workspace, ``<workspace>/.stopjihad``, absolute.
        sources: folders that people write; output may be neither inside nor above any.
        fingerprint: digest of everything the plan was made from, for `is_current`.
        last_look: held while the tree takes its place; what it raises leaves the place as it was.
    """

    out: Path
    state: Path
    sources: tuple[Path, ...] = ()
    fingerprint: str = ""
    last_look: Callable[[], AbstractContextManager[None]] = nullcontext

    @property
    def workspace(self) -> Path:
        """The folder from which problems name paths."""
        return self.state.parent

    @property
    def work(self) -> str:
        """Private folder of this output: beside it, for only one file system can swap folders."""
        return str(self.out.parent / PRIVATE / self.out.name)


MAX_NAME_BYTES = 255
"""Longest name of a file or folder in bytes of UTF-8 (NAME_MAX of Linux and macOS; measured:
255 is a limit of bytes there, ``é`` times 128 fails)."""

MAX_PATH_BYTES = 1024
"""Longest path below the output folder in bytes of UTF-8 (PATH_MAX of macOS; Linux has 4,096)."""

OURS = "manifest.json"
"""The one file of an output folder that is not made by a step."""

KEPT = "exports"
"""The one folder of an output folder that builds carry over: ``stopjihad export`` writes it."""

_FORBIDDEN = frozenset('<>:"|?*\\') | frozenset(map(chr, range(32))) | {"\x7f"}


def fold_name(part: str) -> str:
    """Give the form under which two names are the same on some disk.

    Returns:
        The name in NFC, case folded, without the dots and spaces at its end that Windows drops.
    """
    if part.isascii():
        return part.lower().rstrip(". ")
    whole = unicodedata.normalize("NFC", unicodedata.normalize("NFD", part).casefold())
    return whole.rstrip(". ")


def name_problems(steps: Iterable[Step]) -> list[Problem]:
    """Find every output path that cannot be written everywhere, and every two that collide.

    A path collides with another when they are equal after folding, or when one would be a folder
    on the way to the other.

    Args:
        steps: steps of a plan; their outputs are relative to the output folder.

    Returns:
        Problems ``output-collision`` (naming both steps) and ``output-name``.
    """
    problems: list[Problem] = []
    fold, fault = _remember_results(fold_name), _remember_results(_part_fault)
    fold_all = _remember_results(lambda folder: "/".join(map(fold, folder.split("/"))))
    fault_in = _remember_results(
        lambda folder: next(filter(None, map(fault, folder.split("/"))), "")
    )
    files = {OURS: Step(OURS, "manifest"), KEPT: Step(KEPT, "export")}
    folders: dict[str, Step] = {}
    for step in steps:
        folder, inside, name = step.output.rpartition("/")
        wrong = (fault_in(folder) if inside else "") or fault(name) or _path_fault(step.output)
        if wrong:
            problems.append(_bad_name(step.output, wrong))
            continue
        form = f"{fold_all(folder)}/{fold(name)}" if inside else fold(name)
        other = folders.get(form) or files.setdefault(form, step)
        if other is step:
            other = _claim_folders(form, step, files, folders)
        if other is not step:
            problems.append(_collision(step, other))
    return problems


def _remember_results(function: Callable[[str], str]) -> Callable[[str], str]:
    """Remember results while one plan is looked at: names and folders come again and again."""
    known: dict[str, str] = {}

    def read_mark(part: str) -> str:
        if part not in known:
            known[part] = function(part)
        return known[part]

    return read_mark


def _claim_folders(form: str, step: Step, files: dict[str, Step], folders: dict[str, Step]) -> Step:
    """Note the folders above a file; give the step whose file is where a folder must be."""
    folder = form.rpartition("/")[0]
    while folder and folder not in folders:
        if folder in files:
            return files[folder]
        folders[folder] = step
        folder = folder.rpartition("/")[0]
    return step


def _path_fault(output: str) -> str:
    if len(output) * 4 > MAX_PATH_BYTES and len(output.encode()) > MAX_PATH_BYTES:
        return f"the path is longer than {MAX_PATH_BYTES} bytes"
    return ""


def _part_fault(part: str) -> str:
    if part in {"", ".", ".."}:
        return "it has an empty part or one of dots"
    size = len(part.encode("utf-8", "surrogatepass"))
    if size > MAX_NAME_BYTES:
        return f"a name of {size} bytes is longer than {MAX_NAME_BYTES} bytes"
    return _spelling_fault(part)


def _spelling_fault(part: str) -> str:
    if not _FORBIDDEN.isdisjoint(part):
        return 'names cannot hold control characters or any of < > : " | ? * \\'
    if any("\ud800" <= letter <= "\udfff" for letter in part):
        return "it has half a surrogate pair"
    if part[-1] in ". ":
        return "Windows drops a dot or a space at the end of a name"
    if part.partition(".")[0].rstrip(" ").casefold() in DEVICES:
        return "Windows keeps this name for a device"
    return ""


def _bad_name(output: str, fault: str) -> Problem:
    shown = output if output.isprintable() else output.encode("unicode_escape").decode("ascii")
    return Problem(
        code="output-name",
        message=f"{shown[:200]} cannot be the path of a file: {fault}",
        hint="choose a shorter, plainer id",
    )


def _collision(step: Step, other: Step) -> Problem:
    first, second = sorted((_describe_step(step), _describe_step(other)))
    return Problem(
        code="output-collision",
        message=f"{first} and {second} would be the same file or folder on some disks",
        hint="rename one of them",
    )


def _describe_step(step: Step) -> str:
    source = f" from {step.inputs[0]}" if step.inputs else ""
    return f"{step.output} ({step.kind}{source})"
