"""Plan the pages of the site: one step per file, with exactly the inputs that it shows."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Sequence
from typing import Any

import msgspec

from stopjihad.model import input_names
from stopjihad.model.point import Point
from stopjihad.model.step import Step
from stopjihad.plan.deck import slide_inputs
from stopjihad.plan.editions import (
    Edition,
    approval_of,
    deleted_points,
    is_niche,
    vanished_points,
)
from stopjihad.plan.planner import Offers, PlannedOutput, PlanRequest
from stopjihad.plan.ready_points import SitePlan, in_order, ready_discussions
from stopjihad.render.page.kit_plan import photo_credit, plan_kit, plan_kit_versions
from stopjihad.render.page.link_previews import EMBEDS, Preview, choose_preview
from stopjihad.render.page.lists import HOME, list_pages, numbered_path, split, teasers
from stopjihad.render.page.page_step import number_params, page_step
from stopjihad.render.page.photos import page_photos, plan_photos
from stopjihad.theme.word_index import Searchable, index_words, places_of, split_index
from stopjihad.view import localization
from stopjihad.view.designs import write_sets
from stopjihad.view.notation import native, typeset_all
from stopjihad.view.records import Headline, Teaser, Text, WithdrawnView
from stopjihad.view.resolver import Resolver

FIXED = ("about", "privacy", "accessibility")
"""Free pages that have a kind of their own."""

INDEX = 48
"""Most facts on a page of the index of words: at 360 px none is taller than 12,000 px."""

RELATED = 3
"""Most talking points offered under 'related'."""


def plan_output(asked: PlanRequest, offers: Offers) -> PlannedOutput:
    """Plan the site where it is asked for, or offers more than it did."""
    if not (asked.options.wants("site") or asked.beside.offers_more):
        return PlannedOutput((), offers)
    site = msgspec.structs.replace(
        asked.campaign,
        editions=asked.readable,
        slides={(one.lang, one.point.id): slide_inputs(one) for one in offers.carousels},
        films=offers.films,
        voices=offers.voices,
        kits=offers.kits,
        papers=offers.papers,
        again=asked.options.again,
    )
    return PlannedOutput(asked.beside.pages(plan_site(site), asked.readable), offers)


def plan_site(plan: SitePlan) -> Iterator[Step]:
    """Plan every page of every language, and the files at the root of the site.

    Args:
        plan: the campaign and its inputs; inputs are added to it.
    """
    entries: list[dict[str, Any]] = []
    yield from plan_photos(plan)
    for edition in plan.editions:
        yield from _language(plan, edition)
    _entries(plan, entries)
    source = plan.project.campaign.record.source_language
    # A language whose paper alone was published has a frame, and no pages.
    edition = next((one for one in plan.editions if one.lang == source), plan.editions[0])
    lang = edition.lang
    common = ("theme", "assets", *input_names.page_inputs(lang))
    every = tuple(name for item in plan.editions for name in input_names.page_inputs(item.lang))
    plan.inputs.add("entries", entries)
    preview = _preview(plan, edition, _headlines(plan, edition))
    for output, kind, more in (
        ("index.html", "chooser", every),
        ("404.html", "not-found", every),
        ("sitemap.xml", "sitemap", ("entries",)),
        ("robots.txt", "robots", ()),
        ("_headers", "headers", ()),
    ):
        inputs = tuple(sorted({*common, *more}))
        params = (("kind", kind), ("lang", lang), ("path", output))
        step = Step(f"site/{output}", "page", inputs, params)
        yield preview.on(step) if preview and kind == "chooser" else step


def _language(plan: SitePlan, edition: Edition) -> Iterator[Step]:
    headlines = _headlines(plan, edition)
    preview = _preview(plan, edition, headlines)
    for step in _pages(plan, edition, headlines):
        yield preview.on(step) if preview else step


def _preview(plan: SitePlan, edition: Edition, headlines: list[Headline]) -> Preview | None:
    lines = plan.lines.get(edition.lang, ())
    return choose_preview(edition, headlines, plan.sets, lines, (plan.inputs, plan.formats))


def _pages(plan: SitePlan, edition: Edition, headlines: list[Headline]) -> Iterator[Step]:
    lang = edition.lang
    listed = teasers(headlines)
    every = plan.inputs.add(input_names.teasers(lang), listed)
    first = plan.inputs.add(input_names.teasers(lang, "home"), listed[:HOME])
    news = [plan.inputs.add(input_names.headlines(lang), headlines)]
    told = _withdrawals(plan, edition)
    if told:
        news.append(plan.inputs.add(input_names.withdrawn(lang), told))
    alternates = ("alternates", ",".join(item.lang for item in plan.editions))
    for rest, kind, more in (
        ("index.html", "home", (first,)),
        ("points/index.html", "points", (every,)),
        ("help/index.html", "help", ()),
        ("report/index.html", "report", ("services",)),
        ("feed.xml", "feed", tuple(news)),
    ):
        if kind == "report" and not plan.frames[lang].reporting:
            continue
        yield page_step(lang, rest, kind, more, (alternates,))
    if plan.frames[lang].signing_key:
        yield page_step(lang, "signed/index.html", "signed", (), (alternates,))
    for page in list_pages(plan.frames[lang], listed):
        name = input_names.teasers(lang, page.kind, page.topic, page.number)
        params = (alternates, ("topic", page.topic), *number_params(page.number, page.total))
        yield page_step(lang, page.rest, page.kind, (plan.inputs.add(name, page.items),), params)
    yield from _search(plan, edition, listed)
    yield from _free_pages(plan, edition)
    yield from _points(plan, edition, listed)
    yield from _embeds(plan, edition, told)
    yield from plan_kit(plan, edition, headlines)
    yield from plan_kit_versions(plan, edition)
    yield from _withdrawn(plan, edition, told)


def _search(plan: SitePlan, edition: Edition, headlines: list[Teaser]) -> Iterator[Step]:
    """Plan the search: questions and letters, and the words of each letter with their facts."""
    lang = edition.lang
    claims = {doc.record.id: doc.record.claim for doc in plan.project.points}
    words = edition.resolver
    found = index_words(
        (Searchable(item, _remembered_texts(item, claims[item.id], words)) for item in headlines),
        lang,
        remembers=plan.again,
    )
    pages = split_index(found, INDEX)
    places = plan.inputs.add(input_names.places(lang), places_of(pages))
    asked = split([item for item in headlines if item.question])
    every = ("alternates", ",".join(item.lang for item in plan.editions))
    for number, items in enumerate(asked, start=1):
        name = plan.inputs.add(input_names.teasers(lang, "search", number), items)
        rest = numbered_path("search", number)
        yield page_step(
            lang, rest, "search", (places, name), (every, *number_params(number, len(asked)))
        )
    for number, letters in enumerate(pages, start=1):
        name = plan.inputs.add(input_names.letters(lang, number), letters)
        rest = numbered_path("search/words", number)
        yield page_step(lang, rest, "words", (places, name), number_params(number, len(pages)))


def _remembered_texts(item: Teaser, claim: str | None, words: Resolver) -> tuple[Text, ...]:
    """Give the texts of a talking point in which a reader may remember a word."""
    said = words.optional(f"{item.id}/claim", claim)
    return tuple(text for text in (item.fact, item.question, said) if text is not None)


def _headlines(plan: SitePlan, edition: Edition) -> list[Headline]:
    campaign = plan.project.campaign.record
    digits, words = plan.frames[edition.lang].digits, edition.resolver
    return [
        native(
            typeset_all(
                localization.headline(
                    point, words, campaign.updated, complete=edition.shows(point.id)
                )
            ),
            digits,
            edition.lang,
        )
        for point in in_order([document.record for document in plan.project.points], campaign)
        if not is_niche(point)
    ]


def _free_pages(plan: SitePlan, edition: Edition) -> Iterator[Step]:
    lang = edition.lang
    asked = {one.id: one for one in ready_discussions(plan, edition)}
    for document in plan.project.pages:
        page = document.record
        if page.discussion and page.id not in asked:
            continue
        key = f"pages/{page.id}"
        digits = plan.frames[lang].digits
        texts = localization.page_texts(page, edition.resolver)
        title, summary, body = native(typeset_all(texts), digits, lang)
        shown = page_photos(plan, page.media, edition.resolver)
        name = plan.inputs.add(
            input_names.page(lang, page.id),
            {
                "id": page.id,
                "title": title,
                "summary": summary,
                "body": body,
                "sources": [
                    localization.source_view(one, edition.resolver) for one in page.sources
                ],
                "pictures": native(typeset_all(shown), digits, lang),
                "need": page.need,
                "reviewed": key in edition.reviewed,
                "complete": edition.shows(key),
                "discussion": native(typeset_all(asked.get(page.id)), digits, lang),
            },
        )
        kind = page.id if page.id in FIXED else "page"
        rest = f"{page.id}/index.html" if page.id in FIXED else f"pages/{page.id}/index.html"
        there = [one.lang for one in plan.editions if one.has_page(page)]
        absent = [one.lang for one in plan.editions if page.discussion and one.lang not in there]
        params = (("absent", ",".join(absent)), ("alternates", ",".join(there)))
        yield page_step(lang, rest, kind, (name,), params if absent else params[1:])


def _points(plan: SitePlan, edition: Edition, headlines: list[Teaser]) -> Iterator[Step]:
    lang = edition.lang
    source = plan.project.campaign.record.source_language
    listed = {headline.id for headline in headlines}
    near_to = neighbours(headlines)
    for document in plan.project.points:
        point = document.record
        photos = page_photos(plan, point.media, edition.resolver)
        digits = plan.frames[lang].digits
        shown = {"photos": native(typeset_all(photos), digits, lang)} if photos else {}
        near = plan.inputs.add(input_names.neighbours(lang, point.id), near_to(point) | shown)
        inputs = [near, input_names.point(point.id), *approval_of(edition, point.id)]
        if lang != source:
            inputs.append(input_names.messages(lang, point.id))
        params = (("alternates", plan.alternates(point.id)), ("id", point.id))
        formats = ",".join(plan.formats) if edition.spreads(point) else ""
        cards = plan.sets[point.id][:1] if formats else ()
        inputs += [input_names.design(one.design) for one in cards]
        more = (
            ("cards", write_sets(cards)),
            ("embed", str(edition.spreads(point)).lower()),
            ("formats", formats),
            ("listed", str(point.id in listed).lower()),
            *photo_credit(plan, point, cards),
        )
        yield page_step(lang, f"points/{point.id}/index.html", "point", inputs, (*params, *more))


def _withdrawals(plan: SitePlan, edition: Edition) -> list[WithdrawnView]:
    """Tell in a language which talking points are told no more: withdrawn, or without a file."""
    digits, words = plan.frames[edition.lang].digits, edition.resolver
    views = [
        localization.withdrawn_view(one.record, words) for one in plan.project.withdrawn_points
    ]
    gone = deleted_points(plan.project, plan.remembered)
    views += [WithdrawnView(id=one.id, day=one.since, deleted=True) for one in gone]
    return [native(typeset_all(view), digits, edition.lang) for view in views]


def _withdrawn(plan: SitePlan, edition: Edition, told: list[WithdrawnView]) -> Iterator[Step]:
    """Plan the pages that answer where a talking point that is told no more and its kit stood."""
    lang, every = edition.lang, ("alternates", ",".join(item.lang for item in plan.editions))
    folders = ("points", "kit") if plan.formats or plan.platforms else ("points",)
    for item in told:
        for folder in folders:
            rest = f"{folder}/{item.id}/index.html"
            about = (every, ("topic", item.id))
            yield page_step(lang, rest, "withdrawn", (input_names.withdrawn(lang),), about)


def _embeds(plan: SitePlan, edition: Edition, told: list[WithdrawnView]) -> Iterator[Step]:
    """Plan what other sites show in frames: what is spread, and a word where it was taken back."""
    lang = edition.lang
    source = plan.project.campaign.record.source_language
    for point in (document.record for document in plan.project.points):
        if not edition.spreads(point):
            continue
        inputs = [input_names.point(point.id)]
        if lang != source:
            inputs.append(input_names.messages(lang, point.id))
        yield from _embed(lang, point.id, inputs, (("id", point.id),))
    for name in vanished_points(plan.project, plan.remembered, edition):
        yield from _embed(lang, name, (), ())
    for gone in told:
        yield from _embed(lang, gone.id, (input_names.withdrawn(lang),), (("topic", gone.id),))


def _embed(
    lang: str, point: str, inputs: Collection[str], params: Collection[tuple[str, str]]
) -> Iterator[Step]:
    """Plan the page in a frame, and the file by which others find it."""
    for kind, file in zip(EMBEDS, ("index.html", "oembed.json"), strict=True):
        yield page_step(lang, f"embed/{point}/{file}", kind, inputs, params)


def neighbours(listed: Sequence[Teaser]) -> Callable[[Point], dict[str, Any]]:
    """Find what stands beside a talking point.

    Args:
        listed: all talking points that lists of a language may show, in the editor's order.

    Returns:
        A function that gives the talking points before and after one, and those related to it.
    """
    place = {item.id: index for index, item in enumerate(listed)}
    by_factor: dict[str | None, list[Teaser]] = {}
    for item in listed:
        by_factor.setdefault(item.pull_factor, []).append(item)

    def neighbours_of(point: Point) -> dict[str, Any]:
        index = place.get(point.id)
        after = None if index is None or index + 1 == len(listed) else listed[index + 1]
        # No more than these are looked at: a campaign has hundreds of one pull factor.
        first = by_factor.get(point.pull_factor, [])[: RELATED + 1]
        return {
            "previous": listed[index - 1] if index else None,
            "next": after,
            "related": [item for item in first if item.id != point.id][:RELATED],
        }

    return neighbours_of


def _entries(plan: SitePlan, entries: list[dict[str, Any]]) -> None:
    """List the sitemap's pages: real translations only, niche answers left out."""
    campaign = plan.project.campaign.record
    every = [edition.lang for edition in plan.editions]
    first = plan.editions[0]
    rests = ["index.html", "points/index.html", "help/index.html"]
    rests += ["report/index.html"] if campaign.reporting else []
    rests += ["search/index.html", "kit/index.html"]
    rests += ["signed/index.html"] if campaign.signing_key else []
    listed = _headlines(plan, first)
    rests += [page.rest for page in list_pages(plan.frames[first.lang], listed)]
    asked = split([item for item in listed if item.question])
    rests += [numbered_path("search", number) for number in range(2, len(asked) + 1)]
    entries += [{"rest": rest, "languages": every, "updated": campaign.updated} for rest in rests]
    for document in plan.project.pages:
        page = document.record
        rest = f"{page.id}/index.html" if page.id in FIXED else f"pages/{page.id}/index.html"
        whole = [edition.lang for edition in plan.editions if edition.has_page(page)]
        if page.discussion and not whole:
            continue
        entries.append({"rest": rest, "languages": whole, "updated": campaign.updated})
    for point in (document.record for document in plan.project.points):
        if is_niche(point):
            continue
        whole = [edition.lang for edition in plan.editions if edition.shows(point.id)]
        updated = point.last_change or campaign.updated
        rest = f"points/{point.id}/index.html"
        entries.append({"rest": rest, "languages": whole, "updated": updated})
