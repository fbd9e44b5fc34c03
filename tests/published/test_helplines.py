"""On the built sample a number stands with country, name and operator, and serves its readers."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

import msgspec
import pytest
import yaml
from msgspec.structs import replace
from stopjihad.build.check.survey import CheckedCampaign, survey
from stopjihad.catalog.languages import language_name
from stopjihad.catalog.post_template import PostTemplate
from stopjihad.lexicon.phrases import phrases
from stopjihad.model.helpline import HURT, SECURITY, Helpline
from stopjihad.model.options import words_for
from stopjihad.model.partner import Partner
from stopjihad.model.translation import Message
from stopjihad.plan.editions import make_editions
from stopjihad.plan.partner_project import for_partner
from stopjihad.render.post.compose import compose
from stopjihad.text.unicode.bidi_controls import strip_controls
from stopjihad.view.helplines import StatedHelpline, answers, chosen, help_address, speaks, state
from stopjihad.view.line_facts import beside_line
from stopjihad.view.localization import make_frame, point_view
from stopjihad.view.notation import native
from stopjihad.view.records import Frame, HelplineView
from stopjihad.view.resolver import Resolver

from support.build import CAMPAIGN, REPOSITORY, day_of_the_campaign
from support.dom import parse

TEMPLATES = {
    path.stem: msgspec.convert(yaml.safe_load(path.read_text("utf-8")), PostTemplate)
    for path in (REPOSITORY / "templates" / "posts").glob("*.yaml")
}
FAREWELL = ("for-parents", "for-parents-of-adults")
TEXTS = (".txt", ".xml", ".html", ".json")

TO_DELETE = {
    "en": ("delet", "trust"), "de": ("lösch", "trau"), "es": ("borr", "confianza"),
    "fr": ("supprim", "confiance"), "nl": ("verwijder", "vertrouw"), "so": ("tirtir", "kalsoon"),
    "tr": ("silme", "güven"), "ru": ("удал", "довер"), "ar": ("حذف", "تثقون"),
    "ur": ("حذف", "اعتماد"), "ps": ("ړنګ", "باور"), "bn": ("মুছ", "বিশ্বস্ত"),
}  # fmt: skip
"""The stem of "delete", and that of "somebody you trust", in each language of the sample."""

CLUB = Partner(
    id="club", name="Club", kind="club", funded_by=("Club",), languages=("fr",), country="FR",
    contact="club@example.org", known_by="The team", adults=True,
)  # fmt: skip

every_language = pytest.mark.parametrize("lang", list(TO_DELETE))
"""Named here: who only collects tests need not read the sample."""


@cache
def found() -> CheckedCampaign:
    day = dt.datetime.fromtimestamp(int(day_of_the_campaign()), dt.UTC).date()
    return survey(REPOSITORY, CAMPAIGN, day, thorough=False)


@cache
def frames() -> dict[str, Frame]:
    editions = make_editions(found().project, found().project.campaign.record.languages)
    return {one.lang: make_frame(found().project, one.resolver) for one in editions}


def lines() -> tuple[Helpline, ...]:
    return found().project.helplines.record.helplines


def said(lang: str) -> tuple[StatedHelpline, ...]:
    """Say every line that stands for a language, whatever it is there for."""
    frame, words = frames()[lang], found().shared.words.get(lang, {})
    told = (state(line, words, lang, line.printed) for line in frame.standing)
    return tuple(one for one in told if one)


def plain(text: str) -> str:
    text = strip_controls(text.replace("\u00a0", " ").replace("\u202f", " ").replace("\u200e", ""))
    return " ".join(text.split())


@cache
def files(dist: Path, lang: str) -> tuple[tuple[Path, str], ...]:
    """Give everything of a language that a reader or a partner sees, as they read it."""
    return tuple(_read_files(dist, lang))


def _read_files(dist: Path, lang: str) -> Iterator[tuple[Path, str]]:
    folders = (f"site/{lang}", f"site/cards/{lang}", f"posts/{lang}", f"dossiers/{lang}")
    for folder in folders:
        for path in sorted((dist / folder).rglob("*")):
            if path.suffix in TEXTS:
                text = path.read_text("utf-8")
                shown = parse(text).text if path.suffix == ".html" else text
                yield path, plain(shown)


def test_the_sample_has_numbers_to_judge() -> None:
    assert sorted(frames()) == sorted(TO_DELETE)
    assert [len(said(lang)) for lang in ("en", "fr", "de", "nl", "tr", "ru")] == [6, 10, 7, 3, 1, 1]
    assert ["مترجم" in one.who for one in said("ar")] == [True]
    assert not any(said(lang) for lang in ("es", "so", "ur", "ps", "bn"))


@every_language
def test_a_line_that_stands_for_a_language_answers_in_it(lang: str) -> None:
    campaign = found().project.campaign.record
    for line in chosen(campaign, lines(), lang):
        assert answers(line, lang)


@every_language
def test_every_number_stands_with_country_name_and_operator(published: Path, lang: str) -> None:
    own = {one.line.id: one for one in said(lang)}
    shown = {line.id: line for line in frames()[lang].helplines}
    for path, text in files(published, lang):
        listing = path.parent.name in {"help", *FAREWELL}  # a farewell: what to call by name
        for number in {plain(line.phone.printed) for line in lines()}:
            if number not in text:
                continue
            alone = rf"(?<![\d.,+]){re.escape(number)}(?![\d]|[.,]\w)"  # 3114.fr is a host
            sharing = [one for one in lines() if plain(one.phone.printed) == number]  # 116 006
            for place in [match.start() for match in re.finditer(alone, text)]:
                near = text[max(0, place - 320) : place]
                names = [view for view in (shown[one.id] for one in sharing) if _named(view, near)]
                assert names, (path, number, near)
                for view in names:
                    told = (
                        (own[view.id].who, _before_number(own[view.id])) if view.id in own else ()
                    )
                    said_so = listing or any(who in near for who in told)
                    assert said_so or _in_band(lang, view.operator, near), (path, near)
                assert listing or any(view.id in own for view in names), (path, number)


def _before_number(line: StatedHelpline) -> str:
    """Give what stands before the number where few words fit: with what is passed on."""
    return plain(line.brief).removesuffix(plain(line.line.printed)).rstrip(" :")


def _named(view: HelplineView, near: str) -> bool:
    """Tell whether a number stands with the country and the name of its line."""
    names = (view.known_as, plain(view.name.value))
    return view.country_name in near and any(name in near for name in names)


def _in_band(lang: str, operator: str, near: str) -> bool:
    """Tell whether a page's band says who answers, as the help page does."""
    from stopjihad.catalog.terms import OPERATORS

    words = found().shared.words.get(lang, {})
    name = OPERATORS[operator].name
    return plain(words.get(name, name)) in near


