"""Check which helplines a campaign chose for its languages and countries."""

from __future__ import annotations

from collections.abc import Iterator

from stopjihad.check.finding import at, nearest
from stopjihad.model.campaign import HelplineChoice
from stopjihad.model.helpline import Helpline
from stopjihad.model.loaded import Project
from stopjihad.problem import Problem
from stopjihad.view.helplines import answers, fits, region


def check_choice(project: Project) -> Iterator[Problem]:
    """Check the setting ``helplines`` of a campaign.

    Yields:
        Problems: ``helpline-choice`` (an entry that is for nothing the campaign makes),
        ``helpline-unknown``, ``helpline-language`` (a line that does not answer in the language it
        is named for), ``duplicate``.
    """
    document = project.campaign
    if project.helplines is None:
        return  # ``helplines-missing`` says so, or what is wrong with the file
    lines = project.helplines.record.helplines
    known = {line.id: line for line in lines}
    for index, entry in enumerate(document.record.helplines):
        tags = [tag for tag in document.record.languages if fits(entry, tag)]
        if not tags:
            message, hint = _unused(entry, document.record.languages)
            yield at(document, f"helplines.{index}", "helpline-choice", message, hint)
        for place, name in enumerate(entry.lines):
            field = f"helplines.{index}.lines.{place}"
            if name not in known:
                message = f"helplines.yaml has no helpline '{name}'"
                yield at(document, field, "helpline-unknown", message, nearest(name, known))
            elif name in entry.lines[:place]:
                yield at(document, field, "duplicate", f"'{name}' stands twice", "keep one")
            else:
                yield from _silent(project, field, known[name], tags)


def _unused(entry: HelplineChoice, languages: tuple[str, ...]) -> tuple[str, str]:
    """Say why an entry is for nothing, and how to mend it."""
    if entry.language is None and entry.market is None:
        return "the entry is for no language and no country", "write 'language:', 'market:' or both"
    if entry.language and entry.market and region(entry.language) not in {"", entry.market}:
        message = f"'{entry.language}' is a language of another country than {entry.market}"
        return message, "correct one of the two"
    if entry.language is None:
        message = f"no language of the campaign is for readers in {entry.market} alone"
        return message, "write 'language:' too, or list a language such as fr-" + str(entry.market)
    message = f"the campaign makes nothing in '{entry.language}' for this entry"
    return message, nearest(entry.language, languages)


def _silent(project: Project, field: str, line: Helpline, tags: list[str]) -> Iterator[Problem]:
    for tag in tags:
        if not answers(line, tag):
            yield at(
                project.campaign,
                field,
                "helpline-language",
                f"the helpline '{line.id}' does not answer in '{tag}', only in: "
                f"{', '.join(line.languages)}",
                "name one that does, or take it out",
            )
