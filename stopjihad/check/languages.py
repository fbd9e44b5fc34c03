"""Say which languages of a campaign the program itself does not know: its words, its rules."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from stopjihad.catalog.frames import has_frames
from stopjihad.catalog.languages import is_known, standard_tag
from stopjihad.check.finding import at
from stopjihad.model.loaded import Project
from stopjihad.problem import Problem
from stopjihad.text.language.pseudo import TAGS

THEME = "en"
"""Language of the theme's own words."""


def check_languages(project: Project, translated: Collection[str]) -> Iterator[Problem]:
    """Warn of languages whose pages speak English around the texts, or that no rule can read.

    Args:
        translated: languages of the theme's catalogues, ``templates/locale/<tag>.po``.

    Yields:
        Problems ``language-theme`` and ``language-rules``, warnings.
    """
    for index, tag in enumerate(project.campaign.record.languages):
        primary = tag.partition("-")[0]
        if tag in TAGS or standard_tag(tag) != tag or not is_known(tag):
            continue  # those have a problem of their own, or are no language
        where = f"languages.{index}"
        if primary != THEME and not {tag, tag[:2]} & set(translated):
            message = f"the pages' own words (menus, notices) are English in '{tag}'"
            hint = f"translate templates/locale/theme.pot as templates/locale/{tag}.po"
            yield at(project.campaign, where, "language-theme", message, hint, "warning")
        if not has_frames(tag):
            message = f"no rule finds blame or suspicion in '{tag}': silence says nothing of it"
            hint = "let two people who speak it read every text"
            yield at(project.campaign, where, "language-rules", message, hint, "warning")
