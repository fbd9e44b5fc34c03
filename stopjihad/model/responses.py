"""The plan for replies: what hostile readers say, and what the team answers."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from stopjihad.model import Record
from stopjihad.model.point import Slug


class Reply(Record, frozen=True, kw_only=True):
    """Pair what people write with an answer; ``note`` is for the team alone.

    ``short`` is the answer as it is posted, one text in the source language or one by language;
    ``point`` the talking point whose fact and source stand below it; without one, ``page`` is the
    page of the site that it leads to.
    """

    says: str
    answer: str
    short: str | dict[str, str] | None = None
    point: Slug | None = None
    page: Literal["about", "help", "privacy", "report"] | None = None
    note: str = ""

    def posted(self, lang: str, source_language: str) -> str:
        """Give the answer as it is posted.

        Args:
            lang: BCP 47 tag of the post.
            source_language: that of the campaign: a single text is in it.

        Returns:
            The words; empty where there are none in the language.
        """
        if isinstance(self.short, dict):
            return self.short.get(lang, "")
        return self.short or "" if lang == source_language else ""


class Responses(Record, frozen=True, kw_only=True):
    """Hold ``responses.yaml``.

    Attributes:
        netiquette: house rules, as the public reads them.
        replies: common replies, each with an answer.
        no_answer: what is never answered, and what is done instead: hide, report, block.
    """

    netiquette: str
    replies: Annotated[tuple[Reply, ...], Meta(min_length=1)]
    no_answer: tuple[str, ...] = ()
