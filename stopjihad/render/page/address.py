"""Addresses of pages: relative links between them and to the pages of a list, absolute ones."""

from __future__ import annotations

from typing import NamedTuple
from urllib.parse import urlsplit

from stopjihad.render.page.job import PageJob

INDEX = "index.html"

EVERY_SITE = ("points", "help", "report", "kit", "about", "privacy", "accessibility", "signed")
"""Pages that a site may have directly below the folder of a language."""


def root_of(path: str) -> str:
    """Give the prefix that leads from a page to the top of the site.

    Args:
        path: output relative to ``site/``, such as ``en/points/x/index.html``.

    Returns:
        ``../../../`` for that path, ``""`` for a page at the top.
    """
    return "../" * path.count("/")


def rest_of(path: str, lang: str) -> str:
    """Give the path below the folder of a language, or ``index.html`` for a page outside it.

    Args:
        path: output relative to ``site/``.
        lang: BCP 47 tag of the page.

    Returns:
        What follows ``<lang>/``.
    """
    head = f"{lang}/"
    return path[len(head) :] if path.startswith(head) else INDEX


def absolute(base_url: str, path: str) -> str:
    """Give the public address of an output.

    Args:
        base_url: address of the site's top, without a slash at the end.
        path: output relative to ``site/``.

    Returns:
        The address; a trailing ``index.html`` is left out.
    """
    return f"{base_url}/{path.removesuffix(INDEX) if _is_index(path) else path}"


def free_path(page: str) -> str:
    """Give the place of a page below its language's folder.

    Args:
        page: id of a free page, or the name of a page that every site has (``help``, ``about``).

    Returns:
        ``about/index.html``, or ``pages/<id>/index.html`` for a page only this campaign has.
    """
    return f"{page}/{INDEX}" if page in EVERY_SITE else f"pages/{page}/{INDEX}"


def top_path(base_url: str) -> str:
    """Give the path of the site's top on its host, with a slash at both ends.

    Args:
        base_url: address of the site's top, without a slash at the end.

    Returns:
        ``/`` or ``/folder/``.
    """
    return urlsplit(base_url).path.rstrip("/") + "/"


class Pager(NamedTuple):
    """Lead through the pages of a list; an empty address stands for a page that does not exist.

    ``pages`` pairs numbers with addresses: the first, the last, and those near this one.
    """

    number: int
    total: int
    before: str
    after: str
    pages: tuple[tuple[int, str], ...]


def pager(job: PageJob, folder: str = "") -> Pager | None:
    """Make the links to the other pages of a list.

    Args:
        job: page job with ``number`` and ``count``.
        folder: of all pages but the first, below that of the first.

    Returns:
        The links, relative to the page; None where the list has one page.
    """
    if job.count < 2:
        return None
    first = "" if job.number == 1 else "../" * (folder.count("/") + 1)
    others = folder if job.number == 1 else "../"

    def address(number: int) -> str:
        if not 1 <= number <= job.count:
            return ""
        return f"{first}index.html" if number == 1 else f"{others}{number}/index.html"

    near = {1, job.count, *range(job.number - 2, job.number + 3)}
    numbers = sorted(number for number in near if 1 <= number <= job.count)
    pages = tuple((number, address(number)) for number in numbers)
    number = job.number
    return Pager(number, job.count, address(number - 1), address(number + 1), pages)


def _is_index(path: str) -> bool:
    return path == INDEX or path.endswith(f"/{INDEX}")
