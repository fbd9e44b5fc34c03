"""Plan kits as one file: of everything, of each audience and of each talking point, by language."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import msgspec

from stopjihad.model import input_names
from stopjihad.model.helpline import SECURITY_NEEDS
from stopjihad.model.options import words_for
from stopjihad.model.point import Point
from stopjihad.model.step import Step
from stopjihad.plan.editions import Edition
from stopjihad.plan.mistakes import version_name
from stopjihad.plan.partner_project import is_neutral, kept_to_lessons
from stopjihad.plan.planner import Offers, PlannedOutput, PlanRequest
from stopjihad.plan.ready_points import SitePlan, in_order, ready_discussions
from stopjihad.render.kit.answers import NAME as ANSWERS
from stopjihad.render.kit.answers import plan_answers
from stopjihad.render.kit.feed import plan_feed, words_digest
from stopjihad.render.kit.originals import KINDS, TO_EDIT, original_path
from stopjihad.render.kit.records import KitContents, KitFile, KitGuide, KitWords
from stopjihad.theme.job import KitZip
from stopjihad.view.designs import CardSet, helpline_of
from stopjihad.view.localization import headline, language_views, page_texts
from stopjihad.view.notation import native, typeset_all
from stopjihad.view.partner_line import partner_line

FOLDER = "kits"
"""Where the zips are, below ``site/``."""

MANY = ("square", "story")
"""Formats in the kit of everything: those that phones show whole."""

FEW = ("square",)
"""Formats in the other kits. So all kits of the sample take 0.4 of the site without them."""


def plan_output(asked: PlanRequest, offers: Offers) -> PlannedOutput:
    """Plan kits where cards are there, and offer them to pages."""
    plan = msgspec.structs.replace(asked.campaign, papers=offers.papers)
    asked = asked._replace(campaign=plan)
    if not asked.beside.has("kits") or not plan.formats:
        return PlannedOutput((), offers)
    kits = tuple(zip_ for edition in plan.editions for zip_ in _zips(plan, edition))
    alone = asked.options.partner or asked.options.stick
    if alone:  # it is of everything that they get
        kits = tuple((kit, points) for kit, points in kits if is_whole(kit))
    steps = tuple(_step(asked, kit, points) for kit, points in kits)
    if asked.options.stick:
        steps += tuple(plan_answers(plan, kit.lang, points) for kit, points in kits)
    if not alone:
        steps += (plan_feed(plan),)
    return PlannedOutput(steps, offers._replace(kits=tuple(zip_ for zip_, _ in kits)))


def _zips(plan: SitePlan, edition: Edition) -> Iterator[tuple[KitZip, tuple[Point, ...]]]:
    """Give each kit of a language with its talking points, that of everything first."""
    campaign, lang = plan.project.campaign.record, edition.lang
    every = in_order([document.record for document in plan.project.points], campaign)
    ready = tuple(point for point in every if edition.spreads(point))
    if not ready:
        return
    folder = f"{FOLDER}/{lang}"
    whole = f"{folder}/{campaign.id}-{lang}.zip"
    yield KitZip(path=whole, lang=lang, facts=len(ready)), ready
    for audience in campaign.audiences:
        own = tuple(point for point in ready if audience.id in point.audiences)
        path = f"{folder}/audiences/{audience.id}-{lang}.zip"
        if own:
            yield KitZip(path=path, lang=lang, audience=audience.id, facts=len(own)), own
    for point in ready:
        path = f"{folder}/points/{point.id}-{lang}.zip"
        yield KitZip(path=path, lang=lang, point=point.id), (point,)


def is_whole(kit: KitZip) -> bool:
    """Tell whether a kit has all talking points of its language."""
    return not kit.audience and not kit.point


def _step(asked: PlanRequest, kit: KitZip, points: Sequence[Point]) -> Step:
    plan, partner = asked.campaign, asked.options.partner
    lang, campaign = kit.lang, plan.project.campaign.record
    carried = partner is not None or asked.options.stick
    every = (*MANY, *plan.formats) if carried else MANY if is_whole(kit) else FEW
    forms = tuple(dict.fromkeys(form for form in every if form in plan.formats))
    forms = forms or plan.formats[:1]
    in_class = kept_to_lessons(plan.project, asked.options.partner)
    own = tuple(_files(plan, lang, points, forms, whole=is_whole(kit)))
    files = tuple(one for one in own if one.title or one.point not in in_class)
    if asked.options.stick:
        files = (KitFile(ANSWERS, f"site/kits/{lang}/{ANSWERS}", title="The facts"), *files)
    (edition,) = (one for one in plan.editions if one.lang == lang)
    words = edition.resolver
    digits = plan.frames[lang].digits
    told = (
        native(typeset_all(headline(point, words, campaign.updated, complete=True)), digits, lang)
        for point in points
    )
    named = partner if partner and partner.named else None
    line = partner_line(named, words_for(lang, asked.shared.words)) if named else ""
    contents = KitContents(
        tuple(told),
        files,
        line,
        named.kind if named else "",
        named.funded_by if named else (),
        asked.options.voice,
        version_name(plan.mistakes),
        {
            one.id: KitWords(
                asked.options.voice.words.get(one.id) or words_digest(one, edition),
                len(one.corrections),
            )
            for one in points
        },
    )
    logo = asked.shared.partner_logos.get(named.id, b"") if named else b""
    ids = {one.id for one in points}
    talks = tuple(one for one in ready_discussions(plan, edition) if one.point in ids)
    guides = tuple(_guides(plan, edition)) if is_whole(kit) else ()
    contents = msgspec.structs.replace(
        contents,
        discussions=native(typeset_all(talks), digits, lang),
        logo=bool(logo),
        guides=native(typeset_all(guides), digits, lang),
        portals=campaign.reporting,
        languages=language_views(campaign.languages),
        neutral=partner is not None and is_neutral(partner) and not partner.points,
    )
    inputs = {
        "theme",
        input_names.frame(lang),
        input_names.words(lang),
        plan.inputs.add(input_names.kit_contents(kit.path), contents),
        *map(input_names.platform, plan.platforms),
        *([plan.inputs.add(input_names.PARTNER_LOGO, logo)] if logo else []),
    }
    return Step(
        f"site/{kit.path}",
        "kit",
        tuple(sorted(inputs)),
        (("lang", lang), ("path", kit.path)),
        tuple(sorted(file.path for file in files)),
    )


def _guides(plan: SitePlan, edition: Edition) -> Iterator[KitGuide]:
    """Give the pages for families that a language has."""
    for document in plan.project.pages:
        page = document.record
        if page.need in SECURITY_NEEDS and not page.discussion and edition.has_page(page):
            yield KitGuide(page.id, *page_texts(page, edition.resolver), page.need)


def _files(
    plan: SitePlan, lang: str, points: Sequence[Point], forms: tuple[str, ...], *, whole: bool
) -> Iterator[KitFile]:
    campaign = plan.project.campaign.record.id
    for point in points:
        name = f"{point.id}-{lang}"
        yield from _pictures(plan.sets[point.id][0], lang, forms, f"pictures/{name}", point.id)
        for platform in plan.platforms:
            path = f"posts/{lang}/{platform}/{point.id}.txt"
            yield KitFile(f"posts/{name}-{platform}.txt", path, point.id, platform)
    for cards in plan.lines.get(lang, ()) if whole else ():
        name = f"helplines/{helpline_of(cards)}-{lang}"
        yield from _pictures(cards, lang, forms[:1], name)
    for ending in KINDS if whole else ():
        path = original_path(campaign, lang, ending)
        yield KitFile(f"{TO_EDIT}{path.rpartition('/')[2]}", path)
    wanted = {point.id for point in points} if whole or len(points) == 1 else set()
    wanted |= {""} if whole else set()
    for paper in plan.papers:
        if paper.kit and paper.lang == lang and paper.point in wanted:
            name = "-".join(filter(None, (paper.point, lang, paper.path.rpartition("/")[2])))
            yield KitFile(f"paper/{name}", f"site/{paper.path}", paper.point, title=paper.title)
    for platform in plan.platforms:
        path = f"posts/{lang}/replies/{platform}.txt"
        yield KitFile(f"replies/{lang}-{platform}.txt", path, platform=platform)


def _pictures(
    cards: CardSet, lang: str, forms: Sequence[str], name: str, point: str = ""
) -> Iterator[KitFile]:
    """Give the pictures of a design, and the words that stand for them beside them."""
    for form in forms:
        yield KitFile(f"{name}-{form}.{cards.ending}", f"site/{cards.path(lang, form)}", point)
    yield KitFile(f"{name}-alt.txt", f"site/{cards.alt_path(lang)}", point)
