"""What the films of the sample say and how long it stands, without drawing them."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest
from stopjihad.build.campaign import make_campaign_plan
from stopjihad.build.check.survey import as_draft, survey, with_encoder, with_fonts
from stopjihad.catalog.layout import TextLayer
from stopjihad.draw.card import set_card
from stopjihad.model.options import Options
from stopjihad.plan.decoded import StepInputs
from stopjihad.plan.film_story import FilmJob, role_of
from stopjihad.render.film import captions
from stopjihad.render.film.film import tell_job
from stopjihad.render.film.steps import film_job
from stopjihad.render.post.script import Told
from stopjihad.text.unicode.graphemes import count
from stopjihad.view import tempo

from support.build import CAMPAIGN, REPOSITORY, day_of_the_campaign

LANGUAGES = ("en", "fr", "ar", "ur", "bn")


Films = dict[str, Told]


@pytest.fixture(scope="module")
def jobs() -> dict[str, FilmJob]:
    """Collect every upright film of five languages, by path."""
    day = dt.datetime.fromtimestamp(int(day_of_the_campaign()), dt.UTC).date()
    found = as_draft(survey(REPOSITORY, CAMPAIGN, day, thorough=False, judged=False))
    options = Options(only=("films",), languages=LANGUAGES)
    plan = make_campaign_plan(
        with_encoder(with_fonts(found, REPOSITORY, options), needed=True), options
    )
    decoded = StepInputs(plan.inputs)
    return {
        step.output: film_job(step, decoded)
        for step in plan.steps
        if step.output.endswith("/story.mp4")
    }


@pytest.fixture(scope="module")
def told(jobs: dict[str, FilmJob]) -> Films:
    """Tell the films."""
    return {path: tell_job(job) for path, job in jobs.items()}


@pytest.fixture(scope="module")
def roomy(jobs: dict[str, FilmJob]) -> Films:
    """Tell them as shorter facts would let them be told: with as many scenes as 30 s hold."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(tempo, "AIM", tempo.MOST)
        return {path: tell_job(job) for path, job in jobs.items()}


