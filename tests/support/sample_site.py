"""A small site in three languages, made by hand: what page tests and looks at pages start from."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import msgspec
import polib
from stopjihad.catalog.platforms import services
from stopjihad.model.point import Sensitivity, Source
from stopjihad.theme import (
    FreePage,
    KitItem,
    ListEntry,
    PageDraft,
    PageEdition,
    PageJob,
    PagePicture,
    Theme,
    brand_drawing,
    brand_stylesheet,
    make_palette,
)
from stopjihad.theme.job import FoundFact, IndexedPoint, Letter, WordPlace
from stopjihad.view.records import (
    ActionView,
    AlertView,
    CorrectionView,
    Frame,
    Headline,
    HelplineView,
    LanguageView,
    MistakeView,
    NamedItem,
    PointView,
    Prose,
    Text,
    WithdrawnView,
)

ROOT = Path(__file__).parents[2]
LANGUAGES = (
    LanguageView(tag="en", autonym="English", direction="ltr"),
    LanguageView(tag="fr", autonym="français", direction="ltr"),
    LanguageView(tag="ar", autonym="العربية", direction="rtl"),
)
TAGS = tuple(language.tag for language in LANGUAGES)
DAY = dt.date(2026, 11, 24)
BRAND = {"accent": "#0b6b5d", "ink": "#14232b", "paper": "#fbfaf7"}

SAID: dict[str, dict[str, str]] = json.loads(
    Path(__file__).with_name("sample_site.json").read_text()
)
"""What the sample says, by key and language."""

SOURCES = (
    Source(
        id="un2014",
        title="Rule of Terror: Living under ISIS in Syria",
        publisher="UN Independent International Commission of Inquiry",
        url="https://www.ohchr.org/en/example/rule-of-terror",
        published=dt.date(2014, 11, 14),
        accessed=dt.date(2026, 11, 20),
    ),
    Source(
        id="amnesty2016",
        title="Punished for Daesh’s crimes",
        publisher="Amnesty International",
        url="https://www.amnesty.org/en/documents/example",
        published=dt.date(2016, 10, 18),
        accessed=dt.date(2026, 11, 20),
        archived_url="https://web.archive.org/web/2016/https://www.amnesty.org/",
    ),
    Source(
        id="letter2014",
        title="رسالة مفتوحة",
        publisher="Open Letter",
        url="https://example.org/letter",
        accessed=dt.date(2026, 11, 21),
    ),
)
HEADLINES = (
    ("they-protect-muslims", "fact", "justice"),
    ("a-family-at-last", "other-1", "belonging"),
    ("helping-children", "other-2", "humanitarian"),
    ("at-home-here", "other-3", "identity"),
    ("the-pay-stops", "other-4", "money"),
    ("order-by-fear", "other-5", "security"),
)
FACTORS = (
    "belonging",
    "justice",
    "humanitarian",
    "identity",
    "security",
    "money",
    "adventure",
    "status",
)


def said(key: str, lang: str) -> Text:
    """Give a text of the sample in a language."""
    return Text(SAID[key][lang], lang)


def load_theme() -> Theme:
    """Read the theme as it stands in the repository."""
    folder = ROOT / "templates" / "site"
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    texts = {path.relative_to(folder).as_posix(): path.read_text() for path in files}
    drawings = sorted((ROOT / "assets" / "drawings").glob("*.svg"))
    texts |= {f"art/{path.name}": path.read_text().strip() for path in drawings}
    return Theme(tuple(sorted(texts.items())), frozenset(texts))


def load_words(lang: str) -> dict[str, str]:
    """Read the theme's words in a language; none for English."""
    path = ROOT / "templates" / "locale" / f"{lang}.po"
    if not path.exists():
        return {}
    return {
        entry.msgid: entry.msgstr
        for entry in polib.pofile(str(path))
        if entry.msgstr and not entry.msgctxt
    }


def make_assets() -> dict[str, tuple[str, str]]:
    """Make the published assets: logical name to published name and text."""
    palette = make_palette(**BRAND)
    read = (ROOT / "assets").joinpath
    css = brand_stylesheet(read("site.css").read_text(), **BRAND)
    icon = brand_drawing(read("favicon.svg").read_text(), palette)
    return {
        "site.css": ("assets/site.0123456789ab.css", css),
        "embed.css": ("assets/embed.0123456789ab.css", read("embed.css").read_text()),
        "favicon.svg": ("assets/favicon.0123456789ab.svg", icon),
    }


