"""What the pages show from which kits are taken."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from stopjihad.render.page.embed import embed_of
from stopjihad.render.page.head import make_head
from stopjihad.render.page.kinds import UnfilledPage, numbered_title
from stopjihad.render.page.pager import pager
from stopjihad.theme.job import PageJob
from stopjihad.theme.site import Site
from stopjihad.theme.theme import text_rows


def kit(site: Site, job: PageJob) -> UnfilledPage:
    """Make the kit's front page."""
    title = numbered_title(site, job, site.speak_attribute("Share kit"))
    text = site.speak_attribute(
        "Images and ready-made posts for people and groups who want to pass the facts on. "
        "The line that says who is behind it stays."
    )
    # Its further pages may hold other facts in each language; they are found from the first.
    head = make_head(job, title, text, hidden=job.number > 1)
    values = {
        "kit": job.kit,
        "lines": job.kit_helplines,
        "pager": pager(job, "page/"),
        "zips": job.zips,
        "papers": job.papers,
        "for_whom": {one.id: one.name for one in job.frame.audiences},
        "weight": weight_text,
    }
    return UnfilledPage("kit.html", head, values, "kit")


def kit_point(site: Site, job: PageJob) -> UnfilledPage:
    """Make the downloads page of one talking point."""
    point = _point(job)
    head = make_head(job, point.fact.value, site.speak_attribute("Share kit"), hidden=True)
    decks = [list(deck) for _, deck in groupby(job.images, lambda one: one.path.rpartition("/")[0])]
    values = {
        "point": point,
        "images": job.images,
        "credit": job.credit,
        "decks": decks,
        "slides": job.slides,
        "document": job.document,
        "films": job.films,
        "drafts": job.drafts,
        "embed": embed_of(site, point) if job.has_embed else None,
        "rows": text_rows,
        "zips": job.zips,
        "papers": job.papers,
        "discussions": job.discussions,
        "weight": weight_text,
    }
    return UnfilledPage("kit-point.html", head, values, "kit", inner=True, need=point.action.need)


def kit_version(site: Site, job: PageJob) -> UnfilledPage:
    """Make the page of a version of kits: what was wrong in it, as far as that is known now."""
    wrong = tuple(job.mistakes[int(place)] for place in job.topic.split(",") if place)
    title = site.speak_attribute("Is your kit up to date?")
    head = make_head(job, title, job.frame.tagline.value, hidden=True)._replace(alternates=())
    return UnfilledPage("kit-version.html", head, {"mistakes": wrong}, "kit", inner=True)


def weight_text(size: int) -> str:
    """Write the size of a file in bytes as people compare it: ``3 MB``, or ``200 kB``."""
    return f"{-(-size // 1_000_000)}\u00a0MB" if size >= 1_000_000 else f"{size // 1000}\u00a0kB"


def _point(job: PageJob) -> Any:
    if job.point is None:
        raise ValueError(f"{job.path}: this kind of page needs a talking point")
    return job.point
