"""Write the script of a film and the frames of a story: what is seen, what is said, how long."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from stopjihad.catalog.post_template import FilmTemplate, PartName, Scene, StoryTemplate
from stopjihad.catalog.terms import TECHNIQUES
from stopjihad.render.card.job import WORDS as CARD_WORDS
from stopjihad.render.helpline import help_address
from stopjihad.render.post import words as said
from stopjihad.render.post.draft import FilmChapter, ScriptScene, Sticker, StoryFrame
from stopjihad.render.post.handwritten import LINK_PLACE
from stopjihad.render.post.parts import DraftChoice, Material, action_address, opening
from stopjihad.render.post.prose import plain
from stopjihad.render.post.words import say
from stopjihad.text.language.reading_time import reading_seconds, speaking_seconds
from stopjihad.text.language.sentences import ended, opened
from stopjihad.text.threads import BREAK
from stopjihad.view.records import PointView

CHAPTERS, CHAPTER = 3, 10
"""Least chapters of a video, and least seconds of each; the first starts at 0:00. Without them
YouTube shows none (9to5google.com, 2020-05-28; support.vevo.com 6945557784347)."""

_SENTENCES = 2
"""Sentences of the explanation, and of what to do, that a scene holds."""

_CHAPTER_OF: dict[Scene, str] = {
    "fact": said.CHAPTER_FACT,
    "claim": said.CHAPTER_CLAIM,
    "trick": said.CHAPTER_TRICK,
    "evidence": said.CHAPTER_PROOF,
    "figure": said.CHAPTER_PROOF,
    "todo": said.CHAPTER_ACTION,
    "help": said.CHAPTER_HELP,
}

Told = Mapping[Scene, tuple[str, str]]
"""What each scene shows and says; a scene that there is nothing for is missing."""


def tell(material: Material, found: Mapping[PartName, DraftChoice]) -> Told:
    """Say every scene of a talking point.

    Where a person wrote a post for a platform, its words are spoken: those before the fact in the
    first scene, those after it for what to do. The claim is never without its flag and its warning,
    wherever it is seen or heard. Sentences that must stay stand in the scene after the fact.

    Args:
        material: what drafts are made from.
        found: its parts.

    Returns:
        Words on the screen and words of the voice.
    """
    view, lang = material.view, material.view.lang
    fact = view.fact.value.strip()
    claim = found["claim"].texts[-1]
    lead, rest = _by_hand(view) if not found["explanation"].texts[0] else ("", "")
    told: dict[Scene, tuple[str, str]] = {
        "fact": (fact, _joined(lead or _sentence(opening(view), lang), _sentence(fact, lang))),
        "claim": (claim, claim),
        "trick": _trick(material),
        "evidence": ("" if rest else _some(found["explanation"]),) * 2,
        "figure": _figure(material),
        "todo": _todo(material, rest or _some(found["alternative"])),
        "help": _help(material, found),
    }
    return {scene: words for scene, words in told.items() if words[1]}


def script(told: Told, film: FilmTemplate, lang: str, must: str) -> tuple[ScriptScene, ...]:
    """Lay scenes out over the time of a film.

    Args:
        told: from ``tell``.
        film: scenes in order, and what is left out when it gets too long.
        lang: BCP 47 tag.
        must: what stands in the film however long it is.

    Returns:
        Scenes one after the other, each as long as it takes to read and to say it.
    """
    kept = [scene for scene in film.scenes if scene in told]
    seconds = {
        scene: max(reading_seconds(told[scene][0], lang), speaking_seconds(told[scene][1], lang))
        for scene in kept
    }
    for scene in film.shrink:
        if sum(seconds[one] for one in kept) <= film.aim:
            break
        if scene in kept and not (must and plain(must) in plain(told[scene][1])):
            kept.remove(scene)
    start, scenes = 0, []
    for scene in kept:
        shown, spoken = told[scene]
        scenes.append(
            ScriptScene(
                scene=scene, start=start, seconds=seconds[scene], shown=shown, spoken=spoken
            )
        )
        start += seconds[scene]
    return tuple(scenes)


def chapters(
    scenes: Sequence[ScriptScene], words: Mapping[str, str], lang: str
) -> tuple[FilmChapter, ...]:
    """Part a film into chapters, as YouTube accepts them.

    Args:
        scenes: from ``script``.
        words: theme words by English message.
        lang: BCP 47 tag.

    Returns:
        At least ``CHAPTERS``, the first at 0, each of at least ``CHAPTER`` seconds; none where the
        film is too short for that.
    """
    groups: list[list[ScriptScene]] = []
    end = sum(one.seconds for one in scenes)
    for one in scenes:
        if not groups or (
            one.start - groups[-1][0].start >= CHAPTER and end - one.start >= CHAPTER
        ):
            groups.append([])
        groups[-1].append(one)
    found: list[FilmChapter] = []
    for group in groups:
        # The first opens with the fact; others are named after what fills most of them.
        main = max(group, key=lambda one: one.seconds) if found else group[0]
        name = say(words, lang, _CHAPTER_OF[main.scene])
        if not found or name != found[-1].name:
            found.append(FilmChapter(group[0].start, name))
    if len(found) < CHAPTERS or not all(one.name for one in found):
        return ()
    return tuple(found)


def listed(found: Sequence[FilmChapter]) -> str:
    """Write chapters as a description holds them: a time and a name in each line."""
    return "\n".join(f"{clock(one.start)} {one.name}" for one in found)


def clock(seconds: int) -> str:
    """Write a time of a film: ``0:07``, ``1:23``."""
    return f"{seconds // 60}:{seconds % 60:02}"


def story(
    told: Told, frames: Sequence[StoryTemplate], material: Material, must: str
) -> tuple[StoryFrame, ...]:
    """Write the frames of a story.

    Args:
        told: from ``tell``.
        frames: in order; one that there is nothing for is left out.
        material: what drafts are made from.
        must: what stands beside the fact wherever it stands.

    Returns:
        Frames with their stickers.
    """
    return tuple(
        StoryFrame(
            scene=frame.show,
            text="\n\n".join(filter(None, (told[frame.show][0], must)))
            if frame.show == "fact"
            else told[frame.show][frame.show == "todo"],
            sticker=_sticker(frame, material),
        )
        for frame in frames
        if frame.show in told
    )


def _sticker(frame: StoryTemplate, material: Material) -> Sticker | None:
    view, words, lang = material.view, material.words, material.view.lang
    if frame.sticker == "link":
        target = action_address(view.action, material.frame)
        more = say(words, lang, said.READ_MORE, link="")
        label = opened(view.action.label.value if target else more)
        return Sticker(kind="link", text=label, link=target or material.link)
    asked = [say(words, lang, one) for one in (said.KNEW, said.YES, said.NO)]
    # Nobody is asked to tap an answer below a count of the dead.
    if frame.sticker == "poll" and view.tone != "grave" and all(asked):
        return Sticker(kind="poll", text=asked[0], answers=tuple(asked[1:]))
    return None


def _sentence(text: str, lang: str) -> str:
    return ended(text, lang) if text else ""


def _joined(*texts: str) -> str:
    return " ".join(filter(None, texts))


def _some(prose: DraftChoice) -> str:
    """Say a few sentences of prose; more where a thought needs them."""
    level = prose.level(_SENTENCES) or min(1, len(prose.texts) - 1)
    return _flat(prose.texts[level])


def _flat(text: str) -> str:
    return " ".join(text.split())


def _trick(material: Material) -> tuple[str, str]:
    view, lang = material.view, material.view.lang
    if view.technique is None:
        return "", ""
    term = TECHNIQUES[view.technique]
    name, text = (
        material.words.get(one) or (one if lang.partition("-")[0] == "en" else "")
        for one in (term.name, term.text)
    )
    return (name, text) if name and text else ("", "")


def _figure(material: Material) -> tuple[str, str]:
    """Show a number that the fact does not name, with all that makes it exact and fair."""
    view, lang = material.view, material.view.lang
    for figure in view.figures:
        if _spaceless(figure.value.value) in _spaceless(view.fact.value):
            continue
        number = figure.value.value
        if figure.qualifier:
            exact = CARD_WORDS[figure.qualifier]
            number = (material.words.get(exact) or exact).replace("{number}", number)
        counted = _joined(number[:1].upper() + number[1:], figure.unit.value if figure.unit else "")
        fair = figure.beside.value if figure.beside else ""
        text = _sentence(_joined(counted, figure.label.value), lang)
        return _joined(_sentence(counted, lang), fair) if fair else counted, _joined(text, fair)
    return "", ""


def _spaceless(text: str) -> str:
    """Give a text without spaces: "60 %" and "60%" are one number."""
    return "".join(text.split())


def _by_hand(view: PointView) -> tuple[str, str]:
    """Give what a hand-written post says before the fact and after it; no more than that."""
    for text in view.posts.values():
        before, stated, after = text.value.partition(view.fact.value.strip())
        if stated and not BREAK.search(text.value) and LINK_PLACE not in text.value:
            return _flat(before), _flat(after)
    return "", ""


def _todo(material: Material, text: str) -> tuple[str, str]:
    view = material.view
    if not (text and view.action.kind == "helpline"):  # that label leads to the last scene
        text = _joined(text, _sentence(opened(view.action.label.value), view.lang))
    return text, text


def _help(material: Material, found: Mapping[PartName, DraftChoice]) -> tuple[str, str]:
    helpline = found["helpline"]
    text = helpline.texts[min(2, len(helpline.texts) - 1)]
    sponsor = found["sponsor"].texts[1]
    names = "; ".join(dict.fromkeys(one.brief for one in material.view.sources[:1]))
    source = say(material.words, material.view.lang, said.SOURCE, names=names)
    shown = "\n".join(filter(None, (text, source, sponsor)))
    address = help_address(material.frame)
    if text.endswith(address):  # nobody reads an address aloud
        text = text.replace(address, say(material.words, material.view.lang, said.LINK_IN_PROFILE))
    return shown, _flat(text)