def test_every_talking_point_that_is_spread_has_a_film_that_somebody_watches(told: Films) -> None:
    assert len(told) >= len(LANGUAGES) * 20
    seconds = {path: sum(film.frames) / tempo.RATE for path, film in told.items()}
    for path, film in told.items():
        assert tempo.LEAST / tempo.RATE - 0.1 <= seconds[path] <= 30, path
        assert min(film.frames) >= tempo.SCENE, path
        roles = [role_of(scene) for scene in film.scenes]
        assert seconds[path] <= 15 or set(roles) <= {"fact", "evidence", "todo", "help"}, path
        steps = [scene.slide.steps for scene in film.scenes if scene.slide and scene.slide.steps]
        assert seconds[path] <= (20 if steps else 30), path
        assert seconds[path] <= 22.5 or "evidence" in roles, path
    assert sorted(seconds.values())[len(seconds) // 2] < 18


def test_captions_stand_long_enough_to_be_read(told: Films) -> None:
    for path, film in told.items():
        for cue in captions.cues(film.timed_scenes):
            stands = (cue.end - cue.start) / 30
            assert stands >= captions.SHORTEST, path
            assert count(cue.words) / stands <= tempo.MOST_LETTERS, path
            assert max(map(count, captions.lines(cue.words))) <= captions.LINE, path


def test_a_film_begins_with_the_fact_and_ends_with_who_listens(told: Films) -> None:
    for path, film in told.items():
        first, last = film.scenes[0], film.scenes[-1]
        assert (role_of(first), role_of(last)) == ("fact", "help"), path
        assert (first.layout.name, last.layout.name) == ("film-fact", "film-help"), path
        assert film.words[-1].endswith(last.frame.sponsor.value), path
        assert film.frames[-1] >= 3 * tempo.RATE, "the number stands for three seconds"
        lines = [line.printed.replace(" ", "\u00a0") for line in last.frame.standing]
        assert any(line in film.words[-1] for line in [*lines, f"/{last.frame.lang}/help"]), path


def test_what_to_do_is_not_cut_down_to_a_wish(roomy: Films) -> None:
    """Films showed "What you can do: Needing money is no shame." and nothing else."""
    shown = [
        scene.slide.steps
        for film in roomy.values()
        for scene in film.scenes
        if role_of(scene) == "todo" and scene.slide
    ]
    assert len(shown) > len(roomy) / 3
    assert all(len(steps) != 1 for steps in shown), "one alone is no list of steps"
    assert sum(len(steps) > 1 for steps in shown) > 20


def test_a_claim_stands_on_its_own_slide_alone_and_with_its_flag(roomy: Films) -> None:
    shown = 0
    for path, film in roomy.items():
        claim = getattr(film.scenes[0].subject, "claim", None)
        for scene, words in zip(film.scenes, film.words, strict=True):
            if claim is None or claim.value.rstrip(".؟!?۔।") not in words:
                continue
            shown += 1
            assert scene.layout.name == "slide-claim", path
            assert scene.words["alt-claim"].rpartition("%(claim)s")[2].strip('»”" .') in words, path
    assert shown > 20


def test_the_fact_is_the_largest_beside_the_claim(roomy: Films) -> None:
    """On most films the warning was set larger than the fact, which had less room than it."""
    seen = 0
    for path, film in roomy.items():
        for scene in film.scenes:
            if scene.layout.name != "slide-claim":
                continue
            sizes = {
                place.item.content: place.block.size
                for place, _ in set_card(scene).placed
                if place.block is not None and isinstance(place.item, TextLayer)
            }
            assert sizes["fact"] > sizes["warning"] > 0, path
            assert sizes["warning"] >= sizes["claim"], path
            seen += 1
    assert seen > 20


def test_a_film_without_the_claim_says_no_number_twice(roomy: Films) -> None:
    """The film on Mosul told its fact, and then the same as a number."""
    without = 0
    for path, film in roomy.items():
        roles = [role_of(scene) for scene in film.scenes]
        if "claim" in roles or getattr(film.scenes[0].subject, "claim", None) is None:
            continue
        without += 1
        for figure in (scene.slide.figure for scene in film.scenes if scene.slide):
            assert figure is None or figure.value.value not in film.words[0], path
    assert without > 5
    mosul = roomy["site/films/ur/mosul-paid-the-price/story.mp4"]
    assert [role_of(scene) for scene in mosul.scenes][:2] == ["fact", "evidence"]


def test_what_authors_marked_to_stay_is_in_the_film(told: Films) -> None:
    for lang, stays in (
        ("en", "Iraqi and coalition fire killed at least"),
        ("ar", "قتلت نيران العراق والتحالف"),
    ):
        film = told[f"site/films/{lang}/mosul-paid-the-price/story.mp4"]
        assert any(stays in words for words in film.words), lang


def test_the_scripts_of_drafts_are_those_of_the_films(told: Films, published: Path) -> None:
    """They were two selections of scenes, and the script was twice as long as its film."""
    compared, heard, shown = 0, 0, 0
    for draft in json.loads((published / "posts" / "posts.json").read_bytes()):
        if not draft["script"] or draft["language"] not in LANGUAGES:
            continue
        path = f"site/films/{draft['language']}/{draft['point']}/story.mp4"
        film, script = told[path], draft["script"]
        seconds = script[-1]["start"] + script[-1]["seconds"]
        assert seconds == pytest.approx(sum(film.frames) / 30, abs=0.01), path
        assert seconds <= 30, path
        assert [scene["scene"] for scene in script] == [role_of(one) for one in film.scenes], path
        assert tuple(scene["shown"] for scene in script) == film.words, path
        at = 0.0
        by_scene = zip(script, film.captions, captions_by_scene(film), strict=True)
        for scene, caption, cues in by_scene:
            assert (cues[0].start / 30, cues[-1].end / 30) == pytest.approx(
                (at, at + scene["seconds"]), abs=0.02
            ), path
            said = "".join("".join(cue.words for cue in cues).split())
            assert said == "".join(caption.split()), path
            assert said in "".join(scene["shown"].split()), path
            at += scene["seconds"]
            shown, heard = shown + 1, heard + bool(scene["spoken"])
        assert script[-1]["spoken"].endswith(film.scenes[-1].frame.sponsor.value), path
        compared += 1
    assert compared >= len(LANGUAGES) * 20
    assert heard > 0.9 * shown, "most scenes are spoken"  # of two where films take 15 seconds


def captions_by_scene(film: Told) -> list[list[captions.Cue]]:
    """Group the captions of a film by the scene that they stand in."""
    found, start = [], 0
    cues = captions.cues(film.timed_scenes)
    for frames in film.frames:
        found.append([cue for cue in cues if start <= cue.start < start + frames])
        start += frames
    return found
