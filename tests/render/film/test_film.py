"""A film of a talking point: its scenes, its first and last pictures, its number."""

from __future__ import annotations

import io

import msgspec
import numpy as np
import pytest
from PIL import Image
from stopjihad.catalog.layout import TextLayer
from stopjihad.draw import render_card
from stopjihad.draw.card import set_card
from stopjihad.plan.film_story import FIRST, first_scene, role_of, say_scenes, tell
from stopjihad.render.film.card_sheet import sheet_of
from stopjihad.render.film.counter import count_up, counting_numbers
from stopjihad.render.film.encoder import decode_sound
from stopjihad.render.film.film import WHOLE_SCENES, draw_shots, make_film
from stopjihad.render.film.motion import Shot, play
from stopjihad.render.film.planes import onto, planes_of
from stopjihad.render.film.sound import BED, loudness
from stopjihad.view import tempo
from stopjihad.view.slides import Slide
from stopjihad.view.tempo import NUMBERS

from support import cards
from support.films import film_job, probe


@pytest.mark.parametrize(("lang", "form"), [("ar", "square"), ("en", "story"), ("bn", "wide")])
def test_a_film_begins_with_its_line_whole_and_each_scene_becomes_its_card(lang, form):
    job = film_job(lang, form)
    told = tell(job)
    drawn = draw_shots(told)
    shots = [one for one in drawn if isinstance(one, Shot)]
    assert len(shots) == len(drawn) == len(told.scenes)
    poster = render_card(first_scene(cards.job(lang, FIRST, form, link=job.scenes[0].link)))
    assert np.array_equal(shots[0].still, planes_of(poster))
    frames = list(play(shots, mirrored=lang == "ar"))
    assert sum(count for _, count in frames) == sum(told.frames)
    assert np.array_equal(frames[0][0], shots[0].first)
    assert 0 < _ink(frames[0][0], shots[0].still) < _ink(*blank(shots[0])), "a part of it"
    for shot in shots:
        last = shot.still if shot.first is None else shot.first
        for change in shot.changes:
            for patch in change.patches:
                last = onto(last, patch)
        assert _ink(last, shot.still) < 400, "px that differ once all has come"


def blank(shot: Shot) -> tuple[np.ndarray, np.ndarray]:
    """Give a still, and one colour in its place."""
    return shot.still, np.full_like(shot.still, shot.still[4, 4])


@pytest.mark.parametrize("lang", ["en", "ar", "ur", "bn"])
def test_something_changes_about_once_a_second_until_all_is_there(lang):
    told = tell(film_job(lang))
    for scene, shot in zip(told.scenes, draw_shots(told), strict=True):
        assert isinstance(shot, Shot)
        if role_of(scene) in WHOLE_SCENES:
            assert not shot.changes
            continue
        ends = [0, *(change.end for change in shot.changes)]
        gaps = [change.start - end for change, end in zip(shot.changes, ends, strict=False)]
        assert max(gaps[1:]) <= 1.2 * tempo.RATE, (role_of(scene), gaps)
        assert gaps[0] <= 1.2 * tempo.RATE + tempo.TRANSITION, (role_of(scene), gaps)
        assert min(gaps) >= 0, "one after the other"
        assert ends[-1] <= shot.frames


def test_a_full_film_is_whole() -> None:
    """The one film of full size in these tests: its first scene and its last."""
    job = film_job("ur", "story")
    job = msgspec.structs.replace(job, scenes=(job.scenes[0], job.scenes[-1]))
    told = tell(job)
    data = make_film(job)
    assert isinstance(data, bytes)
    assert len(data) < 16_000_000, "WhatsApp's limit"
    with probe(data) as found:
        video = found.streams.video[0]
        assert (video.width, video.height, video.frames) == (1080, 1920, sum(told.frames))
        first = next(found.decode(video)).to_ndarray(format="yuv420p").astype(float)
    shot = draw_shots(told)[0]
    assert isinstance(shot, Shot)
    off = first - shot.first
    assert 10 * np.log10(255**2 / np.mean(off**2)) > 44, "dB of the first frame"
    heard = np.frombuffer(decode_sound(data).samples, "<i2") / 32767
    assert loudness(heard) == pytest.approx(BED, abs=1), "its bed of sound, when there is no voice"
    assert role_of(told.scenes[-1]) == "help"
    assert told.frames[-1] >= 3 * tempo.RATE, "the number stands for three seconds"


