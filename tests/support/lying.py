"""Workers and a scheduler of Dask that lie: what they send runs code where it is made an object of.

The code leaves a file whose name ends with the number of the process that ran it.
"""

from __future__ import annotations

import os
import pickle
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import distributed
import msgspec
from distributed import get_worker
from distributed.protocol.serialize import Serialize, ToPickle
from stopjihad.build.work import answers

_MARK = "STOPJIHAD_TEST_MARK"

WORKER_LIES = (
    "object",
    "exception",
    "warning",
    "print",
    "changed",
    "cut",
    "older",
    "other",
    "huge",
)
"""What a worker can answer instead of what it is asked for."""

SCHEDULER_LIES = (
    "error",
    "type",
    "event",
    "message",
    "value",
    "gather",
    "gather-value",
    "broadcast",
)
"""What a scheduler can make of its messages to a driver."""


def mark_in(folder: Path) -> dict[str, str]:
    """Say by the environment where code that ran leaves its files."""
    return {_MARK: str(folder / "ran")}


def ran_in(folder: Path, process: int) -> bool:
    """Tell whether such code ran in a process."""
    return (folder / f"ran.{process}").exists()


class Running:
    """An object that runs a command where it is made."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (f"touch {os.environ[_MARK]}.$PPID",)


class RunningError(Exception):
    """An exception that does."""

    def __reduce__(self) -> tuple[Any, ...]:
        return os.system, (f"touch {os.environ[_MARK]}.$PPID",)


def make_workers_lie(lie: str) -> None:
    """Let workers of this process answer with a lie, once they were asked for their versions."""
    honest, known = answers.answer_to, list[bytes]()

    def answer_to(expected: Mapping[str, str] | None, secret: bytes, packed: bytes) -> object:
        if expected is None:
            return honest(expected, secret, packed)
        if lie == "object":
            return Running()
        if lie == "exception":
            raise RunningError
        known.append(honest(expected, secret, packed))
        event = {"message": pickle.dumps(Running()), "category": pickle.dumps(Running())}
        if lie == "warning":
            get_worker().log_event("warn", event)
        if lie == "print":
            get_worker().log_event("print", {"args": ("\x1b]0;printed\x07",)})
        return told(lie, known)

    answers.answer_to = answer_to  # type: ignore[assignment]
    whole = distributed.Worker.get_data

    async def get_data(self: Any, comm: Any, keys: Any, who: Any = None, **_: Any) -> Any:
        return await whole(self, comm, keys, who)  # as it likes, whatever is asked for

    distributed.Worker.get_data = get_data


def told(lie: str, known: list[bytes]) -> object:
    """Give a lie in place of the newest of the answers that are known."""
    right = known[-1]
    if lie == "changed":
        return right[:-1] + bytes((right[-1] ^ 1,))
    if lie == "cut":
        return right[: len(right) // 2]
    if lie == "older":
        return known[0] if len(known) > 1 else b""
    if lie == "other":
        return msgspec.msgpack.encode(answers.Answer(failed="not sealed"))
    if lie == "huge":
        return bytes(10_000_000)
    return right


class LyingScheduler(distributed.Scheduler):
    """Changes what it tells a driver."""

    lie = ""

    def __init__(self, **words: Any) -> None:
        super().__init__(**words)
        if self.lie.startswith("gather"):
            self.handlers["gather"] = self._gathered
        if self.lie == "broadcast":
            self.handlers["broadcast"] = self._asked

    async def _gathered(self, keys: Any, serializers: Any = None) -> Any:
        kind = Serialize if self.lie == "gather-value" else ToPickle
        return {"status": "OK", "data": {key: kind(Running()) for key in keys}}

    async def _asked(self, **_: Any) -> Any:
        error = {"status": "error", "exception": pickle.dumps(Running()), "traceback": b""}
        known = list(self.workers)
        return {name: pickle.dumps(Running()) for name in known[1:]} | {known[0]: error}

    def send_all(self, client_msgs: Any, worker_msgs: Any) -> None:
        """Lie to the driver, not to workers."""
        lied = {client: self._lies(msgs) for client, msgs in client_msgs.items()}
        super().send_all(lied, worker_msgs)

    def _lies(self, msgs: list[dict[str, Any]]) -> list[Any]:
        raw = pickle.dumps(Running())
        known = [dict(msg) for msg in msgs]
        for msg in known:
            if self.lie == "error" and msg.get("op") == "key-in-memory":
                msg.clear()
                msg |= {"op": "task-erred", "key": msgs[0]["key"], "exception": raw}
                msg["traceback"] = raw
            if self.lie == "type":
                msg["type"] = raw
        event = {"op": "event", "topic": "warn", "event": (0, {"message": raw, "category": raw})}
        before: dict[str, list[Any]] = {
            "event": [event],
            "message": [{"op": "lost-data", "key": ToPickle(Running())}],
            "value": [{"op": "lost-data", "key": Serialize(Running())}],
        }
        return [*before.get(self.lie, ()), *known]
