"""What is served while files are written, broken and mended again."""

from __future__ import annotations

import re
import threading
from pathlib import Path

import pytest
from stopjihad.build.work.keys import versions
from stopjihad.disk.program import code_digest
from stopjihad.studio.app import moment
from stopjihad.studio.live import snapshot
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.live.renderer import Renderer
from stopjihad.studio.live.snapshot import Uses, changed_outputs

from support.build import CAMPAIGN, REPOSITORY, SMALL
from support.studio import POINT, copy_workspace, day

PAGE = f"site/en/points/{POINT}/index.html"
OTHER = "site/en/points/letters-home/index.html"
LIST = "site/en/kit/index.html"


class Writer:
    """Hold a campaign and edit its files."""

    def __init__(self, folder: Path, source: Path = SMALL) -> None:
        self.workspace = copy_workspace(folder, source)
        renderer = Renderer(self.workspace, versions(code_digest()))
        self.live = LiveCampaign(self.workspace, CAMPAIGN, renderer, day, moment)
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
def saver(tmp_path: Path) -> Writer:
    return Writer(tmp_path)


def test_every_output_is_byte_for_byte_what_a_build_publishes(saver: Writer, small: Path) -> None:
    compare(saver, small)


@pytest.mark.long
def test_every_output_of_the_sample_is_byte_for_byte_what_a_build_publishes(
    tmp_path: Path, published: Path
) -> None:
    compare(Writer(tmp_path, REPOSITORY), published)


def compare(saver: Writer, published: Path) -> None:
    """Compare what is served with what was published: every path, the bytes of one language."""
    good = saver.live.state.good
    assert good is not None
    own = {path.relative_to(published).as_posix() for path in published.rglob("*.*")}
    assert {path for path in own if path.startswith(("site/", "posts/"))} <= good.steps.keys()
    for output in good.steps:
        if "/ar/" in output or "/" not in output.partition("/")[2] or "sitemap" in output:
            served = saver.live.serve(output)
            assert served is not None
            assert served.data == (published / output).read_bytes(), output


def test_what_is_not_in_the_plan_is_not_served(saver: Writer) -> None:
    for path in ("", "site", "site/en", "../campaign.yaml", f"campaigns/{CAMPAIGN}/campaign.yaml"):
        assert saver.live.serve(path) is None


def test_a_saved_point_is_shown_before_everything_is_read_again(saver: Writer) -> None:
    change = saver.live.patch([saver.save("Words come back.")])
    assert change is not None
    assert PAGE in change.outputs
    assert OTHER not in change.outputs
    assert "Words come back." in saver.page()
    assert "Words come back." not in saver.page(LIST)
    full = saver.live.refresh()
    assert LIST in full.outputs
    assert "Words come back." in saver.page(LIST)
    assert full.number > change.number


def test_a_patched_page_is_the_page_that_a_full_reading_gives(saver: Writer) -> None:
    saver.live.patch([saver.save("Words come back.")])
    quick = saver.page()
    saver.live.refresh()
    untranslated = re.compile(r'<link rel="alternate" hreflang=[^>]*>\n')  # planning knows these
    assert untranslated.sub("", quick) == untranslated.sub("", saver.page())


def test_a_save_that_changes_nothing_reloads_nothing(saver: Writer) -> None:
    before = saver.live.state.number
    saver.point.write_bytes(saver.point.read_bytes())
    change = saver.live.patch([saver.point])
    assert change is not None
    assert change.outputs == frozenset()
    assert saver.live.refresh().number == before


def test_a_broken_point_leaves_the_last_good_site_and_names_the_place(saver: Writer) -> None:
    before = saver.page()
    original = saver.point.read_text("utf-8")
    saver.point.write_text(original.replace("mode: alternative", "mode: alternativ"), "utf-8")
    assert saver.live.patch([saver.point]) is None
    change = saver.live.refresh()
    assert change.errors == 1
    assert change.outputs == frozenset()
    (problem,) = saver.live.state.errors
    assert (problem.line, problem.column, problem.code) == (2, 7, "bad-choice")
    assert problem.path.endswith(f"{POINT}.md")
    assert "alternative" in problem.hint
    assert saver.page() == before
    saver.point.write_text(original, "utf-8")
    saver.live.refresh()
    assert saver.live.count("error") == 0


def test_a_point_with_a_mistake_is_not_shown_early(saver: Writer) -> None:
    assert saver.live.patch([saver.save("long " * 60)]) is None
    saver.live.refresh()
    assert saver.live.count("error") > 0
    assert "long long" not in saver.page()


