"""Prepare the parts of a post: each as a row of texts, nothing to the fullest."""

from __future__ import annotations

import re
from collections.abc import Mapping

import msgspec

from stopjihad.catalog.post_template import LinkStyle, PartName
from stopjihad.model.helpline import HURT, LISTENING, before_police
from stopjihad.model.point import Need
from stopjihad.render.post import words as said
from stopjihad.render.post.prose import (
    BULLET,
    DraftSentence,
    amounts,
    continue_after,
    flatten,
    join,
)
from stopjihad.render.post.titles import opening_line
from stopjihad.render.post.words import say
from stopjihad.text.language.sentences import end_sentence, first_sentence, is_ended, open_sentence
from stopjihad.text.web.links import hashtags
from stopjihad.view import credit_words
from stopjihad.view.alert_phrases import call
from stopjihad.view.claim import FLAGGED, claimed_by, flag_claim
from stopjihad.view.helplines import emergency_line, help_address, number_heading, state_helplines
from stopjihad.view.page_address import INDEX, free_path
from stopjihad.view.records import ActionView, Frame, PointView, Prose, Text
from stopjihad.view.slides import LEAF, SWIPE

_SPACE_BEFORE_LINE = re.compile(r"[ \u00a0\u202f]+\n")
_IN_BRACKETS = re.compile(r"[\\\[\]]")
_LEFT_TO_RIGHT_MARK = "\u200e"
_SEMICOLON = dict.fromkeys(("ar", "fa", "ur", "ps", "ckb", "ug", "sd"), "؛ ") | {
    "fr": "\u202f; ",
    "zh": "；",
}


class DraftChoice(msgspec.Struct, frozen=True):
    """The ways in which one part may be said.

    ``texts`` run from short to long; ``amounts`` tell how much each holds, in the unit of the part
    (sentences, sources, helplines, hashtags).
    """

    amounts: tuple[int, ...]
    texts: tuple[str, ...]

    def level(self, amount: int) -> int:
        """Find the fullest text that holds at most ``amount``."""
        return max((i for i, held in enumerate(self.amounts) if held <= amount), default=0)


class Material(msgspec.Struct, frozen=True, kw_only=True):
    """What a post is made from.

    Attributes:
        view: the talking point in the post's language.
        frame: the campaign in that language.
        words: theme words by English message.
        link: address of the talking point's page, campaign parameters included.
        style: where the address stands.
        flat: whether the post is one paragraph.
        brief: whether publishers are named in as few words as possible.
        addresses: whether sources stand with their addresses.
        single: whether the page's address is the only one.
        markdown: whether they are links in Markdown.
        grouped: whether people write to each other there under their names.
        most_hashtags: how many the platform allows and readers bear.
        slides: how the slides that go with the post are turned: ``swipe``, ``leaf``; empty where
            there are none.
    """

    view: PointView
    frame: Frame
    words: Mapping[str, str]
    link: str
    style: LinkStyle
    flat: bool
    brief: bool
    addresses: bool
    most_hashtags: int
    slides: str = ""
    single: bool = False
    markdown: bool = False
    grouped: bool = False


def choices(material: Material) -> dict[PartName, DraftChoice]:
    """Prepare every part.

    Returns:
        Ways to say each part; a part that there is nothing for has the empty text alone.
    """
    view, lang = material.view, material.view.lang
    claim = view.claim.value if view.claim else ""
    found: dict[PartName, DraftChoice] = {
        "hook": optional(opening_line(view)),
        "fact": DraftChoice((1,), (view.fact.value.strip(),)),
        "claim": optional(claim_text(material)),
        "sources": sources(material),
        "sponsor": _sponsor(material),
        "hashtags": _hashtags(material),
        "helpline": _helpline(material),
        "private": optional(say(material.words, lang, said.PRIVATE)),
        "action": _action(material),
        "more": _more(material),
        "swipe": _swipe(material),
        "chapters": optional(""),
    }
    prose: tuple[tuple[PartName, Prose], ...] = (
        ("explanation", view.body),
        ("alternative", _instead(view)),
    )
    for name, passages in prose:
        sentences = flatten(passages, lang, fact=view.fact.value, claim=claim)
        found[name] = _prose(sentences, flat=material.flat)
    return found


