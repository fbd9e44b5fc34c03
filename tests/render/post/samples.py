"""Hand-made talking points in four languages, and ways to make many more."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import msgspec
import yaml
from msgspec.structs import replace
from stopjihad.catalog.platforms import platforms
from stopjihad.catalog.post_template import PostTemplate
from stopjihad.model.point import Sensitivity, Source
from stopjihad.render.post.compose import compose
from stopjihad.view.claim import FLAGGED
from stopjihad.view.records import (
    ActionView,
    Described,
    Frame,
    HelplineView,
    PointView,
    Prose,
    Text,
)

TEMPLATES_FOLDER = Path(__file__).parents[3] / "templates" / "posts"
TEMPLATES = {
    path.stem: msgspec.convert(yaml.safe_load(path.read_text("utf-8")), PostTemplate)
    for path in sorted(TEMPLATES_FOLDER.glob("*.yaml"))
}
PLATFORMS = platforms()

POINTS = {
    "en": {
        "fact": "Most people ISIS killed were Muslims.",
        "claim": "They defend Muslims.",
        "warning": "Recruiters court people who want to protect others.",
        "label": "Talk to someone today",
        "body": (
            "In Iraq and Syria, ISIS attacked mosques, markets and shrines.[^un] It shot hundreds "
            "of Sunni tribesmen who refused to obey.[^un] Whole towns lost their men.\n\n"
            "Most of the dead lived in Muslim-majority cities. Their families look for them still."
        ),
        "alternative": (
            "If you want to protect Muslims, help those who do it without hurting anyone. Local "
            "charities need volunteers."
        ),
        "disclosure": "This campaign is run by Example Trust and paid for by its members.",
    },
    "fr": {
        "fact": "La plupart des personnes tuées par Daech étaient musulmanes.",
        "claim": "Ils défendent les musulmans.",
        "warning": "Les recruteurs courtisent des gens qui veulent protéger les autres.",
        "label": "Parlez à quelqu’un aujourd’hui",
        "body": (
            "En Irak et en Syrie, Daech a attaqué des mosquées et des marchés.[^un] Il a fusillé "
            "des centaines d’hommes qui refusaient d’obéir.[^un] Des villes entières sont en deuil."
            "\n\nLa plupart vivaient dans des villes musulmanes. Leurs familles les cherchent."
        ),
        "alternative": (
            "Vous voulez protéger des musulmans ? Aidez celles et ceux qui le font sans blesser "
            "personne. Les associations cherchent des bénévoles."
        ),
        "disclosure": "Cette campagne est menée par Example Trust et payée par ses membres.",
    },
    "de": {
        "fact": "Die meisten Menschen, die der IS getötet hat, waren Muslime.",
        "claim": "Sie verteidigen die Muslime.",
        "warning": "Anwerber umwerben Menschen, die andere schützen wollen.",
        "label": "Sprechen Sie heute mit jemandem",
        "body": (
            "Im Irak und in Syrien griff der IS Moscheen und Märkte an.[^un] Er erschoss Hunderte, "
            "die nicht gehorchen wollten.[^un] Ganze Städte trauern.\n\n"
            "Die meisten lebten in muslimischen Städten. Ihre Familien suchen sie noch immer."
        ),
        "alternative": (
            "Wer Muslime schützen will, kann denen helfen, die niemanden verletzen. Vereine vor "
            "Ort suchen Freiwillige."
        ),
        "disclosure": "Diese Kampagne führt der Example Trust; seine Mitglieder bezahlen sie.",
    },
    "ar": {
        "fact": "معظم من قتلهم داعش كانوا مسلمين.",
        "claim": "إنهم يدافعون عن المسلمين.",
        "warning": "يستهدف المجنِّدون من يريد حماية غيره.",
        "label": "تحدّث إلى أحد اليوم",
        "body": (
            "في العراق وسوريا هاجم داعش المساجد والأسواق.[^un] وأعدم المئات ممن رفضوا "
            "طاعته.[^un] مدن كاملة في حداد.\n\nكان معظمهم في مدن مسلمة. وعائلاتهم تبحث عنهم."
        ),
        "alternative": "إن أردت أن تحمي المسلمين فساعد من لا يؤذي أحدًا. الجمعيات تحتاج متطوعين.",
        "disclosure": "تدير هذه الحملة مؤسسة Example Trust ويموّلها أعضاؤها.",
    },
}

WORDS = {
    "en": {},
    "fr": {
        FLAGGED: "Les recruteurs disent : « %(claim)s » C’est faux.",
        "%(action)s: %(link)s": "%(action)s : %(link)s",
        "%(action)s:": "%(action)s :",
        "Read more: %(link)s": "En savoir plus : %(link)s",
        "The link is in our profile.": "Le lien est dans notre profil.",
        "Read more: the link is in our profile.": "En savoir plus : lien dans notre profil.",
        "Need to talk?": "Besoin d’en parler ?",
        "non-profit": "association",
        "%(who)s: %(phone)s": "%(who)s : %(phone)s",
        "Source: %(names)s": "Source : %(names)s",
        "Sources: %(names)s": "Sources : %(names)s",
        "Published by %(sponsor)s": "Publié par %(sponsor)s",
    },
    "de": {
        FLAGGED: "Anwerber sagen: „%(claim)s“ Das ist falsch.",
        "Read more: %(link)s": "Mehr dazu: %(link)s",
        "The link is in our profile.": "Der Link steht in unserem Profil.",
        "Read more: the link is in our profile.": "Mehr dazu: Der Link steht in unserem Profil.",
        "Need to talk?": "Sie möchten reden?",
        "non-profit": "gemeinnützig",
        "Source: %(names)s": "Quelle: %(names)s",
        "Sources: %(names)s": "Quellen: %(names)s",
        "Published by %(sponsor)s": "Herausgegeben von %(sponsor)s",
    },
    "ar": {
        FLAGGED: "يقول المجنِّدون: «%(claim)s» وهذا غير صحيح.",
        "Read more: %(link)s": "للمزيد: %(link)s",
        "The link is in our profile.": "الرابط في صفحتنا الشخصية.",
        "Read more: the link is in our profile.": "للمزيد: الرابط في صفحتنا الشخصية.",
        "Need to talk?": "هل تحتاج إلى من تتحدث إليه؟",
        "non-profit": "منظمة غير ربحية",
        "Source: %(names)s": "المصدر: %(names)s",
        "Sources: %(names)s": "المصادر: %(names)s",
        "Published by %(sponsor)s": "الناشر: %(sponsor)s",
    },
}


def source(name: str = "un", publisher: str = "UN Human Rights Office") -> Source:
    day = dt.date(2026, 11, 20)
    return Source(id=name, title="Report", publisher=publisher, url="https://a.org/", accessed=day)


def point(lang: str = "en", **changes) -> PointView:
    words = POINTS[lang]
    view = PointView(
        id="they-protect-muslims",
        lang=lang,
        mode="debunk",
        fact=Text(words["fact"], lang),
        claim=Text(words["claim"], lang),
        warning=Text(words["warning"], lang),
        technique="us-vs-them",
        pull_factor="justice",
        audiences=("relatives",),
        messenger="team",
        action=ActionView(label=Text(words["label"], lang), kind="link"),
        alternative=Prose((Text(words["alternative"], lang),)),
        body=Prose((Text(words["body"], lang),)),
        sources=(source(), source("ctc", "Combating Terrorism Center")),
        posts={},
        sensitivity=Sensitivity(),
        level="mainstream",
        approved_on=dt.date(2026, 11, 24),
        updated=dt.date(2026, 11, 24),
        complete=True,
        reviewed=True,
        card=(("fact", words["fact"]),),
    )
    return replace(view, **changes)


def described(texts: tuple[str, ...]) -> tuple[Described, ...]:
    """Give slides that say ``texts``."""
    return tuple((("slide.text", text),) for text in texts)


def helpline(country: str, name: str, printed: str, *languages: str) -> HelplineView:
    return HelplineView(
        id=name.lower(),
        country=country,
        country_name={"FR": "France", "BE": "Belgique", "DE": "Deutschland"}.get(country, country),
        name=Text(name, languages[0]),
        printed=printed,
        e164="+33800005696",
        hours=Text("9-18", languages[0]),
        opening=(),
        languages=languages,
        language_names=languages,
        operator="ngo",
        operator_note=None,
        anonymous=True,
        emergency=Text("112", languages[0]),
        url="https://a.org",
        source="https://a.org",
        verified_on=dt.date(2026, 11, 1),
        verified_how="read",
    )


HELPLINES = (
    helpline("BE", "CAPREV", "0800 111 72", "fr"),
    helpline("DE", "Beratungsstelle", "+49 911 943 43 43", "de", "en", "ar"),
    helpline("FR", "Numéro vert", "0 800 005 696", "fr"),
    helpline("GB", "ACT Early", "0800 011 3764", "en"),
)

STANDING = {
    "en": HELPLINES[3:],
    "fr": (HELPLINES[2], HELPLINES[0]),
    "de": HELPLINES[1:2],
    "ar": HELPLINES[1:2],
}


def frame(lang: str = "en", **changes) -> Frame:
    made = Frame(
        campaign="stop-jihadism",
        lang=lang,
        direction="rtl" if lang == "ar" else "ltr",
        title=Text("Stop Jihadism", lang),
        tagline=Text("Facts first", lang),
        summary=Text("Facts first", lang),
        sample=False,
        base_url="https://campaign.example.org",
        source_language="en",
        languages=(),
        audiences=(),
        messengers=(),
        claimant=Text("Recruiters say", "en"),
        reporting=True,
        pull_factors=(),
        menu=(),
        pages=(),
        sponsor=Text("Example Trust", "en"),
        funders=("Members",),
        disclosure=Text(POINTS[lang]["disclosure"], lang),
        sponsor_url=None,
        corrections_contact="a@example.org",
        corrections_policy=Text("We correct.", lang),
        helplines=HELPLINES,
        standing=STANDING[lang],
        hashtags=("facts first", "#TalkToSomeone"),
        accent="#000000",
        ink="#000000",
        paper="#ffffff",
        policy="notice",
        updated=dt.date(2026, 11, 24),
    )
    return replace(made, **changes)


def draft(platform: str, lang: str = "en", view=None, page=None, **changes):
    view = view or point(lang, **changes)
    page = page or frame(lang)
    link = f"{page.base_url}/{lang}/points/{view.id}/"
    return compose(view, page, PLATFORMS[platform], TEMPLATES[platform], WORDS[lang], link)


def text_of(platform: str, lang: str = "en", **changes) -> str:
    return "\n---\n".join(part.text for part in draft(platform, lang, **changes).parts)
