"""Addresses of pages: relative links between them, absolute ones."""

from __future__ import annotations

from urllib.parse import urlsplit

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
    """
    return f"{base_url}/{path.removesuffix(INDEX) if _is_index(path) else path}"


def typed_address(link: str) -> str:
    """Give an address as people type it: ``example.org/en/help``."""
    return link.partition("://")[2].removeprefix("www.").rstrip("/")


def free_path(page: str) -> str:
    """Give the place of a page below its language's folder.

    Args:
        page: id of a free page, or the name of a page that every site has (``help``, ``about``).

    Returns:
        ``about/index.html``, or ``pages/<id>/index.html`` for a page only this campaign has.
    """
    return f"{page}/{INDEX}" if page in EVERY_SITE else f"pages/{page}/{INDEX}"


def kit_version_path(version: str) -> str:
    """Give the place of the page of a version of kits below its language's folder."""
    return f"kit/since/{version}/{INDEX}"


def top_path(base_url: str) -> str:
    """Give the path of the site's top on its host, with a slash at both ends.

    Args:
        base_url: address of the site's top, without a slash at the end.
    """
    return urlsplit(base_url).path.rstrip("/") + "/"


def _is_index(path: str) -> bool:
    return path == INDEX or path.endswith(f"/{INDEX}")
