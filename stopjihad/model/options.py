"""Options of a build, with what each makes, keeps and removes; templates and assets it takes."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec

from stopjihad.model.alert import LiveAlert, PastAlert
from stopjihad.model.media import UsablePhoto
from stopjihad.model.output import OURS, AnnouncedOutput
from stopjihad.model.partner import KitVoice, Partner

PARTS = tuple(one.name for one in OURS)
"""Parts of a build that ``--only`` can choose."""

ON_DEMAND = frozenset(one.name for one in OURS if one.on_demand)
"""Parts that are made only when ``--only`` names them."""

_BELOW_SITE = {one.folder.removeprefix("site/"): one.name for one in OURS if one.folder}
"""Folder below ``site/`` to the part it belongs to, where that is not the site itself."""

FILM_FORMATS = ("story", "square", "wide")
"""Formats of films, upright first; the names are those of catalog/formats."""

VOICE = "voice.opus"
"""File of a film's recorded voice alone, in its folder."""


def film_folder(lang: str, point: str) -> str:
    """Give the folder of a talking point's films in one language, relative to ``site/``.

    Returns:
        For example ``films/fr/letters-home``: where cards are, so that publishing takes them along.
    """
    return f"films/{lang}/{point}"


def paper_path(lang: str, layout: str, point: str = "") -> str:
    """Give the place of a document for paper, relative to ``site/``.

    Args:
        point: talking point that it is about; empty for one of the whole language.
    """
    return "/".join(filter(None, ("paper", lang, point, f"{layout}.pdf")))


POSTS_INDEX = "posts/posts.json"
"""The list of all drafts, relative to ``dist/<campaign>/``."""

CARD_FORMATS = ("og", "wide", "square", "portrait", "story")
"""Formats made for every talking point; the names are those of catalog/formats."""


class Options(msgspec.Struct, frozen=True, kw_only=True):
    """Choose parts and languages.

    Attributes:
        only: parts to make; empty for all.
        languages: tags to make; empty for all of the campaign.
        formats: card formats to make.
        draft: whether a reading list may be open; what is made says so.
        unread: tags of the languages in which it is.
        alerts: the alerts in a crisis that stand on everything, in any order.
        alerted: whether an alert was published before.
        past: alerts that hold no longer, the last one first.
        messages: every message that was sent out, the first one first.
        unfit: digests of words in the ledger that no alert may say: nothing of them is shown.
        stick: whether a kit is made that is carried on a stick, with its answers on one page.
        partner: whose kit alone is made; None for what a site offers.
        voice: what that kit says in the partner's words beside the campaign's texts.
        again: whether the same process plans again, as the studio does after every change: then it
            remembers what it found in texts. It changes no output.
    """

    only: tuple[str, ...] = ()
    languages: tuple[str, ...] = ()
    formats: tuple[str, ...] = CARD_FORMATS
    draft: bool = False
    unread: tuple[str, ...] = ()
    alerts: tuple[LiveAlert, ...] = ()
    alerted: bool = False
    past: tuple[PastAlert, ...] = ()
    messages: tuple[LiveAlert, ...] = ()
    unfit: tuple[str, ...] = ()
    stick: bool = False
    partner: Partner | None = None
    voice: KitVoice = KitVoice()
    again: bool = False

    @property
    def partial(self) -> bool:
        """Tell whether something is not asked for: it stays as it was published."""
        return bool(self.only or self.languages)

    @property
    def shown_alerts(self) -> tuple[LiveAlert, ...]:
        """Alerts that are told of: those that hold, then those that hold no longer."""
        return (*self.alerts, *(one.live for one in self.past))

    @property
    def exercise(self) -> bool:
        """Tell whether what is told of is an exercise: no ledger decides it, no reader sees it."""
        return any(live.alert.exercise for live in self.shown_alerts)

    def wants(self, part: str) -> bool:
        """Tell whether a part is to be made."""
        return part in self.only if self.only else part not in ON_DEMAND

    def makes(self, output: str) -> bool:
        """Tell whether an output is asked for; what all languages share is, with any of them.

        The list of all drafts holds the sizes of cards, so it is made anew with the cards, too.
        """
        part, lang = part_of(output)
        wanted = self.wants(part) or (output == POSTS_INDEX and self.wants("cards"))
        return wanted and (not lang or not self.languages or lang in self.languages)

    def removes(self, output: str) -> bool:
        """Tell whether a published output goes when it is planned no more.

        Cards go only together with the pages that show them.
        """
        part, lang = part_of(output)
        wanted = self.wants(part) and (part != "cards" or self.wants("site"))
        return wanted and (not self.languages or lang in self.languages)


