"""``kill -9`` of ``stopjihad publish`` at any moment: the next try finishes by itself."""

from __future__ import annotations

import os
import random
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from support.build import stopjihad
from support.servers import KEY_ID, SECRET, Sshd, Store
from support.targets import files_below, real_workspace

DAY = {"SOURCE_DATE_EPOCH": "1795737600"}
KINDS = ("releases", "plain", "branch", "server", "store")
BUCKET = "killed"


@pytest.fixture(scope="module")
def ready(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small campaign once."""
    root = real_workspace(tmp_path_factory.mktemp("ready") / "workspace", "targets: []\n")
    (root / "campaigns/demo/targets.yaml").unlink()
    done = stopjihad("-C", root, "build", **DAY)
    assert done.returncode == 0, done.stdout + done.stderr
    return root


def targets(place: Path, sshd: Sshd, store: Store) -> str:
    port, at = sshd.port, store.endpoint
    return f"""
targets:
  - {{id: releases, folder: {{path: {place}/releases}}}}
  - {{id: plain, folder: {{path: {place}/plain, layout: plain}}}}
  - {{id: branch, branch: {{repository: {place}/branch.git}}}}
  - {{id: server, sftp: {{host: 127.0.0.1, port: {port}, path: {place}/server, layout: plain}}}}
  - {{id: store, store: {{bucket: {BUCKET}, prefix: {place.name}, endpoint: "{at}"}}}}
"""


def seen(kind: str, place: Path, store: Store) -> dict[str, bytes]:
    """Read a target as its readers do."""
    if kind == "branch":
        out = place / "out"
        out.mkdir(exist_ok=True)
        words = ("git", "--git-dir", place / "branch.git", "--work-tree", out)
        subprocess.run([*words, "checkout", "-q", "-f", "pages", "--", "."], check=True)
        return files_below(out, ".nojekyll")
    if kind == "store":
        listed = store.client.list_objects_v2(Bucket=BUCKET, Prefix=f"{place.name}/")
        return {
            item["Key"].partition("/")[2]: store.client.get_object(Bucket=BUCKET, Key=item["Key"])[
                "Body"
            ].read()
            for item in listed.get("Contents", ())
            if "/.stopjihad/" not in item["Key"]
        }
    return files_below(place / kind / ("current" if kind == "releases" else ""))


def kill_everywhere(
    ready: Path, tmp_path: Path, servers: tuple[Sshd, Store], moments: Callable[[str], int | None]
) -> None:
    sshd, store = servers
    dice = random.Random(1)
    environment = {
        **os.environ,
        **DAY,
        "HOME": str(sshd.home),
        "AWS_ACCESS_KEY_ID": KEY_ID,
        "AWS_SECRET_ACCESS_KEY": SECRET,
        "XDG_STATE_HOME": os.environ.get("XDG_STATE_HOME", str(Path.home() / ".local/state")),
    }
    environment.pop("SSH_AUTH_SOCK", None)
    store.client.create_bucket(Bucket=BUCKET)
    site = files_below(ready / "dist/demo/site")
    root = tmp_path / "workspace"
    shutil.copytree(ready, root, symlinks=True)
    words = [sys.executable, "-m", "stopjihad", "-C", str(root)]
    subprocess.run([*words, "build"], env=environment, check=True, capture_output=True)
    for kind in KINDS:
        if not moments(kind):
            continue
        whole = 1.0
        for number in range(1 + (moments(kind) or 0)):
            place = tmp_path / f"{kind}-{number}"
            place.mkdir()
            subprocess.run(["git", "init", "-q", "--bare", str(place / "branch.git")], check=True)
            (root / "campaigns/demo/targets.yaml").write_text(targets(place, sshd, store), "utf-8")
            shutil.rmtree(root / ".stopjihad/publish", ignore_errors=True)
            began = time.monotonic()
            if number:
                with subprocess.Popen(
                    [*words, "publish", kind, "--quiet"],
                    env=environment,
                    stdout=subprocess.DEVNULL,
                    stderr=subprocess.DEVNULL,
                ) as process:
                    time.sleep(whole * dice.uniform(0.3, 1.0))
                    process.kill()
            done = subprocess.run(
                [*words, "publish", kind],
                env=environment,
                capture_output=True,
                text=True,
                check=False,
            )
            assert done.returncode == 0, (kind, number, done.stderr)
            if not number:
                whole = time.monotonic() - began
            there = seen(kind, place, store)
            assert {path: there.get(path) for path in site} == site, (kind, number)


def test_killed_at_some_moments_the_next_try_finishes(
    ready: Path, tmp_path: Path, sshd: Sshd, store: Store
) -> None:
    kill_everywhere(ready, tmp_path, (sshd, store), {"branch": 2, "plain": 1}.get)


@pytest.mark.long
def test_killed_at_sixty_moments_on_each_target_the_next_try_finishes(
    ready: Path, tmp_path: Path, sshd: Sshd, store: Store
) -> None:
    kill_everywhere(ready, tmp_path, (sshd, store), lambda _: 60)
