"""What each platform accepts, how readers share there, and where content is reported; with sources.

Share links are plain links: no script, no counting.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from functools import cache, lru_cache
from importlib import resources
from typing import Annotated, Any, Generic, Literal, TypeVar
from urllib.parse import quote

import msgspec
from msgspec import Meta

from stopjihad.text.count import Count, CountRule, Unit, count

T = TypeVar("T")

Confidence = Literal["high", "medium", "low", "general", "workspace"]
"""``high``: the vendor's document or code was read; ``medium``: several others agree, or one quotes
the vendor; ``low``: one other, or they disagree; ``general``: common knowledge without a source;
``workspace``: set by the campaign's own workspace."""

OTHER_NAMES = {
    "twitter": "x",
    "tweet": "x",
    "x.com": "x",
    "insta": "instagram",
    "ig": "instagram",
    "fb": "facebook",
    "meta": "facebook",
    "yt": "youtube",
    "bsky": "bluesky",
    "masto": "mastodon",
    "wa": "whatsapp",
    "tg": "telegram",
    "mail": "email",
    "newsletter": "email",
}
"""What people call platforms, in small letters, to their ids."""

Positive = Annotated[int, Meta(ge=0, le=10_000_000)]

LongText = Literal["thread", "comments", "summary", "segments"]
"""What becomes of a text that is too long: replies in a thread, comments below the post, a summary
that ends with the link, or one message sent in segments."""


class Fact(msgspec.Struct, Generic[T], frozen=True, forbid_unknown_fields=True):
    """One figure or rule, where it comes from, and how sure it is."""

    value: T
    source: str
    confidence: Confidence
    note: str = ""


