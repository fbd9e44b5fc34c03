"""One number of the sample is corrected: no language, form or kit still shows what it was."""

from __future__ import annotations

import hashlib
import io
import re
import subprocess
import urllib.parse
import zipfile
from collections.abc import Iterator
from pathlib import Path

import polib
import pytest

from support.build import CAMPAIGN, REPOSITORY, day_of_the_campaign, stopjihad
from support.studio import copy_workspace

POINT = "scholars-said-no"
FIRST, WRONG, RIGHT = "120", "83461", "71920"
DIGITS = ("0123456789", "٠١٢٣٤٥٦٧٨٩", "۰۱۲۳۴۵۶۷۸۹", "০১২৩৪৫৬৭৮৯")
PACKED = (".zip", ".pptx", ".docx", ".xlsx")
MEMORY = ("published.json", "manifest.json")
PAPER: dict[str, str] = {}
"""Words of a document of paper by its digest: kits hold the same again."""


def run(root: Path, *words: object) -> str:
    done = stopjihad("-C", root, *words, SOURCE_DATE_EPOCH=day_of_the_campaign())
    assert done.returncode in (0, 1), (done.stdout + done.stderr)[-2000:]
    return done.stdout


def write(campaign: Path, old: str, new: str) -> int:
    """Say another number in the talking point and in each translation; give in how many of them."""
    point = campaign / f"points/{POINT}.md"
    point.write_text(point.read_text("utf-8").replace(old, new), "utf-8")
    said = 0
    for path in sorted((campaign / "locale").glob("*.po")):
        catalogue = polib.pofile(str(path))
        for entry in catalogue:
            if (entry.msgctxt or "").startswith(f"{POINT}/"):
                entry.msgid = entry.msgid.replace(old, new)
                said += old in entry.msgstr
                entry.msgstr = entry.msgstr.replace(old, new)
        catalogue.save()
    return said


def words_of(name: str, data: bytes) -> Iterator[str]:
    """Give what a file says, as it stands there, without its marks, and without its escapes."""
    if name.endswith(PACKED):
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            for inner in archive.namelist():
                yield from words_of(f"{name}!{inner}", archive.read(inner))
    elif name.endswith(".pdf") and POINT in name:
        key = hashlib.sha256(data).hexdigest()
        if key not in PAPER:
            asked = ["pdftotext", "-", "-"]
            PAPER[key] = subprocess.run(
                asked, input=data, capture_output=True, check=True
            ).stdout.decode()
        yield PAPER[key]
    elif not name.endswith((".png", ".jpg", ".pdf", ".woff", ".mp4", ".webm")):
        text = data.decode("utf-8", "replace")
        yield text
        yield re.sub(r"<[^>]+>", "", text)
        yield urllib.parse.unquote(text)


def pattern(number: str) -> re.Pattern[str]:
    """Match a number in the digits of any language, and in no longer one, nor in a digest."""
    scripts = {"".join(digits[int(one)] for one in number) for digits in DIGITS}
    return re.compile(rf"(?<![0-9A-Za-z])(?:{'|'.join(sorted(scripts))})(?![0-9A-Za-z])")


def showing(out: Path, number: str) -> dict[str, str]:
    """Find every file that shows a number, with the digest of its bytes.

    A picture shows what the text beside it says; so do slides bound together.
    """
    looked, found = pattern(number), {}
    for path in sorted(out.rglob("*")):
        if not path.is_file() or path.name in MEMORY:
            continue
        name, data = path.relative_to(out).as_posix(), path.read_bytes()
        if any(looked.search(text) for text in words_of(name, data)):
            beside = [path]
            if name.endswith((".alt.txt", "/alt.txt", "slides.json")):
                beside += [
                    one for end in ("png", "jpg", "pdf") for one in path.parent.glob(f"*.{end}")
                ]
            for one in beside:
                digest = hashlib.sha256(one.read_bytes()).hexdigest()
                found[one.relative_to(out).as_posix()] = digest
    return found


@pytest.mark.long
@pytest.mark.judge
def test_of_a_corrected_number_no_language_forgets_anything(tmp_path: Path) -> None:
    root = copy_workspace(tmp_path, REPOSITORY)
    campaign, out = root / "campaigns" / CAMPAIGN, root / "dist" / CAMPAIGN
    settings = campaign / "campaign.yaml"
    settings.write_text(
        settings.read_text("utf-8").replace("unreviewed: notice", "unreviewed: allow")
    )
    languages = [path.stem for path in (campaign / "locale").glob("*.po")]
    assert write(campaign, FIRST, WRONG) >= len(languages)
    run(root, "build")
    run(root, "build", "--only", "paper")
    run(root, "export", "publer")
    before = showing(out, WRONG)
    kinds = {name.split("/")[0] for name in before} | {name.split("/")[1] for name in before}
    assert {"site", "posts", "dossiers", "exports", "cards", "kits", "paper", *languages} <= kinds

    write(campaign, WRONG, RIGHT)
    run(root, "correct", POINT, "--why", "We had copied the number of another letter.")
    run(root, "build")
    after, right = showing(out, WRONG), showing(out, RIGHT)
    made = {name for name in after if not name.startswith("exports/")}
    assert {name for name in made if after[name] == before.get(name)} == set()
    assert made - right.keys() == set()  # what tells the old number tells the new one, too
    assert {name.split("/")[1] for name in after.keys() - made} == {"publer"}
    listed = run(root, "queue", "list", POINT)
    assert "exports/publer is of before, too" in listed
    gone = before.keys() - right.keys() - after.keys()
    assert not [name for name in gone if (out / name).exists()], "it says neither number now"
