"""`build --only … --language …` once removed all that was not asked for; now it stays as it was."""

from __future__ import annotations

import hashlib
import json
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from subprocess import CompletedProcess

import pytest

from support.build import REPOSITORY, stopjihad
from support.toy import tree

INVALID = REPOSITORY / "tests" / "invalid"
SECOND = "friends"
LINK = re.compile(r'(?:href="|src="|content="(?=https:))([^"#?]+)')


@pytest.fixture(scope="module")
def full(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Build everything of a campaign in two languages; give its workspace."""
    folder = tmp_path_factory.mktemp("full")
    for name in ("_base", "translation-unreviewed"):
        shutil.copytree(INVALID / name, folder, dirs_exist_ok=True)
    campaign = folder / "campaigns/demo/campaign.yaml"
    text = campaign.read_text("utf-8").replace("unreviewed: block", "unreviewed: allow")
    campaign.write_text(f"{text}platforms: [x, bluesky]\n", encoding="utf-8")
    assert build(folder).returncode == 0
    return folder


@pytest.fixture
def workspace(full: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(full, tmp_path / "workspace"))


def build(workspace: Path, *args: str) -> CompletedProcess[str]:
    when = {"SOURCE_DATE_EPOCH": "1795478400"}
    return stopjihad("-C", workspace, "build", "--jobs", "1", *args, **when)


def files(workspace: Path) -> dict[str, bytes]:
    return tree(workspace / "dist" / "demo")


def changed(before: dict[str, bytes], after: dict[str, bytes]) -> set[str]:
    return {path for path in before | after if before.get(path) != after.get(path)}


def rewrite(workspace: Path, name: str = "neighbours") -> None:
    path = workspace / f"campaigns/demo/points/{name}.md"
    text = path.read_text("utf-8")
    path.write_text(text.replace("publisher: UN", "publisher: United Nations"), encoding="utf-8")
    catalogue = workspace / "campaigns/demo/locale/fr.po"
    text = catalogue.read_text("utf-8")
    catalogue.write_text(text.replace("leurs voisins", "leurs propres voisins"), encoding="utf-8")


def add_point(workspace: Path) -> None:
    folder = workspace / "campaigns/demo/points"
    text = (folder / "neighbours.md").read_text("utf-8")
    (folder / f"{SECOND}.md").write_text(text.replace("neighbours", "friends"), encoding="utf-8")


def consistent(workspace: Path) -> None:
    """Say of every file what it is: the manifest its digest, the list of drafts its words."""
    found = files(workspace)
    manifest = json.loads(found["manifest.json"])
    listed = {file["path"]: file for file in manifest["files"]}
    assert listed.keys() == found.keys() - {"manifest.json"}
    for path, file in listed.items():
        assert file["sha256"] == hashlib.sha256(found[path]).hexdigest()
        assert manifest["inputs"].keys() >= set(file["inputs"]), path
    entries = json.loads(found["posts/posts.json"])
    texts = {path for path in found if re.fullmatch(r"posts/\w+/(?!replies/)\w+/.+\.txt", path)}
    named = [f"posts/{e['language']}/{e['platform']}/{e['point']}.txt" for e in entries]
    assert set(named) == texts
    assert len(named) == len(texts)
    for entry, path in zip(entries, named, strict=True):
        assert entry["digest"] == hashlib.sha256(found[path]).hexdigest()
        for image in entry["images"]:
            assert image["bytes"] == len(found[image["path"]])


def dead_links(workspace: Path, below: str) -> Iterator[str]:
    """Give the links on pages of a folder that lead to no file, those to the site's host too."""
    found = files(workspace)
    pages = [path for path in found if path.startswith(below) and path.endswith((".html", ".xml"))]
    assert pages
    for path in pages:
        for link in LINK.findall(found[path].decode()):
            if link.startswith("https://demo.example.org/"):
                target = Path("site") / link.removeprefix("https://demo.example.org/")
            elif re.match(r"[a-z]+:|[^./]*$", link) or "/" not in link:
                continue
            else:
                target = Path(path).parent / link
            parts: list[str] = []
            for part in target.parts:
                parts = parts[:-1] if part == ".." else [*parts, part]
            where = "/".join(parts)
            if where not in found and f"{where}/index.html" not in found:
                yield f"{path}: {link}"


@pytest.mark.parametrize(
    "asked",
    [
        ("--only", "cards", "--language", "fr"),
        ("--only", "site,cards", "--language", "en"),
        ("--only", "posts", "--language", "fr"),
        ("--only", "report"),
        ("--language", "fr"),
    ],
    ids=" ".join,
)
def test_what_was_not_asked_for_stays(workspace: Path, asked: tuple[str, ...]) -> None:
    before = files(workspace)
    done = build(workspace, *asked)
    assert done.returncode == 0, done.stderr
    assert files(workspace) == before
    assert "nothing changed" in done.stdout


@pytest.mark.parametrize(
    ("asked", "mine"),
    [
        (("--only", "cards", "--language", "fr"), r"site/cards/fr/"),
        (("--only", "posts", "--language", "fr"), r"posts/fr/"),
        (("--only", "site", "--language", "fr"), r"site/(?!cards/|en/)"),
        (
            ("--language", "fr"),
            r"(site/(cards/|kits/)?fr/|(posts|originals|dossiers)/fr/|report/)",
        ),
    ],
    ids=str,
)
def test_a_change_reaches_what_was_asked_for_alone(
    workspace: Path, asked: tuple[str, ...], mine: str
) -> None:
    before = files(workspace)
    rewrite(workspace)
    done = build(workspace, *asked)
    assert done.returncode == 0, done.stderr
    now = changed(before, files(workspace))
    assert any(re.match(mine, path) for path in now)
    shared = {"manifest.json", "posts/posts.json", "site/sitemap.xml", "site/kits/feed.json"}
    assert {path for path in now if not re.match(mine, path)} <= shared
    consistent(workspace)
    assert build(workspace).returncode == 0
    whole = files(workspace)
    shutil.rmtree(workspace / "dist")
    assert build(workspace).returncode == 0
    assert files(workspace) == whole


def test_a_new_point_in_one_language_links_only_what_is_there(workspace: Path) -> None:
    add_point(workspace)
    done = build(workspace, "--only", "site", "--language", "en")
    assert done.returncode == 0, done.stderr
    assert f"site/en/points/{SECOND}/index.html" in files(workspace)
    assert f"site/fr/points/{SECOND}/index.html" not in files(workspace)
    assert list(dead_links(workspace, "site/en/")) == []
    assert f"fr/points/{SECOND}" not in files(workspace)["site/sitemap.xml"].decode()
    consistent(workspace)


@pytest.mark.parametrize("only", ["site", "site,cards", "site,posts"])
def test_a_site_alone_links_only_what_is_there(workspace: Path, only: str) -> None:
    """The kit leads to the talking points where there is nothing to download."""
    shutil.rmtree(workspace / "dist")
    done = build(workspace, "--only", only)
    assert done.returncode == 0, done.stderr
    for folder in ("site/en/", "site/fr/"):
        assert list(dead_links(workspace, folder)) == []


def test_a_deleted_point_goes_where_it_was_asked_for(workspace: Path) -> None:
    add_point(workspace)
    assert build(workspace).returncode == 0
    (workspace / f"campaigns/demo/points/{SECOND}.md").unlink()
    assert build(workspace, "--language", "en").returncode == 0
    left = [path for path in files(workspace) if SECOND in path]
    assert left
    assert not any("/en/" in path for path in left)
    consistent(workspace)


def test_a_tree_that_nothing_proves_ours_is_not_kept_unseen(workspace: Path) -> None:
    before = files(workspace)
    shutil.rmtree(workspace / "dist" / ".stopjihad")
    done = build(workspace, "--only", "cards", "--language", "fr")
    assert done.returncode == 1
    assert done.stderr.startswith("dist/demo: error[output-changed] nothing proves that ")
    assert files(workspace) == before
    assert build(workspace).returncode == 0
    assert files(workspace) == before


def test_a_file_that_would_stay_and_was_changed_by_hand_is_named(workspace: Path) -> None:
    path = workspace / "dist/demo/site/en/index.html"
    path.write_text("mine", encoding="utf-8")
    before = files(workspace)
    rewrite(workspace)
    done = build(workspace, "--only", "cards", "--language", "fr")
    assert done.returncode == 1
    assert done.stderr.splitlines()[0].startswith(
        "dist/demo/site/en/index.html: error[output-changed] "
    )
    assert files(workspace) == before


@pytest.mark.parametrize("part", ["posts", "report", "cards"])
def test_the_page_to_open_is_there(workspace: Path, part: str) -> None:
    shutil.rmtree(workspace / "dist")
    done = build(workspace, "--only", part)
    assert done.returncode == 0, done.stderr
    assert not (workspace / "dist/demo/site/index.html").exists()
    opened = re.findall(r"open (.*)", done.stdout)
    assert all(Path(path).is_file() for path in opened)
    assert bool(opened) == (part == "report")


def test_an_unknown_language_is_one_line(workspace: Path) -> None:
    done = build(workspace, "--language", "xx")
    assert done.returncode == 2
    assert done.stderr.splitlines()[-1] == (
        "Error: 'xx' is not a language of demo; known here: en, fr"
    )


def test_languages_may_be_listed_with_commas(workspace: Path) -> None:
    shutil.rmtree(workspace / "dist")
    done = build(workspace, "--only", "site", "--language", "en,fr")
    assert done.returncode == 0, done.stderr
    assert {"site/en/index.html", "site/fr/index.html"} <= files(workspace).keys()
    done = build(workspace, "--language", "en,")
    assert (done.returncode, done.stderr.splitlines()[-1]) == (
        2,
        "Error: Invalid value for '--language': a language is missing: write ar,fr",
    )


def test_an_edit_makes_the_kits_of_its_talking_point_anew_alone(workspace: Path) -> None:
    other = workspace / f"campaigns/demo/points/{SECOND}.md"
    text = (workspace / "campaigns/demo/points/neighbours.md").read_text("utf-8")
    other.write_text(text.replace("neighbours", SECOND), encoding="utf-8")
    assert build(workspace).returncode == 0
    before = files(workspace)
    kits = {path for path in before if path.startswith("site/kits/en/")}
    assert f"site/kits/en/points/{SECOND}-en.zip" in kits
    path = workspace / "campaigns/demo/points/neighbours.md"
    path.write_text(path.read_text("utf-8").replace("fact: ", "fact: Now ", 1), encoding="utf-8")
    assert build(workspace).returncode == 0
    now = {one for one in changed(before, files(workspace)) if one in kits}
    assert now == kits - {f"site/kits/en/points/{SECOND}-en.zip"}


def test_a_site_in_one_language_is_made_beside_paper_in_all(workspace: Path) -> None:
    """Its source language has paper and no page: the build ended in a traceback."""
    shutil.rmtree(workspace / "dist")
    assert build(workspace, "--only", "paper").returncode == 0
    done = build(workspace, "--only", "site", "--language", "fr")
    assert done.returncode == 0, done.stderr
    site = workspace / "dist/demo/site"
    assert 'lang="fr"' in (site / "index.html").read_text("utf-8")
    assert not (site / "en/index.html").exists()
