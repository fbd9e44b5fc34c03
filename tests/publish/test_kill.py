"""``kill -9`` of ``stopjihad publish`` at any moment: the next try finishes by itself."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import pytest

from support.build import stopjihad
from support.servers import KEY_ID, SECRET, Sshd, Store
from support.targets import files_below, real_workspace

TESTS = Path(__file__).parents[1]
DAY = {"SOURCE_DATE_EPOCH": "1795737600"}
KINDS = ("releases", "plain", "branch", "server", "server-releases", "store")
BUCKET = "killed"
BEGIN, END = 10, 20
"""Operations at the begin and the end of a publication of which each is a moment: leases, pointers,
what is removed. The other moments are spread over what goes up."""

LATE = 6.0
"""Milliseconds up to which every second kill comes after its operation began."""


class Ground(NamedTuple):
    """A workspace, the places of its targets, and the servers that give them."""

    root: Path
    place: Path
    environment: dict[str, str]
    store: Store


@pytest.fixture
def ground(tmp_path: Path, sshd: Sshd, store: Store, monkeypatch: pytest.MonkeyPatch) -> Ground:
    """Build the small campaign, with a target of each kind."""
    place = tmp_path / "places"
    place.mkdir()
    port, at = sshd.port, store.endpoint
    server = f"host: 127.0.0.1, port: {port}, path: {place}"
    root = real_workspace(
        tmp_path / "workspace",
        f"""
targets:
  - {{id: releases, folder: {{path: {place}/releases}}}}
  - {{id: plain, folder: {{path: {place}/plain, layout: plain}}}}
  - {{id: branch, branch: {{repository: {place}/branch}}}}
  - {{id: server, sftp: {{{server}/server, layout: plain}}}}
  - {{id: server-releases, sftp: {{{server}/server-releases}}}}
  - {{id: store, store: {{bucket: {BUCKET}, endpoint: "{at}"}}}}
