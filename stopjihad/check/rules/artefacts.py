"""Judge finished pages and drafts: what templates of a team's own could have broken.

They must agree with the words of the campaign in each language (``artefact_words``).
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache
from typing import NotRequired, TypedDict

import msgspec

from stopjihad.catalog.rules import Rule
from stopjihad.check.finding import Finding, message
from stopjihad.check.rules.artefact_words import ExpectedCampaign, ExpectedWords, plain, told_claim
from stopjihad.check.rules.claims import repeated_words
from stopjihad.text.unicode.script import direction

_MARKUP = re.compile(
    r"<(?:[^st>][^>]*>|(script|style|template|svg)\b(?:[^<]+|<(?!/\1>))*+</\1>|[^>]*>)"
)
"""A tag, or an element that shows no words, with all that is in it. Most tags begin with neither s
nor t: they are tried first."""

_ENDS_HIDDEN = re.compile(r"</(?:script|style|template|svg)\b")
_ROOT = re.compile(r"<html\b([^>]*)>")
_HEADING = re.compile(r"<h1\b[^>]*>(.*?)</h1>(?:\s*<p\b[^>]*>(.*?)</p>)?", re.DOTALL)
_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_META = re.compile(r'<meta (?:property|name)="([^"]+)" content="([^"]*)"')
_IMAGE = re.compile(r"<img\b[^>]*>")
_DATA = '<script type="application/ld+json">'  # structured data follows
_AWAY = (re.compile(r'href="([^".#][^"]*)'), re.compile(r'src="([^".#][^"]*)'))
"""Addresses that lead elsewhere: most begin with a full stop or a number sign. Two expressions that
begin with plain letters take half the time of cutting the page at each attribute."""

_TELEPHONE = 'href="tel:'
_HELP = re.compile(r'href="[^"]*\bhelp/')
_POINT = re.compile(r"site/([^/]+)/points/([^/]+)/index\.html")
_NAMED = ("og:title", "twitter:title", "og:image:alt", "twitter:image:alt")
_LONG = ("description", "og:description", "twitter:description")
"""What link previews show of a page; the claim makes up none of it."""


_KNOWN = 8192
"""Most lines of drafts that are remembered: 100 talking points have 1,000 in a language, and drafts
come language by language."""


class PartArtefact(TypedDict):
    """One post of a thread."""

    text: str


class ImageArtefact(TypedDict):
    """A picture of a draft."""

    alt: NotRequired[str | None]


class ScriptArtefact(TypedDict):
    """A scene of a film's script."""

    shown: str
    spoken: str


class FrameArtefact(TypedDict):
    """A frame of a story."""

    text: str


class DraftArtefact(TypedDict):
    """What is judged of an entry of ``posts.json``."""

    language: str
    platform: str
    point: str
    parts: list[PartArtefact]
    images: NotRequired[list[ImageArtefact] | None]
    title: NotRequired[PartArtefact | None]
    preheader: NotRequired[PartArtefact | None]
    comment: NotRequired[PartArtefact | None]
    script: NotRequired[list[ScriptArtefact]]
    story: NotRequired[list[FrameArtefact]]


