"""Make the views of one language from authored records, and the frame that they share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable

import msgspec

from stopjihad.catalog.languages import institution_name
from stopjihad.model.alert import LiveAlert
from stopjihad.model.campaign import Campaign
from stopjihad.model.correction import Correction
from stopjihad.model.point import DataRow, DataTable, Figure, Point, PullFactor, Source
from stopjihad.model.project import Page, Project
from stopjihad.text.language.numbers import PERCENT, write_number
from stopjihad.text.language.sentence_marks import sentences_that_stay
from stopjihad.view import helplines as choice
from stopjihad.view.alert import alert_elsewhere, alert_view, emergency_country
from stopjihad.view.forms_of_address import informal_audiences
from stopjihad.view.notation import native
from stopjihad.view.records import (
    ActionView,
    ColumnView,
    CorrectionView,
    DataView,
    FigureView,
    Frame,
    Headline,
    LanguageView,
    MistakeView,
    NamedItem,
    PointView,
    Prose,
    QuoteView,
    RowView,
    SourceView,
    Text,
    WithdrawnView,
)
from stopjihad.view.resolver import Resolver


def point_view(point: Point, words: Resolver, approved_on: dt.date | None = None) -> PointView:
    """Show a talking point in the resolver's language.

    Args:
        words: resolver over the messages of this point; its ``missing`` must be 0 before.
        approved_on: day on which the last of its texts was approved; None while one is not.

    Returns:
        The view; ``complete`` is False when any segment fell back.
    """
    where = point.id
    fact = words.text(f"{where}/fact", point.fact)
    claim = words.optional(f"{where}/claim", point.claim)
    warning = words.optional(f"{where}/warning", point.warning)
    action = ActionView(
        label=words.text(f"{where}/action.label", point.action.label),
        kind=point.action.kind,
        need=point.action.need,
        url=point.action.url,
        page=point.action.page,
    )
    alternative = words.prose(f"{where}/alternative", point.alternative)
    quote = _quote(point, words)
    body = words.prose(f"{where}/body", point.body)
    stays = _stays(body) if point.figures or point.data else None
    return PointView(
        id=point.id,
        lang=words.lang,
        mode=point.mode,
        fact=fact,
        line=words.current(f"{where}/line", point.line) if point.line else None,
        claim=claim,
        warning=warning,
        technique=point.technique,
        claimant=words.optional(f"{where}/claimant", point.claimant),
        pull_factor=point.pull_factor,
        audiences=point.audiences,
        messenger=point.messenger,
        action=action,
        alternative=alternative,
        steps=tuple(words.text(f"{where}/steps", one) for one in point.steps),
        told=tuple(words.text(f"{where}/slides", one) for one in point.slides),
        quote=quote,
        body=body,
        sources=tuple(source_view(one, words) for one in point.sources),
        posts={
            name: said
            for name, text in sorted(point.posts.items(), key=_spoken_first)
            if (said := words.current(f"{where}/posts.{name}", text))
        },
        hook=_hook(point, words),
        question=words.optional(f"{where}/question", point.question),
        figures=tuple(_figure(where, one, words, stays) for one in point.figures),
        data=tuple(_table(where, one, words, stays) for one in point.data),
        corrections=correction_views(point, words),
        drawing=point.drawing or point.pull_factor or "",
        tone=point.mood,
        sensitivity=point.sensitivity,
        level=point.prevalence.level if point.prevalence else None,
        approved_on=approved_on,
        updated=point.last_change,
        complete=words.missing == 0,
        reviewed=approved_on is not None,
    )


_SPOKEN = ("instagram", "facebook", "tiktok", "youtube")
"""Platforms whose text by hand a film speaks, best first: it reads out no mail, no bold marks."""


def _spoken_first(post: tuple[str, str]) -> tuple[int, str]:
    name = post[0]
    return (_SPOKEN.index(name) if name in _SPOKEN else len(_SPOKEN), name)


def _stays(body: Prose) -> Text | None:
    """Give the sentences of the text that stand wherever its numbers do."""
    found = [
        (" ".join(sentences_that_stay(one.value, one.lang)), one.lang) for one in body.passages
    ]
    said = [one for one in found if one[0]]
    return Text(" ".join(text for text, _ in said), said[0][1]) if said else None


def _figure(where: str, figure: Figure, words: Resolver, stays: Text | None) -> FigureView:
    sign = figure.unit == PERCENT
    return FigureView(
        value=Text(write_number(figure.value, words.lang, percent=sign), words.lang),
        number=figure.value,
        unit=None if sign else words.optional(f"{where}/figures.unit", figure.unit or None),
        label=words.text(f"{where}/figures.label", figure.label),
        source=figure.source,
        qualifier=figure.qualifier,
        beside=words.optional(f"{where}/figures.beside", figure.beside or None) or stays,
    )


def source_view(source: Source, words: Resolver) -> SourceView:
    """Name a publisher as the language knows it; the document keeps its own name of it."""
    fields = msgspec.structs.asdict(source)
    local = institution_name(source.brief, words.lang, words.source_lang)
    return SourceView(**fields, local=local)


def _table(where: str, table: DataTable, words: Resolver, stays: Text | None) -> DataView:
    field = f"{where}/data.{table.id}"
    percent = any(column.unit == PERCENT for column in table.columns)

    def row(one: DataRow) -> RowView:
        written_ = (write_number(number, words.lang, percent=percent) for number in one.values)
        return RowView(
            label=words.optional(f"{field}.rows", one.label or None),
            at=one.at or "",
            cells=tuple(Text(text, words.lang) for text in written_),
            numbers=one.values,
            qualifier=one.qualifier,
            main=one.main,
        )

    return DataView(
        id=table.id,
        kind=table.kind,
        title=words.text(f"{field}.title", table.title),
        head=words.text(f"{field}.head", table.head),
        columns=tuple(
            ColumnView(
                label=words.text(f"{field}.columns", one.label),
                unit=None if percent else words.optional(f"{field}.unit", one.unit or None),
            )
            for one in table.columns
        ),
        rows=tuple(map(row, table.rows)),
        note=words.optional(f"{field}.note", table.note or None),
        beside=stays,
        percent=percent,
        sources=table.sources,
    )


def _quote(point: Point, words: Resolver) -> QuoteView | None:
    if point.quote is None:
        return None
    return QuoteView(
        text=words.text(f"{point.id}/quote.text", point.quote.text),
        speaker=words.text(f"{point.id}/quote.speaker", point.quote.speaker),
        source=point.quote.source,
    )


def _hook(point: Point, words: Resolver) -> Text | None:
    """Say the hook: that of the main audience where each has its own."""
    texts = [words.text(f"{point.id}/{field}", text) for field, text in point.hooks.items()]
    return next(iter(texts), None)


def headline(point: Point, words: Resolver, updated: dt.date, *, complete: bool) -> Headline:
    """Name a talking point in lists.

    Args:
        updated: day of the campaign's last change, used when the point has none of its own.
    """
    return Headline(
        id=point.id,
        fact=words.text(f"{point.id}/fact", point.fact),
        mode=point.mode,
        pull_factor=point.pull_factor,
        audiences=point.audiences,
        updated=point.last_change or updated,
        complete=complete,
        question=words.optional(f"{point.id}/question", point.question),
        drawing=point.drawing or point.pull_factor or "",
        corrected=next(iter(correction_views(point, words)), None),
    )


def correction_views(point: Point, words: Resolver) -> tuple[CorrectionView, ...]:
    """Tell what was wrong with a talking point, the newest first."""
    newest = sorted(point.corrections, key=lambda one: one.day, reverse=True)
    return tuple(_correction_view(point.id, one, words) for one in newest)


def _correction_view(point_id: str, correction: Correction, words: Resolver) -> CorrectionView:
    where = f"{point_id}/corrections"
    return CorrectionView(
        day=correction.day,
        why=words.current(f"{where}.why", correction.why),
        was=words.current(f"{where}.was", correction.was) if correction.was else None,
    )


def withdrawn_view(point: Point, words: Resolver) -> WithdrawnView:
    """Tell that a talking point is told no more.

    Raises:
        ValueError: it is told.
    """
    if point.withdrawn is None:
        raise ValueError(f"{point.id} is not withdrawn")
    asked = point.question
    return WithdrawnView(
        id=point.id,
        day=point.withdrawn.day,
        why=words.current(f"{point.id}/withdrawn.why", point.withdrawn.why),
        question=words.current(f"{point.id}/question", asked) if asked else None,
        need=point.action.need,
    )


def mistake_view(
    point: Point, words: Resolver, day: dt.date | None, correction: Correction | None
) -> MistakeView:
    """Tell what was wrong with a talking point: a ``correction``, or that it was withdrawn."""
    if correction is None:
        told = withdrawn_view(point, words)
        return MistakeView(id=point.id, day=day, said=told.question, why=told.why, withdrawn=True)
    made = _correction_view(point.id, correction, words)
    fact = words.text(f"{point.id}/fact", point.fact)
    return MistakeView(id=point.id, day=day, said=fact, why=made.why, was=made.was)


def page_texts(page: Page, words: Resolver) -> tuple[Text, Text | None, Prose]:
    """Give a free page's title, summary and body in the resolver's language.

    Returns:
        Title, summary or None, body.
    """
    return (
        words.text(f"pages/{page.id}/title", page.title),
        words.optional(f"pages/{page.id}/summary", page.summary or None),
        words.prose(f"pages/{page.id}/body", page.body),
    )


def audiences(project: Project, words: Resolver) -> tuple[NamedItem, ...]:
    """Name the campaign's audiences."""
    return tuple(
        NamedItem(
            id=item.id,
            name=words.text(f"campaign/audiences.{item.id}.name", item.name),
            title=words.optional(f"campaign/audiences.{item.id}.title", item.title or None),
            note=words.optional(f"campaign/audiences.{item.id}.intro", item.intro or None),
            first=item.first,
            kind=item.stage,
            need=item.need,
        )
        for item in project.campaign.record.audiences
    )