def helpline(lang: str, country: str, tags: tuple[str, ...]) -> HelplineView:
    """Make one of the sample's helplines."""
    names = {"FR": "Numéro vert", "GB": "ACT Early Support Line", "AT": "Beratungsstelle"}
    numbers = {
        "FR": ("0 800 005 696", "+33800005696"),
        "GB": ("0800 011 3764", "+448000113764"),
        "AT": ("0800 20 20 44", "+43800202044"),
    }
    countries = {
        "FR": ("France", "France", "فرنسا"),
        "GB": ("United Kingdom", "Royaume-Uni", "المملكة المتحدة"),
        "AT": ("Austria", "Autriche", "النمسا"),
    }
    own = {"FR": "fr", "GB": "en", "AT": "de"}[country]
    autonyms = {"en": "English", "fr": "français", "ar": "العربية", "de": "Deutsch", "tr": "Türkçe"}
    return HelplineView(
        id=country.lower(),
        country=country,
        country_name=countries[country][TAGS.index(lang)],
        name=Text(names[country], own),
        printed=numbers[country][0],
        e164=numbers[country][1],
        hours=said("daily" if country == "GB" else "hours", lang),
        opening=("Mo-Fr 09:00-18:00",),
        languages=tags,
        language_names=tuple(autonyms[tag] for tag in tags),
        operator="police" if country != "AT" else "ngo",
        operator_note=None,
        anonymous=True if country != "GB" else None,
        emergency=Text("112", lang),
        url="https://www.example.org/help",
        source="https://www.example.org/help/about",
        verified_on=dt.date(2026, 11, 20),
        verified_how="read",
    )


def make_frame(lang: str) -> Frame:
    """Make the frame of a language."""
    lines = {
        "en": (("GB", ("en",)), ("AT", ("de", "tr", "en", "ar")), ("FR", ("fr",))),
        "fr": (("FR", ("fr",)), ("AT", ("de", "tr", "en", "ar")), ("GB", ("en",))),
        "ar": (("AT", ("de", "tr", "en", "ar")), ("FR", ("fr",)), ("GB", ("en",))),
    }[lang]
    shown = tuple(helpline(lang, country, tags) for country, tags in lines)
    return Frame(
        signing_key="RWQ" + "k9F+" * 13 + "a",
        campaign="stop-jihadism",
        lang=lang,
        direction="rtl" if lang == "ar" else "ltr",
        title=said("title", lang),
        tagline=said("tagline", lang),
        summary=said("summary", lang),
        sample=True,
        base_url="https://campaign.example.org",
        source_language="en",
        languages=LANGUAGES,
        audiences=(
            NamedItem(id="relatives", name=said("relatives", lang), kind="relatives"),
            NamedItem(id="young-people", name=said("young", lang), kind="public"),
            NamedItem(id="approached", name=said("approached", lang), kind="at-risk"),
        ),
        messengers=(NamedItem(id="survivors", name=said("survivors", lang), kind="survivor"),),
        claimant=Text("Recruiters say", "en"),
        reporting=True,
        pull_factors=FACTORS,
        menu=(NamedItem(id="for-parents", name=said("parents-page", lang)),),
        pages=("about", "accessibility", "for-parents", "privacy"),
        sponsor=said("sponsor", lang),
        funders=("Sample Foundation", "مؤسسة المثال"),
        disclosure=said("disclosure", lang),
        sponsor_url="https://example.org",
        corrections_contact="corrections@example.org",
        corrections_policy=said("corrections", lang),
        helplines=shown,
        standing=shown[:1],
        market=shown[0].country,
        hashtags=("FactsFirst",),
        accent=BRAND["accent"],
        ink=BRAND["ink"],
        paper=BRAND["paper"],
        policy="notice",
        updated=DAY,
    )


def make_headlines(lang: str) -> tuple[Headline, ...]:
    """Make the headlines of a language."""
    return tuple(
        Headline(
            id=name,
            fact=said(key, lang),
            mode="debunk",
            pull_factor=factor,
            audiences=("relatives",),
            updated=DAY,
            complete=True,
        )
        for name, key, factor in HEADLINES
    )


PLACES = (WordPlace("A", "u0061", 1), WordPlace("F", "u0066", 2))


