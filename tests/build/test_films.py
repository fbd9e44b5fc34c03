"""Films are made when they are asked for; other builds keep those that are still right."""

from __future__ import annotations

import datetime as dt
import importlib.util
import re
import shutil
from pathlib import Path

import pytest
from stopjihad.build.check.survey import survey
from stopjihad.build.driver import build_campaign
from stopjihad.build.film import FilmChoice, film_plan, make_film
from stopjihad.build.report import BuildReport
from stopjihad.build.request import Request
from stopjihad.build.work.batch import load_of
from stopjihad.build.work.keys import plan_keys
from stopjihad.disk import PRIVATE
from stopjihad.model.options import Options
from stopjihad.model.step import Step
from stopjihad.problem import ProblemsFound
from stopjihad.render.film import film
from stopjihad.render.kinds import COSTLY, KINDS

from support.build import CAMPAIGN, SMALL
from support.films import tone

TODAY = dt.date(2026, 11, 24)
TAGLINE = "tagline: Facts first, and someone to talk to"
FILES = {"captions.srt", "captions.vtt", "transcript.txt"} | {
    f"{form}.{end}" for form in ("story", "square", "wide") for end in ("mp4", "png")
}


@pytest.fixture
def root(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Give a workspace whose films have no sound and no bytes: these have tests of their own."""
    monkeypatch.setattr(film, "make_bed", lambda *_, grave: film.SILENT)
    monkeypatch.setattr(film, "encode", lambda frames, track: b"a film")
    shutil.copytree(SMALL, tmp_path / "workspace")
    return tmp_path / "workspace"


def build(root: Path, *only: str) -> BuildReport:
    options = Options(only=only, languages=("ar",) if only else (), formats=("og",))
    request = Request(out=root / "dist", today=TODAY, code="the same", options=options, jobs=1)
    return build_campaign(root, CAMPAIGN, request)


def films(root: Path) -> list[Path]:
    return sorted((root / "dist" / CAMPAIGN / "site" / "films").rglob("*.*"))


def test_films_are_asked_for_kept_and_taken_away_when_words_change(root: Path) -> None:
    build(root, "films")
    made = films(root)
    folder = root / "dist" / CAMPAIGN / "site" / "films" / "ar"
    assert {path.name for path in made if path.parent == folder / "letters-home"} == FILES
    assert {path.parent.name for path in made} == {"letters-home", "mothers-speak"}
    report = build(root)
    assert films(root) == made, "a build without films keeps them"
    assert "film-outdated" not in {one.code for one in report.warnings}
    assert offered(root, "ar") == {str(path) for path in made if path.suffix != ".png"}
    assert offered(root, "en") == set()
    change(root / "campaigns" / CAMPAIGN / "campaign.yaml", TAGLINE, "tagline: Facts, and someone")
    report = build(root)
    assert films(root) == []
    assert offered(root, "ar") == set(), "the kit offers no film that is not there"
    (told,) = [one for one in report.warnings if one.code == "film-outdated"]
    assert told.message.startswith("6 films show older words")


def test_the_kit_of_a_published_site_offers_films_that_come_later(root: Path) -> None:
    """Only a later build of everything named them."""
    build(root)
    assert offered(root, "ar") == set()
    build(root, "films")
    made = {str(path) for path in films(root) if path.suffix != ".png"}
    assert len(made) == 12
    assert offered(root, "ar") == made
    kit = root / "dist" / CAMPAIGN / "site" / "ar" / "kit" / "letters-home" / "index.html"
    before = kit.read_bytes()
    build(root)
    assert kit.read_bytes() == before


def test_the_kit_offers_a_voice_alone_with_its_transcript(root: Path) -> None:
    """It was made and published, and no page led to it."""
    speak(root)
    build(root, "films")
    build(root)
    folder = root / "dist" / CAMPAIGN / "site" / "films" / "ar"
    kit = root / "dist" / CAMPAIGN / "site" / "ar" / "kit"
    for point, heard in (("letters-home", True), ("mothers-speak", False)):
        page = (kit / point / "index.html").read_text("utf-8")
        assert (folder / point / "voice.opus").exists() is heard
        named = re.findall(rf'href="../../../films/ar/{point}/([^"]+)" download', page)
        words = ["transcript.txt", "captions.srt", "captions.vtt"]
        assert named[3:] == (["voice.opus", *words] if heard else words)
    change(root / "campaigns" / CAMPAIGN / "campaign.yaml", TAGLINE, "tagline: Facts, and someone")
    build(root)
    assert "voice.opus" not in (kit / "letters-home" / "index.html").read_text("utf-8")


def speak(root: Path) -> None:
    """Record a voice for the Arabic film of a talking point."""
    media = root / "campaigns" / CAMPAIGN / "media" / "voice" / "ar"
    media.mkdir(parents=True)
    (media / "letters-home.wav").write_bytes(tone(1.0))
    (media / "letters-home.wav.yaml").write_text(
        "{source: us, licence: CC0-1.0, consent: by letter, alt: reads the film}", "utf-8"
    )


def offered(root: Path, lang: str) -> set[str]:
    """Give the files of films that the kit pages of a language offer for download."""
    site = root / "dist" / CAMPAIGN / "site"
    pages = (site / lang / "kit").glob("*/index.html")
    links = (link for page in pages for link in re.findall(r'href="([^"]+)"', page.read_text()))
    named = (link.partition("films/")[2] for link in links if "/films/" in link)
    return {str(site / "films" / name) for name in named}


def test_what_no_film_shows_makes_none_anew(root: Path) -> None:
    before = keys(root)
    change(root / "campaigns" / CAMPAIGN / "pages" / "about.md", "title: ", "title: More of ")
    assert keys(root) == before
    change(root / "campaigns" / CAMPAIGN / "points" / "letters-home.md", "fact: ", "fact: Now ")
    assert all(keys(root)[path] != key for path, key in before.items())


def change(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def keys(root: Path) -> dict[str, str]:
    found = survey(root, CAMPAIGN, TODAY, judged=False, thorough=False)
    plan = film_plan(found, root, FilmChoice(point="letters-home"))
    return plan_keys(plan, dict.fromkeys(KINDS, ""))


def test_one_film_comes_with_all_that_belongs_to_it_and_from_the_store_again(
    root: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    speak(root)
    choice = FilmChoice(point="letters-home", language="ar", format="square")
    counted: list[tuple[int, int]] = []
    made = make_film(root, CAMPAIGN, choice, TODAY, lambda *now: counted.append(now))
    wanted = {"square.mp4", "square.png", "captions.srt", "captions.vtt", "transcript.txt"}
    assert set(made) == wanted | {"voice.opus"}
    assert counted[0] == (0, 6)
    assert counted[-1] == (6, 6)

    def never(*_: object) -> bytes:
        raise AssertionError("made anew")

    monkeypatch.setattr(film, "encode", never)
    assert make_film(root, CAMPAIGN, choice, TODAY) == made
    (root / PRIVATE / "store").rename(root / "gone")
    with pytest.raises(ProblemsFound, match="made anew"):
        make_film(root, CAMPAIGN, choice, TODAY)


def test_a_voice_without_consent_is_not_heard(root: Path) -> None:
    media = root / "campaigns" / CAMPAIGN / "media" / "voice" / "ar"
    media.mkdir(parents=True)
    (media / "letters-home.wav").write_bytes(tone(1.0))
    choice = FilmChoice(point="letters-home", language="ar")
    with pytest.raises(ProblemsFound) as found:
        make_film(root, CAMPAIGN, choice, TODAY)
    assert {one.code for one in found.value.problems if one.severity == "error"} == {
        "voice-consent"
    }


def test_what_is_no_film_is_told(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ProblemsFound, match="no talking point 'nothing'"):
        make_film(root, CAMPAIGN, FilmChoice(point="nothing"), TODAY)
    monkeypatch.setattr(importlib.util, "find_spec", lambda _: None)
    with pytest.raises(ProblemsFound, match="stopjihad\\[film\\]"):
        make_film(root, CAMPAIGN, FilmChoice(point="letters-home"), TODAY)


def test_films_are_what_a_build_of_films_counts(root: Path) -> None:
    seen: list[tuple[int, int]] = []
    options = Options(only=("films",), languages=("ar",))
    request = Request(
        out=root / "dist",
        today=TODAY,
        code="the same",
        options=options,
        jobs=1,
        progress=lambda done, total: seen.append((done, total)),
    )
    build_campaign(root, CAMPAIGN, request)
    assert seen[0] == (0, 6)
    assert sorted(set(seen)) == [(done, 6) for done in range(7)]


def test_two_films_are_work_for_two_processes() -> None:
    steps = [Step(f"site/films/en/x/{form}.mp4", "film") for form in ("story", "wide")]
    assert load_of(steps, COSTLY) > 1000
