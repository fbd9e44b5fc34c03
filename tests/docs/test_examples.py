"""What the documents tell people to write and to type works as it stands there."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from stopjihad.load.targets import load_targets, people_read

from support.build import REPOSITORY, day_of_the_campaign, stopjihad

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(name: str, language: str) -> list[str]:
    text = (REPOSITORY / name).read_text("utf-8")
    return [body for kind, body in BLOCK.findall(text) if kind == language]


def test_the_examples_of_the_guide_for_authors_make_a_campaign_without_errors(
    tmp_path: Path,
) -> None:
    (point,) = [text for text in blocks("docs/authors.md", "markdown") if text.startswith("---")]
    table, campaign, helplines, _, responses, *_ = blocks("docs/authors.md", "yaml")
    point = point.replace("\nsources:\n", f"\n{table.replace('unsom2017', 'un2014')}sources:\n")
    folder = tmp_path / "campaigns/example"
    for path, text in (
        ("points/they-came-home.md", point),
        ("campaign.yaml", campaign),
        ("helplines.yaml", helplines),
        ("responses.yaml", responses),
        *(
            (f"pages/{name}.md", "---\ntitle: A page\nsummary: A page.\n---\nWords.\n")
            for name in ("about", "privacy", "accessibility")
        ),
    ):
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, "utf-8")
    day = "1795478400"  # 2026-11-24, the day the examples speak of
    done = stopjihad("-C", tmp_path, "check", SOURCE_DATE_EPOCH=day)
    assert done.returncode == 0, done.stdout + done.stderr
    done = stopjihad("-C", tmp_path, "build", "-o", tmp_path / "dist", SOURCE_DATE_EPOCH=day)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_first_campaign_of_the_readme_runs_as_it_is_pasted(tmp_path: Path) -> None:
    text = (REPOSITORY / "README.md").read_text("utf-8")
    section = text.partition("## Your first campaign in five minutes")[2].partition("\n## ")[0]
    pasted = [body for kind, body in BLOCK.findall(section) if kind == "sh"]
    *typed, last = pasted
    assert last == "stopjihad preview\n"
    done = subprocess.run(
        ["bash", "-e"],
        input="".join(typed),
        check=False,
        capture_output=True,
        text=True,
        cwd=tmp_path,
        env=pasting(),
    )
    assert done.returncode == 0, done.stdout + done.stderr
    assert "warning" not in done.stdout + done.stderr
    site = tmp_path / "my-workspace/dist/my-campaign/site/en"
    assert "More than 300 victims" in (site / "points/rule-by-fear/index.html").read_text("utf-8")
    assert "rule-by-fear" in (site / "points/index.html").read_text("utf-8")
    assert (site.parent / "cards/en/rule-by-fear/og.png").is_file()


def test_the_studio_of_the_readme_opens(tmp_path: Path) -> None:
    assert stopjihad("init", tmp_path / "x").returncode == 0
    words = ["stopjihad", "preview", "--port", "0"]  # the port of the README may be in use
    with subprocess.Popen(
        words, cwd=tmp_path / "x", env=pasting(), stdout=subprocess.PIPE, text=True
    ) as studio:
        assert studio.stdout is not None
        assert "The studio is open" in studio.stdout.readline()
        studio.terminate()


def pasting() -> dict[str, str]:
    """Give the environment of a terminal in which the program is installed."""
    path = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    when = day_of_the_campaign()
    return {**os.environ, "PATH": path, "SOURCE_DATE_EPOCH": when, "PYTHONUNBUFFERED": "1"}


def test_targets_are_written_as_the_page_on_publishing_has_them(tmp_path: Path) -> None:
    (targets,) = blocks("docs/publishing.md", "yaml")
    (tmp_path / "targets.yaml").write_text(targets, "utf-8")
    found, problems = load_targets(tmp_path, "demo")
    assert problems == []
    assert [people_read(tmp_path, found, name) for name in found] == [None, None]


def test_an_alert_is_written_as_the_page_on_crises_has_it(tmp_path: Path) -> None:
    names, targets, alert, coded = blocks("docs/crisis.md", "yaml")
    names = coded + names.removeprefix("places:\n")
    assert stopjihad("init", tmp_path / "town", "--language", "en").returncode == 0
    campaign = tmp_path / "town/campaigns/my-campaign"
    text = (campaign / "campaign.yaml").read_text("utf-8")
    text = re.sub(r"(?m)^(?:places|authorities):\n(?:  .*\n)+", "", text)
    (campaign / "campaign.yaml").write_text(text + names, "utf-8")
    (campaign / "targets.yaml").write_text(targets, "utf-8")
    (campaign / "alerts/station.yaml").write_text(alert, "utf-8")
    words = ("-C", tmp_path / "town")
    for command, told in (
        (("review", "approve", "-l", "en", "--by", "Sami", "alerts/attack-under-way"), "approved"),
        (("alert", "approve", "station", "--by", "Nour"), "approved once"),
        (("alert", "approve", "station", "--by", "Sami"), "approved twice"),
        (("alert", "show", "station"), "Market hall: attack under way."),
    ):
        done = stopjihad(*words, *command, SOURCE_DATE_EPOCH="1796134800")
        assert done.returncode == 0, done.stdout + done.stderr
        assert told in done.stdout
    ready = stopjihad(*words, "alert", "ready", SOURCE_DATE_EPOCH="1796134800").stdout
    assert "nothing says where the site goes" not in ready
    assert "Northfield" not in ready, "its authority is no placeholder"
