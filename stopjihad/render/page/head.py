"""What stands in the head of a page: titles, addresses, languages, the preview image."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from stopjihad.render.page.address import absolute, rest_of
from stopjihad.render.page.job import PageJob, PagePicture
from stopjihad.render.page.marks import locale_tag

_WIDE = ("og", "wide")


class LinkPreview(NamedTuple):
    """Describe the image of a link preview; ``address`` is absolute, sizes are px."""

    address: str
    mime: str
    width: int
    height: int
    alt: str


class PageHead(NamedTuple):
    """The values of a page's head; an empty ``canonical`` leaves out all that needs one."""

    title: str
    headline: str
    description: str
    canonical: str
    alternates: tuple[tuple[str, str], ...]
    type: str
    site: str
    locale: str
    hidden: bool
    feed: str
    feed_title: str
    image: LinkPreview | None
    data: tuple[Markup, ...]


def make_head(
    job: PageJob,
    headline: str,
    description: str,
    *,
    type: str = "website",  # noqa: A002  the word of Open Graph
    hidden: bool = False,
    data: tuple[Markup, ...] = (),
) -> PageHead:
    """Make the head of a page of one language.

    Args:
        headline: words of the page's title, without the site's.
        description: one or two plain sentences, or nothing.
        type: Open Graph type.
        hidden: whether search engines are asked to leave the page out.
        data: blocks of structured data.

    Returns:
        The head.
    """
    frame = job.frame
    site = frame.title.value
    return PageHead(
        title=f"{headline} · {site}" if headline != site else site,
        headline=headline,
        description=description,
        canonical=canonical(job),
        alternates=alternates(job),
        type=type,
        site=site,
        locale=locale_tag(frame.lang),
        hidden=hidden or frame.unread,
        feed=f"{frame.lang}/feed.xml",
        feed_title=site,
        image=_preview(frame.base_url, preview_picture(job.images)),
        data=data,
    )


def canonical(job: PageJob) -> str:
    """Give the address under which search engines should know the page.

    A page that is not really translated names the page of the source language.

    Returns:
        An absolute address.
    """
    frame = job.frame
    if not job.alternates or frame.lang in job.alternates:
        return absolute(frame.base_url, job.path)
    rest = rest_of(job.path, frame.lang)
    return absolute(frame.base_url, f"{frame.source_language}/{rest}")


def alternates(job: PageJob) -> tuple[tuple[str, str], ...]:
    """Pair language tags with addresses for ``hreflang``.

    Lists only real translations, the page itself among them, and as ``x-default`` the page of the
    source language, which is always whole. A page that is itself a fallback lists nothing, so the
    relation stays mutual.

    Returns:
        Pairs for the head; empty on a fallback page.
    """
    frame = job.frame
    if frame.lang not in job.alternates:
        return ()
    rest = rest_of(job.path, frame.lang)
    pairs = [(tag, absolute(frame.base_url, f"{tag}/{rest}")) for tag in job.alternates]
    default = absolute(frame.base_url, f"{frame.source_language}/{rest}")
    return (*pairs, ("x-default", default))


def preview_picture(images: tuple[PagePicture, ...]) -> PagePicture | None:
    """Choose the picture for link previews: ``og``, then ``wide``, then the first."""
    for wanted in _WIDE:
        for image in images:
            if image.format == wanted:
                return image
    return images[0] if images else None


def _preview(base_url: str, image: PagePicture | None) -> LinkPreview | None:
    if image is None:
        return None
    return LinkPreview(
        address=absolute(base_url, image.path),
        mime=image.mime,
        width=image.width,
        height=image.height,
        alt=image.alt.value,
    )