def ask(headlines: tuple[Headline, ...], lang: str) -> tuple[Headline, ...]:
    """Give headlines a question."""
    return tuple(
        msgspec.structs.replace(item, question=said("relatives", lang)) for item in headlines[:2]
    )


def make_point(lang: str) -> PointView:
    """Make the talking point of a language."""
    return PointView(
        id="they-protect-muslims",
        lang=lang,
        mode="debunk",
        fact=said("fact", lang),
        claim=said("claim", lang),
        warning=said("warning", lang),
        technique="us-vs-them",
        pull_factor="justice",
        audiences=("relatives",),
        messenger="survivors",
        action=ActionView(label=said("action", lang), kind="helpline"),
        alternative=Prose((said("alternative", lang),)),
        body=Prose((said("body", lang),)),
        sources=SOURCES,
        posts={},
        sensitivity=Sensitivity(graphic=True),
        level="mainstream",
        approved_on=dt.date(2026, 11, 22),
        updated=dt.date(2026, 11, 22),
        complete=True,
        reviewed=lang == "en",
    )


def mix_languages(lang: str) -> PointView:
    """Make the talking point as it looks when half of it has no translation yet."""
    point = make_point(lang)
    return msgspec.structs.replace(
        point,
        fact=said("fact", "en"),
        claim=said("claim", "en"),
        action=ActionView(label=said("action", "en"), kind="link", url="https://example.org/a?b=c"),
        body=Prose((Text(said("body", lang).value.split("\n\n")[0], lang), said("body", "en"))),
        complete=False,
    )


def make_pictures(lang: str) -> tuple[PagePicture, ...]:
    """Make the cards of the talking point."""
    sizes = {"og": (1200, 630), "square": (1080, 1080), "story": (1080, 1920)}
    return tuple(
        PagePicture(
            format=name,
            path=f"cards/{lang}/they-protect-muslims/{name}.png",
            width=size[0],
            height=size[1],
            mime="image/png",
            alt=said("fact", lang),
        )
        for name, size in sizes.items()
    )


def make_drafts(lang: str) -> tuple[PageDraft, ...]:
    """Make post drafts of the talking point."""
    fact = said("fact", lang)
    return (
        PageDraft(platform="x", name="X", parts=(Text(f"{fact}\n\n#FactsFirst", lang),)),
        PageDraft(
            platform="mastodon",
            name="Mastodon",
            parts=(fact, Text(said("body", lang).value.split("\n\n")[0][:300], lang)),
        ),
    )


def make_alert(lang: str) -> AlertView:
    """Make an alert in a crisis whose parts borrow the sample's words."""
    said_so, moment = said("fact", lang).value, dt.datetime(2026, 11, 26, 12, tzinfo=dt.UTC)
    return AlertView(
        id="notice",
        incident="attack-under-way",
        lang=lang,
        exercise=True,
        place=said("relatives", lang).value,
        headline=said("tagline", lang).value,
        empathy=said_so,
        confirmed=(said_so, said("warning", lang).value),
        unknown=said_so,
        actions=(said_so,),
        update=said_so,
        look=said_so,
        authority=said("relatives", lang).value,
        official="https://police.example.org",
        sent="12:00",
        sent_time="12:00",
        until="18:00",
        sent_at=moment,
        ends_at=moment + dt.timedelta(hours=6),
    )


