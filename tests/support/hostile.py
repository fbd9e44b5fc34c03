"""Plant odd things where private folders belong, and see what commands do to what lies outside.

Run as a program, because it forks: ``python -m support.hostile COUNT SEED`` tries so many of the
combinations, drawn at random, ``python -m support.hostile all 0`` every one. Prints JSON: how many
were tried, and what was wrong after which of them.
"""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import multiprocessing
import os
import random
import shutil
import signal
import socket
import stat
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from support.build import REPOSITORY
from support.faults import quick_disk

SLUG = "demo"
DAY = "1795478400"
SECONDS = 60
"""A command that takes longer hangs: the slowest takes about one."""

NOBODY = 65534
STRANGER = 65533

PRIVATE_PATHS = (
    ".stopjihad", ".stopjihad/store", ".stopjihad/store/FOLDER", ".stopjihad/store/FOLDER/FILE",
    ".stopjihad/parsed", ".stopjihad/parsed/demo", ".stopjihad/parsed/demo/FILE",
    ".stopjihad/stamps", ".stopjihad/stamps/demo",
    ".stopjihad/history", ".stopjihad/history/demo", ".stopjihad/history/demo/000001.log",
    ".stopjihad/undo",
    ".stopjihad/saving", ".stopjihad/saving.lock", ".stopjihad/saving/file",
    "dist/.stopjihad", "dist/.stopjihad/demo", "dist/.stopjihad/demo/lock",
    "dist/.stopjihad/demo/spare", "dist/.stopjihad/demo/spare/site", "dist/.stopjihad/demo/old",
    "dist/.stopjihad/demo/stage-1-1", "dist/.stopjihad/demo/INDEX",
    "dist/.stopjihad/demo/spare.index", "dist/demo/exports", "dist/demo/exports/csv",
)  # fmt: skip
"""Capitals stand for the first name of that kind that is there."""


def plant_link_to_file(place: Path, outside: Path, workspace: Path) -> None:
    place.symlink_to(outside / "letter.txt")


def plant_link_to_folder(place: Path, outside: Path, workspace: Path) -> None:
    place.symlink_to(outside / "folder")


def plant_relative_link(place: Path, outside: Path, workspace: Path) -> None:
    place.symlink_to(os.path.relpath(workspace, place.parent))


def plant_dangling_link(place: Path, outside: Path, workspace: Path) -> None:
    place.symlink_to(outside / "not-there-yet")


def plant_hard_link(place: Path, outside: Path, workspace: Path) -> None:
    os.link(outside / "letter.txt", place)


def plant_pipe(place: Path, outside: Path, workspace: Path) -> None:
    os.mkfifo(place)


def plant_socket(place: Path, outside: Path, workspace: Path) -> None:
    made = outside.parent / "socket"
    made.unlink(missing_ok=True)
    with socket.socket(socket.AF_UNIX) as bound:
        bound.bind(str(made))
    made.rename(place)


def plant_device(place: Path, outside: Path, workspace: Path) -> None:
    os.mknod(place, stat.S_IFCHR | 0o600, os.makedev(1, 5))  # /dev/zero: reading it never ends


def plant_other_kind(place: Path, outside: Path, workspace: Path) -> None:
    """Put a file where a folder belongs, and a folder where a file does."""
    if place.name in {"lock", "saving.lock", "FILE"} or place.suffix:
        (place / "deep/er").mkdir(parents=True)
        (place / "deep/file").write_text("odd")
    else:
        place.write_text("a file")


def own(place: Path, user: int) -> None:
    subprocess.run(["chown", "-Rh", f"{user}:{user}", place], check=True)


def plant_other_owner(place: Path, outside: Path, workspace: Path) -> None:
    own(place, STRANGER)


def plant_no_permission(place: Path, outside: Path, workspace: Path) -> None:
    place.chmod(0)


Plant = Callable[[Path, Path, Path], None]

LINKS: tuple[Plant, ...] = (
    plant_link_to_file,
    plant_link_to_folder,
    plant_relative_link,
    plant_dangling_link,
)
ODD: tuple[Plant, ...] = (plant_hard_link, plant_pipe, plant_socket, plant_other_kind)
OF_ROOT: tuple[Plant, ...] = (plant_device, plant_other_owner, plant_no_permission)
IN_PLACE = {plant_other_owner, plant_no_permission}
"""Kinds that change what is there."""


def is_root() -> bool:
    return hasattr(os, "geteuid") and os.geteuid() == 0


def studio(workspace: Path) -> None:
    """Start the studio that changes nothing, look at a page, and stop it."""
    from support.studio import running

    with running(workspace, read_only=True) as found:
        found.ask(f"/c/{SLUG}")


def command(*words: str) -> Callable[[Path], None]:
    def run(workspace: Path) -> None:
        from stopjihad.cli.main import main

        main(["-C", str(workspace), *words], prog_name="stopjihad")

    return run


