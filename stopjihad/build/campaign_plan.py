"""Plan a campaign that was read and checked."""

from __future__ import annotations

import msgspec

from stopjihad.build.check.survey import Surveyed
from stopjihad.check.finding import nearest
from stopjihad.check.reading_list import open_sentences
from stopjihad.model.request import Options, Shared, UnknownLanguage
from stopjihad.model.step import Plan
from stopjihad.plan.inputs import PutAside, in_memory
from stopjihad.problem import ProblemsFound


def make_campaign_plan(
    found: Surveyed,
    options: Options,
    published: frozenset[str] = frozenset(),
    put_aside: PutAside = in_memory,
) -> Plan:
    """Plan a surveyed campaign.

    Args:
        found: from ``survey``.
        options: parts and languages.
        published: outputs that stand beside what is asked for.
        put_aside: takes the bytes of inputs until steps are made.

    Returns:
        The plan.

    Raises:
        ProblemsFound: the campaign has errors.
        UnknownLanguage: a language is asked for that the campaign has not.
    """
    from stopjihad.plan.make import make_plan

    if found.errors or found.project is None:
        raise ProblemsFound(found.errors)
    campaign = found.project.campaign.record
    for tag in options.languages:
        if tag not in campaign.languages:
            hint = nearest(tag, campaign.languages)
            raise UnknownLanguage(f"'{tag}' is not a language of {campaign.id}; {hint}")
    if options.draft:
        languages = found.project.campaign.record.languages
        unread = tuple(tag for tag in languages if open_sentences(found.project, tag))
        options = msgspec.structs.replace(options, unread=unread)
    return make_plan(found.project, branded(found), options, found.problems, published, put_aside)


def branded(found: Surveyed) -> Shared:
    """Put the campaign's colours into the style sheet and the drawings."""
    from stopjihad.render.page import brand_drawing, brand_stylesheet, make_palette

    assert found.project is not None
    brand = found.project.campaign.record.brand
    palette = make_palette(brand.accent, brand.ink, brand.paper)
    assets: dict[str, bytes] = {}
    for name, data in found.shared.assets.items():
        if name.endswith(".css"):
            css = brand_stylesheet(
                data.decode(), accent=brand.accent, ink=brand.ink, paper=brand.paper
            )
            assets[name] = css.encode()
        elif name.endswith(".svg"):
            assets[name] = brand_drawing(data.decode(), palette).encode()
        else:
            assets[name] = data
    return msgspec.structs.replace(found.shared, assets=assets)
