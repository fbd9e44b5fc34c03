"""Render the pages of the site: a step becomes a job, the job a page of its kind, that bytes."""

from __future__ import annotations

from collections.abc import Callable

from markupsafe import Markup

from stopjihad.model.step import Step
from stopjihad.render.decode import Decoded
from stopjihad.render.page import kinds, machine
from stopjihad.render.page.address import rest_of, top_path
from stopjihad.render.page.inputs import page_job
from stopjihad.render.page.job import PageJob, Theme
from stopjihad.render.page.kinds import Made, Maker
from stopjihad.render.page.machine import alert_embed, alert_feed
from stopjihad.render.page.point import point_page
from stopjihad.render.page.site import Site, prefix_of, site_of

_PAGES: dict[str, Maker] = {
    "alert": kinds.alert,
    "chooser": kinds.chooser,
    "home": kinds.home,
    "points": kinds.points,
    "point": point_page,
    "audience": kinds.audience,
    "pull-factor": kinds.pull_factor,
    "search": kinds.search,
    "words": kinds.index_words,
    "help": kinds.help_page,
    "report": kinds.report,
    "signed": kinds.signed,
    "kit": kinds.kit,
    "kit-point": kinds.kit_point,
    "not-found": kinds.not_found,
}
_FREE = ("about", "privacy", "accessibility", "page")
_FILES: dict[str, Callable[[PageJob], str]] = {
    "alert-embed": alert_embed,
    "robots": machine.robots,
    "headers": machine.headers_file,
}
_FEEDS: dict[str, Callable[[Theme, PageJob], str]] = {
    "alert-feed": alert_feed,
    "feed": machine.feed,
    "sitemap": machine.sitemap,
}

KINDS: tuple[str, ...] = (*_PAGES, *_FREE, *_FEEDS, *_FILES)
"""Every kind that ``render_page`` knows."""


def render_site_page(step: Step, decoded: Decoded) -> bytes:
    """Render a page step.

    Args:
        step: its params name kind, language and path.
        decoded: the values of its inputs.

    Returns:
        The file's bytes.
    """
    return render_page(dict(step.params)["kind"], page_job(step, decoded), decoded.theme())


def render_page(kind: str, job: PageJob, theme: Theme) -> bytes:
    """Render one output of the site.

    Args:
        kind: one of ``KINDS``.
        job: everything the page shows.
        theme: the template files; hand the same object to every page.

    Returns:
        The file's bytes in UTF-8.

    Raises:
        ValueError: when the kind is unknown or the job lacks what the kind shows.
        jinja2.TemplateError: when a template of the workspace is wrong.
    """
    if kind in _FILES:
        return _FILES[kind](job).encode()
    if kind in _FEEDS:
        return _FEEDS[kind](theme, job).encode()
    site = site_of(theme, job)
    if kind in _PAGES:
        made = _PAGES[kind](site, job)
    elif kind in _FREE:
        made = kinds.free(site, job, kind)
    else:
        raise ValueError(f"unknown kind of page: {kind}")
    return _fill(site, job, made, _root(kind, job)).encode()


def _root(kind: str, job: PageJob) -> str:
    """Choose the prefix of links: a 404 page answers at any depth, so it names the site's top."""
    if kind == "not-found" and job.root is None:
        return top_path(job.frame.base_url)
    return prefix_of(job)


def _rest(job: PageJob) -> str:
    """Choose where language links lead.

    A kit page exists only where its talking point is whole; each language has words of its own.
    """
    rest = rest_of(job.path, job.frame.lang)
    everywhere = {language.tag for language in job.frame.languages} <= set(job.alternates)
    folder = rest.partition("/")[0]
    return rest if everywhere or folder not in {"kit", "search"} else f"{folder}/index.html"


def _fill(site: Site, job: PageJob, made: Made, root: str) -> str:
    chrome = site.chrome(made.section, root, _rest(job), inner=made.inner, kit=job.has_kit)
    values = {
        **site.values,
        **made.values,
        "root": root,
        "home": f"{root}{job.frame.lang}/",
        "head": made.head,
        "header": chrome.header,
        "band": chrome.band,
        "footer": chrome.footer,
    }
    values["main"] = Markup(site.fill(made.template, values))  # noqa: S704  made by autoescape
    return site.fill("page.html", values)
