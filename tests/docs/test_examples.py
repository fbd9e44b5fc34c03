"""What the documents tell people to write and to type works as it stands there."""

from __future__ import annotations

import re
import shlex
from pathlib import Path

import pytest

from support.build import REPOSITORY, day_of_the_campaign, stopjihad

BLOCK = re.compile(r"^```(\w*)\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def blocks(name: str, language: str) -> list[str]:
    text = (REPOSITORY / name).read_text("utf-8")
    return [body for kind, body in BLOCK.findall(text) if kind == language]


def test_the_examples_of_the_guide_for_authors_make_a_campaign_without_errors(
    tmp_path: Path,
) -> None:
    (point,) = blocks("docs/authors.md", "markdown")
    campaign, helplines, responses = blocks("docs/authors.md", "yaml")
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


def test_the_first_campaign_of_the_readme_can_be_typed_as_it_stands(tmp_path: Path) -> None:
    (example,) = blocks("docs/authors.md", "markdown")
    lines = [line for block in blocks("README.md", "sh") for line in block.splitlines()]
    typed = [shlex.split(line) for line in lines if line.strip()]
    assert [words[0] for words in typed].count("stopjihad") >= 5
    folder = tmp_path
    for words in typed:
        if words[0] == "cd":
            folder /= words[1]
            assert folder.is_dir()
        if words[0] != "stopjihad":
            continue
        arguments = [*words[1:], "--help"] if words[1] == "preview" else words[1:]
        done = stopjihad(*arguments, folder=folder, SOURCE_DATE_EPOCH=day_of_the_campaign())
        assert done.returncode == 0, f"{words}: {done.stdout}{done.stderr}"
        if words[1:3] == ["new", "point"]:  # as the text says: fill it in
            (path,) = folder.rglob(f"{words[3]}.md")
            path.write_text(example, "utf-8")
    assert list(folder.glob("dist/*/site/en/index.html"))
    assert list(folder.glob("dist/*/site/en/points/they-came-home/index.html"))


@pytest.mark.parametrize("name", ["CONTRIBUTING.md", "docs/operators.md", "docs/commands.md"])
def test_every_command_that_is_shown_exists(name: str) -> None:
    for block in blocks(name, "sh"):
        for line in block.splitlines():
            words = shlex.split(line, comments=True)
            if words[:1] == ["stopjihad"]:
                plain = [word for word in words[1:] if word.startswith("-") or word.islower()]
                command = next(word for word in plain if not word.startswith("-"))
                done = stopjihad(command, "--help")
                assert done.returncode == 0, line
                for option in plain:
                    if option.startswith("--"):
                        assert option.split("=")[0] in done.stdout, line