""",
    )
    home = {"HOME": str(sshd.home), "XDG_STATE_HOME": str(tmp_path / "state")}
    keys = {"AWS_ACCESS_KEY_ID": KEY_ID, "AWS_SECRET_ACCESS_KEY": SECRET}
    monkeypatch.delenv("SSH_AUTH_SOCK", raising=False)
    return Ground(root, place, {**DAY, **home, **keys}, store)


def build(ground: Ground) -> dict[str, bytes]:
    """Build the site, and give what readers shall see."""
    done = stopjihad("-C", ground.root, "build", **ground.environment)
    assert done.returncode == 0, done.stdout + done.stderr
    return files_below(ground.root / "dist/demo/site")


def change(ground: Ground) -> None:
    """Change the words of every page."""
    base = ground.root / "campaigns/demo"
    text = (base / "campaign.yaml").read_text("utf-8")
    assert "tagline: " in text
    (base / "campaign.yaml").write_text(text.replace("tagline: ", "tagline: Now, "), "utf-8")


def seen(kind: str, ground: Ground) -> dict[str, bytes]:
    """Read a target as its readers do."""
    place = ground.place / kind
    if kind == "branch":
        out = ground.place / "out"
        out.mkdir(exist_ok=True)
        words = ("git", "--git-dir", place, "--work-tree", out)
        subprocess.run([*words, "checkout", "-q", "-f", "pages", "--", "."], check=True)
        found = files_below(out, ".nojekyll")
        shutil.rmtree(out)
        return found
    if kind == "store":
        return {key: body for key, body in objects(ground).items() if ".stopjihad/" not in key}
    return files_below(place / "current" if kind.endswith("releases") else place)


def objects(ground: Ground) -> dict[str, bytes]:
    """Read all that lies in the bucket."""
    client = ground.store.client
    listed = client.list_objects_v2(Bucket=BUCKET).get("Contents", ())
    return {
        item["Key"]: client.get_object(Bucket=BUCKET, Key=item["Key"])["Body"].read()
        for item in listed
    }


class Before(NamedTuple):
    """A target and what the workspace remembers of it, to begin from again."""

    kind: str
    ground: Ground
    saved: Path

    @property
    def folders(self) -> dict[str, Path]:
        """What is kept, by a name."""
        return {
            "place": self.ground.place / self.kind,
            "private": self.ground.root / ".stopjihad/publish",
            "home": Path(self.ground.environment["XDG_STATE_HOME"], "stopjihad/published"),
        }

    def save(self) -> None:
        """Keep them as they are."""
        kind, ground, saved = self
        shutil.rmtree(saved, ignore_errors=True)
        saved.mkdir()
        for name, folder in self.folders.items():
            if folder.exists():
                shutil.copytree(folder, saved / name, symlinks=True)
        if kind == "store":
            client = ground.store.client
            for key in objects(ground):
                source = {"Bucket": BUCKET, "Key": key}
                client.copy_object(Bucket=f"{BUCKET}-saved", Key=key, CopySource=source)

    def restore(self) -> None:
        """Begin from there."""
        kind, ground, saved = self
        for name, folder in self.folders.items():
            shutil.rmtree(folder, ignore_errors=True)
            if (saved / name).exists():
                shutil.copytree(saved / name, folder, symlinks=True)
        if kind == "store":
            client = ground.store.client
            for key in objects(ground):
                client.delete_object(Bucket=BUCKET, Key=key)
            listed = client.list_objects_v2(Bucket=f"{BUCKET}-saved").get("Contents", ())
            for key in [item["Key"] for item in listed]:
                source = {"Bucket": f"{BUCKET}-saved", "Key": key}
                client.copy_object(Bucket=BUCKET, Key=key, CopySource=source)


def publish_killed(kind: str, ground: Ground, number: int, late: float) -> tuple[int, str]:
    """Publish until operation ``number``; give the exit code and what was printed."""
    words = ("-C", ground.root, "publish", kind, "--quiet")
    done = subprocess.run(
        [sys.executable, "-m", "support.publication_killer", str(number), str(late), *words],
        env={**os.environ, **ground.environment, "PYTHONPATH": str(TESTS)},
        capture_output=True,
        text=True,
        check=False,
    )
    return done.returncode, done.stdout + done.stderr


def moments(total: int, count: int) -> list[int]:
    """Spread moments over the operations of a publication, closer at its begin and its end."""
    if count < BEGIN + END:
        return [total * (number + 1) // (count + 1) for number in range(count)]
    spread = count - BEGIN - END
    between = total - BEGIN - END
    inner = [BEGIN + between * number // spread for number in range(spread)]
    return [*range(BEGIN), *inner, *range(total - END, total)]


def kill_each(kind: str, ground: Ground, tmp_path: Path, counts: Sequence[int]) -> None:
    """Kill a first publication and one that changes what is there, at so many moments each."""
    dice = random.Random(kind)
    before = Before(kind, ground, tmp_path / "saved")
    if kind == "branch":
        subprocess.run(["git", "init", "-q", "--bare", str(ground.place / kind)], check=True)
    if kind == "store":
        for bucket in (BUCKET, f"{BUCKET}-saved"):
            ground.store.client.create_bucket(Bucket=bucket)
    site = build(ground)
    for step, count in enumerate(counts):
        before.save()
        code, said = publish_killed(kind, ground, -1, 0)
        assert code == 0, said
        total = int(said)
        assert total > len(site) // 4, "operations escaped the count"
        for place, wanted in enumerate(moments(total, count)):
            number = wanted
            before.restore()
            late = dice.uniform(0.1, LATE) if place % 2 and number < total - END else 0.0
            where = (kind, step, number, late)
            code, said = publish_killed(kind, ground, number, late)
            while code == 0 and number > total - 2 * END:  # this one came to its end with fewer
                before.restore()
                number -= 5
                code, said = publish_killed(kind, ground, number, 0.0)
            assert code == -signal.SIGKILL, (where, said)
            done = stopjihad("-C", ground.root, "publish", kind, **ground.environment)
            assert done.returncode == 0, (where, done.stdout + done.stderr)
            there = seen(kind, ground)
            assert {path: there.get(path) for path in site} == site, where
            left = {path.name for path in ground.place.rglob("*") if path.suffix == ".lock"}
            left |= {path.name for path in ground.place.rglob("lease.json")}
            assert left == set(), where
        if not step:
            change(ground)
            site = build(ground)


@pytest.mark.parametrize(("kind", "count"), [("branch", 2), ("plain", 1)])
def test_killed_at_some_moments_the_next_try_finishes(
    kind: str, count: int, ground: Ground, tmp_path: Path
) -> None:
    kill_each(kind, ground, tmp_path, [0, count])


@pytest.mark.long
@pytest.mark.parametrize("kind", KINDS)
def test_killed_at_sixty_moments_on_each_target_the_next_try_finishes(
    kind: str, ground: Ground, tmp_path: Path
) -> None:
    kill_each(kind, ground, tmp_path, [30, 30])
