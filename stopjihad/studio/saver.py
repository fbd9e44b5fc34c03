"""Save changes of forms: merged with changes of others, or refused with both sides; undo, redo."""

from __future__ import annotations

import threading
import time
from collections import defaultdict, deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

from stopjihad.disk import save
from stopjihad.load import files as texts
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.studio.undo_steps import Burst, History, HistoryStep
from stopjihad.text import versions
from stopjihad.text.yaml.fields import Edit, Insert, Remove, SetField, apply, value_at, values
from stopjihad.text.yaml.patch import normal
from stopjihad.text.yaml.tree import Value


class WantedEdit(NamedTuple):
    """A change and what its author saw before: ``was`` is None where nothing stood."""

    edit: Edit
    was: Value | None


class Conflict(NamedTuple):
    """Say that someone else changed the same field: nothing was written."""

    path: tuple[str | int, ...]
    was: Value | None
    theirs: Value | None
    digest: str


class SavedFile(NamedTuple):
    """Say what a file is now."""

    digest: str
    text: str


class SteppedFile(NamedTuple):
    """Say what a file is after a step back or forth, and which field that changed."""

    saved: SavedFile
    field: tuple[str | int, ...]


class Saver:
    """Save files of a workspace; many threads may save, one at a time writes a file."""

    def __init__(self, root: Path, clock: Callable[[], float] = time.monotonic) -> None:
        """Work in a workspace; the clock gives seconds and never goes back."""
        self._root = root
        self._clock = clock
        self._locks: dict[str, threading.Lock] = defaultdict(threading.Lock)
        self._histories: dict[str, History] = {}

    def _history(self, path: str) -> History:
        with self._locks[""]:
            if path not in self._histories:
                self._histories[path] = History(self._root, path)
            return self._histories[path]

    def lock(self, path: str) -> threading.Lock:
        """Give the lock of a file, for savers that work in a way of their own."""
        return self._locks[path]

    def load(self, path: str) -> SavedFile:
        """Read a file as it is now.

        Args:
            path: file relative to the workspace.

        Returns:
            Its digest and its text with LF.

        Raises:
            ProblemsFound: it cannot be read.
        """
        data = read(self._root, path)
        return SavedFile(save.digest(data), _decode_file(data, path))

    def load_conflicted(self, path: str) -> SavedFile | None:
        """Read a file in which two versions met, marks and all.

        Returns:
            Its digest and its text with LF; None where none met, or it cannot be read.
        """
        data = texts.read(self._root, path)
        text = data if isinstance(data, Problem) else texts.decode_lines(data, path)
        if isinstance(data, Problem) or isinstance(text, Problem) or not versions.regions(text):
            return None
        return SavedFile(save.digest(data), text)

    def settle(
        self, path: str, decisions: Sequence[versions.Decision], known: str
    ) -> SavedFile | None:
        """Write a file in which two versions met without their marks.

        Args:
            decisions: one for each dispute of the file.
            known: digest of the file that was looked at.

        Returns:
            The new file; None when it is another one now.

        Raises:
            CannotChange: a field cannot be written so.
            ProblemsFound: the disk refuses.
        """
        with self._locks[path]:
            found = self.load_conflicted(path)
            if found is None or found.digest != known:
                return None
            text = versions.settle(found.text, path, decisions)
            try:
                return self._write(path, read(self._root, path), text, ())
            except save.ChangedFile:
                return None

    def save(
        self,
        path: str,
        wanted: Sequence[WantedEdit],
        known: str,
        order: Sequence[str] = (),
        token: str = "",
    ) -> SavedFile | Conflict:
        """Change fields of a file.

        A change is made when its field is as its author saw it, whatever else the file holds now. A
        page may know the newest file and still hold what was typed before it came: so the field
        itself is compared, not only the file.

        Args:
            path: file relative to the workspace.
            known: digest of the file that the author saw.
            order: keys in the order of the schema.
            token: the same as long as its author stays in a field (``Burst``).

        Returns:
            The new file, or the first field that someone else changed too.

        Raises:
            NoSuchPlace: a field is not there, or the file's YAML cannot be read.
            CannotChange: a change cannot be written alone.
            ProblemsFound: the disk refuses.
        """
        with self._locks[path]:
            for _ in range(save.TRIES):
                data = read(self._root, path)
                text, current = _decode_file(data, path), save.digest(data)
                for one in wanted:
                    conflict = _conflict(text, one, current, seen=current == known)
                    if conflict is not None:
                        return conflict
                    text = apply(text, one.edit, order)
                alone = len(wanted) == 1 and isinstance(wanted[0].edit, SetField | Remove)
                try:
                    field = wanted[0].edit.path
                    return self._write(path, data, text, field, token if alone else "")
                except save.ChangedFile:
                    continue
        raise ProblemsFound((save.busy(path),))

    def write(self, path: str, text: str, known: str) -> SavedFile | Conflict:
        """Replace a whole file.

        Args:
            path: file relative to the workspace.
            known: digest of the file that the author saw.

        Returns:
            The new file, or the conflict with what is there now.

        Raises:
            ProblemsFound: the disk refuses.
        """
        with self._locks[path]:
            data = read(self._root, path)
            if save.digest(data) == known:
                try:
                    return self._write(path, data, text, ())
                except save.ChangedFile:
                    data = read(self._root, path)
            theirs = texts.decode_lines(data, path)
            if isinstance(theirs, Problem):
                raise ProblemsFound((theirs,))
            return Conflict((), None, theirs, save.digest(data))

    def create(self, path: str, text: str) -> SavedFile:
        """Write a new file.

        Args:
            path: file relative to the workspace.

        Raises:
            Changed: there is one.
            ProblemsFound: the disk refuses.
        """
        save.write(self._root, path, text.encode(), save.ABSENT)
        return SavedFile(save.digest(text.encode()), text)

    def put_back(self, path: str, data: bytes | None, known: str) -> None:
        """Give a file the bytes of an earlier version; ``undo`` takes that back.

        Args:
            data: None where there was no file.
            known: digest of the file that the author saw; `save.ABSENT` for none.

        Raises:
            ChangedFile: it is another one by now.
            ProblemsFound: the disk refuses.
        """
        with self._locks[path]:
            old = save.current(self._root, path)
            if data is None:
                save.remove(self._root, path, known)
                return
            save.write(self._root, path, data, known)
            if old is not None:
                digests = known, save.digest(data)
                self._history(path).add(old, digests, (), Burst("", self._clock()))

    def undo(self, path: str) -> SteppedFile | None:
        """Take back the last step of ours, if nobody has changed the file since.

        Args:
            path: file relative to the workspace.

        Returns:
            The file as it was before, or None when there is nothing to take back.

        Raises:
            ProblemsFound: the disk refuses.
        """
        history = self._history(path)
        return self._step(path, history, history.back, history.forth)

    def redo(self, path: str) -> SteppedFile | None:
        """Do again what was taken back last, if nobody has changed the file since.

        Args:
            path: file relative to the workspace.

        Returns:
            The file as it was, or None when there is nothing to do again.

        Raises:
            ProblemsFound: the disk refuses.
        """
        history = self._history(path)
        return self._step(path, history, history.forth, history.back)

    def steps(self, path: str) -> tuple[bool, bool]:
        """Tell whether there is something of ours to take back, and to do again."""
        history = self._history(path)
        return bool(history.back), bool(history.forth)

    def _step(
        self,
        path: str,
        history: History,
        taken: deque[HistoryStep],
        given: deque[HistoryStep],
    ) -> SteppedFile | None:
        with self._locks[path]:
            if not taken:
                return None
            step = taken[-1]
            wanted, data = history.bytes_of(step), read(self._root, path)
            try:
                if wanted is not None:
                    save.write(self._root, path, wanted, step.known)
            except save.ChangedFile:
                wanted = None
            if wanted is None:
                history.clear()
                return None
            history.turn(taken, given, data)
            text = texts.decode_lines(wanted, path)
            return SteppedFile(SavedFile(step.wanted, str(text)), step.field)

    def _write(
        self, path: str, old: bytes, text: str, field: tuple[str | int, ...], token: str = ""
    ) -> SavedFile:
        data = _encode_text(text, old)
        if data == old:
            return SavedFile(save.digest(old), text)
        before, after = save.digest(old), save.digest(data)
        save.write(self._root, path, data, before)
        self._history(path).add(old, (before, after), field, Burst(token, self._clock()))
        return SavedFile(after, text)


