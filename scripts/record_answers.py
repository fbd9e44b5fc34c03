"""Ask the platforms' own libraries about the test texts, and record their answers.

Usage, in a folder of your own::

    npm install twitter-text@3.1.0 sms-segments-calculator@1.3.0 @atproto/api@0.19.19
    python <repository>/scripts/record_answers.py
"""  # noqa: INP001 (a script, not a package)

from __future__ import annotations

import json
import sys
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
sys.path.insert(0, str(REPOSITORY / "tests"))

from support.oracles import ORACLES, ask  # noqa: E402 - the path is set above
from support.texts import texts  # noqa: E402

SEED = 20261124
NUMBERS = {"x": 6000, "sms": 2000, "bluesky": 1500}


def main() -> None:
    """Write ``tests/data/<oracle>.jsonl``: one text and its answer a line."""
    for name in ORACLES:
        asked = texts(NUMBERS[name], SEED)
        answers = ask(name, asked, Path.cwd())
        lines = [
            json.dumps(pair, ensure_ascii=True, separators=(",", ":"))
            for pair in zip(asked, answers, strict=True)
        ]
        (REPOSITORY / f"tests/data/{name}.jsonl").write_text("\n".join(lines) + "\n", "ascii")


if __name__ == "__main__":
    main()
