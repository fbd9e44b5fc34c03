"""Photos of talking points and the brand's logo go through a build: checked, cropped, stripped."""

from __future__ import annotations

import io
import json
import re
import shutil
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from stopjihad.disk.cache import NoCache
from stopjihad.load.media import Pictures, read_pictures
from stopjihad.load.project import load_project
from stopjihad.load.workspace import read_sources
from stopjihad.render.page.photos import MOST_BYTES

from support import cards
from support.build import REPOSITORY, stopjihad

DEMO = "campaigns/demo"
CANARY = b"canary-of-the-original"
IPTC = b"\xff\xed" + (len(CANARY) + 16).to_bytes(2, "big") + b"Photoshop 3.0\0" + CANARY


def workspace(folder: Path) -> Path:
    shutil.copytree(REPOSITORY / "tests/invalid/_base", folder, dirs_exist_ok=True)
    media = folder / DEMO / "media"
    media.mkdir()
    with Image.open(io.BytesIO(cards.photo())) as image:
        secrets = {"comment": CANARY, "exif": b"Exif\0\0" + CANARY, "xmp": CANARY, "extra": IPTC}
        image.save(media / "street.jpg", "JPEG", **secrets)
    assert (media / "street.jpg").read_bytes().count(CANARY) == len(secrets)
    Image.new("RGBA", (300, 100), (255, 0, 255, 255)).save(media / "mark.png")
    for name in ("street.jpg", "mark.png"):
        (media / f"{name}.yaml").write_text("source: drawn\nlicence: CC0\nalt: A street\n")
    campaign = folder / DEMO / "campaign.yaml"
    more = "brand: {logo: mark.png}\ncards: {more: [fact, help]}\nplatforms: [bluesky]\n"
    campaign.write_text(campaign.read_text("utf-8") + more, "utf-8")
    point = next((folder / DEMO / "points").glob("*.md"))
    head, rest = point.read_text("utf-8").split("\nsources:", 1)
    point.write_text(f"{head}\nmedia: [street.jpg]\nsources:{rest}", "utf-8")
    return folder


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = workspace(tmp_path_factory.mktemp("pictures"))
    about = "---\ntitle: About\nmedia: [street.jpg, mark.png]\n---\nWords.\n"
    (root / DEMO / "pages/about.md").write_text(about, "utf-8")
    done = stopjihad("-C", root, "build", SOURCE_DATE_EPOCH="1795478400")
    assert done.returncode == 0, done.stderr
    return root / "dist/demo"


def test_the_photo_leads_and_its_secrets_stay_behind(published: Path) -> None:
    folder = published / "site/cards/en/neighbours"
    assert sorted(path.name for path in folder.iterdir() if path.is_file()) == [
        "alt.txt",
        *(f"{form}.jpg" for form in sorted(cards.FORMATS)),
    ]
    for path in folder.glob("*.jpg"):
        data = path.read_bytes()
        assert data[:2] == b"\xff\xd8"
        assert CANARY not in data
        assert len(data) <= 1_000_000


def test_the_logo_is_on_the_photo(published: Path) -> None:
    with Image.open(published / "site/cards/en/neighbours/og.jpg") as image:
        pixels = np.asarray(image.convert("RGB")).astype(int)
    close = np.abs(pixels - (255, 0, 255)).max(axis=2) < 24
    assert close.sum() > 2000


def test_a_drawing_as_logo_is_asked_for_as_png(tmp_path: Path) -> None:
    """It was to be exported as JPEG, which has no transparency."""
    root = workspace(tmp_path)
    (root / DEMO / "media/mark.png").write_text("<svg xmlns='http://www.w3.org/2000/svg'/>")
    done = stopjihad("-C", root, "check")
    assert done.returncode == 1
    assert "the logo is no PNG, WebP or JPEG (export it as PNG" in done.stderr + done.stdout


def test_pages_and_drafts_show_the_photo(published: Path) -> None:
    page = (published / "site/en/points/neighbours/index.html").read_text("utf-8")
    assert 'content="https://demo.example.org/cards/en/neighbours/og.jpg"' in page
    assert 'content="image/jpeg"' in page
    kit = (published / "site/en/kit/neighbours/index.html").read_text("utf-8")
    assert "cards/en/neighbours/og.jpg" in kit
    assert "cards/en/neighbours/fact/og.png" in kit
    (draft,) = json.loads((published / "posts/posts.json").read_text("utf-8"))
    (image,) = draft["images"]
    assert image["path"].endswith(".jpg")
    assert image["bytes"] == (published / image["path"]).stat().st_size


