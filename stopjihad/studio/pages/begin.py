"""Begin a campaign of one's own: its name, who is behind it, look, languages, country, helplines.

Throughout, ``request`` is what a page of the studio asks, and ``live`` the campaign that its
address names.
"""

from __future__ import annotations

import re

import msgspec
from starlette.requests import Request
from starlette.responses import Response

from stopjihad.catalog.countries import COUNTRIES
from stopjihad.catalog.languages import autonym, country_name, is_known
from stopjihad.check.placeholders import reserved_host
from stopjihad.model.point import HttpsUrl
from stopjihad.studio.answers import (
    answer_json,
    newest_project,
    read_json,
    refuse_in_words,
    show_campaign,
    speakers,
    with_live_campaign,
)
from stopjihad.studio.builder import Builder
from stopjihad.studio.known_lines import KnownLine, known_lines
from stopjihad.studio.live.campaign import LiveCampaign
from stopjihad.studio.pages.settings import (
    Fields,
    country_choices,
    interface_of,
    left_of_sample,
    save_fields,
)
from stopjihad.studio.pages.settings_languages import addable_languages, make_files, with_languages
from stopjihad.studio.pages.settings_numbers import answers_in, with_choice, with_lines
from stopjihad.studio.words import mark_translatable
from stopjihad.text.yaml.fields import Edit, Remove, SetField


def is_fresh(live: LiveCampaign) -> bool:
    """Tell whether nobody has begun a campaign of theirs: the sample's sponsor still stands."""
    project = newest_project(live)
    if project is None or not project.campaign.record.sample:
        return False
    return any(one.message.startswith("sponsor.name ") for one in left_of_sample(live))


@with_live_campaign
def begin(request: Request, live: LiveCampaign) -> Response:
    """Show what is asked of those who begin."""
    interface = interface_of(request)
    project = newest_project(live)
    source = project.campaign.record.source_language if project else "en"
    return show_campaign(
        request,
        live,
        "begin.html",
        countries=country_choices(interface),
        country=lambda code: country_name(code, interface),
        lines=known_lines(source),
        ready=addable_languages(live)[0],
        source=source,
        source_name=autonym(source),
    )


class SentCampaign(msgspec.Struct, forbid_unknown_fields=True):
    """What those who begin say of their campaign."""

    title: str
    tagline: str
    address: str
    sponsor: str
    funders: str
    disclosure: str
    contact: str
    accent: str
    ink: str
    paper: str
    country: str
    languages: list[str] | str = []
    lines: list[str] | str = []


_WANTED = {
    "title": mark_translatable("Give the campaign a name."),
    "tagline": mark_translatable("Say in a few words what it offers."),
    "sponsor": mark_translatable("Say who stands behind this campaign."),
    "funders": mark_translatable("Say who pays for it."),
    "contact": mark_translatable("Give the address to which readers report mistakes."),
    "country": mark_translatable("Choose a country."),
}
"""Fields that must be filled, and what is said beside those that are not."""

_COLOUR = re.compile(r"#[0-9a-f]{6}")


@refuse_in_words
async def finish(request: Request, live: LiveCampaign) -> Response:
    """Keep what was said, make the files of translations, and build."""
    sent: SentCampaign = await read_json(request, SentCampaign)
    say, _ = speakers(request, live)
    texts = {name: " ".join(str(getattr(sent, name)).split()) for name in _WANTED}
    wrong = {name: say(words) for name, words in _WANTED.items() if not texts[name]}
    if texts["country"] not in COUNTRIES:
        wrong["country"] = say(_WANTED["country"])
    address = _whole_address(sent.address)
    if address is None:
        wrong["address"] = say(NO_ADDRESS)
    if wrong:
        return answer_json({"refused": say(UNSAID), "fields": wrong}, 422)
    source = newest_project(live).campaign.record.source_language
    ids = [sent.lines] if isinstance(sent.lines, str) else sent.lines
    known = [one for one in known_lines(source) if one.id in ids]
    added = [sent.languages] if isinstance(sent.languages, str) else sent.languages
    spoken = [source, *(tag for tag in added if tag != source and is_known(tag))]
    kept = {one.id for one in known} | _chosen_elsewhere(live, spoken)
    await save_fields(
        request, live, "helplines.yaml", lambda found: _lines_left(found, known, kept)
    )
    await save_fields(
        request,
        live,
        "campaign.yaml",
        lambda found: (
            _edits(sent, texts)
            + _address_edits(found, address or "")
            + with_languages(found, spoken)
            + [
                edit
                for tag in spoken
                for edit in with_choice(
                    found,
                    tag,
                    texts["country"] if tag == source else "",
                    [one.id for one in known if answers_in(one, tag)],
                )
            ]
        ),
    )
    await _sign_pages(request, live, texts)
    await make_files(request, live, ())
    builder: Builder = request.app.state.builder
    builder.start(live)
    return answer_json({"building": True})