@every_language
def test_where_no_line_stands_the_help_page_does(published: Path, lang: str) -> None:
    if said(lang):
        pytest.skip("a line stands for the language")
    address = help_address(frames()[lang])
    bare = address.partition("://")[2].rstrip("/")
    alts = sorted((published / f"site/cards/{lang}").rglob("alt.txt"))
    told = [plain(path.read_text("utf-8")) for path in alts]
    assert any(bare in text for text in told)  # where somebody is asked to act
    assert told
    assert all(bare.partition("/")[0] in text for text in told)
    assert not (published / f"site/cards/{lang}/helplines").exists()
    sent = [
        path.read_text("utf-8") for path in (published / f"posts/{lang}/facebook").glob("*.txt")
    ]
    assert sent
    assert sum(address in text for text in sent) == len(sent)


@every_language
def test_machines_are_told_the_numbers_of_the_language_alone(published: Path, lang: str) -> None:
    html = (published / f"site/{lang}/help/index.html").read_text("utf-8")
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.DOTALL)
    graphs = [json.loads(block).get("@graph", []) for block in blocks]
    points = [item["contactPoint"] for graph in graphs for item in graph]
    own = [
        one for one in said(lang) if speaks(one.line, lang)
    ]  # an interpreter is the page's to say
    assert [point["telephone"] for point in points] == [one.line.e164 for one in own]
    for point, one in zip(points, own, strict=True):
        assert point["areaServed"] == one.line.country
        assert (point["contactType"] == "counselling") == (one.line.operator not in SECURITY)


