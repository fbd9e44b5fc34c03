"""Name institutions as each language knows them: what English calls the UN is ONU in French."""

from __future__ import annotations

from functools import cache
from importlib import resources

import msgspec


@cache
def _names() -> dict[str, dict[str, str]]:
    data = resources.files("stopjihad.catalog").joinpath("data/institutions.yaml").read_bytes()
    return msgspec.yaml.decode(data, type=dict[str, dict[str, str]])


def institution_name(short: str, lang: str) -> str:
    """Give an institution's short name in a language.

    Args:
        short: as a source gives it (``UN``).
        lang: BCP 47 tag of the text that it stands in.

    Returns:
        The name there; empty where none is known.
    """
    names = _names().get(short, {})
    return names.get(lang) or names.get(lang.partition("-")[0], "")