def edit(workspace: Path) -> None:
    """Give a build something to do."""
    point = workspace / f"campaigns/{SLUG}/points/neighbours.md"
    point.write_text(point.read_text("utf-8").rstrip() + " Ask them.\n", "utf-8")


def build(workspace: Path) -> None:
    edit(workspace)
    command("build", "--only", "site,posts", "--jobs", "1")(workspace)


COMMANDS: dict[str, Callable[[Path], None]] = {
    "check": command("check"),
    "build": build,
    "preview": studio,
    "update": command("translate", "update"),
    "review": command("review", "approve", "--language", "fr", "--by", "Nour", "all"),
    "export": command("export", "csv"),
}


def make_workspace(folder: Path) -> Path:
    """Make a small workspace with a language to translate, built, checked and exported."""
    workspace = folder / "workspace"
    shutil.copytree(REPOSITORY / "tests/invalid/_base", workspace)
    campaign = workspace / f"campaigns/{SLUG}/campaign.yaml"
    text = campaign.read_text("utf-8")
    text = text.replace("languages: [en]", "languages: [en, fr]") + "platforms: [x]\n"
    campaign.write_text(text, "utf-8")
    run_in_child(command("translate", "update"), workspace)
    po = workspace / f"campaigns/{SLUG}/locale/fr.po"
    head, _, rest = po.read_text("utf-8").partition('msgctxt "neighbours/fact"')
    po.write_text(
        f'{head}msgctxt "neighbours/fact"' + rest.replace('msgstr ""', 'msgstr "Un fait."', 1),
        "utf-8",
    )
    for name in ("check", "build", "export", "build"):
        run_in_child(COMMANDS[name], workspace)
    (workspace / ".stopjihad/saving").mkdir(exist_ok=True)
    (workspace / ".stopjihad/saving/file").write_text("half")
    return workspace


class Ended:
    """Say how a command ended: exit code, what it printed, whether it had to be stopped."""

    def __init__(self, code: int, text: str, *, hung: bool) -> None:
        self.code, self.text, self.hung = code, text, hung


def run_in_child(
    act: Callable[[Path], None], workspace: Path, user: int | None = None, home: Path | None = None
) -> Ended:
    """Run a command in a copy of this process; stop it when it hangs."""
    with tempfile.TemporaryFile("w+", encoding="utf-8", errors="replace") as out:
        pid = os.fork()
        if pid == 0:
            code = 70
            try:
                os.dup2(out.fileno(), 1)
                os.dup2(out.fileno(), 2)
                os.setpgid(0, 0)
                os.environ["SOURCE_DATE_EPOCH"] = DAY
                if home is not None:
                    os.environ |= {"HOME": str(home), "XDG_STATE_HOME": str(home / "state")}
                if user is not None:
                    os.setgroups([])
                    os.setgid(user)
                    os.setuid(user)
                os.chdir("/")
                act(workspace)
                code = 0
            except SystemExit as stop:
                code = stop.code if isinstance(stop.code, int) else 1
            except BaseException:  # noqa: BLE001 - what a person would see
                import traceback

                traceback.print_exc()
            finally:
                for stream in (sys.stdout, sys.stderr):
                    with contextlib.suppress(Exception):
                        stream.flush()
                os._exit(code)
        hung = not ended_in_time(pid)
        if hung:
            os.killpg(pid, signal.SIGKILL)
        status = os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1])
        out.seek(0)
        return Ended(status, out.read(), hung=hung)


def ended_in_time(pid: int) -> bool:
    until = time.monotonic() + SECONDS
    while time.monotonic() < until:
        if os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is not None:
            return True
        time.sleep(0.004)
    return False


def state(folder: Path, but: tuple[str, ...] = (), *, with_names: bool = True) -> dict[str, object]:
    """Describe everything in a folder: kind, owner, mode, time of modification, content.

    ``with_names``: how many names each file has, too.
    """
    found: dict[str, object] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if name.startswith(but):
            continue
        seen = path.lstat()
        content = ""
        if stat.S_ISREG(seen.st_mode):
            content = hashlib.sha256(path.read_bytes()).hexdigest()
        times = () if stat.S_ISDIR(seen.st_mode) else (seen.st_mtime_ns,)
        names = (seen.st_nlink,) if with_names else ()
        found[name] = (seen.st_mode, seen.st_uid, *names, seen.st_size, *times, content)
        if stat.S_ISDIR(seen.st_mode):
            found[name] = (seen.st_mode, seen.st_uid)
    return found


FOUND = {("dist/.stopjihad", "export"), (".stopjihad/parsed", "check")}
"""Where a form of this test once found a fault: tried each time."""

WRITTEN = tuple(
    f"{SLUG}/{name}" for name in ("locale", "reviews.jsonl", "exports.jsonl", ".gitattributes")
)
"""What commands write among the sources."""


