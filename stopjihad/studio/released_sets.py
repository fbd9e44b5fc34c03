"""Let the drafts of a change set go out as one, and put all of its files back to before.

Nothing but the files says what is in a set; that one went out, and what stood there before, is read
from the history of saves on this computer.

Throughout, ``kept`` is that history, and paths are relative to the workspace.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

from stopjihad.disk import save
from stopjihad.disk.history import CampaignHistory, FileVersion
from stopjihad.load.drafts import front_matter
from stopjihad.model.change_set import SetMember
from stopjihad.studio.saver import Saver
from stopjihad.text.yaml.fields import Remove, apply, values

LOOKED_AT = 4_000
"""Saves of talking points and pages that are looked through, newest first: reading them takes some
hundred milliseconds."""

TOGETHER = 60
"""Seconds within which the files of a set are written when it goes out."""

MARKS = ("draft", "change_set", "replaces")
"""Fields that hold a draft back in a set."""

_SET = re.compile(r"^change_set:[ \t]*([\"']?)([a-z0-9-]+)\1[ \t]*(?:#.*)?\r?$", re.MULTILINE)
_REPLACES = re.compile(r"^replaces:[ \t]*([\"']?)([a-z0-9-]+)\1[ \t]*(?:#.*)?\r?$", re.MULTILINE)


class FileBefore(NamedTuple):
    """A file of a set that went out: as it went out, and as it was before; None for none."""

    path: str
    now: bytes | None
    before: bytes | None


class ReleasedSet(NamedTuple):
    """A change set that went out: when (Unix time), by whom, and its files."""

    name: str
    when: int
    by: str
    files: tuple[FileBefore, ...]


def set_in(text: str) -> str:
    """Name the change set that a file is in, however broken it is; empty for none."""
    found = _SET.search(front_matter(text))
    return found[2] if found else ""


def released_text(text: str) -> str:
    """Give a draft as it goes out, without what held it back."""
    there = values(text)
    for name in MARKS:
        if name in there:
            text = apply(text, Remove((name,)))
    return text


def release_set(saver: Saver, members: Sequence[SetMember]) -> None:
    """Let drafts go out: what each says stands in its file, or in that of the text it replaces.

    All are read before any is written. One that is killed in between is ended by the next try.

    Raises:
        ChangedFile: somebody saved one meanwhile, or two take the place of the same text.
        ProblemsFound: a text to be replaced is gone, one cannot be read, or the disk refuses.
    """
    ready = []
    for one in members:
        draft = saver.load(one.path)
        if draft.digest != one.digest:  # it says more by now than anybody has read
            raise save.ChangedFile(one.path)
        place = one.replaces or one.path
        old = saver.load(place) if one.replaces else draft
        ready.append((one, draft.digest, place, released_text(draft.text).encode(), old.digest))
    if len({place for _, _, place, _, _ in ready}) < len(ready):  # two rewrite the same text
        raise save.ChangedFile(ready[0][2])
    for one, draft_digest, place, data, known in ready:
        saver.put_back(place, data, known)
        if one.replaces:
            saver.put_back(one.path, None, draft_digest)


def put_set_back(root: Path, saver: Saver, released: ReleasedSet) -> None:
    """Give all files of a set back as they were before it went out: its drafts are held again.

    Raises:
        ChangedFile: one is not as it went out; nothing was written.
    """
    for one in released.files:
        if save.current(root, one.path) != one.now:
            raise save.ChangedFile(one.path)
    for one in released.files:
        known = save.ABSENT if one.now is None else save.digest(one.now)
        if one.before is None:
            saver.put_back(one.path, None, known)
        elif one.now is None:
            saver.create(one.path, one.before.decode())
        else:
            saver.put_back(one.path, one.before, known)


def released_sets(kept: CampaignHistory) -> list[ReleasedSet]:
    """Find the sets that went out, newest first."""
    versions = [one for one in kept.versions() if one.path.endswith(".md")][-LOOKED_AT:]
    contents = kept.contents(versions)
    found: list[ReleasedSet] = []
    for name, files, version in sorted(
        _releases(versions, contents), key=lambda one: one[2].number
    ):
        last = found[-1] if found else None
        if (
            last
            and (last.name, last.by) == (name, version.by)
            and version.when - last.when < TOGETHER
        ):
            found[-1] = last._replace(when=version.when, files=(*last.files, *files))
        else:
            found.append(ReleasedSet(name, version.when, version.by, files))
    return found[::-1]


def _releases(
    versions: Sequence[FileVersion], contents: dict[str, bytes | None]
) -> Iterator[tuple[str, tuple[FileBefore, ...], FileVersion]]:
    """Find drafts that left their set as they were: each with its files before and after."""
    last: dict[str, FileVersion] = {}
    for one in versions:
        before = last.get(one.path)
        last[one.path] = one
        was = contents[before.id] if before else None
        if was is None:
            continue
        text = was.decode("utf-8", "replace").replace("\r\n", "\n")
        name, data = set_in(text), contents[one.id]
        if not name:
            continue
        released = _released(text)
        replaced = _REPLACES.search(front_matter(text))
        if not replaced and data == released:
            yield name, (FileBefore(one.path, data, was),), one
        elif replaced and data is None:
            place = f"{one.path.rpartition('/')[0]}/{replaced[2]}.md"
            own = [each for each in versions if each.path == place and each.number < one.number]
            if own[1:] and contents[own[-1].id] == released:
                files = (
                    FileBefore(place, released, contents[own[-2].id]),
                    FileBefore(one.path, None, was),
                )
                yield name, files, one


def _released(text: str) -> bytes | None:
    try:
        return released_text(text).encode()
    except (LookupError, ValueError):
        return None


def rewrite_of(text: str, name: str, id_: str) -> str:
    """Begin the draft of a set that takes the place of a text, by its id, with all its words."""
    head = f"---\ndraft: true\nchange_set: {name}\nreplaces: {id_}\n"
    return text.replace("---\n", head, 1)


def unread_members(root: Path, paths: Iterable[str], name: str) -> list[str]:
    """List files of a set that cannot be read as what they are."""
    found = []
    for path in paths:
        data = save.current(root, path) if path.endswith(".md") else None
        if data is not None and set_in(data.decode("utf-8", "replace")) == name:
            found.append(path)
    return found