@pytest.mark.parametrize("lang", ["en", "ar", "bn"])
def test_the_number_is_there_as_soon_as_its_scene_is(lang):
    told = tell(film_job(lang))
    shot = draw_shots(told)[-1]
    assert isinstance(shot, Shot)
    assert shot.first is not None
    card = set_card(told.scenes[-1])
    number = next(
        place.rect
        for place, _ in card.placed
        if isinstance(place.item, TextLayer) and place.item.content == "helpline.number"
    )
    top, bottom = round(number[1]), round(number[3])
    assert np.array_equal(shot.first[top:bottom], shot.still[top:bottom])
    assert _ink(shot.first, shot.still) > 500, "the rest comes later"


def test_scenes_are_in_the_order_of_the_message_rules() -> None:
    roles = [role_of(one) for one in film_job("en").scenes]
    assert roles[0] == "fact"
    assert roles[-1] == "help"
    assert roles.index("claim") < roles.index("trick") < roles.index("figure") < roles.index("todo")


def test_the_last_scene_says_who_listens_and_who_speaks() -> None:
    job = film_job("en")
    last = say_scenes(job.scenes)[-1]
    assert job.scenes[0].frame.standing[0].printed.replace(" ", "\u00a0") in last
    assert job.scenes[0].frame.sponsor.value in last


def test_long_texts_lose_scenes_and_never_the_flag() -> None:
    job = film_job("en")
    view = cards.point("en")
    long = msgspec.structs.replace(view, warning=cards.Text("They say so to win trust. " * 8, "en"))
    scenes = tuple(msgspec.structs.replace(one, subject=long) for one in job.scenes)
    told = tell(msgspec.structs.replace(job, scenes=scenes))
    assert len(told.scenes) < len(scenes)
    for scene in told.scenes:
        layout = scene.layout.name
        assert "claim" not in layout or layout == "slide-claim"
    assert sum(told.frames) <= tempo.MOST


def test_texts_that_no_film_holds_are_a_problem() -> None:
    job = film_job("en")
    long = msgspec.structs.replace(cards.point("en"), fact=cards.Text("A long fact. " * 50, "en"))
    scenes = tuple(msgspec.structs.replace(one, subject=long) for one in job.scenes)
    found = make_film(msgspec.structs.replace(job, scenes=scenes))
    assert isinstance(found, tuple)
    assert "film-too-long" in {problem.code for problem in found}


@pytest.mark.parametrize("lang", ["en", "ar"])
def test_a_number_counts_up_to_itself_and_alone(lang: str) -> None:
    job = film_job(lang)
    scene = next(one for one in job.scenes if role_of(one) == "figure")
    assert isinstance(scene.slide, Slide)
    figure = scene.slide.figure
    assert figure is not None
    texts = counting_numbers(figure, scene)
    assert len(texts) == NUMBERS
    assert texts[-1] == figure.value.value
    assert texts[0].strip("%\u00a0\u202f ") == "0"
    sheet = sheet_of(set_card(scene))
    assert sheet is not None
    counting = count_up(scene, sheet, figure)
    assert counting is not None
    whole = planes_of(render_card(scene))
    last = onto(counting.bare, counting.numbers[-1])
    top = counting.numbers[-1].top
    bottom = top + counting.numbers[-1].planes.shape[0] * 2 // 3
    assert np.array_equal(last[top:bottom], whole[top:bottom]) or (
        np.abs(last[top:bottom].astype(int) - whole[top:bottom]).mean() < 1
    )
    words = _ink(whole, counting.bare)
    number = _ink(last, counting.bare)
    assert number < words / 1.2, "what it counts is not there yet"


def _ink(one: np.ndarray, other: np.ndarray) -> int:
    height = one.shape[0] * 2 // 3
    return int((np.abs(one[:height].astype(int) - other[:height]) > 30).sum())


def test_a_photo_is_converted_as_a_palette_is() -> None:
    data = render_card(cards.job("en", "fact", "square"))
    with Image.open(io.BytesIO(data)) as image:
        out = io.BytesIO()
        image.convert("RGB").save(out, "PNG")
    assert np.array_equal(planes_of(data), planes_of(out.getvalue()))


def test_white_and_black_are_of_limited_range() -> None:
    for colour, luma in (("#ffffff", 235), ("#000000", 16), ("#ff0000", 63)):
        out = io.BytesIO()
        Image.new("RGB", (8, 8), colour).save(out, "PNG")
        assert planes_of(out.getvalue())[0, 0] == luma
