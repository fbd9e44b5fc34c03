"""Small sites to publish, targets that are cut off at any request, and a reader of targets."""

from __future__ import annotations

import hashlib
import re
import shutil
import threading
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from stopjihad.build.tree.manifest import Manifest
from stopjihad.publish.publish_request import PublishRequest
from stopjihad.publish.release import Release, with_files

from support.build import REPOSITORY

NOW = 1_764_316_800
"""28 November 2025, 8:00 UTC."""

LINK = re.compile(r'(?:href|src)="([^"]+)"')


def toy_site(version: int, *, pages: int = 3, words: str = "") -> dict[str, bytes]:
    """Make a site of some pages that show pictures and style sheets whose names are their hashes.

    Each version has another style sheet, other words on each page, a page of its own and no page of
    the version before.
    """
    style = f"body {{ margin: {version}px }}".encode()
    sheet = f"assets/site.{hashlib.sha256(style).hexdigest()[:12]}.css"
    files = {
        sheet: style,
        "robots.txt": b"User-agent: *\n",
        "sitemap.xml": f"<urlset><!-- {version} --></urlset>".encode(),
        "en/feed.xml": f"<feed>{version}</feed>".encode(),
    }
    names = [*(f"p{number}" for number in range(pages)), f"only{version}"]
    links = "".join(f'<a href="/en/{name}/index.html">{name}</a>' for name in names)
    for name in names:
        picture = f"cards/en/{name}/og.png"
        files[picture] = f"PNG {name} {words}".encode()
        files[f"en/{name}/index.html"] = (
            f'<link href="/{sheet}"><img src="/{picture}">{version} {words} {name}'.encode()
        )
    files["index.html"] = f'<link href="/{sheet}">{version} {links}'.encode()
    return files


def toy_release(files: Mapping[str, bytes], campaign: str = "toy", **marks: bool) -> Release:
    """Make a release of a toy site."""
    head = Manifest(campaign, "1", "build", {}, (), exercise=marks.get("exercise", False))
    return with_files(head, files, alert=marks.get("alert", False))


def contents(release: Release) -> dict[str, bytes]:
    """Give everything that a release holds."""
    return {file.path: release.read(file.path) for file in release.files}


def broken(seen: Mapping[str, bytes], *versions: Release) -> list[str]:
    """Say what a reader finds that is neither whole old nor whole new."""
    known: dict[str, set[bytes]] = {}
    for release in versions:
        for path, data in contents(release).items():
            known.setdefault(path, set()).add(data)
    found = [path for path, data in seen.items() if data not in known.get(path, set())]
    for path, data in seen.items():
        if path.endswith(".html"):
            for link in LINK.findall(data.decode()):
                if link.removeprefix("/") not in seen:
                    found.append(f"{path} -> {link}")
    return found


class Killed(BaseException):
    """Stand for the end of the process: nothing reaches the target after it."""


class Mortal:
    """Pass requests to a place until the process is killed at one, before or after it acts.

    ``requests`` counts those that change something, and names them.
    """

    CHANGES = ("create", "replace", "copy", "remove", "prune", "lead")

    def __init__(self, place: Any, kill_at: int = -1, *, after: bool = False) -> None:
        self.place, self.kill_at, self.after = place, kill_at, after
        self.requests: list[str] = []
        self.dead = False
        self.lock = threading.Lock()
        self.parallel = 1 if kill_at >= 0 else place.parallel
        self.conditional, self.headed = place.conditional, place.headed

    def __getattr__(self, name: str) -> Any:
        inner = getattr(self.place, name)
        if not callable(inner):
            return inner

        def call(*args: Any) -> Any:
            if self.dead:
                raise Killed
            if name not in self.CHANGES:
                return inner(*args)
            with self.lock:
                number = len(self.requests)
                self.requests.append(f"{name} {args[0]}")
            if number == self.kill_at:
                self.dead = True
                if self.after:
                    inner(*args)
                raise Killed
            return inner(*args)

        return call


def publication(root: Path, target: Any, **more: Any) -> PublishRequest:
    """Ask for a publication from a workspace."""
    given = {"campaign": "toy", "now": NOW} | more
    return PublishRequest(root=root, target=target, **given)


def files_below(folder: Path, leave_out: str = ".stopjihad") -> dict[str, bytes]:
    """Read a folder as its readers see it."""
    return {
        path.relative_to(folder).as_posix(): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file() and leave_out not in path.relative_to(folder).parts
    }


def real_workspace(folder: Path, targets: str) -> Path:
    """Make a small campaign that is no sample: its own addresses, a helpline that was called."""
    shutil.copytree(REPOSITORY / "tests" / "invalid" / "_base", folder)
    base = folder / "campaigns" / "demo"
    for path in [*base.glob("*.yaml"), *base.glob("points/*.md")]:
        text = path.read_text("utf-8").replace("example.org", "neighbours-help.net")
        text = text.replace("how: read", "how: called").replace("sample: true\n", "")
        path.write_text(text, "utf-8")
    (base / "targets.yaml").write_text(targets, "utf-8")
    return folder


Seen = Callable[[], dict[str, bytes]]
