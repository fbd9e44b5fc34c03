"""Write a page for families, to read without internet and to print."""

from __future__ import annotations

import re

from markupsafe import Markup

from stopjihad.catalog.terms import NEEDS
from stopjihad.model import input_names
from stopjihad.plan.decoded import StepInputs
from stopjihad.render.kit.other_languages import pages_to_call_with
from stopjihad.render.kit.records import POLICY, KitContents, KitGuide
from stopjihad.theme.dialling import dial_lines
from stopjihad.theme.job import PageJob
from stopjihad.theme.site import site_of
from stopjihad.view.helplines import lines_in_reach, opening_words, urgent_words
from stopjihad.view.page_address import absolute
from stopjihad.view.records import Frame

_CITED = re.compile(r"\s?\[\^[A-Za-z0-9-]+\]")


def write_guide(guide: KitGuide, contents: KitContents, lang: str, decoded: StepInputs) -> bytes:
    """Write a page for families, with whom to call before its words.

    Returns:
        HTML in UTF-8. What it links to in the kit is opened there, other pages on the site.
    """
    from stopjihad.view.markdown import render_prose

    frame: Frame = decoded.typeset(input_names.frame(lang))
    words = decoded.value(input_names.words(lang))
    site = site_of(decoded.theme(), PageJob(frame=frame, words=words, path=guide.file(lang)))
    root = absolute(frame.base_url, f"{lang}/")
    body = render_prose(guide.body, (), lang, root=root)
    for other in contents.guides:
        body = body.replace(f"{root}pages/{other.id}/index.html", other.file(lang))
    body = body.replace(f"{root}help/index.html", "README.html#help")
    body = _CITED.sub("", body)  # the page on the site has the sources
    values = {
        **site.values,
        "policy": POLICY,
        "guide": guide,
        "body": dial_lines(Markup(body), frame.helplines),  # noqa: S704 -- cleaned there
        "reach": (reach := lines_in_reach(frame, guide.need)),
        "opening": opening_words(reach, lang),
        "urgent_opening": urgent_words(reach, lang),
        "spoken_pages": tuple(pages_to_call_with(contents, frame, reach)),
        "reached": guide.need,
        "headings": {need: term.text for need, term in NEEDS.items()},
        "danger": site.danger(),
        "address": absolute(frame.base_url, f"{lang}/pages/{guide.id}/index.html"),
    }
    return site.fill("kit-guide.html", values).encode()
