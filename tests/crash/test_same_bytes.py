"""Warm builds give the bytes of cold ones, and neither machine nor moment shows in them."""

from __future__ import annotations

import hashlib
import json
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from stopjihad.build.tree.published import is_current
from stopjihad.build.tree.tree import build_tree

from support.faults import quick_disk
from support.toy import make_plan, texts, toy_rendering, toy_target, tree

TESTS = Path(__file__).parents[1]

NAMES = st.sampled_from(["p0", "p1", "p2", "p3"])
WORDS = st.sampled_from(["aaaa", "bbbb", "cccc", "longer text"])
EDITS = st.one_of(
    st.tuples(st.just("text"), NAMES, WORDS),
    st.tuples(st.just("remove"), NAMES, st.none()),
    st.tuples(st.just("language"), st.sampled_from(["ar", "bn"]), st.none()),
    st.tuples(st.just("version"), st.sampled_from(["page", "card"]), st.sampled_from("123")),
    st.tuples(st.just("tamper"), NAMES, st.none()),
    st.tuples(st.just("lose"), st.sampled_from(["index", "spare", "store", "private"]), st.none()),
)


class Site:
    """A workspace that is edited and built again and again."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.texts = texts(2)
        self.languages = ["fr"]
        self.versions = {"page": "1", "card": "1"}

    def apply(self, kind: str, name: str, value: str | None) -> None:
        if kind == "text":
            self.texts[name] = value or ""
        elif kind == "remove":
            self.texts.pop(name, None)
        elif kind == "language":
            self.languages = sorted({*self.languages, name} ^ ({name} & {*self.languages}))
        elif kind == "version":
            self.versions[name] = value or ""
        elif kind == "tamper":
            self.tamper(name)
        else:
            self.lose(name)

    def tamper(self, name: str) -> None:
        """Change a published page without its size or its time of modification."""
        page = self.folder / f"dist/toy/site/fr/points/{name}/index.html"
        if page.exists():
            state = page.stat()
            page.write_bytes(page.read_bytes().swapcase())
            os.utime(page, ns=(state.st_atime_ns, state.st_mtime_ns))

    def lose(self, name: str) -> None:
        private = self.folder / "dist/.stopjihad"
        if name == "index":
            for path in private.glob("toy/*.index"):
                path.unlink()
        elif name == "spare":
            shutil.rmtree(private / "toy/spare", ignore_errors=True)
        elif name == "store":
            shutil.rmtree(self.folder / ".stopjihad/store", ignore_errors=True)
        else:
            shutil.rmtree(private, ignore_errors=True)

    def build(self, folder: Path) -> dict[str, bytes]:
        plan = make_plan(self.texts, self.languages)
        target = toy_target(folder, "now")
        build_tree(plan, target, toy_rendering(versions=self.versions))
        assert is_current(target)
        return tree(target.out)


def play(edits: list[tuple[str, str, str | None]]) -> None:
    with tempfile.TemporaryDirectory(dir=quick_disk()) as name:
        site = Site(Path(name, "warm"))
        for number, edit in enumerate(edits):
            site.apply(*edit)
            assert site.build(site.folder) == site.build(Path(name, f"cold-{number}"))


SEQUENCES = st.lists(EDITS, min_size=1, max_size=8)
SLOW = [HealthCheck.too_slow, HealthCheck.data_too_large]


@settings(max_examples=15, suppress_health_check=SLOW, derandomize=True)
@given(SEQUENCES)
def test_warm_is_cold(edits: list[tuple[str, str, str | None]]) -> None:
    play(edits)


@pytest.mark.long
@settings(max_examples=1000, suppress_health_check=SLOW)
@given(SEQUENCES)
def test_warm_is_cold_for_1000_sequences_of_edits(edits: list[tuple[str, str, str | None]]) -> None:
    play(edits)


MACHINES = {
    "here": {},
    "time zone": {"TZ": "Pacific/Kiritimati"},
    "language": {"LANG": "tr_TR.UTF-8", "LC_ALL": "C"},
    "hash seed": {"PYTHONHASHSEED": "12345"},
    "home": {"HOME": "/", "USER": "nobody"},
    "date": {"SOURCE_DATE_EPOCH": "1"},
}
ODD = "a b é \u200f\u0639 \U0001f642"
"""Name of a folder with spaces, accents, Arabic with a mark of direction, an emoji."""
BUILD = """
import os, sys
from pathlib import Path
os.umask(int(sys.argv[2], 8))
from stopjihad.build.work import execute
from stopjihad.build.tree.tree import build_tree
from support.faults import quick_disk
from support.toy import make_plan, texts, toy_rendering, toy_target
execute.FEW = 0
listed = list(texts(30).items())
order = dict(reversed(listed)) if sys.argv[3] == "reversed" else dict(listed)
build_tree(make_plan(order), toy_target(Path(sys.argv[1])), toy_rendering(jobs=int(sys.argv[4])))
"""


def digest_of_a_build(folder: Path, umask: str, order: str, jobs: str, **extra: str) -> str:
    folder.mkdir(parents=True)
    subprocess.run(
        [sys.executable, "-W", "error", "-c", BUILD, folder, umask, order, jobs],
        check=True,
        cwd=folder,
        env={**os.environ, **extra, "PYTHONPATH": f"{TESTS}{os.pathsep}{TESTS.parent}"},
    )
    files = sorted((path, data.hex()) for path, data in tree(folder / "dist/toy").items())
    return hashlib.sha256(json.dumps(files).encode()).hexdigest()


def test_the_same_bytes_on_any_machine(tmp_path: Path) -> None:
    found = {
        name: digest_of_a_build(tmp_path / name, "022", "sorted", "1", **environment)
        for name, environment in MACHINES.items()
    }
    found["umask"] = digest_of_a_build(tmp_path / "umask", "077", "sorted", "1")
    found["order"] = digest_of_a_build(tmp_path / "order", "022", "reversed", "1")
    found["two"] = digest_of_a_build(tmp_path / "two", "022", "sorted", "2")
    found["three"] = digest_of_a_build(tmp_path / "three", "022", "reversed", "3")
    found["odd folder"] = digest_of_a_build(tmp_path / ODD / ("x" * 200), "022", "sorted", "2")
    assert set(found.values()) == {found["here"]}, found