def test_a_free_page_shows_photos_without_their_secrets(published: Path) -> None:
    page = (published / "site/en/about/index.html").read_text("utf-8")
    photo = r'<img src="\.\./\.\./(assets/photos/\w{12}\.jpg)" alt="A street" (.*)>'
    shown = re.findall(photo, page)
    above, below = [
        (published / "site" / path, attributes.removesuffix(' decoding="async"'))
        for path, attributes in shown
    ]
    assert [above[1], below[1]] == [
        'width="1280" height="960"',
        'width="300" height="100" loading="lazy"',
    ]
    assert page.index(above[0].name) < page.index("Words.") < page.index(below[0].name)
    assert page.count("Photo: <bdi>drawn (CC0)</bdi>") == 2
    for (path, _), size in ((above, (1280, 960)), (below, (300, 100))):
        with Image.open(path) as picture:
            assert (picture.format, picture.size) == ("JPEG", size)
        data = path.read_bytes()
        assert CANARY not in data
        assert len(data) <= MOST_BYTES


def test_words_stand_beside_pictures(published: Path) -> None:
    folder = published / "site/cards/en/neighbours"
    alt = (folder / "alt.txt").read_text("utf-8")
    assert alt == (folder / "fact/alt.txt").read_text("utf-8")
    kit = (published / "site/en/kit/neighbours/index.html").read_text("utf-8")
    assert alt.split(".")[0] in kit


def test_helplines_have_cards_in_the_kit(published: Path) -> None:
    (card,) = (published / "site/cards/en/helplines").glob("*/help/og.png")
    kit = (published / "site/en/kit/index.html").read_text("utf-8")
    assert card.relative_to(published / "site").as_posix() in kit


def test_the_manifest_holds_every_card(published: Path) -> None:
    listed = {
        file["path"] for file in json.loads((published / "manifest.json").read_text())["files"]
    }
    made = {path.relative_to(published).as_posix() for path in published.glob("site/cards/**/*.*")}
    assert made <= listed


@pytest.mark.parametrize(
    ("name", "data", "code"),
    [
        ("street.jpg", b"\xff\xd8\xff\xe0 no more", "photo-broken"),
        ("street.jpg", cards.photo()[:2000], "photo-broken"),
        ("mark.png", b"GIF89a", "photo-format"),
    ],
)
def test_a_broken_picture_stops_the_build(
    tmp_path: Path, name: str, data: bytes, code: str
) -> None:
    root = workspace(tmp_path)
    (root / DEMO / "media" / name).write_bytes(data)
    done = stopjihad("-C", root, "check", SOURCE_DATE_EPOCH="1795478400")
    assert done.returncode == 1
    assert f"{DEMO}/media/{name}: error[{code}]" in done.stdout + done.stderr


def pictures(root: Path) -> tuple[Pictures, list[str]]:
    """Give the pictures of a workspace, and the codes of everything wrong with its media."""
    sources, problems = read_sources(root, "demo")
    project, trouble = load_project(sources, NoCache())
    assert project is not None
    found = read_pictures(sources, project, NoCache())
    every = {*problems, *trouble, *found.problems}
    return found, sorted(one.code for one in every if "/media/street.jpg" in one.path)


def test_a_photo_comes_with_what_is_known_of_it(tmp_path: Path) -> None:
    root = workspace(tmp_path)
    note = root / DEMO / "media/street.jpg.yaml"
    note.write_text(note.read_text("utf-8") + "focus_x: 20\n", "utf-8")
    found, problems = pictures(root)
    photo = found.photos["street.jpg"]
    assert not problems
    assert photo.data == (root / DEMO / "media/street.jpg").read_bytes()
    assert (photo.media.focus_x, photo.media.focus_y) == (20, 50)


BESIDE = "source: our own\nlicence: CC0\nalt: A kitchen table\n"


@pytest.mark.parametrize(
    ("beside", "code"),
    [
        (None, "media-unexplained"),
        ("source: x\nlicence: y\n", "missing-key"),
        (BESIDE + "focus_y: 101\n", "bad-number"),
        (BESIDE + "author: me\n", "unknown-key"),
        ("a: [", "yaml-syntax"),
    ],
)
def test_a_photo_that_nobody_explained_is_not_used(
    tmp_path: Path, beside: str | None, code: str
) -> None:
    root = workspace(tmp_path)
    note = root / DEMO / "media/street.jpg.yaml"
    note.unlink()
    if beside is not None:
        note.write_text(beside, "utf-8")
    found, problems = pictures(root)
    assert found.photos == {}
    assert problems == [code]


def test_a_link_to_a_photo_is_not_followed(tmp_path: Path) -> None:
    root = workspace(tmp_path / "workspace")
    secret = tmp_path / "secret.jpg"
    photo = root / DEMO / "media/street.jpg"
    photo.rename(secret)
    photo.symlink_to(secret)
    found, problems = pictures(root)
    assert found.photos == {}
    assert problems == ["link-refused"]
