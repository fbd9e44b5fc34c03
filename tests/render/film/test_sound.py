"""The bed of a film: as loud as another program measures it, and the same each time."""

from __future__ import annotations

from fractions import Fraction

import av
import numpy as np
import pytest
from stopjihad.render.film.encoder import SAMPLES, Track
from stopjihad.render.film.sound import BED, SILENCE, loudness, make_bed


def measured(track: Track) -> float:
    """Let FFmpeg measure the integrated loudness of a track, in LUFS."""
    graph = av.filter.Graph()
    form = f"time_base=1/{SAMPLES}:sample_rate={SAMPLES}:sample_fmt=s16:channel_layout=mono"
    source = graph.add("abuffer", form)
    meter = graph.add("ebur128", "framelog=quiet:metadata=1")
    sink = graph.add("abuffersink")
    source.link_to(meter)
    meter.link_to(sink)
    graph.configure()
    samples, found = samples_of(track), 0.0
    for start in range(0, len(samples), 4800):
        piece = np.ascontiguousarray(samples[start : start + 4800].reshape(1, -1))
        frame = av.AudioFrame.from_ndarray(piece, format="s16", layout="mono")
        frame.sample_rate, frame.pts, frame.time_base = SAMPLES, start, Fraction(1, SAMPLES)
        source.push(frame)
        while True:
            try:
                found = float(dict(sink.pull().metadata).get("lavfi.r128.I", found))
            except (av.error.BlockingIOError, av.error.EOFError):
                break
    return found


def samples_of(track: Track) -> np.ndarray:
    return np.frombuffer(track.samples, dtype="<i2")


@pytest.mark.parametrize("grave", [False, True])
@pytest.mark.parametrize("seed", ["letters-home", "mosul-paid-the-price"])
def test_a_bed_is_as_quiet_as_another_program_says(seed, grave):
    track = make_bed(360, 30, seed, grave=grave)
    assert track.seconds == 12
    assert measured(track) == pytest.approx(BED, abs=0.5)
    assert loudness(samples_of(track) / 32767) == pytest.approx(measured(track), abs=0.1)


def test_loudness_is_that_of_a_tone_by_definition():
    at = np.arange(5 * SAMPLES) / SAMPLES
    assert loudness(np.sin(2 * np.pi * 997 * at)) == pytest.approx(-3.01, abs=0.05)
    assert loudness(np.zeros(SAMPLES)) == SILENCE
    assert loudness(np.zeros(10)) == SILENCE


def test_a_bed_is_the_same_each_time_begins_and_ends_softly_and_differs_by_subject():
    made = make_bed(300, 30, "a", grave=False)
    assert made == make_bed(300, 30, "a", grave=False)
    assert made != make_bed(300, 30, "b", grave=False)
    assert made != make_bed(300, 30, "a", grave=True)
    samples = np.abs(samples_of(made).astype(int))
    assert max(samples[:480].max(), samples[-480:].max()) < samples.max() / 20
    assert samples.max() < 32767 / 4
