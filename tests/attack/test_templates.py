"""A workspace's templates run nothing, read nothing, and end: they are a stranger's."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from jinja2 import TemplateError
from stopjihad.render.page import PageJob, Theme
from stopjihad.render.page.site import Site, site_of
from stopjihad.render.steps import _template_problem

from support import sample_site
from support.template_payloads import ENDLESS, PAYLOADS

SECRET = "BEGIN PRIVATE KEY"
MOST = 2.0
"""Seconds of a processor for what would never end."""


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("outside")
    (folder / "secret").write_text(SECRET, "utf-8")
    return folder


def aimed(payload: str, place: Path) -> str:
    return payload.replace("RUN", f"touch {place}/ran").replace("FILE", f"{place}/secret")


def filled(source: str, job: PageJob, name: str = "own.html") -> tuple[str, str]:
    """Fill in a stranger's template; give what it says, and the problem that it is."""
    theme = sample_site.load_theme()
    texts = {**dict(theme.templates), name: source}
    site: Site = site_of(Theme(tuple(texts.items()), theme.built_in - {name}), job)
    try:
        return site.fill(name, {**site.values, "points": job.points, "root": ""}), ""
    except TemplateError as error:
        return "", str(_template_problem(error, "templates/site"))


@pytest.fixture(scope="module")
def job() -> PageJob:
    assets = {name: path for name, (path, _) in sample_site.make_assets().items()}
    return sample_site.make_jobs("en", {}, assets)["home"]


def test_there_are_sixty_and_more() -> None:
    assert len(set(PAYLOADS)) >= 100


def test_no_payload_runs_or_reads(job: PageJob, place: Path) -> None:
    before = sorted(place.iterdir())
    for payload in PAYLOADS:
        said, problem = filled(aimed(payload, place), job)
        assert SECRET not in said + problem, payload
        assert "\n" not in problem
        assert not said or "object at 0x" not in said, payload
        assert problem, (payload, said)
        assert problem.startswith("templates/site/"), (payload, problem)
        assert ": error[template-" in problem, (payload, problem)
    assert sorted(place.iterdir()) == before


def test_what_has_no_end_ends(job: PageJob) -> None:
    slowest = (0.0, "")
    for payload in ENDLESS:
        began = time.process_time()
        said, problem = filled(payload, job)
        slowest = max(slowest, (time.process_time() - began, payload))
        assert problem, (payload, said[:200])
        assert "Error" not in problem.partition("]")[0]
    print(slowest)  # noqa: T201  docs quote it
    assert slowest[0] < MOST, slowest
