"""Plan post drafts: what every platform is given of a talking point, and the list of them all."""

from __future__ import annotations

from collections.abc import Iterator

from stopjihad.model import input_names
from stopjihad.model.options import POSTS_INDEX
from stopjihad.model.step import Step
from stopjihad.plan.calendar import timing_of
from stopjihad.plan.deck import Carousel, slide_inputs
from stopjihad.plan.editions import approval_of
from stopjihad.plan.planner import Offers, PlannedOutput, PlanRequest
from stopjihad.plan.ready_points import SitePlan, ready_points


def plan_output(asked: PlanRequest, offers: Offers) -> PlannedOutput:
    """Plan drafts and replies; drafts name their pictures with their sizes."""
    plan = asked.campaign
    filmed = any(asked.shared.post_templates[name].film for name in plan.platforms)
    scenes = offers.scenes if filmed else ()
    drafts = tuple(plan_draft_parts(plan, offers.carousels, scenes))
    parts = (*offers.cards, *offers.slides, *drafts) if drafts else ()
    return PlannedOutput((*plan_drafts(plan), *plan_replies(plan)), offers, parts)


def plan_draft_parts(
    plan: SitePlan, carousels: tuple[Carousel, ...], scenes: tuple[str, ...]
) -> Iterator[Step]:
    """Plan what is made before the tree: all drafts of a talking point in one language.

    Args:
        carousels: drafts of some platforms show their slides.
        scenes: designs of the scenes of films, where drafts have the script of one.

    Yields:
        One step per language and talking point; its output is an input of the steps that show it.
    """
    if not plan.platforms:
        return
    needed = [input_names.platform(platform) for platform in plan.platforms]
    needed += [input_names.post_template(platform) for platform in plan.platforms]
    needed += map(input_names.design, scenes)
    told = {(one.lang, one.point.id): one for one in carousels}
    for edition, point, inputs in ready_points(plan):
        # The picture of a post is the card of link previews: the first of the set.
        shown = [cards.design for cards in plan.sets[point.id][:1] if plan.formats]
        params = (
            *(("card", design) for design in shown),
            *((("film", "true"),) if scenes else ()),
            ("formats", ",".join(plan.formats)),
            ("id", point.id),
            ("lang", edition.lang),
            ("platforms", ",".join(plan.platforms)),
        )
        output = input_names.drafts(edition.lang, point.id)
        carousel = told.get((edition.lang, point.id))
        slides = slide_inputs(carousel) if carousel else ()
        every = (
            *inputs,
            *needed,
            *map(input_names.design, shown),
            *slides,
            *approval_of(edition, point.id),
        )
        yield Step(output, "drafts", tuple(sorted({*every})), params)


def plan_drafts(plan: SitePlan) -> Iterator[Step]:
    """Plan the texts ready to paste, and the list of all drafts.

    Yields:
        One step per language, talking point and platform, and ``posts/posts.json``.
    """
    if not plan.platforms:
        return
    every: list[str] = []
    for edition, point, _ in ready_points(plan):
        lang = edition.lang
        name = input_names.drafts(lang, point.id)
        every.append(name)
        for platform in plan.platforms:
            params = (("id", point.id), ("lang", lang), ("platform", platform))
            yield Step(f"posts/{lang}/{platform}/{point.id}.txt", "draft", (name,), params)
    base = plan.project.campaign.record.base_url.rstrip("/")
    inputs = tuple(sorted({*every, "card-sizes", plan.inputs.add("timing", timing_of(plan))}))
    yield Step(POSTS_INDEX, "drafts-index", inputs, (("base_url", base),))


def plan_replies(plan: SitePlan) -> Iterator[Step]:
    """Plan sheets of replies: what a team answers below its posts, platform by platform.

    Yields:
        One step per language that a reply has words in, and platform.
    """
    document = plan.project.responses
    if document is None or not plan.platforms:
        return
    plan.inputs.add(input_names.RESPONSES, document.record)
    replies = document.record.replies
    named = {reply.point for reply in replies if reply.point}
    source = plan.project.campaign.record.source_language
    told: dict[str, set[str]] = {}
    for edition, point, inputs in ready_points(plan):
        if point.id in named:
            told.setdefault(edition.lang, set()).update(inputs)
    for edition in plan.editions:
        lang = edition.lang
        if lang != source and not any(reply.posted_answer(lang, source) for reply in replies):
            continue
        needed = {input_names.RESPONSES, input_names.frame(lang), input_names.words(lang)}
        needed |= told.get(lang, set())
        for platform in plan.platforms:
            every = tuple(sorted({*needed, input_names.platform(platform)}))
            params = (("lang", lang), ("platform", platform))
            yield Step(f"posts/{lang}/replies/{platform}.txt", "replies", every, params)