async def _sign_pages(request: Request, live: LiveCampaign, texts: dict[str, str]) -> None:
    """Put our address where a page names the sample's, and our name beside our logo."""
    for page in newest_project(live).pages:
        await save_fields(
            request,
            live,
            page.path.removeprefix(f"campaigns/{live.slug}/"),
            lambda found: _own_contact(found, texts["contact"]),
        )
    logo = newest_project(live).campaign.record.brand.logo
    notes = f"media/{logo}.yaml"
    if logo and (live.root / "campaigns" / live.slug / notes).is_file():
        made = [SetField(("source",), texts["sponsor"]), SetField(("alt",), texts["title"])]
        await save_fields(request, live, notes, lambda _: [*made])


def _own_contact(found: Fields, contact: str) -> list[Edit]:
    body = str(found.get("body") or "")
    own = reserved_host().sub(lambda host: contact if "@" in host[0] else host[0], body)
    return [SetField(("body",), own)] if own != body and "@" in contact else []


def _whole_address(said: str) -> str | None:
    """Complete the address of a site; nothing where nothing was said, None where it is none."""
    words = said.strip()
    if not words:
        return ""
    address = words if "//" in words else f"https://{words}"
    try:
        return msgspec.convert(address, HttpsUrl)
    except msgspec.ValidationError:
        return None


def _address_edits(found: Fields, address: str) -> list[Edit]:
    """Say where the site is, where it was said; the address of the sample's sponsor goes."""
    edits: list[Edit] = [SetField(("base_url",), address)] if address else []
    sponsor = found.get("sponsor")
    url = sponsor.get("url") if isinstance(sponsor, dict) else None
    return edits + (
        [Remove(("sponsor", "url"))] if url and reserved_host().search(str(url)) else []
    )


def _chosen_elsewhere(live: LiveCampaign, spoken: list[str]) -> set[str]:
    """Name the helplines that stand for other languages than those of whoever begins."""
    entries = newest_project(live).campaign.record.helplines
    return {line for one in entries if one.language not in spoken for line in one.lines}


def _lines_left(found: Fields, known: list[KnownLine], kept: set[str]) -> list[Edit]:
    """Give the edits of ``helplines.yaml``: those of the sample that nobody chose go."""
    listed = found.get("helplines")
    lines = listed if isinstance(listed, list) else []
    ids = [one.get("id") if isinstance(one, dict) else None for one in lines]
    gone = [place for place, name in enumerate(ids) if name not in kept] if known else []
    added = with_lines(found, known)  # first, at the end: the places of the others stay
    return [*added, *(Remove(("helplines", place)) for place in reversed(gone))]


NO_ADDRESS = mark_translatable("Write the whole address, such as https://facts.example.org.")
UNSAID = mark_translatable("Something is still to be said.")


def _edits(sent: SentCampaign, texts: dict[str, str]) -> list[Edit]:
    """Give the edits of single fields; who decides is said by what was said of the sponsor."""
    colours = {"accent": sent.accent, "ink": sent.ink, "paper": sent.paper}
    payers = [one.strip() for one in sent.funders.splitlines() if one.strip()]
    disclosure = " ".join(sent.disclosure.split()) or texts["sponsor"]
    edits: list[Edit] = [
        SetField(("title",), texts["title"]),
        SetField(("tagline",), texts["tagline"]),
        SetField(("sponsor", "name"), texts["sponsor"]),
        SetField(("sponsor", "funders"), [*payers]),
        SetField(("sponsor", "disclosure"), disclosure),
        SetField(("corrections", "contact"), texts["contact"]),
    ]
    return edits + [
        SetField(("brand", name), value)
        for name, value in colours.items()
        if _COLOUR.fullmatch(value)
    ]
