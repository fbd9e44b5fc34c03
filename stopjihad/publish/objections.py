"""Say what a publication would bring back that may not be said any more.

What it said is written down when it is published (`Contents`): at home, and as far as anybody may
read it in the list of files that the campaign signs. So the judgement asks nothing of a target.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from collections.abc import Collection, Iterable, Iterator
from typing import TYPE_CHECKING

import msgspec

if TYPE_CHECKING:
    from stopjihad.model.helpline import Helpline
    from stopjihad.model.project import Project
    from stopjihad.model.review import Review


class Contents(msgspec.Struct, frozen=True, omit_defaults=True):
    """What a publication says that may not hold for ever.

    Attributes:
        exercise: whether it is a drill.
        alert: digests of the lines of the ledger that sent its alerts out, with spaces between
            them; empty without one.
        told: digests of what it tells of alerts that were taken away before their end, likewise.
        helplines: the last day of each, by a digest of whom to reach and how.
        lines: digest of the number of each, and of what is promised to who calls it, by its id;
            empty where nobody wrote it down.
        approved: the signatures that stood, as digest and kind; None where nobody wrote them down.
        words: digest of what a talking point says, by ``language/id``; empty where nobody wrote it
            down.
    """

    exercise: bool = False
    alert: str = msgspec.field(default="", name="notice")  # as records of before call it
    told: str = ""
    helplines: dict[str, dt.date] = {}
    lines: dict[str, str] = {}
    approved: tuple[str, ...] | None = None
    words: dict[str, str] = {}

    @property
    def public(self) -> Contents:
        """What of it anybody may read."""
        return msgspec.structs.replace(self, approved=None, words={})


def contents_of(
    project: Project, now: dt.datetime, *, exercise: bool = False, older: bool = False
) -> Contents:
    """Write down what a site says that is built of a campaign.

    Args:
        exercise: whether it is a drill, which has no alert that holds.
        older: whether an alert was laid over a site of before: nobody wrote down which signatures
            stood then, so it counts as signed by all there ever were.
    """
    signed = project.reviews
    if older:
        signed = tuple(one for one in signed if one.verdict == "approve")
    return Contents(
        exercise=exercise,
        alert="" if exercise else " ".join(sorted(_alerts(project, now))),
        told="" if exercise else " ".join(sorted(_told_alerts(project, now))),
        helplines={_reach_digest(line): line.review_by for line in project.all_helplines},
        lines=_line_digests(project.all_helplines),
        approved=tuple(sorted(_standing_digests(signed))),
        words={} if older else point_words(project),
    )


def point_words(project: Project) -> dict[str, str]:
    """Digest what each talking point says in each language, by ``language/id``.

    Of other languages only what is translated counts; where its words stand changes nothing.
    """
    from stopjihad.model.translation import by_subject
    from stopjihad.view.source_segments import point_texts

    source = project.campaign.record.source_language
    found: dict[str, str] = {}
    for one in project.points:
        texts = [(text.context, text.source) for text in point_texts(one.record)]
        found[f"{source}/{one.record.id}"] = _words_digest(texts)
    points = {one.record.id for one in project.points}
    for language in project.translations:
        for subject, messages in by_subject(language.messages).items():
            if subject in points:
                words = [(one.context, one.translation) for one in messages]
                found[f"{language.language}/{subject}"] = _words_digest(words)
    return found


def _words_digest(texts: Iterable[tuple[str, str]]) -> str:
    return _short_digest(sorted(texts))


def objections(
    said: Contents, since: dt.datetime, project: Project, now: dt.datetime
) -> tuple[str, ...]:
    """Say why a publication may not be what people read again.

    Args:
        since: when it was published; counts only where its signatures were not written down.
        project: what is read of the campaign now, with its ledger and its helplines.
    """
    found = [
        *_against_alert(said, project, now),
        *_against_helplines(said, project.all_helplines, now.date()),
        *_against_words(said, since, project.reviews),
        *_against_corrected(said, since, project),
        *_against_mistakes(said, since, project),
    ]
    return tuple(found)


def _against_alert(said: Contents, project: Project, now: dt.datetime) -> Iterator[str]:
    held, shown = _alerts(project, now), set(said.alert.split())
    for line in sorted(shown - held.keys()):
        known = [one.context for one in project.reviews if one.digest == line]
        about = f"'{known[0].partition('/')[2]}' " if known else ""
        yield f"its alert {about}is over, was withdrawn or says something else by now"
    for line in held.keys() - shown:
        yield f"it lacks the alert '{held[line]}', which holds now"
    told = _told_alerts(project, now)
    for end in sorted(told.keys() - set(said.told.split())):
        yield f"it does not tell readers that the alert '{told[end]}' was taken back"


def _against_helplines(
    said: Contents, helplines: Collection[Helpline], today: dt.date
) -> Iterator[str]:
    fresh = {_reach_digest(line) for line in helplines if line.review_by >= today}
    late = {day for line, day in said.helplines.items() if day < today and line not in fresh}
    if late:
        yield f"a helpline in it was to be checked by {min(late)}"
    now = _line_digests(helplines)
    for line in sorted(said.lines):
        if line not in now:
            yield f"the helpline '{line}' in it is gone by now"
        elif now[line] != said.lines[line]:
            yield f"the helpline '{line}' in it has another number by now, or promises otherwise"


def _against_words(
    said: Contents, since: dt.datetime, reviews: tuple[Review, ...]
) -> Iterator[str]:
    stood = said.approved
    if stood is None:
        stood = tuple(_standing_digests(one for one in reviews if one.on <= since))
    gone = set(stood) - _standing_digests(reviews)
    if not gone:
        return
    places = sorted({f"{one.context} ({one.language})" for one in reviews if _key(one) in gone})
    more = f" and {len(places) - 1} more" if len(places) > 1 else ""
    yield f"the approval of words in it was withdrawn: {places[0] if places else '?'}{more}"


def _against_corrected(said: Contents, since: dt.datetime, project: Project) -> Iterator[str]:
    """Name what was corrected urgently since, and corrections that nobody else signed in time."""
    from stopjihad.model.campaign import people_needed
    from stopjihad.model.review import urgent_signatures

    reviews = project.reviews
    alone = urgent_signatures(reviews, people_needed(project.campaign.record)).values()
    for one in alone:
        there = since >= one.on if said.approved is None else _key(one) in said.approved
        if one.lapsed and there:
            yield f"only {one.by} signed the urgent correction in it: {one.context}"
    standing = _standing_digests(reviews)
    older = {
        f"{one.context} ({one.language})"
        for one in reviews
        if one.urgent
        and (
            _key(one) not in said.approved
            if said.approved is not None and _key(one) in standing
            else since <= one.on
        )
    }
    if older:
        more = f" and {len(older) - 1} more" if len(older) > 1 else ""
        yield f"it is older than an urgent correction: {min(older)}{more}"


def _against_mistakes(said: Contents, since: dt.datetime, project: Project) -> Iterator[str]:
    """Name talking points in it that were withdrawn since, or said what was corrected since.

    Authors name days, no moments: on that very day the words themselves decide.
    """
    day, source = since.date(), project.campaign.record.source_language
    there = {name.partition("/")[2] for name in said.words}
    for one in (document.record for document in project.withdrawn_points):
        if one.withdrawn and (one.id in there if there else day <= one.withdrawn.day):
            yield f"the talking point '{one.id}' in it was withdrawn on {one.withdrawn.day}"
    words = point_words(project) if said.words else {}
    for one in (document.record for document in project.points):
        last, name = max((fix.day for fix in one.corrections), default=None), f"{source}/{one.id}"
        if (
            last
            and day <= last
            and (not there or said.words.get(name, "") not in {"", words[name]})
        ):
            yield f"the talking point '{one.id}' in it is older than its correction of {last}"


def _alerts(project: Project, now: dt.datetime) -> dict[str, str]:
    """Give the name of each alert that holds by the digest of the line that sent it out."""
    from stopjihad.review.alert_status import live_alerts

    return {out.digest: live.alert.id for out, live in live_alerts(_sound_reviews(project), now)}


def _told_alerts(project: Project, now: dt.datetime) -> dict[str, str]:
    """Give the name of each alert that readers are told was taken away before its end.

    Returns:
        By a digest of name, moment and reason.
    """
    from stopjihad.review.alert_status import live_alerts, past_alerts
    from stopjihad.view.alert import gives_way, is_quiet

    reviews = _sound_reviews(project)
    past, live = past_alerts(reviews, now), [one for _, one in live_alerts(reviews, now)]
    told = [one for one in past if one.told and one.cancels and not is_quiet(project, one)]
    return {
        _short_digest((one.live.alert.id, one.on, one.cause)): one.live.alert.id
        for one in told
        if not gives_way(project, one, live, past)
    }


def _sound_reviews(project: Project) -> tuple[Review, ...]:
    """Leave out what somebody wrote into the ledger that no page shows."""
    from stopjihad.check.alert_lines import sound_lines, unfit_lines

    return sound_lines(project.reviews, unfit_lines(project))


def _standing_digests(reviews: Iterable[Review]) -> set[str]:
    from stopjihad.model.review import standing_signatures

    return {f"{digest}-{kind}" for digest, kind in standing_signatures(reviews) if kind != "alert"}


def _key(line: Review) -> str:
    return f"{line.digest}-{line.kind}"


def _reach_digest(line: Helpline) -> str:
    """Digest whom a helpline reaches and how, whenever somebody looked last."""
    known = msgspec.to_builtins(line)
    for name in ("verified", "review_by", "source"):
        del known[name]
    return _short_digest(known)


def _line_digests(helplines: Iterable[Helpline]) -> dict[str, str]:
    """Digest where a call or a message ends up, and what its sender may rely on, by id."""
    return {
        one.id: _short_digest(
            (
                (one.country, one.phone.e164, one.writes, one.operator, one.emergency),
                (one.anonymous, one.passed_on, one.minors),
                # Said of the lines that are bound to: digests of all others stay as they were.
                *((one.must_tell,) if one.must_tell else ()),
            )
        )
        for one in helplines
    }


def _short_digest(said: object) -> str:
    return hashlib.sha256(msgspec.json.encode(said, order="sorted")).hexdigest()[:16]
