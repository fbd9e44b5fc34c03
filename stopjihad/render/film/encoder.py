"""Write frames and sound as one MP4 file that every platform takes: the only place that knows PyAV.

Settings are those measured in docs/films.md: one thread (two give other bytes), no B-frames (so no
edit list), closed groups of two seconds, the index before the data, no time and no name of a
program in the file.

The index of a file is moved before its data, so that a film plays while it is still loading: FFmpeg
does it only in files that it can open again by name; ours are made in memory (ISO/IEC 14496-12,
section 4.2: boxes of size and type; 8.7.5: where chunks of data begin).
"""

from __future__ import annotations

import io
import struct
from collections.abc import Iterable, Iterator
from fractions import Fraction
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.view.tempo import RATE

if TYPE_CHECKING:
    from av import AudioFrame, AudioStream, Packet, VideoStream
    from av.container import OutputContainer

    from stopjihad.render.film.planes import Planes


SAMPLES = 48_000
"""Samples a second of the sound track; platforms take 48 kHz at most."""

BT709 = 1
"""Primaries, transfer and matrix of BT.709 (ITU-T H.273)."""

PRIMING = 1024
"""Samples that AAC puts before the first: the sound begins as much later (21 ms), or else the first
picture would stand longer than the others."""

STANDS = RATE // 2
"""Frames from which on a picture stands still: it begins with a picture of its own, since one told
by its differences from a moving one would be less sharp until the next group."""

_X264: dict[str, object] = {
    "preset": "superfast",
    "qp": "27",
    "bf": "0",
    "g": "60",
    "forced-idr": "1",
    "threads": "1",
    "x264-params": "open-gop=0:colorprim=bt709:transfer=bt709:colormatrix=bt709"
    ":subme=0:partitions=none:scenecut=0:weightp=0:no-deblock=1",
}
"""Stills need no search for motion, no smoothing of blocks, and no look at each picture before its
quality is chosen: half the time of ``veryfast``; the first frame is nearer to its card (51 dB
beside 48), the file a third larger (measured)."""

_MP4 = {"use_editlist": "0", "fflags": "+bitexact"}


class Track(NamedTuple):
    """Hold a sound track: 16-bit mono samples at ``SAMPLES`` a second; empty for silence."""

    samples: bytes = b""

    @property
    def seconds(self) -> float:
        """How long it lasts."""
        return len(self.samples) / 2 / SAMPLES


SILENT = Track()


def encode(frames: Iterable[tuple[Planes, int]], track: Track = SILENT) -> bytes:
    """Encode a film.

    Args:
        frames: planes, all of one size, and for how many frames each stands.
        track: what is heard; shorter ones end in silence, longer ones are cut.

    Returns:
        An MP4 file: H.264 in yuv420p at ``RATE`` frames a second, and AAC. The same bytes for the
        same arguments and the same libraries.
    """
    import av
    from av.video.frame import PictureType

    out = io.BytesIO()
    with av.open(out, "w", format="mp4", options=_MP4) as container:
        sound = _Sound(container, track)
        stream: VideoStream | None = None
        shown = 0
        for planes, count in frames:
            if stream is None:
                stream = _picture(container, planes)
            frame = av.VideoFrame.from_ndarray(planes, format="yuv420p")
            for at in range(count):
                frame.pts = shown
                whole = at == 0 and count >= STANDS
                frame.pict_type = PictureType.I if whole else PictureType.NONE
                _mux(container, stream.encode(frame))
                shown += 1
                sound.reach(shown)
        if stream is not None:
            _mux(container, stream.encode(None))
        sound.close()
    return index_first(out.getvalue())


def encode_sound(track: Track) -> bytes:
    """Encode a sound track alone, for messengers: Opus in an Ogg file; the same bytes each time."""
    import av

    out = io.BytesIO()
    with av.open(out, "w", format="ogg", options={"fflags": "+bitexact"}) as container:
        stream: AudioStream = container.add_stream("libopus", rate=SAMPLES, layout="mono")
        stream.bit_rate = 32_000
        for frame in _pieces(track.samples, 960, "s16"):
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return out.getvalue()


def decode_sound(data: bytes) -> Track:
    """Decode a recorded voice.

    Args:
        data: any sound file that FFmpeg reads; stereo is mixed to mono.

    Raises:
        ValueError: nothing can be decoded.
    """
    import av

    found = bytearray()
    try:
        with av.open(io.BytesIO(data), "r") as container:
            resampler = av.AudioResampler(format="s16", layout="mono", rate=SAMPLES)
            for frame in container.decode(audio=0):
                for piece in resampler.resample(frame):
                    found += bytes(piece.planes[0])[: piece.samples * 2]
            for piece in resampler.resample(None):
                found += bytes(piece.planes[0])[: piece.samples * 2]
    except (av.FFmpegError, IndexError) as error:
        raise ValueError(f"no sound that can be decoded: {error}") from error
    if not found:
        raise ValueError("no sound in it")
    return Track(bytes(found))


