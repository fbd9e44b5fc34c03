"""What the encoder writes is what platforms take."""

from __future__ import annotations

import hashlib
import multiprocessing
from concurrent.futures import ProcessPoolExecutor
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from stopjihad.render.film.encoder import (
    SAMPLES,
    boxes_of,
    decode_sound,
    encode,
    encode_sound,
    index_first,
)
from stopjihad.render.film.motion import Shot, play
from stopjihad.view.tempo import TRANSITION, movement

from support.films import SIZE, field, probe, small_shots, tone


@pytest.fixture(scope="module")
def film() -> bytes:
    return encode(play(small_shots(), mirrored=False))


def small_film(_: int) -> str:
    """Make the small film in a process of its own; gives its digest."""
    return hashlib.sha256(encode(play(small_shots(), mirrored=False))).hexdigest()


def test_platforms_take_it(film: bytes) -> None:
    with probe(film) as found:
        (video,), (audio,) = found.streams.video, found.streams.audio
        context = video.codec_context
        assert (context.name, context.pix_fmt, context.profile) == ("h264", "yuv420p", "High")
        assert (context.width, context.height) == SIZE
        tags = context.color_primaries, context.color_trc, context.colorspace, context.color_range
        assert [int(tag) for tag in tags] == [1, 1, 1, 1], "BT.709, limited range"
        assert not context.has_b_frames
        assert (audio.codec_context.name, audio.rate, audio.layout.name) == ("aac", 48_000, "mono")
        assert video.frames == 255
        assert video.average_rate == video.guessed_rate == 30
        assert video.duration * video.time_base == Fraction(255, 30)


def test_every_picture_stands_equally_long_from_the_first(film: bytes) -> None:
    with probe(film) as found:
        packets = [one for one in found.demux(video=0) if one.pts is not None]
    assert packets[0].pts == packets[0].dts == 0
    assert {after.pts - before.pts for before, after in pairwise(packets)} == {packets[0].duration}
    keys = [at for at, one in enumerate(packets) if one.is_keyframe]
    assert max(b - a for a, b in pairwise([*keys, len(packets)])) <= 60, "groups of two seconds"


def test_the_index_comes_first_and_there_is_no_edit_list(film: bytes) -> None:
    kinds = [kind for kind, _, _ in boxes_of(film, 0, len(film))]
    assert kinds.index(b"moov") < kinds.index(b"mdat")
    assert b"edts" not in film
    assert b"elst" not in film


def test_an_index_that_is_first_already_is_refused(film: bytes) -> None:
    with pytest.raises(ValueError, match="not its last box"):
        index_first(film)


def test_the_first_frame_is_the_still(film: bytes) -> None:
    with probe(film) as found:
        frame = next(found.decode(video=0)).to_ndarray(format="yuv420p")
    off = np.abs(frame.astype(int) - small_shots()[0].still.astype(int))
    assert off.max() <= 12
    assert off.mean() < 0.5


def test_nothing_flashes(film: bytes) -> None:
    """WCAG 2.2 allows three flashes in a second; a push gives one at most, a fade none."""
    with probe(film) as found:
        frames = [one.to_ndarray(format="gray")[::8, ::8] for one in found.decode(video=0)]
    light = np.stack(frames).astype(float) / 255
    assert max(_turns(light[at : at + 30]) for at in range(0, len(light) - 30, 5)) <= 3
    blinking = np.stack([np.full((2, 2), at // 3 % 2 * 0.5) for at in range(30)])
    assert _turns(blinking) > 6, "the measure sees what flashes"


def _turns(light: np.ndarray) -> int:
    """Count the changes of a tenth in the other direction, at the place that has most of them."""
    low, high, way = light[0].copy(), light[0].copy(), np.zeros(light[0].shape, dtype=int)
    count = np.zeros(light[0].shape, dtype=int)
    for now in light[1:]:
        high, low = np.maximum(high, now), np.minimum(low, now)
        up, down = (now - low > 0.1) & (way <= 0), (high - now > 0.1) & (way >= 0)
        count += up | down
        way = np.where(up, 1, np.where(down, -1, way))
        high, low = np.where(up | down, now, high), np.where(up | down, now, low)
    return int(count.max())


def test_the_same_bytes_here_again_and_in_two_processes(film: bytes) -> None:
    wanted = hashlib.sha256(film).hexdigest()
    assert small_film(0) == wanted
    context = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        assert list(pool.map(small_film, range(2))) == [wanted, wanted]


def test_a_push_comes_from_the_end_side_and_a_fade_blends() -> None:
    shots = [Shot(field(40), 60, "cut"), Shot(field(150), 60, "push")]
    for mirrored in (False, True):
        frames = [planes for planes, _ in play(shots, mirrored=mirrored)]
        middle = frames[1 + TRANSITION // 2][2]
        near, far = (middle[-1], middle[0]) if mirrored else (middle[0], middle[-1])
        assert (near, far) == (40, 150)
    faded = [
        planes for planes, _ in play([shots[0], shots[1]._replace(entry="fade")], mirrored=False)
    ]
    levels = [int(planes[2, 0]) for planes in faded]
    assert levels == sorted(levels)
    assert len(set(levels)) > TRANSITION // 2


def test_words_never_stand_on_words_in_a_fade() -> None:
    """Two texts could be read through each other for ten frames."""
    rows, old, new = slice(200, 220), slice(20, 60), slice(100, 140)
    first, second = field(60), field(140)
    shots = [
        Shot(_worded(first, rows, old), 60, "cut", ground=first),
        Shot(_worded(second, rows, new), 60, "fade", ground=second),
    ]
    frames = [planes for planes, _ in play(shots, mirrored=False)]
    seen = [
        tuple(int(abs(int(one[210, part.start]) - int(one[210, 5]))) for part in (old, new))
        for one in frames
    ]
    assert seen[0][0] == seen[-1][1] == 80
    assert all(min(both) <= 1 for both in seen), seen
    assert [one for one, _ in seen] == sorted((one for one, _ in seen), reverse=True)
    assert [other for _, other in seen] == sorted(other for _, other in seen)
    behind = [int(one[210, 5]) for one in frames]
    assert behind == sorted(behind)
    assert len(set(behind)) > TRANSITION // 2


def _worded(ground: np.ndarray, rows: slice, columns: slice) -> np.ndarray:
    made = ground.copy()
    made[rows, columns] += 80
    return made


def test_shots_stand_as_long_as_they_say() -> None:
    assert sum(count for _, count in play(small_shots(), mirrored=True)) == 255
    assert movement(counts=False) == TRANSITION


def test_a_voice_is_heard_and_then_silence() -> None:
    track = decode_sound(tone(2.0))
    assert len(track.samples) == pytest.approx(2 * 2 * SAMPLES, rel=0.01)
    data = encode(play(small_shots(), mirrored=False), track)
    with probe(data) as found:
        sound = np.concatenate([one.to_ndarray()[0] for one in found.decode(audio=0)])
    second = SAMPLES
    assert np.abs(sound[second // 2 : second]).mean() > 0.05
    assert np.abs(sound[4 * second : 5 * second]).max() < 0.01


def test_a_voice_alone_is_opus_with_the_same_bytes() -> None:
    track = decode_sound(tone(1.0))
    data = encode_sound(track)
    assert data == encode_sound(track)
    with probe(data) as found:
        assert found.streams.audio[0].codec_context.name == "opus"
        assert float(found.duration / 1e6) == pytest.approx(1.0, abs=0.1)


def test_what_is_no_sound_is_refused() -> None:
    with pytest.raises(ValueError, match="no sound"):
        decode_sound(b"not a sound")
