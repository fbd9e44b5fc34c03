"""A description fits its field by whole parts, none of them without its other half."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from msgspec.structs import replace
from stopjihad.catalog.platforms import Fact, Platform, platforms
from stopjihad.draw.alt import alt_parts, alt_text
from stopjihad.render.post.files import DraftEntry, entry, entry_bytes, renew_entry
from stopjihad.render.post.pictures import fit_description, slides_for, with_slides
from stopjihad.text.count import utf16_units
from stopjihad.view.draft import Draft
from stopjihad.view.slides import LEAF, LEAST, MOST, SWIPE

from render.post.samples import described, draft
from support import cards

DESIGNS = ("fact", "question", "figure", "steps", "quote", "claim-and-fact", "chart", "poster")
LANGUAGES = ("en", "fr", "de", "ar", "bn")


def field(limit: int | None) -> Platform:
    known = Fact(limit, "workspace", "workspace") if limit is not None else None
    return replace(platforms()["x"], alt_limit=known)


def test_a_field_with_room_holds_what_the_kit_says() -> None:
    for lang in LANGUAGES:
        for design in DESIGNS:
            job = cards.job(lang, design)
            whole = alt_text(job)
            assert fit_description(alt_parts(job), field(None), "en") == whole
            assert fit_description(alt_parts(job), field(utf16_units(whole)), "en") == whole


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("design", DESIGNS)
def test_any_field_holds_whole_parts_in_their_order(design: str, lang: str) -> None:
    """Whatever the limit: never too long, never cut, never the claim without flag and answer."""
    job = cards.job(lang, design)
    parts = {name: text.replace("\u00a0", " ") for name, text in alt_parts(job)}
    mains = ("fact", "figure.value", "quote", "chart.title")
    main = next(parts[name] for name in mains if name in parts)
    longest = utf16_units(alt_text(job))
    seen = set()
    for limit in range(1, longest):
        text = fit_description(alt_parts(job), field(limit), "en")
        seen.add(text)
        assert utf16_units(text) <= limit
        rest, kept = f"{text} ", set()
        for name, part in parts.items():
            if rest.startswith(f"{part} "):
                rest = rest.removeprefix(f"{part} ")
                kept.add(name)
        assert rest.strip() == "", limit
        assert not text or main in text
        for one, other in (
            ("claim", "warning"),
            ("figure.value", "figure.beside"),
            ("figure.value", "figure.source"),
            ("chart.title", "chart.note"),
            ("chart.rows", "chart.title"),
            ("step.2", "step.1"),
        ):
            assert one not in kept or other in kept or other not in parts, (limit, one)
    assert len(seen) > (1 if design == "figure" else 2)  # a number stands with all or not at all


def test_a_short_field_keeps_who_publishes_where_there_is_room_for_it() -> None:
    parts = alt_parts(cards.job("en", "steps"))
    named = dict(parts)["sponsor"]
    assert fit_description(parts, field(None), "en").endswith(named)
    fact, source = dict(parts)["fact"], dict(parts)["source"].replace("\u00a0", " ")
    short = f"{fact} {source} {named}"
    assert fit_description(parts, field(len(short)), "en") == short
    assert fit_description(parts, field(len(short) - 1), "en") == f"{fact} {source}"
    assert fit_description(parts, field(len(fact) - 1), "en") == ""


def test_running_text_that_has_no_room_gives_its_first_sentences() -> None:
    parts = (
        ("slide.kicker", "What is known."),
        ("slide.text", "First. Second one. Third."),
        ("sources", "Source: UN."),
    )
    assert fit_description(parts, field(25), "en") == "First. Second one. Third."
    assert fit_description(parts, field(18), "en") == "First. Second one."
    assert fit_description(parts, field(17), "en") == "First."
    assert (
        fit_description((("slide.title", "A trick."), *parts[1:]), field(18), "en")
        == "A trick. First."
    )
    assert fit_description(parts, field(5), "en") == ""


def test_a_platform_without_a_field_gets_nothing() -> None:
    assert fit_description(alt_parts(cards.job("en", "fact")), field(0), "en") == ""
    assert fit_description((), field(100), "en") == ""


def test_every_limit_of_the_catalogue_names_its_source() -> None:
    known = {name: row.alt_limit.value for name, row in platforms().items() if row.alt_limit}
    assert {name: known[name] for name in ("x", "mastodon", "bluesky", "pinterest", "discord")} == {
        "x": 1000, "mastodon": 1500, "bluesky": 2000, "pinterest": 500, "discord": 1024,
    }  # fmt: skip
    assert {name for name, limit in known.items() if limit == 0} == {
        "snapchat", "sms", "telegram", "whatsapp",
    }  # fmt: skip
    assert set(platforms()) - set(known) == {"facebook", "youtube", "reddit", "vk", "email"}
    assert all(row.alt_limit.source for row in platforms().values() if row.alt_limit)


BASE = "https://campaign.example.org"
FOLDER = "cards/en/they-protect-muslims"
ALTS = tuple(f"Slide {number} says this." for number in range(1, 6))
SIZES = {f"{FOLDER}/slides/{number}.png": 100 + number for number in range(1, 6)}
MADE = {**SIZES, f"{FOLDER}/slides/slides.pdf": 500, f"{FOLDER}/og.png": 9, f"{FOLDER}/wide.png": 9}


def told(platform: str, alts: tuple[str, ...] = ALTS) -> Draft:
    return draft(platform, slides=described(alts))


def paths(one: DraftEntry) -> list[str]:
    return [image.path.rpartition("they-protect-muslims/")[2] for image in one.images]


@pytest.mark.parametrize("platform", ["instagram", "facebook", "threads", "tiktok"])
def test_slides_stand_in_the_place_of_the_picture_each_with_its_words(platform: str) -> None:
    made = entry(told(platform), BASE, MADE)
    assert paths(made) == [f"slides/{number}.png" for number in range(1, 6)]
    assert tuple(image.alt for image in made.images) == ALTS
    assert [image.bytes for image in made.images] == list(SIZES.values())
    assert {(image.width, image.height) for image in made.images} == {(1080, 1350)}
    assert made.images[0].url == f"{BASE}/{FOLDER}/slides/1.png"
    assert made.document is None


def test_linkedin_gets_one_document() -> None:
    made = entry(told("linkedin"), BASE, MADE)
    assert made.document is not None
    assert made.document.path == f"site/{FOLDER}/slides/slides.pdf"
    assert (made.document.pages, made.document.bytes) == (5, 500)
    assert made.document.title == "Most people ISIS killed were Muslims"
    assert paths(made) == [f"slides/{number}.png" for number in range(1, 6)]


def test_other_platforms_and_other_talking_points_keep_their_card() -> None:
    assert paths(entry(told("x"), BASE, MADE)) == ["wide.png"]
    assert paths(entry(told("facebook", ()), BASE, MADE)) == ["og.png"]


def test_posts_with_slides_invite_to_them() -> None:
    for platform, words in (("instagram", SWIPE), ("linkedin", LEAF)):
        assert words in told(platform).parts[0].text
        assert words not in told(platform, ()).parts[0].text


def test_half_a_carousel_is_never_shown() -> None:
    some = {path: size for path, size in MADE.items() if not path.endswith("/3.png")}
    assert paths(entry(told("facebook"), BASE, some)) == ["og.png"]
    without = {path: size for path, size in MADE.items() if not path.endswith(".pdf")}
    assert entry(told("linkedin"), BASE, without).document is None


def test_a_platform_that_takes_fewer_pictures_gets_the_card() -> None:
    few = replace(platforms()["facebook"], image_count=Fact(4, "workspace", "workspace"))
    view = cards.point(slides=described(ALTS))
    assert slides_for(few, view) == ()
    assert with_slides(draft("facebook"), few, view) == draft("facebook")


def test_words_that_are_too_long_for_the_platform_are_left_out_not_cut() -> None:
    assert told("instagram", ("short", "x" * 1001)).slides == ("short", "")
    help_slide = (("action", "y" * 600), ("contact", "Helpline: 1."), ("sponsor", "x" * 400))
    assert draft("instagram", slides=(help_slide,)).slides == (f"Helpline: 1. {'x' * 400}",)


def test_every_platform_takes_a_whole_carousel() -> None:
    """The limits of the catalogue, with their sources: pictures, pages, bytes."""
    showing = [one for one in platforms().values() if one.carousel]
    assert {one.id for one in showing} == {
        "instagram", "facebook", "threads", "tiktok", "linkedin",
    }  # fmt: skip
    for one in showing:
        most = one.document_pages if one.carousel == "document" else one.image_count
        size = one.document_bytes if one.carousel == "document" else one.image_bytes
        assert most is not None
        assert size is not None
        assert LEAST <= MOST <= most.value
        assert size.value >= 8_000_000


def renewed_text(made: DraftEntry, known: Iterable[str]) -> bytes:
    import json

    return renew_entry(json.loads(entry_bytes(made)), dict.fromkeys(known, 7), None, ())


def test_a_draft_that_stays_forgets_a_document_that_is_gone() -> None:
    made = entry(told("linkedin"), BASE, MADE)
    assert b'"bytes":7' in renewed_text(made, MADE)
    assert b'"document":null' in renewed_text(made, SIZES)
