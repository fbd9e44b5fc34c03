"""Describe how a post is put together: its parts in order, and what is shortened first."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta, Struct

PartName = Literal[
    "hook",
    "fact",
    "claim",
    "explanation",
    "alternative",
    "sources",
    "action",
    "more",
    "helpline",
    "private",
    "sponsor",
    "hashtags",
    "swipe",
    "chapters",
]
"""``claim`` says who claims it and that it is false, and carries the warning; ``action`` leads to
what its label names, ``more`` to the talking point; ``private`` asks people who write to each other
under their names to name nobody; ``swipe`` invites to the slides where there are some; ``chapters``
are those of the film."""

Glue = Literal["paragraph", "line", "space"]
LinkStyle = Literal["text", "profile", "field"]
Amount = Annotated[int, Meta(ge=0, le=99)]


class TemplatePart(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Place one part.

    Attributes:
        part: what stands here.
        most: how much of it at most: sentences, sources, helplines or hashtags; for ``sponsor`` 2
            is the whole disclosure, 1 says who publishes it and 0 is the bare name; for
            ``more`` 2 is words with the link and 1 the link alone.
        least: how much must remain however little room there is.
        glue: what stands between the part before and this one.
        headed: whether a line above it says what it is; for ``alternative``: "What you can do:".
    """

    part: PartName
    most: Amount = 99
    least: Amount = 0
    glue: Glue = "paragraph"
    headed: bool = False


class Shrink(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Shorten one part to ``to``: sentences, sources, helplines, hashtags; 0 drops it."""

    part: PartName
    to: Amount = 0


class ThreadPost(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Describe a post that follows the first, for whoever reads on.

    Attributes:
        needs: the part without which the post is left out; what the first post says already is
            not said again.
        parts: what it holds, in order.
        shrink: what is shortened when it is too long, first entry first.
    """

    needs: PartName
    parts: tuple[TemplatePart, ...]
    shrink: tuple[Shrink, ...] = ()


Scene = Literal["fact", "claim", "trick", "evidence", "figure", "todo", "help"]
"""What a frame of a story says, named as slides are: the fact, the claim with
its flag and its warning, how it misleads, what happened, a number, what to do, who listens."""


class Aside(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Describe a text that is pasted beside the post: the first comment below it.

    Attributes:
        parts: what it holds, in order.
        shrink: what is shortened when it is too long, first entry first.
        addresses: whether each source stands in a line of its own, its address below it.
    """

    parts: tuple[TemplatePart, ...]
    shrink: tuple[Shrink, ...] = ()
    addresses: bool = False


class StoryTemplate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Describe one frame of a story; ``poll`` asks whether the fact is news, ``link`` leads on."""

    show: Scene
    sticker: Literal["", "poll", "link"] = ""


class PostTemplate(Struct, frozen=True, kw_only=True, forbid_unknown_fields=True):
    """Describe the posts of one platform.

    Attributes:
        parts: what a post holds, in order; the fact comes first.
        shrink: what is shortened when the text is too long, first entry first.
        aim: units to stay within when that is possible, below the platform's limit: what
            people read to the end.
        thread: posts that follow; the first stands alone all the same, for it is shared alone.
        title: whether the post has a title of its own.
        bold: mark around the first line, by which the application sets it bold; empty for none.
        link: ``text``: the address stands in the text; ``profile``: the text says that it stands
            in the profile; ``field``: it goes into a field of its own.
        addresses: whether each source stands in a line of its own, its address below it.
        markdown: whether these lines are links in Markdown.
        single: whether the page's address is the only one: a call to action stands without that of
            what it names, a helpline without how else it is reached.
        card: picture format; empty for the platform's own choice, ``none`` for no picture.
        form: name that platforms share whose posts may be the same word for word; empty for a form
            of its own.
        comment: the first comment below the post.
        preheader: whether the words that a list of mails shows after the subject are written.
        film: whether the script of the talking point's film stands beside the post.
        stories: frames of a story.
    """

    parts: tuple[TemplatePart, ...]
    shrink: tuple[Shrink, ...] = ()
    aim: int | None = None
    thread: tuple[ThreadPost, ...] = ()
    title: bool = False
    bold: Literal["", "*", "**"] = ""
    link: LinkStyle = "text"
    addresses: bool = False
    markdown: bool = False
    single: bool = False
    card: str = ""
    form: Annotated[str, Meta(pattern="^[a-z]*$")] = ""
    comment: Aside | None = None
    preheader: bool = False
    film: bool = False
    stories: tuple[StoryTemplate, ...] = ()