def read(root: Path, path: str) -> bytes:
    """Read an authored text.

    Args:
        path: file relative to it.

    Returns:
        Its bytes.

    Raises:
        ProblemsFound: it is missing, a link, too large, or cannot be read.
    """
    data = texts.read(root, path)
    if isinstance(data, Problem):
        raise ProblemsFound((data,))
    return data


def _conflict(text: str, wanted: WantedEdit, digest: str, *, seen: bool) -> Conflict | None:
    """Compare a field, or the list that an item goes into, with what its author saw.

    ``seen``: the file as a whole is what the author's page shows. Lists change by our own edits
    within one request then, so only single fields are compared.
    """
    path = wanted.edit.path
    taken = isinstance(wanted.edit, Remove) and isinstance(path[-1], int)
    if seen and (taken or isinstance(wanted.edit, Insert)):
        return None
    path = path[:-1] if taken else path
    found = value_at(values(text), path)
    theirs = found if found is None else normal(found)
    was = wanted.was if wanted.was is None else normal(wanted.was)
    if (theirs or None) == (was or None):
        return None
    if isinstance(wanted.edit, SetField) and theirs == normal(wanted.edit.value):
        return None  # both wrote the same
    return Conflict(path, was, theirs, digest)


def _decode_file(data: bytes, path: str) -> str:
    text = texts.decode(data, path)
    if isinstance(text, Problem):
        raise ProblemsFound((text,))
    return text


def _encode_text(text: str, like: bytes) -> bytes:
    """Write a text with the line ends and the mark at the start that the file had."""
    data = text.encode("utf-8", "replace")
    if b"\r\n" in like and like.count(b"\r\n") == like.count(b"\n"):
        data = data.replace(b"\n", b"\r\n")
    return b"\xef\xbb\xbf" + data if like.startswith(b"\xef\xbb\xbf") else data
