"""Turn a page step and its decoded inputs into a page job."""

from __future__ import annotations

from typing import Any

from stopjihad.catalog.formats import FORMATS
from stopjihad.model.step import Step
from stopjihad.render.decode import Decoded
from stopjihad.render.drafts import page_drafts
from stopjihad.render.page import Edition, KitItem, PageJob, Picture, render_page
from stopjihad.view.records import Frame, Headline, Text


def render_site_page(step: Step, decoded: Decoded) -> bytes:
    """Render a page of the site.

    Args:
        step: its params name kind, language and path.
        decoded: the values of its inputs.

    Returns:
        The file's bytes.
    """
    params = dict(step.params)
    kind, lang = params["kind"], params["lang"]
    values: dict[str, Any] = {
        "frame": decoded.value(f"frame/{lang}"),
        "words": decoded.value(f"words/{lang}"),
        "path": params["path"],
        "assets": decoded.value("assets"),
        "alternates": _names(params.get("alternates", "")),
        "topic": params.get("topic", ""),
        "has_kit": params.get("kit") == "true",
    }
    for name in step.inputs:
        field = _FIELDS.get(name.partition("/")[0])
        if field:
            values[field] = decoded.value(name)
    if kind in ("point", "kit-point"):
        values |= _point(step, params, decoded)
    if kind == "kit-point":
        values["drafts"] = page_drafts(step, decoded)
    if kind == "kit":
        ready = decoded.value(f"kit/{lang}")
        values["kit"] = tuple(_kit_item(item, lang, params) for item in ready)
    if kind in ("chooser", "not-found"):
        values["editions"] = tuple(
            Edition(frame=decoded.value(name), words=decoded.value(f"words/{name[6:]}"))
            for name in _in_campaign_order(step, values["frame"])
        )
    return render_page(kind, PageJob(**values), decoded.theme())


_FIELDS = {"headlines": "points", "page": "page", "services": "services", "entries": "entries"}
"""First part of an input's name to the field of the job that shows it."""


def _names(joined: str) -> tuple[str, ...]:
    return tuple(name for name in joined.split(",") if name)


def _in_campaign_order(step: Step, frame: Frame) -> list[str]:
    names = [f"frame/{language.tag}" for language in frame.languages]
    return [name for name in names if name in step.inputs]


def _point(step: Step, params: dict[str, str], decoded: Decoded) -> dict[str, Any]:
    lang, point_id = params["lang"], params["id"]
    view = decoded.view(step, point_id, lang)
    values: dict[str, Any] = {
        "point": view,
        "images": tuple(
            picture(view.fact, lang, point_id, form) for form in _names(params["formats"])
        ),
    }
    near = f"near/{lang}/{point_id}"
    if near in step.inputs:
        found = decoded.value(near)
        values |= {"previous": found.previous, "next": found.next, "related": found.related}
    return values


def picture(alt: Text, lang: str, point_id: str, form: str) -> Picture:
    """Refer to a card.

    Args:
        alt: the words on it.
        lang: language of the card.
        point_id: talking point.
        form: name of the format.

    Returns:
        The picture, sizes in px.
    """
    shape = FORMATS[form]
    return Picture(
        format=form,
        path=f"cards/{lang}/{point_id}/{form}.png",
        width=shape.width,
        height=shape.height,
        mime="image/png",
        alt=alt,
    )


def _kit_item(headline: Headline, lang: str, params: dict[str, str]) -> KitItem:
    formats = _names(params["formats"])
    return KitItem(
        headline=headline,
        page=f"{lang}/kit/{headline.id}/index.html",
        image=picture(headline.fact, lang, headline.id, formats[0]) if formats else None,
    )