def test_belgiums_number_stands_in_french_only_where_belgium_is_named(published: Path) -> None:
    met = [text for _, text in files(published, "fr") if "0800 111 72" in text]
    assert met
    assert all("Belgique" in text for text in met)
    cards = sorted((published / "site/cards/fr").rglob("alt.txt"))
    named = [path for path in cards if "0800 111 72" in plain(path.read_text("utf-8"))]
    assert [path.parent.parent.name for path in named] == ["be-caprev"]


@every_language
def test_no_number_of_the_police_stands_under_words_of_trust(published: Path, lang: str) -> None:
    """``Talk to someone who listens: ACT Early (police)`` stood in posts, cards and bands."""
    promise = phrases(lang, "SAF06")
    assert promise
    police = [plain(one.phone.printed) for one in lines() if one.operator in SECURITY]
    for path in sorted((published / f"posts/{lang}").rglob("*.txt")):
        rows = [plain(row) for row in path.read_text("utf-8").split("\n")]
        for label, row in pairwise(["", *rows]):
            if any(number in row for number in police):
                assert not [*promise.hits(label), *promise.hits(row)], (path, label, row)
    for path, text in files(published, lang):
        if path.suffix != ".html" or not any(number in text for number in police):
            continue
        page = parse(path.read_text("utf-8"))
        for part in (*page.all("aside", id="helpline"), *page.all(class_="call")):
            if any(number in plain(part.text) for number in police):
                heading = next(iter((*part.all("h2"), *part.all("p"))))
                assert not [*promise.hits(heading.text)], (path, heading.text)


@every_language
def test_nobody_is_told_to_delete_before_they_have_asked_somebody(lang: str) -> None:
    """Steps, posts, slides, paper and a reply said "delete" first, then "if the police have not
    written": a pupil whose school knew of it would have destroyed evidence. Now the word stands
    once in each, below whom to tell, and says not to."""
    project, delete, trust = found().project, *TO_DELETE[lang]
    (point,) = (one.record for one in project.points if one.record.id == "already-shared-it")
    known = {one.source: one.translation for file in project.translations if file.language == lang
             for one in file.messages if one.context.startswith(point.id)}  # fmt: skip
    said = [" ".join(known.get(one) or one for one in point.steps)]
    posts = point.posts.values()
    said += filter(None, posts if lang == "en" else (known.get(one) for one in posts))
    replies = [one for one in project.responses.record.replies if one.point == point.id]
    said += filter(None, (one.posted_answer(lang, "en") for one in replies))
    assert delete not in known.get(point.fact, point.fact).casefold()  # it leads everything
    for text in map(str.casefold, said):
        assert -1 < text.find(trust) < text.find(delete), text
        assert text.count(delete) == 1, text


def test_a_line_for_despair_stands_in_no_post_and_on_no_card() -> None:
    """``3114`` stood under a post about Muslim victims."""
    despair = {one.id for one in lines() if one.purposes == ("despair",)}
    own = for_partner(found().project, CLUB, "fr").project
    (edition,) = make_editions(own, ["fr"])
    frame = make_frame(own, edition.resolver)
    assert despair & {one.id for one in frame.standing}
    for point in own.points:
        action = point.record.action
        need = frame.need_met(action.need, action.kind)
        assert not despair & {one.id for one in frame.lines(need)}, point.record.id


