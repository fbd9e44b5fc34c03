"""Check that feeds tell of corrections: partners take down what a feed corrects."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from stopjihad.check.finding import at
from stopjihad.model.project import Project
from stopjihad.model.review import Review, standing_signatures, text_digest
from stopjihad.problem import Problem
from stopjihad.view.source_segments import point_segments


def check_corrections(project: Project, today: dt.date) -> Iterator[Problem]:
    """Find talking points whose approved words changed, while the day that feeds give did not.

    Args:
        today: the day; a talking point of this day is told of.

    Yields:
        Problems ``change-untold``, warnings.
    """
    campaign = project.campaign.record
    language = campaign.source_language
    approved = {
        digest: review
        for (digest, kind), review in standing_signatures(project.reviews).items()
        if kind == "editorial" and review.language == language and review.through != "shipping"
    }
    before: dict[str, dict[str, Review]] = {}
    for digest, review in approved.items():
        before.setdefault(review.context, {})[digest] = review
    signed = {context.partition("/")[0] for context in before}
    for document in project.points:
        point = document.record
        if point.id not in signed:
            continue
        current = {(c, text_digest(language, c, words)) for c, words in point_segments(point)}
        known = {digest for _, digest in current}
        fresh = {context for context, digest in current if digest not in approved}
        lost = [
            review
            for context in sorted(fresh)
            for digest, review in before.get(context, {}).items()
            if digest not in known
        ]
        told = point.last_change or campaign.updated
        last = max(lost, key=lambda review: review.on, default=None)
        if last and told <= last.on.date() and told != today:
            message = (
                f"{last.context} has changed since {last.by} approved it on {last.on.date()}, "
                f"and feeds still say {told}"
            )
            hint = f"write 'reviewed: {today}', so that feeds tell of the change; have it approved"
            place = "reviewed" if point.reviewed else "fact"
            yield at(document, place, "change-untold", message, hint, "warning")
