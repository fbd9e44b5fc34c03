"""Write the script of a film and the frames of a story: what is seen, what is said, how long."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from stopjihad.catalog.post_template import PartName, Scene, StoryTemplate
from stopjihad.catalog.terms import TECHNIQUES
from stopjihad.draw.job import WORDS as CARD_WORDS
from stopjihad.render.post import words as said
from stopjihad.render.post.handwritten_text import LINK_PLACE
from stopjihad.render.post.parts import DraftChoice, Material, action_address
from stopjihad.render.post.prose import plain
from stopjihad.render.post.titles import opening_line
from stopjihad.render.post.words import say
from stopjihad.text.language.sentences import end_sentence, open_sentence, sentences
from stopjihad.text.threads import BREAK
from stopjihad.view import credit_words
from stopjihad.view.draft import FilmChapter, ScriptScene, Sticker, StoryFrame
from stopjihad.view.records import FilmScene
from stopjihad.view.tempo import RATE, can_be_said

CHAPTERS, CHAPTER = 3, 10
"""Least chapters of a video, and least seconds of each; the first starts at 0:00. Without them
YouTube shows none (9to5google.com, 2020-05-28; support.vevo.com 6945557784347)."""

_SENTENCES = 2
"""Sentences of the explanation, and of what to do, that a frame holds."""

_CUT = frozenset({"trick", "todo"})
"""Scenes of which a voice may say the first sentences alone. Not the claim without its flag and
answer, a number without what makes it fair, what must stay, who listens without the sponsor."""

_CHAPTER_OF: dict[str, str] = {
    "fact": said.CHAPTER_FACT,
    "claim": said.CHAPTER_CLAIM,
    "trick": said.CHAPTER_TRICK,
    "evidence": said.CHAPTER_PROOF,
    "figure": said.CHAPTER_PROOF,
    "chart": said.CHAPTER_PROOF,
    "todo": said.CHAPTER_ACTION,
    "help": said.CHAPTER_HELP,
}

Told = Mapping[Scene, str]
"""What each frame of a story says; one that there is nothing for is missing."""


def tell(material: Material, found: Mapping[PartName, DraftChoice]) -> Told:
    """Say every scene of a talking point, for a story.

    Where a person wrote a post for a platform, its words after the fact are those of what to do.
    The claim is never without its flag and its warning.
    """
    _, rest = _by_hand(material, found)
    told: dict[Scene, str] = {
        "fact": material.view.fact.value.strip(),
        "claim": found["claim"].texts[-1],
        "trick": _trick(material),
        "evidence": "" if rest else _some(found["explanation"]),
        "figure": _figure(material),
        "todo": _todo(material, rest or _some(found["alternative"])),
        "help": _help(material, found),
    }
    return {scene: words for scene, words in told.items() if words}


def script(material: Material, found: Mapping[PartName, DraftChoice]) -> tuple[ScriptScene, ...]:
    """Write the script of the talking point's film: its scenes, their words and times.

    What is spoken is what can be said while the scene stands. In the first one a hook goes before
    the fact where there is time for both; where there is not even time for the fact, which is on
    the screen, the hook is said alone. What a person wrote for a platform is spoken where it fits.

    Args:
        material: what drafts are made from; its view has the film.

    Returns:
        Scenes one after the other; none where no film is made.
    """
    lead, rest = _by_hand(material, found)
    hook = lead or _sentence(opening_line(material.view), material.view.lang)
    scenes: list[ScriptScene] = []
    frames = 0
    for one in material.view.film:
        tries = _say_scene(one, hook, rest, material.view.lang)
        start = _seconds(frames)
        frames += one.frames
        fits = (text for text in tries if can_be_said(text, one.frames, material.view.lang))
        spoken = next(fits, "")
        # What must be said is the fact; of other scenes a voice may say less, but not nothing.
        least = one.voice if one.role == "fact" else ""
        scenes.append(
            ScriptScene(
                scene=one.role,
                start=start,
                seconds=round(_seconds(frames) - start, 2),
                shown=one.shown,
                spoken=spoken,
                unsaid=not spoken or least not in spoken,
            )
        )
    return tuple(scenes)


def _say_scene(scene: FilmScene, hook: str, rest: str, lang: str) -> Iterator[str]:
    """Give what a scene may say, best first; what belongs together is said whole or not at all."""
    if scene.role == "fact":
        yield _joined_words(hook, scene.voice)
    if scene.role == "todo" and rest:
        yield rest
    yield scene.voice
    if scene.role == "fact":
        yield hook
    if scene.role in _CUT:
        said = sentences(scene.voice, lang)
        for end in range(len(said) - 1, 0, -1):
            yield _joined_words(*said[:end])


def _seconds(frames: int) -> float:
    return round(frames / RATE, 2)


def chapters(
    scenes: Sequence[ScriptScene], words: Mapping[str, str], lang: str
) -> tuple[FilmChapter, ...]:
    """Part a film into chapters, as YouTube accepts them.

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


