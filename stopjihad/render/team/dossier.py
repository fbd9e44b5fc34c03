"""Write a dossier: why a talking point was published and what it rests on, for appeals."""

from __future__ import annotations

from typing import Any

from stopjihad.catalog import terms
from stopjihad.catalog.rules import Rule, rules
from stopjihad.model import input_names
from stopjihad.model.step import Step
from stopjihad.render.decode import Decoded
from stopjihad.render.post.draft import Draft
from stopjihad.render.team.shell import THEME, fill, team_site

ARTICLE = (
    "Material disseminated to the public for educational, journalistic, artistic or research "
    "purposes or for the purposes of preventing or countering terrorism, including material which "
    "represents an expression of polemic or controversial views in the course of public debate, "
    "shall not be considered to be terrorist content. An assessment shall determine the true "
    "purpose of that dissemination and whether material is disseminated to the public for those "
    "purposes."
)
"""Article 1(3) of Regulation (EU) 2021/784, as published (https://fra.europa.eu/en/law-reference/
regulation-eu-2021784-european-parliament-and-council-29-april-2021-addressing, read 2026-11-24)."""

REGULATION = "https://eur-lex.europa.eu/eli/reg/2021/784/oj"

GUARDS = ("STR01", "STR04", "EVD01", "EVD02", "EVD03", "EVD04", "AMP01", "LNG02", "LNG04", "TRN01")
"""Rules that a reader of a dossier asks about; each is an error, so it would stop a build."""


def render_dossier(step: Step, decoded: Decoded) -> bytes:
    """Write the dossier of a talking point in one language.

    Args:
        step: its params name language and talking point.
        decoded: the values of its inputs.

    Returns:
        An HTML file.
    """
    params = dict(step.params)
    lang, point_id = params["lang"], params["id"]
    site = team_site(decoded, lang)
    frame = site.frame
    view = decoded.view(step, point_id, lang)
    point = decoded.value(input_names.point(point_id))
    values: dict[str, Any] = {
        "article": ARTICLE,
        "regulation": REGULATION,
        "dossier": decoded.value(input_names.dossier(lang, point_id)),
        "view": view,
        "said": site.flag(view.claim),
        "point": point,
        "translated": lang != frame.source_language,
        "messenger": next((one for one in frame.messengers if one.id == view.messenger), None),
        "audiences": [one for one in frame.audiences if one.id in view.audiences],
        "technique": terms.TECHNIQUES.get(view.technique or ""),
        "address": f"{frame.base_url}/{lang}/points/{point_id}/",
        "drafts": _drafts(step, decoded),
        "guards": _guards(),
    }
    return fill(site, "dossier.html", decoded.value(THEME)["team.css"], values)


def _drafts(step: Step, decoded: Decoded) -> list[Draft]:
    names = [name for name in step.inputs if name.startswith("drafts/")]
    drafts = (draft for name in names for draft in decoded.value(name))
    return [draft for draft in drafts if not draft.left_out]


def _guards() -> list[Rule]:
    every = rules()
    return [every[name] for name in GUARDS]
