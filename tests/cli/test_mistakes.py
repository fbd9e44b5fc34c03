"""Mistakes that people made at a terminal: each is said in a line, and nothing is lost."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from stopjihad.cli.doctor import examine
from stopjihad.cli.main import main

from support.build import CAMPAIGN, REPOSITORY
from support.cards import photo
from support.toy import tree

BASE = REPOSITORY / "tests" / "invalid" / "_base"
DAY = {"SOURCE_DATE_EPOCH": "1795478400"}


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    folder = tmp_path / "workspace"
    shutil.copytree(BASE, folder)
    return folder


def run(*words: str | Path, **environment: str) -> Result:
    result = CliRunner().invoke(main, [str(word) for word in words], env={**DAY, **environment})
    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    return result


def in_languages(workspace: Path, tags: str) -> None:
    path = workspace / "campaigns/demo/campaign.yaml"
    text = path.read_text("utf-8").replace("languages: [en]", f"languages: [{tags}]")
    path.write_text(text, encoding="utf-8")


def test_a_card_goes_into_a_folder_that_was_missing(workspace: Path) -> None:
    target = workspace / "new" / "folder" / "a.png"
    result = run("-C", workspace, "card", "neighbours", "-o", target)
    assert (result.exit_code, result.stdout) == (0, f"{target}\n")
    assert target.read_bytes().startswith(b"\x89PNG")


def test_slides_go_into_a_new_folder_with_their_words(workspace: Path) -> None:
    folder = workspace / "slides"
    result = run("-C", workspace, "card", "neighbours", "--slides", folder)
    assert result.exit_code == 0, result.stderr
    names = [Path(line).name for line in result.stdout.splitlines()]
    assert names == [*(f"{number}.png" for number in range(1, len(names))), "alt.txt"]
    assert sorted(path.name for path in folder.iterdir()) == sorted(names)
    assert (folder / "alt.txt").read_text("utf-8").startswith("Most people they killed were")
    again = run("-C", workspace, "card", "neighbours", "--slides", folder)
    assert (again.exit_code, "not empty" in again.stderr) == (2, True)
    bare = run("-C", workspace, "card", "--slides", workspace / "other")
    assert (bare.exit_code, "talking point" in bare.stderr) == (2, True)


def test_a_card_that_cannot_be_written_is_one_line(workspace: Path) -> None:
    (workspace / "file").write_text("mine")
    result = run("-C", workspace, "card", "neighbours", "-o", workspace / "file" / "a.png")
    assert result.exit_code == 1
    (line,) = result.stderr.splitlines()
    assert line.startswith("Error: ")
    assert (workspace / "file").read_text() == "mine"


def test_a_card_is_not_written_under_the_name_of_another_format(workspace: Path) -> None:
    target = workspace / "a.gif"
    result = run("-C", workspace, "card", "neighbours", "-o", target)
    assert result.exit_code == 2
    assert result.stderr.endswith("this card is a PNG picture; end the name with .png\n")
    assert not target.exists()


def test_one_card_has_one_language(workspace: Path) -> None:
    result = run("-C", workspace, "card", "neighbours", "--language", "en,fr")
    assert result.exit_code == 2
    assert result.stderr.splitlines()[-1].endswith("for several: --sheet DIR")


@pytest.mark.parametrize("name", ["Our Neighbours.md", "Neighbours.md", "über-uns.md"])
def test_a_file_name_that_is_no_id_says_how_to_rename_it(workspace: Path, name: str) -> None:
    points = workspace / "campaigns/demo/points"
    (points / "neighbours.md").rename(points / name)
    result = run("-C", workspace, "check")
    assert result.exit_code == 1
    line = next(line for line in result.stdout.splitlines() if "[file-name]" in line)
    assert line.startswith(f"campaigns/demo/points/{name}:1: error[file-name] ")
    assert "use small letters, digits and hyphens" in line
    better = re.search(r"perhaps to ([a-z-]+\.md)\)$", line)
    assert better
    (points / name).rename(points / better[1])
    assert run("-C", workspace, "check").exit_code == 0


def test_a_folder_of_a_campaign_needs_an_id_too(workspace: Path) -> None:
    campaigns = workspace / "campaigns"
    (campaigns / "demo").rename(campaigns / "My Demo")
    for command in (("check",), ("build", "--only", "report")):
        result = run("-C", workspace, *command)
        assert result.exit_code == 1
        assert "campaigns/My Demo: error[file-name] 'My Demo' cannot be an id" in result.output
        assert "(rename the folder, perhaps to my-demo)" in result.output


def test_a_file_name_that_is_not_utf_8_is_named_and_the_rest_goes_on(workspace: Path) -> None:
    folder = bytes(workspace / "campaigns/demo/points")
    with open(folder + b"/caf\xe9.md", "wb") as file:  # noqa: PTH123  no Path holds these bytes
        file.write(b"x")
    for style in ("text", "json", "sarif"):
        done = subprocess.run(
            [sys.executable, "-m", "stopjihad", "-C", workspace, "check", "--format", style],
            check=False,
            capture_output=True,
        )
        assert done.returncode in {0, 1}
        assert b"Traceback" not in done.stderr
        assert b"caf" in done.stdout


@pytest.mark.parametrize("tag", ["zh", "zh-Hant", "ja", "ko"])
@pytest.mark.parametrize("texts", [False, True])
def test_doctor_names_the_font_package(
    workspace: Path,
    tag: str,
    texts: bool,  # noqa: FBT001
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("stopjihad.load.fonts.missing_letters", lambda _, letters: letters)
    in_languages(workspace, f"en, {tag}")
    if texts:
        (workspace / "campaigns/demo/locale").mkdir()
        (workspace / f"campaigns/demo/locale/{tag}.po").write_text(
            'msgid ""\nmsgstr ""\n\nmsgctxt "campaign/title"\nmsgid "Demo"\nmsgstr "字"\n',
            encoding="utf-8",
        )
    found = {item.subject: item for item in examine(workspace)}
    assert found[f"demo, {tag}"].state == "error"
    assert found[f"demo, {tag}"].mend == "apt install fonts-noto-cjk"


def test_errors_come_first_and_findings_alike_share_a_line(workspace: Path) -> None:
    in_languages(workspace, "en, fr, de, ar")
    assert run("-C", workspace, "translate", "update").exit_code == 0
    point = workspace / "campaigns/demo/points/neighbours.md"
    text = point.read_text("utf-8").replace("mode: debunk", "mode: debnuk")
    point.write_text(text.replace("They guard us", "They guarded us"), encoding="utf-8")
    lines = run("-C", workspace, "check").stdout.splitlines()
    assert "error[bad-choice]" in lines[0]
    incomplete = [line for line in lines if "[translation-incomplete]" in line]
    assert len(incomplete) == 1
    assert incomplete[0].endswith("  and 2 more: de, fr")
    every = run("-C", workspace, "check", "--all").stdout.splitlines()
    assert "error[bad-choice]" in every[0]
    assert sum("[translation-incomplete]" in line for line in every) == 3
    assert sum("[SAF01]" in line for line in lines) == 1
    (alike,) = [line for line in lines if "[SAF01]" in line]
    assert alike.endswith("  and 2 more: de, ar")


def test_findings_go_to_standard_output(workspace: Path) -> None:
    in_languages(workspace, "en, fr")
    result = run("-C", workspace, "check")
    assert "[language-without-translations]" in result.stdout
    assert result.stderr == ""


def test_quiet_prints_errors_alone(workspace: Path) -> None:
    in_languages(workspace, "en, fr")
    assert run("-C", workspace, "check", "-q").output == ""
    built = run("-C", workspace, "build", "--only", "site", "--quiet")
    assert (built.exit_code, built.output) == (0, "")
    point = workspace / "campaigns/demo/points/neighbours.md"
    point.write_text(point.read_text("utf-8").replace("mode: debunk", "mode: no"), "utf-8")
    result = run("-C", workspace, "check", "-q")
    assert result.exit_code == 1
    assert "[bad-choice]" in result.stdout
    assert "warning" not in result.stdout


def test_no_color_is_honoured(workspace: Path) -> None:
    in_languages(workspace, "en, fr")

    def shown(**environment: str) -> str:
        words = ["-C", str(workspace), "check"]
        runner = CliRunner(env={**DAY, **environment})
        return runner.invoke(main, words, color=True).output + (
            runner.invoke(main, ["rules", "LNG02"], color=True).output
        )

    assert "\x1b[" in shown()
    assert "\x1b[" in shown(NO_COLOR="")
    assert "\x1b[" not in shown(NO_COLOR="1")


def test_a_text_that_is_too_long_exits_1() -> None:
    long = run("count", "bluesky", "a" * 301)
    assert (long.exit_code, "too long" in long.output) == (1, True)
    assert run("count", "bluesky", "a" * 301, "--format", "json").exit_code == 1
    assert run("count", "bluesky", "a" * 300).exit_code == 0


def test_plan_has_a_summary_for_people(workspace: Path) -> None:
    lines = run("-C", workspace, "plan").stdout.splitlines()
    assert len(lines) < 15
    assert lines[0].split() == ["new", "changed", "unchanged"]
    total = sum(int(line.split()[1]) for line in lines[1:-1])
    steps = run("-C", workspace, "plan", "--steps").stdout.splitlines()
    assert len(steps) - 1 == total
    assert lines[-1] == steps[-1] == f"demo: {total} of {total} steps would run"


def test_the_package_runs_as_a_module() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "stopjihad", "--version"],
        check=True,
        capture_output=True,
        text=True,
    )
    assert done.stdout.startswith("stopjihad, version ")


def test_translations_of_the_sample_are_in_step(tmp_path: Path) -> None:
    copy = tmp_path / "campaigns" / CAMPAIGN
    shutil.copytree(REPOSITORY / "campaigns" / CAMPAIGN, copy)
    result = run("-C", tmp_path, "translate", "update")
    assert result.exit_code == 0
    lines = result.stdout.splitlines()
    assert len(lines) > 11
    assert [line for line in lines if not line.endswith(": nothing changed")] == []
    assert tree(copy) == tree(REPOSITORY / "campaigns" / CAMPAIGN)


def test_a_direction_override_does_not_turn_the_terminal_around(workspace: Path) -> None:
    """The line of the file was printed as it stood: a terminal showed its number backwards."""
    point = workspace / "campaigns/demo/points/neighbours.md"
    text = point.read_text("utf-8")
    point.write_text(text.replace("neighbours.", "neigh\u202ebours.", 1), "utf-8")
    shown = run("-C", workspace, "check").stdout
    assert "[text-order] U+202E" in shown
    assert "\u202e" not in shown
    assert "neigh\ufffdbours." in shown


def test_an_invisible_mark_in_a_number_is_named(workspace: Path) -> None:
    helplines = workspace / "campaigns/demo/helplines.yaml"
    text = helplines.read_text("utf-8")
    helplines.write_text(re.sub(r'e164: "(\+..)', 'e164: "\\1\u202e', text, count=1), "utf-8")
    line = next(one for one in run("-C", workspace, "check").stdout.splitlines() if "e164" in one)
    assert "(delete the invisible mark U+202E in it, then: E.164, for example +" in line


def test_an_odd_address_of_a_text_is_found_on_its_own_line(workspace: Path) -> None:
    """The first line of the whole text was named, wherever the address stood."""
    point = workspace / "campaigns/demo/points/neighbours.md"
    text = point.read_text("utf-8").rstrip("\n") + "\n\n[Read](https://me:pw@example.org/x)\n"
    point.write_text(text, "utf-8")
    line = next(one for one in run("-C", workspace, "check").stdout.splitlines() if "odd]" in one)
    assert line.split(":")[1] == str(text.count("\n"))


def test_words_that_point_back_are_shown_as_they_are_written(workspace: Path) -> None:
    """French ``C’est`` was reported as ``C``."""
    point = workspace / "campaigns/demo/points/neighbours.md"
    text = point.read_text("utf-8")
    point.write_text(re.sub("(?m)^warning:.*$", "warning: That's a trick.", text), "utf-8")
    assert "opens with 'That's', which" in run("-C", workspace, "check").stdout


def test_a_name_for_a_new_file_that_is_no_id_comes_back_as_one(workspace: Path) -> None:
    result = run("-C", workspace, "new", "point", "Ils sont revenus")
    assert result.exit_code == 2
    assert "perhaps ils-sont-revenus" in result.stderr


def test_an_export_for_what_the_campaign_has_not_empties_no_folder(workspace: Path) -> None:
    """A misspelt language wrote no file, removed those that stood there, and exited 0."""
    with (workspace / "campaigns/demo/campaign.yaml").open("a", encoding="utf-8") as file:
        file.write("platforms: [x]\n")
    assert run("-C", workspace, "build", "-q", "--only", "posts", "--jobs", "1").exit_code == 0
    assert run("-C", workspace, "export", "csv").exit_code == 0
    made = sorted((workspace / "dist/demo/exports/csv").iterdir())
    assert made
    for words in (("--language", "xx"), ("--platform", "fcaebook")):
        result = run("-C", workspace, "export", "csv", *words)
        assert result.exit_code == 2
        assert f"'{words[1]}' is not a {words[0][2:]} of demo; " in result.stderr
        assert sorted((workspace / "dist/demo/exports/csv").iterdir()) == made


def test_an_export_for_translators_without_a_language_says_so(workspace: Path) -> None:
    """It printed nothing and wrote nothing."""
    for words in ((), ("--language", "fr")):
        result = run("-C", workspace, "translate", "export", "xlsx", *words)
        assert result.exit_code == 2
        assert "add others to 'languages' in campaign.yaml" in result.stderr


@pytest.mark.parametrize("line", ["\tmode: debunk", "speaker: @lea"])
def test_a_tab_and_an_at_sign_are_named_where_yaml_stops(workspace: Path, line: str) -> None:
    point = workspace / "campaigns/demo/points/neighbours.md"
    point.write_text(point.read_text("utf-8").replace("---\n", f"---\n{line}\n", 1), "utf-8")
    shown = run("-C", workspace, "check").stdout
    assert "(indent with spaces, never with a tab; quote text that begins with @, ` or %)" in shown


def test_the_caret_stands_under_a_word_far_to_the_right(workspace: Path) -> None:
    """Lines were cut after 160 characters, and the caret stood under the last one."""
    point = workspace / "campaigns/demo/points/neighbours.md"
    text = (
        point.read_text("utf-8").rstrip("\n") + "\n\n" + "We read it. " * 30 + "It ends. [^gone]\n"
    )
    point.write_text(text, "utf-8")
    lines = run("-C", workspace, "check").stdout.splitlines()
    (at,) = [number for number, line in enumerate(lines) if "'gone'" in line]
    assert lines[at + 1].startswith("  …")
    assert lines[at + 1][lines[at + 2].index("^") :].startswith("[^gone]")


def test_results_do_not_go_into_a_file(workspace: Path) -> None:
    (workspace / "page.html").write_text("precious", "utf-8")
    result = run("-C", workspace, "build", "--only", "site", "-o", workspace / "page.html")
    assert result.exit_code == 1
    assert result.stderr.splitlines()[0] == (
        "page.html: error[output-file] this is a file; results go into a folder "
        "(choose another output folder)"
    )
    assert (workspace / "page.html").read_text("utf-8") == "precious"


def test_a_campaign_that_is_a_link_is_named_where_it_is_asked_for(workspace: Path) -> None:
    """It was said that there is no campaign, and to make a workspace in another folder."""
    (workspace / "campaigns/demo").rename(workspace / "demo")
    (workspace / "campaigns/demo").symlink_to(workspace / "demo")
    for words in (("check",), ("check", "demo"), ("build", "demo")):
        result = run("-C", workspace, *words)
        assert result.exit_code == 2
        assert "campaigns/demo: this folder is a link" in result.stderr
    asked = run("-C", workspace, "check", "nowhere")
    assert (asked.exit_code, "campaigns/demo: this folder" in asked.stderr) == (2, True)


def test_the_photo_of_the_cards_is_credited_where_people_take_them(workspace: Path) -> None:
    """Licences such as CC BY ask for it in public; source and licence stood in dossiers alone."""
    media = workspace / "campaigns/demo/media"
    media.mkdir()
    (media / "wall.jpg").write_bytes(photo())
    (media / "wall.jpg.yaml").write_text(
        "source: A & B's class\nlicence: CC BY 4.0\nconsent: Nobody is seen.\nalt: A wall.\n",
        "utf-8",
    )
    point = workspace / "campaigns/demo/points/neighbours.md"
    text = point.read_text("utf-8")
    point.write_text(text.replace("\nsources:", "\nmedia: [wall.jpg]\nsources:", 1), "utf-8")
    assert run("-C", workspace, "build", "-q", "--jobs", "1").exit_code == 0
    site = workspace / "dist/demo/site/en"
    for page in ("points/neighbours/index.html", "kit/neighbours/index.html"):
        shown = (site / page).read_text("utf-8")
        assert "Photo: <bdi>A &amp; B" in shown, page
        assert "s class (CC BY 4.0)</bdi>" in shown


def test_what_office_and_macos_leave_in_a_folder_is_passed_over(workspace: Path) -> None:
    """A colleague's ZIP and an open document stopped a build."""
    points = workspace / "campaigns/demo/points"
    (points / "~$ighbours.md").write_bytes(b"\0")
    (points / "._neighbours.md").write_bytes(b"\0\5\x16")
    (workspace / "campaigns/__MACOSX/demo").mkdir(parents=True)
    assert run("-C", workspace, "check").stdout == run("-C", workspace, "check", "demo").stdout
    assert run("-C", workspace, "check").exit_code == 0


def test_parts_of_a_build_may_be_named_one_by_one(workspace: Path, tmp_path: Path) -> None:
    """Of two options only the last was made."""
    done = run("-C", workspace, "build", "-o", tmp_path / "d", "--only", "site", "--only", "report")
    assert done.exit_code == 0, done.output
    assert (tmp_path / "d/demo/site/en/index.html").is_file()
    assert any((tmp_path / "d/demo/report").iterdir())


def test_a_page_with_a_picture_in_its_text_is_told_where_it_belongs(workspace: Path) -> None:
    page = workspace / "campaigns/demo/pages/about.md"
    page.write_text("---\ntitle: About\n---\n![A tree](tree.png)\n", "utf-8")
    assert "list the file under 'media'" in run("-C", workspace, "check").output


def test_kits_without_cards_are_no_silence(workspace: Path) -> None:
    """``--only kits`` made nothing, and said nothing."""
    result = run("-C", workspace, "build", "--only", "paper,kits")
    assert (result.exit_code, "--only cards,posts,originals,kits" in result.stderr) == (2, True)
