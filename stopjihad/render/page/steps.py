"""Render the pages of the site: a step becomes a job, the job a page of its kind, that bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import msgspec

from stopjihad.catalog.formats import FORMATS
from stopjihad.model import input_names
from stopjihad.model.options import VOICE, film_folder
from stopjihad.model.step import Step
from stopjihad.plan.decoded import StepInputs
from stopjihad.render.page import alert_page, kinds, kit_pages, site_files
from stopjihad.render.page.embed import embed_page, oembed_answer
from stopjihad.render.page.help_page import help_page
from stopjihad.render.page.kinds import Maker, UnfilledPage
from stopjihad.render.page.link_previews import EMBEDS
from stopjihad.render.page.point import point_page
from stopjihad.render.page.site_files import alert_embed, alert_feed
from stopjihad.theme.job import (
    KitHelpline,
    KitItem,
    KitZip,
    PageEdition,
    PageFilm,
    PageFilms,
    PageJob,
    PagePicture,
    Theme,
)
from stopjihad.theme.site import Site, prefix_of, site_of
from stopjihad.theme.theme import as_markup
from stopjihad.view.designs import CardSet, helpline_of, read_sets
from stopjihad.view.page_address import rest_of, top_path
from stopjihad.view.records import Frame, Headline, HelplineView, PointView, Teaser, Text
from stopjihad.view.slides import FORMAT as SLIDE_FORMAT
from stopjihad.view.slides import document_path, slide_path

_PAGES: dict[str, Maker] = {
    "alert": alert_page.alert,
    "chooser": kinds.chooser,
    "home": kinds.home,
    "points": kinds.points,
    "point": point_page,
    "audience": kinds.audience,
    "pull-factor": kinds.pull_factor,
    "search": kinds.search,
    "words": kinds.index_words,
    "help": help_page,
    "report": kinds.report,
    "signed": kinds.signed,
    "kit": kit_pages.kit,
    "kit-point": kit_pages.kit_point,
    "kit-version": kit_pages.kit_version,
    "not-found": kinds.not_found,
    "withdrawn": kinds.withdrawn,
}
_FREE = ("about", "privacy", "accessibility", "page")
_FILES: dict[str, Callable[[PageJob], str]] = {
    "alert-embed": alert_embed,
    "robots": site_files.robots,
    "headers": site_files.headers_file,
}
_FEEDS: dict[str, Callable[[Theme, PageJob], str]] = {
    "alert-feed": alert_feed,
    "embed": embed_page,
    "oembed": oembed_answer,
    "feed": site_files.feed,
    "sitemap": site_files.sitemap,
}

KINDS: tuple[str, ...] = (*_PAGES, *_FREE, *_FEEDS, *_FILES)
"""Every kind that ``render_page`` knows."""


def render_site_page(step: Step, decoded: StepInputs) -> bytes:
    """Render a page step.

    Args:
        step: its params name kind, language and path.

    Returns:
        The file's bytes.
    """
    return render_page(dict(step.params)["kind"], page_job(step, decoded), decoded.theme())


def render_page(kind: str, job: PageJob, theme: Theme) -> bytes:
    """Render one output of the site.

    Args:
        theme: the template files; hand the same object to every page.

    Returns:
        The file's bytes in UTF-8.

    Raises:
        ValueError: when the kind is unknown or the job lacks what the kind shows.
        jinja2.TemplateError: when a template of the workspace is wrong.
    """
    if kind in _FILES:
        return _FILES[kind](job).encode()
    if kind in _FEEDS:
        return _FEEDS[kind](theme, job).encode()
    site = site_of(theme, job)
    if kind in _PAGES:
        made = _PAGES[kind](site, job)
    elif kind in _FREE:
        made = kinds.free(site, job, kind)
    else:
        raise ValueError(f"unknown kind of page: {kind}")
    return _fill(site, job, made, _root(kind, job)).encode()


def _root(kind: str, job: PageJob) -> str:
    """Choose the prefix of links: a 404 page answers at any depth, so it names the site's top."""
    if kind == "not-found" and job.root is None:
        return top_path(job.frame.base_url)
    return prefix_of(job)


def _rest(job: PageJob) -> str:
    """Choose where language links lead.

    A kit page exists only where its talking point is whole; each language has words of its own.
    """
    rest = rest_of(job.path, job.frame.lang)
    everywhere = {language.tag for language in job.frame.languages} <= set(job.alternates)
    folder = rest.partition("/")[0]
    return rest if everywhere or folder not in {"kit", "search"} else f"{folder}/index.html"


