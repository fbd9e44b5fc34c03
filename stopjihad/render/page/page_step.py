"""Plan one page: its path, and what all pages of a language are made from."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from sys import intern

from stopjihad.model import input_names
from stopjihad.model.step import Step


def page_step(
    lang: str,
    rest: str,
    kind: str,
    inputs: Iterable[str],
    params: Iterable[tuple[str, str]],
) -> Step:
    """Plan a page of a language.

    Args:
        rest: its path below the folder of the language.
        inputs: names of what it is made from beside what all pages of the language are.
    """
    common = ("theme", "assets", *input_names.page_inputs(lang))
    path = f"{lang}/{rest}"
    same = (("kind", kind), ("kit", "true"), ("lang", lang))
    return Step(
        f"site/{path}",
        "page",
        tuple(sorted(map(intern, (*common, *inputs)))),
        tuple(sorted((*map(_share_pair, (*params, *same)), ("path", path)))),
    )


@lru_cache(maxsize=1 << 10)
def _share_pair(param: tuple[str, str]) -> tuple[str, str]:
    """Give one and the same pair for equal ones: thousands of pages have nearly all in common."""
    return param


def number_params(number: int, count: int) -> tuple[tuple[str, str], ...]:
    """Say which page of a list a page is, where there are several."""
    return (("number", str(number)), ("count", str(count))) if count > 1 else ()
