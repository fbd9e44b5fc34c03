"""Exports of a campaign with slides and films name what is published beside its pages."""

from __future__ import annotations

import csv
import datetime as dt
import json
import re
import shutil
from collections.abc import Iterable, Iterator
from itertools import chain
from pathlib import Path
from typing import TYPE_CHECKING

import av
import numpy as np
import pytest
from click.testing import CliRunner
from PIL import Image
from stopjihad.build.driver import build_campaign
from stopjihad.build.request import Request
from stopjihad.catalog.platforms import platforms
from stopjihad.cli.main import main
from stopjihad.model.options import Options
from stopjihad.render.film import encoder, film

from support.build import CAMPAIGN, SMALL, day_of_the_campaign

if TYPE_CHECKING:
    from stopjihad.render.film.encoder import Track
    from stopjihad.render.film.planes import Planes

TODAY = dt.date(2026, 11, 24)
BASE = "https://campaign.example.org/"
TYPES = {"png": b"\x89PNG\r\n\x1a\n", "pdf": b"%PDF-1.", "mp4": b"a film"}
"""First bytes of each kind of file; of films one alone is encoded here."""

UPRIGHT, SMALLER = 1920, 4
"""Height of the films that exports name, px, and how much smaller the one is that is encoded."""

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
    encoded = []

    def encode(frames: Iterable[tuple[Planes, int]], track: Track) -> bytes:
        """Encode the first upright film, at a sixteenth of its size: its whole length in 1 s."""
        pictures = iter(frames)
        first = next(pictures)
        if encoded or first[0].shape[0] != UPRIGHT * 3 // 2:
            return TYPES["mp4"]
        encoded.append(True)
        small = ((shrunk(planes), count) for planes, count in chain([first], pictures))
        return encoder.encode(small, track)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(film, "encode", encode)
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


def shrunk(planes: Planes) -> Planes:
    """Take every fourth pixel of each plane of a picture (I420)."""
    height, width = planes.shape[0] * 2 // 3, planes.shape[1]
    luma = planes[:height:SMALLER, ::SMALLER]
    chroma = planes[height:].reshape(2, height // 2, width // 2)[:, ::SMALLER, ::SMALLER]
    return np.concatenate((luma, chroma.reshape(-1, width // SMALLER)))


def is_film(data: bytes) -> bool:
    """Tell an MP4 file by the type of its first box (ISO/IEC 14496-12)."""
    return data[4:8] == b"ftyp"


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
        data = file.read_bytes()
        assert data.startswith(TYPES[kind]) or (kind == "mp4" and is_film(data)), path
        assert file.stat().st_size <= LARGEST[kind], path


def test_the_film_that_an_export_names_plays(exported: Path) -> None:
    """Read back by FFmpeg from where the address leads: pictures, sound, length, first scene."""
    named = {row["film"] for row in cells(exported, "csv")} - {""}
    paths = {exported / "site" / address.removeprefix(BASE) for address in named}
    (path,) = (one for one in paths if is_film(one.read_bytes()))
    drafts = json.loads((exported / "posts" / "posts.json").read_bytes())
    script = next(
        draft["script"]
        for draft in drafts
        if draft["script"] and draft["point"] == path.parent.name
    )
    with av.open(str(path)) as container:
        (picture,), (sound,) = container.streams.video, container.streams.audio
        assert (picture.codec_context.name, picture.pix_fmt) == ("h264", "yuv420p")
        assert (picture.width, picture.height) == (1080 // SMALLER, UPRIGHT // SMALLER)
        assert (sound.codec_context.name, sound.rate) == ("aac", 48_000)
        length = script[-1]["start"] + script[-1]["seconds"]
        assert picture.frames == round(length * 30)
        shown = [one.to_ndarray(format="rgb24").astype(int) for one in container.decode(video=0)]
        assert len(shown) == picture.frames
    with Image.open(path.with_suffix(".png")) as poster:
        small = np.asarray(poster.convert("RGB"))[::SMALLER, ::SMALLER].astype(int)
    # The poster is the first scene when all its words have come.
    scene = shown[: round(script[0]["seconds"] * 30)]
    assert min(np.abs(one - small).mean() for one in scene) < 4


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