def _fill(site: Site, job: PageJob, made: UnfilledPage, root: str) -> str:
    chrome = site.chrome(made.section, root, _rest(job), inner=made.inner, kit=job.has_kit)
    values = {
        **site.values,
        **made.values,
        "root": root,
        "home": f"{root}{job.frame.lang}/",
        "head": made.head,
        "header": chrome.header,
        "band": site.band(root, made.need, made.own) if made.section != "help" else "",
        "footer": chrome.footer,
    }
    values["main"] = as_markup(site.fill(made.template, values))  # by autoescape
    return site.fill("page.html", values)


def page_job(step: Step, decoded: StepInputs) -> PageJob:
    """Gather what a page of the site shows.

    Args:
        step: its params name kind, language and path.
    """
    params = dict(step.params)
    kind, lang = params["kind"], params["lang"]
    values: dict[str, Any] = {
        "frame": _frame(decoded.page_frame(lang), params),
        "words": _words(params, decoded),
        "path": params["path"],
        "assets": decoded.value("assets"),
        "alternates": _names(params.get("alternates", "")),
        "topic": params.get("topic", ""),
        "number": int(params.get("number", "1")),
        "count": int(params.get("count", "1")),
        "has_kit": params.get("kit") == "true",
        "has_embed": params.get("embed") == "true",
    }
    for name in step.inputs:
        field = _FIELDS.get(input_names.kind_of(name))
        if field:
            values[field] = decoded.value(name)
    if kind in ("point", "kit-point"):
        values |= _point(step, params, decoded)
    elif kind in EMBEDS and "id" in params:
        values["point"] = decoded.typeset_view(step, params["id"], lang)
    elif "preview-format" in params:
        values["images"] = (_preview(params, decoded),)
    if kind == "kit-point":
        from stopjihad.render.page.drafts import page_drafts

        values["drafts"] = page_drafts(step, decoded)
        values |= _tell_slides(step, params, decoded)
    if kind == "kit":
        (listed,) = (name for name in step.inputs if input_names.kind_of(name) == "kit")
        values["kit"] = tuple(_kit_items(decoded.value(listed), params))
        values["kit_helplines"] = tuple(_kit_helplines(params, decoded))
    if kind in ("kit", "kit-point"):
        values["zips"] = tuple(_kit_zips(step, decoded))
        values["papers"] = tuple(
            paper
            for name in step.inputs
            if input_names.kind_of(name) == "papers"
            for paper in decoded.value(name)
        )
    if kind in ("chooser", "not-found"):
        values["editions"] = tuple(
            PageEdition(
                frame=decoded.page_frame(tag),
                words=decoded.value(input_names.words(tag)),
            )
            for tag in _in_campaign_order(step, values["frame"])
        )
    return PageJob(**values)


def _words(params: dict[str, str], decoded: StepInputs) -> dict[str, str]:
    """Give the theme's words as a page says them to its readers."""
    kind, lang = params["kind"], params["lang"]
    if kind in ("point", *EMBEDS) and "id" in params:
        return decoded.words_of(params["id"], lang)
    frame: Frame = decoded.value(input_names.frame(lang))
    to_audience = kind == "audience" and params["topic"] in frame.informal
    return decoded.words(lang, informal=to_audience)


def _frame(frame: Frame, params: dict[str, str]) -> Frame:
    """Offer no language in which this very page is not published: the build leaves it out."""
    absent = _names(params.get("absent", ""))
    if not absent:
        return frame
    there = tuple(language for language in frame.languages if language.tag not in absent)
    return msgspec.structs.replace(frame, languages=there)


_FIELDS = {
    "discussions": "discussions",
    "entries": "entries",
    "headlines": "news",
    "letters": "letters",
    "mistakes": "mistakes",
    "page": "page",
    "places": "places",
    "services": "services",
    "teasers": "points",
    "withdrawn": "withdrawn",
}
"""First part of an input's name to the field of the job that shows it."""


def _names(joined: str) -> tuple[str, ...]:
    return tuple(name for name in joined.split(",") if name)


def _in_campaign_order(step: Step, frame: Frame) -> list[str]:
    tags = [language.tag for language in frame.languages]
    return [tag for tag in tags if input_names.frame(tag) in step.inputs]


def _point(step: Step, params: dict[str, str], decoded: StepInputs) -> dict[str, Any]:
    lang, point_id = params["lang"], params["id"]
    view = decoded.typeset_view(step, point_id, lang)
    values: dict[str, Any] = {
        "point": view,
        "images": tuple(
            picture(cards, lang, form, alt)
            for cards, alt in _describe_cards(view, params, decoded)
            for form in _names(params["formats"])
        ),
        "credit": params.get("credit", ""),
    }
    neighbours = input_names.neighbours(lang, point_id)
    if neighbours in step.inputs:
        found = decoded.value(neighbours)
        values |= {name: getattr(found, name) for name in found.__struct_fields__}
    return values


