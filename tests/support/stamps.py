"""Wait until files are old enough for their stamps to be believed."""

from __future__ import annotations

import time
from pathlib import Path

from stopjihad.disk.stamp import TICK_NS, believable


def wait_until_believed(folder: Path) -> None:
    """Wait until every file below would be believed.

    That takes two ticks, or two seconds where the clock stamped a file with a whole second.
    """
    while not all(
        believable(path.stat(), time.time_ns() - TICK_NS)
        for path in folder.rglob("*")
        if path.is_file()
    ):
        time.sleep(TICK_NS / 1e9)
