"""Compose the richest post that fits: fact first, the claim never without flag and warning."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import msgspec

from stopjihad.catalog.platforms import Platform
from stopjihad.catalog.post_template import PartName, PostTemplate, Shrink, TemplatePart
from stopjihad.problem import Problem, ProblemsFound
from stopjihad.render.post.handwritten_text import complete_handwritten
from stopjihad.render.post.parts import (
    DraftChoice,
    Material,
    choices,
    following_parts,
    optional,
    sources,
)
from stopjihad.render.post.pictures import TURNED, fit_description, slides_for, with_slides
from stopjihad.render.post.prose import flatten
from stopjihad.render.post.script import chapters, list_chapters, script, story, tell
from stopjihad.render.post.titles import make_preheader, make_title
from stopjihad.render.post.words import (
    ACTION_LEAD,
    CHAPTER_ACTION,
    GROUP,
    LABELS,
    LINK_IN_PROFILE,
    PREHEADER,
    say,
)
from stopjihad.text.count import Count, CountRule, count
from stopjihad.text.count.sms import plain_marks
from stopjihad.text.language.sentences import end_sentence
from stopjihad.text.unicode.graphemes import clusters
from stopjihad.text.web.links import hashtags
from stopjihad.view.draft import Draft, Part
from stopjihad.view.records import Frame, PointView


def compose(
    view: PointView,
    frame: Frame,
    platform: Platform,
    template: PostTemplate,
    words: Mapping[str, str],
    link: str,
) -> Draft:
    """Compose the draft of one talking point for one platform in one language.

    Args:
        view: the talking point in the language of the post.
        template: parts in order, and what is shortened first.
        link: absolute address of the talking point's page.

    Returns:
        The draft; every part keeps the platform's limits. It has no parts where the least version
        that says what must be said is over the limit.

    Raises:
        ProblemsFound: ``draft-withheld`` when the talking point must not be posted in this
            language, ``post-too-long`` when a hand-written text is over the limit,
            ``post-claim-alone`` when it repeats the claim without its warning.
    """
    reason = withheld(view, frame)
    if reason:
        raise _problem(view, frame, "draft-withheld", reason, "no draft is made")
    material = _material(view, frame, platform, template, words)
    card = "" if template.card == "none" else template.card or platform.card
    rule = _rule(platform, card)
    material = msgspec.structs.replace(material, link=link)
    found = choices(material)
    told = tell(material, found) if template.stories else {}
    must = found["explanation"].texts[0]  # stands wherever the fact does
    scenes = script(material, found) if template.film else ()
    parted = chapters(scenes, words, view.lang) if _lists(template, "chapters") else ()
    found["chapters"] = optional(list_chapters(parted))
    parts = _parts(found, material, platform, template, rule)
    measured = tuple(count(rule, part) for part in parts)
    if not all(item.fits for item in measured):
        if platform.id in view.posts:
            problem = too_long(frame.campaign, view.id, view.lang, platform.name, measured)
            raise ProblemsFound((problem,))
        parts = ()
    titled = template.title and (platform.carousel != "document" or material.slides)
    title = make_title(view, platform) if titled else None
    draft = Draft(
        campaign=frame.campaign,
        point=view.id,
        language=view.lang,
        platform=platform.id,
        name=platform.name,
        parts=tuple(Part(text, item.count) for text, item in zip(parts, measured, strict=False)),
        title=title,
        limit=measured[0].limit,
        unit=measured[0].unit,
        measured=measured,
        link=material.link,
        hashtags=_hashtags_in(material, parts),
        card=card,
        alt=fit_description(view.card, platform, view.lang) if card else "",
        status=_status(view, frame),
        handwritten=platform.id in view.posts,
        form=template.form or platform.id,
        preheader=_preheader(material, platform, title) if template.preheader else None,
        comment=_comment(found, material, platform, template) if parts else None,
        script=scenes,
        chapters=parted,
        story=story(told, template.stories, material, must),
        labels=_labels(template, words),
        note=say(words, view.lang, GROUP) if _lists(template, "private") else "",
    )
    return with_slides(draft, platform, view)


def _labels(template: PostTemplate, words: Mapping[str, str]) -> dict[str, str]:
    """Give the words above what is pasted elsewhere, for a platform that has such texts."""
    texts = template.comment or template.preheader or template.film or template.stories
    if not (texts or _lists(template, "private")):
        return {}
    return {message: words[message] for message in LABELS if words.get(message)}


def _lists(template: PostTemplate, part: PartName) -> bool:
    return any(one.part == part for one in template.parts)


def _comment(
    found: Mapping[PartName, DraftChoice],
    material: Material,
    platform: Platform,
    template: PostTemplate,
) -> Part | None:
    """Write the first comment; none where it says nothing that fits."""
    aside = template.comment
    if aside is None:
        return None
    own = msgspec.structs.replace(
        material, brief=False, addresses=aside.addresses, markdown=template.markdown
    )
    shape = PostTemplate(parts=aside.parts, shrink=aside.shrink)
    text = Fitter({**found, "sources": sources(own)}, shape, platform.rule, own).best()
    measured = count(platform.rule, text)
    return Part(text, measured.count) if text and measured.fits else None


def _preheader(material: Material, platform: Platform, title: Part | None) -> Part | None:
    view, limit = material.view, platform.preheader_limit
    if title is None or limit is None:
        return None
    general = say(material.words, view.lang, PREHEADER)
    claim = view.claim.value if view.claim else ""
    begun = next(iter(flatten(view.body, view.lang, fact=view.fact.value, claim=claim)), None)
    texts = (view.fact.value.strip(), begun.text if begun else "", general)
    return make_preheader(title, texts, limit.value)


def _status(view: PointView, frame: Frame) -> str:
    if frame.unread:
        return "unread"
    return "ready" if view.reviewed else "unreviewed"


def _parts(
    found: dict[PartName, DraftChoice],
    material: Material,
    platform: Platform,
    template: PostTemplate,
    rule: CountRule,
) -> tuple[str, ...]:
    if platform.id in material.view.posts:
        return complete_handwritten(material, platform, rule)
    first = Fitter(found, template, rule, material)
    return (first.best(), *_thread(material, template, rule, first.said_amounts()))


def _thread(
    material: Material, template: PostTemplate, rule: CountRule, said: dict[PartName, int]
) -> Iterator[str]:
    """Compose the posts that follow the first; none when only the closing one would be left."""
    found = following_parts(material, said)
    texts: list[str] = []
    for post in template.thread:
        shape = PostTemplate(parts=post.parts, shrink=post.shrink)
        fitter = Fitter(found, shape, rule, material)
        text = fitter.best()
        if fitter.said_amounts()[post.needs] and count(rule, text).fits:
            texts.append(text)
    return iter(texts if len(texts) > 1 else ())


def _material(
    view: PointView,
    frame: Frame,
    platform: Platform,
    template: PostTemplate,
    words: Mapping[str, str],
) -> Material:
    """Bring together what a post is made from; the address comes later."""
    return Material(
        view=view,
        frame=frame,
        words=words,
        link="",
        style=template.link,
        brief=any(part.part == "sources" and part.most == 1 for part in template.parts),
        flat=all(part.glue == "space" for part in template.parts[1:]),
        addresses=template.addresses,
        single=template.single,
        markdown=template.markdown,
        grouped=_lists(template, "private"),
        slides=TURNED[platform.carousel] if slides_for(platform, view) else "",
        most_hashtags=_most_hashtags(platform),
    )


def _rule(platform: Platform, card: str) -> CountRule:
    """A text below a picture may have a lower limit than one that stands alone."""
    rule = platform.rule
    if card and platform.caption_limit:
        return msgspec.structs.replace(rule, limit=platform.caption_limit.value)
    return rule


def _most_hashtags(platform: Platform) -> int:
    advised = platform.hashtags_advised.value if platform.hashtags_advised else 2
    return min(advised, platform.hashtags.value) if platform.hashtags else advised


def _hashtags_in(material: Material, parts: tuple[str, ...]) -> tuple[str, ...]:
    """Give the campaign's hashtags that stand in the text."""
    words = {word.strip("\u200e.,;:!?").casefold() for part in parts for word in part.split()}
    tags = hashtags(material.frame.hashtags, None)
    return tuple(tag for tag in tags if tag.casefold() in words)