@every_language
def test_no_line_for_a_worry_stands_below_texts_for_people_who_were_hurt(
    published: Path, lang: str
) -> None:
    """The police's number for reporting radicalisation stood below texts for the bereaved."""
    hurt = [one.record.id for one in found().project.points if one.record.action.need in HURT]
    assert {"those-left-behind", "most-victims-are-muslims"} <= set(hurt)
    reports = [plain(one.phone.printed) for one in lines() if "worried" in one.purposes]
    for name in hurt:
        drafts = [*(published / f"posts/{lang}").rglob(f"{name}*.txt")]
        cards = [*(published / f"site/cards/{lang}/{name}").rglob("alt.txt")]
        assert drafts
        for path in (*drafts, *cards):
            text = plain(path.read_text("utf-8"))
            assert not any(number in text for number in reports), path
        page = parse((published / f"site/{lang}/points/{name}/index.html").read_text("utf-8"))
        for part in page.all("aside", id="helpline"):
            assert not any(number in plain(part.text) for number in reports), name


@pytest.mark.parametrize("lang", ["en", "fr", "de", "nl"])
def test_every_long_post_of_a_country_with_a_line_has_a_number(published: Path, lang: str) -> None:
    numbers = [plain(one.phone.printed) for one in lines() if one.country == frames()[lang].market]
    hurt = {one.record.id for one in found().project.points if one.record.action.need in HURT}
    for path in sorted((published / f"posts/{lang}/facebook").glob("*.txt")):
        text = plain(path.read_text("utf-8"))
        misplaced = path.stem == "after-you-call"
        nobody = lang == "nl" and path.stem in hurt  # a call to their victims' line costs
        assert misplaced or nobody or any(one in text for one in numbers), path


@every_language
def test_no_post_tells_of_one_line_above_the_number_of_another(published: Path, lang: str) -> None:
    """The British line's promise stood above German, French and Arabic numbers."""
    numbers = {one.id: plain(one.phone.printed) for one in lines() if not one.phone.short}
    folder = published / f"posts/{lang}"
    for path in folder.rglob("after-you-call*.txt"):
        text = plain(path.read_text("utf-8"))
        assert sum(number in text for number in numbers.values()) <= 1, path


@cache
def told_in(lang: str) -> tuple[Message, ...]:
    return tuple(one for file in found().project.translations if file.language == lang
                 for one in file.messages)  # fmt: skip


@every_language
def test_a_kit_has_a_number_in_each_country_that_has_a_line(lang: str) -> None:
    """An Arabic kit for France said "save the number now" with none in any post, card or paper."""
    words = words_for(lang, found().shared.words)
    calls = 0
    for country in sorted({one.country for one in lines()}):
        partner = replace(CLUB, languages=(lang,), country=country)
        own = for_partner(found().project, partner, lang).project
        (edition,) = make_editions(own, [lang])
        frame = make_frame(own, edition.resolver)
        there = [one for one in frame.helplines if one.country == country]
        campaign = found().project.campaign.record
        named = {name for entry in campaign.helplines for name in entry.lines}
        there = [one for one in there if one.id in named] or there
        assert {one.id for one in frame.standing} == {one.id for one in there}
        fluent = [one for one in there if speaks(one, lang) or one.interpreters]
        assert frame.standing[: len(fluent)] == tuple(
            one for one in frame.standing if one in fluent
        )
        for one in there:
            told = state(one, words, lang, one.printed)
            assert told, (country, one.id)
            spoken = language_name(one.languages[0], lang)
            assert one in fluent or all(spoken in text for text in (told.text, told.brief))
        numbers = {
            need: {plain(one.printed) for one in frame.lines(need)}
            for need in ("worried", "relatives")
        }
        assert all(numbers.values())
        for point in own.points:
            action, texts = point.record.action, " ".join(point.record.posts.values())
            if action.need not in numbers or not (
                action.label.startswith("Call") or "ave the number" in texts
            ):
                continue
            view = point_view(point.record, Resolver(lang, "en", told_in(lang)))
            view = native(beside_line(view, point.record, frame), frame.digits, lang)
            link = f"{frame.base_url}/{lang}/points/{view.id}/"
            for name in ("x", "bluesky", "whatsapp", "facebook"):
                made = compose(
                    view, frame, found().shared.platforms[name], TEMPLATES[name], words, link
                )
                text = plain(" ".join(part.text for part in made.parts))
                calls += 1
                assert any(one in text for one in numbers[action.need]), (country, view.id, name)
    assert calls