def _instead(view: PointView) -> Prose:
    """Say what to do instead: the alternative, then the steps as a paragraph of their own.

    A single sentence above the steps announces them: it stands in their paragraph, never alone.
    """
    steps = " ".join(end_sentence(open_sentence(one.value), one.lang) for one in view.steps)
    passages = view.alternative.passages
    if not steps:
        return view.alternative
    lead = passages[0] if len(passages) == 1 else None
    if lead and lead.value.strip() == first_sentence(lead.value.strip(), lead.lang):
        return Prose((Text(f"{lead.value.strip()} {steps}", lead.lang),))
    return Prose((*passages, Text(steps, view.steps[0].lang)))


def following_parts(
    material: Material, said: Mapping[PartName, int]
) -> dict[PartName, DraftChoice]:
    """Prepare the parts of posts that follow the first: what that one has not said.

    Args:
        said: how much of each part the first post holds.

    Returns:
        Ways to say each part; the explanation goes on with the next paragraph that needs no
        sentence before it to be kept.
    """
    found = choices(msgspec.structs.replace(material, brief=False))
    view, lang = material.view, material.view.lang
    claim = view.claim.value if view.claim else ""
    sentences = flatten(view.body, lang, fact=view.fact.value, claim=claim)
    found["explanation"] = _prose(continue_after(sentences, said.get("explanation", 0)), flat=False)
    if said.get("claim"):
        found["claim"] = optional("")
    return found


def passages_that_stay(material: Material) -> tuple[str, ...]:
    """List the passages that every post with the fact holds.

    Returns:
        Those of explanation and alternative that stay when everything else is cut.
    """
    found = choices(material)
    return tuple(filter(None, (found[name].texts[0] for name in ("explanation", "alternative"))))


def claim_text(material: Material) -> str:
    """Say the claim with its flag, then the warning; or nothing when a word of it is missing."""
    view, lang = material.view, material.view.lang
    said_by = say(material.words, lang, FLAGGED)
    pattern = claimed_by(said_by, view, material.frame, material.words)
    if view.claim is None or view.warning is None or not pattern:
        return ""
    return f"{flag_claim(view.claim.value, pattern, lang)} {end_sentence(view.warning.value, lang)}"


def optional(text: str) -> DraftChoice:
    """Let a part be said or left out; one without words is always left out."""
    return DraftChoice((0, 1), ("", text)) if text else DraftChoice((0,), ("",))


def _prose(sentences: tuple[DraftSentence, ...], *, flat: bool) -> DraftChoice:
    held = amounts(sentences)
    return DraftChoice(held, tuple(join(sentences, amount, flat=flat) for amount in held))


def sources(material: Material) -> DraftChoice:
    """Name the sources: in one line, or each in a line of its own above its address."""
    if material.addresses:
        return _listed_sources(material)
    known = material.view.sources
    named = [one.brief if material.brief else one.known_as for one in known]
    names = tuple(dict.fromkeys(name.strip() for name in named))
    lang = material.view.lang
    between = _SEMICOLON.get(lang.partition("-")[0], "; ")
    texts = [""]
    for amount in range(1, len(names) + 1):
        message = credit_words.SOURCE if amount == 1 else credit_words.SOURCES
        text = say(material.words, lang, message, names=between.join(names[:amount]))
        if not text:
            break
        texts.append(text)
    return DraftChoice(tuple(range(len(texts))), tuple(texts))


