"""The parts of *Campaign*: which fields each shows, and what people do where one is wrong."""

from __future__ import annotations

import re
from types import MappingProxyType
from typing import NamedTuple

from stopjihad.problem import Problem
from stopjihad.studio.words import mark_translatable


class Section(NamedTuple):
    """A part of *Campaign*.

    Attributes:
        id: last part of its address.
        file: the campaign's file that its fields are in.
        fields: first steps of their paths.
        shows: place below a language's folder of the site that shows them best; None without one.
    """

    id: str
    name: str
    file: str = "campaign.yaml"
    fields: tuple[str, ...] = ()
    shows: str | None = None


SECTIONS = (
    Section(
        "name",
        mark_translatable("Name"),
        fields=("title", "tagline", "summary", "hashtags", "base_url", "goal"),
        shows="",
    ),
    Section(
        "sponsor",
        mark_translatable("Who is behind it"),
        fields=("sponsor", "corrections"),
        shows="about/",
    ),
    Section("look", mark_translatable("Look"), fields=("brand",), shows=""),
    Section("languages", mark_translatable("Languages"), fields=("languages", "source_language")),
    Section("numbers", mark_translatable("Helplines"), fields=("helplines", "countries")),
    Section(
        "lines",
        mark_translatable("What each helpline is"),
        "helplines.yaml",
        ("helplines",),
        "help/",
    ),
    Section("people", mark_translatable("People"), fields=("audiences", "messengers"), shows=""),
    Section("glossary", mark_translatable("Glossary"), "locale/glossary.csv"),
    Section(
        "replies",
        mark_translatable("Replies"),
        "responses.yaml",
        ("netiquette", "replies", "no_answer"),
    ),
    Section("plan", mark_translatable("When posts go out"), fields=("schedule",)),
    Section("partners", mark_translatable("Partners")),
    Section("alerts", mark_translatable("What alerts say")),
    Section(
        "crisis", mark_translatable("In a crisis"), fields=("places", "authorities", "on_call")
    ),
    Section("rules", mark_translatable("Before it goes out"), fields=("publication", "sample")),
)
"""All parts, in the order in which a new team fills them in."""

BY_ID = MappingProxyType({one.id: one for one in SECTIONS})

WORDS = MappingProxyType(
    {
        "placeholder title": mark_translatable("Give the campaign your own name."),
        "placeholder base_url": mark_translatable(
            "Say at which address readers will find the site."
        ),
        "placeholder sponsor.name": mark_translatable("Say who stands behind this campaign."),
        "placeholder sponsor.funders.*": mark_translatable("Say who pays for it."),
        "placeholder sponsor.disclosure": mark_translatable(
            "Say who runs it, who pays for it, and who decides what it says."
        ),
        "placeholder sponsor.url": mark_translatable("Give your own address, or leave it empty."),
        "placeholder corrections.contact": mark_translatable(
            "Give the address to which readers report mistakes."
        ),
        "placeholder authorities.*.url": mark_translatable(
            "Give the page on which your authority itself speaks."
        ),
        "placeholder messengers.*.consent": mark_translatable("Say how these people agreed."),
        "placeholder goal.statement": mark_translatable("Say what should be different afterwards."),
        "placeholder audiences.*.persona": mark_translatable("Describe one person whom you mean."),
        "placeholder text": mark_translatable("Write your own where the page speaks of a sample."),
        "helpline-uncalled helplines.*.verified": mark_translatable(
            "Call this number, then say that it is right."
        ),
        "empty schedule.quiet.*.reason": mark_translatable("Say why the day is quiet."),
        "empty title": mark_translatable("Give the campaign a name."),
        "empty tagline": mark_translatable("Say in a few words what it offers."),
        "empty sponsor.name": mark_translatable("Say who stands behind this campaign."),
        "empty sponsor.disclosure": mark_translatable(
            "Say who runs it, who pays for it, and who decides what it says."
        ),
        "empty corrections.contact": mark_translatable(
            "Give the address to which readers report mistakes."
        ),
    }
)
"""Code of a problem and its field, places in lists as ``*``, to what people are asked to do."""

_FIELD = re.compile(r"^(?:the )?([a-z_]+(?:\.[a-z0-9_]+)*)\b")


def field_in(problem: Problem) -> str:
    """Read the field that the message of a problem begins with; nothing where it names none."""
    if problem.code == "helpline-uncalled":
        return "helplines.*.verified"
    found = _FIELD.match(problem.message)
    return found[1] if found else ""


def plain_words(problem: Problem) -> str:
    """Say what people do about a problem, in words that are translated where they are shown.

    Returns:
        A sentence; nothing where there are no words for it.
    """
    field = re.sub(r"\.\d+", ".*", field_in(problem))
    return WORDS.get(f"{problem.code} {field}", "")


def section_of(problem: Problem) -> Section | None:
    """Find the part of *Campaign* in which a problem is mended; None for what is in none."""
    file = problem.path.partition("/")[2].partition("/")[2]
    own = [one for one in SECTIONS if one.file == file]
    if file == "campaign.yaml":
        first = field_in(problem).partition(".")[0]
        own = [one for one in own if first in one.fields]
    return own[0] if own else None