def test_a_change_in_a_point_with_a_mistake_is_told(saver: Writer) -> None:
    """Whoever else has it open in the editor must see what was written."""
    saver.live.patch([saver.save("long " * 60)])
    saver.live.refresh()
    before = saver.live.state.number
    text = saver.point.read_text("utf-8")
    saver.point.write_text(text.rstrip() + " More words.\n", "utf-8")
    assert saver.live.patch([saver.point]) is None
    assert saver.live.refresh().number > before


def test_a_broken_template_never_replaces_a_good_page(saver: Writer) -> None:
    before = saver.page()
    template = saver.workspace / "templates/site/point.html"
    template.parent.mkdir(parents=True)
    template.write_text("{% extends 'base.html' %}\n{% block main %}{{ nothing.here }}", "utf-8")
    saver.live.refresh()
    assert saver.page() == before
    assert [problem.code for problem in saver.live.state.errors] == ["template-error"]
    assert saver.live.state.errors[0].path == "templates/site/point.html"
    template.unlink()
    saver.live.refresh()
    assert saver.live.state.errors == ()


def test_a_campaign_that_starts_broken_is_mended_while_it_runs(tmp_path: Path) -> None:
    workspace = copy_workspace(tmp_path)
    file = workspace / "campaigns" / CAMPAIGN / "campaign.yaml"
    text = file.read_text("utf-8")
    file.write_text(text.replace("title:", "titel:", 1), "utf-8")
    live = LiveCampaign(
        workspace, CAMPAIGN, Renderer(workspace, versions(code_digest())), day, moment
    )
    assert live.state.good is None
    assert live.serve(PAGE) is None
    assert live.count("error") > 0
    file.write_text(text, "utf-8")
    change = live.refresh()
    assert PAGE in change.outputs
    assert live.serve(PAGE) is not None


def test_a_new_and_a_removed_point_come_and_go(saver: Writer) -> None:
    new = saver.point.with_name("a-new-one.md")
    new.write_bytes(saver.point.read_bytes())
    assert saver.live.patch([new]) is None
    assert "site/en/points/a-new-one/index.html" in saver.live.refresh().outputs
    new.unlink()
    assert "site/en/points/a-new-one/index.html" in saver.live.refresh().outputs
    assert saver.live.serve("site/en/points/a-new-one/index.html") is None


