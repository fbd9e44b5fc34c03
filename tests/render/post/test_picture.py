"""A description fits its field by whole parts, none of them without its other half."""

from __future__ import annotations

import pytest
from msgspec.structs import replace
from stopjihad.catalog.platforms import Fact, Platform, platforms
from stopjihad.render.card.alt import alt_parts, alt_text
from stopjihad.render.post.picture import fitted
from stopjihad.text.count.simple import utf16_units

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
            assert fitted(alt_parts(job), field(None), "en") == whole
            assert fitted(alt_parts(job), field(utf16_units(whole)), "en") == whole


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
        text = fitted(alt_parts(job), field(limit), "en")
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
    assert len(seen) > 2


def test_a_short_field_keeps_who_publishes_where_there_is_room_for_it() -> None:
    parts = alt_parts(cards.job("en", "steps"))
    named = dict(parts)["sponsor"]
    assert fitted(parts, field(None), "en").endswith(named)
    fact, source = dict(parts)["fact"], dict(parts)["source"]
    short = f"{fact} {source} {named}"
    assert fitted(parts, field(len(short)), "en") == short
    assert fitted(parts, field(len(short) - 1), "en") == f"{fact} {source}"
    assert fitted(parts, field(len(fact) - 1), "en") == ""


def test_running_text_that_has_no_room_gives_its_first_sentences() -> None:
    parts = (
        ("slide.kicker", "What is known."),
        ("slide.text", "First. Second one. Third."),
        ("sources", "Source: UN."),
    )
    assert fitted(parts, field(25), "en") == "First. Second one. Third."
    assert fitted(parts, field(18), "en") == "First. Second one."
    assert fitted(parts, field(17), "en") == "First."
    assert fitted((("slide.title", "A trick."), *parts[1:]), field(18), "en") == "A trick. First."
    assert fitted(parts, field(5), "en") == ""


def test_a_platform_without_a_field_gets_nothing() -> None:
    assert fitted(alt_parts(cards.job("en", "fact")), field(0), "en") == ""
    assert fitted((), field(100), "en") == ""


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
