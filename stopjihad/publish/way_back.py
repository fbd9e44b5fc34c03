"""Say what a target keeps of publications, and on which terms one of before may return.

The command line and the studio both ask here, so that they give the same answers. Throughout,
``channel`` leads to the target, and ``asked`` says which one, and which campaign.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, NamedTuple

from stopjihad.problem import Problem
from stopjihad.publish import publications
from stopjihad.publish.deployment import Terms, explain_target, vouched_release
from stopjihad.publish.objections import Contents, objections
from stopjihad.publish.readiness import project_of
from stopjihad.publish.target_memory import memory_of
from stopjihad.publish.upload import ReadyUpload, signed_upload

if TYPE_CHECKING:
    from stopjihad.publish.channel import Channel
    from stopjihad.publish.publications import PublicationRecord
    from stopjihad.publish.publish_request import PublishRequest
    from stopjihad.publish.release import Release
    from stopjihad.publish.site_record import SiteRecord


def _take_release(made: ReadyUpload) -> Release:
    return made.release


def return_terms(
    channel: Channel,
    asked: PublishRequest,
    now: dt.datetime,
    *,
    bare: bool = False,
    hear: Callable[[ReadyUpload], Release] = _take_release,
) -> Terms:
    """Make the terms of a way back: the ledger and the helplines of the workspace decide, now.

    Args:
        bare: whether the target is believed and signatures are left out, in an emergency.
        hear: takes what was signed, and gives the release of it.

    Raises:
        ProblemsFound: the campaign, its ledger or its helplines cannot be read.
    """
    project = project_of(asked.root, asked.campaign)

    def object_to(said: Contents, since: int) -> tuple[str, ...]:
        return objections(said, dt.datetime.fromtimestamp(since, dt.UTC), project, now)

    return Terms(
        objections=object_to,
        sign=lambda release: hear(signed_upload(release, channel, asked, bare=bare)),
        public=project.campaign.record.signing_key,
        unvouched=bare,
    )


class KeptPublication(NamedTuple):
    """Describe a publication that a target shows or keeps.

    Attributes:
        record: what the target says of it.
        own: what this user remembers of it at home; None for what came from elsewhere.
        by: what the publisher called itself, if that is known here.
        current: whether readers see it.
        files: how many files differ from the one before; None where that is not kept.
        words: ``language/id`` of talking points whose words differ from the one before; None where
            nobody here wrote the words of both down.
        back_files: how many files would change if it came back.
        back_words: the same for the words.
        refused: why it may not return; None when it may, and for the current one.
    """

    record: SiteRecord
    own: PublicationRecord | None
    by: str
    current: bool
    files: int | None
    words: tuple[str, ...] | None
    back_files: int
    back_words: tuple[str, ...] | None
    refused: Problem | None


def kept_publications(
    channel: Channel, asked: PublishRequest, terms: Terms, most: int
) -> tuple[KeptPublication, ...]:
    """List at most ``most`` publications that a target shows and keeps, newest first.

    Raises:
        ProblemsFound: ``publish-unreachable``, and as for ``publish``.
    """
    with explain_target(asked.target):
        now = channel.read_published()
        if now is None:
            return ()
        records = [now, *reversed(channel.history())]
        place = publications.place_of(asked.target, asked.root, asked.campaign)
        known = [(one, publications.recall(place, one.id)) for one in records[: most + 1]]
        befores, names = [*known[1:], (None, None)], memory_of(asked).names
        found = []
        for (record, own), (before, own_before) in zip(known[:most], befores, strict=False):
            current = record is now
            recalled = None
            if not current:
                recalled = vouched_release(channel.recall(record.id), record.id, asked, terms)
            found.append(
                KeptPublication(
                    record,
                    own,
                    names.get(record.id) or (own.by if own and not record.back_to else ""),
                    current,
                    _differing_files(record, before) if before else None,
                    _differing_words(_contents_of(own), _contents_of(own_before)),
                    _differing_files(record, now),
                    _differing_words(_contents_of(own), _contents_of(known[0][1])),
                    recalled if isinstance(recalled, Problem) else None,
                )
            )
        return tuple(found)


def new_words(channel: Channel, asked: PublishRequest, release: Release) -> tuple[str, ...] | None:
    """Give ``language/id`` of talking points whose words would change; None as of `words` above."""
    base = channel.read_published()
    place = publications.place_of(asked.target, asked.root, asked.campaign)
    own = publications.recall(place, base.id) if base else None
    return _differing_words(release.said, _contents_of(own))


def _differing_files(one: SiteRecord, other: SiteRecord) -> int:
    first, second = ({file.path: file.sha256 for file in of.files} for of in (one, other))
    return len(_names_that_differ(first, second))


def _contents_of(own: PublicationRecord | None) -> Contents | None:
    return own.said if own else None


def _differing_words(one: Contents | None, other: Contents | None) -> tuple[str, ...] | None:
    if not (one and other and one.words and other.words):
        return None
    return tuple(sorted(_names_that_differ(one.words, other.words)))


def _names_that_differ(one: Mapping[str, str], other: Mapping[str, str]) -> set[str]:
    return {name for name in one.keys() | other.keys() if one.get(name) != other.get(name)}