def messengers(project: Project, words: Resolver) -> tuple[NamedItem, ...]:
    """Name the campaign's messengers."""
    return tuple(
        NamedItem(
            id=item.id,
            name=words.text(f"campaign/messengers.{item.id}.name", item.name),
            kind=item.kind,
        )
        for item in project.campaign.record.messengers
    )


def menu(project: Project, words: Resolver) -> tuple[NamedItem, ...]:
    """Name the free pages that belong in the menu."""
    return tuple(
        NamedItem(
            id=page.record.id,
            name=words.text(f"pages/{page.record.id}/title", page.record.title),
            note=words.optional(f"pages/{page.record.id}/label", page.record.label or None),
        )
        for page in project.pages
        if page.record.menu
    )


def hashtags(campaign: Campaign, words: Resolver) -> tuple[str, ...]:
    """Give the hashtags of posts in the resolver's language.

    Returns:
        Hashtags without ``#``, in the campaign's order. Those without a translation are left out,
        as nothing falls back in posts; a translator keeps one by writing it again.
    """
    found = [words.text("campaign/hashtags", tag) for tag in campaign.hashtags]
    return tuple(text.value for text in found if text.lang == words.lang)


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


def language_views(tags: Iterable[str]) -> tuple[LanguageView, ...]:
    """Name languages, BCP 47 tags, as their speakers write them."""
    from stopjihad.catalog.languages import autonym
    from stopjihad.text.unicode.script import direction

    return tuple(
        LanguageView(tag=tag, autonym=autonym(tag), direction=direction(tag)) for tag in tags
    )


