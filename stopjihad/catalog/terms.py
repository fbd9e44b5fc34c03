"""What readers are told about techniques, pull factors, stages and the like.

Labels and one-sentence explanations in English; they are message ids of the theme's catalogue
(``templates/locale``), so every language can have its own words.
"""

from __future__ import annotations

from typing import NamedTuple


class CatalogTerm(NamedTuple):
    """Pair a label with one sentence that explains it (may be empty)."""

    name: str
    text: str = ""


TECHNIQUES: dict[str, CatalogTerm] = {
    "false-promise": CatalogTerm(
        "False promise", "Something wonderful is promised, and nobody is allowed to check it first."
    ),
    "emotional-lure": CatalogTerm(
        "Playing on feelings",
        "Strong feelings are stirred up first, so that nobody stops to think.",
    ),
    "us-vs-them": CatalogTerm(
        "Us against them",
        "The world is split into two camps, so that walking away looks like betrayal.",
    ),
    "false-authority": CatalogTerm(
        "False authority",
        "Someone without the learning or the mandate claims to speak for everyone.",
    ),
    "cherry-picking": CatalogTerm(
        "Cherry-picking", "One true detail is shown, and everything around it is left out."
    ),
    "false-dilemma": CatalogTerm(
        "False choice", "Only two ways are shown, although there are many others."
    ),
    "conspiracy": CatalogTerm(
        "Conspiracy story",
        "A secret plot is said to explain everything, and any proof against it seems part of it.",
    ),
    "decontextualised-media": CatalogTerm(
        "Pictures out of context", "A real picture is given a false place, date or meaning."
    ),
    "glorification": CatalogTerm(
        "Glorification",
        "Violence is dressed up as heroism, and the people it hurts are cut out of the picture.",
    ),
    "dehumanisation": CatalogTerm(
        "Dehumanisation",
        "People are described as less than human, so that hurting them seems allowed.",
    ),
    "isolation": CatalogTerm(
        "Isolation",
        "You are told to trust nobody else, so that nobody can help you see through it.",
    ),
}

SETTINGS: dict[str, CatalogTerm] = {
    "classroom": CatalogTerm("In class"),
    "talk": CatalogTerm("After the Friday talk"),
}
"""Where people talk about a fact."""

PULL_FACTORS: dict[str, CatalogTerm] = {
    "justice": CatalogTerm("Justice", "The wish to put a wrong right."),
    "belonging": CatalogTerm("Belonging", "The wish for people who are there for you."),
    "humanitarian": CatalogTerm("Helping others", "The wish to help people who suffer."),
    "identity": CatalogTerm("Identity", "The question of who you are and where you fit in."),
    "adventure": CatalogTerm("Adventure", "The wish for a life that is more than routine."),
    "status": CatalogTerm("Respect", "The wish to count for something."),
    "security": CatalogTerm("Safety", "The wish for order, protection and a place to live."),
    "money": CatalogTerm("Money", "The hope for pay, work or a house."),
}

MODES: dict[str, CatalogTerm] = {
    "debunk": CatalogTerm("Answer to a claim"),
    "prebunk": CatalogTerm("Know the trick"),
    "alternative": CatalogTerm("Another way"),
    "testimony": CatalogTerm("In their words"),
}

MESSENGERS: dict[str, CatalogTerm] = {
    "government": CatalogTerm("Government"),
    "ngo": CatalogTerm("Non-profit organisation"),
    "faith": CatalogTerm("Faith community"),
    "former": CatalogTerm("People who left"),
    "survivor": CatalogTerm("Survivors"),
    "family": CatalogTerm("Families"),
    "peer": CatalogTerm("People of the same age"),
    "expert": CatalogTerm("Experts"),
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

OPERATORS: dict[str, CatalogTerm] = {
    "police": CatalogTerm("Run by the police", "police"),
    "security": CatalogTerm("Run by an office for security", "security office"),
    "government": CatalogTerm("Run by a government service", "public service"),
    "municipality": CatalogTerm("Run by a town or city", "town"),
    "ngo": CatalogTerm("Run by a non-profit organisation", "non-profit"),
    "health": CatalogTerm("Run by a health service", "health service"),
    "faith": CatalogTerm("Run by a faith community", "faith community"),
}

NEEDS: dict[str, CatalogTerm] = {
    "worried": CatalogTerm("Anyone who worries about someone", "Worried about someone?"),
    "relatives": CatalogTerm("Families and friends", "Worried about someone?"),
    "young": CatalogTerm("Children and young people", "For young people"),
    "women": CatalogTerm("Women", "For women"),
    "exit": CatalogTerm("People who want out", "For people who want out"),
    "victims": CatalogTerm(
        "Victims and those close to them", "For victims and those close to them"
    ),
    "hatred": CatalogTerm("People who meet hatred", "For people who meet hatred"),
    "grief": CatalogTerm("Grief, anger and loneliness"),
    "despair": CatalogTerm("Despair and thoughts of suicide", "For people in despair"),
    "missing": CatalogTerm("Families of a missing child", "For families of a missing child"),
    "money": CatalogTerm("Debt and money worries", "For money worries"),
}
"""What brings readers to a helpline, and what stands above its number. Grief has the general words
of someone who listens. None that may stand above the police promises to listen."""

WRITING: dict[str, CatalogTerm] = {
    "chat": CatalogTerm("Chat"),
    "form": CatalogTerm("Online form"),
    "report": CatalogTerm("Report to the authorities online"),
    "email": CatalogTerm("E-mail"),
    "text": CatalogTerm("Text message"),
}
"""How a helpline is written to. A form that informs on somebody is a report, whoever runs it."""

VERIFICATIONS: dict[str, CatalogTerm] = {
    "read": CatalogTerm("Read in a public source"),
    "called": CatalogTerm("Confirmed by telephone"),
}

READINGS: dict[str, CatalogTerm] = {
    "whole": CatalogTerm("Read on %(day)s."),
    "part": CatalogTerm("Read in part on %(day)s."),
    "opening": CatalogTerm("Only the opening was read, on %(day)s."),
    "report": CatalogTerm("Known from reports about it, read on %(day)s."),
    "": CatalogTerm("Opened on %(day)s."),
}
"""How far a source was read; the empty key stands for sources that do not say."""

FORMATS: dict[str, CatalogTerm] = {
    "og": CatalogTerm("Link preview"),
    "wide": CatalogTerm("Wide"),
    "square": CatalogTerm("Square"),
    "portrait": CatalogTerm("Portrait"),
    "story": CatalogTerm("Story"),
}
