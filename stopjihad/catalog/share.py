"""Make the links with which readers pass a page on: plain links, no script, no counting."""

from __future__ import annotations

from collections.abc import Callable
from functools import cache
from importlib import resources
from typing import Literal
from urllib.parse import quote

import msgspec

Value = Literal["text", "url", "title", "text-and-url"]


class Pattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Describe a platform's share link.

    Attributes:
        name: the platform as readers know it.
        address: everything before the parameters.
        start: what opens the parameters: ``?``, ``#`` or, for text messages, ``?&``.
        parameters: parameter name to the value that it carries, in order.
        source: where the pattern is documented.
        checked: day on which the source was read.
        note: what to know about it.
    """

    name: str
    address: str
    start: Literal["?", "#", "?&"] = "?"
    parameters: dict[str, Value]
    source: str
    checked: str
    note: str = ""


@cache
def share_patterns() -> dict[str, Pattern]:
    """Read the share links that we know, by platform.

    Returns:
        Patterns in the order in which a page offers them.
    """
    data = resources.files("stopjihad.catalog").joinpath("data/share.yaml").read_bytes()
    return msgspec.yaml.decode(data, type=dict[str, Pattern])


def share_link(name: str, *, text: str, url: str, title: str) -> str:
    """Make the link that opens a platform's own composer with our words in it.

    Args:
        name: a key of ``share_patterns``.
        text: what the post says.
        url: absolute address of the page.
        title: heading, for platforms that ask for one (Reddit, e-mail).

    Returns:
        An absolute address in ASCII; each value is percent-encoded as a whole.

    Raises:
        KeyError: the platform has no share link.
    """
    pattern = share_patterns()[name]
    given = _ShareWords(text=text, url=url, title=title)
    values = "&".join(
        f"{parameter}={_encoded(_VALUES[value](given))}"
        for parameter, value in pattern.parameters.items()
    )
    return f"{pattern.address}{pattern.start}{values}"


class _ShareWords(msgspec.Struct, frozen=True):
    text: str
    url: str
    title: str


_VALUES: dict[Value, Callable[[_ShareWords], str]] = {
    "text": lambda words: words.text,
    "url": lambda words: words.url,
    "title": lambda words: words.title,
    "text-and-url": lambda words: f"{words.text}\n\n{words.url}",
}


def _encoded(value: str) -> str:
    return quote(value, safe="", errors="replace")
