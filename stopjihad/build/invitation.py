"""Invite a person who is elsewhere to answer, and find what the code that came back answers.

What was issued is kept beside this user's key, in a folder that no workspace brings along: without
it no code counts. A code counts once, for its person and these very words, and for some time.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import hmac
import os
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import msgspec

from stopjihad import disk
from stopjihad.disk.lock import Busy, sole_writer
from stopjihad.disk.user_key import kept_secret, key_folder
from stopjihad.load.ledger import AHEAD
from stopjihad.model.review import person
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.review.approval_code import Answer, make_code, read_code

TRIES = 10
"""Wrong codes for one subject after which all that were issued for it are void."""

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
        taken_back: how often an alert had been ended, withdrawn or dropped by then.
        used: whether one of them was taken.
    """

    to: str
    digest: str
    languages: tuple[str, ...]
    expires: dt.datetime
    nonce: str = ""
    taken_back: int = 0
    used: bool = False


class Invitations(msgspec.Struct, frozen=True, kw_only=True):
    """What was issued for one subject, and how many wrong codes came back."""

    issued: tuple[Invitation, ...] = ()
    wrong: int = 0


class IssuedFile(NamedTuple):
    """A file that asks a person: its bytes (HTML in UTF-8), its languages, and until when."""

    data: bytes
    languages: tuple[str, ...]
    expires: dt.datetime


class AskedSubject(NamedTuple):
    """What people are asked about.

    Attributes:
        slug: of the campaign.
        key: names it among all that this campaign asks about.
        name: what messages call it.
        path: the file where it stands.
        code: of problems with its codes.
        life: how long a code counts.
        again: how a new file is made.
        why_changed: why an invitation no longer fits what is asked now; empty while it does.
    """

    slug: str
    key: str
    name: str
    path: str
    code: str
    life: dt.timedelta
    again: str
    why_changed: Callable[[Invitation], str]

    def refusal(self, message: str, hint: str) -> ProblemsFound:
        """Say why a code counts for nothing."""
        return ProblemsFound((Problem(path=self.path, code=self.code, message=message, hint=hint),))


Match = tuple[Invitation, Answer]


def invite(root: Path, subject: AskedSubject, invitation: Invitation) -> tuple[str, str]:
    """Keep an invitation, with a new nonce, and give its codes, for yes and for no.

    Earlier ones for the same person no longer count.

    Raises:
        ProblemsFound: no secret can be kept.
    """
    fresh = msgspec.structs.replace(invitation, nonce=os.urandom(_NONCE_BYTES).hex())
    own = _own_name(root, subject)
    secret = _secret(own, subject, make=True)
    with _hold_invitations(own) as kept:
        before = kept.get(subject.key, Invitations())
        others = tuple(
            one
            for one in before.issued
            if person(one.to) != person(fresh.to) and before.wrong < TRIES
        )
        kept[subject.key] = Invitations(issued=(*others, fresh))
    bound = _bound_words(subject, fresh)
    return make_code(secret, bound, "yes"), make_code(secret, bound, "no")


def take(root: Path, subject: AskedSubject, text: str, now: dt.datetime) -> Match:
    """Find what a code answers; neither it nor the other one of its file counts from now on.

    Args:
        text: the code, pasted or typed as it was heard.

    Raises:
        ProblemsFound: it is misspelt, nobody was given it, it was used or is too old, or what it is
            for was changed; the disk refuses.
        Busy: another process takes a code at this moment.
    """
    code = read_code(text)
    if code is None:
        raise subject.refusal("the code is misspelt", "ask for it again, group by group")
    own = _own_name(root, subject)
    secret = _secret(own, subject)
    with _hold_invitations(own) as kept:
        known = kept.get(subject.key, Invitations())
        match = _find_match(known, secret, subject, code)
        kept[subject.key], found = _judge(subject, known, match, now)
    if isinstance(found, ProblemsFound):
        raise found
    return found


def _judge(
    subject: AskedSubject, known: Invitations, match: Match | None, now: dt.datetime
) -> tuple[Invitations, Match | ProblemsFound]:
    """Judge a code: what is kept from now on, and what it answers or why it counts for nothing."""
    if known.wrong >= TRIES:
        why = f"{TRIES} wrong codes were tried for '{subject.name}': none counts any more"
        return known, subject.refusal(why, subject.again)
    if match is None:
        left = TRIES - known.wrong - 1
        why = f"nobody was given this code for '{subject.name}' ({left} tries are left)"
        hint = "look whether it belongs to another file, or to an older one"
        counted = msgspec.structs.replace(known, wrong=known.wrong + 1)
        return counted, subject.refusal(why, hint)
    why = _why_outdated(match[0], subject.life, now) or subject.why_changed(match[0])
    if why:
        return known, subject.refusal(why, subject.again)
    used = msgspec.structs.replace(match[0], used=True)
    issued = tuple(used if one == match[0] else one for one in known.issued)
    return msgspec.structs.replace(known, issued=issued), match


def _why_outdated(one: Invitation, life: dt.timedelta, now: dt.datetime) -> str:
    """Say why a code counts no longer, by its file alone; empty while it does."""
    if one.used:
        return f"the file for {one.to} was answered already"
    if now >= one.expires:
        return f"the code was good until {one.expires.isoformat()}"
    if one.expires - now > life + AHEAD:
        return f"the file for {one.to} was made by a clock that was wrong"
    return ""


def _bound_words(subject: AskedSubject, one: Invitation) -> tuple[str, ...]:
    """Give all that a code is for."""
    return subject.slug, subject.key, one.digest, one.to, one.nonce, one.expires.isoformat()


def _find_match(
    known: Invitations, secret: bytes, subject: AskedSubject, code: str
) -> Match | None:
    """Find what a code answers; each one is compared, so that time tells nothing."""
    found = None
    for one in known.issued:
        bound = _bound_words(subject, one)
        for answer in _ANSWERS:
            if hmac.compare_digest(make_code(secret, bound, answer), code):
                found = one, answer
    return found


def _own_name(root: Path, subject: AskedSubject) -> str:
    """Name a campaign of this workspace: another one may have a campaign of the same name."""
    place = hashlib.sha256(os.fsencode(os.path.realpath(root))).hexdigest()[:16]
    return f"{subject.slug}-{place}"


def _secret(own: str, subject: AskedSubject, *, make: bool = False) -> bytes:
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
        raise ProblemsFound((Problem(code=subject.code, message=message, hint=hint),))
    return found


@contextmanager
def _hold_invitations(own: str) -> Iterator[dict[str, Invitations]]:
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


def _read(data: bytes) -> Mapping[str, Invitations]:
    try:
        return msgspec.json.decode(data, type=dict[str, Invitations])
    except msgspec.MsgspecError:
        return {}
