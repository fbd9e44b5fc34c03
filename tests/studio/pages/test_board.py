"""The board's buttons carry what they approve."""

from __future__ import annotations

import json
from html.parser import HTMLParser

from support.build import CAMPAIGN
from support.studio import Running


class Approvals(HTMLParser):
    """Collect what the buttons of a page approve."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.found: list[str] = []
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found += [value or "" for name, value in attrs if name == "data-approve"]


def test_a_button_names_the_texts_that_it_approves(studio: Running) -> None:
    """The list ended at its first quotation mark: nothing was approved."""
    page = studio.ask(f"/c/{CAMPAIGN}/board?language=fr").body.decode()
    buttons = Approvals(page).found
    assert buttons
    for button in buttons:
        for context, digest in json.loads(button):
            assert "/" in context
            assert len(digest) == 32
