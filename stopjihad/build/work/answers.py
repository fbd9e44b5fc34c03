"""Answers of machines: sealed bytes that a strict schema reads, never objects.

A task goes out with a secret of its own, and its answer comes back sealed with that secret, as
things in a shared store are with theirs. So an answer of another task, of another build, a changed
or a cut one is known; a worker can lie about nothing but the tasks it was given. Failures are words
in the answer, too: an exception of another machine would be an object to make.
"""

from __future__ import annotations

import hashlib
import hmac
import pickle
from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import PurePosixPath, PureWindowsPath
from typing import Any, get_type_hints

import msgspec
from msgspec.structs import replace

from stopjihad.build.work.keys import library_versions
from stopjihad.problem import Problem, ProblemsFound

LARGEST = 256 << 20
"""Bytes of an answer at most: a batch of pages has some megabytes, a film at most some dozens."""

_SEAL_BYTES = 32
_PERSON = b"answer"
"""Parts the use of a secret here from any other."""

_WORDS = 500
"""Letters of a message that another machine may fill."""


class WrongAnswer(Exception):
    """Say why what a worker answered is no answer to its task."""


class WorkerDiffers(Exception):
    """Say that a worker has other versions: its name, and the differences."""


class TaskFailed(Exception):
    """Say in a worker's words what a task raised."""


class Answer(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """What a worker found: a result, problems, or words about its failure.

    Attributes:
        result: MessagePack of what the task gives; empty where it failed.
        problems: what the task raised.
        failed: another failure, in words.
        differs: what versions differ in, of a worker that therefore did nothing.
        worker: the name of such a worker.
    """

    result: bytes = b""
    problems: tuple[Problem, ...] = ()
    failed: str = ""
    differs: str = ""
    worker: str = ""


def answer_to(expected: Mapping[str, str] | None, secret: bytes, packed: bytes) -> bytes:
    """Do a task in a worker, if it has the versions that the driver has.

    Args:
        expected: from ``library_versions`` of the driver; None to do it with any.
        packed: what to do and its arguments, pickled: the scheduler, which keeps the work of all,
            has bytes to pass on and no objects to make of them.
    """
    try:
        found = _answer(expected, packed)
    except ProblemsFound as error:
        found = Answer(problems=error.problems)
    except Exception as error:  # noqa: BLE001 - it is told in words
        found = Answer(failed=f"{type(error).__name__}: {error}"[:_WORDS])
    data = msgspec.msgpack.encode(found)
    return _seal(secret, data) + data


def _answer(expected: Mapping[str, str] | None, packed: bytes) -> Answer:
    if expected is not None and library_versions() != expected:
        from distributed import get_worker

        words = differences(expected, library_versions())
        return Answer(differs=words, worker=get_worker().address)
    task, args = pickle.loads(packed)  # noqa: S301 - whoever reaches a worker runs code there
    return Answer(result=msgspec.msgpack.encode(task(*args)))


def _seal(secret: bytes, data: bytes) -> bytes:
    digest = hashlib.sha256(data).digest()
    return hashlib.blake2b(digest, digest_size=_SEAL_BYTES, key=secret, person=_PERSON).digest()


def differences(ours: Mapping[str, str], theirs: Mapping[str, str]) -> str:
    """Name in one line what differs between ``ours``, the driver's versions, and ``theirs``."""
    return ", ".join(
        f"{name} {theirs.get(name) or 'missing'} instead of {ours.get(name) or 'none'}"
        for name in sorted({*ours, *theirs})
        if ours.get(name) != theirs.get(name)
    )


def result_in(sealed: object, secret: bytes, task: Callable[..., Any]) -> Any:
    """Read what came back for a task.

    Args:
        sealed: bytes, if it is an answer.
        task: what was to be done; its own annotation says what it gives.

    Raises:
        WrongAnswer: it is no answer to this task.
        WorkerDiffers: the worker has other versions.
        ProblemsFound: the task raised it.
        TaskFailed: what its message says.
    """
    if not isinstance(sealed, bytes) or len(sealed) > LARGEST:
        raise WrongAnswer("it is too large" if isinstance(sealed, bytes) else "it is no bytes")
    seal, data = sealed[:_SEAL_BYTES], sealed[_SEAL_BYTES:]
    if not hmac.compare_digest(seal, _seal(secret, data)):
        raise WrongAnswer("it has not the seal of this task")
    try:
        answer = msgspec.msgpack.decode(data, type=Answer)
        if answer.differs:
            raise WorkerDiffers(answer.worker, answer.differs)
        if answer.problems:
            raise ProblemsFound(tuple(harmless(one) for one in answer.problems))
        if answer.failed:
            raise TaskFailed(answer.failed)
        return msgspec.msgpack.decode(answer.result, type=_given_by(task))
    except (msgspec.MsgspecError, UnicodeError, RecursionError) as error:
        raise WrongAnswer(str(error).split("\n", 1)[0][:_WORDS]) from None


def _given_by(task: Callable[..., Any]) -> Any:
    while isinstance(task, partial):
        task = task.func
    return _annotate_task(task)


@cache
def _annotate_task(task: Callable[..., Any]) -> Any:
    return get_type_hints(task)["return"]


def harmless(problem: Problem) -> Problem:
    """Take what another machine says about a file of ours: below the workspace, in a few words."""
    path = problem.path.replace("\\", "/")
    outside = PurePosixPath(path).is_absolute() or PureWindowsPath(path).drive
    if outside or ".." in PurePosixPath(path).parts or len(path) > _WORDS:
        problem = replace(problem, path="", line=0, column=0)
    return replace(
        problem,
        code=problem.code[:_WORDS],
        message=problem.message[:_WORDS],
        hint=problem.hint[:_WORDS],
    )
