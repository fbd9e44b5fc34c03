"""Draw the card with stopjihad, problems looked for and words fitted; prints JSON.

A number before the words makes each card another one: what a process keeps of texts is no help.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

REPOSITORY = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(REPOSITORY / "tests"))

from stopjihad.draw import CardJob, make_card  # noqa: E402
from stopjihad.view.look import HUES  # noqa: E402

from support import cards  # noqa: E402

WARM = 10
"""Cards drawn before the clock starts, as many as each engine draws."""


def job(number: int, text: str, lang: str) -> CardJob:
    """Make the job of a card: families, drawings, themes and tones in turn."""
    themes, drawings = sorted(HUES), sorted(cards.drawings())
    return cards.job(
        "en",
        cards.FAMILIES[number % len(cards.FAMILIES)],
        subject=cards.point(fact=cards.Text(f"{number} {text}", lang)),
        drawing=cards.drawings()[drawings[number % len(drawings)]],
        theme=themes[number % len(themes)],
        tone=cards.TONES[number % len(cards.TONES)],
    )


def main() -> None:
    """Render the cards of a specification again and again."""
    spec = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    told = [(card["fact"], card["lang"]) for card in spec["cards"]]
    for number in range(WARM):
        made = make_card(job(number, *told[number % len(told)]))
        assert isinstance(made, bytes)
        if number == 0:
            Path(sys.argv[3]).write_bytes(made)
    images = size = 0
    begun, before = time.perf_counter(), time.process_time()
    while time.process_time() - before < float(sys.argv[2]):
        size += len(make_card(job(images, *told[images % len(told)])))
        images += 1
    cpu, seconds = time.process_time() - before, time.perf_counter() - begun
    print(json.dumps({"images": images, "cpu": cpu, "seconds": seconds, "bytes": size}))


if __name__ == "__main__":
    main()
