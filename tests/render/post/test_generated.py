"""Hold what every draft must keep, on thousands of generated talking points."""

from __future__ import annotations

import random
import re

import pytest
from stopjihad.catalog.platforms import measure
from stopjihad.problem import ProblemsFound
from stopjihad.render.post.compose import compose
from stopjihad.render.post.parts import action_address
from stopjihad.render.post.prose import plain
from stopjihad.render.post.words import WORDS
from stopjihad.text.count.x import emoji_pattern
from stopjihad.text.unicode.graphemes import clusters
from stopjihad.text.web.addresses import web_links
from stopjihad.view.draft import Draft
from stopjihad.view.helplines import help_address
from stopjihad.view.records import Frame, PointView

from render.post.generated import LANGUAGES, generated_frame, generated_point
from render.post.samples import PLATFORMS, TEMPLATES

SAME = {message: message for message in WORDS}


def made(platform: str, view: PointView, page: Frame, link: str) -> tuple[Draft | None, list[str]]:
    """Compose one draft, or tell of problems that nobody expects."""
    try:
        return compose(view, page, PLATFORMS[platform], TEMPLATES[platform], SAME, link), []
    except ProblemsFound as found:
        codes = {problem.code for problem in found.problems}
        return None, [] if codes == {"post-too-long"} else [f"unexpected problem {codes}"]


def faults(platform: str, lang: str, seed: int) -> list[str]:
    """Compose one draft and list what is wrong with it; a problem is an answer too."""
    view = generated_point(lang, seed, awkward=True)
    page = generated_frame(lang, awkward=seed % 2 == 0)
    link = f"{page.base_url}/{lang}/points/{view.id}/?a=1#top"
    draft, unexpected = made(platform, view, page, link)
    if draft is None or draft.left_out:
        return unexpected
    found = []
    for part in draft.parts:
        measured = measure(PLATFORMS[platform], part.text)
        if not measured.fits or measured.count != part.count:
            found.append("it does not fit")
    text = draft.parts[0].text
    fact = view.fact.value.strip()
    if platform != "sms" and not text.lstrip("*").startswith(fact):
        found.append("the fact is not first")
    if view.claim and plain(view.claim.value) not in plain(fact):
        claim = text.find("Recruiters say: “")
        if claim >= 0 and "” That is false. " not in text[claim:]:
            found.append("the claim stands without its flag")
        if claim >= 0 and text.find(view.warning.value.strip(), claim) < 0:
            found.append("the claim stands without its warning")
    whole = {text[start:end] for start, end in web_links(text)} - web_addresses(view)
    whole -= {source.url for source in view.sources}
    target = action_address(view.action, page).partition("#")[0]
    own = tuple(filter(None, (target, help_address(page))))
    whole = {link for link in whole if not link.startswith(own)}
    if whole and whole != {draft.link}:
        found.append(f"a link is broken: {whole}")
    if not draft.link.endswith("#top") or "?a=1" not in draft.link:
        found.append("query or fragment is lost")
    # A mark at the start of an authored text joins the space that the composer sets before it.
    if not {part.lstrip(" \n“[") for part in clusters(text)} <= known_clusters(
        view, page, draft.link
    ):
        found.append("an emoji or a letter is broken")
    for tag in draft.hashtags:
        if not re.search(rf"(?<![\w#]){re.escape(tag)}(?!\w)", text):
            found.append(f"the hashtag {tag} is broken")
    return found


def authored(view) -> str:
    passages = [text.value for prose in (view.body, view.alternative) for text in prose.passages]
    single = [view.fact, view.claim, view.warning, view.action.label]
    return "\n".join([*passages, *(text.value for text in single if text)])


def web_addresses(view) -> set[str]:
    text = re.sub(r"[ \t\n]+", " ", authored(view))
    return {text[start:end] for start, end in web_links(text)}


def known_clusters(view, page, link) -> set[str]:
    sources = "\n".join(f"• {source.publisher}\n{source.url}" for source in view.sources)
    lines = "\n".join(line.name.value + line.printed + line.country_name for line in page.helplines)
    words = "\n".join((*SAME, page.sponsor.value, page.disclosure.value, lines, sources, link))
    known = {part.lstrip(" \n“") for part in clusters("\n".join((authored(view), words)))}
    for tag in page.hashtags:
        known |= set(clusters(tag)) | set(clusters(tag.upper()))
    # Marks that the composer itself sets, and a letter that follows a stripped full stop.
    return (
        known
        | {""}
        | set("0123456789•·*.;؛； \n\u2066\u2069\u200e\u202f#_\"'-[]()\\")
        | {"。", "।", "۔", "።", "\u200e"}
    )


def sample(number: int, seed: int) -> list[tuple[str, str, int]]:
    chance = random.Random(seed)
    names = sorted(PLATFORMS)
    return [(chance.choice(names), chance.choice(LANGUAGES), n) for n in range(number)]


@pytest.mark.parametrize("share", range(4))
def test_every_draft_of_a_generated_point_keeps_the_promises(share):
    wrong = [(case, found) for case in sample(200, share) if (found := faults(*case))]
    assert wrong == []


@pytest.mark.long
@pytest.mark.parametrize("share", range(100, 150))
def test_every_draft_of_a_hundred_thousand_points_keeps_the_promises(share):
    wrong = [(case, found) for case in sample(2000, share) if (found := faults(*case))]
    assert wrong == []


def test_the_judge_sees_faults():
    assert emoji_pattern().search("👩‍⚕️")
    view, page = generated_point("en", 1), generated_frame("en")
    assert "\ud83d" not in known_clusters(view, page, "https://a.org")