class PlatformSource(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Name a document; ``dated`` is printed on it, ``checked`` is when it was read."""

    url: str
    dated: str = ""
    checked: str
    note: str = ""


class Platform(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Describe what one platform accepts.

    Attributes:
        id: slug, as in campaign files and output paths.
        name: the platform as people know it.
        unit: how its texts are counted (``stopjihad.text.count``).
        long_text: what a text over the limit becomes.
        card: picture format that suits it, or empty for none.
        limit: most units of a text.
        byte_limit: most UTF-8 bytes of a text.
        caption_limit: most units of a text that goes with a picture, where that is less.
        url_cost: units of a link, where it does not count its own length.
        title_limit: most UTF-16 units of a title, where posts have one.
        preheader_limit: most UTF-16 units that lists of mails show after the subject.
        fold: characters shown before "more".
        hashtags: most hashtags of a post.
        hashtags_advised: hashtags that serve readers best.
        hashtag_rule: what ends or spoils a hashtag.
        links_click: whether an address in the text can be clicked.
        links: how addresses are treated.
        mentions: how accounts are named, and how many may be.
        alt_limit: most characters of an image description; 0 where there is none.
        image_needed: whether a post must have a picture or a video.
        image_count: most images of a post.
        image_bytes: most bytes of an image.
        image_types: file types accepted.
        image_sizes: sizes that look right.
        carousel: how it shows slides: as several ``pictures``, as the pages of a ``document``, or
            not at all.
        document_bytes: most bytes of a document.
        document_pages: most pages of a document.
        more: other facts, among them what sources disagree about.
    """

    id: str
    name: str
    unit: Unit
    long_text: LongText
    card: str
    limit: Fact[int] | None = None
    byte_limit: Fact[int] | None = None
    caption_limit: Fact[int] | None = None
    url_cost: Fact[int] | None = None
    title_limit: Fact[int] | None = None
    preheader_limit: Fact[int] | None = None
    fold: Fact[int] | None = None
    hashtags: Fact[int] | None = None
    hashtags_advised: Fact[int] | None = None
    hashtag_rule: Fact[str] | None = None
    links_click: Fact[bool]
    links: Fact[str]
    mentions: Fact[str] | None = None
    alt_limit: Fact[int] | None = None
    image_needed: Fact[bool] | None = None
    image_count: Fact[int] | None = None
    image_bytes: Fact[int] | None = None
    image_types: Fact[tuple[str, ...]] | None = None
    image_sizes: Fact[tuple[str, ...]] | None = None
    carousel: Literal["", "pictures", "document"] = ""
    document_bytes: Fact[int] | None = None
    document_pages: Fact[int] | None = None
    more: dict[str, Fact[Any]] = {}

    @property
    def rule(self) -> CountRule:
        """How a post's text is measured."""
        return CountRule(
            unit=self.unit,
            limit=self.limit.value if self.limit else None,
            byte_limit=self.byte_limit.value if self.byte_limit else None,
            url_cost=self.url_cost.value if self.url_cost else 23,
        )


class Catalogue(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    """All platforms and the sources that their facts name."""

    sources: dict[str, PlatformSource]
    platforms: dict[str, Platform]


@cache
def catalogue() -> Catalogue:
    """Read the built-in catalogue.

    Returns:
        Platforms by id, in the order in which they are listed, and the sources.
    """
    import yaml

    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    data = resources.files("stopjihad.catalog").joinpath("data/platforms.yaml").read_bytes()
    raw = yaml.load(data, Loader=loader)  # noqa: S506 - the safe loader, in C where there is one
    for name, row in raw["platforms"].items():
        row["id"] = name
    for source in raw["sources"].values():
        source.setdefault("checked", raw["checked"])
    return msgspec.convert(
        {"sources": raw["sources"], "platforms": raw["platforms"]}, type=Catalogue
    )


class OwnPlatform(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """What a workspace sets for one platform; None leaves our value.

    The fields are those of ``Platform``, as plain values.
    """

    name: str | None = None
    long_text: LongText | None = None
    card: str | None = None
    limit: Positive | None = None
    byte_limit: Positive | None = None
    caption_limit: Positive | None = None
    url_cost: Positive | None = None
    title_limit: Positive | None = None
    preheader_limit: Positive | None = None
    hashtags: Positive | None = None
    hashtags_advised: Positive | None = None
    links_click: bool | None = None
    alt_limit: Positive | None = None
    image_needed: bool | None = None
    image_count: Positive | None = None
    image_bytes: Positive | None = None


def with_own(known: Mapping[str, Platform], own: Mapping[str, OwnPlatform]) -> dict[str, Platform]:
    """Put a workspace's own values in place of ours."""
    override = {
        name: {
            field: value
            for field in row.__struct_fields__
            if (value := getattr(row, field)) is not None
        }
        for name, row in own.items()
    }
    return {**known, **{name: platforms(override)[name] for name in override}}


Override = Mapping[str, Mapping[str, Any]]
"""Platform id to plain values of a workspace, such as ``{"mastodon": {"limit": 5000}}``."""


def platforms(override: Override | None = None) -> dict[str, Platform]:
    """Give the platforms, with a workspace's own values in place of ours.

    Args:
        override: values by platform and field; a Mastodon server may allow 5,000 characters.

    Raises:
        msgspec.ValidationError: a value has the wrong type, or a field does not exist.
        KeyError: a platform does not exist.
    """
    known = dict(catalogue().platforms)
    for name, values in (override or {}).items():
        row = msgspec.to_builtins(known[name])
        for field, value in values.items():
            row[field] = value if field in _PLAIN else _set_here(value)
        known[name] = msgspec.convert(row, type=Platform)
    return known


_PLAIN = frozenset({"name", "unit", "long_text", "card", "carousel"})


def _set_here(value: Any) -> dict[str, Any]:
    return {"value": value, "source": "workspace", "confidence": "workspace"}


def measure(platform: Platform, text: str) -> Count:
    """Measure a text by a platform's rule."""
    return count(platform.rule, text)


_Https = Annotated[str, Meta(pattern=r"^https://[^\s<>\"'\\]+$", max_length=2048)]


class ReportingService(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Describe one way to report content.

    Attributes:
        id: stable slug.
        kind: ``platform`` (a network reports go to) or ``portal`` (a national service).
        name: what people call it.
        country: ISO 3166-1 alpha-2 for a portal, ``EU`` for the Union; None for a platform.
        url: where reporting starts.
        how: what to do there, one or two English sentences; pages translate them.
        source: address of the document the row was read from.
        checked: day on which it was read.
    """

    id: Annotated[str, Meta(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$")]
    kind: Literal["platform", "portal"]
    name: str
    country: Annotated[str, Meta(pattern=r"^[A-Z]{2}$")] | None = None
    url: _Https
    how: str
    source: _Https
    checked: dt.date


@lru_cache(maxsize=1)
def services() -> tuple[ReportingService, ...]:
    """Give all rows of ``data/reporting.yaml`` in the file's order.

    Raises:
        msgspec.ValidationError: when a row lacks a field or has one too many.
        ValueError: when two rows share an id.
    """
    data = resources.files("stopjihad.catalog").joinpath("data/reporting.yaml").read_bytes()
    rows = msgspec.yaml.decode(data, type=_Reporting).services
    ids = [row.id for row in rows]
    if len(set(ids)) != len(ids):
        raise ValueError("data/reporting.yaml: two rows share an id")
    return rows


class _Reporting(msgspec.Struct, frozen=True, forbid_unknown_fields=True):
    services: tuple[ReportingService, ...]


ShareValue = Literal["text", "url", "title", "text-and-url"]


class SharePattern(msgspec.Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
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
    parameters: dict[str, ShareValue]
    source: str
    checked: str
    note: str = ""


@cache
def share_patterns() -> dict[str, SharePattern]:
    """Read the share links that we know, by platform.

    Returns:
        Patterns in the order in which a page offers them.
    """
    data = resources.files("stopjihad.catalog").joinpath("data/share.yaml").read_bytes()
    return msgspec.yaml.decode(data, type=dict[str, SharePattern])


def share_link(name: str, *, text: str, url: str, title: str) -> str:
    """Make the link that opens a platform's own composer with our words in it.

    Args:
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
        f"{parameter}={_percent_encode(_SHARE_VALUES[value](given))}"
        for parameter, value in pattern.parameters.items()
    )
    return f"{pattern.address}{pattern.start}{values}"


class _ShareWords(msgspec.Struct, frozen=True):
    text: str
    url: str
    title: str


_SHARE_VALUES: dict[ShareValue, Callable[[_ShareWords], str]] = {
    "text": lambda words: words.text,
    "url": lambda words: words.url,
    "title": lambda words: words.title,
    "text-and-url": lambda words: f"{words.text}\n\n{words.url}",
}


def _percent_encode(value: str) -> str:
    return quote(value, safe="", errors="replace")