def make_frame(
    project: Project,
    words: Resolver,
    languages: tuple[str, ...] = (),
    *,
    unread: bool = False,
    alerts: tuple[LiveAlert, ...] = (),
) -> Frame:
    """Make the frame of the resolver's language.

    Args:
        words: resolver over all of the language's messages.
        languages: tags of the languages that are built; empty for all of the campaign.
        unread: whether sentences of this language still wait for a reader.
        alerts: the alerts in a crisis that stand on everything, in their order.
    """
    from stopjihad.text.unicode.script import direction

    campaign = project.campaign.record
    used = {point.record.pull_factor for point in project.points}
    digits = campaign.digits.get(words.lang, "")
    shown = choice.helplines(project, words)
    built = language_views(languages or campaign.languages)
    views = tuple((live, alert_view(project, live, words)) for live in alerts)
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
        languages=built,
        audiences=audiences(project, words),
        messengers=messengers(project, words),
        claimant=words.optional("campaign/claimant", campaign.claimant),
        reporting=bool(campaign.reporting),
        informal=informal_audiences(campaign, words.lang),
        pull_factors=tuple(factor for factor in _ORDER if factor in used),
        needs=tuple(sorted(choice.wanted_needs(project))),
        menu=menu(project, words),
        pages=tuple(page.record.id for page in project.pages),
        sponsor=words.text("campaign/sponsor.name", campaign.sponsor.name),
        funders=campaign.sponsor.funders,
        disclosure=words.text("campaign/sponsor.disclosure", campaign.sponsor.disclosure),
        sponsor_url=campaign.sponsor.url,
        corrections_contact=campaign.corrections.contact,
        corrections_policy=words.text("campaign/corrections.policy", campaign.corrections.policy),
        helplines=shown,
        standing=choice.standing_views(project, shown, words.lang),
        market=choice.market(campaign, words.lang),
        emergency_country=emergency_country(campaign, alerts, words.lang),
        hashtags=hashtags(campaign, words),
        accent=campaign.brand.accent,
        ink=campaign.brand.ink,
        paper=campaign.brand.paper,
        policy=campaign.publication.unreviewed,
        updated=campaign.updated,
        leave_url=campaign.leave_url,
        digits=digits,
        signing_key=campaign.signing_key or "",
        alerts=tuple(view for _, view in views if view),
        unspoken=tuple(
            alert_elsewhere(campaign, live, words.lang, built) for live, view in views if not view
        ),
    )
    return native(frame, digits, words.lang)
