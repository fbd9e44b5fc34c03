"""Prepare the parts of a post: each as a row of texts, from nothing to the fullest."""

from __future__ import annotations

from collections.abc import Mapping

import msgspec

from stopjihad.catalog.post_template import LinkStyle, PartName
from stopjihad.render.claim import FLAGGED, flagged
from stopjihad.render.helpline import help_address, stated
from stopjihad.render.post import words as said
from stopjihad.render.post.prose import Sentence, amounts, flatten, join
from stopjihad.render.post.words import say
from stopjihad.text.hashtags import hashtags
from stopjihad.text.sentences import ended, is_ended, opened
from stopjihad.view.records import Frame, PointView

AFTER_HELPLINE = "action after helpline"
"""Name of the link's part when the call to action already stands above the helplines."""

_LEFT_TO_RIGHT_MARK = "\u200e"
_SEMICOLON = dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "ug", "sd"), "؛ ") | {
    "fr": "\u202f; ",
    "zh": "；",
}


class Choice(msgspec.Struct, frozen=True):
    """Hold the ways in which one part may be said.

    ``texts`` run from short to long; ``amounts`` tell how much each holds, in the unit of the part
    (sentences, sources, helplines, hashtags).
    """

    amounts: tuple[int, ...]
    texts: tuple[str, ...]

    def level(self, amount: int) -> int:
        """Find the fullest text that holds at most ``amount``."""
        return max((i for i, held in enumerate(self.amounts) if held <= amount), default=0)


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """Hold what a post is made from.

    Attributes:
        view: the talking point in the post's language.
        frame: the campaign in that language.
        words: theme words by English message.
        link: address of the talking point's page, campaign parameters included.
        style: where the address stands.
        flat: whether the post is one paragraph.
        most_hashtags: how many the platform allows and readers bear.
    """

    view: PointView
    frame: Frame
    words: Mapping[str, str]
    link: str
    style: LinkStyle
    flat: bool
    most_hashtags: int


def choices(material: Material) -> dict[PartName | str, Choice]:
    """Prepare every part.

    Args:
        material: what the post is made from.

    Returns:
        Ways to say each part; a part that there is nothing for has the empty text alone.
    """
    view, lang = material.view, material.view.lang
    claim = view.claim.value if view.claim else ""
    found: dict[PartName | str, Choice] = {
        "fact": Choice((1,), (view.fact.value.strip(),)),
        "claim": _optional(claim_text(material)),
        "sources": _sources(material),
        "sponsor": _sponsor(material),
        "hashtags": _hashtags(material),
        "helpline": _helpline(material),
        "action": _action(material, view.action.label.value),
        AFTER_HELPLINE: _action(material, ""),
    }
    for name, prose in (("explanation", view.body), ("alternative", view.alternative)):
        sentences = flatten(prose, lang, fact=view.fact.value, claim=claim)
        found[name] = _prose(sentences, flat=material.flat)
    return found


def claim_text(material: Material) -> str:
    """Say the claim with its flag, then the warning; or nothing when a word of it is missing."""
    view, lang = material.view, material.view.lang
    pattern = say(material.words, lang, FLAGGED)
    if view.claim is None or view.warning is None or not pattern:
        return ""
    return f"{flagged(view.claim.value, pattern, lang)} {ended(view.warning.value, lang)}"


def _optional(text: str) -> Choice:
    return Choice((0, 1), ("", text)) if text else Choice((0,), ("",))


def _prose(sentences: tuple[Sentence, ...], *, flat: bool) -> Choice:
    held = amounts(sentences)
    return Choice(held, tuple(join(sentences, amount, flat=flat) for amount in held))


def _sources(material: Material) -> Choice:
    names = tuple(dict.fromkeys(source.publisher.strip() for source in material.view.sources))
    lang = material.view.lang
    between = _SEMICOLON.get(lang.partition("-")[0], "; ")
    texts = [""]
    for amount in range(1, len(names) + 1):
        message = said.SOURCE if amount == 1 else said.SOURCES
        text = say(material.words, lang, message, names=between.join(names[:amount]))
        if not text:
            break
        texts.append(text)
    return Choice(tuple(range(len(texts))), tuple(texts))


def _sponsor(material: Material) -> Choice:
    frame = material.frame
    name = frame.sponsor.value.strip()
    short = say(material.words, frame.lang, said.SPONSOR, sponsor=name) or name
    disclosure = frame.disclosure.value.strip()
    if frame.sample or not disclosure or frame.disclosure.lang != frame.lang:
        # The disclosure of a sample is an instruction to whoever copies it, not to readers.
        return Choice((0, 1), (name, short))
    full = disclosure if name in disclosure else f"{ended(short, frame.lang)} {disclosure}"
    return Choice((0, 1, 2), (name, short, full))


def _hashtags(material: Material) -> Choice:
    tags = hashtags(material.frame.hashtags, material.most_hashtags)
    if material.frame.direction == "rtl":
        # Without the mark a Latin tag in an Arabic line shows its # at the wrong end.
        tags = tuple(_LEFT_TO_RIGHT_MARK + tag if tag[1:].isascii() else tag for tag in tags)
    held = range(len(tags) + 1)
    return Choice(tuple(held), tuple(" ".join(tags[:amount]) for amount in held))


def _helpline(material: Material) -> Choice:
    view, frame = material.view, material.frame
    # Where no line stands for the language, the page that lists those of other countries does.
    lines = tuple(line.text for line in stated(frame, material.words)) or (help_address(frame),)
    lead = say(material.words, frame.lang, said.HELP)
    if view.action.kind == "helpline":
        label = opened(view.action.label.value)
        lead = say(material.words, frame.lang, said.ACTION_LEAD, action=label)
        lead = label if is_ended(label) else lead
    if not lead:
        return Choice((0,), ("",))
    alone = not frame.standing or material.flat
    held = range(1, len(lines) + 1)
    texts = tuple((" " if alone else "\n").join((lead, *lines[:amount])) for amount in held)
    return Choice((0, *held), ("", *texts))


def _action(material: Material, label: str) -> Choice:
    """Ask for the next step: words and link, or the link alone."""
    view, words = material.view, material.words
    lang, label = view.lang, opened(label)
    if material.style == "field":
        return _optional(ended(label, lang))
    if material.style == "profile":
        place = say(words, lang, said.LINK_IN_PROFILE)
        more = say(words, lang, said.READ_MORE_IN_PROFILE)
        whole = " ".join(filter(None, (ended(label, lang), place))) if label else more or place
        return Choice((0, 1, 2), ("", place or whole, whole))
    if not label:
        more = say(words, lang, said.READ_MORE, link=material.link)
        return Choice((1, 2), (material.link, more or material.link))
    message = said.ACTION_AFTER_MARK if is_ended(label) else said.ACTION
    whole = say(words, lang, message, action=label, link=material.link)
    return Choice((1, 2), (material.link, whole))
