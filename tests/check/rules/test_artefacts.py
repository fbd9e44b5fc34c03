"""Finished pages and drafts are judged as readers, search engines and link previews see them."""

from __future__ import annotations

import datetime as dt
import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from stopjihad.build.check.artefacts import judge_built
from stopjihad.build.check.kept_verdict import find_finished_build
from stopjihad.build.check.survey import survey
from stopjihad.catalog.rules import rules
from stopjihad.check.rules.artefact_words import ExpectedCampaign, expected_words, plain
from stopjihad.check.rules.artefacts import Judge
from stopjihad.disk.cache import NoCache
from stopjihad.model.project import Project
from stopjihad.text.language.typography import QUOTES, set_quotes, space

from support.build import REPOSITORY, stopjihad
from support.studio import copy_workspace

DAY = dt.date(2026, 11, 24)
PAGE = "site/{}/points/letters-home/index.html"
LANGUAGES = ("en", "fr", "de", "ar")


@pytest.fixture(scope="module")
def project() -> Project:
    found = survey(REPOSITORY, "stop-jihadism", DAY, NoCache()).project
    assert found is not None
    return found


@pytest.fixture(scope="module")
def campaign(project: Project) -> ExpectedCampaign:
    return expected_words(project, ("justpaste.it",))


@pytest.fixture(scope="module")
def judge(campaign: ExpectedCampaign) -> Judge:
    return Judge(campaign, rules(), frozenset({"telegram"}))


def broken(judge: Judge, path: str, text: str) -> set[str]:
    return {finding.rule for finding in judge.page(path, text)}


def test_the_published_sample_breaks_no_rule(project: Project, published: Path) -> None:
    found = judge_built(project, find_finished_build(published), "dist/stop-jihadism", NoCache())
    assert [problem for problem in found if problem.severity == "error"] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_claim_in_the_heading_is_found(
    language: str, judge: Judge, campaign: ExpectedCampaign, published: Path
) -> None:
    path = PAGE.format(language)
    text = (published / path).read_text("utf-8")
    point = campaign.points[language, "letters-home"]
    start = text.index("<h1")
    start = text.index(">", start) + 1
    end = text.index("</h1>")
    assert {"STR01", "STR02", "STR03"} <= broken(
        judge, path, text[:start] + point.claim + text[end:]
    )


@pytest.mark.parametrize("name", ["og:title", "og:image:alt"])
def test_a_claim_in_a_link_preview_is_found(
    name: str, judge: Judge, campaign: ExpectedCampaign, published: Path
) -> None:
    path = PAGE.format("en")
    text = (published / path).read_text("utf-8")
    point = campaign.points["en", "letters-home"]
    start = text.index(f'<meta property="{name}" content="') + len(name) + 27
    end = text.index('">', start)
    assert broken(judge, path, text[:start] + point.claim + text[end:]) == {"STR02"}


def test_a_claim_without_its_warning_is_found(
    judge: Judge, campaign: ExpectedCampaign, published: Path
) -> None:
    path = PAGE.format("en")
    text = (published / path).read_text("utf-8")
    warning = campaign.points["en", "letters-home"].warning
    assert warning in text
    assert broken(judge, path, text.replace(warning, "")) == {"STR04"}


def test_a_claim_told_twice_is_found(
    judge: Judge, campaign: ExpectedCampaign, published: Path
) -> None:
    path = PAGE.format("en")
    text = (published / path).read_text("utf-8")
    claim = campaign.points["en", "letters-home"].claim
    twice = text.replace("</main>", f"<p>{claim}</p></main>")
    assert broken(judge, path, twice) == {"STR03"}


@pytest.mark.parametrize(
    ("old", "new", "rule"),
    [
        ('lang="ar" dir="rtl"', 'lang="ar" dir="ltr"', "LOC02"),
        ("فريق الحملة التجريبية", "فريق", "TRN01"),
        ("Sample Foundation", "A foundation", "TRN01"),
        ("</main>", '<img src="x.jpg"></main>', "ACC01"),
        ("</main>", '<a href="https://justpaste.it/x">x</a></main>', "EVD02"),
        ('"itemReviewed":{', '"itemReviewed":{"appearance":"https://example.org",', "EVD02"),
    ],
)
def test_what_a_template_can_break_is_found(
    old: str, new: str, rule: str, judge: Judge, published: Path
) -> None:
    path = PAGE.format("ar")
    text = (published / path).read_text("utf-8")
    assert old in text
    assert rule in broken(judge, path, text.replace(old, new))


