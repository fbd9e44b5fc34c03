"""What the team's pages share: words, colours, and a file that needs no other."""

from __future__ import annotations

import base64
import hashlib
from functools import lru_cache
from typing import Any

from markupsafe import Markup

from stopjihad.model import input_names
from stopjihad.render.decode import Decoded
from stopjihad.render.page.job import PageJob
from stopjihad.render.page.palette import brand_stylesheet
from stopjihad.render.page.site import Site, site_of
from stopjihad.render.team.words import TABLES
from stopjihad.view.records import Frame

THEME = "team-theme"
"""Input with the templates of ``templates/team/``."""


def team_site(decoded: Decoded, lang: str) -> Site:
    """Give the values that the templates of a language share.

    Args:
        decoded: inputs of the batch.
        lang: BCP 47 tag of the page.

    Returns:
        The shared values, made once for each language.
    """
    frame, words = decoded.value(input_names.frame(lang)), decoded.team_words(lang)
    assets: dict[str, str] = decoded.value(THEME)  # any object that stays the same in a batch
    return site_of(decoded.theme(THEME), PageJob(frame=frame, words=words, path="", assets=assets))


def fill(site: Site, template: str, source: str, values: dict[str, Any]) -> bytes:
    """Fill in a page that stands alone: its style sheet is in it, and nothing else may load.

    Args:
        site: shared values.
        template: file name in ``templates/team/``.
        source: text of ``team.css``.
        values: what the page shows.

    Returns:
        The file's bytes in UTF-8.
    """
    css, policy = _style(source, site.frame.accent, site.frame.ink, site.frame.paper)
    names = {language.tag: language.autonym for language in site.frame.languages}
    shared = {
        **site.values,
        **TABLES,
        "autonym": lambda tag: names.get(tag, tag),
        "css": css,
        "en": _english(site.frame),
        "policy": policy,
    }
    return (site.fill(template, {**shared, **values}).rstrip("\n") + "\n").encode()


@lru_cache(maxsize=8)
def _style(source: str, accent: str, ink: str, paper: str) -> tuple[Markup, str]:
    """Give the style sheet in the brand's colours, and the policy that lets it apply."""
    css = brand_stylesheet(source, accent=accent, ink=ink, paper=paper)
    digest = base64.b64encode(hashlib.sha256(css.encode()).digest()).decode()
    policy = f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'none'"
    return Markup(css), policy  # noqa: S704  the theme's own style sheet


def _english(frame: Frame) -> Markup:
    """Give the attributes of words that are English in every language: rules and problems."""
    same = frame.lang.partition("-")[0] == "en"
    return Markup() if same else Markup(' lang="en" dir="ltr"')
