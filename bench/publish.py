"""Publish a generated site of many megabytes: processor time and peak memory of each target.

``python bench/publish.py [MEGABYTES] [FILES] [TARGET…]``: each publication is a process of its own;
first all of it, then with one changed page. ``TARGET`` is a target of your own as JSON, such as
``{"id": "server", "sftp": {"host": "127.0.0.1", "path": "/srv/x"}}``; without any, folders and a
branch of this computer are written.
"""

from __future__ import annotations

import hashlib
import json
import random
import subprocess
import sys
import tempfile
from functools import partial
from pathlib import Path

import msgspec

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from bench.measure import run  # noqa: E402 (its folder is not installed)
from stopjihad import disk  # noqa: E402
from stopjihad.build.tree.manifest import MadeFile  # noqa: E402
from stopjihad.model.targets import PublishTarget  # noqa: E402
from stopjihad.publish.channel import open_channel  # noqa: E402
from stopjihad.publish.deployment import PublishRequest  # noqa: E402
from stopjihad.publish.deployment import publish as carry_out  # noqa: E402
from stopjihad.publish.release import Release, describe_made  # noqa: E402


def site(folder: Path, megabytes: int, files: int) -> None:
    """Write pictures and pages that do not compress, in folders of a hundred."""
    dice = random.Random(7)
    size = megabytes * 1_000_000 // files
    for number in range(files):
        ending = "index.html" if number % 4 == 0 else "og.png"
        path = folder / f"{number // 100:04}" / f"p{number}" / ending
        path.parent.mkdir(parents=True)
        path.write_bytes(dice.randbytes(size))


def publish(work: Path, number: int) -> None:
    """Publish what lies in ``work/site``: the measured process."""
    rows = [line.split(" ") for line in (work / "digests").read_text().splitlines()]
    site = work / "site"
    files = [
        describe_made(path, MadeFile(sha256, (site / path).stat().st_size), alert=False)
        for path, sha256 in rows
    ]
    release = Release(
        campaign="bench",
        build="0" * 64,
        files=tuple(sorted(files)),
        read=lambda path: (site / path).read_bytes(),
        pieces=partial(disk.pieces_below, str(site)),
    )
    target = msgspec.json.decode((work / "targets.json").read_bytes(), type=list[PublishTarget])[
        number
    ]
    with open_channel(target, work) as channel:
        asked = PublishRequest(root=work, campaign="bench", target=target, now=1_796_000_000)
        carry_out(channel, release, asked)


def digest(work: Path) -> None:
    """Write down what the signed record of a build knows."""
    site = work / "site"
    paths = sorted(path for path in site.rglob("*") if path.is_file())
    digests = (hashlib.sha256(path.read_bytes()).hexdigest() for path in paths)
    names = (path.relative_to(site).as_posix() for path in paths)
    lines = (f"{name} {sha256}" for name, sha256 in zip(names, digests, strict=True))
    (work / "digests").write_text("\n".join(lines), "utf-8")


def main() -> None:
    """Print a row a target."""
    if sys.argv[1:2] == ["--one"]:
        publish(Path(sys.argv[2]), int(sys.argv[3]))
        return
    megabytes, files = (
        int(word) for word in (sys.argv[1:] + ["350", "12638"][len(sys.argv) - 1 :])[:2]
    )
    with tempfile.TemporaryDirectory() as name:
        work = Path(name)
        site(work / "site", megabytes, files)
        subprocess.run(["git", "init", "-q", "--bare", str(work / "pages.git")], check=True)
        own = [json.loads(word) for word in sys.argv[3:]]
        targets = own or [
            {"id": "releases", "folder": {"path": f"{work}/releases"}},
            {"id": "plain", "folder": {"path": f"{work}/plain", "layout": "plain"}},
            {"id": "branch", "branch": {"repository": f"{work}/pages.git"}},
        ]
        (work / "targets.json").write_text(json.dumps(targets), "utf-8")
        print(f"{megabytes} MB, {files} files: CPU s, MiB at peak")
        for place, target in enumerate(targets):
            kind = target["id"]
            for step in ("first", "one page"):
                if step == "one page":
                    page = next((work / "site").rglob("index.html"))
                    page.write_bytes(page.read_bytes() + kind.encode())
                digest(work)
                took = run([sys.executable, __file__, "--one", str(work), str(place)], work)
                print(f"{kind:>9} {step:>9} {took.cpu:6.1f} {took.peak:6.0f}")


if __name__ == "__main__":
    main()
