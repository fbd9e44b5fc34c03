"""Say which encoder makes films: the package ``av``, which comes with the extra ``film``."""

from __future__ import annotations

import importlib.util

import msgspec

from stopjihad.build.check.survey import Surveyed
from stopjihad.problem import Problem, ProblemsFound


def with_encoder(found: Surveyed, *, needed: bool) -> Surveyed:
    """Add the versions of the libraries that make films.

    Args:
        found: from ``survey``.
        needed: whether films are to be made, and not only compared with those that are there.

    Returns:
        The campaign; without an encoder where none is there.

    Raises:
        ProblemsFound: ``film-extra``: one is needed.
    """
    if importlib.util.find_spec("av") is None:
        if needed:
            raise ProblemsFound((_absent(),))
        return found
    import av

    versions = {
        name: ".".join(map(str, parts)) for name, parts in sorted(av.library_versions.items())
    }
    shared = msgspec.structs.replace(found.shared, encoder={"av": av.__version__, **versions})
    return msgspec.structs.replace(found, shared=shared)


def _absent() -> Problem:
    return Problem(
        code="film-extra",
        message="films need the package 'av', which is not installed",
        hint="pip install 'stopjihad[film]'",
    )
