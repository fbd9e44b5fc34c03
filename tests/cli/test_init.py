"""`init` gives a small campaign that is whole in one language; its texts are the sample's own."""

from __future__ import annotations

import json
import resource
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stopjihad.cli.main import main
from stopjihad.cli.starter import POINTS, Chosen, NotWhole, starter_files
from stopjihad.disk.cache import NoCache
from stopjihad.load.project import load_project
from stopjihad.load.workspace import read_sources
from stopjihad.translate.status import key_of, segment_states

from support.build import CAMPAIGN, REPOSITORY, day_of_the_campaign, started_anew
from support.toy import tree

LANGUAGES = ("en", "fr", "de", "ar")
SAMPLE = REPOSITORY / "campaigns" / CAMPAIGN
TEMPLATES = {path.name for path in (SAMPLE / "alerts/templates").glob("*.yaml")}


def run(*words: str | Path) -> Result:
    when = {"SOURCE_DATE_EPOCH": day_of_the_campaign()}
    return CliRunner().invoke(main, [str(word) for word in words], env=when)


def found_in(folder: Path) -> set[tuple[str, str]]:
    """Say what is found in a workspace; that somebody has to read sentences is no mistake."""
    checked = run("-C", folder, "check", "--format", "json")
    problems = json.loads(checked.stdout)["problems"]
    return {(problem["severity"], problem["code"]) for problem in problems}


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_starter_has_nothing_to_complain_about(tmp_path: Path, language: str) -> None:
    folder = tmp_path / "mine"
    assert run("init", folder, "--language", language).exit_code == 0
    assert found_in(folder) <= {("info", "sentences-unread")}
    points = {path.stem for path in folder.rglob("points/*.md")}
    assert points == set(POINTS)
    words = {path.read_text("utf-8") for path in folder.rglob("*.md")}
    english = {path.read_text("utf-8") for path in SAMPLE.rglob("*.md")}
    assert (words <= english) == (language == "en")
    assert {path.name for path in folder.rglob("alerts/templates/*.yaml")} == TEMPLATES
    label = "Talk to someone today" if language == "en" else ""
    assert run("-C", folder, "new", "point", "mine").exit_code == 0
    assert f"  label: {label}\n" in next(folder.rglob("points/mine.md")).read_text("utf-8")


@pytest.mark.parametrize("language", ["es", "nl", "so", "tr", "ru", "ur", "ps", "bn"])
def test_every_language_of_the_sample_can_be_begun_with(tmp_path: Path, language: str) -> None:
    assert run("init", tmp_path / "mine", "--language", language).exit_code == 0
    checked = run("-C", tmp_path / "mine", "check", "--format", "json")
    assert checked.exit_code == 0, checked.output


@pytest.mark.parametrize(
    ("words", "zone"),
    [
        (("--language", "en"), "Europe/London"),
        (("--language", "de", "--blank"), "Europe/Berlin"),
        (("--language", "tr"), "Europe/Berlin"),  # its one helpline is there
        (("--language", "es"), "Europe/Madrid"),
        (("--timezone", "Europe/Dublin"), "Europe/Dublin"),
    ],
)
def test_the_clock_is_that_of_the_country(
    tmp_path: Path, words: tuple[str, ...], zone: str
) -> None:
    told = run("init", tmp_path / "mine", *words).output
    assert f"Its times are those of {zone}: schedule.timezone in campaign.yaml." in told
    (file,) = tmp_path.rglob("campaign.yaml")
    assert f"\n  timezone: {zone}\n" in file.read_text("utf-8")
    wrong = run("init", tmp_path / "other", "--timezone", "London")
    assert wrong.exit_code == 2
    assert "did you mean Europe/London?" in wrong.output
    assert not (tmp_path / "other").exists()


def test_a_starter_is_built_in_three_seconds_of_machine_time(tmp_path: Path) -> None:
    # A processor that others use, too, takes up to half as long again for the same work.
    assert any(_begin_and_build(tmp_path / name) < 4.5 for name in ("first", "second", "third"))
    page = tmp_path / "first/mine/dist/my-campaign/site/fr/points" / POINTS[0] / "index.html"
    assert '<html lang="fr"' in page.read_text("utf-8")


