"""Everything people can use is documented: commands, options, fields, platforms, make targets."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from typing import Any
from urllib.parse import urlsplit

import click
import msgspec
import pytest
from stopjihad.catalog.headers import KINDS
from stopjihad.cli.main import main
from stopjihad.model.alert import Alert, AlertTemplate
from stopjihad.model.campaign import Campaign
from stopjihad.model.helpline import Helpline
from stopjihad.model.point import Mode, Point, PullFactor, Technique
from stopjihad.model.project import Page
from stopjihad.model.targets import Targets

from support.build import REPOSITORY

DOCS = [
    REPOSITORY / "README.md",
    REPOSITORY / "CONTRIBUTING.md",
    REPOSITORY / "SECURITY.md",
    *sorted((REPOSITORY / "docs").glob("*.md")),
]
EXAMPLE = re.compile(r"^```\w*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
TYPED = re.compile(r"(?:^|(?<=[\s(]))stopjihad (?!import)[^|#;)\n]*", re.MULTILINE)
"""A command line in an example; ``from stopjihad import`` is none."""

FROM_ELSEWHERE = {"id", "body"}
"""Fields of files that their name and their Markdown give."""


def commands(group: click.Group, words: str) -> Iterator[tuple[str, click.Command]]:
    context = click.Context(group)
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        yield f"{words} {name}", command
        if isinstance(command, click.Group):
            yield from commands(command, f"{words} {name}")


COMMANDS = dict(commands(main, "stopjihad"))


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_and_option_has_its_place_in_the_reference(words: str) -> None:
    text = (REPOSITORY / "docs/commands.md").read_text("utf-8")
    section = re.search(
        rf"^##+ `{words}\b[^\n]*\n(.*?)(?=^##+ |\Z)", text, re.MULTILINE | re.DOTALL
    )
    assert section, f"docs/commands.md has no heading for '{words}'"
    for parameter in COMMANDS[words].params:
        if isinstance(parameter, click.Option) and not parameter.hidden:
            longest = max(parameter.opts, key=len)
            assert f"`{longest}" in section[1], f"{words} {longest} is not explained"


def shown_commands(text: str) -> Iterator[str]:
    """Give the command lines in examples of a shell, and those between backticks in a text."""
    for body in EXAMPLE.findall(text):
        yield from TYPED.findall(body.replace("\\\n", " "))
    yield from re.findall(r"`(stopjihad [^`\n]+)`", EXAMPLE.sub("", text))


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_every_command_that_is_shown_exists_with_its_options(path: Any) -> None:
    for line in shown_commands(path.read_text("utf-8")):
        words = iter(shlex.split(line, comments=True)[1:])
        command: click.Command = main
        options = [*main.params]
        for word in words:
            if word.startswith("-"):
                name = word.partition("=")[0]
                option = next((one for one in options if name in one.opts), None)
                assert option or name == "--help", line
                if isinstance(option, click.Option) and not option.is_flag and "=" not in word:
                    next(words, "")
            elif isinstance(command, click.Group):
                command = command.get_command(click.Context(command), word) or main
                assert command is not main, line
                options += command.params


def test_the_reference_explains_no_command_that_is_gone() -> None:
    text = (REPOSITORY / "docs/commands.md").read_text("utf-8")
    named = re.findall(r"^##+ `stopjihad ([a-z]+)", text, re.MULTILINE)
    assert sorted(set(named) - set(main.list_commands(click.Context(main)))) == []


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_helps_with_a_sentence(words: str) -> None:
    command = COMMANDS[words]
    assert (command.help or "").split("\n")[0].rstrip().endswith("."), words
    for parameter in command.params:
        if isinstance(parameter, click.Option):
            assert parameter.help, f"{words} {parameter.opts}"


def fields(cls: type[msgspec.Struct], prefix: str = "") -> Iterator[tuple[str, str]]:
    """Give each field that people write, alone and with the fields it is in."""
    for field in msgspec.structs.fields(cls):
        yield field.encode_name, f"{prefix}{field.encode_name}"
        for inner in structs(msgspec.inspect.type_info(field.type)):
            yield from fields(inner, f"{prefix}{field.encode_name}.")


def structs(kind: Any) -> Iterator[type[msgspec.Struct]]:
    if isinstance(kind, msgspec.inspect.StructType):
        yield kind.cls
    for part in (*getattr(kind, "types", ()), getattr(kind, "item_type", None)):
        if part is not None:
            yield from structs(part)


@pytest.mark.parametrize("words", COMMANDS)
def test_every_command_shows_an_example_on_lines_of_its_own(words: str) -> None:
    lines = COMMANDS[words].get_help(click.Context(COMMANDS[words])).splitlines()
    start = [line.strip() for line in lines].index("Example:")
    assert lines[start + 1].strip().startswith("stopjihad "), words


@pytest.mark.parametrize("cls", [Point, Campaign, Helpline, Page, Alert, AlertTemplate])
def test_every_field_that_authors_write_is_explained(cls: type[msgspec.Struct]) -> None:
    text = (REPOSITORY / "docs/authors.md").read_text("utf-8")
    named = set(re.findall(r"`([a-z_.0-9]+)(?::[^`]*)?`", text))
    named |= {
        name.rsplit(".", count)[0] for name in named for count in range(1, name.count(".") + 1)
    }
    missing = [
        full
        for name, full in fields(cls)
        if full not in FROM_ELSEWHERE and not {name, full} & named
    ]
    assert missing == []


def test_every_key_of_a_target_and_every_kind_of_file_is_explained() -> None:
    text = (REPOSITORY / "docs/publishing.md").read_text("utf-8")
    keys = {name for name, _ in fields(Targets)} - {"targets", "id"}
    assert [key for key in sorted(keys) if f"`{key}" not in text and f"{key}:" not in text] == []
    for kind in KINDS:
        for seconds in (kind.seconds, kind.alert):
            assert f"{seconds:,}" in text, kind.name


@pytest.mark.parametrize("choices", [Mode, PullFactor, Technique])
def test_every_choice_is_explained(choices: Any) -> None:
    text = (REPOSITORY / "docs/authors.md").read_text("utf-8")
    assert [name for name in choices.__args__ if f"`{name}`" not in text] == []


def test_every_platform_is_described() -> None:
    from stopjihad.catalog.platforms import platforms

    text = (REPOSITORY / "docs/platforms.md").read_text("utf-8")
    assert [name for name in platforms() if f"`{name}`" not in text] == []


def test_every_make_target_that_is_named_exists() -> None:
    makefile = (REPOSITORY / "Makefile").read_text("utf-8")
    targets = set(re.findall(r"^([a-z-]+):", makefile, re.MULTILINE))
    for path in DOCS:
        named = set(re.findall(r"(?:^|`)make ([a-z-]+)", path.read_text("utf-8"), re.MULTILINE))
        assert named <= targets, path.name
    assert {"demo", "test"} <= targets


def slug(heading: str) -> str:
    """Give the anchor that hosts make of a heading."""
    return re.sub(r"[^\w\- ]", "", heading.strip().lower()).replace(" ", "-")


@pytest.mark.parametrize("path", DOCS, ids=lambda path: path.name)
def test_links_between_documents_lead_somewhere(path: Any) -> None:
    text = path.read_text("utf-8")
    for address in re.findall(r"\]\(([^)\s]+)\)", re.sub(r"```.*?```", "", text, flags=re.DOTALL)):
        parts = urlsplit(address)
        if parts.scheme or "…" in address:
            continue
        target = (path.parent / parts.path).resolve() if parts.path else path
        assert target.exists(), f"{path.name}: {address}"
        if parts.fragment:
            headings = re.findall(r"^#+ (.+)$", target.read_text("utf-8"), re.MULTILINE)
            assert parts.fragment in map(slug, headings), f"{path.name}: {address}"
