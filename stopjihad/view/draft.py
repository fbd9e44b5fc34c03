"""Records of a post draft: what is pasted, where it leads, which picture goes with it."""

from __future__ import annotations

import msgspec

from stopjihad.catalog.post_template import Scene
from stopjihad.text.count import Count

SEPARATOR = "---"
"""Line between texts that are pasted one by one: title, post, further posts of a thread."""


class Part(msgspec.Struct, frozen=True):
    """One text and its length in the units of the draft."""

    text: str
    count: int


class ScriptScene(msgspec.Struct, frozen=True, kw_only=True):
    """One scene of a film's script.

    Attributes:
        scene: what it is about, named as slides are.
        start: seconds from the beginning of the film.
        seconds: how long it stands.
        shown: words on the screen.
        spoken: words of the voice: they can be said within that time; empty where none can.
        unsaid: whether what is shown is too long to be said: it stands on the screen alone.
    """

    scene: str
    start: float
    seconds: float
    shown: str
    spoken: str
    unsaid: bool = False


class FilmChapter(msgspec.Struct, frozen=True):
    """Name a part of a film, ``start`` seconds from its beginning."""

    start: float
    name: str


class Sticker(msgspec.Struct, frozen=True, kw_only=True):
    """What readers touch in a story: a ``poll`` with its answers, a ``link`` with its address."""

    kind: str
    text: str
    answers: tuple[str, ...] = ()
    link: str = ""


class StoryFrame(msgspec.Struct, frozen=True, kw_only=True):
    """One frame of a story: what it says, and the sticker on it."""

    scene: Scene
    text: str
    sticker: Sticker | None = None


class Draft(msgspec.Struct, frozen=True, kw_only=True):
    """Everything about one post on one platform in one language.

    Attributes:
        campaign: id of the campaign.
        point: id of the talking point.
        language: BCP 47 tag.
        platform: id of the platform.
        name: the platform as people know it.
        parts: the post, or the posts of a thread; none where even its least version is over the
            limit: the draft is left out, and ``measured`` says by how much.
        title: title or subject, where the platform has one.
        limit: most units of a part; None when no limit is known.
        unit: what is counted.
        measured: the full measurement of each part.
        link: address of the talking point's page with its campaign parameters.
        hashtags: the tags that stand in the text.
        card: format of the picture that goes with it, or empty.
        alt: description of that picture; empty where the platform has no place for it.
        slides: descriptions of the slides that go with it in the place of the picture, in order.
        carousel: how the platform shows them: as ``pictures``, or as a ``document``.
        heading: title of that document.
        note: what whoever posts it should know, and does not post; empty for nothing.
        status: ``ready``, ``unreviewed`` when nobody has approved the text, or ``unread`` in a
            draft of a campaign whose reading list is open.
        handwritten: whether a person wrote the text for this platform.
        form: name of the form; platforms with the same one may say the same words.
        preheader: what a list of mails shows after the subject; ``count`` in UTF-16 units.
        comment: the first comment below the post, counted as the post is.
        script: scenes of the film that goes with it.
        chapters: its chapters, where it is long enough to have some.
        story: frames of the story that goes with it.
        labels: headings of those texts by English message, for the person who posts.
        beside: what goes with the post and is pasted or made elsewhere: what it is, and its text.
    """

    campaign: str
    point: str
    language: str
    platform: str
    parts: tuple[Part, ...]
    title: Part | None
    limit: int | None
    unit: str
    measured: tuple[Count, ...]
    link: str
    hashtags: tuple[str, ...]
    card: str
    alt: str
    status: str
    handwritten: bool
    name: str = ""
    form: str = ""
    preheader: Part | None = None
    comment: Part | None = None
    script: tuple[ScriptScene, ...] = ()
    chapters: tuple[FilmChapter, ...] = ()
    story: tuple[StoryFrame, ...] = ()
    labels: dict[str, str] = {}
    beside: tuple[tuple[str, str], ...] = ()
    slides: tuple[str, ...] = ()
    carousel: str = ""
    heading: str = ""
    note: str = ""

    @property
    def left_out(self) -> bool:
        """Tell whether nothing can be pasted: the post fits the platform in no form."""
        return not self.parts