def make_jobs(lang: str, words: dict[str, str], assets: dict[str, str]) -> dict[str, PageJob]:
    """Make one job of each kind (kind, then ``:`` and a variant) in a language."""
    frame, headlines = make_frame(lang), make_headlines(lang)
    common = {"frame": frame, "words": words, "assets": assets, "alternates": TAGS, "has_kit": True}

    noticed = msgspec.structs.replace(frame, alerts=(make_alert(lang),), alerted=True)

    def job(rest: str, **more: object) -> PageJob:
        return PageJob(path=f"{lang}/{rest}", **{**common, **more})

    def free(name: str, key: str = "relatives") -> FreePage:
        body = Prose((Text(said("alternative", lang).value, lang),))
        return FreePage(id=name, title=said(key, lang), body=body, reviewed=False)

    point = "points/they-protect-muslims/index.html"
    pictures = make_pictures(lang)
    near = {"previous": headlines[5], "next": headlines[1], "related": headlines[2:4]}
    found = tuple(FoundFact(item.id, item.fact) for item in headlines[:2])
    return {
        "home": job("index.html", points=headlines),
        "points": job("points/index.html", points=headlines),
        "point": job(point, point=make_point(lang), images=pictures, has_embed=True, **near),
        "embed": job("embed/they-protect-muslims/index.html", point=make_point(lang)),
        "embed:withdrawn": job("embed/a-family-at-last/index.html"),
        "embed:told": job(
            "embed/gone/index.html",
            topic="gone",
            withdrawn=(WithdrawnView(id="gone", day=DAY, why=said("warning", lang)),),
        ),
        "oembed": job("embed/they-protect-muslims/oembed.json", point=make_point(lang)),
        "oembed:withdrawn": job("embed/a-family-at-last/oembed.json"),
        "point:mixed": job(
            "points/mixed/index.html",
            point=msgspec.structs.replace(
                mix_languages("ar" if lang == "en" else lang),
                corrections=(
                    CorrectionView(day=DAY, why=said("warning", lang), was=said("fact", lang)),
                    CorrectionView(day=DAY),
                ),
            ),
            alternates=("en",),
        ),
        "audience": job("audiences/relatives/index.html", topic="relatives", points=headlines[:3]),
        "pull-factor": job("pull-factors/money/index.html", topic="money", points=headlines[4:5]),
        "search": job("search/index.html", places=PLACES, points=ask(headlines, lang)),
        "words": job(
            "search/words/2/index.html",
            places=PLACES,
            letters=(Letter("F", "u0066", (IndexedPoint("fact", found),)),),
            number=2,
            count=2,
            alternates=(),
        ),
        "help": job("help/index.html"),
        "report": job("report/index.html", services=services()),
        "signed": job("signed/index.html"),
        "about": job("about/index.html", page=free("about")),
        "privacy": job("privacy/index.html"),
        "accessibility": job("accessibility/index.html"),
        "page": job("pages/for-parents/index.html", page=free("for-parents", "parents-page")),
        "kit-version": job("kit/since/2-0/index.html"),
        "kit-version:old": job(
            "kit/since/0-0/index.html",
            topic="1,0",
            mistakes=(
                MistakeView(
                    id="they-protect-muslims",
                    day=DAY,
                    said=said("fact", lang),
                    why=said("warning", lang),
                    was=said("fact", lang),
                ),
                MistakeView(id="gone", day=None, withdrawn=True),
            ),
        ),
        "kit": job(
            "kit/index.html",
            kit=tuple(
                KitItem(
                    headline=item,
                    page=f"{lang}/kit/{item.id}/index.html",
                    image=pictures[0] if index == 0 else None,
                )
                for index, item in enumerate(headlines)
            ),
        ),
        "kit-point": job(
            "kit/they-protect-muslims/index.html",
            point=make_point(lang),
            images=pictures,
            drafts=make_drafts(lang),
            has_embed=True,
        ),
        "withdrawn": job(
            "points/gone/index.html",
            topic="gone",
            withdrawn=(WithdrawnView(id="gone", day=DAY, why=said("warning", lang)),),
        ),
        "feed": job("feed.xml", news=headlines),
        "alert": job("alert/index.html", frame=noticed),
        "alert-feed": job("alert/feed.xml", frame=noticed),
        "alert-embed": job("alert/embed.json", frame=noticed),
    }


def make_top_jobs(words: dict[str, dict[str, str]], assets: dict[str, str]) -> dict[str, PageJob]:
    """Make the jobs of the files at the top of the site."""
    editions = tuple(PageEdition(frame=make_frame(tag), words=words[tag]) for tag in TAGS)
    entries = (
        ListEntry(rest="index.html", languages=TAGS, updated=DAY),
        ListEntry(rest="points/they-protect-muslims/index.html", languages=TAGS, updated=DAY),
        ListEntry(rest="points/mixed/index.html", languages=("en",)),
    )
    paths = {
        "chooser": "index.html",
        "not-found": "404.html",
        "sitemap": "sitemap.xml",
        "robots": "robots.txt",
        "headers": "_headers",
    }
    return {
        kind: PageJob(
            frame=make_frame("en"),
            words=words["en"],
            path=path,
            assets=assets,
            editions=editions,
            entries=entries,
        )
        for kind, path in paths.items()
    }
