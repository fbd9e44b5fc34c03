"""Exports of a campaign with slides and films name what is published beside its pages."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner
from stopjihad.build.driver import Request, build_campaign
from stopjihad.catalog.platforms import platforms
from stopjihad.cli.main import main
from stopjihad.model.request import Options
from stopjihad.render.film import film

from support.build import CAMPAIGN, SMALL, day_of_the_campaign

TODAY = dt.date(2026, 11, 24)
BASE = "https://campaign.example.org/"
TYPES = {"png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-1.", "mp4": b"a film"}
"""First bytes of each kind of file; films are not encoded here."""

LARGEST = {"png": 8_000_000, "pdf": 100_000_000, "mp4": 250_000_000}
"""Bytes that the strictest of the platforms takes: Instagram, LinkedIn, TikTok."""

FORMATS = ("publer", "metricool", "socialbee", "ayrshare", "postiz", "csv")


@pytest.fixture(scope="module")
def exported(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build the small campaign for all platforms, with slides and films, and export it."""
    root = tmp_path_factory.mktemp("exported") / "workspace"
    shutil.copytree(SMALL, root)
    file = root / "campaigns" / CAMPAIGN / "campaign.yaml"
    text = file.read_text("utf-8").replace("unreviewed: notice", "unreviewed: allow")
    text = re.sub(r"(?m)^platforms: .*$", f"platforms: [{', '.join(platforms())}]", text)
    file.write_text(f"{text}\ncarousels: all\n", "utf-8")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(film, "encode", lambda frames, track: TYPES["mp4"])
        for only in ((), ("films",)):
            options = Options(only=only, languages=("en",), formats=("og",))
            request = Request(
                out=root / "dist", today=TODAY, code="the same", options=options, jobs=1
            )
            build_campaign(root, CAMPAIGN, request)
    for name in FORMATS:
        done = CliRunner().invoke(
            main,
            ["-C", str(root), "export", name],
            env={"SOURCE_DATE_EPOCH": day_of_the_campaign()},
        )
        assert done.exit_code == 0, done.output
    return root / "dist" / CAMPAIGN


def cells(folder: Path, name: str) -> Iterator[dict[str, str]]:
    """Read the rows of an export back with the standard library's readers."""
    for path in sorted((folder / "exports" / name).iterdir()):
        if path.suffix == ".csv":
            with path.open(encoding="utf-8-sig", newline="") as file:
                yield from csv.DictReader(file)
        else:
            for body in json.loads(path.read_bytes()):
                for one in (image for post in body["posts"] for image in post["value"][0]["image"]):
                    yield {"image": one["path"]}


@pytest.mark.parametrize("name", FORMATS)
def test_every_file_that_an_export_names_is_published(name: str, exported: Path) -> None:
    """Films stood beside the site, where nobody publishes them."""
    found = set()
    for row in cells(exported, name):
        for value in row.values():
            found |= {*re.findall(rf"{BASE}((?:cards|films)/[^\s,|]+)", value or "")}
    kinds = {path.rpartition(".")[2] for path in found}
    assert "png" in kinds
    # Ayrshare wants times, and the platforms of films have no slots here.
    assert ("mp4" in kinds) is (name != "ayrshare")
    assert any("/slides/" in path for path in found)
    assert ("pdf" in kinds) is (name in {"publer", "csv"})
    for path in found:
        file = exported / "site" / path
        kind = file.suffix[1:]
        assert file.read_bytes().startswith(TYPES[kind]), path
        assert file.stat().st_size <= LARGEST[kind], path


def test_first_comments_and_reels_have_their_columns(exported: Path) -> None:
    rows = list(cells(exported, "metricool"))
    comments = [row["First Comment Text"] for row in rows if row["Facebook"] == "TRUE"]
    assert comments
    assert all("https://" in text for text in comments)
    shorts = [row for row in rows if row["Youtube Video Type"] == "SHORT"]
    assert shorts
    assert all(row["Video Thumbnail Url"].endswith("/story.png") for row in shorts)
    assert {row["LinkedIn Images as Carousel"] for row in rows if row["LinkedIn"] == "TRUE"} == {
        "TRUE"
    }
