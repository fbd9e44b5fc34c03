"""Check and complete a text that a person wrote for one platform."""

from __future__ import annotations

from stopjihad.catalog.platforms import Platform
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.post.parts import Material, choices, staying
from stopjihad.render.post.prose import plain
from stopjihad.text.count import Rule, count
from stopjihad.text.links import web_links
from stopjihad.text.threads import BREAK, split

LINK_PLACE = "{link}"
"""Where the author wants the address, campaign parameters included."""


def written(material: Material, platform: Platform, rule: Rule) -> tuple[str, ...]:
    """Take a hand-written text and add what every post carries.

    That is the sentences that stay with the fact, the link, the sponsor, hashtags.

    What the author already wrote is not added again. A text over the limit becomes a thread on
    platforms that have threads.

    Args:
        material: what the post is made from; its view has the text.
        platform: the platform that the text was written for.
        rule: how it counts.

    Returns:
        The post, or the parts of a thread. It may be too long where it cannot be a thread.

    Raises:
        ProblemsFound: ``post-claim-alone``.
    """
    text = material.view.posts[platform.id].value.strip()
    _check_claim(material, text, platform)
    placed = LINK_PLACE in text
    text = text.replace(LINK_PLACE, material.link)
    whole = _completed(material, text, placed=placed)
    bare = "\n\n".join(whole[:-1]) if whole[-1].startswith(("#", "\u200e#")) else ""
    full = "\n\n".join(whole)
    for version in (full, bare):
        if version and not BREAK.search(version) and count(rule, version).fits:
            return (version,)
    if platform.long_text == "thread":
        parts = split(full, lambda part: count(rule, part).fits, material.view.lang)
        if parts:
            return parts
    return (bare or full,)


def _completed(material: Material, text: str, *, placed: bool) -> list[str]:
    found = choices(material)
    whole = [text]
    if plain(material.view.fact.value) in plain(text):
        whole += [part for part in staying(material) if plain(part) not in plain(text)]
    if material.style != "text" or not (placed or web_links(text)):
        whole.append(found["more"].texts[-1])
    if plain(material.frame.sponsor.value) not in plain(text):
        whole.append(found["sponsor"].texts[1])
    if "#" not in text:
        whole.append(found["hashtags"].texts[-1])
    return [part for part in whole if part]


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