def _listed_sources(material: Material) -> DraftChoice:
    """Name publishers one a line, each once and with all its addresses, for readers who check."""
    known, texts = material.view.sources, [""]
    for amount in range(1, len(known) + 1):
        by_name: dict[str, list[str]] = {}
        for one in known[:amount]:
            by_name.setdefault(one.known_as.strip(), []).append(one.url)
        lines = [_source_line(*one, markdown=material.markdown) for one in by_name.items()]
        message = credit_words.SOURCE if amount == 1 else credit_words.SOURCES
        listed = "\n" + "\n".join(lines)
        text = say(material.words, material.view.lang, message, names=listed)
        if not text:
            break
        texts.append(_SPACE_BEFORE_LINE.sub("\n", text))
    return DraftChoice(tuple(range(len(texts))), tuple(texts))


def _source_line(name: str, addresses: list[str], *, markdown: bool) -> str:
    if not markdown:
        return "\n".join((f"{BULLET}{name}", *addresses))
    escaped = _IN_BRACKETS.sub(r"\\\g<0>", name)
    linked = [one.replace("(", "%28").replace(")", "%29") for one in addresses]
    if len(linked) == 1:
        return f"* [{escaped}]({linked[0]})"
    return f"* {escaped}: " + ", ".join(f"[{n}]({one})" for n, one in enumerate(linked, 1))


def _sponsor(material: Material) -> DraftChoice:
    frame = material.frame
    name = frame.sponsor.value.strip()
    short = say(material.words, frame.lang, credit_words.SPONSOR, sponsor=name) or name
    disclosure = frame.disclosure.value.strip()
    if frame.sample or not disclosure or frame.disclosure.lang != frame.lang:
        # The disclosure of a sample is for the team that copies it, not for readers.
        return DraftChoice((0, 1), (name, short))
    full = disclosure if name in disclosure else f"{end_sentence(short, frame.lang)} {disclosure}"
    return DraftChoice((0, 1, 2), (name, short, full))


def _hashtags(material: Material) -> DraftChoice:
    tags = hashtags(material.frame.hashtags, material.most_hashtags)
    if material.frame.direction == "rtl":
        # Without the mark a Latin tag in an Arabic line shows its # at the wrong end.
        tags = tuple(_LEFT_TO_RIGHT_MARK + tag if tag[1:].isascii() else tag for tag in tags)
    held = range(len(tags) + 1)
    return DraftChoice(tuple(held), tuple(" ".join(tags[:amount]) for amount in held))


def _helpline(material: Material) -> DraftChoice:
    """Name the helplines, with or without the call to action above them.

    Where no line serves, the page that lists those of other countries stands, and whom to ask about
    a worry, under words of its own: a post without a number helps nobody who has no time to read.
    Where one alone has room it is the campaign's first, which is there for everybody: a line for
    children alone would fail the parents of an adult. Of several that of the police is the last,
    and behind a line for a worry stands what to dial in danger: it is closed at night.
    """
    view, frame = material.view, material.frame
    need = frame.need_met(view.action.need, view.action.kind)
    found = () if view.misplaced else state_helplines(frame, material.words, need)
    found = found[:1] if view.one_line else found
    lead = _above_line(material, need, served=bool(found))
    if view.action.kind == "helpline":
        lead = _lead_in(material, open_sentence(view.action.label.value))
    if not found:
        text = " ".join(filter(None, (lead, help_address(frame))))
        return DraftChoice(*_with_worry(material, text))
    brief, hours, _ = found[0].fullest
    between = " " if material.flat else "\n"
    held = range(1, len(found) + 1)
    urgent = need in URGENT_NEEDS and view.action.kind == "helpline" and emergency_line(frame)
    danger = call(frame, material.words) if urgent else ""
    by_id = {one.line.id: one for one in found}

    def tell(amount: int, fullness: int) -> str:
        order = before_police(one.line for one in found[:amount])
        lines = (by_id[line.id].fullest[fullness] for line in order)
        return between.join(filter(None, (lead, *lines, danger)))

    one, *more = (tell(amount, 1 if material.single else 2) for amount in held)
    timed = between.join(filter(None, (lead, hours)))
    both = (tell(2, 0),) if more else ()  # two without their hours, rather than one with them
    amounts = (0, 1, 1, 1, *(2 for _ in both), *held[1:])
    return DraftChoice(amounts, ("", brief, timed, one, *both, *more))