class Judge:
    """Judge artefacts of one campaign."""

    def __init__(
        self,
        campaign: ExpectedCampaign,
        rules: Mapping[str, Rule],
        silent: frozenset[str] = frozenset(),
    ) -> None:
        """Keep what artefacts must agree with.

        Args:
            silent: platforms without a place for alternative texts.
        """
        self._campaign = campaign
        self._rules = rules
        self._silent = silent
        # Drafts of a talking point say the same lines on several platforms.
        self._may_lead = lru_cache(maxsize=_KNOWN)(campaign.denied.may_be_in)

    def page(self, path: str, text: str) -> Iterator[Finding]:
        """Judge a finished page.

        Args:
            path: its file relative to the campaign's output, such as ``site/en/index.html``.

        Raises:
            ValueError: its structured data is no JSON.
        """
        yield from self._frame(path, text)
        for rest in text.split(_DATA)[1:]:
            yield from self._data(path, rest.partition("</script>")[0])
        match = _POINT.fullmatch(path)
        point = self._campaign.points.get((match[1], match[2])) if match else None
        if point is not None:
            yield from self._point(path, text, point)

    def draft(self, path: str, draft: DraftArtefact) -> Iterator[Finding]:
        """Judge a post draft."""
        point = self._campaign.points.get((draft["language"], draft["point"]))
        if point is None:
            return
        where = f"{draft['platform']} post"
        text = "\n".join(part["text"] for part in draft["parts"])
        if point.niche:
            yield self._make_finding("AMP01", path, point, words=f"there is a {where}")
        if point.claim:
            yield from self._order(path, plain(text), point, where)
            yield from self._judge_beside(path, draft, point, where)
        comment = draft.get("comment")
        text = f"{text}\n{comment['text']}" if comment else text
        leads = any(map(self._may_lead, text.split("\n")))
        for address in self._campaign.denied.addresses(text) if leads else ():
            yield self._make_finding("EVD02", path, point, field=where, words=address)
        for image in draft.get("images") or ():
            alt = image.get("alt")
            if not alt and draft["platform"] not in self._silent:
                yield self._make_finding("ACC01", path, point, words=f"of the {where} is missing")
            elif alt and point.claim and not point.warns_in(alt):
                yield self._make_finding(
                    "STR04", path, point, field="alternative text", words=_ALONE
                )

    def _judge_beside(
        self, path: str, draft: DraftArtefact, point: ExpectedWords, where: str
    ) -> Iterator[Finding]:
        """Judge what is read or heard beside a post: each of it is met alone."""
        comment = draft.get("comment")
        if comment:
            yield from self._order(path, plain(comment["text"]), point, f"comment of the {where}")
        titles = {"title": draft.get("title"), "preheader": draft.get("preheader")}
        named = {f"{key} of the {where}": part["text"] for key, part in titles.items() if part}
        yield from self._repeated_words(path, named, point)
        films = [(scene["shown"], scene["spoken"]) for scene in draft.get("script", ())]
        stories = [(frame["text"],) for frame in draft.get("story", ())]
        claim, warning = told_claim(point.claim), plain(point.warning)
        for name, frames in (("film", films), ("story", stories)):
            field = f"{name} of the {where}"
            said = [plain(text) for texts in frames for text in dict.fromkeys(texts)]
            alone = [text for text in said if claim in text]
            if any(warning not in text.partition(claim)[2] for text in alone):
                yield self._make_finding("STR04", path, point, field=field, words=_ALONE)
            if alone and any(claim in plain(text) for text in frames[0]):
                yield self._make_finding("STR01", path, point, field=field, words=point.claim[:60])

    def _frame(self, path: str, text: str) -> Iterator[Finding]:
        root = _ROOT.search(text)
        language, written = (_attribute(root[1] if root else "", name) for name in ("lang", "dir"))
        if not language or written != direction(language):
            words = f"page {language or 'without language'} is written {written or 'nowhere'}"
            yield self._make_finding("LOC02", path, None, words=words)
        sponsor = self._campaign.sponsors.get(language, "")
        missing = _unnamed_names((sponsor, *self._campaign.funders), text)
        if missing and path.count("/") > 1:
            yield self._make_finding(
                "TRN01", path, None, field="the page", words=", ".join(missing)
            )
        if _TELEPHONE not in text and not _HELP.search(text) and path.count("/") > 1:
            yield self._make_finding("SAF01", path, None, words="is named on this page")
        for image in _IMAGE.findall(text) if "<img" in text else ():
            if 'alt="' not in image:
                yield self._make_finding("ACC01", path, None, words="of a picture is missing")
        yield from self._links(path, text)

    def _links(self, path: str, text: str) -> Iterator[Finding]:
        denied = self._campaign.denied
        written = "\n".join(_links(text))
        # Other entities might hide a letter of an address: most pages have these two alone.
        hidden = written.count("&") > written.count("&amp;") + written.count("&#39;")
        if hidden or denied.may_be_in(written):
            for address in dict.fromkeys(html.unescape(written).split("\n")):
                for found in denied.addresses(address):
                    yield self._make_finding("EVD02", path, None, field="page", words=found)

    def _data(self, path: str, block: str) -> Iterator[Finding]:
        data = msgspec.json.decode(block)
        if not isinstance(data, dict) or data.get("@type") != "ClaimReview":
            return
        item = data.get("itemReviewed")
        fields = {*data, *(item if isinstance(item, dict) else ())}
        if {"appearance", "firstAppearance"} & fields:
            yield self._make_finding(
                "EVD02", path, None, field="structured data", words="an appearance"
            )
        match = _POINT.fullmatch(path)
        point = self._campaign.points.get((match[1], match[2])) if match else None
        if point is not None and point.level not in {"crossing", "mainstream"}:
            yield self._make_finding("MRK01", path, point, words="is given to machines too early")

    def _point(self, path: str, text: str, point: ExpectedWords) -> Iterator[Finding]:
        heading = _HEADING.search(text)
        first = _clean(heading[1]) if heading else ""
        above = point.question or point.line
        answered = above and plain(above) in plain(first)
        leading = _clean((heading[2] if answered else heading[1]) or "") if heading else ""
        if plain(point.fact) not in plain(leading):
            yield self._make_finding("STR01", path, point, field="page", words=first[:60])
        title = _TITLE.search(text)
        metas = {name: html.unescape(value) for name, value in _META.findall(text)}
        named = {"title": _clean(title[1]) if title else "", "heading": first}
        named |= {name: metas[name] for name in _NAMED if name in metas}
        named |= {name: metas[name] for name in _LONG if name in metas}
        if point.claim:
            yield from self._repeated_words(path, named, point)
        if point.claim:
            yield from self._order(path, _shown_text(text), point, "page")
        if point.niche and "noindex" not in metas.get("robots", ""):
            yield self._make_finding("AMP01", path, point, words="search engines may list its page")
        if point.niche and "og:image" in metas:
            yield self._make_finding("AMP01", path, point, words="its page offers a card")

    def _repeated_words(
        self, path: str, named: Mapping[str, str], point: ExpectedWords
    ) -> Iterator[Finding]:
        known: dict[tuple[str, str], tuple[str, ...]] = {}
        for field, words in named.items():
            # A paragraph shares words with the claim by chance: more of them must agree.
            rule = "STR03" if field in _LONG else "STR02"
            common = known.get((rule, words))
            if common is None:
                params = self._rules[rule].params
                left = point.without_excused(words)
                common = repeated_words(left, point.claim, point.language, params)
                known[rule, words] = common  # most previews show the heading again
            if common:
                yield self._make_finding("STR02", path, point, field=field, words=", ".join(common))

    def _order(self, path: str, shown: str, point: ExpectedWords, field: str) -> Iterator[Finding]:
        """Hold the order in a text in its plain form: fact, claim, warning; and the claim once."""
        claim = told_claim(point.claim)
        place = shown.find(claim)
        if place < 0:
            return
        if plain(point.fact) not in shown[:place]:
            words = point.claim[:60]
            yield self._make_finding("STR01", path, point, field=field, words=words)
        if plain(point.warning) not in shown[place:]:
            yield self._make_finding("STR04", path, point, field=field, words=_ALONE)
        if shown.count(claim) > 1:
            yield self._make_finding("STR03", path, point, field=field, words=point.claim[:60])

    def _make_finding(
        self, rule: str, path: str, point: ExpectedWords | None, **values: object
    ) -> Finding:
        subject = f"points/{point.id}" if point else path
        return Finding(rule, subject, path, 0, 0, message(self._rules[rule], **values))


