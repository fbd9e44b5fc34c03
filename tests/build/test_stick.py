"""What is carried on a stick: opened by a click, without a network, and nothing of it is kept."""

from __future__ import annotations

import datetime as dt
import re
import shutil
from pathlib import Path

import msgspec
import pytest
from playwright.sync_api import Browser
from stopjihad.build import kit
from stopjihad.build.campaign import make_campaign_plan
from stopjihad.build.check.survey import survey
from stopjihad.build.kit import STICK, make_stick
from stopjihad.build.request import Request
from stopjihad.model.options import Options
from stopjihad.plan.decoded import StepInputs
from stopjihad.plan.inputs import Inputs
from stopjihad.problem import ProblemsFound
from stopjihad.render.kit import answers
from stopjihad.view.records import Frame

from support.accessibility import violations
from support.build import CAMPAIGN, SMALL
from support.cards import alert
from support.watch import watched

TODAY = dt.date(2026, 11, 24)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("stick") / "workspace"
    shutil.copytree(SMALL, folder)
    return folder


@pytest.fixture(scope="module")
def stick(root: Path) -> Path:
    """Make the Arabic stick, and unpack it."""
    folder = root / "stick"
    for name, data in make_stick(root, CAMPAIGN, "ar", request_of(root)).files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def request_of(root: Path) -> Request:
    return Request(out=root / "dist", today=TODAY, code="the same", jobs=1)


def test_the_stick_has_all_that_is_in_a_kit_and_the_answers_on_one_page(stick: Path) -> None:
    names = {path.relative_to(stick).as_posix() for path in stick.rglob("*") if path.is_file()}
    assert {"answers.html", "README.html", "kit.json", "paper/ar-wallet.pdf"} <= names
    assert {"paper/letters-home-ar-leaflet.pdf", "pictures/letters-home-ar-square.png"} <= names
    assert sum(path.stat().st_size for path in stick.rglob("*") if path.is_file()) <= STICK
    page = (stick / "answers.html").read_text("utf-8")
    assert len(page.encode()) <= answers.MOST
    title = re.search("<title>(.*)</title>", page)
    assert title
    assert title[1] == "الحقائق"  # the facts: whoever sees the history learns no more
    assert "<script" not in page
    assert "answers.html" in (stick / "README.html").read_text("utf-8")


@pytest.mark.browser
def test_the_answers_are_found_without_a_script_and_ask_nobody(
    stick: Path, browser: Browser
) -> None:
    with watched(browser, viewport={"width": 360, "height": 800}) as (seen, _):
        seen.visit((stick / "answers.html").as_uri())
        page = seen.page
        assert violations(page) == []
        letter = page.locator("details", has=page.locator("dl a[href='#letters-home']")).first
        letter.locator("summary").first.click()
        letter.locator("a[href='#letters-home']").first.click()
        page.locator("#letters-home").wait_for(state="visible")
        assert page.evaluate("document.documentElement.scrollWidth") <= 360
        assert len(seen.requests) == 1
        assert seen.troubles == []
        assert not any(seen.kept().values())


def test_a_notice_of_the_day_stands_on_the_answers(root: Path) -> None:
    options = Options(only=("cards", "kits"), languages=("ar",), stick=True)
    plan = make_campaign_plan(survey(root, CAMPAIGN, TODAY, judged=False), options)
    (step,) = (one for one in plan.steps if one.kind == "kit-answers")
    frame = msgspec.json.decode(plan.inputs["frame/ar"].data, type=Frame)
    told = msgspec.structs.replace(frame, alerts=(alert("ar", "ابقوا في بيوتكم الآن."),))
    inputs = Inputs()
    inputs.found |= plan.inputs
    inputs.add("frame/ar", told)
    page = answers.render_answers(step, StepInputs(inputs.found))
    assert isinstance(page, bytes)
    assert page.index("ابقوا في بيوتكم".encode()) < page.index(b"<h1>")


def test_what_is_too_large_or_empty_is_refused(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kit, "STICK", 1000)
    with pytest.raises(ProblemsFound) as told:
        make_stick(root, CAMPAIGN, "ar", request_of(root))
    assert {one.code for one in told.value.problems} == {"stick-too-large"}
    monkeypatch.setattr(kit, "_zip_kits", lambda *_: kit.CarriedFiles({}))
    with pytest.raises(ProblemsFound) as told:
        make_stick(root, CAMPAIGN, "ar", request_of(root))
    assert {one.code for one in told.value.problems} == {"stick-empty"}
