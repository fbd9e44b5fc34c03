"""Odd things in the place of all that publishing reads: no foreign byte goes up or comes back.

Five things, nine ways of damage; the normal run takes a third of the pairs, each thing and each way
among them.
"""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from support.build import stopjihad
from support.publications import DAY, EVIL, PAGE, TARGETS, published_twice, run, seen
from support.targets import files_below, real_workspace

FUTURE = 4_000_000_000


class Place:
    """A workspace that was built and published twice, and a copy of all around it."""

    def __init__(self, top: Path) -> None:
        self.top, self.saved = top / "here", top / "saved"
        self.root = real_workspace(self.top / "workspace", TARGETS)
        self.state = {"XDG_STATE_HOME": str(self.top / "state")}
        run(self.root, "build", **self.state)
        self.older = {name: path.read_bytes() for name, path in self.built().items()}
        self.stick = published_twice(self.root, "stick", **self.state)
        self.honest = {*files_below(self.root / "dist/demo/site").values()}
        self.readers = {*seen(self.stick).values(), *files_below(self.stick, "-").values()}
        shutil.copytree(self.top, self.saved, symlinks=True)

    def built(self) -> dict[str, Path]:
        """Name what a publication reads of a build."""
        dist = self.root / "dist"
        index = next((dist / ".stopjihad/demo").glob("[0-9]*.index"))
        return {
            "page": dist / "demo" / PAGE,
            "manifest": dist / "demo/manifest.json",
            "index": index,
        }

    def kept(self) -> dict[str, Path]:
        """Name what a way back reads: the record at home, what the target keeps of a page."""
        record = self.stick / ".stopjihad/releases"
        [old] = (path for path in record.glob("0001-*.json"))
        digest = old.stem.partition("-")[2]
        [home] = (self.top / "state/stopjihad/published").glob(f"*/{digest}*")
        words = b"They guard us.<"
        contents = (self.stick / ".stopjihad/kept").iterdir()
        return {"publication": home, "kept": next(p for p in contents if words in p.read_bytes())}

    def restore(self) -> None:
        for name in ("state", "stick", "web"):
            shutil.rmtree(self.top / name, ignore_errors=True)
            if (self.saved / name).exists():
                shutil.copytree(self.saved / name, self.top / name, symlinks=True)


WAYS = ("changed", "cut", "foreign", "older", "future", "link", "pipe", "large", "not utf-8")
THINGS = ("page", "manifest", "index", "publication", "kept")


def damage(path: Path, way: str, older: bytes, elsewhere: Path) -> None:
    data = path.read_bytes()
    path.unlink()
    if way == "link":
        elsewhere.write_bytes(data + EVIL)
        path.symlink_to(elsewhere)
    elif way == "pipe":
        os.mkfifo(path)
    else:
        path.write_bytes(
            {
                "changed": data[:-1] + bytes([data[-1] ^ 1]),
                "cut": data[: len(data) // 2],
                "foreign": data.replace(b"demo", b"evil") + EVIL,
                "older": older,
                "future": data + EVIL,
                "large": EVIL * (10_000_000 // len(EVIL)),
                "not utf-8": b"\xff\xfe" + data,
            }[way]
        )
        if way == "future":
            os.utime(path, (FUTURE, FUTURE))


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("matrix"))


def pairs(*, every: bool) -> list[tuple[str, str]]:
    return [
        (thing, way)
        for number, thing in enumerate(THINGS)
        for other, way in enumerate(WAYS)
        if every or (number + other) % 3 == 0
    ]


def look(place: Place, thing: str, way: str) -> None:
    """Damage one thing, publish or return, and see what readers get."""
    path = (place.built() if thing in place.older else place.kept())[thing]
    data = path.read_bytes()
    damage(path, way, place.older.get(thing, b""), place.top / "elsewhere")
    words = ("live",) if thing in place.older else ("stick", "--rollback")
    done = stopjihad("-C", place.root, "publish", *words, **(DAY | place.state))
    assert "Traceback" not in done.stderr, (thing, way, done.stderr)
    assert done.returncode in {0, 1}, (thing, way, done.stderr)
    web = place.top / "web"
    if thing in place.older:
        up = files_below(web / "current") if web.exists() else {}
        foreign = {name for name, found in up.items() if found not in place.honest}
        assert foreign <= {"manifest.json"}, (thing, way)
        assert EVIL not in b"".join(up.values()), (thing, way)
    else:
        foreign = {name for name, found in seen(place.stick).items() if found not in place.readers}
        assert foreign == set(), (thing, way)
    path.unlink()
    path.write_bytes(data)
    place.restore()


def test_no_foreign_byte_is_published_or_comes_back(place: Place) -> None:
    for thing, way in pairs(every=False):
        look(place, thing, way)


@pytest.mark.long
def test_no_foreign_byte_is_published_or_comes_back_whatever_the_damage(place: Place) -> None:
    for thing, way in pairs(every=True):
        look(place, thing, way)