def _begin_and_build(folder: Path) -> float:
    """Count the seconds of processor that a new workspace and its first build take."""
    folder.mkdir()
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    for words in (("init", "mine", "--language", "fr"), ("-C", "mine", "build", "--jobs", "1")):
        done = started_anew(*words, folder=folder, SOURCE_DATE_EPOCH=day_of_the_campaign())
        assert done.returncode == 0, done.stderr
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def test_the_words_of_an_alert_are_there_from_the_first_day(tmp_path: Path) -> None:
    assert run("init", tmp_path / "mine", "--language", "fr").exit_code == 0
    assert {path.name for path in tmp_path.rglob("alerts/templates/*.yaml")} == TEMPLATES
    (template,) = tmp_path.rglob("alerts/templates/attack-under-way.yaml")
    assert 'headline: "{place} : attaque en cours' in template.read_text("utf-8")


def test_the_whole_sample_is_copied_byte_for_byte(tmp_path: Path) -> None:
    assert run("init", tmp_path / "mine", "--sample").exit_code == 0
    copied = tree(tmp_path / "mine/campaigns" / CAMPAIGN)
    signatures = {name: copied.pop(name) for name in (".gitattributes", "reviews.jsonl")}
    assert copied == tree(SAMPLE)
    assert signatures["reviews.jsonl"].count(b"\n") > 400


def states_of(folder: Path, language: str) -> dict[str, str]:
    """Give the state of each whole of a workspace: the worst of its texts'."""
    project, _ = load_project(read_sources(folder, "my-campaign")[0], NoCache())
    assert project is not None
    found: dict[str, str] = {}
    for one in segment_states(project, language):
        key = key_of(one.segment.context)
        found[key] = max(found.get(key, ""), one.state)
    return found


def test_what_the_program_ships_waits_for_nobody_until_it_is_touched(tmp_path: Path) -> None:
    folder = tmp_path / "mine"
    assert run("init", folder, "--language", "en").exit_code == 0
    alerts = {f"alerts/{Path(name).stem}" for name in TEMPLATES}
    waiting = {key for key, state in states_of(folder, "en").items() if state != "approved"}
    assert waiting == {"helplines", *alerts}
    (point,) = folder.rglob("points/stay-in-contact.md")
    point.write_text(point.read_text("utf-8").replace('fact: "', 'fact: "Indeed: ', 1), "utf-8")
    assert states_of(folder, "en")["stay-in-contact"] == "unreviewed"
    assert found_in(folder) <= {("info", "sentences-unread")}


def test_a_translation_of_ours_is_signed_by_nobody(tmp_path: Path) -> None:
    assert run("init", tmp_path / "mine", "--language", "fr").exit_code == 0
    assert not list(tmp_path.rglob("reviews.jsonl"))
    assert set(states_of(tmp_path / "mine", "fr").values()) == {"unreviewed"}


def test_the_tag_of_a_language_may_be_written_in_capitals(tmp_path: Path) -> None:
    result = CliRunner().invoke(main, ["init", str(tmp_path / "ws"), "--language", "DE"])
    assert result.exit_code == 0, result.output
    text = (tmp_path / "ws/campaigns/my-campaign/campaign.yaml").read_text("utf-8")
    assert "source_language: de" in text


def test_a_language_without_a_starter_is_named_with_those_that_have_one(tmp_path: Path) -> None:
    result = run("init", tmp_path / "mine", "--language", "it")
    assert result.exit_code == 2
    assert "there is no starter in 'it'; known here: ar, bn" in result.output
    assert not (tmp_path / "mine").exists()


def test_the_language_is_asked_for_on_a_terminal(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("stopjihad.cli.init._is_terminal", lambda: True)
    words = ["init", str(tmp_path / "mine")]
    result = CliRunner().invoke(main, words, input="xx\nar\n")
    assert result.exit_code == 0, result.output
    assert "Which language do you write in?" in result.output
    text = (tmp_path / "mine/campaigns/my-campaign/campaign.yaml").read_text("utf-8")
    assert "languages: [ar]" in text


def test_a_text_without_translation_makes_no_starter_instead_of_half_a_one() -> None:
    sources, _ = read_sources(REPOSITORY, CAMPAIGN)
    project, _ = load_project(sources, NoCache())
    assert project is not None
    base = f"campaigns/{CAMPAIGN}/"
    files = {path.removeprefix(base): data.decode() for path, data in sources.files.items()}
    files[f"points/{POINTS[0]}.md"] += "\nOne more paragraph.\n"
    with pytest.raises(NotWhole, match=f"{POINTS[0]}/body is not translated into fr"):
        starter_files(files, project, Chosen("fr"))
