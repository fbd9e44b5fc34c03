"""A page and a draft of one talking point: what is met alone is right by itself."""

from __future__ import annotations

from typing import Any

import pytest
from stopjihad.catalog.rules import rules
from stopjihad.check.rules.artefact_words import ExpectedCampaign, ExpectedWords
from stopjihad.check.rules.artefacts import DraftArtefact, Judge
from stopjihad.check.rules.links import DeniedHosts

FACT = "At the end of 2015 the group halved its wages."
CLAIM = "A safe house and good pay are waiting."
WARNING = "Recruiters court people without work."
POINT = ExpectedWords("pay", "en", FACT, CLAIM, WARNING, niche=False, level="mainstream")
PAGE = "site/en/points/pay/index.html"
META = '<meta name="{}" content="{}">'
DATA = '<script type="application/ld+json">{"@type":"ClaimReview"}</script>'


def judge(point: ExpectedWords = POINT, funders: tuple[str, ...] = ("Demo fund",)) -> Judge:
    texts = {("en", "pay"): point}
    campaign = ExpectedCampaign(texts, {"en": "Demo team"}, funders, DeniedHosts(("justpaste.it",)))
    return Judge(campaign, rules(), frozenset({"telegram"}))


def page(
    body: str = f"<p>“{CLAIM}”</p><p>{WARNING}</p>",
    *,
    head: str = META.format("og:title", FACT) + META.format("og:image", "card.png"),
    title: str = FACT,
    heading: str = FACT,
    root: str = 'lang="en" dir="ltr"',
    foot: str = '<a href="../../help/">Help</a> Demo team, paid for by the Demo fund',
) -> str:
    named = f"<head><title>{title}</title>{head}</head>"
    main = f"<main><h1>{heading}</h1>{body}</main><footer>{foot}</footer>"
    return f"<html {root}>{named}<body>{main}</body></html>"


def of_page(text: str, point: ExpectedWords = POINT, path: str = PAGE) -> set[str]:
    return {finding.rule for finding in judge(point).page(path, text)}


WRONG_PAGES = {
    "a heading that is not the fact": (page(heading="Pay in 2015"), {"STR01"}),
    "no warning after the claim": (page(f"<p>{WARNING}</p><p>{CLAIM}</p>"), {"STR04"}),
    "no warning": (page(f"<p>{CLAIM}</p>"), {"STR04"}),
    "the claim before the fact": (
        page(f"<p>{FACT}</p><p>{WARNING}</p>", heading=CLAIM),
        {"STR01", "STR02"},
    ),
    "the claim twice": (page(f"<p>{CLAIM}</p><p>{CLAIM}</p><p>{WARNING}</p>"), {"STR03"}),
    "the claim in the title": (page(title=CLAIM), {"STR02"}),
    "no language": (page(root='dir="ltr"'), {"LOC02"}),
    "no direction": (page(root='lang="en"'), {"LOC02"}),
    "another direction": (page(root='lang="en" dir="rtl"'), {"LOC02"}),
    "no sponsor": (page(foot='<a href="help/">Help</a> by the Demo fund'), {"TRN01"}),
    "no funder": (page(foot='<a href="help/">Help</a> Demo team'), {"TRN01"}),
    "no way to help": (page(foot="Demo team, Demo fund"), {"SAF01"}),
    "a picture without words": (page(f"<img src='a.png'><p>{FACT}</p>"), {"ACC01"}),
}


@pytest.mark.parametrize(("text", "broken"), WRONG_PAGES.values(), ids=WRONG_PAGES)
def test_a_page_that_a_template_broke_is_told(text: str, broken: set[str]) -> None:
    assert of_page(page()) == set()
    assert of_page(text) == broken


@pytest.mark.parametrize(
    ("name", "long"),
    [
        ("og:title", False),
        ("twitter:title", False),
        ("og:image:alt", False),
        ("twitter:image:alt", False),
        ("description", True),
        ("og:description", True),
        ("twitter:description", True),
    ],
)
def test_no_preview_repeats_the_claim(name: str, *, long: bool) -> None:
    assert of_page(page(head=META.format(name, CLAIM))) == {"STR02"}
    shared = "Good pay in a safe town, then none."
    assert of_page(page(head=META.format(name, shared))) == (set() if long else {"STR02"})


