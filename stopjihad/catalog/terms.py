"""What readers are told about techniques, pull factors, stages and the like.

Labels and one-sentence explanations in English; they are message ids of the theme's catalogue
(``templates/locale``), so every language can have its own words.
"""

from __future__ import annotations

from typing import NamedTuple


class Term(NamedTuple):
    """Pair a label with one sentence that explains it (may be empty)."""

    name: str
    text: str = ""


TECHNIQUES: dict[str, Term] = {
    "false-promise": Term(
        "False promise", "Something wonderful is promised, and nobody is allowed to check it first."
    ),
    "emotional-lure": Term(
        "Playing on feelings",
        "Strong feelings are stirred up first, so that nobody stops to think.",
    ),
    "us-vs-them": Term(
        "Us against them",
        "The world is split into two camps, so that walking away looks like betrayal.",
    ),
    "false-authority": Term(
        "False authority",
        "Someone without the learning or the mandate claims to speak for everyone.",
    ),
    "cherry-picking": Term(
        "Cherry-picking", "One true detail is shown, and everything around it is left out."
    ),
    "false-dilemma": Term(
        "False choice", "Only two ways are shown, although there are many others."
    ),
    "conspiracy": Term(
        "Conspiracy story",
        "A secret plot is said to explain everything, and any proof against it seems part of it.",
    ),
    "decontextualised-media": Term(
        "Pictures out of context", "A real picture is given a false place, date or meaning."
    ),
    "glorification": Term(
        "Glorification",
        "Violence is dressed up as heroism, and the people it hurts are cut out of the picture.",
    ),
    "dehumanisation": Term(
        "Dehumanisation",
        "People are described as less than human, so that hurting them seems allowed.",
    ),
    "isolation": Term(
        "Isolation",
        "You are told to trust nobody else, so that nobody can help you see through it.",
    ),
}

PULL_FACTORS: dict[str, Term] = {
    "justice": Term("Justice", "The wish to put a wrong right."),
    "belonging": Term("Belonging", "The wish for people who are there for you."),
    "humanitarian": Term("Helping others", "The wish to help people who suffer."),
    "identity": Term("Identity", "The question of who you are and where you fit in."),
    "adventure": Term("Adventure", "The wish for a life that is more than routine."),
    "status": Term("Respect", "The wish to count for something."),
    "security": Term("Safety", "The wish for order, protection and a place to live."),
    "money": Term("Money", "The hope for pay, work or a house."),
}

MODES: dict[str, Term] = {
    "debunk": Term("Answer to a claim"),
    "prebunk": Term("Know the trick"),
    "alternative": Term("Another way"),
    "testimony": Term("In their words"),
}

STAGES: dict[str, Term] = {
    "public": Term("For everyone"),
    "relatives": Term("For families and friends"),
    "professionals": Term("For people who work with others"),
    "at-risk": Term("For people who are being approached"),
}

MESSENGERS: dict[str, Term] = {
    "government": Term("Government"),
    "ngo": Term("Non-profit organisation"),
    "faith": Term("Faith community"),
    "former": Term("People who left"),
    "survivor": Term("Survivors"),
    "family": Term("Families"),
    "peer": Term("People of the same age"),
    "expert": Term("Experts"),
}

ACCOUNTS = "Based on accounts: %(name)s"
WORK = "Based on published work: %(name)s"
AUTHORS = "Written by: %(name)s"

BYLINES: dict[str, str] = {
    "government": AUTHORS,
    "ngo": AUTHORS,
    "faith": WORK,
    "former": ACCOUNTS,
    "survivor": ACCOUNTS,
    "family": ACCOUNTS,
    "peer": ACCOUNTS,
    "expert": WORK,
}
"""Kind of a messenger to what a page says of a text that the team wrote. The name follows a colon:
no language needs to inflect it."""

OPERATORS: dict[str, Term] = {
    "police": Term("Run by the police", "police"),
    "government": Term("Run by a government service", "public service"),
    "municipality": Term("Run by a town or city", "town"),
    "ngo": Term("Run by a non-profit organisation", "non-profit"),
    "health": Term("Run by a health service", "health service"),
    "faith": Term("Run by a faith community", "faith community"),
}

VERIFICATIONS: dict[str, Term] = {
    "read": Term("Read in a public source"),
    "called": Term("Confirmed by telephone"),
}

READINGS: dict[str, Term] = {
    "whole": Term("Read on %(day)s."),
    "part": Term("Read in part on %(day)s."),
    "opening": Term("Only the opening was read, on %(day)s."),
    "report": Term("Known from reports about it, read on %(day)s."),
    "": Term("Opened on %(day)s."),
}
"""How far a source was read; the empty key stands for sources that do not say."""

FORMATS: dict[str, Term] = {
    "og": Term("Link preview"),
    "wide": Term("Wide"),
    "square": Term("Square"),
    "portrait": Term("Portrait"),
    "story": Term("Story"),
}

_ALL: tuple[dict[str, Term], ...] = (
    TECHNIQUES,
    PULL_FACTORS,
    MODES,
    STAGES,
    MESSENGERS,
    OPERATORS,
    VERIFICATIONS,
    READINGS,
    FORMATS,
)


def term_messages() -> tuple[str, ...]:
    """List every label and sentence once, in reading order, for the theme's catalogue."""
    found = {text: None for table in _ALL for term in table.values() for text in term if text}
    found |= dict.fromkeys(BYLINES.values())
    return tuple(found)