def place_of(workspace: Path, path: str) -> Path | None:
    """Find the place that a path means; None when there is no such thing here."""
    found = workspace
    for part in path.split("/"):
        if part in {"FOLDER", "FILE", "INDEX"}:
            names = sorted(found.iterdir()) if found.is_dir() else []
            names = [one for one in names if part != "INDEX" or one.name[0].isdigit()]
            if not names:
                return None
            found = names[0]
        else:
            found = found / part
    return found


def plant(kind: Plant, place: Path, outside: Path, workspace: Path) -> bool:
    """Put something odd in a place; tell whether that was possible."""
    if kind in IN_PLACE:
        if not os.path.lexists(place):
            return False
    else:
        if place.is_dir() and not place.is_symlink():
            shutil.rmtree(place)
        else:
            place.unlink(missing_ok=True)
        if not place.parent.is_dir():
            return False
    kind(place, outside, workspace)
    return True


def attempt(template: Path, folder: Path, path: str, kind: Plant, name: str) -> list[str] | None:
    """Try one combination; give what was wrong, None when it cannot be made here."""
    workspace, outside, home = (folder / one for one in ("workspace", "outside", "home"))
    subprocess.run(["cp", "-a", template, workspace], check=True)
    (outside / "folder/deep").mkdir(parents=True)
    home.mkdir()
    for victim in ("letter.txt", "folder/one.pack", "folder/two.index", "folder/deep/three"):
        (outside / victim).write_text(f"somebody's {victim}")
    user = NOBODY if kind in IN_PLACE else None
    if user is not None:
        own(folder, NOBODY)
        folder.chmod(0o755)
    place = place_of(workspace, path)
    if place is None or not plant(kind, place, outside, workspace):
        return None
    # A second name that we gave a file may be taken away again.
    theirs = partial(state, outside, with_names=kind is not plant_hard_link)
    before = theirs(), state(workspace / "campaigns", WRITTEN)
    if name == "build":
        before[1].pop(f"{SLUG}/points/neighbours.md")
    ended = run_in_child(COMMANDS[name], workspace, user, home)
    after = theirs(), state(workspace / "campaigns", WRITTEN)
    if name == "build":
        after[1].pop(f"{SLUG}/points/neighbours.md", None)
    wrong = []
    if after[0] != before[0]:
        wrong.append("outside changed")
    if after[1] != before[1]:
        wrong.append("sources changed")
    if ended.hung:
        wrong.append("hung")
    if "Traceback" in ended.text or "fault of the program" in ended.text:
        wrong.append(f"traceback: {ended.text[-1500:]}")
    if ended.code not in {0, 1, 75}:
        wrong.append(f"exit {ended.code}: {ended.text[-300:]}")
    return wrong


def warm_up(template: Path, folder: Path) -> None:
    """Do everything once in this process: a user without rights may not even read our modules."""
    forking = multiprocessing.get_context("fork")
    with forking.Lock():
        other = forking.Process(target=os.getpid)
        other.start()
        other.join()
    workspace = folder / "warm"
    subprocess.run(["cp", "-a", template, workspace], check=True)
    os.environ["SOURCE_DATE_EPOCH"] = DAY
    with (
        Path(os.devnull).open("w") as nothing,
        contextlib.redirect_stdout(nothing),
        contextlib.redirect_stderr(nothing),
    ):
        for act in COMMANDS.values():
            with contextlib.suppress(SystemExit):
                act(workspace)
    shutil.rmtree(workspace)


def try_all(count: int | None, seed: int) -> dict[str, object]:
    kinds = (*LINKS, *ODD, *(OF_ROOT if is_root() else ()))
    every = list(itertools.product(PRIVATE_PATHS, kinds, COMMANDS))
    found_once = [one for one in every if (one[0], one[2]) in FOUND and one[1] in IN_PLACE]
    drawn = random.Random(seed).sample(every, count or 0)
    chosen = every if count is None else [*found_once, *drawn]
    tried, wrong = 0, {}
    with tempfile.TemporaryDirectory(dir=quick_disk()) as top:
        os.environ["XDG_STATE_HOME"] = f"{top}/state"
        Path(top).chmod(0o755)
        template = make_workspace(Path(top))
        warm_up(template, Path(top))
        for number, (path, kind, name) in enumerate(chosen):
            folder = Path(top, str(number))
            folder.mkdir()
            found = attempt(template, folder, path, kind, name)
            tried += found is not None
            if found:
                wrong[f"{path} {kind.__name__} {name}"] = found
            subprocess.run(["chmod", "-R", "u+rwx", folder], check=False, capture_output=True)
            shutil.rmtree(folder)
    return {"combinations": tried, "impossible": len(chosen) - tried, "wrong": wrong}


if __name__ == "__main__":
    wanted = None if sys.argv[1] == "all" else int(sys.argv[1])
    sys.stdout.write(json.dumps(try_all(wanted, int(sys.argv[2])), indent=1))
