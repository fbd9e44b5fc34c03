"""Make the frame of one language: what all its pages, cards and drafts share."""

from __future__ import annotations

from stopjihad.model.alert import LiveAlert
from stopjihad.model.loaded import Project
from stopjihad.model.point import PullFactor
from stopjihad.view import helplines as choice
from stopjihad.view import localize
from stopjihad.view.alert import alert_view
from stopjihad.view.digits import native
from stopjihad.view.records import Frame, LanguageView
from stopjihad.view.resolve import Resolver

_ORDER: tuple[PullFactor, ...] = (
    "belonging",
    "justice",
    "humanitarian",
    "identity",
    "security",
    "money",
    "adventure",
    "status",
)


def make_frame(
    project: Project,
    words: Resolver,
    languages: tuple[str, ...] = (),
    *,
    unread: bool = False,
    alert: LiveAlert | None = None,
) -> Frame:
    """Make the frame of the resolver's language.

    Args:
        words: resolver over all of the language's messages.
        languages: tags of the languages that are built; empty for all of the campaign.
        unread: whether sentences of this language still wait for a reader.
        alert: the notice in a crisis that stands on everything.

    Returns:
        The frame.
    """
    from stopjihad.catalog.languages import autonym
    from stopjihad.text.unicode.script import direction

    campaign = project.campaign.record
    used = {point.record.pull_factor for point in project.points}
    digits = campaign.digits.get(words.lang, "")
    shown = choice.helplines(project, words)
    frame = Frame(
        campaign=campaign.id,
        lang=words.lang,
        direction=direction(words.lang),
        title=words.text("campaign/title", campaign.title),
        tagline=words.text("campaign/tagline", campaign.tagline),
        summary=words.text("campaign/summary", campaign.summary)
        if campaign.summary
        else words.text("campaign/tagline", campaign.tagline),
        sample=campaign.sample,
        unread=unread,
        base_url=campaign.base_url.rstrip("/"),
        source_language=campaign.source_language,
        languages=tuple(
            LanguageView(tag=tag, autonym=autonym(tag), direction=direction(tag))
            for tag in languages or campaign.languages
        ),
        audiences=localize.audiences(project, words),
        messengers=localize.messengers(project, words),
        pull_factors=tuple(factor for factor in _ORDER if factor in used),
        menu=localize.menu(project, words),
        pages=tuple(page.record.id for page in project.pages),
        sponsor=words.text("campaign/sponsor.name", campaign.sponsor.name),
        funders=campaign.sponsor.funders,
        disclosure=words.text("campaign/sponsor.disclosure", campaign.sponsor.disclosure),
        sponsor_url=campaign.sponsor.url,
        corrections_contact=campaign.corrections.contact,
        corrections_policy=words.text("campaign/corrections.policy", campaign.corrections.policy),
        helplines=shown,
        standing=choice.standing(project, shown, words.lang),
        market=choice.market(campaign, words.lang),
        hashtags=localize.hashtags(campaign, words),
        accent=campaign.brand.accent,
        ink=campaign.brand.ink,
        paper=campaign.brand.paper,
        policy=campaign.publication.unreviewed,
        updated=campaign.updated,
        leave_url=campaign.leave_url,
        digits=digits,
        signing_key=campaign.signing_key or "",
        alert=alert_view(project, alert, words) if alert else None,
    )
    return native(frame, digits, words.lang)
