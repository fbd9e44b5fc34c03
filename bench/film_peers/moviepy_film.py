"""Make a film of four pictures with MoviePy; arguments: seconds, the film's file, the pictures."""

from __future__ import annotations

import sys

from moviepy import AudioClip, CompositeVideoClip, ImageClip, vfx  # type: ignore[import-not-found]

FADE = 0.5


def main() -> None:
    """Make the film: crossfades, silence, one thread, the preset that ours uses."""
    seconds, out, *pictures = sys.argv[1:]
    share = float(seconds) / len(pictures)
    clips = []
    for at, picture in enumerate(pictures):
        clip = ImageClip(picture, duration=share + (FADE if at < len(pictures) - 1 else 0))
        clip = clip.with_start(at * share)
        clips.append(clip.with_effects([vfx.CrossFadeIn(FADE)]) if at else clip)
    film = CompositeVideoClip(clips).with_duration(float(seconds))
    silence = AudioClip(lambda t: 0 * t, duration=float(seconds), fps=48000)
    film.with_audio(silence).write_videofile(
        out,
        fps=30,
        codec="libx264",
        audio_codec="aac",
        preset="superfast",
        threads=1,
        ffmpeg_params=["-crf", "25", "-pix_fmt", "yuv420p", "-movflags", "+faststart"],
        logger=None,
    )


if __name__ == "__main__":
    main()
