"""Drafts show slides where their platform does, all of them or none."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from msgspec.structs import replace
from stopjihad.catalog.platforms import Fact, platforms
from stopjihad.render.post.carousel import slides_for, with_slides
from stopjihad.render.post.draft import Draft
from stopjihad.render.post.files import DraftEntry, entry, entry_bytes, renewed
from stopjihad.render.post.words import LEAF, SWIPE
from stopjihad.view.slides import LEAST, MOST

from render.post.samples import described, draft
from support import cards

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

    return renewed(json.loads(entry_bytes(made)), dict.fromkeys(known, 7), None)


def test_a_draft_that_stays_forgets_a_document_that_is_gone() -> None:
    made = entry(told("linkedin"), BASE, MADE)
    assert b'"bytes":7' in renewed_text(made, MADE)
    assert b'"document":null' in renewed_text(made, SIZES)
