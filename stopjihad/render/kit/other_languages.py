"""Link to the pages for those who speak another language than the kit does."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from stopjihad.render.kit.records import KitContents
from stopjihad.view.helplines import opening_words
from stopjihad.view.page_address import absolute
from stopjihad.view.records import Frame, HelplineView, LanguageView


class SpokenPage(NamedTuple):
    """Name a page of the site that says in a language how to begin a call.

    Attributes:
        language: of the page.
        address: on the site, at the lines of one country.
    """

    language: LanguageView
    address: str


def pages_to_call_with(
    contents: KitContents, frame: Frame, lines: Sequence[HelplineView]
) -> Iterator[SpokenPage]:
    """Give a page of the site for each other language that ``lines`` do not answer in."""
    for language in contents.languages:
        calling = [line for line in lines if opening_words([line], language.tag)]
        if language.tag != frame.lang and calling:
            path = f"{language.tag}/help/index.html#country-{calling[0].country}"
            yield SpokenPage(language, absolute(frame.base_url, path))
