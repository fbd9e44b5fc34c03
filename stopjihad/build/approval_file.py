"""Ask a person who is elsewhere: a file with the words and two codes, and the code that comes back.

What was issued is kept beside this user's key, in a folder that no workspace brings along: without
it no code counts. A code counts once, for its person and these very words, and for some hours.

Throughout, ``project`` is the campaign, ``alert_id`` the name of the alert.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.build.alert_sheet import words_of
from stopjihad.build.alert_workflow import same_person
from stopjihad.build.prepared_alert import PreparedAlert, prepare
from stopjihad.disk.lock import Busy, sole_writer
from stopjihad.disk.user_key import kept_secret, key_folder
from stopjihad.load.ledger import AHEAD
from stopjihad.model.alert import LiveAlert
from stopjihad.model.options import Shared, words_for
from stopjihad.model.project import Project
from stopjihad.model.review import AlertStep, Review, alert_digest, person
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.alert.approval_page import AskedApproval, render_approval
from stopjihad.review.alert_approval import nowhere
from stopjihad.review.alert_lines import write_lines
from stopjihad.review.alert_steps import make_step, subject
from stopjihad.review.approval_code import Answer, make_code, read_code
from stopjihad.review.ledger import append_reviews

LIFE = dt.timedelta(hours=6)
"""How long a code counts: as long as an alert holds that says nothing else."""

TRIES = 10
"""Wrong codes for one alert after which all that were issued for it are void."""

_SECRET_BYTES = 32
_NONCE_BYTES = 16
_ANSWERS: tuple[Answer, ...] = ("yes", "no")


class Invitation(msgspec.Struct, frozen=True, kw_only=True):
    """One file that was issued; it holds nothing from which a code can be made without the secret.

    Attributes:
        to: name of the person.
        nonce: random, in hexadecimal digits: no two files have a code in common.
        digest: of the words that the file shows.
        languages: tags in which it shows them.
        expires: when its codes cease to count.
        taken_back: how often the alert had been ended, withdrawn or dropped by then.
        used: whether one of them was taken.
    """

    to: str
    nonce: str
    digest: str
    languages: tuple[str, ...]
    expires: dt.datetime
    taken_back: int = 0
    used: bool = False


Match = tuple[Invitation, Answer]


class AlertInvitations(msgspec.Struct, frozen=True, kw_only=True):
    """What was issued for one alert, and how many wrong codes came back."""

    issued: tuple[Invitation, ...] = ()
    wrong: int = 0


class IssuedFile(NamedTuple):
    """A file that asks a person: its bytes (HTML in UTF-8), its languages, and until when."""

    data: bytes
    languages: tuple[str, ...]
    expires: dt.datetime


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
        nonce=os.urandom(_NONCE_BYTES).hex(),
        digest=line.digest,
        languages=languages,
        expires=now + LIFE,
        taken_back=_taken_back(prepared),
    )
    own = _own_name(root, project)
    secret = _secret(own, make=True)
    with _hold_invitations(own) as kept:
        before = kept.get(alert_id, AlertInvitations())
        others = tuple(
            one for one in before.issued if person(one.to) != person(to) and before.wrong < TRIES
        )
        kept[alert_id] = AlertInvitations(issued=(*others, invitation))
    data = _page(project, prepared, shared, invitation, secret)
    return IssuedFile(data, languages, invitation.expires)


def _page(
    project: Project,
    prepared: PreparedAlert,
    shared: Shared,
    invitation: Invitation,
    secret: bytes,
) -> bytes:
    campaign = project.campaign.record
    alert = prepared.document.record.stamp(invitation.expires - LIFE)
    live = LiveAlert(alert=alert, languages=invitation.languages)
    home = campaign.source_language
    lang = home if home in invitation.languages else invitation.languages[0]
    bound = _bound_words(campaign.id, alert.id, invitation)
    asked = AskedApproval(
        campaign=campaign.title,
        id=alert.id,
        exercise=alert.exercise,
        to=invitation.to,
        lang=lang,
        expires=invitation.expires,
        zone=campaign.schedule.timezone,
        languages=words_of(project, live, shared),
        codes=(make_code(secret, bound, "yes"), make_code(secret, bound, "no")),
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
    prepared, slug = prepare(project, alert_id), project.campaign.record.id
    code = read_code(text)
    if code is None:
        raise _refusal_of(prepared, "the code is misspelt", "ask for it again, group by group")
    own = _own_name(root, project)
    secret = _secret(own)
    with _hold_invitations(own) as kept:
        known = kept.get(alert_id, AlertInvitations())
        match = _find_match(known, secret, (slug, alert_id), code)
        kept[alert_id], found = _judge(prepared, known, match, now)
    if isinstance(found, ProblemsFound):
        raise found
    return _write_answer(root, project, prepared, found, now)


def _judge(
    prepared: PreparedAlert, known: AlertInvitations, match: Match | None, now: dt.datetime
) -> tuple[AlertInvitations, Match | ProblemsFound]:
    """Judge a code: what is kept from now on, and what it answers or why it counts for nothing."""
    name = prepared.id
    if known.wrong >= TRIES:
        why = f"{TRIES} wrong codes were tried for '{name}': none counts any more"
        return known, _refusal_of(prepared, why, _ask_again(name))
    if match is None:
        left = TRIES - known.wrong - 1
        why = f"nobody was given this code for '{name}' ({left} tries are left)"
        hint = "look whether it belongs to another alert, or to an older file"
        return msgspec.structs.replace(known, wrong=known.wrong + 1), _refusal_of(
            prepared, why, hint
        )
    why = _why_outdated(prepared, match[0], now)
    if why:
        return known, _refusal_of(prepared, why, _ask_again(name))
    used = msgspec.structs.replace(match[0], used=True)
    issued = tuple(used if one == match[0] else one for one in known.issued)
    return msgspec.structs.replace(known, issued=issued), match


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


def _bound_words(slug: str, alert_id: str, one: Invitation) -> tuple[str, ...]:
    """Give all that a code is for."""
    return slug, alert_id, one.digest, one.to, one.nonce, one.expires.isoformat()


def _find_match(
    known: AlertInvitations, secret: bytes, names: tuple[str, str], code: str
) -> Match | None:
    """Find what a code answers; each one is compared, so that time tells nothing."""
    found = None
    for one in known.issued:
        bound = _bound_words(*names, one)
        for answer in _ANSWERS:
            if hmac.compare_digest(make_code(secret, bound, answer), code):
                found = one, answer
    return found


def _why_outdated(prepared: PreparedAlert, one: Invitation, now: dt.datetime) -> str:
    """Say why a code counts no longer; empty while it does."""
    if one.used:
        return f"the file for {one.to} was answered already"
    if now >= one.expires:
        return f"the code was good until {one.expires.isoformat()}"
    if one.expires - now > LIFE + AHEAD:
        return f"the file for {one.to} was made by a clock that was wrong"
    if _taken_back(prepared) != one.taken_back:
        return f"the alert was taken back since the file for {one.to} was made"
    own = {"", *one.languages}
    words = write_lines(line for line in prepared.lines if line.language in own)
    if alert_digest(subject(prepared.id), words) != one.digest:
        return f"slots or words were changed since the file for {one.to} was made"
    return ""


def _taken_back(prepared: PreparedAlert) -> int:
    return sum(1 for one in prepared.steps if one.takes_back)


def _ask_again(alert_id: str) -> str:
    return f"make a new file: stopjihad alert approve {alert_id} --send-to NAME -o FILE.html"


def _refusal_of(prepared: PreparedAlert, message: str, hint: str) -> ProblemsFound:
    path = prepared.document.path
    return ProblemsFound((Problem(path=path, code="alert-code", message=message, hint=hint),))


def _own_name(root: Path, project: Project) -> str:
    """Name a campaign of this workspace: another one may have a campaign of the same name."""
    place = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:16]
    return f"{project.campaign.record.id}-{place}"


def _secret(own: str, *, make: bool = False) -> bytes:
    try:
        found = kept_secret(f"approve-{own}", _SECRET_BYTES, make=make)
    except OSError:
        found = None
    if found is None:
        message = "no file was made here that a code could come from"
        hint = "codes are taken in the workspace that made the file, by the same user"
        if make:
            message = f"no secret can be kept in {key_folder() or 'a home folder'}"
            hint = "ask the person to come, or to approve in a copy of the workspace"
        raise ProblemsFound((Problem(code="alert-code", message=message, hint=hint),))
    return found


@contextmanager
def _hold_invitations(own: str) -> Iterator[dict[str, AlertInvitations]]:
    """Give what was issued, for one process at a time, and keep what is changed in it.

    It is kept also where the block refuses a code: a wrong one is counted.
    """
    place = Path(key_folder()) / f"approvals-{own}.json"
    try:
        with sole_writer(place.with_suffix(".lock")):
            data = disk.read(str(place))
            before = _read(data or b"{}")
            kept = dict(before)
            yield kept
            if kept != before:
                disk.replace(str(place), msgspec.json.encode(kept))
                place.chmod(0o600)
    except Busy:
        raise
    except OSError as error:
        raise ProblemsFound((disk.explain(error, str(place)),)) from None


def _read(data: bytes) -> Mapping[str, AlertInvitations]:
    try:
        return msgspec.json.decode(data, type=dict[str, AlertInvitations])
    except msgspec.MsgspecError:
        return {}