def too_long(
    campaign: str, point: str, lang: str, platform: str, measured: tuple[Count, ...]
) -> Problem:
    """Say that a post is over the limit.

    Returns:
        An error ``post-too-long`` at the talking point.
    """
    item = next(item for item in measured if not item.fits)
    over = (
        f"{item.count} {item.unit}"
        if item.limit is None
        else (f"{item.count} of {item.limit} {item.unit}")
    )
    return Problem(
        path=f"campaigns/{campaign}/points/{point}.md",
        code="post-too-long",
        message=f"the {platform} post in {lang} is too long: {over}",
        hint="shorten the fact or write posts by hand",
    )


def _problem(view: PointView, frame: Frame, code: str, message: str, hint: str) -> ProblemsFound:
    path = f"campaigns/{frame.campaign}/points/{view.id}.md"
    return ProblemsFound((Problem(path=path, code=code, message=message, hint=hint),))


def withheld(view: PointView, frame: Frame) -> str:
    """Say why no draft is made, or nothing when one may be.

    Returns:
        The reason in a few words; empty when a draft is made.
    """
    if not view.complete:
        return f"not everything is translated into {view.lang}"
    if view.level == "niche":
        return "the claim is niche: posting it would spread it"
    # The source language has nothing to fall back to: its drafts say that nobody approved them.
    if not view.reviewed and frame.policy == "block" and view.lang != frame.source_language:
        return f"nobody has approved the {view.lang} text"
    return ""


