"""Generate talking points in many languages: ordinary ones, long ones and awkward ones."""

from __future__ import annotations

import random
from collections.abc import Iterable, Iterator

from msgspec.structs import replace
from stopjihad.problem import ProblemsFound
from stopjihad.render.post.compose import compose
from stopjihad.render.post.words import WORDS
from stopjihad.view.draft import Draft
from stopjihad.view.records import ActionView, Frame, PointView, Prose, Text

from render.post.samples import PLATFORMS, TEMPLATES, frame, point, source
from support.texts import AWKWARD, EMOJI, SENTENCES

_LANGUAGE_LIST = "ar am bn bs cs da de el en es fa fr hi id it ja nl pl pt ru so sv tr ur"
LANGUAGES = _LANGUAGE_LIST.split()
_PLATFORM_LIST = (
    "x facebook instagram threads linkedin tiktok telegram whatsapp mastodon bluesky sms email"
)
PLATFORM_NAMES = _PLATFORM_LIST.split()
RIGHT_TO_LEFT = {"ar", "fa", "ur"}
ACTIONS = ("helpline", "report", "link", "page", "share")


def generated_point(lang: str, seed: int, *, awkward: bool = False) -> PointView:
    """Generate one talking point.

    Args:
        lang: BCP 47 tag, one of ``SENTENCES``.
        seed: the same seed gives the same point.
        awkward: mix in emoji, marks, hashtags, control characters and very long words.
    """
    chance = random.Random(f"{lang}{seed}")
    words = SENTENCES[lang].split() if " " in SENTENCES[lang] else list(SENTENCES[lang])

    def sentence(least: int, most: int) -> str:
        picked = [chance.choice(words) for _ in range(chance.randint(least, most))]
        if awkward and chance.random() < 0.3:
            picked.insert(chance.randrange(len(picked)), chance.choice(EMOJI + AWKWARD))
        between = " " if " " in SENTENCES[lang] else ""
        return between.join(picked).strip(" .。।،;:!?") + chance.choice(".....?!")

    def prose(paragraphs: int) -> Prose:
        blocks = [
            " ".join(sentence(4, 14) for _ in range(chance.randint(1, 4)))
            for _ in range(chance.randint(0, paragraphs))
        ]
        if chance.random() < 0.2:
            blocks.insert(0, "\n".join(f"- {sentence(2, 6)}" for _ in range(3)))
        return Prose((Text("\n\n".join(blocks), lang),))

    claim = Text(sentence(2, 8), lang) if chance.random() < 0.7 else None
    return replace(
        point(),
        id=f"point-{seed}",
        lang=lang,
        fact=Text(sentence(5, 18 if not awkward else 40), lang),
        claim=claim,
        warning=Text(sentence(2, 8), lang) if claim else None,
        action=ActionView(label=Text(sentence(2, 6), lang), kind=chance.choice(ACTIONS)),
        body=prose(5),
        alternative=prose(2),
        sources=tuple(source(f"s{n}", sentence(1, 4)[:-1]) for n in range(chance.randint(1, 4))),
    )


def generated_frame(lang: str, *, awkward: bool = False) -> Frame:
    """Make the frame of a language; an awkward one has strange hashtags and sponsors."""
    page = replace(
        frame("en"),
        lang=lang,
        direction="rtl" if lang in RIGHT_TO_LEFT else "ltr",
        disclosure=Text(f"Example Trust. {SENTENCES[lang]}", lang),
    )
    if awkward:
        page = replace(
            page,
            sponsor=Text("Verein „Hallo!“ e. V.", lang),
            hashtags=("2026", "a&b <i>c</i>", "#لا_للعنف", "#x" * 40, "👩‍⚕️ help"),
        )
    return page


def generated_drafts(
    lang: str,
    seeds: Iterable[int],
    platforms: Iterable[str] = PLATFORM_NAMES,
    *,
    awkward: bool = False,
) -> Iterator[Draft | None]:
    """Compose drafts of generated talking points; None stands for a problem."""
    page = generated_frame(lang, awkward=awkward)
    words = {message: message for message in WORDS}
    for seed in seeds:
        view = generated_point(lang, seed, awkward=awkward)
        link = f"{page.base_url}/{lang}/points/{view.id}/"
        for name in platforms:
            try:
                yield compose(view, page, PLATFORMS[name], TEMPLATES[name], words, link)
            except ProblemsFound:
                yield None
