"""Draw the card with stopjihad, problems looked for and words fitted; prints JSON."""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests"))

from stopjihad.render.card import make_card  # noqa: E402
from stopjihad.render.card.look import HUES  # noqa: E402

from support import cards  # noqa: E402


def main() -> None:
    """Render the cards of a specification again and again."""
    spec = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    themes, drawings = sorted(HUES), sorted(cards.drawings())
    jobs = [
        cards.job(
            "en",
            cards.FAMILIES[at % len(cards.FAMILIES)],
            subject=cards.point(fact=cards.Text(card["fact"], card["lang"])),
            drawing=cards.drawings()[drawings[at % len(drawings)]],
            theme=themes[at % len(themes)],
            tone=cards.TONES[at % len(cards.TONES)],
        )
        for at, card in enumerate(spec["cards"])
    ]
    first = make_card(jobs[0])
    assert isinstance(first, bytes)
    Path(sys.argv[3]).write_bytes(first)
    images = size = 0
    begun, before = time.perf_counter(), time.process_time()
    while time.perf_counter() - begun < float(sys.argv[2]):
        size += len(make_card(jobs[images % len(jobs)]))
        images += 1
    cpu, seconds = time.process_time() - before, time.perf_counter() - begun
    print(json.dumps({"images": images, "cpu": cpu, "seconds": seconds, "bytes": size}))


if __name__ == "__main__":
    main()
