"""Start the command line in a process of its own without importing it anew.

A server in a process of its own has imported every module of ours, compiled the templates and read
what is the same for every campaign; for each command it forks, and the fork is the command: its
exit code, signals, folder, environment and end are those of any process. All workers of a run ask
one server, which ends with the run. What is about the start itself is run by
``support.build.started_anew``.
"""

from __future__ import annotations

import fcntl
import json
import os
import socket
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

TESTS = str(Path(__file__).parents[1])
WARM = str(Path(TESTS, "invalid", "_base"))
"""A workspace that the server has looked at and rendered, without a cache and without writing."""
SERVER = """
import os, sys
if os.fork():
    os._exit(0)  # the server is nobody's child: the worker that asked first may end before others
import atexit, gc, json, pkgutil, importlib, select, shutil, signal, socket, threading
import stopjihad
for found in pkgutil.walk_packages(stopjihad.__path__, "stopjihad."):
    if ".__main__" not in found.name:
        importlib.import_module(found.name)
from stopjihad.cli.main import main
if sys.argv[3]:
    import datetime
    from pathlib import Path
    from stopjihad.build.campaign import make_campaign_plan
    from stopjihad.build.check.survey import survey, with_fonts
    from stopjihad.disk.cache import NoCache
    from stopjihad.model.options import Options
    from stopjihad.render.steps import render_batch
    from stopjihad.text.count.x import find_links
    find_links("example.org")
    sys.path.append(sys.argv[2])
    from support.shared_templates import share_templates
    share_templates()
    root, options = Path(sys.argv[3]), Options()
    found = survey(root, "demo", datetime.date(2026, 11, 24), NoCache())
    plan = make_campaign_plan(with_fonts(found, root, options), options)
    whole = [step for step in plan.steps if plan.inputs.keys() >= {*step.inputs}]
    render_batch(whole, plan.inputs)
gc.collect()
gc.freeze()
asked = socket.socket(fileno=int(sys.argv[1]))
place, run = os.path.dirname(asked.getsockname()), int(sys.argv[4])
woken, wake = os.pipe()
os.set_blocking(woken, False)
os.set_blocking(wake, False)
signal.set_wakeup_fd(wake, warn_on_full_buffer=False)
signal.signal(signal.SIGCHLD, lambda *_: None)
replies = {}  # process of a command to where its end is told
def has_ended():
    try:
        os.kill(run, 0)
    except ProcessLookupError:
        return True
    return False
def fork():
    import warnings
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # no thread of ours runs here
        return os.fork()
def tell_ends():
    while replies:
        pid, status = os.waitpid(-1, os.WNOHANG)
        if not pid:
            return
        reply = replies.pop(pid)
        os.write(reply, str(os.waitstatus_to_exitcode(status)).encode())
        os.close(reply)
def serve():
    while True:
        ready, _, _ = select.select([asked, woken], [], [], 1)
        if woken in ready:
            os.read(woken, 4096)
        tell_ends()
        if asked in ready:
            data, (out, err, reply), _, _ = socket.recv_fds(asked, 1 << 20, 3)
            pid = fork()
            if pid == 0:
                signal.set_wakeup_fd(-1)
                signal.signal(signal.SIGCHLD, signal.SIG_DFL)
                asked.close()
                for one in (woken, wake, reply, *replies.values()):
                    os.close(one)
                return json.loads(data), out, err
            replies[pid] = reply
            os.close(out)
            os.close(err)
        elif not ready and has_ended():
            shutil.rmtree(place)
            os._exit(0)
words, out, err = serve()
os.dup2(out, 1)
os.dup2(err, 2)
os.close(out)
os.close(err)
os.environ.clear()
os.environ.update(words["environment"])
os.chdir(words["folder"])
if words["alone"]:
    from stopjihad.build.check import parallel
    from stopjihad.build.work import execute
    execute.processors = parallel.processors = lambda: 1
sys.path[:0] = words["packages"]
if words["drawn"]:
    from support.plain_pictures import draw_only
    draw_only(words["drawn"])
sys.argv = ["stopjihad", *words["args"]]
code = 1
try:
    main(prog_name="stopjihad")
except SystemExit as ended:
    code = ended.code if isinstance(ended.code, int) else 0 if ended.code is None else 1
    if isinstance(ended.code, str):
        print(ended.code, file=sys.stderr)
except BaseException as error:
    sys.excepthook(type(error), error, error.__traceback__)
    del error
# What an interpreter does at its end, without taking a hundred thousand objects apart that the
# server made: each would be copied for it.
gc.collect()
threading._shutdown()
atexit._run_exitfuncs()
sys.stdout.flush()
sys.stderr.flush()
os._exit(code)
"""


@cache
def _server() -> socket.socket:
    """Give a socket that leads to the server of this run; start it if nobody did."""
    run = os.environ.get("PYTEST_XDIST_TESTRUNUID")
    name = f"stopjihad-tests-{run or os.getpid()}"
    place = Path(tempfile.gettempdir(), name)
    place.mkdir(mode=0o700, exist_ok=True)
    address = str(place / "asked")
    with (place / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if not Path(address).exists():
            # The process whose end is the run's: workers are started by the one that deals out.
            _start(address, os.getppid() if run else os.getpid())
    asking = socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM)
    asking.connect(address)
    return asking


def _start(address: str, run: int) -> None:
    """Start the server: it listens from now on, and ends with the process ``run``."""
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM) as its:
        its.bind(address)
        subprocess.run(
            [
                *(sys.executable, "-W", "error", "-c", SERVER),
                *(str(its.fileno()), TESTS, WARM, str(run)),
            ],
            check=True,
            pass_fds=(its.fileno(),),
            stdin=subprocess.DEVNULL,
            start_new_session=True,
            env={**os.environ, "OPENBLAS_NUM_THREADS": "1"},  # threads do not live through a fork
        )


def run_forked(
    args: list[str],
    folder: Path | None,
    environment: dict[str, str],
    *,
    alone: bool = True,
    drawn: Sequence[str] = (),
    packages: Path | None = None,
) -> subprocess.CompletedProcess[str]:
    """Run the command line in a fork of the server.

    Args:
        args: the words behind the program's name.
        folder: where it runs; the folder of this process unless one is given.
        environment: all of it.
        alone: use one processor unless ``--jobs`` says otherwise. Tests run on every processor
            already: what small builds gain by further processes is less than their start takes.
        drawn: languages whose cards are drawn (``plain_pictures``); none names all.
        packages: folder with packages that were installed after the server started.
    """
    words: dict[str, Any] = {
        "args": args,
        "folder": str(folder or Path.cwd()),
        "environment": environment,
    }
    words |= {"alone": alone, "drawn": list(drawn), "packages": [str(packages)] if packages else []}
    reply, its = socket.socketpair()
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err, reply, its:
        given = [out.fileno(), err.fileno(), its.fileno()]
        socket.send_fds(_server(), [json.dumps(words).encode()], given)
        its.close()
        code = reply.recv(16)
        assert code, "the command's process was lost"
        said = []
        for stream in (out, err):
            stream.seek(0)
            said.append(stream.read().decode())
    return subprocess.CompletedProcess(["stopjihad", *args], int(code), *said)
