"""Draw four cards and make a film of them; arguments: seconds, the film's file."""

from __future__ import annotations

import sys
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests"))

import msgspec  # noqa: E402
from stopjihad.plan.film_story import tell  # noqa: E402
from stopjihad.render.film.encoder import encode  # noqa: E402
from stopjihad.render.film.film import draw_shots  # noqa: E402
from stopjihad.render.film.motion import Shot, play  # noqa: E402
from stopjihad.view.tempo import RATE  # noqa: E402

from support.films import film_job  # noqa: E402

ROLES = {"slide-claim", "slide-figure", "film-help", "film-fact"}


def main() -> None:
    """Make the film."""
    job = film_job("ar", "story")
    scenes = tuple(one for one in job.scenes if one.layout.name in ROLES)
    told = tell(msgspec.structs.replace(job, scenes=scenes))
    share = round(float(sys.argv[1]) * RATE / len(scenes))
    frames = tuple(share for _ in scenes)
    shots = [
        one
        for one in draw_shots(told._replace(scenes=scenes, frames=frames))
        if isinstance(one, Shot)
    ]
    Path(sys.argv[2]).write_bytes(encode(play(shots, mirrored=True)))


if __name__ == "__main__":
    main()