def _picture(container: OutputContainer, planes: Planes) -> VideoStream:
    stream: VideoStream = container.add_stream("libx264", rate=RATE)
    stream.width, stream.height = planes.shape[1], planes.shape[0] * 2 // 3
    stream.pix_fmt = "yuv420p"
    stream.options = dict(_X264)
    context = stream.codec_context
    context.time_base = Fraction(1, RATE)
    context.color_range = BT709
    context.colorspace = context.color_primaries = context.color_trc = BT709
    return stream


def _mux(container: OutputContainer, packets: Iterable[Packet[VideoStream]]) -> None:
    """Give every picture the same duration: the last one would be made as long as the sound."""
    for packet in packets:
        packet.duration = 1 if packet.time_base is None else int(1 / (RATE * packet.time_base))
        container.mux(packet)


class _Sound:
    """Encode sound as far as pictures have come: players need both close together."""

    def __init__(self, container: OutputContainer, track: Track) -> None:
        self._container, self._track = container, track
        self._stream: AudioStream = container.add_stream("aac", rate=SAMPLES, layout="mono")
        self._stream.bit_rate = 96_000
        self._pieces: Iterator[AudioFrame] | None = None
        self._heard = self._wanted = 0

    def reach(self, frames: int) -> None:
        """Encode sound up to a number of pictures."""
        self._wanted = frames * SAMPLES // RATE
        size = self._stream.codec_context.frame_size or 1024
        while self._heard + size <= self._wanted:
            self._encode(size)

    def _encode(self, size: int) -> None:
        start = self._heard * 2
        data = self._track.samples[start : start + size * 2].ljust(size * 2, b"\0")
        frame = _frame(data, "s16")
        frame.pts = self._heard + PRIMING
        self._container.mux(self._stream.encode(frame))
        self._heard += size

    def close(self) -> None:
        """Encode what is left."""
        if self._wanted > self._heard:
            self._encode(self._wanted - self._heard)
        self._container.mux(self._stream.encode(None))


def _pieces(samples: bytes, size: int, form: str) -> Iterator[AudioFrame]:
    for start in range(0, len(samples), size * 2):
        frame = _frame(samples[start : start + size * 2].ljust(size * 2, b"\0"), form)
        frame.pts = start // 2
        yield frame


def _frame(data: bytes, form: str) -> AudioFrame:
    import av
    import numpy as np

    frame = av.AudioFrame.from_ndarray(
        np.frombuffer(data, dtype=np.int16).reshape(1, -1), format=form, layout="mono"
    )
    frame.sample_rate = SAMPLES
    frame.time_base = Fraction(1, SAMPLES)
    return frame


HEAD = 8
"""Bytes of a box's size and type."""

INDEX = b"moov"

_HOLDERS = frozenset({INDEX, b"trak", b"mdia", b"minf", b"stbl"})
"""Boxes on the way to the places of chunks."""


def index_first(data: bytes) -> bytes:
    """Put the index after the file's type.

    Args:
        data: an MP4 file below 4 GiB whose index stands after its data.

    Raises:
        ValueError: there is no index after the data.
    """
    boxes = {kind: data[start:end] for kind, start, end in boxes_of(data, 0, len(data))}
    if list(boxes)[-1:] != [INDEX]:
        raise ValueError("the index of the film is not its last box")
    index = bytearray(boxes.pop(INDEX))
    _move(index, 0, len(index), len(index))
    first, *rest = boxes.values()
    return b"".join((first, bytes(index), *rest))


def boxes_of(data: bytes | bytearray, start: int, end: int) -> Iterator[tuple[bytes, int, int]]:
    """Walk the boxes of a part of a file.

    Yields:
        Type, first byte and byte after the last of each.

    Raises:
        ValueError: a box does not fit.
    """
    while start < end:
        size, kind = struct.unpack_from(">I4s", data, start)
        if size < HEAD or start + size > end:
            raise ValueError(f"a box {kind!r} of {size} bytes does not fit")
        yield bytes(kind), start, start + size
        start += size


def _move(index: bytearray, start: int, end: int, by: int) -> None:
    """Tell every place of a chunk that it moves ``by`` bytes, in place."""
    for kind, first, last in boxes_of(index, start, end):
        if kind in _HOLDERS:
            _move(index, first + HEAD, last, by)
        elif kind == b"stco":
            (count,) = struct.unpack_from(">I", index, first + HEAD + 4)
            form, at = f">{count}I", first + HEAD + 8
            places = struct.unpack_from(form, index, at)
            struct.pack_into(form, index, at, *(place + by for place in places))
