"""The longest words fit the narrowest page, in both directions."""

from __future__ import annotations

from typing import Any

import pytest
from stopjihad.render.page.steps import render_page

from support import sample_site
from support.poison import poison
from support.watch import watched

pytestmark = pytest.mark.browser

WORD = "Rindfleischetikettierungsüberwachungsaufgabenübertragungsgesetz" * 2


WIDTHS = [(320, 1), (768, 3), (1280, 3)]
"""Widths in px, and how many pages stand for one that is looked at: the long form sees all."""
EVERY = [*WIDTHS, *(pytest.param(width, 1, marks=pytest.mark.long) for width in (768, 1280))]


@pytest.mark.parametrize(("width", "step"), EVERY)
def test_no_page_scrolls_sideways_for_a_word(browser: Any, jobs, theme, tmp_path, width, step):
    for name, text in sample_site.make_assets().values():
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text(text)
    paths = []
    for lang in ("en", "ar", ""):
        for kind, job in jobs[lang].items():
            if job.path.endswith(".html") and kind != "not-found":
                (tmp_path / job.path).parent.mkdir(parents=True, exist_ok=True)
                long = render_page(kind.split(":")[0], poison(job, WORD), theme)
                (tmp_path / job.path).write_bytes(long)
                paths.append(job.path)
    assert len(paths) > 25
    with watched(browser, viewport={"width": width, "height": 800}) as (seen, _):
        wide = {}
        for path in paths[width % step :: step]:
            seen.page.goto((tmp_path / path).as_uri())
            found = seen.page.evaluate("document.documentElement.scrollWidth")
            if found > width:
                wide[path] = found
        assert wide == {}
