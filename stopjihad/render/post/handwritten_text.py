"""Check and complete a text that a person wrote for one platform."""

from __future__ import annotations

import re

from stopjihad.catalog.platforms import Platform
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.post.parts import Material, choices, passages_that_stay
from stopjihad.render.post.prose import plain
from stopjihad.text.count import CountRule, count
from stopjihad.text.language.numbers import TELEPHONE, digits_alone
from stopjihad.text.threads import BREAK, split
from stopjihad.text.web.addresses import web_links
from stopjihad.view.records import HelplineView

LINK_PLACE = "{link}"
"""Where the author wants the address, campaign parameters included."""


def complete_handwritten(
    material: Material, platform: Platform, rule: CountRule
) -> tuple[str, ...]:
    """Take a hand-written text and add what every post carries.

    That is the sentences that stay with the fact, the source, the helpline, the link, the sponsor,
    hashtags.

    What the author already wrote is not added again. A text over the limit becomes a thread on
    platforms that have threads.

    Args:
        material: what the post is made from; its view has the text.
        platform: the platform that the text was written for.

    Returns:
        The post, or the parts of a thread. It may be too long where it cannot be a thread.

    Raises:
        ProblemsFound: ``post-claim-alone``.
    """
    text = material.view.posts[platform.id].value.strip()
    _check_claim(material, text, platform)
    placed = LINK_PLACE in text
    text = text.replace(LINK_PLACE, material.link)
    versions = ["\n\n".join(whole) for whole in _complete_text(material, text, placed=placed)]
    for version in versions:
        if not BREAK.search(version) and count(rule, version).fits:
            return (version,)
    if platform.long_text == "thread":
        parts = split(versions[0], lambda part: count(rule, part).fits, material.view.lang)
        if parts:
            return parts
    return (versions[-1],)


def _complete_text(material: Material, text: str, *, placed: bool) -> list[list[str]]:
    """Give the text with what it needs.

    A second helpline gives way, then hashtags, then the helpline, then the source.
    """
    view, found = material.view, choices(material)
    known = plain(text)
    needed = [text]
    if plain(view.fact.value) in known:
        needed += [part for part in passages_that_stay(material) if plain(part) not in known]
    named = any(_names(known, one.brief) for one in view.sources)
    listed = found["sources"].texts
    source = listed[-1] if material.addresses else "" if named else listed[min(1, len(listed) - 1)]
    choice = found["helpline"]
    lines = [one for one, said in zip(choice.texts, choice.amounts, strict=True) if 0 < said <= 2]
    if any(_tells(text, line) for line in material.frame.standing):
        lines = [""]
    bare, fuller = lines[0], lines[1:] or lines
    asks = material.addresses and view.action.kind != "helpline"  # that one leads the helpline
    tail = [found["action"].texts[-1]] if asks else []
    if material.style != "text" or not (placed or web_links(text)):
        tail.append(found["more"].texts[-1])
    if material.grouped:
        tail.append(found["private"].texts[-1])
    if plain(material.frame.sponsor.value) not in known:
        tail.append(found["sponsor"].texts[1])
    tags = "" if "#" in text else found["hashtags"].texts[-1]
    versions = (
        *([*needed, source, one, *tail, tags] for one in reversed(fuller)),
        *([*needed, source, one, *tail] for one in fuller[:1]),
        [*needed, source, bare, *tail],
        [*needed, source, *tail],
        [*needed, *tail],
    )
    return [[part for part in parts if part] for parts in versions]


def _tells(text: str, line: HelplineView) -> bool:
    """Tell whether a text has the number of a helpline; short ones may be years, and count not."""
    found = set(map(digits_alone, TELEPHONE.findall(text)))
    return not found.isdisjoint(map(digits_alone, (line.printed, line.e164)))


def _names(known: str, publisher: str) -> bool:
    """Tell whether a text has the name as words of its own: "peur" does not name the EU."""
    return re.search(rf"(?<!\w){re.escape(plain(publisher))}(?!\w)", known) is not None


def _check_claim(material: Material, text: str, platform: Platform) -> None:
    """Refuse a text that repeats the claim without its warning and the fact."""
    view = material.view
    if view.claim is None or plain(view.claim.value) not in plain(text):
        return
    needed = [view.fact.value, view.warning.value if view.warning else ""]
    if all(plain(part) in plain(text) for part in needed):
        return
    raise ProblemsFound(
        (
            Problem(
                path=f"campaigns/{material.frame.campaign}/points/{view.id}.md",
                code="post-claim-alone",
                message=f"the {platform.name} post in {view.lang} repeats the claim alone",
                hint="write the fact first and the warning after the claim, or leave it out",
            ),
        )
    )