NAMED = {
    "in the footer": ("", "<footer><p>{}</p></footer>", True),
    "in the text alone": ("<p>{}</p>", "<footer>x</footer>", True),
    "without a footer": ("<p>{}</p>", "", True),
    "with other spaces and capitals": ("", "<footer><b>\u200e {} </b></footer>", True),
    "nowhere": ("", "<footer>x</footer>", False),
    "in an attribute": ('<p title="{}">x</p>', '<footer title="{}">x</footer>', False),
    "in what is never shown": ("", "<template><footer>{}</footer></template>", False),
    "in data": ('<script type="text/plain">{}</script>', "<footer>x</footer>", False),
}


@pytest.mark.parametrize(("inside", "behind", "shown"), NAMED.values(), ids=NAMED)
def test_a_sponsor_counts_only_where_readers_see_it(
    inside: str, behind: str, *, shown: bool, judge: Judge, campaign: ExpectedCampaign
) -> None:
    names = " ".join((campaign.sponsors["en"], *campaign.funders))
    body = f'<main><a href="help/">Help</a>{inside}</main>{behind}'.replace("{}", names)
    page = f'<html lang="en" dir="ltr"><title>{names}</title><body>{body}</body></html>'
    assert broken(judge, "site/en/about/index.html", page) == (set() if shown else {"TRN01"})


@pytest.mark.parametrize(
    ("link", "found"),
    [
        ('<a href="https://justpaste.it/x">x</a>', True),
        ('<img alt="" src="https://www.JustPaste.it/x.png">', True),
        ('<a data-href="justpaste.it">x</a>', True),
        ('<a href="https:&#47;&#47;justpaste&#46;it/x">x</a>', True),
        ('<a href="//justpaste.it/x">x</a>', True),
        ('<a href="../justpaste.it/x">a folder of our own</a>', False),
        ('<a href="https://example.org/?about=justpaste">x</a>', False),
        ('<a href="https://justpaste&#46;it/x">x</a>', True),
        ('<a href="https://example.org/?a=1&amp;b=2&#39;">x</a>', False),
        ("<p>justpaste.it</p>", False),
    ],
)
def test_links_to_what_nothing_may_lead_to_are_found(
    link: str, *, found: bool, judge: Judge, published: Path
) -> None:
    path = PAGE.format("en")
    text = (published / path).read_text("utf-8").replace("<footer", f"{link}<footer")
    assert ("EVD02" in broken(judge, path, text)) == found


def test_a_page_without_a_way_to_help_is_found(judge: Judge, published: Path) -> None:
    path = PAGE.format("en")
    text = (published / path).read_text("utf-8")
    alone = text.replace("tel:", "x:").replace("help/", "x/")
    assert broken(judge, path, alone) == {"SAF01"}


def test_a_niche_claim_must_not_be_offered(
    judge: Judge, campaign: ExpectedCampaign, published: Path
) -> None:
    path = PAGE.format("en")
    key = ("en", "letters-home")
    niche = campaign.points[key]._replace(niche=True, level="niche")
    strict = Judge(campaign._replace(points={**campaign.points, key: niche}), rules())
    text = (published / path).read_text("utf-8")
    found = [finding for finding in strict.page(path, text) if finding.rule == "AMP01"]
    assert len(found) == 2
    assert "MRK01" in broken(strict, path, text)
    assert "AMP01" not in broken(judge, path, text)


def test_drafts_are_judged(judge: Judge, campaign: ExpectedCampaign, published: Path) -> None:
    every = json.loads((published / "posts/posts.json").read_bytes())
    draft = next(d for d in every if (d["language"], d["point"]) == ("en", "letters-home"))
    claim = campaign.points["en", "letters-home"].claim
    alone = {**draft, "parts": [{"text": claim}]}
    assert {f.rule for f in judge.draft("x.txt", alone)} == {"STR01", "STR04"}
    linked = {**draft, "parts": [{"text": f"{draft['parts'][0]['text']} justpaste.it/abc"}]}
    assert {f.rule for f in judge.draft("x.txt", linked)} == {"EVD02"}
    silent = {**draft, "images": [{"alt": ""}]}
    assert {f.rule for f in judge.draft("x.txt", silent)} == {"ACC01"}
    told = {**draft, "images": [{"alt": claim}]}
    assert {f.rule for f in judge.draft("x.txt", told)} == {"STR04"}


BROKEN = {
    "bytes that are no text": ("site/fr/index.html", lambda data: data + b"\xff\xfe"),
    "data that is no JSON": (
        PAGE.format("de"),
        lambda data: data.replace(b'ld+json">{', b'ld+json">{,'),
    ),
    "no drafts": ("posts/posts.json", lambda _: b"["),
    "other drafts": ("posts/posts.json", lambda _: b'[{"point": 7}]'),
}


