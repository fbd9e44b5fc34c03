"""Show photos of ``media/`` on pages: drawn anew, sharp on a desk, light for a phone."""

from __future__ import annotations

from collections.abc import Iterator

from stopjihad.model import contexts, input_names
from stopjihad.model.media import UsablePhoto
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.plan.ready_points import SitePlan
from stopjihad.theme.job import PagePicture
from stopjihad.view.resolver import Resolver

LONGEST = 1280
"""Longest side in px: nearly twice the width of a column of text (672 CSS px)."""

MOST_BYTES = 250_000
"""Most bytes of a photo: two seconds at 1 Mbit/s, a slow phone."""


def plan_photos(plan: SitePlan) -> Iterator[Step]:
    """Plan the photos that talking points and free pages show: one file for all languages."""
    named = [name for document in plan.project.points for name in document.record.media]
    named += [name for document in plan.project.pages for name in document.record.media]
    steps = {_path(plan, name): name for name in named if name in plan.photos}
    for path, name in sorted(steps.items()):
        width, height = _size(plan.photos[name])
        params = (("height", str(height)), ("width", str(width)))
        yield Step(f"site/{path}", "page-photo", (input_names.photo(name),), params)


def page_photos(plan: SitePlan, media: tuple[str, ...], words: Resolver) -> tuple[PagePicture, ...]:
    """Give the photos among ``media`` with what they show, in the resolver's language."""
    found = []
    for name in media:
        if name in plan.photos:
            photo = plan.photos[name]
            width, height = _size(photo)
            picture = PagePicture(
                format="photo",
                path=_path(plan, name),
                width=width,
                height=height,
                mime="image/jpeg",
                alt=words.text(contexts.media(name), photo.media.alt),
                credit=photo.credit,
            )
            found.append(picture)
    return tuple(found)


def render_photo(step: Step, decoded: StepInputs) -> bytes:
    """Draw a photo anew from its pixels: place, time and camera stay behind.

    Args:
        step: its params name width and height in px; its one input is the photo.
    """
    from stopjihad.draw.encoder import write_jpeg
    from stopjihad.draw.pictures import whole

    params, (name,) = dict(step.params), step.inputs
    pixels = whole(decoded.raw(name), (int(params["width"]), int(params["height"])))
    return write_jpeg(pixels, MOST_BYTES, letters=False)


def _size(photo: UsablePhoto) -> tuple[int, int]:
    """Scale a photo down to ``LONGEST``; smaller ones stay as they are."""
    share = min(1.0, LONGEST / max(photo.width, photo.height))
    return max(1, round(photo.width * share)), max(1, round(photo.height * share))


def _path(plan: SitePlan, name: str) -> str:
    """Name the published file after its content: names that authors give may name people."""
    digest = plan.inputs.found[input_names.photo(name)].digest
    return f"assets/photos/{digest[:12]}.jpg"
