"""Odd things in a repository, the branch's or the workspace's own: nothing foreign is published.

A branch that is ours twice, nine ways of damage to each file of its repository; the normal run
takes one pair of each file and each way.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from stopjihad.model.targets import BranchTarget, PublishTarget
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.publish.branch import open_branch
from stopjihad.publish.commits import commit_mark, commit_of, descends
from stopjihad.publish.deployment import explain_target, publish, roll_back

from support.publications import EVIL
from support.targets import contents, publication, toy_release, toy_site

WAYS = ("changed", "cut", "foreign", "older", "future", "link", "pipe", "large", "not utf-8")
SECONDS = 20


@contextmanager
def within(seconds: int) -> Iterator[None]:
    """End a block that hangs."""
    before = signal.signal(signal.SIGALRM, signal.default_int_handler)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def git(folder: Path, *words: str) -> bytes:
    who = ("-c", "user.name=n", "-c", "user.email=e@x.invalid", "-c", "safe.bareRepository=all")
    done = subprocess.run(["git", "-C", folder, *who, *words], check=True, capture_output=True)
    return done.stdout


def damage(path: Path, way: str, older: bytes, elsewhere: Path) -> None:
    data = path.read_bytes() if path.exists() else b""
    path.unlink(missing_ok=True)
    if way == "link":
        elsewhere.write_bytes(data)
        path.symlink_to(elsewhere)
        return
    if way == "pipe":
        os.mkfifo(path)
        return
    made = {
        "changed": data[:-1] + bytes([data[-1] ^ 1]) if data else b"x",
        "cut": data[: len(data) // 2],
        "foreign": EVIL.join([data, b"\n[core]\n\tfsmonitor = touch /tmp/ran\n"]),
        "older": older,
        "future": data.replace(b"\x00\x02", b"\x00\x09", 1) + b"\x00" * 20,
        "large": EVIL * (10_000_000 // len(EVIL)),
        "not utf-8": b"\xff\xfe" + data,
    }
    path.write_bytes(made[way])


class Ground:
    """A bare repository that was published to twice, and the repository of the workspace."""

    def __init__(self, top: Path) -> None:
        self.top, self.saved = top / "here", top / "saved"
        self.root, self.bare = self.top / "workspace", self.top / "pages.git"
        self.root.mkdir(parents=True)
        subprocess.run(["git", "init", "-q", "--bare", self.bare], check=True)
        git(self.bare, "config", "receive.unpackLimit", "1")
        settings = BranchTarget(repository=str(self.bare))
        self.target = PublishTarget(id="live", branch=settings, most_gone=100)
        subprocess.run(["git", "init", "-q", self.root], check=True)
        git(self.root, "commit", "-q", "--allow-empty", "-m", "x")
        self.put_site(1)
        self.older = {name: path.read_bytes() for name, path in self.things().items()}
        self.put_site(2)
        git(self.bare, "pack-refs", "--all", "--no-prune")
        self.publications = [self.read("pages~1"), self.read("pages")]
        shutil.copytree(self.top, self.saved)

    def things(self) -> dict[str, Path]:
        """Name what publishing reads, here and in the repository that the workspace is in."""
        packs = sorted((self.bare / "objects/pack").glob("*.pack"), key=os.path.getmtime)
        own = self.root / ".git"
        files = {
            "pack": packs[-1],
            "index": packs[-1].with_suffix(".idx"),
            "ref": self.bare / "refs/heads/pages",
            "packed-refs": self.bare / "packed-refs",
            "HEAD": self.bare / "HEAD",
            "config": self.bare / "config",
            "workspace HEAD": own / "HEAD",
            "workspace config": own / "config",
            "workspace ref": next((own / "refs/heads").iterdir()),
        }
        return {name: path for name, path in files.items() if path.exists()}

    def restore(self) -> None:
        shutil.rmtree(self.top)
        shutil.copytree(self.saved, self.top)

    def put_site(self, version: int) -> None:
        with explain_target(self.target), open_branch(self.target, self.root) as branch:
            asked = publication(self.root, self.target)
            publish(branch, toy_release(toy_site(version)), asked)

    def return_to_first(self) -> None:
        with explain_target(self.target), open_branch(self.target, self.root) as branch:
            roll_back(branch, publication(self.root, self.target))

    def read(self, ref: str = "pages") -> dict[str, bytes]:
        """Read the branch with git, which believes nothing that is damaged."""
        names = git(self.bare, "ls-tree", "-r", "--name-only", "-z", ref).decode().split("\0")
        names = [name for name in names if name not in {"", ".nojekyll"}]
        return {name: git(self.bare, "show", f"{ref}:{name}") for name in names}


THINGS = (
    *("pack", "index", "ref", "packed-refs", "HEAD", "config"),
    *("workspace HEAD", "workspace config", "workspace ref"),
)


@pytest.fixture(scope="module")
def ground(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Ground]:
    top = tmp_path_factory.mktemp("repositories")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("XDG_CACHE_HOME", str(top / "cache"))
        yield Ground(top)


def pairs(*, every: bool) -> list[tuple[str, str]]:
    return [
        (thing, way)
        for number, thing in enumerate(THINGS)
        for other, way in enumerate(WAYS)
        if every or (number - other) % len(WAYS) == 3
    ]


def look(ground: Ground, thing: str, way: str) -> None:
    """Damage a file, publish and return; then see what readers of the branch get."""
    outside = ground.top / "elsewhere"
    for act, made in (
        (lambda: ground.put_site(3), contents(toy_release(toy_site(3)))),
        (ground.return_to_first, ground.publications[0]),
    ):
        path = ground.things()[thing]
        good = path.read_bytes()
        damage(path, way, ground.older.get(thing, b""), outside)
        there = outside.read_bytes() if outside.exists() else b""
        said: tuple[Problem, ...] = ()
        with within(SECONDS):
            try:
                act()
                commit_of(ground.root)
                descends(ground.root, commit_mark("0" * 40))
            except ProblemsFound as found:
                said = found.problems
        assert all(str(one).isprintable() for one in said), (thing, way, said)
        assert (outside.read_bytes() if outside.exists() else b"") == there, (thing, way)
        if thing != "ref" or said:
            path.unlink()
            path.write_bytes(good)
        assert ground.read() in [*ground.publications, made], (thing, way)
        assert EVIL not in b"".join(ground.read().values())
        ground.restore()


def test_no_damage_to_a_repository_publishes_what_is_foreign(ground: Ground) -> None:
    for thing, way in pairs(every=False):
        look(ground, thing, way)


@pytest.mark.long
def test_no_damage_to_a_repository_publishes_what_is_foreign_whatever_it_is(
    ground: Ground,
) -> None:
    for thing, way in pairs(every=True):
        look(ground, thing, way)