URGENT_NEEDS: frozenset[Need | None] = frozenset({"worried", "relatives", "exit"})
"""Needs of people who may have to dial the emergency number before anything else."""


def _with_worry(material: Material, text: str) -> tuple[tuple[int, ...], tuple[str, ...]]:
    """Put the line for a worry below the address of the help page, where it may stand.

    For people who want out it is one that listens: the police's number looks like a way out. It is
    a paragraph of its own: words that promise someone who listens may stand above it, and the
    police may answer. A post of one paragraph with such words has none, nor has one for people who
    were hurt.
    """
    view, flat = material.view, material.flat
    need: Need = LISTENING if view.action.need == "exit" else "worried"
    apart = view.action.need not in HURT and (not flat or view.action.kind != "helpline")
    worry = (
        state_helplines(material.frame, material.words, need)
        if apart and not view.misplaced
        else ()
    )
    if not worry:
        return (0, 1), ("", text)
    lead = _above_line(material, need, served=True)
    between = " " if flat else "\n\n"
    told = [between.join((text, f"{lead} {one}")) for one in worry[0].fullest[:2]]
    return (0, 1, 1, 1), ("", text, *told)


def _above_line(material: Material, need: Need | None, *, served: bool) -> str:
    heading = number_heading(need, served=served) or said.HELP
    return _lead_in(material, say(material.words, material.frame.lang, heading))


def _lead_in(material: Material, label: str) -> str:
    if not label or is_ended(label):
        return label
    return say(material.words, material.frame.lang, said.ACTION_LEAD, action=label)


def _action(material: Material) -> DraftChoice:
    """Ask for the next step, with the address of what it names."""
    view, words = material.view, material.words
    lang, label = view.lang, open_sentence(view.action.label.value)
    target = action_address(view.action, material.frame)
    if not target or material.single:  # something to do with this very post
        return optional(end_sentence(label, lang))
    if material.style == "profile":  # no address can be followed there; the page has this one
        place = say(words, lang, said.LINK_IN_PROFILE)
        return optional(f"{end_sentence(label, lang)} {place}" if place else "")
    message = said.ACTION_AFTER_MARK if is_ended(label) else said.ACTION
    return optional(say(words, lang, message, action=label, link=target))


def _more(material: Material) -> DraftChoice:
    """Lead to the talking point: words and link, or the link alone."""
    words, lang = material.words, material.view.lang
    if material.style == "field":
        return DraftChoice((0,), ("",))
    if material.style == "profile":
        return optional(say(words, lang, said.READ_MORE_IN_PROFILE))
    whole = say(words, lang, said.READ_MORE, link=material.link)
    return DraftChoice((1, 2), (material.link, whole or material.link))


def _swipe(material: Material) -> DraftChoice:
    """Invite to the slides."""
    message = {"swipe": SWIPE, "leaf": LEAF}.get(material.slides)
    return optional(say(material.words, material.view.lang, message) if message else "")


def action_address(action: ActionView, frame: Frame) -> str:
    """Give the absolute address of what a call to action names.

    Args:
        frame: the campaign in the language of its label; the help page opens at the country of
            the first line that serves its need.

    Returns:
        The address; empty for one that asks to pass this very post on.
    """
    home = f"{frame.base_url.rstrip('/')}/{frame.lang}"
    if action.kind == "link":
        return action.url or ""
    if action.kind == "page" and action.page:
        return f"{home}/{free_path(action.page).removesuffix(INDEX)}"
    if action.kind == "report":
        return f"{home}/report/"
    if action.kind == "helpline":
        lines = frame.lines(action.need)
        place = f"#country-{lines[0].country}" if lines else ""
        return help_address(frame) + place
    return ""
