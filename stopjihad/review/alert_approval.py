"""Who approved an alert as it stands, and what refuses to send it."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

from stopjihad.model.alert import Alert
from stopjihad.model.chain import Link, chain_of, newest, standing_lines
from stopjihad.model.project import Document
from stopjihad.model.review import Review, person
from stopjihad.problem import Problem
from stopjihad.review.alert_lines import AlertLine, read_lines

PEOPLE = 2
"""Different people who must approve the very same words."""


class Approval(NamedTuple):
    """Compare an alert with what was approved.

    Attributes:
        people: names of those who approved exactly these words, first ones first.
        languages: tags that all of them approved.
        changed: the lines that are no longer what somebody approved, those of the first who did.
        by_file: those of ``people`` who answered a file, and were not at the machine.
        refused: names of those who said no to exactly these words.
    """

    people: tuple[str, ...]
    languages: tuple[str, ...]
    changed: tuple[AlertLine, ...]
    by_file: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()

    @property
    def changed_fields(self) -> str:
        """The slots and fields that are no longer what somebody approved; empty without one."""
        return "; ".join(", ".join(filter(None, line.key)) for line in self.changed)


def approval_of(
    steps: Sequence[Review], lines: Sequence[AlertLine], languages: Collection[str]
) -> Approval:
    """Say who approved an alert as it stands.

    Args:
        lines: its words now, in every language that has them; stale ones are not among them.
        languages: tags in which it may be sent now.

    Returns:
        Who did, since it was taken away last. A language that was approved and is stale now changes
        nothing for the others; one whose words were changed, or are gone, does.
    """
    people: list[str] = []
    by_file: list[str] = []
    refused: list[str] = []
    signed: list[set[str]] = []
    changed: tuple[AlertLine, ...] = ()
    there = {line.key for line in lines}
    for one in _last_words(steps):
        approved = read_lines(one.words)
        own = {language for language, _ in approved if language}
        differs = [
            line
            for line in lines
            if (line.language in own or not line.language) and approved.get(line.key) != line.text
        ]
        gone = [key for key in approved.keys() - there if key[0] in languages]
        differs += [AlertLine(*key, "", "", 0) for key in sorted(gone)]
        if one.step == "refuse":
            refused += [] if differs else [one.by]
        elif differs:
            changed = changed or tuple(differs)
        else:
            people.append(one.by)
            by_file += [one.by] if one.through else []
            signed.append(own & set(languages))
    shared = set.intersection(*signed) if signed else set()
    order = dict.fromkeys(line.language for line in lines if line.language in shared)
    return Approval(tuple(people), tuple(order), changed, tuple(by_file), tuple(refused))


def _last_words(steps: Sequence[Review]) -> Iterator[Review]:
    """Give the last yes or no of each person; of two that did not know of each other the no."""
    said: dict[str, list[Link]] = {}
    for link in standing_lines(chain_of(steps)):
        if link.line.step in {"approve", "refuse"}:
            who = person(link.line.by)
            said[who] = [*said.pop(who, ()), link]
    for links in said.values():
        last = newest(tuple(links))
        yield next((one for one in last if one.line.step == "refuse"), last[-1]).line


def refusal(
    document: Document[Alert],
    approval: Approval,
    left_out: Mapping[str, str],
    needed: int = PEOPLE,
) -> Problem | None:
    """Say why an alert may not be sent.

    Args:
        left_out: tag to the reason, of languages in which it may not be sent.
        needed: how many people must have approved it: one where somebody answers for it alone.

    Returns:
        ``alert-changed`` at the line that is not what was approved, ``alert-unapproved`` while
        fewer than two people have approved it, ``alert-language`` when no language is left; or
        None.
    """
    if len(approval.people) < needed and approval.changed:
        line = approval.changed[0]
        where = approval.changed_fields
        return Problem(
            path=line.path or document.path,
            line=line.line,
            code="alert-changed",
            message=f"these words of '{document.record.id}' are not those that were approved"
            f" ({where})",
            hint="undo the change, or have two people approve it again",
        )
    if len(approval.people) < needed:
        who = f"approved by {approval.people[0]} alone" if approval.people else "not approved"
        return Problem(
            path=document.path,
            code="alert-unapproved",
            message=f"the alert is {who}: two different people must approve it",
            hint=f"read it: stopjihad alert show {document.record.id}; then:"
            f" stopjihad alert approve {document.record.id} --by NAME",
        )
    return None if approval.languages else nowhere(document, left_out)


def nowhere(document: Document[Alert], left_out: Mapping[str, str]) -> Problem:
    """Say that an alert can be sent in no language (``alert-language``)."""
    reasons = "; ".join(f"{tag}: {reason}" for tag, reason in left_out.items())
    return Problem(
        path=document.path,
        code="alert-language",
        message=f"the alert cannot be sent in any language ({reasons})"[:400],
        hint="translate and approve its template",
    )
