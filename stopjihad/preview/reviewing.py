"""Show what waits for approval, and what was approved before."""

from __future__ import annotations

from typing import NamedTuple

from markupsafe import Markup

from stopjihad.model.loaded import Project
from stopjihad.model.review import Review, standing
from stopjihad.preview.views import names_of
from stopjihad.review.ledger import lost
from stopjihad.translate.review_sheet import diff_html
from stopjihad.translate.status import SegmentState, key_of, segment_states


class Pair(NamedTuple):
    """Show a text beside its translation; ``by`` is who approved it, or empty."""

    context: str
    source: str
    words: str
    digest: str
    diff: Markup | None
    by: str
    on: str


class Group(NamedTuple):
    """Gather the texts of one whole that a reviewer looks at together."""

    key: str
    name: str
    pairs: tuple[Pair, ...]


class Waiting(NamedTuple):
    """Hold the queue of one language.

    Attributes:
        groups: texts that wait, by talking point or other whole.
        approved: texts that are approved, likewise.
        lost: approvals that died because words changed.
        behind: texts that are missing or out of date and cannot be judged yet.
    """

    groups: tuple[Group, ...]
    approved: tuple[Group, ...]
    lost: tuple[Review, ...]
    behind: int


def waiting(project: Project, language: str) -> Waiting:
    """Sort the texts of a language by whether they are approved.

    Args:
        project: the campaign.
        language: BCP 47 tag.

    Returns:
        The queue.
    """
    states = segment_states(project, language)
    current = [item.digest for item in states if item.digest and item.state != "stale"]
    return Waiting(
        groups=_groups(project, states, "unreviewed"),
        approved=_groups(project, states, "approved"),
        lost=tuple(lost(project.reviews, language, current)),
        behind=sum(item.state in {"untranslated", "stale"} for item in states),
    )


def _groups(project: Project, states: tuple[SegmentState, ...], wanted: str) -> tuple[Group, ...]:
    names = names_of(project)
    approvals = {digest: review for (digest, _), review in standing(project.reviews).items()}
    found: dict[str, list[Pair]] = {}
    for item in states:
        if item.state == wanted:
            pair = _pair(item, approvals.get(item.digest))
            found.setdefault(key_of(item.segment.context), []).append(pair)
    return tuple(Group(key, names.get(key, key), tuple(pairs)) for key, pairs in found.items())


def _pair(item: SegmentState, review: Review | None) -> Pair:
    previous = item.previous
    return Pair(
        context=item.segment.context,
        source=item.segment.source,
        words=item.translation,
        digest=item.digest,
        # The helper escapes both texts; its own marks are <del> and <ins>.
        diff=Markup(diff_html(previous, item.segment.source)) if previous else None,  # noqa: S704
        by=review.by if review else "",
        on=review.on.date().isoformat() if review else "",
    )
