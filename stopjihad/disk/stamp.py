"""Tell by stamps whether a file or folder is still the one that was seen, as git's index does.

A stamp is size, inode, time of modification and time of change: the last one no program can set. A
stamp that another write in the same tick of the clock could share is not believed.
"""

from __future__ import annotations

import os

TICK_NS = 20_000_000
"""Nanoseconds in which two writes may get the same time: Linux stamps files with the clock of its
timer, which ticks every 1 to 10 ms (CONFIG_HZ 1000 to 100); twice the longest."""

COARSE_TICK_NS = 2_000_000_000
"""The same where files carry whole seconds; FAT keeps two (Microsoft, FAT specification)."""

NEVER = 0
"""Stamp time that no file has: never believed."""


def believable(state: os.stat_result, now: int) -> int:
    """Give the time of change to keep in a mark, or `NEVER` when it is too fresh to be believed.

    Args:
        state: as the system gave it a moment ago.
        now: time of the same file system in nanoseconds, from just before.
    """
    tick = COARSE_TICK_NS if has_whole_seconds(state) else TICK_NS
    latest = max(state.st_mtime_ns, state.st_ctime_ns)
    return state.st_ctime_ns if latest < now - tick else NEVER


def has_whole_seconds(state: os.stat_result) -> bool:
    """Tell whether times are given in whole seconds, as file systems do that know no finer ones."""
    return not (state.st_mtime_ns % 1_000_000_000 or state.st_ctime_ns % 1_000_000_000)
