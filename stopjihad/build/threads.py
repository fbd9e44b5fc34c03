"""Do the same to many paths, several at a time."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from stopjihad.build.execute import processors

MANY = 500
"""Operations from which starting threads pays: they take about 0.2 ms to start, and 500 folders
20 ms to create (measured on ext4)."""


def in_threads(act: Callable[[Sequence[str]], object], paths: Sequence[str]) -> None:
    """Do something to many paths, in shares; the disk serves several threads at once.

    Neighbours stay in one thread: two threads in one folder would wait for each other.

    Args:
        act: does it to the paths of a share.
        paths: sorted.

    Raises:
        OSError: what ``act`` raises first.
    """
    count = processors()
    if len(paths) < MANY or count == 1:
        act(paths)
        return
    from concurrent.futures import ThreadPoolExecutor

    share = -(-len(paths) // count)
    with ThreadPoolExecutor(count) as executor:
        parts = [paths[start : start + share] for start in range(0, len(paths), share)]
        for done in [executor.submit(act, part) for part in parts]:
            done.result()
