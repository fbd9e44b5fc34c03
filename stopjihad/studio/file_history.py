"""Read the history of a campaign for people: steps of one person in one file, and words in fields.

Throughout, ``versions`` are those of `CampaignHistory`, oldest first, of all files or of one.
"""

from __future__ import annotations

import contextlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from stopjihad.disk import save
from stopjihad.disk.history import ENDINGS, CampaignHistory, FileVersion, history_of
from stopjihad.load import files as loading
from stopjihad.load.file_names import LEDGERS
from stopjihad.problem import ProblemsFound
from stopjihad.text import po
from stopjihad.text.yaml.fields import values
from stopjihad.text.yaml.tree import NoSuchPlace, Value

PAUSE = 600
"""Seconds without a save after which a person's next one begins another step."""


def is_ledger(path: str) -> bool:
    """Tell a file to which lines are only ever added: it is remembered, and never written back."""
    return path.rpartition("/")[2] in LEDGERS


class EditStep(NamedTuple):
    """Saves of one file by one person that followed each other closely.

    Attributes:
        before: the version before the first of them; None where there was none.
        saves: all of them, oldest first.
    """

    before: FileVersion | None
    saves: tuple[FileVersion, ...]

    @property
    def last(self) -> FileVersion:
        """The version that the step led to."""
        return self.saves[-1]


Field = tuple[str | int, ...]


class FieldChange(NamedTuple):
    """What a field said before and after; None where it was not there.

    ``field`` is a path of the file's YAML, or the context and source of a translated text; empty
    for the file as a whole.
    """

    field: Field
    old: str | None
    new: str | None


def catch_up(root: Path, slug: str) -> None:
    """Remember what changed in a campaign while nobody looked."""
    kept = history_of(str(root), slug)
    paths, _ = loading.walk(root, f"campaigns/{slug}")
    known = {one.path for one in kept.versions()}
    notice_files(root, [path for path in sorted({*paths, *known}) if path.endswith(ENDINGS)])


def notice_campaign(root: Path, slug: str, paths: Collection[Path]) -> None:
    """Remember what files of a campaign are now.

    Args:
        paths: absolute; none where any may have changed.
    """
    inside = [path.relative_to(root).as_posix() for path in paths if path.is_relative_to(root)]
    if inside:
        own = f"campaigns/{slug}/"
        notice_files(root, [one for one in inside if one.startswith(own) and one.endswith(ENDINGS)])
    elif not paths:
        catch_up(root, slug)


def notice_files(root: Path, paths: Iterable[str]) -> None:
    """Remember what files are now; what cannot be read now is looked at when it changes again."""
    for path in paths:
        with contextlib.suppress(ProblemsFound):
            save.notice(root, path)


def edit_steps(versions: Sequence[FileVersion]) -> list[EditStep]:
    """Put saves together that one person made in one file, newest step first."""
    before: dict[str, FileVersion] = {}
    open_steps: dict[str, EditStep] = {}
    found: list[EditStep] = []
    for one in versions:
        last = open_steps.get(one.path)
        if last and last.last.by == one.by and one.when - last.last.when < PAUSE:
            open_steps[one.path] = last._replace(saves=(*last.saves, one))
        else:
            if last:
                found.append(last)
            open_steps[one.path] = EditStep(before.get(one.path), (one,))
        before[one.path] = one
    found += open_steps.values()
    return sorted(found, key=lambda step: step.last.number, reverse=True)


def state_after(versions: Sequence[FileVersion], number: int) -> dict[str, FileVersion]:
    """Give the last version of each file as it was after the save ``number``."""
    return {one.path: one for one in versions if one.number <= number}


def versions_that_differ(history: CampaignHistory, root: Path, number: int) -> list[FileVersion]:
    """List files that were not, after the save ``number``, what they are on the disk now.

    Files that came later are left out: nothing is known of them that could be written back.
    """
    now = {}
    then = state_after(history.versions(), number)
    for path in then:
        data = loading.read(root, path)
        now[path] = save.digest(data) if isinstance(data, bytes) else ""
    return [then[path] for path in sorted(then) if then[path].digest != now[path]]


def field_changes(path: str, old: bytes | None, new: bytes | None) -> list[FieldChange]:
    """Compare two versions field by field; as a whole where one of them has no fields."""
    one, other = _fields(path, old), _fields(path, new)
    if one is None or other is None:
        texts = [None if data is None else data.decode("utf-8", "replace") for data in (old, new)]
        return [FieldChange((), *texts)] if texts[0] != texts[1] else []
    names = [*other, *(name for name in one if name not in other)]
    return [
        FieldChange(name, one.get(name), other.get(name))
        for name in names
        if one.get(name) != other.get(name)
    ]


def _fields(path: str, data: bytes | None) -> dict[Field, str] | None:
    if data is None:
        return {}
    text = loading.decode(data, path)
    if not isinstance(text, str):
        return None
    if path.endswith(".po"):
        entries = po.scan(text).entries
        return {(one.context or "", one.source): one.translation for one in entries if one.source}
    if not path.endswith((".md", ".yaml")):
        return None
    try:
        return dict(_flat(values(text), ()))
    except NoSuchPlace:
        return None


def _flat(value: Value, path: Field) -> Iterator[tuple[Field, str]]:
    if isinstance(value, dict):
        for key, one in value.items():
            yield from _flat(one, (*path, key))
    elif isinstance(value, list):
        for place, one in enumerate(value):
            yield from _flat(one, (*path, place))
    else:
        yield path, value