_GLUE = {"paragraph": "\n\n", "line": "\n", "space": " "}


class Fitter:
    """Search the fullest text within a limit; holds the level of each part while it does."""

    def __init__(
        self,
        found: dict[PartName, DraftChoice],
        template: PostTemplate,
        rule: CountRule,
        material: Material,
    ) -> None:
        """Begin with the fullest text.

        Args:
            template: which parts, in which order, and what gives way first.
            rule: how the platform counts, and its limit.
        """
        self.found, self.template, self.rule = found, template, rule
        self.lang, self.words = material.view.lang, material.words
        self.merged = material.view.action.kind == "helpline"
        in_profile = material.style == "profile"
        place = say(material.words, self.lang, LINK_IN_PROFILE) if in_profile else ""
        self.placed = bool(place) and place in found["action"].texts[-1]
        self.levels: dict[PartName, int] = {
            part.part: found[part.part].level(max(part.most, part.least)) for part in template.parts
        }

    def said_amounts(self) -> dict[PartName, int]:
        """Tell how much of each part the text holds, in the unit of the part."""
        return {part: self.found[part].amounts[level] for part, level in self.levels.items()}

    def best(self) -> str:
        """Give the fullest text, or the shortest one when even that is over the limit."""
        if self.fits():
            return self.text()
        full = dict(self.levels)
        done: list[Shrink] = []
        for move in self.template.shrink:
            if move.part not in self.levels:
                continue
            low = min(self.found[move.part].level(move.to), self.levels[move.part])
            done.append(move)
            if self._highest(move.part, low, self.levels[move.part] - 1):
                break
        else:
            return self.text()
        for move in reversed(done[:-1]):
            self._highest(move.part, self.levels[move.part] + 1, full[move.part])
        return self.text()

    def _highest(self, part: PartName, low: int, high: int) -> bool:
        """Set a part to the fullest fitting level from low to high; else to low when shrinking."""
        before = self.levels[part]
        best = None
        bottom = low
        while low <= high:
            middle = (low + high + 1) // 2
            self.levels[part] = middle
            if self.fits():
                best, low = middle, middle + 1
            else:
                high = middle - 1
        self.levels[part] = best if best is not None else min(before, bottom)
        return best is not None

    def fits(self) -> bool:
        """Tell whether the text keeps the limit, and the aim of its template."""
        measured = count(self.rule, self.text())
        aim = self.template.aim
        return measured.fits and (aim is None or measured.count <= aim)

    def text(self) -> str:
        """Write the text with each part at its level."""
        text = ""
        for part in self.template.parts:
            piece = self.piece(part)
            if not piece:
                continue
            if text and part.glue == "space":
                text = _close_text(text, self.lang)
            if not text and self.template.bold:
                piece = _bold(piece, self.template.bold)
            text += (_GLUE[part.glue] if text else "") + piece
        return plain_marks(text) if self.rule.unit == "sms" else text

    def piece(self, part: TemplatePart) -> str:
        """Give one part at its level, or nothing where another part says it already."""
        level = self.levels[part.part]
        if part.part == "action" and self.merged and self.levels.get("helpline"):
            return ""  # it stands above the helplines
        if part.part == "more" and self.placed and self.levels.get("action") and not self.merged:
            return ""  # the call to action says already where the link is
        text = self.found[part.part].texts[level]
        if part.headed and text:
            head = say(self.words, self.lang, CHAPTER_ACTION)
            lead = say(self.words, self.lang, ACTION_LEAD, action=head) if head else ""
            return "\n".join(filter(None, (lead, text)))
        return text


def _bold(line: str, mark: str) -> str:
    """Set a line bold, unless its first letter is one that joins the letter before it."""
    return line if clusters(mark[-1] + line[:1])[0] != mark[-1] else f"{mark}{line}{mark}"


def _close_text(text: str, lang: str) -> str:
    """End a text before another follows in the same line; an address and a tag stay as they are."""
    last = text.rsplit(None, 1)[-1]
    return text if "://" in last or last.startswith("#") else end_sentence(text, lang)
