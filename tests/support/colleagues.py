"""Two workspaces of colleagues who share over a bare repository of git."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path
from typing import NamedTuple

POINT = "campaigns/demo/points/one.md"
PAGE = "campaigns/demo/pages/about.md"
LEDGER = "campaigns/demo/reviews.jsonl"
TEXT = "---\nid: one\nfact: A first fact.\nclaim: A claim.\n---\n\nOne line.\n\nAnother line.\n"


def git(folder: Path, *words: str) -> str:
    """Ask git itself, as somebody with a terminal does."""
    who = ("-c", "user.name=Noor", "-c", "user.email=noor@team.invalid")
    done = subprocess.run(
        ["git", "-C", str(folder), *who, *words], check=True, capture_output=True, text=True
    )
    return done.stdout.strip()


def write(root: Path, path: str, text: str) -> None:
    """Write a file as an editor does."""
    (root / path).parent.mkdir(parents=True, exist_ok=True)
    (root / path).write_text(text, "utf-8")


def read(root: Path, path: str) -> str:
    """Read a file."""
    return (root / path).read_text("utf-8")


class Colleagues(NamedTuple):
    """A shared repository, our workspace, and that of a colleague who uses git."""

    shared: Path
    ours: Path
    theirs: Path

    def they_send(self, path: str, text: str | None, who: str = "Noor") -> None:
        """Let the colleague change or remove a file, and push."""
        git(self.theirs, "pull", "-q", "--rebase", "--autostash")
        if text is None:
            (self.theirs / path).unlink()
        else:
            write(self.theirs, path, text)
        git(self.theirs, "add", "-A")
        git(self.theirs, "-c", f"user.name={who}", "commit", "-qm", "x")
        git(self.theirs, "push", "-q")


def colleagues(folder: Path, source: Path | None = None) -> Colleagues:
    """Make them; a talking point, a page and a ledger are in both, or what a workspace holds."""
    shared, ours, theirs = (folder / name for name in ("team.git", "ours", "theirs"))
    subprocess.run(["git", "init", "-q", "--bare", "-b", "main", str(shared)], check=True)
    subprocess.run(["git", "init", "-q", "-b", "main", str(theirs)], check=True)
    if source is None:
        write(theirs, POINT, TEXT)
        write(theirs, PAGE, "---\ntitle: About\n---\n\nWe are we.\n")
        write(theirs, LEDGER, '{"a": 1}\n')
    else:
        shutil.copytree(source / "campaigns", theirs / "campaigns")
    write(theirs, ".gitignore", "dist/\n.stopjihad/\nprivate*\n")
    git(theirs, "add", "-A")
    git(theirs, "commit", "-qm", "begin")
    git(theirs, "remote", "add", "origin", str(shared))
    git(theirs, "push", "-qu", "origin", "main")
    subprocess.run(["git", "clone", "-q", str(shared), str(ours)], check=True)
    return Colleagues(shared, ours, theirs)


def moved_to(folder: Path, team: Colleagues) -> Colleagues:
    """Copy what `colleagues` made to another folder, without asking git anew."""
    before = team.shared.parent
    for place in team:
        shutil.copytree(place, folder / place.name, symlinks=True)
    found = Colleagues(*(folder / place.name for place in team))
    for root in (found.ours, found.theirs):
        config = root / ".git/config"
        config.write_text(config.read_text().replace(str(before), str(folder)))
    return found
