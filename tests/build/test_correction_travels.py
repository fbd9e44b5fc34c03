"""One number is corrected: everything that showed it is made anew, gone, or listed by name."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path

from click.testing import CliRunner, Result
from stopjihad.cli.main import main

from support.build import CAMPAIGN
from support.studio import copy_workspace

DAY = {"SOURCE_DATE_EPOCH": "1796083200"}  # 1 December 2026
WRONG, RIGHT = "Four hundred recruits", "Forty recruits"
PICTURES = ("*.png", "*.jpg", "*.pdf")
KEPT = ("published.json", "manifest.json")


def run(root: Path, *words: object) -> Result:
    done = CliRunner().invoke(main, ["-C", str(root), *map(str, words)], env=DAY)
    assert done.exit_code in (0, 1), done.output
    return done


def texts_of(path: str, data: bytes) -> Iterator[tuple[str, bytes]]:
    """Give what a file says: a packed one file by file, pictures by their words."""
    if path.endswith((".zip", ".pptx", ".docx", ".xlsx")):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for name in archive.namelist():
                yield from texts_of(f"{path}!{name}", archive.read(name))
    else:
        yield path, re.sub(rb"<[^>]+>", b"", data)


def showing(out: Path) -> dict[str, bytes]:
    """Find every file that shows the number; pictures beside a text that describes them, too."""
    found: dict[str, bytes] = {}
    for path in sorted(out.rglob("*")):
        if not path.is_file() or path.name in KEPT:
            continue
        name = path.relative_to(out).as_posix()
        data = path.read_bytes()
        if any(WRONG.encode() in text for _, text in texts_of(name, data)):
            found[name] = data
            if name.endswith((".alt.txt", "/alt.txt", "slides.json")):
                folder = path.parent
                for picture in (
                    *folder.glob("*.png"),
                    *folder.glob("*.jpg"),
                    *folder.glob("*.pdf"),
                ):
                    found[picture.relative_to(out).as_posix()] = picture.read_bytes()
    return found


def test_of_a_corrected_number_nothing_is_forgotten(tmp_path: Path, small_built: Path) -> None:
    root = copy_workspace(tmp_path, small_built)
    campaign = root / "campaigns" / CAMPAIGN
    settings = campaign / "campaign.yaml"
    settings.write_text(settings.read_text("utf-8").replace(": notice", ": allow"), "utf-8")
    point = campaign / "points/letters-home.md"
    told = point.read_text("utf-8")
    point.write_text(told.replace("French recruits", WRONG), "utf-8")
    assert run(root, "build", "--language", "en").exit_code == 0
    run(root, "export", "publer", "--language", "en")
    out = root / "dist" / CAMPAIGN
    before = showing(out)
    kinds = {name.split("/")[0] for name in before} | {name.split("/")[1] for name in before}
    assert {"site", "posts", "dossiers", "exports", "cards", "kits", "en"} <= kinds
    assert len(before) > 40

    point.write_text(told.replace("French recruits", RIGHT), "utf-8")
    run(root, "correct", "letters-home", "--why", "We wrote four hundred; the study says forty.")
    assert run(root, "build", "--language", "en").exit_code == 0
    listed = run(root, "queue", "list", "letters-home").output
    after = showing(out)
    left = {name for name in after if after[name] == before.get(name)}
    assert {name for name in left if not name.startswith("exports/")} == set()
    assert {name.split("/")[1] for name in left} == {"publer"}
    assert "exports/publer is of before, too" in listed
    assert listed.count("it says: ") == 6  # what schedulers have
    assert RIGHT in listed
