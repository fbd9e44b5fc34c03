"""What is served while files are written, broken and mended again."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from stopjihad.build.versions import code_digest, versions
from stopjihad.preview.kitchen import Kitchen
from stopjihad.preview.live import Live

from support.build import CAMPAIGN
from support.studio import POINT, copy_workspace, day

PAGE = f"site/en/points/{POINT}/index.html"
OTHER = "site/en/points/letters-home/index.html"
LIST = "site/en/kit/index.html"


class Desk:
    """Hold a campaign and edit its files."""

    def __init__(self, folder: Path) -> None:
        self.workspace = copy_workspace(folder)
        kitchen = Kitchen(self.workspace, versions(code_digest()))
        self.live = Live(self.workspace, CAMPAIGN, kitchen, day)
        self.point = self.workspace / "campaigns" / CAMPAIGN / "points" / f"{POINT}.md"

    def save(self, fact: str) -> Path:
        text = self.point.read_text("utf-8")
        self.point.write_text(re.sub("(?m)^fact: .*$", f"fact: {fact}", text, count=1), "utf-8")
        return self.point

    def page(self, output: str = PAGE) -> str:
        served = self.live.serve(output)
        assert served is not None
        assert served.data is not None
        return served.data.decode()


@pytest.fixture
def desk(tmp_path: Path) -> Desk:
    return Desk(tmp_path)


def test_every_output_is_byte_for_byte_what_a_build_publishes(desk: Desk, published: Path) -> None:
    good = desk.live.state.good
    assert good is not None
    own = {path.relative_to(published).as_posix() for path in published.rglob("*.*")}
    assert {path for path in own if path.startswith(("site/", "posts/"))} <= good.steps.keys()
    for output in good.steps:
        if "/ar/" in output or "/" not in output.partition("/")[2] or "sitemap" in output:
            served = desk.live.serve(output)
            assert served is not None
            assert served.data == (published / output).read_bytes(), output


def test_what_is_not_in_the_plan_is_not_served(desk: Desk) -> None:
    for path in ("", "site", "site/en", "../campaign.yaml", f"campaigns/{CAMPAIGN}/campaign.yaml"):
        assert desk.live.serve(path) is None


def test_a_saved_point_is_shown_before_everything_is_read_again(desk: Desk) -> None:
    change = desk.live.patch([desk.save("Words come back.")])
    assert change is not None
    assert PAGE in change.outputs
    assert OTHER not in change.outputs
    assert "Words come back." in desk.page()
    assert "Words come back." not in desk.page(LIST)
    full = desk.live.refresh()
    assert LIST in full.outputs
    assert "Words come back." in desk.page(LIST)
    assert full.number > change.number


def test_a_patched_page_is_the_page_that_a_full_reading_gives(desk: Desk) -> None:
    desk.live.patch([desk.save("Words come back.")])
    quick = desk.page()
    desk.live.refresh()
    untranslated = re.compile(r'<link rel="alternate" hreflang=[^>]*>\n')  # planning knows these
    assert untranslated.sub("", quick) == untranslated.sub("", desk.page())


def test_a_save_that_changes_nothing_reloads_nothing(desk: Desk) -> None:
    before = desk.live.state.number
    desk.point.write_bytes(desk.point.read_bytes())
    change = desk.live.patch([desk.point])
    assert change is not None
    assert change.outputs == frozenset()
    assert desk.live.refresh().number == before


def test_a_broken_point_leaves_the_last_good_site_and_names_the_place(desk: Desk) -> None:
    before = desk.page()
    original = desk.point.read_text("utf-8")
    desk.point.write_text(original.replace("mode: alternative", "mode: alternativ"), "utf-8")
    assert desk.live.patch([desk.point]) is None
    change = desk.live.refresh()
    assert change.errors == 1
    assert change.outputs == frozenset()
    (problem,) = desk.live.state.errors
    assert (problem.line, problem.column, problem.code) == (2, 7, "bad-choice")
    assert problem.path.endswith(f"{POINT}.md")
    assert "alternative" in problem.hint
    assert desk.page() == before
    desk.point.write_text(original, "utf-8")
    desk.live.refresh()
    assert desk.live.count_errors() == 0


def test_a_point_with_a_mistake_is_not_shown_early(desk: Desk) -> None:
    assert desk.live.patch([desk.save("long " * 60)]) is None
    desk.live.refresh()
    assert desk.live.count_errors() > 0
    assert "long long" not in desk.page()


def test_a_change_in_a_point_with_a_mistake_is_told(desk: Desk) -> None:
    """Whoever else has it open in the editor must see what was written."""
    desk.live.patch([desk.save("long " * 60)])
    desk.live.refresh()
    before = desk.live.state.number
    text = desk.point.read_text("utf-8")
    desk.point.write_text(text.rstrip() + " More words.\n", "utf-8")
    assert desk.live.patch([desk.point]) is None
    assert desk.live.refresh().number > before


def test_a_broken_template_never_replaces_a_good_page(desk: Desk) -> None:
    before = desk.page()
    template = desk.workspace / "templates/site/point.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% extends 'base.html' %}\n{% block main %}{{ nothing.here }}", "utf-8")
    desk.live.refresh()
    assert desk.page() == before
    assert [problem.code for problem in desk.live.state.errors] == ["template-error"]
    assert desk.live.state.errors[0].path == "templates/site/point.html"
    template.unlink()
    desk.live.refresh()
    assert desk.live.state.errors == ()


def test_a_campaign_that_starts_broken_is_mended_while_it_runs(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path)
    file = workspace / "campaigns" / CAMPAIGN / "campaign.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("title:", "titel:", 1), "utf-8")
    live = Live(workspace, CAMPAIGN, Kitchen(workspace, versions(code_digest())), day)
    assert live.state.good is None
    assert live.serve(PAGE) is None
    assert live.count_errors() > 0
    file.write_text(text, "utf-8")
    change = live.refresh()
    assert PAGE in change.outputs
    assert live.serve(PAGE) is not None


def test_a_new_and_a_removed_point_come_and_go(desk: Desk) -> None:
    new = desk.point.with_name("a-new-one.md")
    new.write_bytes(desk.point.read_bytes())
    assert desk.live.patch([new]) is None
    assert "site/en/points/a-new-one/index.html" in desk.live.refresh().outputs
    new.unlink()
    assert "site/en/points/a-new-one/index.html" in desk.live.refresh().outputs
    assert desk.live.serve("site/en/points/a-new-one/index.html") is None


def test_what_was_saved_while_everything_was_read_is_not_lost(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stopjihad.preview import live as module

    reading, go_on = threading.Event(), threading.Event()
    take = module.take

    def slowly(*args: object) -> object:
        taken = take(*args)  # type: ignore[arg-type]
        reading.set()
        assert go_on.wait(10)
        return taken

    monkeypatch.setattr(module, "take", slowly)
    desk.save("The older words.")
    thread = threading.Thread(target=desk.live.refresh)
    thread.start()
    assert reading.wait(10)
    desk.live.patch([desk.save("The newer words.")])
    go_on.set()
    thread.join(10)
    assert "The newer words." in desk.page()


def test_a_fault_of_ours_becomes_a_problem_and_the_next_save_is_followed(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stopjihad.preview import live as module

    def fail(*_: object) -> None:
        raise ValueError("cannot\nread")

    before = desk.page()
    with monkeypatch.context() as patched:
        patched.setattr(module, "take", fail)
        change = desk.live.refresh()
    assert change.errors == 1
    assert desk.live.state.errors[0].code == "preview-failed"
    assert desk.page() == before
    desk.live.refresh()
    assert desk.live.state.errors == ()


def test_the_store_is_shared_with_builds(desk: Desk) -> None:
    card = f"site/cards/en/{POINT}/og.png"
    served = desk.live.serve(card)
    assert served is not None
    stored = [p for p in (desk.workspace / ".stopjihad/store").rglob("*") if p.is_file()]
    assert any(served.data in path.read_bytes() for path in stored)  # type: ignore[operator]


def test_a_good_save_stays_shown_when_the_next_one_is_broken_at_once(desk: Desk) -> None:
    desk.live.patch([desk.save("A good save.")])
    desk.point.write_text("broken", "utf-8")
    assert desk.live.patch([desk.point]) is None
    desk.live.refresh()
    assert desk.live.count_errors() == 1
    assert "A good save." in desk.page()