def test_what_was_saved_while_everything_was_read_is_not_lost(
    saver: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stopjihad.studio.live import campaign as module

    reading, go_on = threading.Event(), threading.Event()
    take = module.read_snapshot

    def slowly(*args: object) -> object:
        taken = take(*args)  # type: ignore[arg-type]
        reading.set()
        assert go_on.wait(60)
        return taken

    monkeypatch.setattr(module, "read_snapshot", slowly)
    saver.save("The older words.")
    thread = threading.Thread(target=saver.live.refresh)
    thread.start()
    assert reading.wait(60)
    saver.live.patch([saver.save("The newer words.")])
    go_on.set()
    thread.join(60)
    assert "The newer words." in saver.page()


def test_a_fault_of_ours_becomes_a_problem_and_the_next_save_is_followed(
    saver: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    from stopjihad.studio.live import campaign as module

    def fail(*_: object) -> None:
        raise ValueError("cannot\nread")

    before = saver.page()
    with monkeypatch.context() as patched:
        patched.setattr(module, "read_snapshot", fail)
        change = saver.live.refresh()
    assert change.errors == 1
    assert saver.live.state.errors[0].code == "preview-failed"
    assert saver.page() == before
    saver.live.refresh()
    assert saver.live.state.errors == ()


def test_the_store_is_shared_with_builds(saver: Writer) -> None:
    card = f"site/cards/en/{POINT}/og.png"
    served = saver.live.serve(card)
    assert served is not None
    stored = [p for p in (saver.workspace / ".stopjihad/store").rglob("*") if p.is_file()]
    assert any(served.data in path.read_bytes() for path in stored)  # type: ignore[operator]


def test_a_good_save_stays_shown_when_the_next_one_is_broken_at_once(saver: Writer) -> None:
    saver.live.patch([saver.save("A good save.")])
    saver.point.write_text("broken", "utf-8")
    assert saver.live.patch([saver.point]) is None
    saver.live.refresh()
    assert saver.live.count("error") == 1
    assert "A good save." in saver.page()


def test_a_save_names_the_same_outputs_as_a_look_through_all_steps(saver: Writer) -> None:
    before = saver.live.state.good
    assert before is not None
    change = saver.live.patch([saver.save("Other words about mothers.")])
    after = saver.live.state.good
    assert change is not None
    assert after is not None
    assert after.uses is before.uses
    searched = changed_outputs(before, after._replace(uses=Uses(after.plan)))
    assert change.outputs == searched
    assert PAGE in searched
    assert OTHER not in searched


def test_errors_are_counted_as_they_are_listed(saver: Writer) -> None:
    def counted() -> tuple[int, int]:
        listed = sum(one.severity == "error" for one in saver.live.problems())
        return listed, saver.live.count("error")

    assert counted() == (0, 0)
    saver.live.patch([saver.save("Muslims do not belong here.")])
    listed, errors = counted()
    assert listed == errors > 0
    saver.live.refresh()
    assert counted() == (listed, errors)
    saver.live.patch([saver.save("Mothers lose their sons.")])
    assert counted() == (0, 0)


def test_a_draft_is_shown_to_its_writer_alone_until_it_is_ready(saver: Writer) -> None:
    live, page = saver.live, "site/en/points/begun/index.html"
    before = dict(live.state.good.steps) if live.state.good else {}
    begun = saver.point.with_name("begun.md")
    text = saver.point.read_text("utf-8")
    begun.write_text(re.sub("(?m)^mode: ", "draft: true\nmode: ", text, count=1), "utf-8")
    begun.with_name("half.md").write_text("---\ndraft: true\nfact: Half a sent\n---\n", "utf-8")
    change = live.refresh()
    assert (change.errors, live.state.errors) == (0, ())
    assert live.state.good is not None
    assert live.state.good.steps == live.newest_steps == before
    assert [one.record.id for one in live.draft_points] == ["begun", "half"]
    assert live.serve(page) is None
    served = live.serve(page, newest=True)
    assert served is not None
    assert served.data
    half = live.serve("site/en/points/half/index.html", newest=True)
    assert half is not None
    assert b"Half a sent" in (half.data or b"")
    begun.write_text(re.sub("(?m)^fact: .*$", "fact: Typed on.", begun.read_text("utf-8")), "utf-8")
    live.patch([begun])
    assert live.state.good.steps == before
    served = live.serve(page, newest=True)
    assert served is not None
    assert b"Typed on." in (served.data or b"")
    begun.write_text(begun.read_text("utf-8").replace("draft: true\n", ""), "utf-8")
    live.patch([begun])
    live.refresh()
    assert [one.record.id for one in live.draft_points] == ["half"]
    begun.with_name("half.md").unlink()
    later = begun.parents[1] / "pages/later.md"
    later.write_text("---\ntitle: Later\ndraft: true\n---\nWords.\n", "utf-8")
    live.refresh()
    assert live.serve("site/en/pages/later/index.html") is None
    served = live.serve("site/en/pages/later/index.html", newest=True)
    assert served is not None
    assert b"<h1>Later</h1>" in (served.data or b"")
    assert b"Typed on." in saver.page(page).encode()


def test_a_draft_that_is_made_ready_while_files_are_read_is_shown_on(
    saver: Writer, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its page was gone for a moment: read as a broken draft, then as one that is none."""
    live, half = saver.live, saver.point.with_name("half.md")
    half.write_text("---\ndraft: true\nfact: Half a sent\n---\n", "utf-8")
    read = snapshot.survey

    def read_then_ready(*args: object, **named: object) -> object:
        found = read(*args, **named)  # type: ignore[arg-type]
        half.write_text("---\nfact: Half a sentence\n---\n", "utf-8")
        return found

    monkeypatch.setattr(snapshot, "survey", read_then_ready)
    live.refresh()
    assert live.serve("site/en/points/half/index.html", newest=True) is not None


def test_a_file_that_breaks_again_as_before_is_told_of_again(saver: Writer) -> None:
    """Two clashes soon after each other: the page with the second one stayed open, unlocked."""
    live, whole = saver.live, saver.point.read_text("utf-8")
    broken = whole.replace("fact: ", "<<<<<<< HEAD\nfact: ", 1)

    def met() -> int:
        saver.point.write_text(broken, "utf-8")
        live.patch([saver.point])
        assert live.refresh().errors == 1
        return live.state.number

    first = met()
    saver.point.write_text(whole, "utf-8")
    live.patch([saver.point])
    again = live.state.number
    assert first < again < met()
