"""Every kind of step and every kind of input, one row each: the table to add a new one to.

This module imports nothing that renders: what decides that nothing is to be made reads it, too.
"""

from __future__ import annotations

from typing import NamedTuple


class StepKind(NamedTuple):
    """Describe one kind of step.

    Attributes:
        render: ``module:function`` below ``stopjihad.render``; the function takes the step and the
            decoded inputs, and gives bytes or problems.
        libraries: packages that decide its bytes.
        costly: whether outputs are kept in the store: making them costs more than reading them.
        label: how a build's report counts them; empty for what is not counted.
        templates: folder that a mistake in a template is looked for in.
        weight: work in pages, of kinds that are not ``costly`` like a card.
    """

    render: str
    libraries: tuple[str, ...] = ()
    costly: bool = False
    label: str = ""
    templates: str = "templates/site"
    weight: int = 0


FILM = 5000
"""Work of a film in pages: it takes 2 to 8 s, a page 0.2 to 0.4 ms (measured)."""


_CARDS = ("uharfbuzz", "numpy", "pillow", "segno")

_WORDS = ("jinja2", "markupsafe", "babel")

KINDS: dict[str, StepKind] = {
    "page": StepKind(
        "page.steps:render_site_page", (*_WORDS, "markdown", "nh3", "regex"), label="pages"
    ),
    "past-card": StepKind("card.steps:render_past_card", _CARDS),
    "past-draft": StepKind("alert.draft:render_past_draft", ("regex",)),
    "cancel": StepKind("alert.cap:render_cancel", ("lxml",)),
    "cap-index": StepKind("alert.cap:render_cap_index", ("lxml",)),
    "cap-message": StepKind("alert.cap:render_cap", ("lxml",)),
    "card": StepKind("card.steps:render_card_step", _CARDS, costly=True, label="cards"),
    "card-alt": StepKind("card.steps:render_alt_step", ("regex",)),
    "slide": StepKind(
        "card.steps:render_slide",
        (*_CARDS, "regex"),
        costly=True,
        label="slides",
    ),
    "slide-alts": StepKind("card.steps:render_alts", ("regex",)),
    "slide-document": StepKind(
        "card.steps:render_document",
        (*_CARDS, "regex", "pikepdf"),
        costly=True,
    ),
    "draft": StepKind("post.steps:render_draft", label="drafts"),
    "drafts": StepKind("post.steps:render_drafts", ("regex",), costly=True),
    "replies": StepKind("post.replies:render_replies", ("regex",), label="replies"),
    "drafts-index": StepKind("post.steps:render_index", ("tzdata",)),
    "asset": StepKind("steps:render_asset", label="assets"),
    "alert-call-sheet": StepKind("alert.sheets:render_call_sheet", ("tzdata",)),
    "alert-cap": StepKind("alert.cap:render_cap", ("lxml",)),
    "alert-card": StepKind("card.steps:render_alert_card", _CARDS),
    "alert-draft": StepKind("alert.draft:render_alert_draft", ("regex",)),
    "alert-drafts": StepKind("alert.draft:render_alert_drafts", ("regex",)),
    "alert-pause": StepKind("alert.sheets:render_pause", ("tzdata",)),
    "dossier": StepKind(
        "team:render_dossier",
        (*_WORDS, "markdown", "nh3"),
        label="dossiers",
        templates="templates/team",
    ),
    "film": StepKind(
        "film.steps:render_film", ("av", *_CARDS), costly=True, label="films", weight=FILM
    ),
    "film-poster": StepKind("film.steps:render_poster", _CARDS),
    "film-sound": StepKind("film.steps:render_sound", ("av",)),
    "film-words": StepKind("film.steps:render_words", ("av", "regex")),
    "report": StepKind(
        "team:render_report", (*_WORDS, "pyyaml"), label="report", templates="templates/team"
    ),
}
"""Kind of step to everything that the house knows of it."""

COSTLY = frozenset(name for name, kind in KINDS.items() if kind.costly)

INPUTS: dict[str, str] = {
    "alert-message": "stopjihad.view.records:AlertMessage",
    "alert-past": "stopjihad.model.alert:PastAlert",
    "cap-entries": "*stopjihad.view.records:CapEntry",
    "alert-facts": "stopjihad.model.alert:AlertFacts",
    "approval": "datetime:date",
    "assets": "texts",
    "card-sizes": "sizes",
    "design": "stopjihad.catalog.layout:Layout",
    "dossier": "stopjihad.view.team:DossierView",
    "drafts": "*stopjihad.render.post.records:Draft",
    "drawing": "text",
    "entries": "*stopjihad.render.page.job:ListEntry",
    "encoder": "texts",
    "film-frame": "stopjihad.view.records:Frame",
    "fonts": "stopjihad.catalog.fonts:FontBook",
    "frame": "stopjihad.view.records:Frame",
    "headlines": "*stopjihad.view.records:Headline",
    "kit": "*stopjihad.view.records:Headline",
    "lead": "stopjihad.view.records:Teaser",
    "letters": "*stopjihad.view.word_index:Letter",
    "messages": "*stopjihad.model.translation:Message",
    "near": "stopjihad.render.steps:Near",
    "page": "stopjihad.render.page.job:FreePage",
    "past": "*stopjihad.view.records:PastView",
    "places": "*stopjihad.view.word_index:WordPlace",
    "point": "stopjihad.model.point:Point",
    "platform": "stopjihad.catalog.platforms:Platform",
    "posted": "objects",
    "post-template": "stopjihad.catalog.post_template:PostTemplate",
    "report": "stopjihad.view.team:ReportView",
    "responses": "stopjihad.model.project:Responses",
    "slides": "*stopjihad.view.slides:Slide",
    "services": "*stopjihad.catalog.platforms:ReportingService",
    "team-theme": "stopjihad.model.options:TemplateFolder",
    "team-words": "texts",
    "timing": "stopjihad.model.campaign:Timing",
    "teasers": "*stopjihad.view.records:Teaser",
    "theme": "stopjihad.model.options:TemplateFolder",
    "words": "texts",
}
"""First part of an input's name to the type of its value, ``module:Type``.

``*`` before it means a list of them; ``texts`` maps texts to texts, ``sizes`` texts to bytes,
``objects`` is any list of JSON objects.
"""