_ALONE = "without its warning after it"


def _attribute(tag: str, name: str) -> str:
    match = re.search(rf'\b{name}="([^"]*)"', tag)
    return match[1] if match else ""


def _links(text: str) -> list[str]:
    """List the values of ``href`` and ``src``, without those that stay within the site."""
    return [address for known in _AWAY for address in known.findall(text)]


def _unnamed_names(names: Iterable[str], text: str) -> list[str]:
    """List the names that a page does not show. Most footers show all: they are read first."""
    missing = [name for name in names if name]
    for part in (_footer(text), text):
        shown = _shown_text(part) if part and missing else ""
        missing = [name for name in missing if plain(name) not in shown]
    return missing


@lru_cache(maxsize=64)  # the pages of a language share a few footers, one for each depth
def _shown_text(text: str) -> str:
    return plain(_words(text))


def _footer(text: str) -> str:
    """Give what comes last on a page, unless that might be inside of what is not shown."""
    place = text.rfind("<footer")
    rest = text[place:] if place >= 0 else ""
    return rest if not _ENDS_HIDDEN.search(rest) else ""


def _words(text: str) -> str:
    """Give the words that a page shows, in order."""
    return _clean(text.partition("<body")[2] or text)


def _clean(markup: str) -> str:
    return html.unescape(_MARKUP.sub(" ", markup))