@pytest.mark.parametrize(("name", "change"), BROKEN.values(), ids=BROKEN)
def test_what_cannot_be_read_any_more_is_one_problem(
    name: str, change: Callable[[bytes], bytes], project: Project, published: Path, tmp_path: Path
) -> None:
    for path in ("manifest.json", "posts/posts.json", "site/fr/index.html", PAGE.format("de")):
        (tmp_path / path).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(published / path, tmp_path / path)
    (tmp_path / name).write_bytes(change((published / name).read_bytes()))
    found = judge_built(project, find_finished_build(tmp_path), "dist", NoCache())
    errors = [(item.code, item.path) for item in found if item.severity == "error"]
    assert errors == [("built-unreadable", f"dist/{name}")]


def test_every_page_and_draft_is_judged_once(
    project: Project, published: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for folder in ("site", "posts"):
        shutil.copytree(published / folder, tmp_path / folder)
    shutil.copyfile(published / "manifest.json", tmp_path / "manifest.json")
    own = tmp_path / "site/a-folder-of-the-team/x/index.html"
    own.parent.mkdir(parents=True)
    own.write_text("<html lang=en dir=ltr>", "utf-8")
    seen: list[str] = []

    def see(_: Judge, path: str, __: object) -> tuple[()]:
        seen.append(path)
        return ()

    for name in ("page", "draft"):
        monkeypatch.setattr(Judge, name, see)
    judge_built(project, find_finished_build(tmp_path), "dist", NoCache())
    pages = [path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("site/**/*.html")]
    texts = [path.relative_to(tmp_path).as_posix() for path in tmp_path.glob("posts/*/*/*.txt")]
    drafts = [path for path in texts if "/replies/" not in path]
    assert len(pages) > 600
    assert len(drafts) > 1000
    assert sorted(seen) == sorted([*pages, *drafts])


def test_structured_data_of_other_kinds_says_nothing_about_claims(
    judge: Judge, published: Path
) -> None:
    path = PAGE.format("en")
    text = (published / path).read_text("utf-8")
    for data in ("[]", "7", '{"@type": "ClaimReview", "itemReviewed": ["x"]}'):
        script = f'<script type="application/ld+json">{data}</script></main>'
        assert "EVD02" not in broken(judge, path, text.replace("</main>", script))


def test_the_command_judges_a_build(small: Path, tmp_path: Path) -> None:
    run = ("-C", copy_workspace(tmp_path), "check", "--built")
    day = {"SOURCE_DATE_EPOCH": "1795478400"}
    done = stopjihad(*run, small.parent, **day)
    assert done.returncode == 0, done.stderr
    missing = stopjihad(*run, tmp_path, **day)
    assert missing.returncode == 1
    assert "built-missing" in missing.stdout + missing.stderr


@pytest.mark.parametrize(
    ("page", "file"),
    [
        ("په ۲۰۱۴ کې", "په 2014 کې"),
        ("২০১৪ সালে", "2014 সালে"),
        ("«\u00a0Trois\u202f?\u00a0»", "« Trois ? »"),
        ("\u2066call 112\u2069  now", "call 112 now"),
    ],
)
def test_what_only_looks_different_is_the_same(page: str, file: str) -> None:
    assert plain(page) == plain(file)


def test_long_texts_are_compared_like_short_ones() -> None:
    assert plain("۲۰۱۴ " * 200) == " ".join(["2014"] * 200)


def test_other_numbers_are_other_words() -> None:
    assert plain("۲۰۱۵") != plain("2014")


@pytest.mark.parametrize(
    "typed",
    ["Attention: «ils» mentent!", "Pourquoi? Non; voilà.", "À 14h30, à 9 h 30, à 8h; 7 h après."],
)
def test_french_marks_typed_without_their_spaces_are_found_on_the_page(typed: str) -> None:
    page = space(typed, "fr", "FR")
    assert page != typed
    assert plain(page) == plain(typed)


@given(st.lists(st.sampled_from(["NB", "«", "»", ":", "!", "?", ";", " ", "14", "h", "30", "oui"])))
def test_setting_french_spaces_never_makes_other_words(parts: list[str]) -> None:
    typed = "".join(parts)
    for region in ("FR", "CA"):
        assert plain(space(typed, "fr", region)) == plain(typed)


@pytest.mark.parametrize("language", sorted(QUOTES))
def test_straight_marks_are_found_as_the_language_sets_them(language: str) -> None:
    typed = 'The "price" of oil: "too high!"'
    page = space(set_quotes(typed, language), language.partition("-")[0], "")
    assert page != typed
    assert plain(page) == plain(typed)
