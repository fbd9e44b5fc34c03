"""The sample site, rendered once for all page tests."""

from __future__ import annotations

import pytest
from stopjihad.render.page.steps import render_page
from stopjihad.theme import PageJob, Theme

from support import sample_site
from support.dom import Node, parse

ASSETS = {name: published for name, (published, _) in sample_site.make_assets().items()}


@pytest.fixture(scope="session")
def theme() -> Theme:
    """Give the theme of the repository."""
    return sample_site.load_theme()


@pytest.fixture(scope="session")
def words() -> dict[str, dict[str, str]]:
    """Give the theme's words by language."""
    return {tag: sample_site.load_words(tag) for tag in sample_site.TAGS}


@pytest.fixture(scope="session")
def jobs(words: dict[str, dict[str, str]]) -> dict[str, dict[str, PageJob]]:
    """Give a job of each kind by language; ``""`` holds the files at the top of the site."""
    made = {tag: sample_site.make_jobs(tag, words[tag], ASSETS) for tag in sample_site.TAGS}
    return made | {"": sample_site.make_top_jobs(words, ASSETS)}


@pytest.fixture(scope="session")
def files(jobs: dict[str, dict[str, PageJob]], theme: Theme) -> dict[str, str]:
    """Give every output of the sample site by path."""
    return {
        job.path: render_page(kind.split(":")[0], job, theme).decode()
        for group in jobs.values()
        for kind, job in group.items()
    }


@pytest.fixture(scope="session")
def pages(files: dict[str, str]) -> dict[str, Node]:
    """Give every HTML page of the sample site, parsed, by path."""
    return {path: parse(text) for path, text in files.items() if path.endswith(".html")}
