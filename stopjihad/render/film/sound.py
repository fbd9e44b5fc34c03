"""Make the quiet bed of sound of a film without a voice, and measure how loud sound is.

The bed is computed, so nobody holds rights in it: the tone of a room, and, unless the talking point
is grave, an open fifth far behind it. It has no third and no beat: it says neither sad nor glad.
Some platforms mute or hide what has no sound at all; most people hear none of it.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING

from stopjihad.render.film.encoder import SAMPLES, Track

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Samples = NDArray[np.float64]
    """Mono, ``SAMPLES`` a second; 1.0 is full scale."""


BED = -32.0
"""LUFS of a bed: 16 LU below speech, which stands at -16 for listeners on the move (AES TD1008,
2021): it covers no word that somebody says beside it."""

NOTES = (110.0, 164.81, 220.0, 329.63, 440.0)
"""Hz of the chord: a, e and their octaves."""

ROOM = (70.0, 1800.0)
"""Hz between which a room sounds."""

RISES, FALLS = 0.6, 1.2
"""Seconds in which a bed comes and goes."""


def make_bed(frames: int, rate: int, seed: str, *, grave: bool) -> Track:
    """Make the bed of a film.

    Args:
        rate: frames a second.
        seed: what is about another subject sounds a little different.
        grave: whether no chord is heard behind the room.
    """
    import numpy as np

    size = frames * SAMPLES // rate
    number = int.from_bytes(hashlib.sha256(seed.encode()).digest()[:8], "big")
    chance = np.random.Generator(np.random.PCG64(number))
    made = _room(size, chance)
    if not grave:
        made = made + 1.6 * _chord(size, chance)
    made *= _envelope(size)
    # In steps of 1/64 dB: the last bit of a sum differs by machine.
    gain = round(64 * (BED - loudness(made))) / 64
    made *= 10 ** (gain / 20)
    return Track(np.rint(made * 32767).astype("<i2").tobytes())


def _room(size: int, chance: np.random.Generator) -> Samples:
    """Make the tone of a room: noise that grows softer with its height, of about 1 in power."""
    import numpy as np

    spectrum = np.fft.rfft(chance.standard_normal(size))
    pitch = np.fft.rfftfreq(size, 1 / SAMPLES)
    low, high = ROOM
    shape = (
        1
        / (1 + (low / np.maximum(pitch, 1.0)) ** 4)
        / (1 + (pitch / 250))
        / (1 + (pitch / high) ** 4)
    )
    made = np.fft.irfft(spectrum * shape, size)
    return np.asarray(made / max(float(np.sqrt(np.mean(made**2))), 1e-9))


def _chord(size: int, chance: np.random.Generator) -> Samples:
    """Make a chord whose notes swell one after the other, of about 1 in power."""
    import numpy as np

    at = np.arange(size) / SAMPLES
    made = np.zeros(size)
    for index, pitch in enumerate(NOTES):
        slow, begin, phase = chance.uniform(0.08, 0.16), *chance.uniform(0, 2 * np.pi, 2)
        swell = 0.6 + 0.4 * np.sin(2 * np.pi * slow * at + begin)
        made += swell / (1 + index) * np.sin(2 * np.pi * pitch * at + phase)
    return np.asarray(made / max(float(np.sqrt(np.mean(made**2))), 1e-9))


def _envelope(size: int) -> Samples:
    """Let sound come and go: nothing clicks at the ends."""
    import numpy as np

    at = np.arange(size) / SAMPLES
    ends = np.minimum(at / RISES, (size / SAMPLES - at) / FALLS)
    return np.asarray(np.clip(ends, 0, 1) ** 2)


BLOCK, HOP = 0.4, 0.1
"""Seconds of a block whose loudness is taken, and between two of them (ITU-R BS.1770-5, annex
1)."""

SILENCE, GATE = -70.0, -10.0
"""LUFS below which a block counts for nothing; LU below the mean of the others from which on."""

OFFSET = -0.691
"""What makes a tone of 997 Hz at full scale in one channel -3.01 LUFS."""

_STAGES = (
    (
        (1.53512485958697, -2.69169618940638, 1.19839281085285),
        (-1.69065929318241, 0.73248077421585),
    ),
    ((1.0, -2.0, 1.0), (-1.99004745483398, 0.99007225036621)),
)
"""Numerators and denominators of the two filters of K-weighting at 48 kHz, the same source."""


def loudness(samples: Samples) -> float:
    """Measure the integrated loudness of mono sound in LUFS (EBU R 128); at least ``SILENCE``."""
    import numpy as np

    power = _weigh(samples) ** 2
    block, hop = round(BLOCK * SAMPLES), round(HOP * SAMPLES)
    if len(power) < block:
        return SILENCE
    sums = np.concatenate(([0.0], np.cumsum(power)))
    starts = np.arange(0, len(power) - block + 1, hop)
    means = (sums[starts + block] - sums[starts]) / block
    heard = means[_lufs(means) > SILENCE]
    if not len(heard):
        return SILENCE
    heard = heard[_lufs(heard) > _lufs(heard.mean()) + GATE]
    return float(_lufs(heard.mean()))


def _lufs(power: Samples | float) -> Samples:
    import numpy as np

    return np.asarray(OFFSET + 10 * np.log10(np.maximum(power, 1e-12)))


def _weigh(samples: Samples) -> Samples:
    """Weigh sound as ears do; its end is padded, or it would ring into its beginning."""
    import numpy as np

    size = len(samples) + SAMPLES
    turn = np.exp(-2j * np.pi * np.fft.rfftfreq(size, 1 / SAMPLES) / SAMPLES)
    weight = np.ones_like(turn)
    for (first, second, third), (fourth, fifth) in _STAGES:
        weight *= (first + turn * (second + turn * third)) / (1 + turn * (fourth + turn * fifth))
    return np.asarray(np.fft.irfft(np.fft.rfft(samples, size) * weight, size)[: len(samples)])
