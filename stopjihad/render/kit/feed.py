"""What programs are told of kits: one file for all of them, signed as all that partners load is.

Who checks a kit reads it as a stranger's word: every name, text and number has its bounds.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Annotated

import msgspec
from msgspec import Meta

from stopjihad.model import input_names
from stopjihad.model.correction import CORRECTION_CHARACTERS
from stopjihad.model.point import Point
from stopjihad.model.review import DIGITS, UNSEEN, Digest
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.plan.editions import Edition, deleted_points
from stopjihad.plan.ready_points import SitePlan
from stopjihad.render.kit.records import E164, Name
from stopjihad.view.page_address import absolute
from stopjihad.view.source_segments import point_segments

FEED = "kits/feed.json"
"""Its path below ``site/``."""

Said = Annotated[str, Meta(max_length=2 * CORRECTION_CHARACTERS, pattern=rf"^[^{UNSEEN}]*\Z")]
"""A text that a terminal may show; translations of a reason are longer than it."""

Tag = Annotated[str, Meta(max_length=35, pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*\Z")]
Address = Annotated[str, Meta(max_length=2048, pattern=rf"^https?://[^\s<>\"'\\\\{UNSEEN}]+\Z")]
Languages = Annotated[dict[Tag, Said], Meta(max_length=99)]


class FeedMistake(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Say what was wrong until a day, or that something is told no more: ``why`` by language.

    A language without the words is not there; ``day`` is None where nobody knows.
    """

    day: dt.date | None = None
    why: Languages = {}


class FeedPoint(
    msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True, forbid_unknown_fields=True
):
    """Say how a talking point is told now.

    Attributes:
        words: digest of its words by language; the languages are those in which it is whole.
        fact: what is said now, by language.
        corrections: what was wrong with it, the oldest first.
        withdrawn: that it is told no more.
    """

    words: Annotated[dict[Tag, Digest], Meta(max_length=99)] = {}
    fact: Languages = {}
    corrections: Annotated[tuple[FeedMistake, ...], Meta(max_length=20)] = ()
    withdrawn: FeedMistake | None = None


class KitFeed(
    msgspec.Struct,
    frozen=True,
    kw_only=True,
    forbid_unknown_fields=True,
    tag_field="format",
    tag="stopjihad-kit-feed/1",
):
    """Say how everything is told now that kits of a campaign hold.

    Version and expiry are in the signature beside it, which rises with each publication.

    Attributes:
        site: address of the site's top.
        lines: numbers of helplines by their id, in the form of E.164.
    """

    campaign: Name
    site: Address
    points: Annotated[dict[Name, FeedPoint], Meta(max_length=9_999)]
    lines: Annotated[dict[Name, E164], Meta(max_length=999)]


def words_digest(point: Point, edition: Edition) -> str:
    """Name the words that a language has of a talking point, with what they rest on.

    What was wrong before is not among them: a kit that is right stays so when that is said.
    """
    texts = edition.messages.get(point.id)
    said = (
        [(one.context, one.translation) for one in texts]
        if texts is not None
        else list(point_segments(point))
    )
    mine = sorted(one for one in said if not one[0].startswith(f"{point.id}/corrections."))
    rests_on = [one.url for one in point.sources]
    whole = msgspec.json.encode([edition.lang, mine, rests_on, point.figures, point.data])
    return hashlib.sha256(whole).hexdigest()[:DIGITS]


def make_feed(plan: SitePlan) -> KitFeed:
    """Say how a campaign tells everything now."""
    points = {one.record.id: _point(plan, one.record) for one in plan.project.points}
    for one in plan.project.withdrawn_points:
        points[one.record.id] = FeedPoint(withdrawn=_withdrawal(plan, one.record))
    for gone in deleted_points(plan.project, plan.remembered):
        points[gone.id] = FeedPoint(withdrawn=FeedMistake(day=gone.since))
    campaign = plan.project.campaign.record
    return KitFeed(
        campaign=campaign.id,
        site=absolute(campaign.base_url.rstrip("/"), ""),
        points=points,
        lines={line.id: line.phone.e164 for line in plan.project.all_helplines},
    )


def _point(plan: SitePlan, point: Point) -> FeedPoint:
    whole = [edition for edition in plan.editions if edition.shows(point.id)]
    return FeedPoint(
        words={edition.lang: words_digest(point, edition) for edition in whole},
        fact={
            edition.lang: edition.resolver.text(f"{point.id}/fact", point.fact).value
            for edition in whole
        },
        corrections=tuple(
            FeedMistake(day=one.day, why=_by_language(plan, f"{point.id}/corrections.why", one.why))
            for one in point.corrections
        ),
    )


def _withdrawal(plan: SitePlan, point: Point) -> FeedMistake | None:
    told = point.withdrawn
    if told is None:
        return None
    why = _by_language(plan, f"{point.id}/withdrawn.why", told.why)
    return FeedMistake(day=told.day, why=why)


def _by_language(plan: SitePlan, context: str, source: str) -> dict[str, str]:
    found = {one.lang: one.resolver.current(context, source) for one in plan.editions}
    return {lang: text.value for lang, text in found.items() if text is not None}


def plan_feed(plan: SitePlan) -> Step:
    """Plan the file."""
    name = plan.inputs.add(input_names.KIT_FEED, make_feed(plan))
    return Step(f"site/{FEED}", "kit-feed", (name,))


def render_feed(_step: Step, decoded: StepInputs) -> bytes:
    """Write the file: JSON in UTF-8."""
    feed: KitFeed = decoded.value(input_names.KIT_FEED)
    return msgspec.json.format(msgspec.json.encode(feed), indent=1) + b"\n"
