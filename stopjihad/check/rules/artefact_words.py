"""Words that finished pages and drafts must agree with, and the form in which they are compared."""

from __future__ import annotations

import re
from collections.abc import Container
from functools import lru_cache
from typing import NamedTuple

from stopjihad.check.rules.languages import tongues
from stopjihad.check.rules.links import DeniedHosts
from stopjihad.model import contexts
from stopjihad.model.project import Project
from stopjihad.model.review import signatures
from stopjihad.text.language.fold import PerWord, fold
from stopjihad.text.language.sentences import open_sentence
from stopjihad.text.language.typography import ascii_digits, take_quotes_away

REPEATS = "STR02"
"""The rule that headlines and descriptions do not repeat the claim; it has exceptions."""


class ExpectedWords(NamedTuple):
    """The words of one talking point in one language, as written; empty when there are none.

    Attributes:
        id: of the talking point.
        language: BCP 47 tag.
        fact: what leads, or follows the question at once.
        claim: what must stand between the fact and its warning.
        warning: what must stand after the claim.
        niche: whether the claim must not be broadcast.
        level: how far the claim has spread, or nothing.
        excused: sentences that people have excused from ``REPEATS``; whether their exceptions still
            count is told where the sentences were written.
        question: what may stand above the fact, which answers it.
        line: what may stand above the fact where nothing is asked, or before it.
    """

    id: str
    language: str
    fact: str
    claim: str
    warning: str
    niche: bool
    level: str
    excused: tuple[str, ...] = ()
    question: str = ""
    line: str = ""

    def without_excused(self, text: str) -> str:
        """Take the excused sentences out of a text; the others are in their plain form then."""
        if not self.excused:
            return text
        text = plain(text)
        for sentence in self.excused:
            text = text.replace(plain(sentence).rstrip(".!?"), " ")
        return text

    def warns_in(self, text: str) -> bool:
        """Tell whether a text that tells the claim has the fact before it or the warning after."""
        before, claim, after = plain(text).partition(told_claim(self.claim))
        return not claim or plain(self.fact) in before or plain(self.warning) in after


class ExpectedCampaign(NamedTuple):
    """What every artefact of a campaign must agree with.

    Attributes:
        points: language and id of a talking point to its words; untranslated words are those of
            the source language, as pages show them.
        sponsors: language to the sponsor's name in it.
        funders: who pays, in no language.
        denied: addresses that nothing may lead to.
    """

    points: dict[tuple[str, str], ExpectedWords]
    sponsors: dict[str, str]
    funders: tuple[str, ...]
    denied: DeniedHosts


def expected_words(
    project: Project, hosts: tuple[str, ...], languages: Container[str] | None = None
) -> ExpectedCampaign:
    """Collect what artefacts must agree with.

    Args:
        hosts: hosts that are never linked, beside the campaign's own deny list.
        languages: those whose talking points are wanted; all when not given.
    """
    campaign = project.campaign.record
    points: dict[tuple[str, str], ExpectedWords] = {}
    excused: dict[tuple[str, str], list[str]] = {}
    for (_, kind), signed in signatures(project.reviews).items():
        one = signed[-1]
        if kind == "exception" and one.rule == REPEATS:
            place = (one.language, one.context.removeprefix("points/").partition("/")[0])
            excused.setdefault(place, []).append(one.words)
    sponsors: dict[str, str] = {}
    for tongue in tongues(project):
        name = contexts.campaign("sponsor.name")
        said = tongue.find_text(project.campaign, "sponsor.name", name, campaign.sponsor.name)
        sponsors[tongue.language] = said.text if said else campaign.sponsor.name
        wanted = languages is None or tongue.language in languages
        for document in project.points if wanted else ():
            record = document.record
            words = {}
            for field in ("fact", "claim", "warning", "question", "line"):
                source = getattr(record, field) or ""
                found = tongue.find_text(document, field, contexts.point(record.id, field), source)
                words[field] = found.text if found else source
            level = record.prevalence.level if record.prevalence else ""
            points[tongue.language, record.id] = ExpectedWords(
                record.id,
                tongue.language,
                niche=level == "niche",
                level=level,
                excused=tuple(excused.get((tongue.language, record.id), ())),
                **words,
            )
    deny = DeniedHosts((*campaign.deny_links, *hosts))
    return ExpectedCampaign(points, sponsors, campaign.sponsor.funders, deny)


def plain(text: str) -> str:
    """Bring a text into the form in which texts of a page are compared with those of a file.

    Returns:
        Folded letters with single spaces: typography, directional marks and the kind of digits make
        no difference.
    """
    return " ".join(filter(None, map(_LINES.__getitem__, text.split("\n"))))


@lru_cache(maxsize=1024)
def told_claim(claim: str) -> str:
    """Give a claim in its plain form as it stands everywhere: its marks and its stop may differ."""
    return plain(open_sentence(take_quotes_away(claim)))


_SHORT = 400
"""Most code points of a line that is remembered in its plain form: sentences of drafts are shorter,
and most of them stand in the drafts of other platforms, too."""

_MANY = 8192
"""Most lines that are remembered: drafts come language by language, and pages share most lines."""


_SET_APART = re.compile(
    r" (?:(?=[:;!?»])|(?<=« )|(?<=[0-9] )(?=h(?: [0-9]|\b))|(?<=(?:[0-9] h|.[0-9]h) )(?=[0-9]))"
)
"""Spaces that French typography sets where an author may have typed none; an expression that begins
with a space is found fastest."""

_STRAIGHT = str.maketrans(dict.fromkeys("“”„‟", '"') | dict.fromkeys("‘‚‛‹›", "'"))
"""Quotation marks are set as each language does: authors type straight ones."""


def _plain(line: str) -> str:
    words = " ".join(filter(None, map(_WORDS.__getitem__, line.split())))
    return _SET_APART.sub("", words).replace("«", '"').replace("»", '"')


_LINES = PerWord(_plain, longest=_SHORT, most=_MANY)
# Pages write numbers with the digits that the campaign chose.
_WORDS = PerWord(lambda word: " ".join(fold(ascii_digits(word)).translate(_STRAIGHT).split()))
