"""Every kind of step, one row each: the table to add a new one to.

This module imports nothing that renders: what decides that nothing is to be made reads it, too.
"""

from __future__ import annotations

from stopjihad.model.output import StepKind, announced_kind

FILM = 5000
"""Work of a film in pages: it takes 2 to 8 s, a page 0.2 to 0.4 ms (measured)."""


_CARDS = ("uharfbuzz", "numpy", "pillow", "segno")

_OFFICE = ("lxml", "regex")

_WORDS = ("jinja2", "markupsafe", "babel")

KINDS: dict[str, StepKind] = {
    "page": StepKind(
        "page.steps:render_site_page", (*_WORDS, "markdown", "nh3", "regex"), label="pages"
    ),
    "page-photo": StepKind("page.photos:render_photo", ("numpy", "pillow"), costly=True),
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
        "team.pages:render_dossier",
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
    "kit-feed": StepKind("kit.feed:render_feed"),
    "kit-answers": StepKind("kit.answers:render_answers", (*_WORDS, "markdown", "nh3", "regex")),
    "kit": StepKind("kit.steps:render_kit", (*_WORDS, "regex"), label="kits"),
    "background": StepKind("kit.background:render_background", ("numpy",), costly=True),
    "original-slides": StepKind(
        "kit.office_slides:render_slides", (*_OFFICE, "python-pptx"), costly=True, label="originals"
    ),
    "original-document": StepKind(
        "kit.office_document:render_document",
        (*_OFFICE, "python-docx"),
        costly=True,
        label="originals",
    ),
    "paper": StepKind(
        "paper.steps:render_paper",
        ("uharfbuzz", "pikepdf", "segno", "babel", "regex"),
        costly=True,
        label="paper",
    ),
    "report": StepKind(
        "team.pages:render_report", (*_WORDS, "pyyaml"), label="report", templates="templates/team"
    ),
}
"""Kind of step to everything that the house knows of it."""


def describe_kind(kind: str) -> StepKind:
    """Describe a kind of step, one of ours or one of an announced output; KeyError for another."""
    return announced_kind(kind) or KINDS[kind]


def order_of_kind(kind: str) -> int:
    """Give the place of a kind in reports: ours in the table's order, then all others."""
    return [*KINDS, kind].index(kind)


COSTLY = frozenset(name for name, kind in KINDS.items() if kind.costly)
