"""Show on a terminal how far a long command is, and how long it still takes."""

from __future__ import annotations

import sys
import time
from typing import Self

import click

WAIT = 0.5
"""Seconds before anything is shown: what is done by then needs no bar."""

LONG = 5.0
"""Seconds from which the time left is told: before, it is guessed from too little."""

WIDTH = 32
"""Columns of the bar."""


class ProgressBar:
    """Draw a bar on standard error where that is a terminal."""

    def __init__(self, *, shown: bool) -> None:
        """Start the clock; ``shown`` is False where nothing is to be drawn."""
        self.shown = shown and sys.stderr.isatty()
        self.began = time.monotonic()
        self.drawn = False

    def __enter__(self) -> Self:
        """Give itself."""
        return self

    def __exit__(self, *_: object) -> None:
        """Wipe the bar away."""
        self.close()

    def update(self, done: int, total: int) -> None:
        """Draw that ``done`` of ``total`` outputs are made."""
        gone = time.monotonic() - self.began
        if not self.shown or gone < WAIT:
            return
        self.drawn = True
        filled = WIDTH * done // max(total, 1)
        bar = "█" * filled + "·" * (WIDTH - filled)
        click.echo(
            f"\r\033[K{bar} {done}/{total}{time_left(gone, done, total)}", nl=False, err=True
        )

    def close(self) -> None:
        """Wipe the bar away."""
        if self.drawn:
            click.echo("\r\033[K", nl=False, err=True)
            self.drawn = False


def time_left(gone: float, done: int, total: int) -> str:
    """Say how long it still takes at the same pace.

    Args:
        gone: seconds since the beginning.
        done: outputs made.
        total: outputs to make.

    Returns:
        Such as ``, 2:05 left``; nothing before ``LONG`` seconds, or when nothing is left.
    """
    if gone < LONG or not 0 < done < total:
        return ""
    seconds = round(gone / done * (total - done))
    return f", {seconds // 60}:{seconds % 60:02d} left"