def part_of(output: str) -> tuple[str, str]:
    """Say to which part of a build an output belongs, and to which language.

    Args:
        output: path below ``dist/<campaign>/``.

    Returns:
        One of `PARTS` and a tag; the tag is empty for what all languages share.
    """
    part, *rest = output.split("/")
    if part == "site" and rest[0] in _BELOW_SITE:
        part, rest = _BELOW_SITE[rest[0]], rest[1:]
    elif part == "site" and rest[0] in {"assets", "alert"}:
        return part, ""
    elif part == "alert":
        rest = rest[1:]
    return part, rest[0] if len(rest) > 1 else ""


class TemplateFolder(msgspec.Struct, frozen=True):
    """The templates of a folder.

    Attributes:
        texts: file name relative to the folder to source text.
        built_in: names of those that are so, byte for byte; every other one is a stranger's.
    """

    texts: dict[str, str]
    built_in: tuple[str, ...] = ()


class Shared(msgspec.Struct, frozen=True, kw_only=True):
    """What comes from templates, assets and fonts instead of the campaign.

    Attributes:
        theme: ``templates/site/``, and drawings as ``art/<name>.svg``.
        assets: file name relative to ``assets/`` to bytes.
        words: language to the theme's catalogue, msgid to msgstr.
        drawings: text of each drawing (SVG) by name, for pages and cards.
        designs: name of a card design to its layout (``catalog.layout.Layout``).
        papers: name of a layout of paper to it (``catalog.paper.PaperLayout``).
        post_templates: platform to its template (``catalog.post_template.PostTemplate``).
        platforms: platform to its row (``catalog.platforms.Platform``), the workspace's own values
            included.
        team: ``templates/team/``: the team's own pages.
        team_words: language to what those pages say, msgid to msgstr.
        pictures: photos that can be used (``model.media.UsablePhoto``), by file name.
        logo: bytes of the brand's logo; empty without one.
        partner_logos: those of partners, by id.
        voices: recorded voices that may be used, by ``<language>/<talking point>``.
        encoder: versions of the libraries that make films; empty when none are made.
        office: whether the libraries that write slides and documents to edit are here.
        fonts: the font book (``catalog.fonts.FontBook``), or None when no cards are made.
        outputs: those that installed packages add.
    """

    theme: TemplateFolder
    assets: dict[str, bytes]
    words: dict[str, dict[str, str]]
    drawings: dict[str, str] = {}
    designs: dict[str, Any] = {}
    papers: dict[str, Any] = {}
    post_templates: dict[str, Any] = {}
    platforms: dict[str, Any] = {}
    team: TemplateFolder = TemplateFolder({})
    team_words: dict[str, dict[str, str]] = {}
    pictures: dict[str, UsablePhoto] = {}
    logo: bytes = b""
    voices: dict[str, bytes] = {}
    encoder: dict[str, str] = {}
    office: bool = False
    partner_logos: dict[str, bytes] = {}
    fonts: Any = None
    outputs: tuple[AnnouncedOutput, ...] = ()


def words_for(lang: str, words: Mapping[str, Mapping[str, str]]) -> Mapping[str, str]:
    """Give what the theme says in a language: its own words before those of its primary subtag.

    Args:
        lang: BCP 47 tag; ``fr-CA`` says what ``fr`` does where it has no words of its own.
    """
    primary = lang.partition("-")[0]
    shared, own = words.get(primary, {}), words.get(lang, {})
    return shared if lang == primary or not own else {**shared, **own}


class UnknownLanguage(LookupError):
    """Say in one line that a campaign has not the language that was asked for."""
