"""``stopjihad correct``: what was wrong stands where people read it, and nowhere else."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stopjihad.cli.main import main
from stopjihad.model.posting import Posting, encode_posting
from stopjihad.model.review import Review, encode

from support.dom import parse
from support.studio import copy_workspace

DAY = {"SOURCE_DATE_EPOCH": "1796083200"}  # 1 December 2026
POINT = "mothers-speak"
OTHER = "letters-home"
DELETED = "the-old-well"
WHY = "Until 1 December we wrote 40; the study says 27."


def run(folder: Path, *words: str) -> Result:
    return CliRunner().invoke(main, ["-C", str(folder), *words], env=DAY)


def site(folder: Path) -> Path:
    return folder / "dist/stop-jihadism/site"


@pytest.fixture(scope="module")
def corrected(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = copy_workspace(tmp_path_factory.mktemp("correct"))
    when = dt.datetime(2026, 11, 30, 8, tzinfo=dt.UTC)
    about = {"platform": "x", "language": "en", "point": POINT, "by": "Nour", "on": when}
    line = Posting(step="post", day=when.date(), link="https://social.net/1", **about)
    (folder / "campaigns/stop-jihadism/postings.jsonl").write_bytes(encode_posting(line))
    remembered = Review(
        language="en",
        context=f"{DELETED}/fact",
        digest="0" * 32,
        verdict="approve",
        kind="editorial",
        by="Nour",
        on=when,
    )
    (folder / "campaigns/stop-jihadism/reviews.jsonl").write_bytes(encode(remembered))
    done = run(folder, "correct", OTHER, "--why", WHY, "--was", "There were 40.")
    assert done.exit_code == 0, done.output
    assert "Posted" not in done.output
    done = run(folder, "correct", POINT, "--withdraw", "--why", "Its source took it back.")
    assert done.exit_code == 0, done.output
    assert "2026-11-30  x/en  https://social.net/1" in done.output
    built = run(folder, "build", "--only", "site", "--only", "posts")
    assert built.exit_code == 0, built.output
    return folder


def test_the_page_and_machines_say_what_was_wrong(corrected: Path) -> None:
    page = parse((site(corrected) / f"en/points/{OTHER}/index.html").read_text("utf-8"))
    box = page.one("p", class_="correction")
    said = f"Corrected on 1 December 2026. {WHY}Before, it said: There were 40."
    assert " ".join(box.text.split()) == said
    assert box.one("del").text == "There were 40."
    told = [json.loads(one.text) for one in page.all("script", type="application/ld+json")]
    (article,) = (one for one in told if one["@type"] == "Article")
    assert article["correction"] == [
        {"@type": "CorrectionComment", "datePublished": "2026-12-01", "text": WHY}
    ]
    assert article["dateModified"] == "2026-12-01"


@pytest.mark.parametrize(
    ("lang", "title", "why"),
    [
        ("en", "We have withdrawn this page", True),
        ("fr", "Nous avons retiré cette page", False),
        ("ar", "سحبنا هذه الصفحة", False),
    ],
)
def test_a_withdrawn_point_leaves_a_page_and_nothing_else(
    lang: str, title: str, corrected: Path, *, why: bool
) -> None:
    """Its page answered 404, and the feed said nothing. French has no words for the reason yet."""
    top = site(corrected) / lang
    for folder in ("points", "kit"):
        page = parse((top / folder / POINT / "index.html").read_text("utf-8"))
        assert page.one("h1").text == title
        assert ("took it back" in page.one("main").text) == why
        assert page.one("meta", name="robots").get("content") == "noindex"
        assert any(link.get("href").startswith("tel:") for link in page.all("a"))
    naming = {
        path for path in top.rglob("*") if path.is_file() and POINT in path.read_text("utf-8")
    }
    places = {f"{folder}/{POINT}/index.html" for folder in ("points", "kit", "embed")}
    places |= {"feed.xml", f"embed/{POINT}/oembed.json"}
    found = {str(path.relative_to(top)) for path in naming}
    told = {f"kit/since/{version}/index.html" for version in ("0-0", "0-1", "1-0", "1-1")}
    assert found <= places | told
    assert title in (top / "feed.xml").read_text("utf-8")
    posts = corrected / "dist/stop-jihadism/posts"
    assert not [path for path in posts.rglob("*") if path.is_file() and POINT in str(path)]


@pytest.mark.parametrize(
    ("lang", "title"),
    [
        ("en", "This answer is not shown any more"),
        ("fr", "Cette réponse n’est plus montrée"),
        ("ar", "لم تعد هذه الإجابة معروضة"),
    ],
)
def test_a_deleted_point_answers_where_it_stood(lang: str, title: str, corrected: Path) -> None:
    """Its file was removed, and every address of it answered 404."""
    top = site(corrected) / lang
    for folder in ("points", "kit", "embed"):
        page = parse((top / folder / DELETED / "index.html").read_text("utf-8"))
        assert title in page.one("h1").text
        assert page.one("meta", name="robots").get("content") == "noindex"
        assert page.all("a", href=f"../../../{lang}/help/index.html")
    assert f"/{lang}/points/{DELETED}/</id>" in (top / "feed.xml").read_text("utf-8")


def test_taking_back_waits_for_no_other_file(tmp_path: Path) -> None:
    folder = copy_workspace(tmp_path)
    (folder / "campaigns/stop-jihadism/helplines.yaml").write_text("lines: [", "utf-8")
    for name, code in ((POINT, 0), ("../pages/about", 2)):
        done = run(folder, "correct", name, "--withdraw", "--why", "Wrong.")
        assert done.exit_code == code, done.output
    text = (folder / f"campaigns/stop-jihadism/points/{POINT}.md").read_text("utf-8")
    assert "withdrawn:\n  day: 2026-12-01\n  why: Wrong.\n" in text


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("mothers-speek", "--why", "x"), f"did you mean '{POINT}'"),
        ((POINT, "--why", " "), "write 1 to 300"),
        ((POINT, "--why", "x" * 301), "--why has 301 characters"),
        ((POINT, "--why", "x", "--was", "y", "--withdraw"), "--was goes with a correction"),
        (("../../x", "--why", "x"), "there is no talking point"),
    ],
)
def test_what_cannot_be_written_is_said_in_one_line(
    words: tuple[str, ...], said: str, tmp_path: Path
) -> None:
    folder = copy_workspace(tmp_path)
    done = run(folder, "correct", *words)
    assert done.exit_code == 2
    assert said in done.output
