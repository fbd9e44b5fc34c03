"""Every kind of input, one row each: the table to add a new one to."""

from __future__ import annotations

INPUTS: dict[str, str] = {
    "alert-message": "stopjihad.view.records:AlertMessage",
    "alert-past": "stopjihad.model.alert:PastAlert",
    "cap-entries": "*stopjihad.view.records:CapEntry",
    "alert-facts": "stopjihad.model.alert:AlertFacts",
    "approval": "datetime:date",
    "assets": "texts",
    "card-sizes": "sizes",
    "design": "stopjihad.catalog.layout:Layout",
    "dossier": "stopjihad.render.team.records:DossierView",
    "drafts": "*stopjihad.view.draft:Draft",
    "drawing": "text",
    "entries": "*stopjihad.theme.job:ListEntry",
    "encoder": "texts",
    "film-frame": "stopjihad.view.records:Frame",
    "fonts": "stopjihad.catalog.fonts:FontBook",
    "frame": "stopjihad.view.records:Frame",
    "headlines": "*stopjihad.view.records:Headline",
    "kit": "*stopjihad.view.records:Headline",
    "kit-contents": "stopjihad.render.kit.records:KitContents",
    "kit-zips": "*stopjihad.theme.job:KitZip",
    "lead": "stopjihad.view.records:Teaser",
    "letters": "*stopjihad.render.page.word_index:Letter",
    "messages": "*stopjihad.model.translation:Message",
    "near": "stopjihad.plan.decoded:NearPoints",
    "page": "stopjihad.theme.job:FreePage",
    "past": "*stopjihad.view.records:PastView",
    "places": "*stopjihad.render.page.word_index:WordPlace",
    "point": "stopjihad.model.point:Point",
    "platform": "stopjihad.catalog.platforms:Platform",
    "posted": "objects",
    "post-template": "stopjihad.catalog.post_template:PostTemplate",
    "report": "stopjihad.render.team.records:ReportView",
    "responses": "stopjihad.model.project:Responses",
    "slides": "*stopjihad.view.slides:Slide",
    "services": "*stopjihad.catalog.platforms:ReportingService",
    "team-theme": "stopjihad.model.options:TemplateFolder",
    "team-words": "texts",
    "timing": "stopjihad.model.campaign:Timing",
    "teasers": "*stopjihad.view.records:Teaser",
    "theme": "stopjihad.model.options:TemplateFolder",
    "withdrawn": "*stopjihad.view.records:WithdrawnView",
    "words": "texts",
    "zip-size": "builtins:int",
}
"""First part of an input's name to the type of its value, ``module:Type``.

``*`` before it means a list of them; ``texts`` maps texts to texts, ``sizes`` texts to bytes,
``objects`` is any list of JSON objects.
"""
