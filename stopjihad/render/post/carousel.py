"""Give a draft the slides that go with it, where its platform shows some."""

from __future__ import annotations

import msgspec

from stopjihad.catalog.platforms import Platform
from stopjihad.render.post.draft import Draft
from stopjihad.render.post.picture import fitted
from stopjihad.render.post.title import make_title
from stopjihad.view.records import PointView

TURNED = {"pictures": "swipe", "document": "leaf"}
"""How a platform shows slides, and how readers turn them."""


def slides_for(platform: Platform, view: PointView) -> tuple[str, ...]:
    """Say what the slides show that go with a post, slide by slide.

    Args:
        platform: says whether it shows slides, and how many pictures or pages it takes.
        view: the talking point; its slides may be none.

    Returns:
        A description of each slide, shortened where the platform takes no more; none where it
        shows no slides, or not so many.
    """
    form = platform.carousel
    most = platform.document_pages if form == "document" else platform.image_count
    if not form or (most is not None and len(view.slides) > most.value):
        return ()
    return tuple(fitted(parts, platform, view.lang) for parts in view.slides)


def with_slides(draft: Draft, platform: Platform, view: PointView) -> Draft:
    """Let a draft show slides in the place of its one picture.

    Args:
        draft: a post without slides.
        platform: as for ``slides_for``.
        view: as for ``slides_for``; a document has its title.

    Returns:
        The draft; unchanged where no slides go with it.
    """
    told = slides_for(platform, view)
    if not told:
        return draft
    form = platform.carousel
    heading = make_title(view, platform).text if form == "document" else ""
    return msgspec.structs.replace(draft, slides=told, carousel=form, heading=heading)