def list_chapters(found: Sequence[FilmChapter]) -> str:
    """Write chapters as a description holds them: a time and a name in each line."""
    return "\n".join(f"{clock(one.start)} {one.name}" for one in found)


def clock(seconds: float) -> str:
    """Write a time of a film in whole seconds: ``0:07``, ``1:23``."""
    minutes, rest = divmod(round(seconds), 60)
    return f"{minutes}:{rest:02}"


def story(
    told: Told, frames: Sequence[StoryTemplate], material: Material, must: str
) -> tuple[StoryFrame, ...]:
    """Write the frames of a story.

    Args:
        frames: in order; one that there is nothing for is left out.
        must: what stands beside the fact wherever it stands.
    """
    return tuple(
        StoryFrame(
            scene=frame.show,
            text="\n\n".join(filter(None, (told[frame.show], must)))
            if frame.show == "fact"
            else told[frame.show],
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
        label = open_sentence(view.action.label.value if target else more)
        return Sticker(kind="link", text=label, link=target or material.link)
    asked = [say(words, lang, one) for one in (said.KNEW, said.YES, said.NO)]
    # Nobody is asked to tap an answer below a count of the dead.
    if frame.sticker == "poll" and view.tone != "grave" and all(asked):
        return Sticker(kind="poll", text=asked[0], answers=tuple(asked[1:]))
    return None


def _sentence(text: str, lang: str) -> str:
    return end_sentence(text, lang) if text else ""


def _joined_words(*texts: str) -> str:
    return " ".join(filter(None, texts))


def _some(prose: DraftChoice) -> str:
    """Say a few sentences of prose; more where a thought needs them."""
    level = prose.level(_SENTENCES) or min(1, len(prose.texts) - 1)
    return _flat(prose.texts[level])


def _flat(text: str) -> str:
    return " ".join(text.split())


def _trick(material: Material) -> str:
    view = material.view
    if view.technique is None:
        return ""
    term = TECHNIQUES[view.technique]
    name, text = (say(material.words, view.lang, one) for one in (term.name, term.text))
    return name if text else ""


def _figure(material: Material) -> str:
    """Show a number that the fact does not name, with all that makes it exact and fair."""
    view, lang = material.view, material.view.lang
    for figure in view.figures:
        if _spaceless(figure.value.value) in _spaceless(view.fact.value):
            continue
        number = figure.value.value
        if figure.qualifier:
            exact = CARD_WORDS[figure.qualifier]
            number = (material.words.get(exact) or exact).replace("{number}", number)
        counted = _joined_words(
            number[:1].upper() + number[1:], figure.unit.value if figure.unit else ""
        )
        fair = figure.beside.value if figure.beside else ""
        return _joined_words(_sentence(counted, lang), fair) if fair else counted
    return ""


def _spaceless(text: str) -> str:
    """Give a text without spaces: "60 %" and "60%" are one number."""
    return "".join(text.split())


def _by_hand(material: Material, found: Mapping[PartName, DraftChoice]) -> tuple[str, str]:
    """Give what a hand-written post says before the fact and after it; no more than that.

    Nothing of one that repeats the claim, nor where sentences must stay with the fact.
    """
    view = material.view
    claim = plain(view.claim.value) if view.claim else ""
    for text in () if found["explanation"].texts[0] else view.posts.values():
        before, stated, after = text.value.partition(view.fact.value.strip())
        if claim and claim in plain(text.value):
            continue
        if stated and not BREAK.search(text.value) and LINK_PLACE not in text.value:
            return _flat(before), _flat(after)
    return "", ""


def _todo(material: Material, text: str) -> str:
    view = material.view
    if not (text and view.action.kind == "helpline"):  # that label leads to the last frame
        text = _joined_words(text, _sentence(open_sentence(view.action.label.value), view.lang))
    return text


def _help(material: Material, found: Mapping[PartName, DraftChoice]) -> str:
    helpline = found["helpline"]
    text = helpline.texts[min(2, len(helpline.texts) - 1)]
    sponsor = found["sponsor"].texts[1]
    names = "; ".join(dict.fromkeys(one.brief for one in material.view.sources[:1]))
    source = say(material.words, material.view.lang, credit_words.SOURCE, names=names)
    return "\n".join(filter(None, (text, source, sponsor)))
