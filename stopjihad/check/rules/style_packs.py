"""Check the style packs a campaign chose: do they exist, and do they agree?"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import permutations

from stopjihad.catalog.style_packs import style_packs
from stopjihad.check.finding import at, nearest
from stopjihad.check.rules.wording import pack_hits
from stopjihad.model.loaded import Project
from stopjihad.problem import Problem


def pack_problems(project: Project) -> Iterator[Problem]:
    """Find unknown packs, and pairs of which one advises what the other advises against.

    Yields:
        Problems: ``style-pack-unknown``, ``style-pack-conflict``.
    """
    document = project.campaign
    chosen = document.record.style_packs
    known = style_packs()
    for index, name in enumerate(chosen):
        if name not in known:
            message = f"there is no style pack '{name}'"
            field = f"style_packs.{index}"
            yield at(document, field, "style-pack-unknown", message, nearest(name, known))
    languages = {tag.partition("-")[0] for tag in document.record.languages}
    for one, other in permutations([name for name in chosen if name in known], 2):
        for language, advised, refused in conflicts(one, other, languages):
            message = f"{one} writes '{advised}', {other} advises against '{refused}' ({language})"
            hint = "choose one of the two"
            yield at(document, "style_packs", "style-pack-conflict", message, hint, "warning")


def conflicts(one: str, other: str, languages: set[str]) -> Iterator[tuple[str, str, str]]:
    """Find what one pack advises and another advises against.

    Args:
        one: id of a pack.
        other: id of another.
        languages: primary subtags that matter.

    Yields:
        Language, the advice of the first, and the words in it that the second refuses.
    """
    seen: set[tuple[str, str]] = set()
    for entry in style_packs()[one].entries:
        for language, advice in entry.alternative.items():
            hit = next(pack_hits(other, language, advice), None) if language in languages else None
            if hit is not None and (language, hit.words) not in seen:
                seen.add((language, hit.words))
                yield language, advice, hit.words