def _tell_slides(step: Step, params: dict[str, str], decoded: StepInputs) -> dict[str, Any]:
    """Give the slides of a talking point, each with its words, and its films."""
    lang, point = params["lang"], params["id"]
    values: dict[str, Any] = {}
    if input_names.slides(lang, point) in step.inputs:
        from stopjihad.plan.card_jobs import slide_words

        told = slide_words(lang, decoded.view(step, point, lang), decoded)
        pictures = (
            _picture(slide_path(lang, point, number), SLIDE_FORMAT, Text(words, lang))
            for number, words in enumerate(told, 1)
        )
        values |= {"slides": tuple(pictures), "document": document_path(lang, point)}
    folder = film_folder(lang, point)
    films = tuple(
        PageFilm(
            path=f"{folder}/{form}.mp4",
            poster=_picture(f"{folder}/{form}.png", form, Text("", lang)),
        )
        for form in _names(params["films"])
    )
    if films:
        values["films"] = PageFilms(
            films=films,
            transcript=f"{folder}/transcript.txt",
            captions=(f"{folder}/captions.srt", f"{folder}/captions.vtt"),
            voice=f"{folder}/{VOICE}" if params["voice"] else "",
        )
    return values


def _preview(params: dict[str, str], decoded: StepInputs) -> PagePicture:
    """Give the picture for link previews of a page: a helpline, or the campaign's first fact."""
    lang, form = params["lang"], params["preview-format"]
    if "preview-line" in params:
        (cards,) = read_sets(params["preview-line"])
        frame: Frame = decoded.value(input_names.frame(lang))
        line = next(line for line in frame.helplines if line.id == helpline_of(cards))
        return picture(cards, lang, form, _words_on(cards, lang, line, decoded))
    (cards,) = read_sets(params["preview"])
    lead: Teaser = decoded.value(input_names.lead(lang))
    return picture(cards, lang, form, lead.fact)


def _describe_cards(
    view: PointView, params: dict[str, str], decoded: StepInputs
) -> Iterator[tuple[CardSet, Text]]:
    """Give the cards that a page shows with the words on them."""
    lang = params["lang"]
    for cards in read_sets(params["cards"]):
        yield cards, _words_on(cards, lang, view, decoded)


def _words_on(
    cards: CardSet, lang: str, subject: PointView | HelplineView, decoded: StepInputs
) -> Text:
    """Give the words on a card of a talking point or a helpline."""
    from stopjihad.plan.card_jobs import describe

    return Text(describe(cards.design, lang, subject, decoded), lang)


def picture(cards: CardSet, lang: str, form: str, alt: Text) -> PagePicture:
    """Refer to a card.

    Args:
        cards: design, folder and ending of the file.

    Returns:
        The picture, sizes in px.
    """
    return _picture(cards.path(lang, form), form, alt)


def _picture(path: str, form: str, alt: Text) -> PagePicture:
    shape = FORMATS[form]
    return PagePicture(
        format=form,
        path=path,
        width=shape.width,
        height=shape.height,
        mime="image/jpeg" if path.endswith(".jpg") else "image/png",
        alt=alt,
    )


def _kit_items(ready: tuple[Headline, ...], params: dict[str, str]) -> Iterator[KitItem]:
    """Give each talking point with its first card; the page shows its fact below it."""
    lang, formats = params["lang"], _names(params["formats"])
    leading = read_sets(params["cards"]) or (None,) * len(ready)
    folder = "kit" if params.get("offers") == "true" else "points"
    for headline, cards in zip(ready, leading, strict=True):
        image = picture(cards, lang, formats[0], headline.fact) if cards else None
        page = f"{lang}/{folder}/{headline.id}/index.html"
        yield KitItem(headline=headline, page=page, image=image)


def _kit_zips(step: Step, decoded: StepInputs) -> Iterator[KitZip]:
    """Give the kits that a page offers as one file, each with its size."""
    for name in step.inputs:
        if input_names.kind_of(name) == "kit-zips":
            for one in decoded.value(name):
                size = decoded.value(input_names.zip_size(one.path))
                yield msgspec.structs.replace(one, size=size)


def _kit_helplines(params: dict[str, str], decoded: StepInputs) -> Iterator[KitHelpline]:
    """Give each helpline's cards in all formats."""
    lang = params["lang"]
    frame: Frame = decoded.value(input_names.frame(lang))
    lines = {line.id: line for line in frame.helplines}
    for cards in read_sets(params["lines"]):
        line = lines[helpline_of(cards)]
        alt = _words_on(cards, lang, line, decoded)
        images = tuple(picture(cards, lang, form, alt) for form in _names(params["formats"]))
        yield KitHelpline(name=line.name, images=images)
