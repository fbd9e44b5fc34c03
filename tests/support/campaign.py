"""Small campaigns made in memory: for translation, review and exchange."""

from __future__ import annotations

import datetime as dt

from msgspec.structs import replace
from stopjihad.model.campaign import (
    Audience,
    Campaign,
    Corrections,
    Goal,
    Messenger,
    Schedule,
    Sponsor,
)
from stopjihad.model.point import Action, Point, Source
from stopjihad.model.project import Document, Page, Project

from support.documents import WORDS

DAY = dt.date(2026, 11, 24)

GENERATED = Campaign(
    id="generated",
    title="Generated",
    tagline="Made for tests",
    source_language="en",
    languages=("en", "fr", "ar"),
    base_url="https://campaign.example.org",
    goal=Goal(statement="Test"),
    audiences=(Audience(id="all", name="Everybody", persona="Anyone", stage="public"),),
    messengers=(Messenger(id="team", name="The team", kind="ngo"),),
    sponsor=Sponsor(name="Nobody", funders=("Nobody",), disclosure="Made for tests."),
    corrections=Corrections(contact="corrections@example.org", policy="We correct."),
    schedule=Schedule(start=DAY),
    updated=DAY,
)
SOURCE = Source(
    id="un2014", title="Report", publisher="UN", url="https://example.org/report", accessed=DAY
)
PLAIN = Point(
    id="plain",
    mode="alternative",
    fact="A fact.",
    pull_factor="justice",
    audiences=("all",),
    messenger="team",
    action=Action(label="Talk to someone", kind="helpline"),
    alternative="Do something else.",
    sources=(SOURCE,),
    body="A first paragraph about {}. [^un2014]\n\n- one thing\n- another thing",
)


def point(name: str, **fields) -> Point:
    """Make a talking point; fields replace those of a plain one."""
    usual = {"id": name, "fact": f"A fact about {name}.", "body": PLAIN.body.format(name)}
    return replace(PLAIN, **(usual | fields))


def page(name: str) -> Page:
    """Make a free page."""
    return Page(id=name, title=f"About {name}", body=f"## Head\n\nWords of {name}.")


def generated_project(
    points: int, campaign: Campaign = GENERATED, *, paragraphs: int = 4
) -> Project:
    """Make a project of talking points that all differ, with a list and some paragraphs each."""
    return Project(
        campaign=_document("campaign.yaml", campaign),
        points=tuple(_document(f"points/p{n}.md", _varied(n, paragraphs)) for n in range(points)),
        pages=(_document("pages/about.md", page("about")),),
        alerts=(),
        helplines=None,
        translations=(),
    )


def _varied(number: int, paragraphs: int) -> Point:
    def words(start: int, count: int) -> str:
        step = 3 + number % 7
        found = [WORDS[(number * 13 + start + step * at) % len(WORDS)] for at in range(count)]
        return f"{' '.join(found)} {number}-{start}"

    texts = [f"{words(at * 11, 18)}. [^un2014]" for at in range(1, paragraphs + 1)]
    items = "\n".join(f"- {words(at * 5, 6)}" for at in range(10, 14))
    return point(f"p{number}", fact=f"The fact {words(0, 6)}.", body="\n\n".join([*texts, items]))


def _document(path: str, record) -> Document:
    return Document(path=f"campaigns/generated/{path}", record=record, digest="")
