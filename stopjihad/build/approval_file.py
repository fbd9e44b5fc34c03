"""Ask a person who is elsewhere about an alert: a file with its words and two codes.

Throughout, ``project`` is the campaign, ``alert_id`` the name of the alert.
"""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec

from stopjihad.build.alert_sheet import words_of
from stopjihad.build.alert_workflow import same_person
from stopjihad.build.invitation import (
    AskedSubject,
    Invitation,
    IssuedFile,
    Match,
    invite,
    take,
)
from stopjihad.build.prepared_alert import PreparedAlert, prepare
from stopjihad.model.alert import LiveAlert
from stopjihad.model.options import Shared, words_for
from stopjihad.model.project import Project
from stopjihad.model.review import AlertStep, Review, alert_digest, person
from stopjihad.problem import ProblemsFound
from stopjihad.render.alert.approval_page import (
    ALERT_PHRASES,
    AskedApproval,
    AskedLanguage,
    AskedText,
    render_approval,
)
from stopjihad.review.alert_approval import nowhere
from stopjihad.review.alert_lines import write_lines
from stopjihad.review.alert_steps import make_step, subject
from stopjihad.review.approval_code import Answer
from stopjihad.review.ledger import append_reviews

LIFE = dt.timedelta(hours=6)
"""How long a code counts: as long as an alert holds that says nothing else."""


class TakenCode(msgspec.Struct, frozen=True, kw_only=True):
    """What a code said: who answers what, and who has approved the alert now."""

    id: str
    by: str
    answer: Answer
    people: tuple[str, ...]


def issue(
    root: Path,
    project: Project,
    alert_id: str,
    to: str,
    shared: Shared,
    moment: tuple[dt.datetime, tuple[str, ...]],
) -> IssuedFile:
    """Make a file that asks one person whether an alert may go out as it stands.

    Args:
        root: the workspace: its codes are taken there.
        moment: the moment, and tags of the languages that the person shall read and sign; all in
            which the alert may be sent when none is given.

    Returns:
        The file. Files for the same person that were made before no longer count.

    Raises:
        ProblemsFound: as for ``prepare``, ``alert-same-person``, or ``alert-code`` where no secret
            can be kept.
        msgspec.ValidationError: the name is none that a ledger may hold.
    """
    now, wanted = moment
    prepared = prepare(project, alert_id)
    problem = same_person(prepared, to)
    if problem is not None:
        raise ProblemsFound((problem,))
    languages = tuple(tag for tag in prepared.sendable.languages if tag in (wanted or (tag,)))
    if not languages:
        raise ProblemsFound((nowhere(prepared.document, prepared.sendable.left_out),))
    line = _line(project, prepared, languages, ("approve", to), now)
    invitation = Invitation(
        to=line.by,
        digest=line.digest,
        languages=languages,
        expires=now + LIFE,
        taken_back=_taken_back(prepared),
    )
    codes = invite(root, _describe_subject(project, prepared), invitation)
    data = _page(project, prepared, shared, invitation, codes)
    return IssuedFile(data, languages, invitation.expires)


def _page(
    project: Project,
    prepared: PreparedAlert,
    shared: Shared,
    invitation: Invitation,
    codes: tuple[str, str],
) -> bytes:
    campaign = project.campaign.record
    alert = prepared.document.record.stamp(invitation.expires - LIFE)
    live = LiveAlert(alert=alert, languages=invitation.languages)
    home = campaign.source_language
    lang = home if home in invitation.languages else invitation.languages[0]
    asked = AskedApproval(
        campaign=campaign.title,
        name=alert.id,
        phrases=ALERT_PHRASES,
        exercise=alert.exercise,
        to=invitation.to,
        lang=lang,
        home=lang,
        expires=invitation.expires,
        zone=campaign.schedule.timezone,
        languages=tuple(
            AskedLanguage(
                one.tag,
                one.name,
                one.direction,
                tuple(AskedText(said.source, said.text) for said in one.words),
            )
            for one in words_of(project, live, shared)
        ),
        codes=codes,
    )
    return render_approval(asked, words_for(lang, shared.team_words))


def take_code(
    root: Path, project: Project, alert_id: str, text: str, now: dt.datetime
) -> TakenCode:
    """Take the code of a person who is elsewhere; the ledger has a line for it, yes or no.

    Args:
        text: the code, pasted or typed as it was heard.

    Raises:
        ProblemsFound: as for ``prepare``; ``alert-code``: it is misspelt, nobody was given it, it
            was used or is too old, or its words were changed; ``alert-same-person``; the disk
            refuses.
        Busy: another process takes a code at this moment.
    """
    prepared = prepare(project, alert_id)
    found = take(root, _describe_subject(project, prepared), text, now)
    return _write_answer(root, project, prepared, found, now)


def _write_answer(
    root: Path,
    project: Project,
    prepared: PreparedAlert,
    found: Match,
    now: dt.datetime,
) -> TakenCode:
    """Write an answer into the ledger, as one that came by a file."""
    invitation, answer = found
    problem = same_person(prepared, invitation.to) if answer == "yes" else None
    if problem is not None:
        raise ProblemsFound((problem,))
    step: AlertStep = "approve" if answer == "yes" else "refuse"
    line = _line(project, prepared, invitation.languages, (step, invitation.to), now)
    append_reviews(root, project.campaign.record.id, (line,))
    people = prepared.approval.people
    own = person(invitation.to)
    return TakenCode(
        id=prepared.id,
        by=invitation.to,
        answer=answer,
        people=(*people, invitation.to)
        if answer == "yes"
        else tuple(one for one in people if person(one) != own),
    )


def _line(
    project: Project,
    prepared: PreparedAlert,
    languages: tuple[str, ...],
    what: tuple[AlertStep, str],
    now: dt.datetime,
) -> Review:
    """Make the line of the ledger for the words that a file shows."""
    own = {"", *languages}
    lines = [one for one in prepared.lines if one.language in own]
    line = make_step(project, prepared.id, lines, (*what, ""), now)
    return msgspec.structs.replace(line, through="file")


def _describe_subject(project: Project, prepared: PreparedAlert) -> AskedSubject:
    def why_changed(one: Invitation) -> str:
        if _taken_back(prepared) != one.taken_back:
            return f"the alert was taken back since the file for {one.to} was made"
        own = {"", *one.languages}
        words = write_lines(line for line in prepared.lines if line.language in own)
        if alert_digest(subject(prepared.id), words) != one.digest:
            return f"slots or words were changed since the file for {one.to} was made"
        return ""

    return AskedSubject(
        slug=project.campaign.record.id,
        key=prepared.id,
        name=prepared.id,
        path=prepared.document.path,
        code="alert-code",
        life=LIFE,
        again=f"make a new file: stopjihad alert approve {prepared.id} --send-to NAME -o FILE.html",
        why_changed=why_changed,
    )


def _taken_back(prepared: PreparedAlert) -> int:
    return sum(1 for one in prepared.steps if one.takes_back)
