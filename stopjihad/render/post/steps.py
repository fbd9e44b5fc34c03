"""Turn steps of posts into drafts, the texts to paste, and the list of them all."""

from __future__ import annotations

from typing import Any

import msgspec

from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.plan.calendar import Post, plan_repeats, plan_times
from stopjihad.plan.card_jobs import describe_parts, describe_slides
from stopjihad.plan.decoded import StepInputs
from stopjihad.plan.film_story import tell_film
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.post.compose import compose, too_long
from stopjihad.render.post.files import (
    beside_post,
    draft_bytes,
    entry,
    entry_bytes,
    posts_json,
    renew_entry,
)
from stopjihad.view.draft import Draft
from stopjihad.view.notation import PAID, in_marks


def render_drafts(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Compose all drafts of one talking point in one language.

    Args:
        step: kind ``drafts``; its params name language, point, platforms and card formats, and the
            design of its card where one is made, and ``film`` where some have the script of one.

    Returns:
        A JSON list of drafts, or the problems of every platform.
    """
    params = dict(step.params)
    lang, point = params["lang"], params["id"]
    frame = decoded.value(input_names.frame(lang))
    view = decoded.view(step, point, lang)
    link = f"{frame.base_url}/{lang}/points/{point}/"
    drafts: list[Draft] = []
    problems: list[Problem] = []
    if "card" in params:
        card = describe_parts(params["card"], lang, view, decoded)
        view = msgspec.structs.replace(view, card=card)
    if input_names.slides(lang, point) in step.inputs:
        view = msgspec.structs.replace(view, slides=describe_slides(lang, view, decoded))
    if "film" in params:
        view = msgspec.structs.replace(view, film=tell_film(view, decoded))
    texts = {False: (view, frame), True: (in_marks(view), in_marks(frame))}
    for platform in params["platforms"].split(","):
        row = decoded.value(input_names.platform(platform))
        try:
            draft = compose(
                *texts[row.unit not in PAID],
                row,
                decoded.value(input_names.post_template(platform)),
                decoded.words_of(point, lang),
                link,
            )
            drafts.append(msgspec.structs.replace(draft, beside=tuple(beside_post(draft))))
        except ProblemsFound as found:
            problems += found.problems
    return tuple(problems) if problems else msgspec.json.encode(drafts)


def render_draft(step: Step, decoded: StepInputs) -> bytes | tuple[Problem, ...]:
    """Write the text of one draft, ready to paste.

    Returns:
        UTF-8 text; parts are separated by a line ``---``. ``post-too-long`` where it is left out.
    """
    wanted = dict(step.params)["platform"]
    (name,) = step.inputs
    draft = next(item for item in decoded.value(name) if item.platform == wanted)
    return (left_out(draft),) if draft.left_out else draft_bytes(draft)


def left_out(draft: Draft) -> Problem:
    """Warn of a draft that nothing is made of.

    Returns:
        A warning ``post-too-long`` at the talking point.
    """
    problem = too_long(
        draft.campaign, draft.point, draft.language, draft.name or draft.platform, draft.measured
    )
    message = f"{problem.message}; it is left out"
    return msgspec.structs.replace(problem, message=message, severity="warning")


def render_index(step: Step, decoded: StepInputs) -> bytes:
    """Write ``posts.json``: every draft of the campaign.

    Args:
        step: kind ``drafts-index``; names every ``drafts/…`` input, ``posted/…`` inputs with the
            entries of languages whose drafts stay as they were published, the sizes of cards and
            ``timing``.
    """
    base = dict(step.params)["base_url"]
    cards = decoded.value("card-sizes")
    listed = (name for name in step.inputs if input_names.kind_of(name) in {"drafts", "posted"})
    names = sorted(listed, key=input_names.rest_of)
    posts = {_post(item): item for name in names for item in decoded.value(name)}
    timing = decoded.value("timing")
    first = plan_times(posts, timing)
    again = plan_repeats(first, timing)

    def times(post: Post) -> tuple[str | None, tuple[str, ...]]:
        moment = first.get(post)
        later = tuple(one.isoformat() for one in again.get(post, ()))
        return (moment.isoformat() if moment else None), later

    # One that is left out keeps its time: the calendar of the others does not move.
    posts = {post: item for post, item in posts.items() if isinstance(item, dict) or item.parts}
    lines = (
        renew_entry(item, cards, *times(post))
        if isinstance(item, dict)
        else entry_bytes(entry(item, base, cards, *times(post)))
        for post, item in posts.items()
    )
    return b"".join(posts_json(lines))


def _post(item: Draft | dict[str, Any]) -> Post:
    if isinstance(item, dict):
        return Post(item["platform"], item["language"], item["point"])
    return Post(item.platform, item.language, item.point)
