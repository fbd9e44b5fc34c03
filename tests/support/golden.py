"""The bytes of the small campaign, as they were when somebody last looked at them.

``tests/golden/small.sha256`` holds a digest of each file of the build. ``make golden`` builds again
and writes it: look at the pages and cards that it names before you commit it.

A digest is of what a file says: of a card its pixels (two releases of zlib pack them differently),
of a text its bytes without the digests in the names of assets, so that a change of the style sheet
is one line and not all of them. The manifest names the program, and is left out.

A digest says that a file is another one, not what in it: a page of each kind, drafts and lists
stand whole in ``tests/golden/texts``, a tag a line, so that a difference can be read.
"""

from __future__ import annotations

import hashlib
import io
import re
import sys
import tempfile
import zipfile
from pathlib import Path

from PIL import Image

from support.build import SMALL, build_copy

KEPT = SMALL.with_suffix(".sha256")
TEXTS = SMALL.with_name("texts")
READABLE = (
    "site/en/index.html",
    "site/en/points/index.html",
    "site/en/points/letters-home/index.html",
    "site/en/help/index.html",
    "site/en/kit/letters-home/index.html",
    "site/en/feed.xml",
    "site/ar/points/letters-home/index.html",
    "site/fr/help/index.html",
    "posts/en/x/letters-home.txt",
    "posts/en/instagram/letters-home.txt",
    "posts/fr/facebook/letters-home.txt",
    "posts/ar/telegram/letters-home.txt",
    "posts/en/replies/x.txt",
    "dossiers/en/letters-home.html",
)
"""Files whose differences are shown: of each kind of text one, in each script."""

_TAG = re.compile(r"(?=<(?!/?(?:a|b|em|i|span|strong|bdi|abbr)\b))")
ASSET = re.compile(rb"(?<=\.)[0-9a-f]{12}(?=\.(?:css|svg|png|webp|jpg|js|woff2?)\b)")


def digest(path: Path) -> str:
    """Give the digest of what a file says."""
    return hashlib.sha256(_said(path.name, path.read_bytes())).hexdigest()[:32]


def _said(name: str, data: bytes) -> bytes:
    """Give what a file says: of a picture its pixels, of a font how large it is unpacked, of a
    zip that of each file but the list.
    """
    if name.endswith(".png"):
        with Image.open(io.BytesIO(data)) as picture:
            return f"{picture.size}".encode() + picture.convert("RGBA").tobytes()
    if name.endswith(".woff"):
        return data[12:20]
    if name.endswith(".zip"):
        with zipfile.ZipFile(io.BytesIO(data)) as kit:
            names = (one for one in kit.namelist() if one != "kit.json")
            said = ((one, _said(one, kit.read(one))) for one in names)
            return b"".join(one.encode() + hashlib.sha256(found).digest() for one, found in said)
    return ASSET.sub(b"0", data)


def digests(published: Path) -> dict[str, str]:
    """Give the digest of each file that was published, by path."""
    found = {}
    for path in sorted(published.rglob("*")):
        name = ASSET.sub(b"0", path.relative_to(published).as_posix().encode()).decode()
        if path.is_file() and name != "manifest.json":
            found[name] = digest(path)
    return found


def readable(data: bytes) -> str:
    """Give a text as it can be compared by eye: of HTML a tag a line."""
    text = ASSET.sub(b"0", data).decode("utf-8")
    if text.lstrip().startswith("<"):
        lines = _TAG.sub("\n", text).splitlines()
        text = "\n".join(line.rstrip() for line in lines if line.strip())
    return text.rstrip("\n") + "\n"


def texts(published: Path) -> dict[str, str]:
    """Give the files whose differences are shown, by path; one that is gone is empty."""
    found = {}
    for path in READABLE:
        file = published / path
        found[path] = readable(file.read_bytes()) if file.exists() else ""
    return found


def kept_texts() -> dict[str, str]:
    """Read the texts that are kept."""
    return {path: (TEXTS / f"{path}.txt").read_text("utf-8") for path in READABLE}


def kept() -> dict[str, str]:
    """Read the digests that are kept."""
    lines = KEPT.read_text("utf-8").splitlines()
    return {path: value for value, path in (line.split("  ", 1) for line in lines)}


def changes(found: dict[str, str], known: dict[str, str]) -> list[str]:
    """Say which files are new, gone or other than they were."""
    return [
        f"{'new' if path not in known else 'gone' if path not in found else 'other'}: {path}"
        for path in sorted(found | known)
        if found.get(path) != known.get(path)
    ]


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as name:
        built = build_copy(SMALL, Path(name))
        now = digests(built)
        for path, text in texts(built).items():
            place = TEXTS / f"{path}.txt"
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, "utf-8")
    if KEPT.exists():
        sys.stdout.write("".join(f"{line}\n" for line in changes(now, kept())))
    KEPT.write_text("".join(f"{value}  {path}\n" for path, value in now.items()), "utf-8")
