"""Plan the pages from which kits are taken, and those that say what was wrong in one."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from stopjihad.model import input_names
from stopjihad.model.point import Point
from stopjihad.model.step import Step
from stopjihad.plan.editions import Edition
from stopjihad.plan.mistakes import kit_versions, view_mistakes
from stopjihad.plan.ready_points import SitePlan, ready_discussions
from stopjihad.render.page.lists import numbered_path, split
from stopjihad.render.page.page_step import number_params, page_step
from stopjihad.view.designs import CardSet, photo_of, write_sets
from stopjihad.view.notation import native, typeset_all
from stopjihad.view.page_address import kit_version_path
from stopjihad.view.records import Headline

KIT_POINT = "kit-point"
"""Kind of the page that offers what there is of a talking point."""


def plan_kit(plan: SitePlan, edition: Edition, headlines: list[Headline]) -> Iterator[Step]:
    """Plan the kit: an index, and per talking point its images, slides, films and drafts."""
    lang = edition.lang
    source = plan.project.campaign.record.source_language
    every = ",".join(item.lang for item in plan.editions)
    offers = bool(plan.formats or plan.platforms)
    formats = ("formats", ",".join(plan.formats))
    parts = split(headlines, lambda item: item.complete)
    for number, items in enumerate(parts, start=1):
        name = plan.inputs.add(input_names.kit(lang, number), items)
        leading = [plan.sets[item.id][0] for item in items] if plan.formats else []
        lines = plan.lines.get(lang, ()) if plan.formats and number == 1 else ()
        params = (
            ("alternates", every if number == 1 else ""),
            ("cards", write_sets(leading)),
            formats,
            ("offers", "true" if offers else ""),
            ("lines", write_sets(lines)),
            *number_params(number, len(parts)),
        )
        named = [name, *(input_names.design(one.design) for one in lines)]
        named += _offered_files(plan, lang, "") if number == 1 else ()
        rest = "kit/index.html" if number == 1 else numbered_path("kit/page", number)
        yield page_step(lang, rest, "kit", named, params)
    if not offers:
        return
    talks = ready_discussions(plan, edition)
    points = {document.record.id: document.record for document in plan.project.points}
    for headline in itertools.chain.from_iterable(parts):
        inputs = [input_names.point(headline.id)]
        if plan.platforms:
            inputs.append(input_names.drafts(lang, headline.id))
        if lang != source:
            inputs.append(input_names.messages(lang, headline.id))
        cards = plan.sets[headline.id] if plan.formats else ()
        inputs += [input_names.design(one.design) for one in cards]
        inputs += plan.slides.get((lang, headline.id), ())
        inputs += _offered_files(plan, lang, headline.id)
        about = [one for one in talks if one.point == headline.id]
        if about:
            inputs.append(plan.inputs.add(input_names.discussions(lang, headline.id), about))
        params = (
            ("alternates", plan.alternates(headline.id)),
            ("cards", write_sets(cards)),
            *photo_credit(plan, points[headline.id], cards),
            ("embed", "true"),
            ("films", ",".join(plan.films)),
            formats,
            ("id", headline.id),
            ("voice", "true" if f"{lang}/{headline.id}" in plan.voices else ""),
        )
        yield page_step(lang, f"kit/{headline.id}/index.html", KIT_POINT, {*inputs}, params)


def _offered_files(plan: SitePlan, lang: str, point: str) -> list[str]:
    """Name the inputs that offer kits as one file and paper: of a talking point, or of several."""
    papers = [one for one in plan.papers if one.lang == lang and one.point == point]
    named = [plan.inputs.add(input_names.papers(lang, point), papers)] if papers else []
    zips = [one for one in plan.kits if one.lang == lang and one.point == point]
    if not zips:
        return named
    name = plan.inputs.add(input_names.kit_zips(lang, point), zips)
    # How large they are is known when their pictures are made (``build.parts``).
    return [*named, name, *(plan.inputs.add(input_names.zip_size(one.path), 0) for one in zips)]


def photo_credit(
    plan: SitePlan, point: Point, cards: Sequence[CardSet]
) -> tuple[tuple[str, str], ...]:
    """Name who made the photo that cards show and what allows it: licences ask for it in public."""
    photo = plan.photos.get(photo_of(point))
    if photo is None or not any(one.ending == "jpg" for one in cards):
        return ()
    return (("credit", photo.credit),)


def plan_kit_versions(plan: SitePlan, edition: Edition) -> Iterator[Step]:
    """Plan a page for each version of kits: what was wrong since, or that nothing was."""
    if not (plan.formats or plan.platforms):
        return
    lang, digits = edition.lang, plan.frames[edition.lang].digits
    views = view_mistakes(plan.project, edition.resolver, plan.mistakes)
    told = [native(typeset_all(view), digits, lang) for view in views]
    name = plan.inputs.add(input_names.mistakes(lang), told)
    every = ("alternates", ",".join(item.lang for item in plan.editions))
    places = {one: str(number) for number, one in enumerate(plan.mistakes)}
    for version in kit_versions(plan.mistakes):
        since = ("topic", ",".join(places[one] for one in version.since))
        rest = kit_version_path(version.name)
        yield page_step(lang, rest, "kit-version", (name,), (every, since))
