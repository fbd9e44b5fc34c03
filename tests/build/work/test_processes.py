"""Tasks are done once each, whoever does them, and nothing is left behind when someone dies."""

from __future__ import annotations

import _thread
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from multiprocessing import active_children
from multiprocessing.process import BaseProcess
from pathlib import Path

import pytest
from stopjihad.build.work import processes as module
from stopjihad.build.work.processes import alongside

from support.timing import until


def square(number: int) -> int:
    return number * number


def meet(number: int, folder: Path) -> tuple[int, int]:
    """Do a task once two processes have each begun with one."""
    (folder / str(os.getpid())).touch()
    until(lambda: len(list(folder.iterdir())) == 2, "only one process takes part")
    return number, os.getpid()


def end_elsewhere(parent: int) -> int:
    if os.getpid() != parent:
        os.kill(os.getpid(), signal.SIGKILL)
    return 1


def fail_elsewhere(parent: int) -> int:
    if os.getpid() != parent:
        raise OSError("no memory")
    return 1


def in_a_process(body: str, *args: str) -> None:
    """Run a function of this file where no other thread runs: else no process may be copied."""
    done = subprocess.run(
        [sys.executable, __file__, body, *args],
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
        env={**os.environ, "PYTHONPATH": str(Path(__file__).parents[2])},
    )
    assert not done.returncode, done.stderr[-2000:]


def do_each_once(method: str, count: str) -> None:
    module.start_method = lambda: method
    with alongside([partial(square, number) for number in range(20)], int(count)) as finish:
        assert sorted(finish()) == [number * number for number in range(20)]


def take_part_or_wait(method: str, folder: str) -> None:
    module.start_method = lambda: method
    tasks = [partial(meet, number, Path(folder)) for number in range(20)]
    with alongside(tasks, 2) as finish:
        done = dict(finish())
    assert sorted(done) == list(range(20))
    assert (os.getpid() in done.values()) == (method == "spawn")
    assert len(set(done.values())) == 2


@pytest.mark.parametrize("method", ["fork", "spawn"])
@pytest.mark.parametrize("count", [1, 2, 4])
def test_each_task_is_done_once(count: int, method: str) -> None:
    in_a_process("do_each_once", method, str(count))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_a_process_that_is_copied_only_waits(method: str, tmp_path: Path) -> None:
    """What tasks read would stay in its memory; where others take long to start, it takes part."""
    in_a_process("take_part_or_wait", method, str(tmp_path))


def begin_while_a_thread_lives(seconds: str, method: str) -> None:
    _thread.start_new_thread(time.sleep, (float(seconds),))
    assert threading.active_count() == 1
    assert module.start_method() == method


@pytest.mark.parametrize(("seconds", "method"), [("0.004", "fork"), ("60", "spawn")])
def test_a_thread_that_is_ending_is_waited_for(seconds: str, method: str) -> None:
    """One that Python had joined was still there: pages were made by processes without imports."""
    in_a_process("begin_while_a_thread_lives", seconds, method)


@pytest.mark.parametrize("worse", [end_elsewhere, fail_elsewhere])
def test_what_fails_elsewhere_is_only_missing(worse: Callable[[int], int]) -> None:
    tasks = [partial(worse, os.getpid()) for _ in range(6)]
    with alongside(tasks, 3) as finish:
        until(lambda: not active_children(), "the others do not end")
        done = list(finish())
    assert len(done) < len(tasks)
    assert set(done) <= {1}


_EARLY = """
import os, sys
from functools import partial
from multiprocessing import resource_tracker
from stopjihad.build.work import processes as module

class Dies:
    def __reduce__(self):
        return (os._exit, (3,)) if sys.argv[1] == "reading" else (Dies, ())

def size(data, what):
    return len(data)

if __name__ == "__main__":
    module.start_method = lambda: "spawn"
    if sys.argv[1] == "starting":
        resource_tracker.ensure_running()  # another process that would end, and be written to
        os.environ["PYTHONHOME"] = "/nowhere"
    tasks = [partial(size, bytes(1_000_000), Dies()) for _ in range(4)]
    with module.alongside(tasks, 3) as finish:
        print(list(finish()))
"""


@pytest.mark.parametrize("when", ["starting", "reading"])
def test_a_process_that_ends_before_it_has_its_tasks_is_not_waited_for(
    when: str, tmp_path: Path
) -> None:
    """The tasks were written to a pipe of which this process held both ends: for ever."""
    script = tmp_path / "early.py"
    script.write_text(_EARLY, "utf-8")
    done = subprocess.run(
        [sys.executable, str(script), when], capture_output=True, text=True, timeout=120, check=True
    )
    assert done.stdout.strip() == str([1_000_000] * 4)


def test_what_fails_here_is_told() -> None:
    with alongside([partial(int, "x")], 1) as finish, pytest.raises(ValueError, match="invalid"):
        list(finish())


def interrupted() -> list[BaseProcess]:
    """Begin what takes long, and be interrupted."""
    others: list[BaseProcess] = []
    tasks = [partial(time.sleep, 600) for _ in range(3)]
    with suppress(KeyboardInterrupt), alongside(tasks, 3):
        others += active_children()
        raise KeyboardInterrupt
    return others


def test_others_end_with_the_block() -> None:
    others = interrupted()
    assert len(others) == (3 if module.start_method() == "fork" else 2)
    assert not any(other.is_alive() for other in others)


if __name__ == "__main__":
    globals()[sys.argv[1]](*sys.argv[2:])
