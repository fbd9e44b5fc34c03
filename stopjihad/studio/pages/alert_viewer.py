"""Show the words of templates, and names, to whoever looks, in the language of the interface."""

from __future__ import annotations

from typing import NamedTuple

from starlette.requests import Request

from stopjihad.model import contexts
from stopjihad.model.alert import SLOTS, AlertTemplate
from stopjihad.model.loaded import Project
from stopjihad.plan.editions import Edition, make_editions
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.view.alert import fill
from stopjihad.view.records import Text


class ShownText(NamedTuple):
    """Show a text; ``source`` stands beside it where that says more, else it is empty."""

    value: str
    lang: str
    source: str = ""


class AlertViewer(NamedTuple):
    """Read the notices of a campaign in the language of whoever looks.

    Attributes:
        project: the campaign.
        edition: its texts in the language of the interface, as far as they are translated.
    """

    project: Project
    edition: Edition

    @property
    def home(self) -> str:
        """Language in which the campaign is written."""
        return self.project.campaign.record.source_language

    def headline(self, template: AlertTemplate, place: str = "") -> ShownText:
        """Say the headline of a template; ``place`` is the id of what fills its slot, if known."""
        own = self._text(template, "headline", template.headline)
        names = self.names("places")
        name = names.get(place, ShownText("…", self.home))

        def filled(text: str, place_name: str) -> str:
            return fill(text, {**dict.fromkeys(SLOTS, "…"), "place": place_name})

        at_home = filled(template.headline, name.source or name.value)
        if own.lang == self.home:
            return ShownText(at_home, self.home)
        return ShownText(filled(own.value, name.value), own.lang, self._doubt(template, at_home))

    def sentences(self, template: AlertTemplate) -> dict[str, ShownText]:
        """Say the sentences of a template that an authority may confirm, by their names."""
        found = {}
        for name, source in template.sentences.items():
            own = self._text(template, f"sentences.{name}", source)
            beside = "" if own.lang == self.home else self._doubt(template, source)
            found[name] = ShownText(own.value, own.lang, beside)
        return found

    def names(self, kind: str) -> dict[str, ShownText]:
        """Name ``places`` or ``authorities`` by id, beside the name in the source language.

        A wrong name is the worst mistake of a notice, and colleagues may know only the other one.
        """
        campaign = self.project.campaign.record
        found = {}
        for one in campaign.places if kind == "places" else campaign.authorities:
            context = contexts.campaign(f"{kind}.{one.id}.name")
            own = self.edition.resolver.text(context, one.name)
            found[one.id] = ShownText(
                own.value, own.lang, one.name if own.value != one.name else ""
            )
        return found

    def _text(self, template: AlertTemplate, field: str, source: str) -> Text:
        return self.edition.resolver.text(contexts.alert(template.id, field), source)

    def _doubt(self, template: AlertTemplate, source: str) -> str:
        """Give the source of a translation that nobody has approved; else nothing."""
        return "" if f"alerts/{template.id}" in self.edition.reviewed else source


def viewer_of(request: Request, live: LiveCampaign, project: Project) -> AlertViewer:
    """Give the one who looks, by the language of the interface; found out once for a campaign."""
    lang = request.app.state.templates.language_of(request)
    return live.get_or_make(
        f"alert-viewer {lang}", lambda: AlertViewer(project, *make_editions(project, (lang,)))
    )