def test_a_picture_that_is_described_is_right() -> None:
    assert of_page(page(f'<p>{CLAIM} {WARNING}</p><img alt="" src="a.png">')) == set()


def test_a_number_to_call_is_a_way_to_help() -> None:
    call = '<a href="tel:+33800005696">Call</a> Demo team, Demo fund'
    assert of_page(page(foot=call)) == set()


def test_a_page_above_all_languages_names_nobody() -> None:
    chooser = '<html lang="en" dir="ltr"><body>English</body></html>'
    assert of_page(chooser, path="site/index.html") == set()
    assert of_page(chooser, path="site/en/index.html") == {"TRN01", "SAF01"}


def test_each_missing_name_is_told() -> None:
    text = page(foot='<a href="help/">Help</a> Town of Demo')
    found = judge(funders=("Demo fund", "Town of Demo")).page(PAGE, text)
    (told,) = [finding.message for finding in found]
    assert "Demo team, Demo fund" in told
    assert "Town of Demo" not in told


NICHE = POINT._replace(niche=True, level="niche")


@pytest.mark.parametrize(
    ("head", "count"),
    [
        (META.format("robots", "noindex"), 0),
        ("", 1),
        (META.format("robots", "index"), 1),
        (META.format("robots", "noindex") + META.format("og:image", "card.png"), 1),
    ],
)
def test_search_engines_and_previews_do_not_spread_a_niche_claim(head: str, count: int) -> None:
    found = [finding.rule for finding in judge(NICHE).page(PAGE, page(head=head))]
    assert found == ["AMP01"] * count


@pytest.mark.parametrize(
    ("level", "early"),
    [("mainstream", False), ("crossing", False), ("niche", True), ("", True)],
)
def test_machines_are_told_of_claims_that_have_spread(level: str, *, early: bool) -> None:
    found = of_page(page(head=DATA), POINT._replace(level=level))
    assert ("MRK01" in found) is early
    assert "EVD02" not in found
    other = DATA.replace("ClaimReview", "Article")
    assert "MRK01" not in of_page(page(head=other), POINT._replace(level=level))


@pytest.mark.parametrize("name", ["appearance", "firstAppearance"])
def test_machines_are_not_led_to_the_claim(name: str) -> None:
    where = f'{{"@type":"ClaimReview","{name}":"https://example.org"}}'
    assert of_page(page(head=DATA.replace('{"@type":"ClaimReview"}', where))) == {"EVD02"}


def draft(*parts: str, **more: Any) -> DraftArtefact:
    texts = parts or (f"{FACT} {CLAIM} {WARNING}",)
    made: Any = {"language": "en", "platform": "x", "point": "pay"}
    return made | {"parts": [{"text": text} for text in texts]} | more


def scene(text: str, spoken: str = "") -> dict[str, str]:
    return {"shown": text, "spoken": spoken or text, "text": text}


