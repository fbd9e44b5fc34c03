"""The steps of a notice in the ledger: who did what when, bound to its words in every language."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Literal, NamedTuple

import msgspec

from stopjihad.model import contexts
from stopjihad.model.alert import Alert, AlertTemplate
from stopjihad.model.chain import chain_of, heads, newest, standing
from stopjihad.model.project import Document, Project
from stopjihad.model.review import AlertStep, Cause, Review, alert_digest, person
from stopjihad.problem import Problem
from stopjihad.view.source_segments import template_fields

State = Literal[
    "new",
    "drafted",
    "approved once",
    "approved twice",
    "undecided",
    "published",
    "updated",
    "ended",
    "expired",
    "withdrawn",
]

PEOPLE = 2
"""Different people who must approve the very same words."""

SENDS = frozenset({"publish", "update"})
"""Steps that send a notice out."""

_SLOTS = ""
"""Stands for a language in the lines that hold the slots."""


class NoticeLine(NamedTuple):
    """One line of a notice that people approve, and where it is written.

    Attributes:
        language: BCP 47 tag; empty for a slot.
        field: slot, or field of the template.
        text: its value or words, slots still in braces.
        path: file.
        line: from 1; 0 when unknown.
    """

    language: str
    field: str
    text: str
    path: str
    line: int

    @property
    def key(self) -> tuple[str, str]:
        """What tells it from the other lines."""
        return self.language, self.field


def subject(alert_id: str) -> str:
    """Name a notice in the ledger."""
    return f"alerts/{alert_id}"


def lines_of(
    project: Project, document: Document[Alert], languages: Sequence[str]
) -> tuple[NoticeLine, ...]:
    """List what people approve when they approve a notice.

    Args:
        document: the notice.
        languages: tags in which it may be sent.

    Returns:
        Its slots, then the template's words in each language; nothing where its template is not
        known.
    """
    template = next(
        (one for one in project.alert_templates if one.record.id == document.record.template), None
    )
    if template is None:
        return ()
    found = list(_slots(document))
    for language in languages:
        found += _words(project, template, language)
    return tuple(found)


def _slots(document: Document[Alert]) -> Iterator[NoticeLine]:
    values = msgspec.to_builtins(document.record)
    for name, value in values.items():
        text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
        yield NoticeLine(_SLOTS, name, text, document.path, document.place(name)[0])


def _words(
    project: Project, template: Document[AlertTemplate], language: str
) -> Iterator[NoticeLine]:
    source = project.campaign.record.source_language
    file = project.translation(language)
    known = {(m.context, m.source): m for m in file.messages if not m.stale} if file else {}
    for field, text in template_fields(template.record):
        if language == source:
            yield NoticeLine(language, field, text, template.path, template.place(field)[0])
            continue
        name = field if field.startswith("sentences.") else field.partition(".")[0]
        message = known.get((contexts.alert(template.record.id, name), text))
        if message is not None and file is not None:
            yield NoticeLine(language, field, message.translation, file.path, message.line)


def write(lines: Iterable[NoticeLine]) -> str:
    """Write lines for the ledger: a JSON list each, language, field and text."""
    return "\n".join(
        msgspec.json.encode((line.language, line.field, line.text)).decode() for line in lines
    )


def read(words: str) -> dict[tuple[str, str], str]:
    """Read lines of the ledger: text by language and field; nothing from what is damaged."""
    found: dict[tuple[str, str], str] = {}
    for row in words.split("\n"):
        try:
            language, field, text = msgspec.json.decode(row, type=tuple[str, str, str])
        except msgspec.MsgspecError:
            continue
        found[language, field] = text
    return found


def words_of(lines: Iterable[tuple[str, str, str]]) -> dict[str, dict[str, str]]:
    """Give the words of a notice, slots left out, by language and field.

    Args:
        lines: language, field and text of each; the language is empty for a slot.
    """
    found: dict[str, dict[str, str]] = {}
    for language, field, text in lines:
        if language:
            found.setdefault(language, {})[field] = text
    return found


def step(
    project: Project,
    alert_id: str,
    lines: Sequence[NoticeLine],
    what: tuple[AlertStep, str, str],
    on: dt.datetime,
    cause: Cause | None = None,
) -> Review:
    """Make the line of the ledger for a step; it answers what ``project`` knows of the notice.

    Args:
        alert_id: id of the notice.
        lines: its words, from ``lines_of``.
        what: the step, who does it, and why.
        on: when, with its offset from UTC.
        cause: what readers are told of a step that takes it away.

    Returns:
        The line.

    Raises:
        msgspec.ValidationError: the name or reason is not what a ledger may hold.
    """
    name, by, reason = what
    context, words = subject(alert_id), write(lines)
    line = {
        "language": project.campaign.record.source_language,
        "context": context,
        "digest": alert_digest(context, words),
        "verdict": "withdraw" if name == "withdraw" else "approve",
        "kind": "alert",
        "by": by,
        "on": on,
        "words": words,
        "reason": reason,
        "step": name,
        "cause": cause,
        "answers": heads(_lines_about(project.reviews, alert_id)),
    }
    return msgspec.convert(line, type=Review)


def _lines_about(reviews: Iterable[Review], alert_id: str) -> Iterator[Review]:
    own = subject(alert_id)
    return (one for one in reviews if one.kind == "alert" and one.context == own and one.step)


def steps_of(reviews: Iterable[Review], alert_id: str) -> tuple[Review, ...]:
    """Find the steps of the notice ``alert_id``, each after those that it answers.

    Lines whose words were changed afterwards count for nothing, but for what takes it away.
    """
    chain = chain_of(_lines_about(reviews, alert_id))
    return tuple(one.line for one in chain if one.line.takes_back or one.line.is_kept())


class Approval(NamedTuple):
    """Compare a notice with what was approved.

    Attributes:
        people: names of those who approved exactly these words, first ones first.
        languages: tags that all of them approved.
        changed: the first line that is no longer what somebody approved; None without one.
        by_file: those of ``people`` who answered a file, and were not at the machine.
        refused: names of those who said no to exactly these words.
    """

    people: tuple[str, ...]
    languages: tuple[str, ...]
    changed: NoticeLine | None
    by_file: tuple[str, ...] = ()
    refused: tuple[str, ...] = ()


def approval_of(
    steps: Sequence[Review], lines: Sequence[NoticeLine], languages: Collection[str]
) -> Approval:
    """Say who approved a notice as it stands.

    Args:
        steps: of the notice, from ``steps_of``.
        lines: its words now, in every language that has them; stale ones are not among them.
        languages: tags in which it may be sent now.

    Returns:
        Who did, since it was taken away last. A language that was approved and is stale now changes
        nothing for the others; one whose words were changed does.
    """
    latest: dict[str, Review] = {}
    for one in (link.line for link in standing(chain_of(steps))):
        if one.step in {"approve", "refuse"}:
            latest.pop(person(one.by), None)
            latest[person(one.by)] = one
    people: list[str] = []
    by_file: list[str] = []
    refused: list[str] = []
    signed: list[set[str]] = []
    changed: NoticeLine | None = None
    for one in latest.values():
        approved = read(one.words)
        own = {language for language, _ in approved if language}
        differs = [
            line
            for line in lines
            if (line.language in own or not line.language) and approved.get(line.key) != line.text
        ]
        if one.step == "refuse":
            refused += [] if differs else [one.by]
        elif differs:
            changed = changed or differs[0]
        else:
            people.append(one.by)
            by_file += [one.by] if one.through else []
            signed.append(own & set(languages))
    shared = set.intersection(*signed) if signed else set()
    order = dict.fromkeys(line.language for line in lines if line.language in shared)
    return Approval(tuple(people), tuple(order), changed, tuple(by_file), tuple(refused))


def state_of(steps: Sequence[Review], lines: Sequence[NoticeLine], now: dt.datetime) -> State:
    """Say where a notice stands.

    Args:
        steps: of the notice.
        lines: its words now.
        now: the moment, for its end.

    Returns:
        Its state; changed words are where they were before anybody approved them.
    """
    out, *rivals = messages_out(steps) or (None,)
    if rivals:
        return "undecided"
    found: State | None = _taken(steps) if out is None else _held(out, lines, now)
    if found is not None:
        return found
    people = len(approval_of(steps, lines, ()).people)
    if people:
        return "approved twice" if people >= PEOPLE else "approved once"
    return "drafted" if steps else "new"


def _held(out: Review, lines: Sequence[NoticeLine], now: dt.datetime) -> State | None:
    """Say where a notice stands that was sent; None where its words were changed since."""
    shown = alert_of(out)
    if shown is not None and shown.ends <= now:
        return "expired"
    if out.digest != _digest(out, lines):
        return None
    return "updated" if out.step == "update" else "published"


def _taken(steps: Sequence[Review]) -> State | None:
    """Say how a notice was taken away, or dropped before it was sent; None where it was not."""
    last = newest(tuple(one for one in chain_of(steps) if one.line.takes_back))
    if any(one.line.step == "withdraw" for one in last):
        return "withdrawn"
    return "ended" if last else None


def _digest(out: Review, lines: Sequence[NoticeLine]) -> str:
    own = {language for language, _ in read(out.words)}
    return alert_digest(out.context, write(line for line in lines if line.language in own))


def last_published(steps: Sequence[Review]) -> Review | None:
    """Find the last step that sent a notice out, though it may have been taken away since."""
    sent = (one for one in reversed(steps) if one.step in SENDS and not one.ahead)
    return next(sent, None)


def messages_out(steps: Sequence[Review], *, ahead: bool = False) -> tuple[Review, ...]:
    """Find the steps that sent out what was not taken away, nor replaced.

    Args:
        steps: of a notice.
        ahead: whether lines ahead of the clock count, too.

    Returns:
        Several where people sent it without knowing of each other: then none of them is shown.
    """
    sent = (one for one in standing(chain_of(steps), ahead=ahead) if one.line.step in SENDS)
    return tuple(one.line for one in newest(tuple(sent)))


def sent_before(steps: Sequence[Review], line: Review) -> tuple[Review, ...]:
    """List the steps that had sent a notice out when a line of it was written, in their order.

    Args:
        steps: of the notice, the line among them.
        line: one of them.

    Returns:
        Those that it answers.
    """
    chain = chain_of(steps)
    past = next((one.past for one in chain if one.line == line), 0)
    return tuple(one.line for one in chain if one.bit & past and one.line.step in SENDS)


def alert_of(line: Review) -> Alert | None:
    """Read the slots of a notice from a line of the ledger; None when they are none of ours.

    A line that sent it out says when: whoever began its file did not know.
    """
    values: dict[str, object] = {}
    for (language, field), text in read(line.words).items():
        if language == _SLOTS:
            values[field] = _value(text)
    values["id"] = line.context.partition("/")[2]
    if line.step in SENDS:
        values["sent"] = line.on
    try:
        found = msgspec.convert(values, type=Alert, strict=False)
    except msgspec.ValidationError:
        return None
    moments = filter(None, (found.since, found.next_update, found.sent, found.expires))
    in_calendar = all(dt.MINYEAR < one.year < dt.MAXYEAR for one in moments)
    return found if in_calendar else None  # elsewhere it may be outside, by the zone


def _value(text: str) -> object:
    """Read a slot; what is no JSON, or nested too deep, is a text."""
    if text.startswith(("[", "{")) or text == "null":
        with contextlib.suppress(msgspec.DecodeError, RecursionError):
            return msgspec.json.decode(text)
    return text


def refusal(
    document: Document[Alert],
    approval: Approval,
    left_out: Mapping[str, str],
    needed: int = PEOPLE,
) -> Problem | None:
    """Say why a notice may not be sent.

    Args:
        document: the notice.
        approval: who approved it as it stands.
        left_out: tag to the reason, of languages in which it may not be sent.
        needed: how many people must have approved it: one where somebody answers for it alone.

    Returns:
        ``alert-changed`` at the line that is not what was approved, ``alert-unapproved`` while
        fewer than two people have approved it, ``alert-language`` when no language is left; or
        None.
    """
    if len(approval.people) < needed and approval.changed is not None:
        line = approval.changed
        where = f"{line.language}, {line.field}" if line.language else line.field
        return Problem(
            path=line.path,
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
            message=f"the notice is {who}: two different people must approve it",
            hint=f"read it: stopjihad alert show {document.record.id}; then:"
            f" stopjihad alert approve {document.record.id} --by NAME",
        )
    return None if approval.languages else nowhere(document, left_out)


def nowhere(document: Document[Alert], left_out: Mapping[str, str]) -> Problem:
    """Say that a notice can be sent in no language (``alert-language``).

    Args:
        document: the notice.
        left_out: tag to the reason.

    Returns:
        The problem.
    """
    reasons = "; ".join(f"{tag}: {reason}" for tag, reason in left_out.items())
    return Problem(
        path=document.path,
        code="alert-language",
        message=f"the notice cannot be sent in any language ({reasons})"[:400],
        hint="translate and approve its template",
    )