BOTH = f"{CLAIM} {WARNING}"
WRONG_DRAFTS = {
    "the claim first": (draft(f"{CLAIM} {FACT} {WARNING}"), ["STR01"]),
    "the claim alone": (draft(f"{FACT} {CLAIM}"), ["STR04"]),
    "the warning before it": (draft(f"{FACT} {WARNING} {CLAIM}"), ["STR04"]),
    "the claim again in a thread": (draft(f"{FACT} {BOTH}", CLAIM), ["STR03"]),
    "the warning in the next post": (draft(f"{FACT} {CLAIM}", WARNING), []),
    "a comment with the claim": (draft(comment={"text": CLAIM}), ["STR01", "STR04"]),
    "a comment that answers": (draft(comment={"text": f"{FACT} {BOTH}"}), []),
    "a title with the claim": (draft(title={"text": CLAIM}), ["STR02"]),
    "a preheader with it": (draft(preheader={"text": CLAIM}), ["STR02"]),
    "a title that is the fact": (draft(title={"text": FACT}), []),
    "a film that begins with it": (draft(script=[scene(BOTH), scene(FACT)]), ["STR01"]),
    "a scene with it alone": (draft(script=[scene(FACT), scene(CLAIM), scene(BOTH)]), ["STR04"]),
    "a voice with it alone": (draft(script=[scene(FACT), scene("Pay.", CLAIM)]), ["STR04"]),
    "a voice that begins with it": (draft(script=[scene(FACT, BOTH)]), ["STR01"]),
    "a scene that answers": (draft(script=[scene(FACT), scene(BOTH)]), []),
    "a story that begins with it": (draft(story=[scene(BOTH)]), ["STR01"]),
    "a frame with it alone": (draft(story=[scene(FACT), scene(CLAIM)]), ["STR04"]),
    "a description with it alone": (draft(images=[{"alt": CLAIM}]), ["STR04"]),
    "a description that warns": (draft(images=[{"alt": BOTH}]), []),
    "a description with the fact": (draft(images=[{"alt": f"{FACT} {CLAIM}"}]), []),
    "a picture without words": (draft(images=[{"alt": BOTH}, {"alt": ""}]), ["ACC01"]),
    "a picture where none fit": (draft(images=[{"alt": None}, {}], platform="telegram"), []),
    "a link in the second post": (draft(f"{FACT} {BOTH}", "justpaste.it/x"), ["EVD02"]),
    "a link in the comment": (draft(comment={"text": "https://justpaste.it/x"}), ["EVD02"]),
    "a draft of what is gone": (draft(CLAIM, point="gone"), []),
    "a draft in another language": (draft(CLAIM, language="fr"), []),
}


@pytest.mark.parametrize(("made", "broken"), WRONG_DRAFTS.values(), ids=WRONG_DRAFTS)
def test_each_part_of_a_draft_is_right_alone(made: DraftArtefact, broken: list[str]) -> None:
    assert list(judge().draft("x.txt", draft())) == []
    assert [finding.rule for finding in judge().draft("x.txt", made)] == broken


@pytest.mark.parametrize(
    ("claim", "told"),
    [
        ("Los defienden.", "Dicen: «Los defienden». Eso es falso."),
        ("«Los defienden»", "Dicen: «Los defienden.» Eso es falso."),
        ("“They defend us.”", "They say: “They defend us.”"),
        ("They defend “us”", "They say: “They defend “us”.”"),
        ("তারা রক্ষা করে।", "তারা বলে: “তারা রক্ষা করে”।"),
    ],
)
def test_a_claim_is_found_wherever_its_full_stop_and_marks_stand(claim: str, told: str) -> None:
    """The Spanish drafts of the sample were never judged: their stop stands behind the mark."""
    strict = judge(POINT._replace(claim=claim))
    alone = [finding.rule for finding in strict.draft("x.txt", draft(f"{FACT} {told}"))]
    assert alone == ["STR04"]
    heard = [f.rule for f in strict.draft("x.txt", draft(FACT, images=[{"alt": told}]))]
    assert heard == ["STR04"]
    filmed = draft(FACT, script=[scene(FACT), scene(told)])
    assert [finding.rule for finding in strict.draft("x.txt", filmed)] == ["STR04"]


def test_there_is_no_draft_about_a_niche_claim() -> None:
    assert [one.rule for one in judge(NICHE).draft("x.txt", draft())] == ["AMP01"]


def test_a_talking_point_without_a_claim_has_nothing_to_repeat() -> None:
    bare = POINT._replace(claim="", warning="", level="")
    made = draft(WARNING, title={"text": FACT}, images=[{"alt": FACT}])
    assert list(judge(bare).draft("x.txt", made)) == []
    assert of_page(page(""), bare) == set()
    assert of_page(page("", heading="Pay in 2015"), bare) == {"STR01"}
